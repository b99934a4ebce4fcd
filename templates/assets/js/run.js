// The run of show: leads through a session, keeps its time, and looks up what gives way when it runs late.
// Kept are timestamps in milliseconds, so that a reload, a closed laptop or a sleeping tab loses nothing. Minutes, and the plans for
// whoever is late, come from the page: here they are only looked up and added.
(() => {
  "use strict";
  const kit = workshopKit, { run, words } = kit.data, { make, fill, all, store } = kit, MINUTE = 60000;
  const html = document.documentElement, here = location.href.split(/[?#]/)[0];
  const projecting = /[?&]view=projector\b/.test(location.search);
  const ui = {};
  all("[data-run]").forEach((one) => { ui[one.dataset.run] = one; });
  let session, sheet, report, parts, state, key, drawn, before, child = null, lock = null, resumed = false;
  kit.data.device.forbidden = kit.data.device.full = words.not_kept;

  const last = (list) => list[list.length - 1];
  const pad = (number) => String(number).padStart(2, "0");
  const rounded = (time) => Math.round(time / MINUTE);
  const hours = (time) => new Date(time).getHours() + ":" + pad(new Date(time).getMinutes());
  const planned = (minutes) => Math.floor(minutes / 60) % 24 + ":" + pad(minutes % 60);
  // From a hundred minutes on with hours.
  const seconds = (count) => {
    const minutes = Math.floor(count / 60), long = minutes > 99;
    return (long ? Math.floor(minutes / 60) + ":" + pad(minutes % 60) : minutes) + ":" + pad(count % 60);
  };
  const text = (element, value) => { if (element.textContent !== value) element.textContent = value; };
  const say = (name, values) => fill(words[name], values);
  const p = (said) => make("p", {}, said);
  // Whether something has to be drawn again, since what it shows is no longer the same.
  const changed = (name, ...values) => drawn[name] !== (drawn[name] = JSON.stringify(values));

  // What is kept. `visits` are the parts begun so far: `from` when the one before was left, `at` when it begins, `extra` what was added
  // or paused. `held` is when a pause began, `gives` the minutes that blocks give up. The higher `rev` is the newer.

  const fresh = (rev) => ({ mark: session.mark, rev, began: 0, visits: [], held: 0, gives: {}, undo: null, done: 0, question: 0 });
  const usable = (found) => found && found.mark === session.mark && Array.isArray(found.visits) && found.gives &&
    found.visits.every((visit) => visit && parts[visit.part]);
  const read = () => store.getJSON(key);
  function adopt(found) {
    if (!usable(found) || found.rev <= state.rev) return;
    state = found;
    draw();
  }
  // What another window did in between counts first.
  function change(how) {
    adopt(read());
    how(Date.now(), last(state.visits));
    state.rev++;
    // Where nothing is kept, leaving the page would lose the run.
    ui.here.hidden = !store.set(key, JSON.stringify(state));
    [window.opener, child].forEach((peer) => send(peer, { state }));
    draw();
  }
  // Other windows learn of it by the store; by messages too, since files on a disk may share no store.
  function send(peer, what) {
    if (peer && !peer.closed) peer.postMessage({ kit: store.prefix + key, ...what }, "*");
  }
  addEventListener("message", ({ data, origin, source }) => {
    if ((origin !== location.origin && location.protocol !== "file:") || !data || data.kit !== store.prefix + key) return;
    if (data.hello) send(child = source, { state });
    else adopt(data.state);
  });
  addEventListener("storage", (event) => { if (event.key === store.prefix + key) adopt(read()); });

  // Time

  const clock = (minutes) => state.began + (minutes - session.start) * MINUTE;
  // A time to come, in whole minutes from the beginning, so that it agrees with "behind" and "ahead".
  const about = (time) => hours(state.began + rounded(time - state.began) * MINUTE);
  // Six hours after its end nobody is leading a session any more.
  const isOld = ({ start, end }, { began }) => Date.now() > began + (end - start + 360) * MINUTE;
  const blockOf = (part) => session.blocks[parts[part].block];
  const titleOf = (part) => blockOf(part).steps[parts[part].step][0];
  function minutesOf(part, gives) {
    const block = blockOf(part), given = gives[parts[part].block] || 0, step = parts[part].step;
    if (!given) return block.steps[step][1];
    if (given >= block.minutes) return 0;
    return block.shares ? block.shares[given - 1][step] : block.minutes - given;
  }
  const endOf = (visit, now) =>
    visit.at + minutesOf(visit.part, state.gives) * MINUTE + visit.extra + (state.held ? now - state.held : 0);
  // From a part on: `look` gets each, with the times of arrival and of its beginning, and ends the walk by something true.
  function walk(part, time, gives, look) {
    for (; part < parts.length; part++) {
      const arrival = time, block = blockOf(part);
      if (!parts[part].step && block.fixed) time = Math.max(time, clock(block.start));
      if (look(part, arrival, time)) break;
      time += minutesOf(part, gives) * MINUTE;
    }
    return time;
  }
  // The next part that has minutes, and when it begins.
  function following(from, time, gives) {
    let found = null;
    walk(from, time, gives, (part, _, at) => minutesOf(part, gives) && (found = { part, at }));
    return found;
  }

  // One is behind when the end, or a fixed start before it, would be late; and ahead when the next of these would be waited for.
  function outlook(now, gives) {
    const visit = last(state.visits), current = parts[visit.part].block, late = [];
    let worst = -Infinity, room = null, next = null;
    const reach = (arrival, begin, early) => {
      worst = Math.max(worst, arrival - begin);
      if (room === null) room = early - arrival;
    };
    const free = Math.max(now, endOf(visit, now));
    const end = walk(visit.part + 1, free, gives, (part, arrival, begin) => {
      const at = parts[part].block, block = session.blocks[at], due = clock(block.start);
      if (parts[part].step) return;
      if (at > current && !next) next = { block: at, late: rounded(begin - due) };
      if (!block.fixed || !minutesOf(part, gives)) return;
      reach(arrival, due, clock(session.blocks[at - 1].start + session.blocks[at - 1].minutes));
      if (rounded(arrival - due) > 0) late.push([block, arrival]);
    });
    reach(end, clock(session.end), clock(session.end));
    const behind = Math.max(0, rounded(worst));
    return { free, end, next, late, behind, ahead: behind ? 0 : Math.max(0, rounded(room)) };
  }

  // The plan for the next block and its lateness, as far as it differs from what is set already.
  function proposal(now, { next, behind }) {
    if (!next) return null;
    const row = session.rows[next.block], gives = {}, changes = [];
    const plan = next.late > 0 && row.length ? session.plans[row[Math.min(next.late, row.length) - 1]] : [];
    for (let at = 0; at < next.block; at++) if (state.gives[at]) gives[at] = state.gives[at];
    for (let at = 0; at < plan.length; at += 2) gives[plan[at]] = plan[at + 1];
    session.blocks.forEach((_, block) => {
      const has = state.gives[block] || 0, wants = gives[block] || 0;
      if (has !== wants) changes.push({ block, has, wants });
    });
    // A single minute, missing or regained, is not worth a word.
    const regained = changes.reduce((sum, { has, wants }) => sum + has - wants, 0);
    return changes.length && (behind || regained) > 1 ? { gives, changes, then: outlook(now, gives), regain: !behind } : null;
  }

  // What buttons and keys do

  const enter = (from, { part, at }) => state.visits.push({ part, from, at, extra: 0 });
  function begin(time) {
    change(() => {
      state.began = time;
      enter(time, following(0, time, {}));
    });
    ui.next.focus();
  }
  function goOn(now, visit) {
    if (state.held) visit.extra += now - state.held;
    state.held = 0;
  }
  function setGives(gives, undo) {
    const pressed = ui.plan.contains(document.activeElement);
    change(() => Object.assign(state, { gives, undo }));
    if (pressed) (undo ? ui.undo : ui.next).focus(); // the button that was pressed is gone
  }
  const acts = {
    now: () => begin(Date.now()),
    next() {
      change((now, visit) => {
        goOn(now, visit);
        state.undo = null;
        state.question = 0;
        // While one waits for a start it means: begin now. Before the first part the whole clock moves with it.
        if (now < visit.at && state.visits.length === 1) state.began = visit.from = now;
        if (now < visit.at) return void (visit.at = now);
        const found = following(visit.part + 1, now, state.gives);
        if (found) enter(now, found);
        else state.done = now;
      });
      if (state.done) report.firstElementChild.focus();
    },
    back: () => change(() => {
      if (!state.done && state.visits.length < 2) return;
      if (!state.done) state.visits.pop();
      Object.assign(state, { done: 0, held: 0, question: 0, undo: null });
    }),
    pause: () => change((now, visit) => {
      if (state.held) goOn(now, visit);
      else if (now >= visit.at) state.held = now;
    }),
    // No more can be taken than is left.
    adjust: (by) => change((now, visit) => {
      const left = Math.max(0, endOf(visit, now) - Math.max(now, visit.at));
      visit.extra += Math.max(by * MINUTE, -left);
    }),
    take() {
      const now = Date.now(), found = proposal(now, outlook(now, state.gives));
      if (found) setGives(found.gives, state.gives);
    },
    undo: () => setGives(state.undo || state.gives, null),
    ask: (by) => change((_, visit) => {
      const count = questions(visit.part).length || 1;
      state.question = (state.question + by + count) % count;
    }),
    project() {
      child = window.open(here + "?view=projector#" + session.id, "kit-projector", "popup,width=1280,height=720");
      text(ui.notice, child ? "" : words.projector_blocked);
    },
    full: () => html.requestFullscreen(),
    resume() {
      resumed = true;
      draw();
      ui.next.focus();
    },
    anew() {
      if (!window.confirm(words.anew_ask)) return;
      change(() => { state = fresh(state.rev); });
      ui.field.focus();
    },
    yaml: () => copy(yaml()),
    csv: () => copy(csv())
  };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) acts[button.dataset.do](+button.dataset.by);
  });
  ui.start.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(fieldTime());
  });
  ui.field.addEventListener("input", draw);
  ui.keys.checked = store.get("run-keys") !== "off";
  ui.keys.addEventListener("change", () => store.set("run-keys", ui.keys.checked ? "" : "off"));

  // Keys: none while typing, none together with others, and all of them can be switched off.
  const keys = {
    p: "pause", arrowright: "next", arrowleft: "back", "+": "adjust", "=": "adjust", "-": "adjust", q: "ask", d: "take", v: "project"
  };
  document.addEventListener("keydown", (event) => {
    const { key: name, target } = event, act = keys[name.toLowerCase()];
    if (projecting && name === "Escape" && !window.opener) ui.leave.click();
    if (!act || event.ctrlKey || event.altKey || event.metaKey || event.repeat || !ui.keys.checked) return;
    if (target.closest("input, select, textarea") || !state.visits.length || !ui.old.hidden) return;
    if ((state.done && act !== "back") || (projecting && act === "project")) return;
    event.preventDefault();
    event.stopPropagation(); // the theme has keys of its own
    acts[act](name === "-" ? -1 : 1);
  }, true);

  // The texts stand in the run sheet of the page. What a block itself says comes before its first step that has minutes.

  const find = (block, step) => sheet.querySelector(`[data-block="${block}"]` + (step === undefined ? "" : ` [data-step="${step}"]`));
  function texts(part) {
    const { block, step } = parts[part], own = find(block), of = find(block, step);
    const first = following(part - step, 0, state.gives);
    const found = !of || !first || first.part >= part ? [...own.querySelectorAll(".run-own > *")] : [];
    return of ? [...found, ...of.querySelectorAll(".kit-voice:not(.kit-voice--cut)")] : found;
  }
  const questions = (part) => texts(part).flatMap((one) => {
    const each = [...one.querySelectorAll(".run-question")];
    return each.length || !one.matches(".kit-voice--ask") ? each : [one.querySelector(".kit-voice__text")];
  });
  const copies = (list) => [...list].map((one) => one.cloneNode(true));
  // What is lost when a block gives minutes: its own words, or those of the steps that get fewer.
  function lost({ block, wants }) {
    const { type, minutes, steps } = session.blocks[block], cut = ".kit-voice--cut .kit-voice__text";
    if (type === "slack") return [p(words.use_lost)];
    const own = copies(find(block).querySelectorAll(":scope > " + cut));
    const found = own.length ? own : parts.flatMap((part, at) => {
      if (part.block !== block || minutesOf(at, { [block]: wants }) >= steps[part.step][1] || !find(block, part.step)) return [];
      const said = copies(find(block, part.step).querySelectorAll(cut));
      return said.length ? [make("p.run-lost", {}, steps[part.step][0]), ...said] : [];
    });
    return found.length || wants === minutes ? found : [p(words.no_lost)];
  }

  // What changes while time goes by

  function draw() {
    const now = Date.now(), begun = state.visits.length > 0, old = begun && !resumed && isOld(session, state);
    if (projecting) return drawProjector(now, begun && !state.done);
    const live = begun && !state.done && !old;
    html.classList.toggle("run-begun", begun);
    html.classList.toggle("run-done", state.done > 0);
    ui.start.hidden = begun;
    ui.live.hidden = !live;
    ui.old.hidden = !old;
    ui.resume.hidden = state.done > 0;
    if (old) text(ui.since, say(state.done ? "old" : "open", { date: kit.day(new Date(state.began)), time: hours(state.began) }));
    if (!begun) drawStart();
    if (live) drawLive(now);
    else before = null;
    if (begun) drawReport();
    if (live) stayAwake();
    else if (lock) lock.release();
  }
  // The next time that the clock shows this, or the last while a session that began then would still run.
  function fieldTime() {
    const time = new Date().setHours(...ui.field.value.split(":"), 0, 0), day = 24 * 60 * MINUTE;
    return [time - day, time, time + day].find((one) => one + (session.end - session.start) * MINUTE > Date.now());
  }
  function drawStart() {
    const [hour, minute] = (ui.field.value || "0:0").split(":"), begins = hour * 60 + +minute;
    text(ui.go, say("start_at", { time: planned(begins) }));
    text(ui.hint, fill(begins === session.start % 1440 ? words.as_planned : words.shifted,
      { start: planned(session.start), end: planned(begins + session.end - session.start) }) +
      (fieldTime() >= new Date().setHours(24, 0, 0, 0) ? " " + words.tomorrow : ""));
  }
  // The time that is left: mm:ss, with a sign when it is over.
  function count(now) {
    const visit = last(state.visits), waits = now < visit.at, left = (waits ? visit.at : endOf(visit, now)) - now;
    return { left, waits, over: left < 0, words: !state.held && waits && state.visits.length > 1 ? say("waiting", { time: hours(visit.at) }) :
      words[state.held ? "held" : left < 0 ? "over" : waits ? "to_start" : "left"], text: left < 0 ? "+" + seconds(Math.floor(-left / 1000)) : seconds(Math.ceil(left / 1000)) };
  }
  function drawLive(now) {
    const visit = last(state.visits), { block: at, step } = parts[visit.part], block = blockOf(visit.part);
    const time = count(now), seen = outlook(now, state.gives), end = hours(clock(session.end)), then = about(seen.end);
    const mood = seen.behind ? "behind" : seen.ahead ? "ahead" : "on_time";
    text(ui.clock, hours(now));
    if (changed("end", end, then)) ui.end.replaceChildren(end, end === then ? "" : make("span", {}, say("end_now", { time: then })));
    ui.mood.className = "run-mood is-" + mood;
    text(ui.mood, { behind: "\u2212 ", ahead: "+ ", on_time: "" }[mood] + say(mood, { n: seen.behind || seen.ahead }));
    text(ui.where, [
      say("where", { n: at + 1, of: session.blocks.length }),
      block.steps.length > 1 && block.title + ", " + say("step_of", { n: step + 1, of: block.steps.length }),
      !time.over && say("until", { time: about(seen.free) })
    ].filter(Boolean).join(" \u00b7 "));
    text(ui.title, titleOf(visit.part));
    text(ui.time, time.text);
    ui.time.classList.toggle("is-long", time.text.length > 6);
    ui.live.classList.toggle("is-over", time.over);
    text(ui.left, time.words);
    ui.pause.disabled = time.waits;
    text(ui.pause, state.held ? words.go_on : words.pause);
    text(ui.next, time.waits ? words.start_now : following(visit.part + 1, now, state.gives) ? words.next : words.finish);
    ui.back.disabled = state.visits.length < 2;
    drawText(visit.part);
    drawThen(visit.part, seen);
    drawPlan(now, seen);
    announce(visit.part, time, Math.max(seen.behind, seen.ahead) > 1 ? mood : "on_time");
  }
  function drawText(part) {
    const all = questions(part).length;
    ui.ask.hidden = all < 2;
    text(ui.asked, say("question", { n: state.question + 1, of: all }));
    if (!changed("text", part, state.gives)) return;
    const found = copies(texts(part));
    ui.text.replaceChildren(...found.length ? found : [p(words.no_text)]);
  }
  function drawThen(part, { free }) {
    const lines = [];
    walk(part + 1, free, state.gives, (at, _, begin) => {
      const same = parts[at].block === parts[part].block;
      if (!minutesOf(at, state.gives) || (same && lines.length)) return false;
      lines.push([same ? words.then : words.then_block, about(begin), same ? titleOf(at) : blockOf(at).title]);
      return !same;
    });
    if (!changed("then", lines)) return;
    ui.then.replaceChildren(...lines.map(([name, time, title]) =>
      make("div", {}, [make("dt", {}, name), make("dd", {}, [make("b", {}, time), " " + title])])));
  }
  function drawPlan(now, seen) {
    const found = proposal(now, seen);
    if (!changed("plan", found && found.changes, seen.behind, about(seen.end), state.undo)) return;
    ui.plan.hidden = !found && seen.behind < 2 && !state.undo;
    ui.plan.classList.toggle("is-behind", seen.behind > 0);
    ui.take.hidden = !found;
    ui.undo.hidden = !state.undo;
    ui.lines.replaceChildren(...found ? planLines(found) : [p(seen.behind > 1 ? words.nothing : words.taken), ...outcome(seen)]);
  }
  const missing = ({ end }) => rounded(end - clock(session.end));
  // Which fixed starts would be late, and when one would end.
  const outcome = (seen) => [
    ...seen.late.map(([block, time]) => p(say("carried", { title: block.title, planned: hours(clock(block.start)), time: about(time) }))),
    p(say(missing(seen) > 0 ? "still" : "ends", { n: missing(seen), time: about(seen.end) }))
  ];
  function planLines({ changes, then, regain }) {
    const title = regain ? words.regain : missing(then) > 0 ? words.propose_late : words.propose;
    return [
      make("h3", {}, fill(title, { end: hours(clock(session.end)) })),
      make("ul.run-changes", {}, changes.map(planLine)),
      ...outcome(then)
    ];
  }
  function planLine(one) {
    const { title, type, minutes } = session.blocks[one.block], n = one.wants - one.has, leaves = minutes - one.wants;
    const how = n < 0 ? "restore" : type === "slack" ? "use" : leaves ? "shorten" : "drop";
    return make("li", {}, [make("p.run-change", {}, say(how, { title, n, leaves })), ...how === "restore" ? [] : lost(one)]);
  }

  // Says a new step, two minutes left, time that is up, and when one comes to be behind or ahead by more than a minute; and nothing else.
  function announce(part, { left, over, waits }, mood) {
    const was = before, n = minutesOf(part, state.gives), two = !waits && left <= 2 * MINUTE, said = [];
    const step = state.visits.length + "." + part;
    before = { step, two, over, mood };
    if (!was) return;
    if (was.step !== step) said.push(fill(words.said.step, { title: titleOf(part), n }));
    else if (over && !was.over) said.push(words.said.up);
    else if (two && !was.two && !over && n > 2) said.push(words.said.two);
    if (was.mood !== mood) said.push(ui.mood.textContent);
    if (said.length) text(ui.said, said.join(". "));
  }

  function drawProjector(now, live) {
    const visit = last(state.visits), time = live && count(now);
    const idle = live && (state.held || time.waits) ? time.words + " \u00b7 " : "";
    text(ui.name, live ? idle + titleOf(visit.part) : state.done ? words.over_title : run.title);
    text(ui.timer, time ? time.text : "");
    ui.screen.classList.toggle("is-over", time && time.over);
    if (!changed("screen", live, visit && visit.part, time.waits, state.question)) return;
    const one = live && !time.waits && questions(visit.part)[state.question];
    ui.question.replaceChildren(...one ? copies(one.childNodes) : []);
  }

  // Planned and actual minutes

  // What a block took, or one step of it: null if nobody came there.
  function spent(block, step) {
    const times = state.visits.map((visit, at) => {
      const part = parts[visit.part], until = at + 1 < state.visits.length ? state.visits[at + 1].from : state.done || Date.now();
      return part.block === block && (step === undefined || part.step === step) ? Math.max(0, until - visit.at) : null;
    }).filter((time) => time !== null);
    return times.length ? rounded(times.reduce((sum, time) => sum + time, 0)) : null;
  }
  function drawReport() {
    if (!changed("report", state)) return;
    all("[data-row]", report).forEach((row) => {
      const [block, step] = row.dataset.row.split("."), cells = row.querySelectorAll("td");
      const all = rounded((state.done || Date.now()) - state.visits[0].from);
      const took = block === "all" ? all : spent(+block, step && +step), more = took - cells[0].textContent;
      text(cells[1], took !== null ? String(took) : !state.done ? "" : session.blocks[block].type === "slack" ? words.used : words.dropped);
      text(cells[2], took === null || (block === "all" && !state.done) ? "" : (more > 0 ? "+" : more < 0 ? "\u2212" : "") + Math.abs(more));
    });
  }
  const rows = () => all("[data-row]", report).slice(0, -1).map((row) => {
    const [title, plan, took] = [...row.cells].map((one) => one.textContent), [block, step] = row.dataset.row.split(".");
    return { title, plan, took: +took || 0, step, block: session.blocks[block] };
  });
  // JSON's strings are YAML's too, whatever stands in them.
  function yaml() {
    const quoted = JSON.stringify, date = new Date(state.visits[0].from);
    const line = (space, head, { title, plan, took }) =>
      `${space}- ${head}title: ${quoted(title)}\n${space}  planned: ${plan}\n${space}  actual: ${took}`;
    return [
      "workshop: " + quoted(run.workshop), "session: " + quoted(session.id),
      "date: " + quoted([date.getFullYear(), pad(date.getMonth() + 1), pad(date.getDate())].join("-")),
      `planned: {start: "${planned(session.start)}", end: "${planned(session.end)}"}`,
      `actual: {start: "${hours(date)}", end: "${hours(state.done || Date.now())}"}`, "blocks:",
      ...rows().map((row) => !row.step ? line("  ", `keep: ${row.block.keep}\n    `, row) :
        (row.step === "0" ? "    steps:\n" : "") + line("      ", "", row)), ""
    ].join("\n");
  }
  const csv = () => kit.csv([
    words.columns,
    ...rows().map(({ title, plan, took, step, block }) => [block.title, step ? title : "", words.keep[block.keep], plan, took])
  ]);
  async function copy(what) {
    const said = await kit.copy(what) ? words.copied : words.not_copied;
    const area = make("textarea.kit-input", { readonly: true, rows: 8, id: "run-copied" }, what);
    report.querySelector(".run-copied").replaceChildren(make("label", { for: "run-copied" }, said), area);
    text(ui.said, said);
  }

  // The screen stays awake where the browser allows it; it has to be asked again after the page was hidden.
  function stayAwake() {
    if (lock || document.hidden) return;
    const refused = () => text(ui.awake, words.asleep);
    lock = { release() {} };
    if (!navigator.wakeLock) return refused();
    navigator.wakeLock.request("screen").then((found) => {
      lock = found;
      found.onrelease = () => { lock = null; };
      text(ui.awake, words.awake);
    }, refused);
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    lock = null;
    draw();
  });

  // Which session: the address says it, else the one that runs, else the first.
  function wanted() {
    const target = document.getElementById(location.hash.slice(1)); // ids need no decoding
    const place = target && target.closest(".run-session");
    const runs = (one) => {
      const kept = store.getJSON(`${run.store}/${one.id}`);
      return kept && kept.mark === one.mark && kept.visits.length && !kept.done && !isOld(one, kept);
    };
    return run.sessions.find(({ id }) => place && id === place.dataset.session) || session || run.sessions.find(runs) || run.sessions[0];
  }
  function open() {
    if (session === (session = wanted())) return;
    all(".run-session").forEach((one) => {
      one.hidden = one.dataset.session !== session.id;
      if (!one.hidden) sheet = one;
    });
    all(".run-sessions a").forEach((one) => one.setAttribute("aria-current", String(one.hash === "#" + session.id)));
    report = sheet.querySelector(".run-report");
    parts = session.blocks.flatMap((block, at) => block.steps.map((_, step) => ({ block: at, step })));
    key = `${run.store}/${session.id}`;
    drawn = {};
    before = null;
    resumed = false;
    state = fresh(0);
    const kept = read();
    if (usable(kept)) state = kept;
    ui.field.value = pad(Math.floor(session.start / 60) % 24) + ":" + pad(session.start % 60);
    ui.here.href = here + "?view=projector#" + session.id;
    ui.leave.href = here + "#" + session.id;
    ui.leave.hidden = !!window.opener;
    draw();
  }
  html.classList.toggle("run-projecting", projecting);
  ui.screen.hidden = !projecting;
  if (projecting) ui.start.hidden = true;
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => {
    drawn.report = "";
    draw();
  });
  open();
  setInterval(() => {
    if (projecting) adopt(read());
    if (projecting) send(window.opener, { hello: true });
    draw();
  }, 500);
})();
