"""A problem is data: what is wrong, where, and what to do about it.

Everybody who finds a fault in a kit makes a `Problem`; nobody prints one but the doors. Lines and columns count from 1, as
editors count them. This file decides how a problem reads as text, and nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning", "advice"]
RANK: dict[Severity, int] = {"error": 0, "warning": 1, "advice": 2}


@dataclass(frozen=True)
class Place:
    """A stretch of one line in a file of the kit: `file` with forward slashes from the kit's folder, `text` the whole line."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1
    text: str = ""


@dataclass(frozen=True)
class Problem:
    """One fault, a warning or a piece of advice. `label` stands beside the caret, `also` is a second place that it is about."""

    code: str
    message: str
    place: Place
    label: str = ""
    help: str = ""
    severity: Severity = "error"
    also: Place | None = None

    @property
    def order(self) -> tuple[int, str, int, int, str]:
        """Worst first, then by file and line."""
        return RANK[self.severity], self.place.file, self.place.line, self.place.column, self.code


class KitError(Exception):
    """Raised when a kit cannot be built: carries every problem found, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.order))
        super().__init__(count(self.problems))


class ToolError(Exception):
    """Something outside the kit's content failed (a template, the disk, another program): a message for people, no traceback."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word nearest to `word` as a help text, or an empty text when none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""


def count(problems: Sequence[Problem]) -> str:
    """`3 errors, 1 warning`: what a list of problems holds."""
    parts = []
    for severity, plural in (("error", "errors"), ("warning", "warnings"), ("advice", "pieces of advice")):
        number = sum(problem.severity == severity for problem in problems)
        if number:
            singular = {"advice": "piece of advice"}.get(severity, severity)
            parts.append(f"{number} {singular if number == 1 else plural}")
    return ", ".join(parts) or "no problems"


def _excerpt(place: Place, label: str, margin: str) -> list[str]:
    """The line at fault with carets below it. Tabs and control characters become single spaces, long lines are cut."""
    shown = "".join(sign if sign.isprintable() else " " for sign in place.text)
    start = max(0, place.column - 61) if len(shown) > 120 else 0
    shown = ("…" + shown[start + 1 :] if start else shown)[:120]
    at = min(max(place.column - 1 - start, 0), len(shown))
    carets = "^" * max(1, min(place.length, len(shown) - at))
    return [
        f"{margin} |",
        f"{place.line:>{len(margin)}} | {shown}",
        f"{margin} | {' ' * at}{carets} {label}".rstrip(),
    ]


def as_text(problem: Problem) -> str:
    """A problem as several lines of plain text: code, place, the line itself with a caret, and help."""
    margin = " " * len(str(max(problem.place.line, problem.also.line if problem.also else 0)))
    lines = [f"{problem.severity}[{problem.code}]: {problem.message}"]
    place = problem.place
    lines.append(f"{margin}--> {place.file}:{place.line}:{place.column}")
    if place.text.strip():
        lines += _excerpt(place, problem.label, margin)
    if problem.also:
        lines.append(f"{margin}::: {problem.also.file}:{problem.also.line}:{problem.also.column}")
        if problem.also.text.strip():
            lines += _excerpt(problem.also, "the other one", margin)
    if problem.help:
        lines.append(f"help: {problem.help}")
    return "\n".join(lines)
