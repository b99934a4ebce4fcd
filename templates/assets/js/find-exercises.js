// The finder of exercises: hides what does not fit the wishes of the form, and says what would have to be shortened.
(() => {
 "use strict";
 var kit = workshopKit, find = workshopFind;
 var data = kit.data.find, words = kit.data.words, fields = find.form.elements, ideas = fields.idea;

 // The ideas of the article that is chosen; without an article there is nothing to choose from.
 function offerIdeas() {
  var article = ideas && fields.article.value;
  if (!ideas || ideas.dataset.of === article) return;
  ideas.dataset.of = article;
  ideas.length = 1;
  (data.ideas[article] || []).forEach(entry => ideas.append(kit.make("option", { value: entry[0] }, entry[1])));
  ideas.parentNode.hidden = !article;
 }

 function fits(exercise, wish) {
  var among = wish.idea ? [wish.idea] : (data.ideas[wish.article] || []).map(entry => entry[0]);
  return !(wish.minutes && wish.minutes < exercise.least) &&
   !(wish.people && (wish.people < exercise.min || exercise.max && wish.people > exercise.max)) &&
   (!wish.format || exercise.formats.includes(wish.format)) &&
   (!wish.call || exercise.call) &&
   (!wish.pitfall || exercise.pitfalls.includes(wish.pitfall)) &&
   (!wish.article || among.some(idea => exercise.ideas.includes(idea)));
 }

 function show() {
  offerIdeas();
  var wish = find.wishes(), wished = Object.values(wish).some(Boolean), first = find.part(".kit-find__first");
  var found = data.exercises.filter(exercise => fits(exercise, wish));
  kit.all(".kit-find__shorten").forEach(note => note.remove());
  var rows = wished && found.slice(0, data.most).map(exercise => {
   var row = find.rowOf(exercise.id, () => draw(exercise));
   if (wish.minutes && exercise.usual > wish.minutes)
    row.append(kit.make("p.kit-find__shorten", null, kit.fill(words.shorten, exercise)));
   return row;
  });
  find.only(rows);
  if (first) first.hidden = !rows || rows.length === found.length;
  find.part("[type=reset]").hidden = !wished;
  find.tell(kit.fill(words.count, { found: found.length, n: data.exercises.length }), found.length ? "" : words.none);
 }

 // A row as `index-exercises.md.j2` draws it.
 function draw(exercise) {
  var row = data.rows[exercise.id], make = kit.make;
  return make("li", { "data-item": exercise.id }, [
   make("p.kit-index__minutes", null, [make("b", null, String(exercise.usual)), " " + row.unit]),
   make("h2", null, make("a", { href: `${kit.root}/${row.to}index.html` }, row.title)),
   make("p", null, row.about),
   make("p.kit-index__facts", null, row.facts.flatMap(fact => [make("span", null, fact), " "]))
  ]);
 }

 find.start(values => Array.from(fields).forEach(field => {
  if (field === ideas) offerIdeas();
  field.value = values[field.name] || "";
  // What nobody can choose, as in an old address, is no wish.
  if (field.selectedIndex < 0 || field.validity.rangeUnderflow) field.value = "";
 }), show);
})();
