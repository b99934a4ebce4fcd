// The team's picture: codes become the lowest, the median and the highest share of each dimension. Names are never read.
(() => {
  "use strict";
  const { fill, make, store, data } = workshopKit;
  const { score, codes, decode, track } = workshopAssess;
  const asked = data.assessment, words = data.words;
  const KEY = "assessments/" + asked.id + "/team";
  const FEWEST = 3; // of two people, each would know the other's result
  const one = (selector) => document.querySelector(".kit-team " + selector);
  const [area, same, keep] = ["textarea", "[name=same]", "[name=keep]"].map(one);

  // The answers that count, and a note on each code that does not or stands there twice.
  function gather(text) {
    const people = [], notes = [], lines = {};
    let equal = false;
    text.split(/\r\n|\r|\n/).forEach((line, at) => codes(line).map(decode).forEach(({ code, fault, id, answers }) => {
      const first = lines[code];
      equal = equal || !fault && first > 0;
      const why = fault || first && (same.checked ? "equal" : "twice");
      if (why) notes.push(fill(words.line, { line: at + 1, why: fill(words.faults[why], { id, first }) }));
      if (!fault) lines[code] = first || at + 1;
      if (!fault && (!first || same.checked)) people.push(answers);
    }));
    return { people, notes, equal };
  }

  // As Python's statistics.median: the one in the middle, or the mean of the two in the middle.
  function median(sorted) {
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  // One dimension, over those who have enough evidence in it.
  function showDimension(dimension, people) {
    const scores = people.map((answers) => score(dimension, answers));
    const shares = scores.map(({ share }) => share).filter((share) => share != null).sort((a, b) => a - b);
    const none = scores.reduce((sum, score) => sum + score.none, 0);
    const shown = shares.length >= FEWEST;
    const figures = shown ? [shares[0], median(shares), shares[shares.length - 1]] : [];
    const body = one('[data-dimension="' + dimension.id + '"]');
    track(body.querySelector("svg"), shown ? figures[0] : null, figures[2], figures[1]);
    const cells = figures.map((share) => fill(words.share, { n: share }));
    cells.push(fill(words.of, { n: shares.length, of: people.length }), fill(words.of, { n: none, of: people.length * dimension.statements.length }));
    const row = cells.map((cell) => make("td", {}, cell));
    if (!shown) row.unshift(make("td", { colspan: 3 }, words.hidden));
    body.lastElementChild.replaceChildren(...row);
  }

  function show() {
    const { people, notes, equal } = gather(area.value), n = people.length, enough = n >= FEWEST;
    store.set(KEY, keep.checked ? area.value : "");
    same.parentNode.hidden = !equal && !same.checked;
    const counted = fill(words.counted, { n }), said = !n ? words.empty : enough ? counted : counted + " " + words.few;
    if (one(".kit-team__said").textContent !== said) one(".kit-team__said").textContent = said;
    one(".kit-team__count").textContent = counted;
    one(".kit-team__notes").replaceChildren(...notes.map((note) => make("li", {}, note)));
    document.documentElement.classList.toggle("kit-has-result", enough);
    if (enough) asked.dimensions.forEach((dimension) => showDimension(dimension, people));
  }

  area.value = store.get(KEY) || "";
  keep.checked = area.value !== "";
  [area, same, keep].forEach((input) => input.addEventListener("input", show));
  one(".kit-team__clear").addEventListener("click", () => {
    area.value = "";
    keep.checked = same.checked = false;
    show();
    area.focus();
  });
  show();
})();
