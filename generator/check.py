"""Promises between items.

In: a loaded kit. Out: every problem, as errors (it cannot be built), warnings and advice (what is worth adding). Types and unknown
fields are `load`'s business; here ids must exist, minutes must hold, and people must fit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Any

from pydantic import BaseModel

from generator.content.free import unclear
from generator.content.load import SINGULAR, Loaded
from generator.content.model import (
    Article,
    Assessment,
    Deck,
    Exercise,
    ExerciseBlock,
    HandoutField,
    Item,
    Kit,
    PromptsBlock,
    Range,
    Workshop,
)  # fmt: skip
from generator.content.source import Source
from generator.craft import craft
from generator.errors import Place, Problem, did_you_mean
from generator.lengths import wrong_lengths
from generator.links import ITEM_LINK, Path, children, link, placed_blocks, proses, references
from generator.timing.schedule import DAY, RunSheet, clock_text, minutes_of, range_of, run_sheet

MOST_GUESSES = 50  # of what was meant, in one item
MOST_IN_ALL = 1000  # in all items: each takes about a millisecond, and nobody reads more
IN_ORDER = (
    ("min", "max"), ("least", "minutes"), ("minutes", "most"), ("min", "size"), ("size", "max"), ("min", "usual"), ("usual", "max"),
)  # fmt: skip
NOUNS = {**{kind: noun.split(" ", 1)[1] for kind, noun in SINGULAR.items()}, "ideas": "idea"}


class Known:
    """`ids` of each kind, those of items that could not be read too. None = not known, since an article could not be read."""

    def __init__(self, loaded: Loaded) -> None:
        self.ids: dict[str, dict[str, None] | None] = {
            kind: {**dict.fromkeys(loaded.kit.of(kind)), **dict.fromkeys(loaded.unread[kind])} for kind in SINGULAR
        }
        self.pages = tuple(f"{kind}/{id}" for kind in SINGULAR for id in self.ids[kind] or ())
        unread = loaded.unread[Article.kind]
        self.ids["ideas"] = None if unread else dict.fromkeys(idea.id for _, idea in loaded.kit.ideas())
        self.guesses = MOST_IN_ALL

    def meant(self, word: str, names: Iterable[str]) -> str:
        """What was meant, as a help text; an empty text when too much was guessed already."""
        self.guesses -= 1
        return did_you_mean(word, names) if self.guesses >= 0 else ""


def check(loaded: Loaded) -> list[Problem]:
    """Every error of a kit, those of reading it included; when there is none, every warning and all advice. Worst first."""
    known = Known(loaded)
    items = sorted(loaded.kit.items(), key=lambda item: loaded.sources[item.kind, item.id].file)  # as they are shown
    found = list(
        chain(
            loaded.problems,
            _unique_ideas(loaded),
            _unknown_links(loaded, known),
            _unknown_readers(loaded),
            *(_item(loaded, known, item) for item in items),
        )
    )
    errors = [problem for problem in found if problem.severity == "error"] or list(wrong_lengths(loaded))
    return sorted(errors or chain(found, _unused_ideas(loaded), craft(loaded)), key=lambda problem: problem.order)


def _item(loaded: Loaded, known: Known, item: Item) -> Iterator[Problem]:
    kit, source = loaded.kit, loaded.sources[item.kind, item.id]
    yield from _unknown_ids(known, item, source, loaded.unwritten)
    yield from _unknown_picks(kit, item, source)
    yield from _own_ids(item, source)
    yield from _ranges(item, (), source)
    if isinstance(item, Exercise):
        yield from _exercise(item, source)
    if isinstance(item, Workshop):
        yield from _workshop(kit, item, source)


def _unknown_ids(known: Known, item: Item, source: Source, unwritten: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """References and links to what is not in the kit."""
    guesses = MOST_GUESSES
    for reference in references(item):
        ids = known.ids[reference.kind]
        if ids is not None and reference.id not in ids:
            noun = NOUNS[reference.kind]
            guesses -= 1
            help = (known.meant(reference.id, ids) if guesses >= 0 else "") or f"no {noun} of the kit has this id"
            label = f"not {SINGULAR.get(reference.kind, 'an idea')}"
            if reference.id in unwritten.get(reference.kind, ()):
                label, help = "still to be written", "write its text, or take the name out of this list for now"
            yield source.problem("unknown-id", f"there is no {noun} `{reference.id}`", reference.path, label, help)
    yield from _links_in(item, known, source)


def _links_in(part: BaseModel, known: Known, source: Source) -> Iterator[Problem]:
    """Links in the prose of an item, or of the settings, to what is not in the kit."""
    for path, prose in proses(part):
        for to in prose.links():
            if ":" not in to and not _is_known(to, known):
                lines = enumerate(prose.source.split("\n"), 1)
                yield _unknown_link(
                    to, known, source.place(path, next((number for number, line in lines if f"({to})" in line), 0))
                )


def _is_known(to: str, known: Known) -> bool:
    kind, _, id = to.partition("/")
    return kind in SINGULAR and id in (known.ids[kind] or ())


def _unknown_link(to: str, known: Known, place: Place) -> Problem:
    help = known.meant(to, known.pages) or "link to an item of the kit, as in exercises/waiting-room-sort"
    return Problem("unknown-id", f"a link goes to `{to}`, which is not in the kit", place, help=help)


def _unknown_links(loaded: Loaded, known: Known) -> Iterator[Problem]:
    """Links of `kit.yml` and of free pages, by kind and id, to what is not in the kit."""
    if ("kit", "") in loaded.sources:
        yield from _links_in(loaded.kit.settings, known, loaded.sources["kit", ""])
    for source in loaded.free.pages.values():
        for number, line in enumerate(source.lines, 1):
            for found in ITEM_LINK.finditer(line):
                if not _is_known(found[1], known):
                    yield _unknown_link(found[1], known, source.at(number, found.start(1) + 1, len(found[1])))


def _unknown_readers(loaded: Loaded) -> Iterator[Problem]:
    """Free pages that say at their top for whom they are, but not so that it is understood: a slip must not show them to participants."""
    help = "begin the page with three lines, `---`, `for: facilitators` and `---`; a page for everyone says nothing"
    for source in loaded.free.pages.values():
        if line := unclear("\n".join(source.lines)):
            place = source.at(line, 1, len(source.lines[line - 1]))
            yield Problem("wrong-choice", "it is not clear for whom this page is", place, help=help)


def _unknown_picks(kit: Kit, item: Item, source: Source) -> Iterator[Problem]:
    for path, _, block in placed_blocks(item) if isinstance(item, Workshop) else ():
        if isinstance(block, PromptsBlock) and block.prompts in kit.prompts:
            known = [prompt.id for prompt in kit.prompts[block.prompts].prompts]
            for pick, id in enumerate(block.pick):
                if id not in known:
                    message = f"the deck `{block.prompts}` has no prompt `{id}`"
                    help = did_you_mean(id, known) or f"the deck has: {', '.join(known)}"
                    yield source.problem("unknown-id", message, (*path, "pick", pick), help=help)


def _own_ids(item: Item, source: Source) -> Iterator[Problem]:
    """Ids that must be unique within their item."""
    groups: list[list[tuple[Path, Any]]] = []
    if isinstance(item, Exercise):
        groups = [_at(("steps",), item.steps), _at(("handout", "fields"), item.handout.fields if item.handout else ())]
    elif isinstance(item, Deck):
        groups = [_at(("prompts",), item.prompts)]
    elif isinstance(item, Assessment):
        dimensions = _at(("dimensions",), item.dimensions)
        groups = [
            [*dimensions, *(part for path, one in dimensions for part in _at((*path, "statements"), one.statements))]
        ]
    for group in groups:
        seen: dict[str, Path] = {}
        for path, part in group:
            here = (*path, "id")
            if part.id in seen:
                yield _twice(part.id, source.place(here), source.place(seen[part.id]))
            seen.setdefault(part.id, here)


def _at(path: Path, parts: tuple[Any, ...]) -> list[tuple[Path, Any]]:
    return [((*path, at), part) for at, part in enumerate(parts)]


def _twice(id: str, again: Place, first: Place) -> Problem:
    return Problem(
        "duplicate-id",
        f"the id `{id}` is taken twice",
        again,
        "again",
        "give one of the two another id",
        also=first,
        also_label="here first",
    )


def _unique_ideas(loaded: Loaded) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for article in loaded.kit.articles.values():
        source = loaded.sources[Article.kind, article.id]
        for at, idea in enumerate(article.ideas):
            place = source.place(("ideas", at, "id"))
            if idea.id in seen:
                yield _twice(idea.id, place, seen[idea.id])
            seen.setdefault(idea.id, place)


def _ranges(part: BaseModel, path: Path, source: Source) -> Iterator[Problem]:
    """`min` and `max`, `least`, `minutes` and `most` in the right order, wherever they stand."""
    for low, high in _bounds(type(part)):
        first, second = getattr(part, low), getattr(part, high)
        if isinstance(first, int) and isinstance(second, int) and first > second:
            stated = low if low in part.model_fields_set else high
            code = "minutes" if low in ("least", "minutes") else "people"
            yield source.problem(code, f"`{low}` is {first}, more than `{high}`, which is {second}", (*path, stated))
    for here, child in children(part, path):
        yield from _ranges(child, here, source)


@cache
def _bounds(model: type[BaseModel]) -> list[tuple[str, str]]:
    """The fields of a model of which one may not be more than the other."""
    fields = model.model_fields
    return [(low, high) for low, high in IN_ORDER if low in fields and high in fields]


def _exercise(item: Exercise, source: Source) -> Iterator[Problem]:
    if minutes_of(item) == 0:
        yield source.problem(
            "minutes", "the steps of this exercise take no time at all", ("steps",), help="give a step its minutes"
        )
    for at, field in enumerate(item.handout.fields if item.handout else ()):
        yield from _handout_field(field, ("handout", "fields", at), source)


MOST_LINES = 21  # on a sheet, of what cannot be parted
# How many names a drawn space has, and what it needs in words; what it has no use for stands with 0 to 0.
NAMES: dict[str, tuple[dict[str, tuple[int, int]], str]] = {
    "grid": (
        {"columns": (2, 2), "row_labels": (2, 2), "corners": (0, 4)},
        "a grid is two by two: it has two `columns`, two `row_labels`, and four `corners` or none",
    ),
    "ladder": (
        {"columns": (0, 0), "row_labels": (2, 9), "corners": (0, 0)},
        "a ladder has two to nine rungs in `row_labels`, from top to bottom, and no other names",
    ),
    "chain": (
        {"columns": (0, 3), "row_labels": (2, 7), "corners": (0, 0)},
        "a chain has two to seven links in `row_labels`, and in `columns` up to three things to note where they join",
    ),
    "columns": (
        {"columns": (2, 3), "row_labels": (0, 0), "corners": (0, 0)},
        "name two or three headings in `columns`; for rows with names, use `space: table`",
    ),
    "card": (
        {"columns": (0, 0), "row_labels": (0, 9), "corners": (0, 0)},
        "a card has up to nine named lines in `row_labels`, and no other names",
    ),
}  # fmt: skip


def _handout_field(field: HandoutField, path: Path, source: Source) -> Iterator[Problem]:
    if field.space in NAMES:
        yield from _names(field, path, source)
        return
    if field.corners:
        yield source.problem(
            "handout", f"`{field.id}` has corners, and is not a grid", (*path, "corners"), help="add `space: grid`"
        )
    if field.space == "table" and not field.columns:
        yield source.problem(
            "handout",
            f"the table `{field.id}` has no `columns`",
            (*path, "space"),
            help="add `columns:` with a list of headings",
        )
    if field.row_labels and len(field.columns) == 1:
        help = "the first of `columns` stands above the row labels; add another"
        yield source.problem(
            "handout",
            f"the table `{field.id}` has row labels, and no column to write in",
            (*path, "columns"),
            help=help,
        )
    if field.space != "table" and (field.columns or field.row_labels):
        yield source.problem(
            "handout",
            f"`{field.id}` has columns or row labels, and is not a table",
            (*path, "columns"),
            help="add `space: table`",
        )


def _names(field: HandoutField, path: Path, source: Source) -> Iterator[Problem]:
    """Whether a drawn space has as many names as it can be drawn with, and room on a sheet."""
    wanted, help = NAMES[field.space]
    drawn = f"`{field.id}` is drawn as {'' if field.space == 'columns' else 'a '}{field.space}"
    for name, (least, most) in wanted.items():
        count = len(getattr(field, name))
        if not least <= count <= most or (name == "corners" and count not in (0, 4)):
            has = {0: f"no `{name}`", 1: f"one entry in `{name}`"}.get(count, f"{count} entries in `{name}`")
            stated = name if name in field.model_fields_set else "space"
            yield source.problem("handout", f"{drawn}, and has {has}", (*path, stated), help=help)
    lines = field.rows * len(field.row_labels)
    if field.space != "grid" and lines > MOST_LINES:
        what = f"{drawn}, and its names take {lines} lines"
        yield source.problem(
            "handout", what, (*path, "rows"), help=f"give each fewer `rows`: {MOST_LINES} lines fit on a sheet"
        )


def _within(inner: Range, outer: Range) -> bool:
    return (outer.min is None or (inner.min or 1) >= outer.min) and (
        outer.max is None or (inner.max is not None and inner.max <= outer.max)
    )


def _people(people: Range) -> str:
    if people.max is None:
        return f"{people.min} or more people" if people.min else "any number of people"
    return f"{people.min or 1} to {people.max} people"


def _workshop(kit: Kit, item: Workshop, source: Source) -> Iterator[Problem]:
    for path, _, block in placed_blocks(item):
        if isinstance(block, ExerciseBlock) and block.exercise in kit.exercises:
            yield from _exercise_block(kit, item, block, path, source)
        if getattr(block, "minutes", None) == 0:
            yield source.problem("minutes", "this block takes no time at all", (*path, "minutes"))
    sheets: list[tuple[int, RunSheet]] = []
    for number, session in enumerate(item.sessions):
        if all(block.exercise in kit.exercises for block in session.agenda if isinstance(block, ExerciseBlock)):
            sheet = run_sheet(session, kit.exercises)
            yield from _clock(sheet, ("sessions", number), source)
            sheets.append((number, sheet))
    yield from _order(item, source)
    for (_, first), (number, second) in pairwise(sheets):
        if first.session.day == second.session.day and second.start < first.end <= DAY:
            message = f"this session begins at {clock_text(second.start)}, and the one before it ends at {clock_text(first.end)}"
            yield source.problem(
                "overrun", message, ("sessions", number, "start"), help="let it start later, or on another `day`"
            )


def _order(item: Workshop, source: Source) -> Iterator[Problem]:
    """Sessions stand in the order of their days."""
    for number, (first, second) in enumerate(pairwise(item.sessions), 1):
        if second.day < first.day:
            message = f"this session is on day {second.day}, and the one before it on day {first.day}"
            help = "write the sessions in the order in which they are held"
            yield source.problem("overrun", message, ("sessions", number, "day"), help=help)


def _exercise_block(kit: Kit, item: Workshop, block: ExerciseBlock, path: Path, source: Source) -> Iterator[Problem]:
    exercise = kit.exercises[block.exercise]
    least, most = range_of(exercise)
    if block.minutes is not None and not least <= block.minutes <= most:
        message = f"`{block.exercise}` cannot be done in {block.minutes} minutes"
        what = f"its steps and debrief take {least} to {most} minutes, and {minutes_of(exercise)} as written"
        if least == most:
            what = f"its steps and debrief take {_minutes(most)}; give them `least` or `most` where they may take less or more"
        yield source.problem("minutes", message, (*path, "minutes"), help=what)
    if not _within(item.people, exercise.people):
        message = f"`{block.exercise}` is for {_people(exercise.people)}, and this workshop for {_people(item.people)}"
        yield source.problem(
            "people", message, (*path, "exercise"), help="change `people` of one of them, or choose another exercise"
        )


def _minutes(number: int) -> str:
    return f"{number} minute{'' if number == 1 else 's'}"


def _clock(sheet: RunSheet, path: Path, source: Source) -> Iterator[Problem]:
    for at, slot in enumerate(sheet.slots):
        if slot.late and slot.block.start is not None:
            message = f"this block is fixed at {clock_text(slot.block.start)}, but the blocks before it end at {clock_text(slot.start)}"
            help = f"take {_minutes(slot.late)} from the blocks before it, or move the start"
            yield source.problem("overrun", message, (*path, "agenda", at, "start"), help=help)
    if sheet.end > DAY:
        yield source.problem(
            "overrun",
            f"this session ends {_minutes(sheet.end - DAY)} after midnight",
            path,
            help="start earlier, or make two sessions of it",
        )


def _unused_ideas(loaded: Loaded) -> Iterator[Problem]:
    used_by = link(loaded.kit).used_by
    for article in loaded.kit.articles.values():
        source = loaded.sources[Article.kind, article.id]
        for at, idea in enumerate(article.ideas):
            if not used_by[idea.id]:
                help = "name it in the `ideas` of a pitfall, an exercise, a prompt, a tension or a statement"
                yield source.problem(
                    "unused-idea",
                    f"nothing draws on the idea `{idea.id}`",
                    ("ideas", at, "id"),
                    help=help,
                    severity="warning",
                )
