// For both pages of a self-assessment: answers become shares of the points, and a code and back.
(() => {
  "use strict";
  const asked = workshopKit.data.assessment;
  const FORM = "wk1", NONE = "n", OPEN = "u";
  const statements = [].concat(...asked.dimensions.map((dimension) => dimension.statements));

  // The share of the points is rounded down, so that it never seems to reach a band that it misses.
  function score(dimension, answers) {
    const { id, title, enough, statements } = dimension;
    const found = { id, title, of: statements.length, answered: 0, none: 0, share: null };
    let points = 0;
    for (const statement of statements) {
      const answer = answers[statement.id];
      if (answer === NONE) found.none++;
      else if (answer != null) { found.answered++; points += statement.points[answer]; }
    }
    // Only when what is still open can no longer bring enough evidence.
    found.unsure = found.of - found.none < enough;
    if (found.answered >= enough) {
      found.share = Math.floor(100 * points / (found.answered * (asked.scale.length - 1)));
      found.band = found.share < asked.low ? "low" : found.share < asked.high ? "middle" : "high";
    }
    return found;
  }

  // Four signs that depend on every sign of a text (FNV-1a): a mistyped code is noticed.
  function check(text) {
    let sum = 2166136261;
    for (const sign of text) sum = Math.imul(sum ^ sign.charCodeAt(0), 16777619) >>> 0;
    return ("000" + (sum % 36 ** 4).toString(36)).slice(-4);
  }

  // wk1/<assessment>/<version>/<a sign for each statement>/<check>: answers count from 0, n is no evidence, u unanswered.
  function encode(answers) {
    const signs = statements.map(({ id }) => id in answers ? answers[id].toString(36) : OPEN).join("");
    const text = [FORM, asked.id, asked.version, signs].join("/");
    return text + "/" + check(text);
  }

  // A code becomes { code, id, answers }, or has a fault.
  function decode(word) {
    const code = word.toLowerCase(), parts = code.split("/"), [form, id, version, signs] = parts, sum = parts.pop();
    const answers = read(signs || "");
    const fault = check(parts.join("/")) !== sum ? "damaged" : form !== FORM ? "form" : id !== asked.id ? "other"
      : version !== asked.version ? "version" : !answers && "damaged";
    return { code, id, fault, answers };
  }

  // The answers that signs stand for, if they can be answers here.
  function read(signs) {
    const answers = Object.create(null);
    const right = statements.every(({ id, points }, at) => {
      if (signs[at] === OPEN) return true;
      const answer = answers[id] = signs[at] === NONE ? NONE : parseInt(signs[at], 36);
      return answer === NONE ? asked.none : answer in points;
    });
    return right && signs.length === statements.length && answers;
  }

  // What chats and phones do to a code is undone: unseen signs, other dashes and slashes, spaces around these.
  function tidy(line) {
    return line.normalize("NFKC").replace(/\p{Cf}/gu, "").replace(/\p{Pd}/gu, "-").replace(/[\u2044\u2215]/g, "/")
      .replace(/(\S) *\/ *(?!wk\d* *\/)(?=\S)/gi, "$1/");
  }

  // Whatever in a line is, or was meant as, a code. Names before it are cut off, addresses of pages left alone.
  function codes(line) {
    const start = /wk\d*\//i;
    return tidy(line).split(/[\s<>"'`,;()[\]“”‘’]+/)
      .map((word) => word.slice(Math.max(0, word.search(start))).replace(/[^a-z0-9]+$/i, ""))
      .filter((word) => !word.includes("://") && (start.test(word) || word.split("/").length === 5));
  }

  function set(element, values) {
    Object.keys(values).forEach((name) => element.setAttribute(name, values[name]));
  }

  // A line between two shares, with a dot if there is a middle to show; null empties it.
  function track(svg, from, to, middle) {
    const x = (share) => 6 + share * 3.88;
    svg.classList.toggle("is-empty", from == null);
    set(svg.querySelector(".is-spread"), { x1: x(from), x2: Math.max(x(to), x(from) + 0.1) });
    if (middle != null) set(svg.querySelector(".is-median"), { cx: x(middle) });
  }

  document.querySelector("time").textContent = workshopKit.day(new Date()); // for paper
  document.querySelector(".kit-paper").addEventListener("click", () => print());

  window.workshopAssess = { NONE, statements, score, encode, decode, codes, set, track };
})();
