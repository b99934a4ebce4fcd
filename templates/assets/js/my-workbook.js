// The page that gathers all notes of the kit: shows, prints, saves, loads and deletes them. The questions stand in the page as data.
(() => {
  "use strict";
  const kit = workshopKit, { make, fill, store, notes, day } = kit, words = kit.data.mine, index = kit.data.index;
  const place = document.getElementById("kit-my-workbook");
  const list = make("div.kit-mine"), panel = make("div"), said = make("p.kit-mine__said", { role: "status" });
  let pressed; // the button that opened the panel, to go back to

  // Every place to write in, in its order: { key, ref (its item), label, cell }.
  const places = [];
  Object.keys(index.items).forEach((ref) => index.items[ref][1].forEach(([id, label, rows = [""], columns = [""]]) => {
    rows.forEach((row, r) => columns.forEach((column, c) => {
      const key = `notes/${ref}/${id}` + (rows.length * columns.length > 1 || row || column ? `/${r + 1}/${c + 1}` : "");
      places.push({ key, ref, label, cell: kit.list([row, column].filter(Boolean)) });
    }));
  }));
  const isAnswer = (key) => !key.startsWith("workbooks/");
  const count = (keys) => keys.filter(isAnswer).length;

  // What is written of an item: { title, href, questions: [[label, [[cell, text]]]] }.
  function item(title, href, written, values) {
    const questions = [];
    written.forEach(({ key, label, cell }, at) => {
      if (!at || !cell || written[at - 1].label !== label) questions.push([label, []]);
      questions[questions.length - 1][1].push([cell, values[key]]);
    });
    return { title, href, questions };
  }

  // All that is written, as [title, items]: by workshop and agenda, then the rest, then what has no question any more.
  function groups(values) {
    const left = new Set(Object.keys(values).filter(isAnswer));
    function take([ref, href]) {
      const written = places.filter((one) => one.ref === ref && left.delete(one.key));
      return written.length ? [item(index.items[ref][0], href, written, values)] : [];
    }
    const found = index.workshops.filter(([id]) => values[`workbooks/${id}`]).map(([, title, stands]) => [title, stands.flatMap(take)]);
    found.push([words.by_item, index.rest.flatMap(take)]);
    const assessed = index.assessments.filter(([id]) => [...left].filter((key) => key.startsWith(`assessments/${id}/`) && left.delete(key)).length);
    found.push([words.gone, [...left].sort().map((key) => {
      const [, kind, id, ...parts] = key.split("/"), known = index.items[`${kind}/${id}`];
      return item(known ? known[0] : `${kind}/${id}`, null, [{ key, label: parts.join(" ") }], values);
    })]);
    found.push([words.assessments, assessed.map(([, title, href]) => ({ title, href, questions: [["", [["", words.assessment]]]] }))]);
    return found.filter(([, items]) => items.length);
  }

  // What is shown

  const answer = ([cell, text]) => make("dd", {}, [cell && make("span.kit-mine__cell", {}, cell), make("span.kit-mine__text", { dir: "auto" }, text)]);
  const answers = (questions) => make("dl", {}, questions.map(([label, given]) => make("div", {}, [make("dt", {}, label), ...given.map(answer)])));
  const drawn = ({ title, href, questions }) => make("section", {}, [make("h3", {}, href ? make("a", { href }, title) : title), answers(questions)]);

  function show() {
    const values = notes.all(), empty = !count(Object.keys(values));
    const parts = groups(values).map(([title, items]) => make("section", {}, [make("h2", {}, title), ...items.map(drawn)]));
    list.replaceChildren(...(empty ? [make("p", {}, words.empty)] : parts));
    buttons.forEach((one, at) => { one.hidden = empty && at > 0; });
  }

  // As text: Markdown in which what was typed stays as typed, its lines and paragraphs too; `indent` is for those behind the first.

  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  const plain = (text, indent = "") => text.trim().replace(/[\\`*_{}[\]#|~!^$]/g, "\\$&").replace(/[&<>]/g, (sign) => SIGNS[sign]).split("\n")
    .map((one) => one.trim().replace(/^[-+=:]/, "\\$&").replace(/^(\d+)([.)])/, "$1\\$2")).join("\n")
    .replace(/\n{2,}/g, "\n\n").replace(/([^\n])\n(?=[^\n])/g, "$1\\\n").replace(/\n(?=[^\n])/g, "\n" + indent);
  const line = (text) => plain(text.replace(/\s+/g, " "));

  function markdown() {
    const text = [`# ${line(`${words.title}: ${kit.data.name}`)}`, line(fill(words.date, { date: day(new Date()) }))];
    groups(notes.all()).forEach(([title, items]) => text.push(`## ${line(title)}`, ...items.flatMap((one) => [
      `### ${line(one.title)}`,
      ...one.questions.flatMap(([label, given]) => [label && `**${line(label)}**`, ...given.map(([cell, said]) => (
        cell ? `- ${line(cell)}\n\n    ${plain(said, "    ")}` : plain(said)
      ))])
    ])));
    kit.download(notes.name(".md"), "text/markdown", text.filter(Boolean).join("\n\n") + "\n");
  }

  // Questions to the reader stand in the page, below the buttons

  const button = (text, onclick, main = "") => make(`button.kit-button${main}`, { type: "button", onclick }, text);

  function ask(title, parts, choices) {
    const box = make("section.kit-ask", { tabindex: -1, "aria-label": title }, [make("h2", {}, title), ...parts, make("p.kit-mine__tools", {}, choices)]);
    panel.replaceChildren(box);
    said.textContent = "";
    box.focus();
  }

  function close(text) {
    panel.replaceChildren();
    said.textContent = text;
    (pressed.hidden ? buttons[0] : pressed).focus();
  }

  const save = () => {
    notes.save();
    said.textContent = words.saved;
  };

  function clear({ target }) {
    pressed = target;
    const about = fill(words.clear_about, { n: fill(words.count, { n: count(Object.keys(notes.all())) }) });
    ask(words.clear_title, [make("p", {}, about)], [
      button(words.clear_save, save), button(words.clear_do, wipe, ".kit-button--main"), button(words.clear_not, () => close(""))
    ]);
  }

  function wipe() {
    Object.keys(notes.all()).concat("device").forEach((key) => store.set(key, ""));
    show();
    close(words.cleared);
  }

  // A file: only text is taken from it, under keys that could be ours.

  // The notes of a file as [keys and texts, date]; why it is refused is thrown, as text.
  function notesIn(text) {
    let file;
    try { file = JSON.parse(text); } catch (error) { throw words.load_failed; }
    if (!file || file.format !== "workshop-kit-notes" || !file.notes) throw words.load_failed;
    if (file.kit !== kit.data.kit) throw fill(words.load_other, { name: String(file.name) });
    const found = Object.entries(file.notes);
    const fine = found.every(([key, one]) => typeof one === "string" && /^(notes\/[\w-]+\/[\w-]+|assessments|workbooks)(\/[\w-]+)+$/.test(key));
    if (file.version !== 1 || !fine || !Date.parse(file.saved)) throw words.load_failed;
    return [new Map(found.filter(([, one]) => one)), new Date(file.saved)];
  }

  function offer(text) {
    const [found, on] = notesIn(text), here = notes.all(), keys = [...found.keys()];
    const fresh = keys.filter((key) => !here[key]), differ = keys.filter((key) => here[key] && here[key] !== found.get(key));
    if (!fresh.length && !differ.length) throw words.load_none;
    const take = (label, taken, main) => button(label, () => {
      const kept = taken.every((key) => store.set(key, found.get(key)));
      show();
      close(kept ? words.loaded : words.load_partly);
    }, main);
    const told = (text, n) => n && make("p", {}, fill(text, { n })) || "";
    ask(fill(words.load_title, { date: day(on) }), [
      told(words.load_new, count(fresh)), told(words.load_differs, differ.length), ...differ.map((key) => compared(key, here[key], found.get(key)))
    ], [
      ...(differ.length ? [take(words.load_keep, fresh), take(words.load_replace, fresh.concat(differ))] : [take(words.load_add, fresh, ".kit-button--main")]),
      button(words.cancel, () => close(""))
    ]);
  }

  // What differs: an answer here and in the file. Of a self-assessment its name is enough.
  function compared(key, mine, theirs) {
    const one = places.find((each) => each.key === key), assessment = index.assessments.find(([id]) => key.startsWith(`assessments/${id}/`));
    if (assessment) return make("p", {}, assessment[1]);
    const title = one ? `${index.items[one.ref][0]}: ${one.label} ${one.cell}` : key;
    return make("section", {}, [make("p", {}, title), answers([[words.here, [["", mine]]], [words.in_file, [["", theirs]]]])]);
  }

  function load({ target }) {
    pressed = target;
    const input = make("input", { type: "file", accept: ".json", hidden: true, "aria-label": words.load });
    input.addEventListener("change", () => {
      input.files[0].text().then(offer).catch((why) => close(typeof why === "string" ? why : words.load_failed));
      input.remove();
    });
    place.append(input); // some browsers open the choice of files only from an element of the page
    input.click();
  }

  // The page before left a token, and the address says which. When it is not here, pages do not share a store.
  function checkShared() {
    const token = new URLSearchParams(location.search).get("device");
    if (!token) return;
    if (store.get("device") !== token) return place.before(make("p.kit-storage", { role: "alert" }, words.apart));
    try {
      history.replaceState(null, "", location.pathname);
      store.set("device", "");
    } catch (error) { /* the token stays, since a reload looks for it again */ }
  }

  const buttons = [
    button(words.load, load), button(words.save, save), button(words.markdown, markdown), button(words.print, () => print()), button(words.clear, clear)
  ];
  place.append(make("p.kit-mine__tools", { role: "group", "aria-label": words.tools }, buttons), said, panel, list);
  show();
  checkShared();
  ["storage", "pageshow"].forEach((event) => addEventListener(event, show));
})();
