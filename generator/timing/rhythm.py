"""How a session is paced: stretches between breaks, stretches in one way of working, and minutes kept free.

In: a run sheet. Out: stretches and sums, in whole minutes. What is too long or too short is decided elsewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from generator.content.model import BreakBlock, ExerciseBlock, Format, SlackBlock
from generator.timing.schedule import RunSheet, Slot

NO_BREAK = 100  # the most minutes that people are to go without a break


@dataclass(frozen=True)
class Stretch:
    """Time that belongs together: it begins in slot number `slot` (from 0), and lasts from `start` to `end`, minutes after midnight.

    `minutes` is less than what lies between when it has slack or waiting in it. `format` is the way of working, None = not stated.
    """

    slot: int
    start: int
    end: int
    minutes: int
    format: Format | None = None

    @property
    def span(self) -> int:
        """Minutes from its start to its end."""
        return self.end - self.start


def between_breaks(sheet: RunSheet) -> list[Stretch]:
    """The stretches without a break, slack included, and waiting too, but for waiting right after a break."""
    breaks = 0
    pieces: list[tuple[Any, Stretch]] = []
    for at, slot in enumerate(sheet.slots):
        if isinstance(slot.block, BreakBlock):
            pieces.append((breaks, Stretch(at, slot.start - slot.waiting, slot.start, 0)))
            breaks += 1
        else:
            pieces.append((breaks, Stretch(at, slot.start, slot.end, slot.minutes)))
    return _joined(pieces)


def in_one_format(sheet: RunSheet) -> list[Stretch]:
    """The stretches in one way of working. A break ends one; slack and waiting neither end nor lengthen it."""
    breaks = 0
    pieces: list[tuple[Any, Stretch]] = []
    for at, slot in enumerate(sheet.slots):
        breaks += isinstance(slot.block, BreakBlock)
        pieces += [((breaks, piece.format), piece) for piece in _pieces(at, slot)]
    return _joined(pieces)


def _joined(pieces: Iterable[tuple[Any, Stretch]]) -> list[Stretch]:
    """Neighbours of the same key as one stretch."""
    found = []
    for _, group in groupby(pieces, key=lambda piece: piece[0]):
        first, *rest = [piece for _, piece in group]
        last = rest[-1] if rest else first
        found.append(replace(first, end=last.end, minutes=first.minutes + sum(piece.minutes for piece in rest)))
    return found


def _pieces(at: int, slot: Slot) -> Iterator[Stretch]:
    """The steps of a block, or the block itself; a debrief is a talk of all together."""
    if isinstance(slot.block, ExerciseBlock):
        for span in slot.spans:
            if span.minutes:
                format = span.step.format if span.step else "plenary"
                yield Stretch(at, span.start, span.start + span.minutes, span.minutes, format)
    elif not isinstance(slot.block, BreakBlock | SlackBlock):
        yield Stretch(at, slot.start, slot.end, slot.minutes, getattr(slot.block, "format", None))


def working_minutes(sheet: RunSheet) -> int:
    """All minutes of a session but its breaks."""
    return sheet.minutes - sum(slot.minutes for slot in sheet.slots if isinstance(slot.block, BreakBlock))


def free_minutes(sheet: RunSheet) -> int:
    """Minutes kept free: slack, and waiting before a fixed start."""
    return sum(slot.waiting + (slot.minutes if isinstance(slot.block, SlackBlock) else 0) for slot in sheet.slots)
