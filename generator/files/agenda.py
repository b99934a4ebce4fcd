"""The agenda of an event for spreadsheets: one row for each block, and below it one for each of its steps.

In: a workshop as it takes place, with that day's times. Out: rows, and `agenda.csv`; `workbook.py` makes `agenda.xlsx` of the same rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from generator.content.model import Exercise, Kit, Workshop
from generator.content.words import Words
from generator.files.table import Cell, csv_bytes
from generator.occasion import Occasion
from generator.programme import Line, days
from generator.timing.schedule import DAY, Span

# Columns in their order, with their width in characters; heads stand in the words.
COLUMNS = {
    "date": 11, "session": 24, "start": 7, "end": 7, "minutes": 8, "block": 38, "step": 34, "way": 13, "phase": 9, "keep": 8,
    "lead": 14, "materials": 40,
}  # fmt: skip
CLOCKS = ("start", "end")


@dataclass(frozen=True)
class Row:
    """A block, or a step of one, in which case `step` is its title. `start` and `end` are minutes after midnight of `session_day`."""

    session_day: date
    session: str
    start: int
    end: int
    block: str
    step: str = ""
    way: str = ""
    phase: str = ""
    keep: str = ""
    lead: str = ""
    materials: str = ""

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start

    @property
    def day(self) -> date:
        """The day on which it begins; past midnight that is the next one."""
        return self.session_day + timedelta(days=self.start // DAY)


def rows(kit: Kit, workshop: Workshop, words: Words, occasion: Occasion) -> Iterator[Row]:
    """Every block and every step of every session, in the order of the day. Steps that are left out have no row."""
    shown = days(kit, workshop, words)
    for number, sitting in enumerate(shown):
        title = sitting.sheet.session.title or (words("pack.session", n=number + 1) if len(shown) > 1 else "")
        for line in sitting.lines:
            yield from _block(line, words, occasion.dates[number], title)


def _block(line: Line, words: Words, day: date, session: str) -> Iterator[Row]:
    slot, block = line.slot, line.slot.block
    way = getattr(block, "format", None)
    yield Row(
        *(day, session, slot.start, slot.end, line.title),
        way=words(f"format.{way}") if way else "",
        phase=words(f"phase.{block.phase}") if block.phase else "",
        keep=words(f"keep.{block.keep}"),
        lead=block.lead or "",
        materials=words("lists.semicolon").join(material.item for material in line.item.materials)
        if isinstance(line.item, Exercise)
        else "",
    )
    for span in slot.spans:
        if span.minutes:
            yield _step(span, line, words, day, session)


def _step(span: Span, line: Line, words: Words, day: date, session: str) -> Row:
    """A step, or the debrief, which is a talk of all together."""
    way = span.step.format if span.step else "plenary"
    return Row(
        *(day, session, span.start, span.start + span.minutes, line.title),
        step=span.step.title if span.step else words("pack.debrief"),
        way=words(f"format.{way}") if way else "",
    )


def agenda_csv(found: list[Row], words: Words, separator: str = ",") -> bytes:
    """The rows as CSV: days as 2026-12-03, times as 13:30."""
    heads: list[list[Cell]] = [[words(f"pack.columns.{name}") for name in COLUMNS]]
    return csv_bytes([*heads, *([_plain(row, name) for name in COLUMNS] for row in found)], separator)


def _plain(row: Row, name: str) -> Cell:
    """A cell as a person reads it."""
    if name in CLOCKS:
        return f"{clock(getattr(row, name)):%H:%M}"
    if name == "date":
        return row.day.isoformat()
    return row.minutes if name == "minutes" else str(getattr(row, name))


def clock(minutes: int) -> time:
    """Minutes after midnight as a time of day."""
    return time(minutes // 60 % 24, minutes % 60)
