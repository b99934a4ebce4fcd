"""A workshop as both wings show it: its days with clock times, what each line of the agenda points at, and what to bring.

In: a kit and its fixed words. Out: views, made anew each time; the kit itself never changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator.content.model import (
    ActivityBlock,
    Article,
    Assessment,
    AssessmentBlock,
    Block,
    BreakBlock,
    Deck,
    Dimension,
    Exercise,
    ExerciseBlock,
    Item,
    Kit,
    Material,
    Pitfall,
    Prompt,
    PromptsBlock,
    SlackBlock,
    Statement,
    TensionBlock,
    Workshop,
)  # fmt: skip
from generator.content.words import Words
from generator.links import Links, Source
from generator.timing.people import SMALLEST_GROUP, TABLE, group_sizes
from generator.timing.schedule import RunSheet, Slot, run_sheet

LOW, HIGH = 40, 70  # per cent of the points: below the first a result is low, from the second it is high
USUAL = 12  # people, where nobody says how many are planned for
WAYS = ("buy", "print", "prepare", "have")  # of getting things, in the order in which they take time


@dataclass(frozen=True)
class Line:
    """One block on the clock: `title` as readers see it, `item` what it shows, `prompts` those of a deck that it uses."""

    slot: Slot
    title: str
    item: Item | None = None
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True)
class Day:
    """A session on the clock."""

    sheet: RunSheet
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Need:
    """A material over a whole workshop, and the exercises that need it; `size` is how many people make a group, where that is known."""

    item: str
    quantity: int
    per: str
    used_up: bool
    get: str
    size: int | None
    exercises: tuple[Exercise, ...] = ()


def days(kit: Kit, workshop: Workshop, words: Words) -> tuple[Day, ...]:
    """The sessions of a workshop on the clock."""
    sheets = [run_sheet(session, kit.exercises) for session in workshop.sessions]
    return tuple(
        Day(sheet, tuple(_line(kit, slot, words, workshop.remote) for slot in sheet.slots)) for sheet in sheets
    )


def minutes_in(kit: Kit, workshop: Workshop) -> int:
    """All minutes of a workshop, breaks included."""
    return sum(run_sheet(session, kit.exercises).minutes for session in workshop.sessions)


def _line(kit: Kit, slot: Slot, words: Words, remote: bool) -> Line:
    match slot.block:
        case ExerciseBlock(exercise=id):
            return Line(slot, kit.exercises[id].title, kit.exercises[id])
        case PromptsBlock(prompts=id, title=title) as block:
            return Line(slot, title or kit.prompts[id].title, kit.prompts[id], picked(kit.prompts[id], block))
        case TensionBlock(tension=id, title=title):
            return Line(slot, title or kit.tensions[id].title, kit.tensions[id])
        case AssessmentBlock(assessment=id, title=title):
            return Line(slot, title or kit.assessments[id].title, kit.assessments[id])
        case BreakBlock(pause="coffee") if remote:
            return Line(slot, words("break.away"))
        case BreakBlock(pause=pause):
            return Line(slot, words(f"break.{pause}"))
        case ActivityBlock(activity=title) | SlackBlock(slack=title):
            return Line(slot, title)
    raise TypeError(f"unknown block: {slot.block.type}")


def picked(deck: Deck, block: PromptsBlock) -> tuple[Prompt, ...]:
    """The prompts that a block uses, in the order it names them."""
    by_id = {prompt.id: prompt for prompt in deck.prompts}
    return tuple(by_id[id] for id in block.pick) or deck.prompts


def blocks_in(workshop: Workshop) -> tuple[Block, ...]:
    """Every block of every session, in order."""
    return tuple(block for session in workshop.sessions for block in session.agenda)


def exercises_in(kit: Kit, workshop: Workshop) -> tuple[Exercise, ...]:
    """The exercises of a workshop, each once, in the order of the agenda."""
    ids = (block.exercise for block in blocks_in(workshop) if isinstance(block, ExerciseBlock))
    return tuple(kit.exercises[id] for id in dict.fromkeys(ids))


def has_promise_page(kit: Kit, workshop: Workshop) -> bool:
    """Whether its workbook has a page for a promise: not where an exercise already has people commit themselves on a handout."""
    blocks = [block for block in blocks_in(workshop) if isinstance(block, ExerciseBlock)]
    return not any(block.phase == "commit" and kit.exercises[block.exercise].handout is not None for block in blocks)


def pitfalls_in(kit: Kit, links: Links, workshop: Workshop) -> tuple[Pitfall, ...]:
    """The pitfalls that the exercises of a workshop help with, each once."""
    ids = (id for exercise in exercises_in(kit, workshop) for id in links.pitfalls_of[exercise.id])
    return tuple(kit.pitfalls[id] for id in dict.fromkeys(ids))


def sources_in(kit: Kit, links: Links, workshop: Workshop) -> tuple[Source, ...]:
    """Every idea that a workshop draws on, article by article, in the order of the articles."""
    used: set[str] = set()
    for item in (*exercises_in(kit, workshop), *pitfalls_in(kit, links, workshop)):
        used.update(links.ideas_of(item))
    for block in blocks_in(workshop):
        if isinstance(block, PromptsBlock):
            used.update(id for prompt in picked(kit.prompts[block.prompts], block) for id in prompt.ideas)
        elif isinstance(block, TensionBlock):
            used.update(links.ideas_of(kit.tensions[block.tension]))
        elif isinstance(block, AssessmentBlock):
            used.update(links.ideas_of(kit.assessments[block.assessment]))
    return links.in_order(used)


def needs(kit: Kit, workshop: Workshop) -> tuple[Need, ...]:
    """What a workshop needs: of what is used up the quantities add, of what is used again the largest counts. Its own things come first.
    Groups of different sizes are kept apart, unless what one asks for and gives back is enough for the other.

    An exercise that stands in the agenda twice uses up its materials twice. By video call no exercise's things are carried into a room.
    """
    own = _quantities(workshop.materials)
    found = {key: Need(key[0], quantity, *key[1:]) for key, quantity in own.items()}
    blocks = () if workshop.remote else blocks_in(workshop)
    for exercise in (kit.exercises[block.exercise] for block in blocks if isinstance(block, ExerciseBlock)):
        for key, quantity in _quantities(exercise.materials, exercise.groups.size if exercise.groups else None).items():
            before = found.get(key, Need(key[0], 0, *key[1:]))
            sum = before.quantity + quantity if before.used_up else max(before.quantity, quantity)
            users = before.exercises if exercise in before.exercises else (*before.exercises, exercise)
            found[key] = replace(before, quantity=sum, exercises=users)
    return tuple(_without_covered(found.values()))


def _covers(need: Need, other: Need) -> bool:
    """Whether as many things for as small groups are there already, to be used again."""
    same = (need.item, need.per, need.get) == (other.item, other.per, other.get)
    if not same or need.used_up or other.used_up or need.size is None or other.size is None:
        return False
    return need.quantity >= other.quantity and need.size <= other.size


def _without_covered(found: Iterable[Need]) -> list[Need]:
    kept: list[Need] = []
    for need in found:
        alike = [other for other in kept if _covers(other, need) or _covers(need, other)]
        if not alike:
            kept.append(need)
            continue
        enough = next((other for other in alike if _covers(other, need)), need)
        users = tuple(dict.fromkeys(user for other in (*alike, need) for user in other.exercises))
        kept[kept.index(alike[0])] = replace(enough, exercises=users)
        kept = [other for other in kept if other not in alike[1:]]
    return kept


def _quantities(
    materials: Iterable[Material], size: int | None = None
) -> dict[tuple[str, str, bool, str, int | None], int]:
    """How much of each thing, for groups of `size`; what is listed twice counts twice."""
    found: dict[tuple[str, str, bool, str, int | None], int] = {}
    for material in materials:
        key = (material.item, material.per, material.used_up, material.get, size if material.per == "group" else None)
        found[key] = found.get(key, 0) + material.quantity
    return found


def by_way_of_getting(found: tuple[Need, ...]) -> Mapping[str, tuple[Need, ...]]:
    """Needs by what has to be done about them, in the order in which that takes time."""
    return {way: group for way in WAYS if (group := tuple(need for need in found if need.get == way))}


def expected(workshop: Workshop) -> int:
    """How many people a workshop is planned for: its usual headcount, else the number nearest to 12 that it may have."""
    people = workshop.people
    nearest = max(USUAL, people.min or 1)
    return people.usual or (min(nearest, people.max) if people.max else nearest)


def tables(kit: Kit, workshop: Workshop, people: int) -> int:
    """How many groups there are at once, at most: at tables, or in the groups of an exercise. Pairs are none."""
    groups = [exercise.groups for exercise in exercises_in(kit, workshop) if exercise.groups]
    kinds = [TABLE, *(each for each in groups if each.size >= SMALLEST_GROUP)]
    return max(len(group_sizes(people, each)) for each in kinds)


def points(assessment: Assessment, statement: Statement) -> tuple[int, ...]:
    """What each answer of the scale scores, from worst to best answer; the other way round where agreeing is worse."""
    scores = tuple(range(len(assessment.scale)))
    return scores[::-1] if statement.reversed else scores


def bands(assessment: Assessment, dimension: Dimension) -> Mapping[str, tuple[int, int]]:
    """The fewest and the most points of each band when every statement is answered: low under 40 %, high from 70 %."""
    most = (len(assessment.scale) - 1) * len(dimension.statements)
    low, high = -(-LOW * most // 100), -(-HIGH * most // 100)
    found = {"low": (0, low - 1), "middle": (low, high - 1), "high": (high, most)}
    return {name: (least, most) for name, (least, most) in found.items() if least <= most}


def name_of(item: Item) -> str:
    """What an item is called in links."""
    return item.name if isinstance(item, Article) else item.title


def cited_as(source: Source) -> str:
    """`perfection ¶7, 11`: the article's id and the paragraphs."""
    paragraphs = ", ".join(str(number) for number in source.idea.paragraphs)
    return f"{source.article.id} ¶{paragraphs}" if paragraphs else source.article.id
