"""The tables of a bench: which goals are met, what each case cost, and how it grows.

In: medians, and facts about the machine. Out: Markdown. A figure that was not measured is a dash, with the reason where there is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from bench.goals import GOALS, LARGE, SMALL, Goal, growth
from bench.rows import Medians, Row

REASONS = Path(__file__).parent / "reasons.yml"
NONE = "—"
MEGABYTE = 1e6


def report(found: Medians, facts: Mapping[str, str], names: Mapping[str, str]) -> str:
    """All tables; `names` says in words what the cases are, in their order."""
    known = {key: row for key, row in found.items() if not row.failed}
    kits = list(dict.fromkeys(kit for kit, _ in found))
    parts = ["# Results", "\n".join(f"- {name}: {fact}" for name, fact in facts.items()), "## Goals", _goals(known)]
    for kit in kits:
        title = "The shipped kit" if kit == "shipped" else f"{int(kit):,} items"
        rows = [(words, found[kit, case]) for case, words in names.items() if (kit, case) in found]
        parts += [f"## {title}", _table(rows)]
    parts += ["## Growth from 1,000 to 10,000 items", _grown(known, names)]
    return "\n\n".join(parts) + "\n"


def _goals(at: Medians) -> str:
    reasons = yaml.safe_load(REASONS.read_text(encoding="utf-8")) or {}
    lines = [(goal.what, goal.bound(), *_verdict(goal, at, reasons.get(goal.name, ""))) for goal in GOALS]
    return _markdown(("what", "goal", "measured", "verdict"), lines)


def _verdict(goal: Goal, at: Medians, reason: str) -> tuple[str, str]:
    """A figure and what it means; `reason` is why it is not as it should be."""
    try:
        value = goal.figure(at)
    except KeyError:
        return NONE, "not measured"
    if not goal.bound():
        return f"{value:.2f}", ""
    return f"{value:.2f}", "met" if goal.is_met(value) else ": ".join(filter(None, ("**not met**", reason)))


def _table(rows: Sequence[tuple[str, Row]]) -> str:
    heads = ("what", "runs", "processors, s", "clock, s", "memory, MB", "output, MB", "besides")
    return _markdown(heads, [(what, *_cells(row)) for what, row in rows])


def _cells(row: Row) -> Iterator[str]:
    if row.failed:
        yield from (NONE, NONE, NONE, NONE, NONE, row.failed.replace("|", "\\|"))
        return
    yield str(row.runs)
    yield from (f"{row.cpu:.2f}", f"{row.wall:.2f}", f"{row.peak / MEGABYTE:.0f}")
    yield f"{row.output / MEGABYTE:.1f}" if row.output else NONE
    yield ", ".join(f"{number:,.0f} {name}" for name, number in row.numbers.items())


def _grown(at: Medians, names: Mapping[str, str]) -> str:
    both = [case for case in names if (SMALL, case) in at and (LARGE, case) in at]
    lines = [(names[case], f"{growth(at, case, 'cpu'):.2f}", f"{growth(at, case, 'peak'):.2f}") for case in both]
    return _markdown(("what", "time, exponent", "memory, exponent"), lines) if lines else "Not measured."


def _markdown(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [heads, ["---"] * len(heads), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
