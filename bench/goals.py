"""What the measurements are to show, as a table: each goal, the figure it is about, and the bound.

In: medians. Out: figures. A figure that needs a case which was not measured raises `KeyError`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bench.rows import Medians

Figure = Callable[[Medians], float]
# From the small kit to the large one, which has ten times as many items.
SMALL, LARGE = "1000", "10000"


@dataclass(frozen=True)
class Goal:
    """A figure that is to be at most, or at least, so much; one without a bound is only shown. `name` is what `reasons.yml` calls it."""

    name: str
    what: str
    figure: Figure
    most: float | None = None
    least: float | None = None

    def bound(self) -> str:
        """The bound as it is printed."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else ""

    def is_met(self, value: float) -> bool:
        """Whether a value is good enough."""
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)


def growth(at: Medians, case: str, what: str) -> float:
    """The exponent with which time (or memory) grows with the number of items: 1 where ten times as many cost ten times as much."""
    return math.log10(getattr(at[LARGE, case], what) / getattr(at[SMALL, case], what))


def _growth(case: str, what: str) -> Figure:
    return lambda at: growth(at, case, what)


def _ratio(kit: str, case: str, other: str, clock: str = "cpu") -> Figure:
    """How many times the time of another case."""
    return lambda at: float(getattr(at[kit, case], clock)) / float(getattr(at[kit, other], clock))


def _again(kit: str) -> Figure:
    """What a build with nothing changed takes for itself, beside MkDocs: as a part of what a clean one does."""

    def own(at: Medians, case: str) -> float:
        return at[kit, case].cpu - at[kit, "mkdocs"].cpu

    return lambda at: own(at, "again") / own(at, "build")


def _compiled(kit: str) -> Figure:
    """Documents that were compiled for each that had to be."""
    return lambda at: at[kit, "edit"].numbers["compiled"] / at[kit, "edit"].numbers["changed"]


def _peer(case: str, floor: str, ours: str, our_floor: str, clock: str = "cpu", per: str = "pages") -> Figure:
    """How many times more a page (or a word) of a peer's PDFs takes than one of ours, in the kit that comes with the program.

    A floor makes the same without PDFs, and what it takes does not count.
    """

    def each(at: Medians, case: str, floor: str) -> float:
        found = at["shipped", case]
        less = getattr(at["shipped", floor], clock) if floor else 0
        return float(getattr(found, clock) - less) / found.numbers[per]

    return lambda at: each(at, case, floor) / each(at, ours, our_floor)


_WEASYPRINT = ("to-pdf", "to-pdf-off", "build", "site")
_CHROMIUM = ("chromium", "", "build", "site")
_GUIDE_WEASYPRINT = ("guide-weasyprint", "", "guide", "")
_GUIDE_CHROMIUM = ("guide-chromium", "", "guide", "")
GOALS = (
    Goal("site-1000", "Site part, times plain MkDocs; 1,000 items", _ratio(SMALL, "site", "mkdocs"), most=1.15),
    Goal("site-10000", "The same; 10,000 items", _ratio(LARGE, "site", "mkdocs"), most=1.15),
    Goal("weasyprint", "PDF part: a page of WeasyPrint (mkdocs-to-pdf), times a page of ours", _peer(*_WEASYPRINT), least=6),
    Goal("chromium", "PDF part: a page of Chromium, times a page of ours", _peer(*_CHROMIUM), least=6),
    Goal("clock-weasyprint", "PDF part: a page of WeasyPrint, times a page of ours; clock", _peer(*_WEASYPRINT, "wall"), least=10),
    Goal("clock-chromium", "PDF part: a page of Chromium, times a page of ours; clock", _peer(*_CHROMIUM, "wall"), least=10),
    Goal("words-weasyprint", "PDF part: a word of WeasyPrint, times a word of ours", _peer(*_WEASYPRINT, "cpu", "words")),
    Goal("words-chromium", "PDF part: a word of Chromium, times a word of ours", _peer(*_CHROMIUM, "cpu", "words")),
    Goal("guide-weasyprint", "One guide: a page of WeasyPrint, times a page of ours", _peer(*_GUIDE_WEASYPRINT)),
    Goal("guide-chromium", "One guide: a page of Chromium, times a page of ours", _peer(*_GUIDE_CHROMIUM)),
    Goal("guide-words-weasyprint", "One guide: a word of WeasyPrint, times a word of ours", _peer(*_GUIDE_WEASYPRINT, "cpu", "words")),
    Goal("guide-words-chromium", "One guide: a word of Chromium, times a word of ours", _peer(*_GUIDE_CHROMIUM, "cpu", "words")),
    Goal("again-shipped", "Nothing changed: own work, part of a clean build's; shipped kit", _again("shipped"), most=0.1),
    Goal("again-1000", "The same; 1,000 items", _again(SMALL), most=0.1),
    Goal("edit-shipped", "One exercise changed: documents compiled, for each that shows it; shipped kit", _compiled("shipped"), most=1),
    Goal("edit-1000", "The same; 1,000 items", _compiled(SMALL), most=1),
    Goal("check", "`check`, part of plain MkDocs; 10,000 items", _ratio(LARGE, "check", "mkdocs"), most=0.2),
    Goal("growth-site", "Growth of time, site part: exponent", _growth("site", "cpu"), most=1.1),
    Goal("growth-build", "Growth of time, site and booklets: exponent", _growth("build", "cpu"), most=1.1),
    Goal("memory-site", "Growth of memory, site part: exponent", _growth("site", "peak"), most=1.0),
    Goal("memory-build", "Growth of memory, site and booklets: exponent", _growth("build", "peak"), most=1.0),
    Goal("peak", "Most memory, site and booklets, GB; 10,000 items", lambda at: at[LARGE, "build"].peak / 1e9, most=1.5),
    Goal("live", "Live preview, part of a clean build of the site; clock; 1,000 items", _ratio(SMALL, "serve", "site", "wall"), most=0.25),
    Goal("help", "`workshop-kit --help`, part of `mkdocs --version`", _ratio("shipped", "help", "version"), most=0.5),
)  # fmt: skip
