"""How a session is paced: stretches between breaks, stretches in one way of working, and minutes kept free.

In: a run sheet. Out: stretches and sums, in whole minutes. What is too long or too short is decided elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.content.model import BreakBlock, ExerciseBlock, Format, SlackBlock
from generator.timing.schedule import RunSheet, Slot


@dataclass(frozen=True)
class Stretch:
    """Time that belongs together: it begins in slot number `slot` (from 0), and lasts from `start` to `end`, minutes after midnight.

    `minutes` may be less than what lies between, when there is slack within it. `format` is the way of working, None = not stated.
    """

    slot: int
    start: int
    end: int
    minutes: int
    format: Format | None = None


def between_breaks(sheet: RunSheet) -> list[Stretch]:
    """The stretches without a break, everything between included."""
    found: list[Stretch] = []
    open_again = True
    for at, slot in enumerate(sheet.slots):
        if isinstance(slot.block, BreakBlock):
            open_again = True
        elif open_again:
            found.append(Stretch(at, slot.start, slot.end, slot.minutes))
            open_again = False
        else:
            found[-1] = replace(found[-1], end=slot.end, minutes=slot.end - found[-1].start)
    return found


def in_one_format(sheet: RunSheet) -> list[Stretch]:
    """The stretches in one way of working. A break ends one; slack and waiting neither end nor lengthen it."""
    found: list[Stretch] = []
    fresh = True
    for at, slot in enumerate(sheet.slots):
        if isinstance(slot.block, BreakBlock):
            fresh = True
        for piece in _pieces(at, slot):
            if not fresh and found[-1].format == piece.format:
                found[-1] = replace(found[-1], end=piece.end, minutes=found[-1].minutes + piece.minutes)
            else:
                found.append(piece)
            fresh = False
    return found


def sheets(sheet: RunSheet, most: int = 240) -> list[tuple[int, int]]:
    """A session cut after breaks into as few parts of at most `most` minutes as its length asks for, as even as its breaks allow.

    Each part is the slots from the first number up to the second, not included; together they are the session.
    """
    wanted = -(-sheet.minutes // most)
    breaks = [at + 1 for at, slot in enumerate(sheet.slots[:-1]) if isinstance(slot.block, BreakBlock)]
    cuts = [0]
    for number in range(1, wanted):
        ideal = sheet.start + sheet.minutes * number / wanted
        later = [at for at in breaks if at > cuts[-1]]
        if later:
            cuts.append(min(later, key=lambda at: abs(sheet.slots[at - 1].end - ideal)))
    return list(pairwise([*cuts, len(sheet.slots)]))


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
