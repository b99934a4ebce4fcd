// The finder of pitfalls: adds up the points that Python gave each word, and puts the nearest first.
(() => {
 "use strict";
 var kit = workshopKit, find = workshopFind;
 var index = kit.data.find, words = kit.data.words, field = find.form.elements.see;
 var known = Object.keys(index.terms).concat(Object.keys(index.alike));
 // Words such as "constructor" are not to find what every object has.
 [index.terms, index.alike].forEach(table => Object.setPrototypeOf(table, null));
 var MOST = 5, LEAST = 0.3; // how many are shown, and from which share of the best one's points
 var ALIKE = 0.6, NEARLY = 0.7; // of the points, for a word of like meaning and for one that is nearly the same

 function wordsOf(text) {
  var plain = text.toLowerCase().normalize("NFD").replace(/[\p{M}'’]/gu, "");
  return (plain.match(/[\p{L}\p{N}]+/gu) || []).filter(word => !index.skip.includes(word));
 }

 // The same as `Stems.stem` in generator/web/find.py.
 function stemOf(word) {
  var end = index.endings.find(end => word.endsWith(end) && word.length - end.length >= index.shortest);
  if (end) word = word.slice(0, -end.length);
  return word.length > index.shortest && word.slice(-1) === word.slice(-2, -1) ? word.slice(0, -1) : word;
 }

 // Whether a word begins with a stem in which one letter is wrong, missing, too many or swapped.
 function nearly(word, stem) {
  if (word.length < 5 || stem.length < 4 || word.length > 2 * stem.length) return false;
  var at = 0, goesOn = (skipped, left) => word.slice(at + skipped).startsWith(stem.slice(at + left));
  while (at < stem.length && word[at] === stem[at]) at++;
  return goesOn(1, 1) || goesOn(1, 0) || goesOn(0, 1) ||
   (word[at] === stem[at + 1] && word[at + 1] === stem[at] && goesOn(2, 2));
 }

 // The points of each pitfall for one word: by the best of the stems that it may mean.
 function lookUp(word) {
  var stem = stemOf(word), best = {};
  function add(other, share) {
   var list = index.terms[other] || [];
   for (var at = 0; at < list.length; at += 2) best[list[at]] = Math.max(best[list[at]] || 0, list[at + 1] * share);
  }
  function look(other, share) {
   add(other, share);
   (index.alike[other] || []).forEach(like => add(like, share * ALIKE));
  }
  look(stem, 1);
  if (!Object.keys(best).length) known.forEach(other => {
   if ((stem.length >= index.shortest && other.startsWith(stem)) || nearly(word, other) || nearly(stem, other)) look(other, NEARLY);
  });
  return best;
 }

 function show() {
  var text = field.value.trim(), points = index.order.map(() => 0);
  new Set(wordsOf(text)).forEach(word => {
   Object.entries(lookUp(word)).forEach(entry => { points[entry[0]] += entry[1]; });
  });
  var best = Math.max(...points);
  var order = [...index.order.keys()].sort((one, other) => points[other] - points[one] || one - other);
  var found = order.filter((number, place) => best && place < MOST && points[number] >= LEAST * best);
  find.only(best && found.map(number => find.rowOf(index.order[number], draw)));
  find.part(".kit-find__result").hidden = !best;
  find.tell(best ? kit.fill(words.count, { n: found.length, all: index.order.length }) : "", text && !best ? words.none : "");
 }

 // A row as `index-pitfalls.md.j2` draws it.
 function draw(id) {
  var row = index.rows[id], make = kit.make;
  return make("li", { "data-item": id }, [
   make("div.kit-index__lead", null, make("p", null, row.about)),
   make("div.kit-index__trap", null, [
    make("h2", null, make("a", { href: `${kit.root}/${row.to}index.html` }, row.title)),
    make("p.kit-index__move", null, [make("b", null, words.move), " " + row.move])
   ])
  ]);
 }

 find.start(values => { field.value = values.see || ""; }, show);
})();
