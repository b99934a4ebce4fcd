// What the finders share: wishes live in the page's address, and what was found is said once the typing pauses.
(() => {
 "use strict";
 var form = document.querySelector(".kit-find"), part = name => form.querySelector(name);
 // The address that Back should lead to: the last one that was meant, not one of a word half typed.
 var meant = location.href, timer = 0;
 var wishes = () => Object.fromEntries(new FormData(form));

 // Puts values into the address: in place while somebody types, as a new entry of the history once they are meant.
 function keep(values, isMeant, state) {
  var query = String(new URLSearchParams(Object.entries(values).filter(entry => entry[1].trim())));
  var next = location.href.split(/[?#]/)[0] + (query && "?" + query);
  try {
   if (isMeant && next !== meant) {
    history.replaceState(history.state, "", meant);
    history.pushState(state || null, "", next);
    meant = next;
   } else history.replaceState(state || history.state, "", next);
  } catch (error) { /* Some browsers refuse many changes at once. All else works. */ }
 }

 // Shows what the address says: now, and whenever somebody goes back.
 function follow(show) {
  function again() {
   meant = location.href;
   show(Object.fromEntries(new URLSearchParams(location.search)));
  }
  addEventListener("popstate", again);
  again();
 }

 // A form whose fields are wishes: `restore` puts values into them, `show` shows what fits.
 function start(restore, show) {
  function change(isMeant) { show(); keep(wishes(), isMeant); }
  form.addEventListener("input", () => change(false));
  form.addEventListener("change", () => change(true));
  form.addEventListener("submit", event => { event.preventDefault(); change(true); });
  form.addEventListener("reset", () => setTimeout(() => { change(true); form.elements[0].focus(); }));
  follow(values => { restore(values); show(); });
 }

 // The list, which the planner has not. `draw` makes the row of an item that stands on another page of it.
 var list = document.querySelector(".kit-index"), own = Array.from(list ? list.children : []);
 var known = Object.fromEntries(own.map(row => [row.dataset.item, row]));
 var whole = document.querySelectorAll(".kit-place, .kit-pages");
 function rowOf(id, draw) { return known[id] = known[id] || draw(id); }

 // Shows these rows in their order; without any the page as it came. Whoever presses a link leaves a field, which asks once more: a row
 // that was taken out and put back would not be clicked.
 function only(rows) {
  var wanted = rows || own, stands = wanted.length === list.children.length && wanted.every((row, at) => row === list.children[at]);
  if (!stands) list.replaceChildren(...wanted);
  whole.forEach(part => { part.hidden = !!rows; });
 }

 // What was found, or in its place that nothing was.
 function tell(count, nothing) {
  var place = part(".kit-find__count"), status = part("[role=status]"), text = nothing || count;
  if (place) place.textContent = count;
  part(".kit-find__none").hidden = !nothing;
  clearTimeout(timer);
  timer = setTimeout(() => { if (status.textContent !== text) status.textContent = text; }, 500);
 }

 window.workshopFind = { form, part, wishes, keep, follow, start, rowOf, only, tell };
})();
