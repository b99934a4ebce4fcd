"""A problem is data: what is wrong, where, and what to do about it. Lines and columns count from 1, as editors count them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "advice"]
RANK: dict[Severity, int] = {"error": 0, "warning": 1, "advice": 2}


@dataclass(frozen=True)
class Place:
    """A stretch of one line in a file of the kit: `file` with forward slashes from the kit's folder, `text` the whole line.

    `above` are lines right above that help to understand it, `below` are the lines that it covers besides its own.
    """

    file: str
    line: int = 1
    column: int = 1
    length: int = 1
    text: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """One fault, a warning or a piece of advice. `label` stands beside the caret, `also` is a second place that it is about, and
    `also_label` what stands there."""

    code: str
    message: str
    place: Place
    label: str = ""
    help: str = ""
    severity: Severity = "error"
    also: Place | None = None
    also_label: str = "the other one"

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


def count(problems: Sequence[Problem]) -> str:
    """`3 errors, 1 warning`: what a list of problems holds."""
    parts = []
    for severity, plural in (("error", "errors"), ("warning", "warnings"), ("advice", "pieces of advice")):
        number = sum(problem.severity == severity for problem in problems)
        if number:
            singular = {"advice": "piece of advice"}.get(severity, severity)
            parts.append(f"{number} {singular if number == 1 else plural}")
    return ", ".join(parts) or "no problems"
