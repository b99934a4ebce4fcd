"""Sentences that look as if they held an idea.

In: an article and the signs of its language. Out: candidates, in the order of the article: at most two a paragraph and forty in all. Every
sentence gets points for the signs in it, and the points say how sure it is. It looks for signs and judges nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.borrowed import words_of
from generator.draft.article import Article, Paragraph, Sureness
from generator.draft.signs import FINDINGS, Finding, Signs

MOST = 40
MOST_HERE = 2
SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’“»)\]]{0,3}\s+(?=\W{0,3}[^\Wa-zäöü])")
NUMBERED = re.compile(r"(?:\d{1,2}[.)]|#\d{1,2}\b|(?:step|tip|rule|schritt|tipp|regel)\s+\d{1,2}\b)", re.IGNORECASE)
RUN_IN = re.compile(r"[^.:!?]{3,60}:\s")
UNITS = "€|EUR|USD|dollars?|euros?|million|billion|Mio|Mrd|hours?|minutes?|Stunden|Minuten|Prozent|percent"
FIGURE = re.compile(rf"(?<![\d.,])\d[\d.,]{{0,15}}\s?(?:%|{UNITS})|[$€£]\s?\d")
COMPANY = re.compile(
    r"(?:\b(?:at|bei)\s[A-Z][\w&.-]{1,30}\b|\b[A-Z]\w{1,30} (?:Inc|Corp|Ltd|GmbH|AG|Go)\b|(?:[A-Z]\w{1,30}, ){2}[A-Z]\w)"
)
TAIL = re.compile(
    r"(?:post a comment|\d+ comments?|\d+ kommentare?|share this|leave a reply|kommentar schreiben)\W*", re.IGNORECASE
)


@dataclass(frozen=True)
class Candidate:
    """A sentence that may hold an idea: its paragraph and its place there (from 1), what it looks like, by which signs, and how sure."""

    paragraph: int
    sentence: int
    finding: Finding
    signs: tuple[str, ...]
    points: int

    @property
    def sure(self) -> Sureness:
        """The points in words."""
        return "sure" if self.points >= 5 else "fairly sure" if self.points >= 3 else "a guess"


def candidates(article: Article, signs: Signs) -> tuple[Candidate, ...]:
    """The candidates of an article."""
    found: list[Candidate] = []
    for number, paragraph in enumerate(article.paragraphs, 1):
        if (number > 1 and paragraph.text == article.title) or TAIL.fullmatch(paragraph.text):
            continue
        found += sorted(_in_paragraph(number, paragraph, signs), key=lambda one: -one.points)[:MOST_HERE]
    kept = sorted(found, key=lambda one: -one.points)[:MOST]
    return tuple(sorted(kept, key=lambda one: (one.paragraph, one.sentence)))


def _in_paragraph(number: int, paragraph: Paragraph, signs: Signs) -> Iterator[Candidate]:
    """The best candidate of each finding in a paragraph, but for those with hardly a sign."""
    best: dict[Finding, Candidate] = {}
    for at, sentence in enumerate(SENTENCE.split(paragraph.text), 1):
        for finding in FINDINGS:
            points, why = _points(finding, sentence, paragraph if at == 1 else Paragraph(sentence), signs)
            if points > (best[finding].points if finding in best else 1):
                best[finding] = Candidate(number, at, finding, why, points)
    yield from best.values()


def _points(finding: Finding, sentence: str, paragraph: Paragraph, signs: Signs) -> tuple[int, tuple[str, ...]]:
    """How much a sentence looks like a finding, and by which signs."""
    if finding == "point" and "?" in sentence:
        return 0, ()
    line = f" {' '.join(words_of(sentence).words)} "
    strong, weak = signs.strong[finding].findall(line), signs.weak[finding].findall(line)
    why = list(dict.fromkeys(_shown(sign, signs) for sign in (*strong, *weak)))
    points = 2 * len(set(strong)) + min(2, len(set(weak)))
    for more, sign in _marks(finding, sentence, line, paragraph, signs):
        points += more
        why.append(sign)
    return points, tuple(why[:4])


def _shown(sign: str, signs: Signs) -> str:
    """A sign as a comment names it: of a pair of words with others between, the first and the last."""
    words = sign.split()
    return sign if sign in signs.literal or len(words) < 3 else f"{words[0]} … {words[-1]}"


def _marks(finding: Finding, sentence: str, line: str, paragraph: Paragraph, signs: Signs) -> Iterator[tuple[int, str]]:
    """Signs that are no words: question marks, numbers, bold type, headings."""
    match finding:
        case "question":
            if "?" in sentence and len(line.split()) > 2:
                yield 3, "?"
        case "measure":
            if figure := FIGURE.search(sentence):
                yield 3, figure[0]
        case "example":
            if company := COMPANY.search(sentence):
                yield 2, company[0]
        case "point":
            if NUMBERED.match(sentence):
                yield 3, "its number"
            elif paragraph.listed:
                yield 2, "an entry of a list"
            if paragraph.bold:
                yield 3, "bold type"
            elif RUN_IN.match(sentence) and len(sentence) > 80:
                yield 2, "words before a colon"
            if paragraph.heading:
                yield 1, "a heading"
            if counted := signs.counted.search(line):
                yield 2, counted[0]
