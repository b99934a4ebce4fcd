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
  var wish = find.wishes(), found = 0;
  data.exercises.forEach(exercise => {
   var row = document.querySelector(`[data-item="${exercise.id}"]`), note = row.querySelector(".kit-find__shorten");
   row.hidden = !fits(exercise, wish);
   if (!row.hidden) found++;
   if (note) note.remove();
   if (wish.minutes && exercise.usual > wish.minutes)
    row.append(kit.make("p.kit-find__shorten", null, kit.fill(words.shorten, exercise)));
  });
  find.part("[type=reset]").hidden = !Object.values(wish).some(Boolean);
  find.tell(kit.fill(words.count, { found, n: data.exercises.length }), found ? "" : words.none);
 }

 find.start(values => Array.from(fields).forEach(field => {
  if (field === ideas) offerIdeas();
  field.value = values[field.name] || "";
  // What nobody can choose, as in an old address, is no wish.
  if (field.selectedIndex < 0 || field.validity.rangeUnderflow) field.value = "";
 }), show);
})();
