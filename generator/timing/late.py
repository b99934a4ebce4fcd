"""What a facilitator does when a session runs late.

In: a session on the clock, and the exercises of its kit. Out: what may give way, in order, and the points at which to look at the clock.
Minutes are whole; a clock time is minutes after midnight. One rule holds everywhere: first the time kept free is used up, then blocks
that are kept as `could` are dropped, then those kept as `should` are shortened to their least. What is kept as `must` stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.content.model import BreakBlock, Exercise, ExerciseBlock, SlackBlock, TimedBlock
from generator.timing.schedule import RunSheet, Slot, range_of

How = Literal["use", "drop", "shorten"]
ORDER: tuple[How, ...] = ("use", "drop", "shorten")
MOST = 6  # checkpoints; more of them nobody reads while speaking
CLOSEST = 10  # minutes from one checkpoint, or from the start, to the next


@dataclass(frozen=True)
class Cut:
    """Slot number `slot` (from 0) gives way: time kept free is used, a block is dropped or shortened; that saves so many minutes."""

    slot: int
    how: How
    saves: int


@dataclass(frozen=True)
class Checkpoint:
    """At `at` slot number `slot` should begin. `free` minutes are kept free from there on, up to the next fixed start. Whoever is later
    than that makes `cut`, the next that is left, or has none left."""

    at: int
    slot: int
    free: int
    cut: Cut | None


def cuts(sheet: RunSheet, exercises: Mapping[str, Exercise]) -> tuple[Cut, ...]:
    """Everything that may give way, in the order in which it should."""
    found = (cut for at, slot in enumerate(sheet.slots) if (cut := _cut(at, slot, exercises)) and cut.saves > 0)
    return tuple(sorted(found, key=lambda cut: (ORDER.index(cut.how), cut.slot)))


def _cut(at: int, slot: Slot, exercises: Mapping[str, Exercise]) -> Cut | None:
    if isinstance(slot.block, SlackBlock):
        # Slack without a `least` of its own is free as a whole.
        least = slot.block.least if "least" in slot.block.model_fields_set else 0
        return Cut(at, "use", slot.minutes - least)
    if slot.block.keep == "could":
        return Cut(at, "drop", slot.minutes)
    if slot.block.keep == "should":
        return Cut(at, "shorten", slot.minutes - _least(slot, exercises))
    return None


def _least(slot: Slot, exercises: Mapping[str, Exercise]) -> int:
    if isinstance(slot.block, ExerciseBlock):
        return range_of(exercises[slot.block.exercise])[0]
    assert isinstance(slot.block, TimedBlock)
    return slot.block.least


def checkpoints(sheet: RunSheet, exercises: Mapping[str, Exercise]) -> tuple[Checkpoint, ...]:
    """Where to look at the clock: after breaks, and where a new phase begins, but neither too many nor too close to each other."""
    ways = cuts(sheet, exercises)
    return tuple(_checkpoint(sheet, at, ways) for at in _thinned(sheet, _turns(sheet)))


def _checkpoint(sheet: RunSheet, at: int, ways: tuple[Cut, ...]) -> Checkpoint:
    """What helps from slot `at` on. Where a fixed start lies ahead, what comes before it counts first: that start waits for nobody."""
    fixed = next(
        (later for later in range(at + 1, len(sheet.slots)) if sheet.slots[later].block.start is not None), None
    )
    ahead = [cut for cut in ways if cut.slot >= at]
    soon = [cut for cut in ahead if fixed is None or cut.slot < fixed]
    free = sum(cut.saves for cut in soon if cut.how == "use") + (sheet.slots[fixed].waiting if fixed else 0)
    cut = next((cut for cut in (*soon, *ahead) if cut.how != "use"), None)
    return Checkpoint(sheet.slots[at].start, at, free, cut)


def _turns(sheet: RunSheet) -> dict[int, bool]:
    """The slots with which something new begins, and whether a break lies before."""
    found: dict[int, bool] = {}
    before: Slot | None = None
    rested = False
    for at, slot in enumerate(sheet.slots):
        if isinstance(slot.block, BreakBlock | SlackBlock):
            rested |= isinstance(slot.block, BreakBlock)
            continue
        if before and (rested or slot.block.phase not in (None, before.block.phase)):
            found[at] = rested
        before, rested = slot, False
    return found


def _thinned(sheet: RunSheet, turns: dict[int, bool]) -> list[int]:
    """The slots that are left when those go that follow the one before most closely; those after breaks go last."""
    left = dict(turns)
    while left:
        begins = [sheet.start, *(sheet.slots[at].start for at in left)]
        gaps = {at: sheet.slots[at].start - begun for at, begun in zip(left, begins, strict=False)}
        close = [at for at in left if gaps[at] < CLOSEST]
        if not close and len(left) <= MOST:
            break
        del left[min(close or left, key=lambda at: (left[at], gaps[at]))]
    return list(left)
