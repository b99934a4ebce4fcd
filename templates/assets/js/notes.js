// Makes each place to write (`data-note`) a field, and keeps what is written there on this device: at each keystroke, and on leaving.
(() => {
  "use strict";
  const kit = workshopKit, { store, make } = kit, words = kit.data.notes;
  const KEPT = ["notes/", "assessments/", "workbooks/"]; // what is saved to a file and deleted, by the beginning of its key
  const mine = new URL(`${kit.root}/workbook/index.html`, location.href);
  const fields = {}; // by key, all fields of the page that show this note
  const known = {}; // each note as it is in the store, as far as this page knows
  const unsaved = {}; // what could not be kept
  const saved = make("span.kit-bar__saved", {}, words.ready), heard = make("span.kit-offscreen", { role: "status" });

  // The element around a field repeats its text, unseen, so that both are as tall as the text: on screen and on paper.
  function grow(area, text) {
    if (area.value !== text) area.value = text; // else the place of the cursor would be lost
    area.parentNode.dataset.text = area.value + " ";
    const row = area.closest("tr");
    if (row) row.classList.toggle("is-empty", ![...row.querySelectorAll("textarea")].some((one) => one.value));
  }

  function keep(key, text) {
    unsaved[key] = text;
    Object.keys(unsaved).forEach((one) => {
      if (!store.set(one, unsaved[one])) return;
      known[one] = unsaved[one];
      delete unsaved[one];
    });
    // By this mark the page that gathers all knows which workshop the reader is in.
    if (kit.data.workshop && !(key in unsaved)) store.set("workbooks/" + kit.data.workshop, "1");
    const lost = Object.keys(unsaved).length > 0;
    saved.textContent = lost ? words.unsaved : kit.fill(words.saved, { time: new Date().toTimeString().slice(0, 5) });
    saved.classList.toggle("is-unsaved", lost);
    saved.parentNode.classList.add("is-on");
    if (!lost && !heard.textContent) heard.textContent = words.announced; // a screen reader hears of it once, not at each key
    window[lost ? "addEventListener" : "removeEventListener"]("beforeunload", warn);
  }

  function warn(event) { event.preventDefault(); event.returnValue = ""; }

  function typed({ target }) {
    const { value, dataset: { key } } = target;
    fields[key].forEach((area) => grow(area, value));
    keep(key, value);
  }

  // Only what was written here is kept, so that a page that was only read overwrites nothing of another one.
  function flush() {
    Object.keys(fields).forEach((key) => {
      if (fields[key][0].value !== known[key] && !(key in unsaved)) keep(key, fields[key][0].value);
    });
  }

  // A field that someone is in stays as it is; left unchanged, it is read again.
  function read(key) {
    if (key in unsaved || fields[key].includes(document.activeElement)) return;
    known[key] = store.get(key) || "";
    fields[key].forEach((area) => grow(area, known[key]));
  }

  function left({ target }) {
    const key = target.dataset.key;
    if (target.value === known[key]) setTimeout(read, 0, key); // the focus is gone only after this event
  }

  const readAll = () => Object.keys(fields).forEach(read);

  function field(place) {
    const key = place.dataset.note;
    const area = make("textarea.kit-answer", { rows: 1, dir: "auto", autocomplete: "off", "aria-label": place.dataset.label, oninput: typed, onblur: left });
    area.dataset.key = key;
    place.append(make("span.kit-answer-room", {}, area));
    place.classList.add("is-written");
    place.addEventListener("click", ({ target }) => { if (target !== area) area.focus(); });
    (fields[key] = fields[key] || []).push(area);
  }

  // On a phone the cells of a table stand below each other: each has the name of its column, and a row without a name its number.
  function table(cell) {
    const head = cell.closest("table").rows[0], row = cell.parentNode;
    row.parentNode.parentNode.classList.add("is-written");
    if (head.querySelector("[data-note]")) return;
    head.classList.add("is-head");
    cell.dataset.head = head.cells[cell.cellIndex].textContent;
    if (!row.querySelector("th") && !head.nextElementSibling.matches(":last-child")) row.dataset.row = kit.fill(words.row, { n: row.rowIndex });
  }

  // All notes of this kit by key: those that are kept, and those of this page that could not be.
  function all() {
    const found = {};
    KEPT.forEach((begin) => store.keys(begin).forEach((key) => { found[key] = store.get(key); }));
    return Object.assign(found, unsaved);
  }

  const name = (ending) => `${words.file}-${kit.data.kit}-${new Date().toISOString().slice(0, 10)}${ending}`;

  function save() {
    const file = { format: "workshop-kit-notes", version: 1, kit: kit.data.kit, name: kit.data.name, saved: new Date(), notes: all() };
    kit.download(name(".json"), "application/json", JSON.stringify(file));
    window.removeEventListener("beforeunload", warn);
  }

  // Takes a token along to the page that gathers all notes: when that page does not find it, each page has a store of its own.
  function leave({ target }) {
    const link = target.closest("a[href]"), folder = (one) => one.pathname.replace(/index\.html$/, "");
    if (!link || folder(link) !== folder(mine)) return;
    const token = store.get("device") || Math.random().toString(36).slice(2, 10);
    if (store.set("device", token)) link.search = `?device=${token}`;
  }

  kit.notes = { all, save, name };
  const places = document.querySelectorAll("[data-note]");
  if (!places.length) return;
  document.querySelectorAll(".kit-write td[data-note]").forEach(table);
  places.forEach(field);
  document.querySelector(".md-content__inner").append(make("section.kit-bar", { "aria-label": words.bar }, [
    saved, make("button.kit-bar__save", { type: "button", onclick: save }, words.save), make("a", { href: mine.href }, words.mine), heard
  ]));
  readAll();
  ["storage", "pageshow"].forEach((event) => addEventListener(event, readAll)); // written elsewhere, come back
  ["pagehide", "visibilitychange"].forEach((event) => addEventListener(event, flush));
  ["click", "auxclick"].forEach((event) => addEventListener(event, leave));
})();
