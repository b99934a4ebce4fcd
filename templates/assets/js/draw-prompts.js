// Draws questions, one at a time over the whole view, none twice before all were shown. Each is an entry of the browser's history.
(() => {
 "use strict";
 var kit = workshopKit, find = workshopFind, make = kit.make;
 var prompts = kit.data.find.prompts, decks = kit.data.find.decks, words = kit.data.words, form = find.form;
 // `seen` are the ids drawn since all were fresh, `at` counts questions since the view was opened.
 var now = { seen: [], at: 0 }, shown = null, furthest = 0;

 function pool() {
  var wish = find.wishes();
  return prompts.filter(prompt =>
   (!wish.depth || prompt.depth === wish.depth) && (!wish.deck || prompt.id.split("/")[0] === wish.deck));
 }
 var isFresh = prompt => !now.seen.includes(prompt.id);

 // The view, which is of no use without scripts.
 var button = (label, act, more = "") => make("button.kit-button" + more, { type: "button", onclick: act }, label);
 var depth = make("p.kit-draw__depth"), text = make("p.kit-draw__text", { tabindex: "-1", "aria-live": "polite" });
 var then = make("p.kit-draw__then", { "aria-live": "polite" }), from = make("p.kit-draw__from");
 var place = make("span.kit-draw__place"), back = button(words.back, goBack), ask = button(words.then, toggle);
 var room = make("div.kit-draw__room.md-typeset", null, [
  make("div.kit-draw__card", null, [depth, text, then, from]),
  make("div.kit-draw__bar", null, [
   back, button(words.next, goOn, ".kit-button--main"), ask, button(words.close, () => view.close()), place]),
  make("p.kit-draw__keys", null, words.keys)
 ]);
 var view = make("dialog.kit-draw", { "aria-label": words.shown, onclose: closed, onkeydown: key }, room);
 document.body.append(view);

 function show(prompt) {
  var all = pool(), number = all.length - all.filter(isFresh).length, id = prompt.id.split("/");
  shown = prompt;
  depth.replaceChildren(prompt.depth && form.querySelector(`[value=${prompt.depth}] + *`).cloneNode(true));
  text.textContent = prompt.text;
  from.replaceChildren(
   make("a", { href: `${kit.root}/prompts/${id[0]}/index.html#${id[1]}` },
    kit.fill(words.from, { deck: decks[id[0]], number: prompt.number })),
   prompt.cites && " · " + prompt.cites);
  ask.hidden = !prompt.then;
  then.textContent = "";
  ask.setAttribute("aria-expanded", "false");
  back.disabled = now.at < 2;
  place.textContent = (now.again ? words.again + " " : "") + (number ? kit.fill(words.place, { number, n: all.length }) : "");
  if (!view.open) view.showModal();
  if (!view.contains(document.activeElement) || back.disabled) text.focus();
 }

 function draw() {
  var all = pool(), left = all.filter(isFresh), again = !left.length;
  find.tell("", all.length ? "" : words.none);
  if (!all.length) return;
  // They begin anew, but not with the one that is still on the wall.
  if (again) left = all.filter(prompt => prompt !== shown || all.length === 1);
  var prompt = left[Math.floor(Math.random() * left.length)];
  now = { seen: (again ? [] : now.seen).concat(prompt.id), at: now.at + 1, again };
  furthest = now.at;
  find.keep({ ...find.wishes(), draw: prompt.id }, true, now);
  show(prompt);
 }

 function goOn() { if (now.at < furthest) history.forward(); else draw(); }
 function goBack() { if (now.at > 1) history.back(); }

 function toggle() {
  then.textContent = then.textContent ? "" : shown.then;
  ask.setAttribute("aria-expanded", String(!!then.textContent));
 }

 // Presenters' clickers send page down and page up. The theme's own keys would leave the page.
 function key(event) {
  event.stopPropagation();
  var act = { ArrowRight: goOn, PageDown: goOn, " ": goOn, ArrowLeft: goBack, PageUp: goBack }[event.key];
  var presses = event.key === " " && event.target.closest("button");
  if (!act || presses || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  act();
 }

 // Closed by its reader; when Back closed it, the address has no question any more.
 function closed() {
  if (!shown) return;
  shown = null;
  furthest = 0;
  now = { seen: now.seen, at: 0 };
  find.keep(find.wishes(), true, now);
 }

 form.addEventListener("change", () => {
  find.keep(find.wishes(), true, now);
  find.tell("", pool().length ? "" : words.none);
 });
 form.addEventListener("submit", event => { event.preventDefault(); draw(); });
 find.follow(values => {
  // What nobody can choose, as in an old address, is no wish.
  ["depth", "deck"].forEach(name => {
   var field = form.elements[name], wish = values[name] || "";
   if (field) field.value = wish;
   if (field && field.value !== wish) field.value = "";
  });
  var prompt = prompts.find(one => one.id === values.draw);
  now = (history.state || {}).seen ? history.state : { seen: prompt ? [prompt.id] : now.seen, at: prompt ? 1 : 0 };
  furthest = Math.max(furthest, now.at);
  if (prompt) return show(prompt);
  shown = null;
  view.close();
 });
})();
