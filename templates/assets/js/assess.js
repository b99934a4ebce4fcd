// Answering a self-assessment: each answer is kept; the result is a picture, a table, words, and a code to pass on.
(() => {
  "use strict";
  const { fill, list, one, all, make, store, data, copy, csv, download } = workshopKit;
  const { NONE, statements, score, encode, set, track } = workshopAssess;
  const { assessment: asked, words } = data;
  const KEY = "assessments/" + asked.id + "/answers";
  const inputs = all(".kit-judge input"), code = one("#kit-code"), done = one(".kit-done"), said = one(".kit-code__said");
  let answers = Object.create(null), known, unsaved = false; // `known` is the text in the store, as far as this page knows

  // What this device remembers, but for what is no longer asked. Another tab, or the page that gathers all, may have changed it.
  function read() {
    const text = store.get(KEY);
    if (unsaved || text === known) return;
    known = text;
    answers = Object.create(null);
    const kept = store.getJSON(KEY) || {};
    for (const { id, points } of statements) {
      const answer = kept[id];
      if (answer === NONE ? asked.none : Number.isInteger(answer) && answer in points) answers[id] = answer;
    }
    show();
  }

  function changed() {
    const text = Object.keys(answers).length ? JSON.stringify(answers) : null;
    unsaved = !store.set(KEY, text);
    if (!unsaved) known = text;
    show();
  }

  // How far one is. It is read out only when all is done.
  function showProgress(n) {
    const of = statements.length;
    one(".kit-progress span").textContent = fill(unsaved ? words.unsaved : words.progress, { n, of });
    one(".kit-progress progress").value = n;
    done.textContent = n === of ? fill(words.complete, { of }) : "";
  }

  // A dot on each axis that has a result. An area where all have one, else lines from the middle.
  function showRadar(svg, rows) {
    const [[X, Y], ...ends] = asked.axes;
    const at = ends.map(([x, y], index) => [X + (x - X) * rows[index].share / 100, Y + (y - Y) * rows[index].share / 100]);
    svg.classList.toggle("is-partial", rows.some(({ share }) => share == null));
    set(one(".is-area", svg), { points: at.join(" ") });
    svg.querySelectorAll("g").forEach((axis, index) => {
      const { share } = rows[index], [x, y] = at[index];
      axis.classList.toggle("is-empty", share == null);
      set(one("circle", axis), { cx: x, cy: y });
      set(one(".is-value", axis), { x2: x, y2: y });
      one(".is-share", axis).textContent = share == null ? "–" : share + " %";
    });
  }

  function state({ share, band, unsure }) {
    return share == null ? unsure ? words.unsure : words.open : fill(words.share, { n: share, band: words.band[band].toLowerCase() });
  }

  function showFigures(rows) {
    const lines = all(".kit-figures tbody tr"), tracks = all(".kit-picture .kit-track"), svg = one(".kit-radar");
    rows.forEach((row, index) => {
      const [, result, answered] = lines[index].cells;
      result.textContent = state(row);
      answered.textContent = fill(words[row.none ? "without" : "of"], row);
      if (!svg) track(tracks[index], row.share == null ? null : 0, row.share);
    });
    if (svg) showRadar(svg, rows);
  }

  // What a result means; the text stands further down on the page. Only the lowest suggest what to do.
  function meaning(row, suggests) {
    const source = one('[data-result="' + row.id + "/" + row.band + '"] .kit-voice__text');
    const text = source && source.cloneNode(true);
    if (text && !suggests) text.querySelectorAll(".kit-suggests").forEach((part) => part.remove());
    return make("section.kit-meaning", {}, [make("h4", {}, [row.title + " ", make("span", {}, state(row))]), text]);
  }

  function part(name, children) {
    const section = one(".kit-part.is-" + name);
    section.hidden = !children.length;
    section.lastChild.replaceChildren(...children);
  }

  // The two lowest, in the assessment's order where they are equal; others that are as low are named.
  function showWords(rows) {
    const scored = rows.filter(({ share }) => share != null);
    const lowest = [...scored].sort((a, b) => a.share - b.share).slice(0, 2);
    const rest = scored.filter((row) => !lowest.includes(row));
    const names = list(rest.filter(({ share }) => share === lowest[1].share).map(({ title }) => title));
    const low = lowest.map((row) => meaning(row, true));
    if (names) low.push(make("p", {}, fill(words.tied, { names })));
    part("lowest", low);
    one(".is-lowest h3").textContent = fill(words.lowest, { n: lowest.length });
    part("finding", rows.filter(({ unsure }) => unsure).map((row) => make("p.kit-found", {}, fill(words.found, row))));
    part("others", rest.map((row) => meaning(row, false)));
  }

  function show() {
    const rows = asked.dimensions.map((dimension) => score(dimension, answers)), n = Object.keys(answers).length;
    const { classList } = document.documentElement;
    classList.toggle("kit-has-result", rows.some(({ share, unsure }) => share != null || unsure));
    classList.toggle("kit-has-answers", n > 0);
    for (const input of inputs) input.checked = String(answers[input.name]) === input.value;
    code.value = encode(answers);
    said.textContent = "";
    showProgress(n);
    showFigures(rows);
    showWords(rows);
  }

  // A line for each statement: dimension, statement, answer and its points.
  function table() {
    const lines = [words.columns];
    for (const { title, statements } of asked.dimensions) {
      for (const { id, points } of statements) {
        const answer = answers[id];
        lines.push([title, document.getElementById(id + "-text").textContent, answer === NONE ? words.none : asked.scale[answer], points[answer]]);
      }
    }
    return "\ufeff" + csv(lines);
  }

  const press = {
    async copy() {
      const copied = await copy(code.value);
      said.textContent = copied ? words.copied : words.not_copied;
      if (!copied) code.select();
    },
    code() { download(asked.id + "-code.txt", "text/plain", code.value + "\n"); },
    table() { download(asked.id + ".csv", "text/csv", table()); },
    clear() {
      if (!confirm(words.clear_sure)) return;
      answers = Object.create(null);
      changed();
      done.textContent = words.cleared;
      inputs[0].focus();
    }
  };

  one(".kit-questionnaire").addEventListener("change", ({ target }) => {
    if (!target.checked) return;
    answers[target.name] = target.value === NONE ? NONE : Number(target.value);
    changed();
  });
  // "No evidence" looks like a box to tick, so a second press takes it back.
  one(".kit-questionnaire").addEventListener("click", ({ target }) => {
    if (target.value !== NONE || answers[target.name] !== NONE) return;
    delete answers[target.name];
    changed();
  });
  all("[data-press]").forEach((button) => button.addEventListener("click", press[button.dataset.press]));
  all(".kit-every").forEach((texts) => { texts.open = false; });
  read();
  ["storage", "pageshow"].forEach((event) => window.addEventListener(event, read));
})();
