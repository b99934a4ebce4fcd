"""Who works with whom, when: the rounds of a workshop, and its people dealt over them.

In: a kit, a workshop of it, and how many people come. Out: for each exercise or talk in groups the groups, as numbers of people. How people
are dealt so that they meet new people is decided in `timing/groups.py`; why they cannot be dealt is put into words here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.content.model import BreakBlock, ExerciseBlock, Groups, Kit, SlackBlock, TimedBlock, Workshop
from generator.content.words import Words
from generator.programme import Line, days
from generator.timing.groups import BUDGET, CannotDeal, Dealt, deal
from generator.timing.people import TABLE, group_sizes

# Sizes of group where a block says its way of working and no more; an odd one joins a pair.
BY_FORMAT = {"pairs": Groups(size=2, min=2, max=3), "trios": Groups(size=3, min=2, max=4), "groups": TABLE}

Numbers = tuple[tuple[int, ...], ...]


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


def dealt(
    found: Sequence[Round],
    people: int,
    apart: Sequence[Sequence[int]] = (),
    together: Sequence[Sequence[int]] = (),
    seed: int = 1,
    budget: int = BUDGET,
) -> Dealt:
    """People dealt over rounds, so that they meet new people over all of them. People are numbers from 0. Raises `CannotDeal`."""
    sizes = tuple(tuple(group_sizes(people, each.groups)) for each in found)
    return _dealt(people, sizes, tuple(map(tuple, apart)), tuple(map(tuple, together)), seed, budget)


@lru_cache(maxsize=1024)
def _dealt(people: int, sizes: Numbers, apart: Numbers, together: Numbers, seed: int, budget: int) -> Dealt:
    """Dealt once for the same arguments: `serve` makes the same pages again and again, and most rounds stay as they are."""
    return deal(people, sizes, apart, together, seed, budget)


def seated(
    kit: Kit,
    workshop: Workshop,
    words: Words,
    people: int,
    apart: Sequence[Sequence[int]] = (),
    together: Sequence[Sequence[int]] = (),
    seed: int = 1,
    budget: int = BUDGET,
) -> tuple[tuple[Round, tuple[tuple[int, ...], ...]], ...]:
    """The rounds of a workshop, each with its groups; the sessions of several days count together. Raises `CannotDeal`."""
    found = rounds(kit, workshop, words)
    return tuple(zip(found, dealt(found, people, apart, together, seed, budget).rounds, strict=True))


def letter(number: int) -> str:
    """What a group is called, so that nobody takes it for a person's number: A to Z, then AA, AB; `number` counts from 0."""
    before, last = divmod(number, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def why(error: CannotDeal, found: Sequence[Round], names: Sequence[str], words: Words) -> str:
    """Why people cannot be dealt, and what helps, as a facilitator would say it. `names` are empty where people are numbers."""
    return words(
        f"seating.cannot.{error.why}",
        people=listed(error.people, names, words),
        number=len(error.people),
        round="" if error.round is None else round_called(found, error.round, words),
        most=error.most,
        groups="" if error.most is None else words("seating.groups", n=error.most),
    )


def round_called(found: Sequence[Round], number: int, words: Words) -> str:
    """`round 3 (“Said and did”)`; a round without a title of its own is only `round 3`. `number` counts from 0."""
    title = found[number].title
    if title == words("seating.round", n=number + 1):
        return words("seating.untitled", round=number + 1)
    return words("seating.titled", round=number + 1, title=title)


def listed(people: Sequence[int], names: Sequence[str], words: Words) -> str:
    """`Ann, Bo and Cy`: people by their names, or by their numbers from 1."""
    return joined([called_by(person, names) for person in people], words)


def joined(texts: Sequence[str], words: Words) -> str:
    """`one, two and three`."""
    if len(texts) < 2:
        return "".join(texts)
    return words("seating.and", first=words("lists.comma").join(texts[:-1]), last=texts[-1])


def called_by(person: int, names: Sequence[str]) -> str:
    """The name of a person; the number, counted from 1, where there is none."""
    return names[person] if person < len(names) else str(person + 1)
