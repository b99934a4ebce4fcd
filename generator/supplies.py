"""What a workshop needs for a headcount.

In: a workshop of a kit, and how many people come. Out: one line for each thing, with one number. `programme.needs` is the same without a
headcount, for pages that do not know it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.content.model import Exercise, ExerciseBlock, Kit, Material, Workshop
from generator.content.words import Words
from generator.programme import blocks_in, tables
from generator.timing.people import group_sizes

Key = tuple[str, str]  # a thing's name, and the way of getting it


@dataclass(frozen=True)
class Supply:
    """How many of a thing there have to be, and the exercises that need it. `handout`: it is the sheet of an exercise."""

    item: str
    get: str
    number: int = 0
    handout: bool = False
    exercises: tuple[Exercise, ...] = ()


@dataclass(frozen=True)
class Use:
    """What lies on the tables at one time: the materials of an exercise, or those of the workshop itself (`exercise` None); `times` says
    how many participants, groups and rooms there are for them."""

    materials: tuple[Material, ...]
    times: dict[str, int]
    exercise: Exercise | None = None


def supplies(kit: Kit, workshop: Workshop, people: int, words: Words) -> tuple[Supply, ...]:
    """What `people` need over a whole workshop; things of one name and one way of getting them share a line.

    What is used up adds; of what is used again the largest number counts. An exercise that stands in the agenda twice uses up its things
    twice. The workshop's own things come first.
    """
    found: dict[Key, Supply] = {}
    most: dict[Key, int] = {}
    for use in _uses(kit, workshop, people):
        again: Counter[Key] = Counter()
        for material in use.materials:
            key = (material.item.casefold(), material.get)
            number = material.quantity * use.times[material.per]
            before = found.get(
                key, Supply(material.item, material.get, handout=_is_handout(material, use.exercise, words))
            )
            found[key] = _added(before, number if material.used_up else 0, use.exercise)
            again[key] += 0 if material.used_up else number
        most |= {key: max(number, most.get(key, 0)) for key, number in again.items()}
    return tuple(replace(supply, number=supply.number + most[key]) for key, supply in found.items())


def _added(supply: Supply, number: int, user: Exercise | None) -> Supply:
    users = supply.exercises if user is None or user in supply.exercises else (*supply.exercises, user)
    return replace(supply, number=supply.number + number, exercises=users)


def _uses(kit: Kit, workshop: Workshop, people: int) -> Iterator[Use]:
    """By video call no exercise's things are carried into a room."""
    times = {"participant": people, "group": tables(kit, workshop, people), "room": 1}
    yield Use(workshop.materials, times)
    for block in () if workshop.remote else blocks_in(workshop):
        if isinstance(block, ExerciseBlock):
            exercise = kit.exercises[block.exercise]
            groups = {"group": len(group_sizes(people, exercise.groups))} if exercise.groups else {}
            yield Use(exercise.materials, times | groups, exercise)


def _is_handout(material: Material, exercise: Exercise | None, words: Words) -> bool:
    """Whether it is the sheet of its exercise: one to print for each participant, called a handout or by the sheet's title."""
    if exercise is None or exercise.handout is None or material.get != "print" or material.per != "participant":
        return False
    name = material.item.casefold()
    return name.startswith(words("print.handout").casefold()) or exercise.handout.title.casefold() in name
