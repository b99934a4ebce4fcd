"""What each line of an agenda may become when the session gets another length, and what that costs.

In: a session and the exercises of its kit. Out: lines with the minutes that may be chosen, and prices, which turn the order of the
objective (docs/fit.md) into one whole number for each choice: the smaller the sum of a plan, the better the plan. Nothing is chosen here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import lcm
from typing import Literal

from generator.content.model import Block, BreakBlock, Exercise, ExerciseBlock, Keep, Session, SlackBlock, TimedBlock
from generator.timing.schedule import block_minutes, range_of

Kind = Literal["work", "break", "slack"]
GUARDED = ("open", "close")  # of each of these phases a block stays
WHOLE = "whole"  # stands for a phase where the whole agenda is guarded
FIVE = 5  # minutes; what lies between two bounds is a multiple of it, where there is one
GONE = -1  # instead of minutes: the block is not in the agenda


@dataclass(frozen=True)
class Line:
    """A block with its bounds in minutes. `stays`: it may not go. `fixed` is when it has to begin, in minutes after midnight. `guards` is
    the phase of which it may be the last block to stay, `settles` that phase when no more blocks of it follow.

    Two lines are equal when they may become the same, whichever block they are."""

    block: Block = field(compare=False)
    kind: Kind
    keep: Keep
    least: int
    minutes: int
    most: int
    stays: bool
    fixed: int | None
    guards: str | None = None
    settles: str | None = None

    @cached_property
    def choices(self) -> tuple[int, ...]:
        """The minutes that it may get when time is short, the most first; GONE at the end where it may go."""
        least = max(self.least, min(self.minutes, 1))
        if self.kind == "slack":
            return (*range(self.minutes, least - 1, -1), *([GONE] if not self.least and self.minutes else []))
        kept = (self.minutes, *reversed(_between(least, self.minutes)), least)
        return (*dict.fromkeys(kept), *([] if self.stays else [GONE]))

    @cached_property
    def growths(self) -> tuple[int, ...]:
        """The minutes that it may get when there is time to spare, the fewest first. Slack does not grow by itself."""
        if self.kind == "slack":
            return (self.minutes,)
        return tuple(dict.fromkeys((self.minutes, *_between(self.minutes, self.most), self.most)))


def _between(low: int, high: int) -> list[int]:
    """The multiples of five between two bounds, the bounds left out; where there is none, all minutes."""
    return [each for each in range(low + 1, high) if each % FIVE == 0] or list(range(low + 1, high))


def lines_of(session: Session, exercises: Mapping[str, Exercise]) -> tuple[Line, ...]:
    """The lines of a session, in the order of the agenda."""
    lines = [_line(block, exercises) for block in session.agenda]
    guarded = _guarded(lines, _phases(session.agenda))
    return tuple(
        replace(line, guards=phase, settles=None if phase in guarded[at + 1 :] else phase)
        for at, (line, phase) in enumerate(zip(lines, guarded, strict=True))
    )


def _guarded(lines: Sequence[Line], phases: Sequence[str | None]) -> list[str | None]:
    """The phase of each line of which a block has to stay, where none stays anyway. An agenda without any such phase keeps a working block,
    since an empty one is none."""
    safe = {phase for line, phase in zip(lines, phases, strict=True) if line.stays and line.kind == "work"}
    found = [phase if phase in GUARDED and phase not in safe else None for phase in phases]
    if any(found) or any(line.stays and line.kind == "work" for line in lines):
        return found
    working = [line.kind == "work" for line in lines]
    return [WHOLE if not any(working) or work else None for work in working]


def _line(block: Block, exercises: Mapping[str, Exercise]) -> Line:
    least, most = _bounds(block, exercises)
    minutes, fixed = block_minutes(block, exercises), block.start is not None
    if isinstance(block, BreakBlock):
        return Line(block, "break", block.keep, least, minutes, most, fixed, block.start)
    if isinstance(block, SlackBlock):
        # Slack without a `least` of its own is free as a whole; with a fixed start, a minute of it holds the place.
        free = least if "least" in block.model_fields_set else 0
        free, stays = max(free, min(minutes, 1)) if fixed else free, fixed or free > 0
        return Line(block, "slack", block.keep, free, minutes, minutes, stays, block.start)
    return Line(block, "work", block.keep, least, minutes, most, fixed or block.keep == "must", block.start)


def _bounds(block: Block, exercises: Mapping[str, Exercise]) -> tuple[int, int]:
    if isinstance(block, ExerciseBlock):
        return range_of(exercises[block.exercise])
    assert isinstance(block, TimedBlock)
    return block.least, block.most


def _phases(agenda: Sequence[Block]) -> list[str | None]:
    """The phase of each working block; one that states none goes on with that of the working block before. None for the others."""
    found: list[str | None] = []
    phase: str | None = None
    for block in agenda:
        if isinstance(block, BreakBlock | SlackBlock):
            found.append(None)
        else:
            phase = block.phase or phase
            found.append(phase)
    return found


class Prices:
    """The objective as whole numbers that add up: a smaller sum is a better plan, and no two plans have the same one.

    From the weightiest to the lightest: minutes of `should` blocks dropped; minutes of `could` blocks dropped; the sum of the squared
    shares cut, over a common denominator; the minutes chosen, as the digits of a number, the first block first. So the plan can be read
    off its price. The order holds for sums too, since each part has more room than a whole agenda needs.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._digit = max((max(line.minutes, line.most) for line in lines), default=0).bit_length() + 1
        self._whole = lcm(*((line.minutes - line.least) ** 2 for line in lines if line.minutes > line.least))
        self._could = len(lines) * self._whole + 1
        self._should = self._could * (sum(line.minutes for line in lines) + 1)

    def of(self, at: int, minutes: int) -> int:
        """The price of giving line number `at` so many minutes, or of letting it go."""
        line = self.lines[at]
        keep = line.keep if line.kind == "work" else "must"
        gone = line.minutes if minutes == GONE else 0
        cost = {"should": self._should, "could": self._could, "must": 0}[keep] * gone + self._share(line, minutes)
        place = self._digit * (len(self.lines) - 1 - at)
        return (cost << self._digit * len(self.lines)) - ((minutes + 1) << place)

    def _share(self, line: Line, minutes: int) -> int:
        """The squared share cut, as so many parts of `_whole`."""
        if minutes == GONE:
            return self._whole
        room = line.minutes - line.least
        return (line.minutes - minutes) ** 2 * (self._whole // room**2) if room else 0

    def plan(self, price: int) -> tuple[int, ...]:
        """The minutes of each line in the plan of that price; GONE where it is not in the agenda."""
        size, number = self._digit, len(self.lines)
        digits = -price & (1 << size * number) - 1
        return tuple((digits >> size * (number - 1 - at) & (1 << size) - 1) - 1 for at in range(number))
