"""One run of one case, as it is saved: a line of JSON in a file, written as soon as it was measured.

In: rows, or the lines of a file. Out: lines, rows, and the medians of all rows of the same kit and case.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Row:
    """What one run cost, or the medians of several: `cpu` and `wall` in seconds, `peak` and `output` in bytes; or why it `failed`."""

    kit: str
    case: str
    cpu: float = 0.0
    wall: float = 0.0
    peak: float = 0.0
    output: float = 0.0
    numbers: dict[str, float] = field(default_factory=dict)
    failed: str = ""
    runs: int = 1


Medians = dict[tuple[str, str], Row]


def save(row: Row, file: Path) -> None:
    """Add a row to a file."""
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(row)) + "\n")


def load(file: Path) -> list[Row]:
    """The rows of a file; none where there is no file."""
    if not file.exists():
        return []
    return [Row(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line]


def medians(rows: Iterable[Row]) -> Medians:
    """One row for each kit and case: the median of each figure by itself. One that always failed says why."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.kit, row.case), []).append(row)
    return {key: _median(found) for key, found in groups.items()}


def _median(rows: Sequence[Row]) -> Row:
    good = [row for row in rows if not row.failed]
    if not good:
        return rows[-1]
    figures = {name: median(getattr(row, name) for row in good) for name in ("cpu", "wall", "peak", "output")}
    numbers = {name: median(row.numbers[name] for row in good) for name in good[0].numbers}
    return Row(good[0].kit, good[0].case, numbers=numbers, runs=len(good), **figures)
