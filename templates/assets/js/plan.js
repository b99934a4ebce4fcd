// The planner: another start, length or headcount changes the programme, the groups and the kit list of the page in place.
// All numbers stand in the page's tables; here they are looked up and added.
(() => {
 "use strict";
 const { data: { plan, words }, fill, one, all, make, copy } = workshopKit, find = workshopFind, fields = find.form.elements;
 const put = (name, text, at) => { one(name, at).textContent = text; };
 const clock = n => (n === 1440 ? 24 : (n / 60 | 0) % 24) + ":" + String(n % 60).padStart(2, "0");
 const long = n => fill(words[n < 60 ? "minutes" : n % 60 ? "both" : "hours"], { hours: (n / 60 | 0), minutes: n % 60 });
 let people, left, times;

 // A session on the clock. A fixed start waits for nobody, and nobody may begin before it.
 function session({ as, rows, own, fixed, lost }, at) {
  const [hour, minute] = (fields["start" + as].value || plan.usual["start" + as]).split(":");
  const start = hour * 60 + +minute, minutes = fields["minutes" + as].value, day = all(".plan-day")[at];
  let time = start;
  all("[data-slot]", day).forEach((slot, at) => {
   const n = rows[minutes][at], was = own[at], wait = n && fixed[at] ? fixed[at] - time : 0, box = one("details", slot);
   time += Math.max(0, wait);
   left.push(n);
   times.push(time);
   slot.hidden = !n && !was;
   slot.classList.toggle("is-out", !n);
   slot.style.setProperty("--minutes", n);
   put("b", n ? clock(time) : "", slot);
   put(".kit-slot__minutes", n ? long(n) : "", slot);
   put(".plan-clock", wait ? fill(words[wait > 0 ? "waiting" : "late"], { minutes: long(Math.abs(wait)) }) : "", slot);
   put(".plan-how", !was || n === was ? "" : fill(words[n > was ? "longer" : n ? "shorter" : "out"], { was: long(was) }), slot);
   if (box) box.hidden = all("[data-lost]", box).filter(part => {
    const step = part.dataset.lost;
    return !(part.hidden = n >= was || n && step && !lost[at]?.[n]?.includes(+step));
   }).length === 0;
   time += n;
  });
  put("[data-end] b", clock(time), day);
  return { start: clock(start), end: clock(time), minutes };
 }

 const groups = kind => plan.kinds[kind][people - 1];
 function round(row, at) {
  const [block, kind] = plan.rounds[at], count = groups(kind), more = people % count, size = people / count | 0, seats = {};
  [...plan.seats[people]?.[at] || ""].forEach((sign, person) => (seats[sign] ||= []).push(person + 1));
  row.hidden = !left[block];
  put(".plan-at", clock(times[block]), row);
  put(".plan-sizes", [{ n: more, size: size + 1 }, { n: count - more, size }].filter(({ n }) => n)
   .map(found => fill(words.sizes[found.size] || words.size, found)).join(words.and), row);
  one(".plan-seats", row).replaceChildren(...Object.values(seats).map(seat => make("span", {}, seat.join(" "))));
 }

 // What is used up adds; of what is used again the largest number counts.
 function thing(row) {
  const here = ([block]) => block < 0 || left[block], uses = plan.things[row.dataset.thing].filter(here);
  const by = [people, 1, Math.max(...plan.tables.filter(here).map(([, kind]) => groups(kind)))];
  const sum = terms => terms.reduce((all, [n, per]) => all + n * (by[per] || groups(per - 3)), 0);
  const number = uses.reduce((all, use) => all + sum(use[1]), Math.max(0, ...uses.map(use => sum(use[2]))));
  row.hidden = !number;
  put("b", number, row);
 }

 function show() {
  people = Math.min(plan.most, Math.max(1, Math.round(fields.people.value) || plan.usual.people));
  left = [];
  times = [];
  const days = plan.sessions.map(session), [few, many] = all(".plan-outside");
  const text = days.map(day => fill(words.sum, day)).join(words.and_then) + fill(words.for, { n: people });
  const option = name => days.map(day => ` --${name} ` + day[name]).join("");
  all("[data-round]").forEach(round);
  all("[data-thing]").forEach(thing);
  all(".plan-numbers").forEach(part => { part.hidden = !plan.seats[people]; });
  all(".plan-no-numbers").forEach(part => {
   part.hidden = people < 2 || plan.seats[people];
   put("code", fill(words.deal, { workshop: plan.workshop, people }), part);
  });
  all(".kit-way").forEach(way => { way.hidden = !one("li:not([hidden])", way); });
  few.hidden = people >= plan.range[0];
  many.hidden = people <= plan.range[1];
  put(".plan-sum", text);
  find.tell(text);
  put(".plan-command code", fill(words.command, { workshop: plan.workshop, people, start: option("start"), minutes: option("minutes") }));
 }

 // What nobody can choose is taken back to what the page has.
 find.form.addEventListener("change", () => { fields.people.value = people; });
 find.form.addEventListener("focusout", ({ target }) => { if (!target.value) target.value = plan.usual[target.name] || ""; });
 document.addEventListener("click", ({ target: button }) => {
  if (button.dataset.do === "print") print();
  if (button.dataset.do === "copy") copy(one(".plan-command code").textContent).then(done => put(".plan-copied", words[done ? "copied" : "not_copied"]));
 });
 find.start(values => Object.keys(plan.usual).forEach(name => {
  const field = fields[name];
  field.value = values[name] || "";
  if (!field.value) field.value = plan.usual[name];
 }), show);
})();
