"""Who works with whom, when: the rounds of a workshop, and its people dealt over them.

In: a kit, a workshop of it, and how many people come. Out: for each exercise or talk in groups the groups, as numbers of people. How people
are dealt so that they meet new people is decided in `timing/groups.py`.
"""

from dataclasses import dataclass

from generator.content.model import BreakBlock, ExerciseBlock, Groups, Kit, SlackBlock, TimedBlock, Workshop
from generator.content.words import Words
from generator.programme import Line, days
from generator.timing.people import TABLE

# Sizes of group where a block says its way of working and no more; an odd one joins a pair.
BY_FORMAT = {"pairs": Groups(size=2, min=2, max=3), "trios": Groups(size=3, min=2, max=4), "groups": TABLE}


@dataclass(frozen=True)
class Round:
    """A time at which people work in groups: slot number `slot` of session number `session` (both from 0), and the size of group."""

    session: int
    slot: int
    title: str
    groups: Groups


def rounds(kit: Kit, workshop: Workshop, words: Words) -> tuple[Round, ...]:
    """Every exercise and every talk of a workshop that is held in groups, in the order of the agenda.

    Groups that an exercise forms within its groups, such as pairs at a table, are no round of their own.
    """
    shown = days(kit, workshop, words)
    return tuple(
        Round(number, slot, line.title, groups)
        for number, day in enumerate(shown)
        for slot, line in enumerate(day.lines)
        if (groups := _groups(kit, line))
    )


def _groups(kit: Kit, line: Line) -> Groups | None:
    block = line.slot.block
    if isinstance(block, ExerciseBlock):
        return kit.exercises[block.exercise].groups
    if isinstance(block, TimedBlock) and not isinstance(block, BreakBlock | SlackBlock):
        return BY_FORMAT.get(block.format or "")
    return None
