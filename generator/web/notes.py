"""My workbook: where people write on the pages of a site, and what each of these places is called.

In: a site. Out: the workbook page of each workshop, the page that gathers all notes, and for templates the attributes of each place to
write in. The key of a note is `notes/<kind>/<item>/<question>`, for a cell followed by `/<row>/<column>`, both counted from 1. The scripts
keep it on the reader's device, below the id of the kit; nothing is kept here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.content.model import Deck, Exercise, HandoutField, Item, Tension, Workshop
from generator.content.prose import Prose
from generator.content.words import Words
from generator.programme import Day, Line, has_promise_page, name_of, sources_in
from generator.web.drawing import Drawer
from generator.web.markdown import Markdown, attribute
from generator.web.prints import offers
from generator.web.site import Page, Site

MINE = "workbook/index.md"
PROMISE = {"what": 5, "when": 1, "witness": 1, "obstacle": 2, "then": 2}  # lines to write on
ANSWERED = ("exercise", "prompts", "tension", "assessment")  # blocks that have a part in a workbook


@dataclass(frozen=True)
class Question:
    """Something to answer: `rows` and `columns` name its cells, "" for one without a name; both are empty where there is one answer."""

    id: str
    label: str
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def question_of(field: HandoutField, words: Words) -> Question:
    """A field of a handout. A chain has a row for each link, and one with all `columns` but the first where two links join."""
    rows, columns = field.row_labels, field.columns
    if field.space == "table":
        rows = rows + ("",) * (field.rows - len(rows))
    elif field.space == "columns":
        rows = ("",)
    elif field.space == "chain":
        joints = [words("notes.joint", first=one, second=then) for one, then in pairwise(rows)]
        rows = (*(name for pair in zip(rows, joints, strict=False) for name in pair), rows[-1])
        columns = ("", *columns)
    elif rows and not columns:
        columns = ("",)
    return Question(field.id, field.label, rows, columns)


def questions_in(site: Site, item: Item) -> list[Question]:
    """All that can be answered of an item, in its order."""
    words = site.words
    match item:
        case Exercise(handout=None):
            return [Question("notes", words("notes.own"))]
        case Exercise(handout=handout) if handout:
            return [question_of(field, words) for field in handout.fields]
        case Deck(prompts=prompts):
            return [Question(prompt.id, _flat(prompt.text)) for prompt in prompts]
        case Tension(sides=sides, question=question):
            named = [Question(f"side-{at}", words("print.side", n=at)) for at in range(1, len(sides) + 1)]
            return [*named, Question("question", _flat(question))]
        case Workshop():
            promise = [Question(f"promise-{name}", words(f"print.promise.{name}")) for name in PROMISE]
            return [*(promise if has_promise_page(site.kit, item) else []), Question("notes", words("notes.own"))]
    return []


def _flat(prose: Prose) -> str:
    return " ".join(prose.plain().split())


@dataclass(frozen=True)
class Places:
    """What a template prints into an element that can be written in: the key of the note, and what a screen reader calls it."""

    words: Words

    def one(self, item: Item, question: str, label: str) -> Markdown:
        """A question that has one answer."""
        return self._attributes(f"{item.kind}/{item.id}/{question}", label)

    def cell(self, item: Item, field: HandoutField, row: int, column: int) -> Markdown:
        """A cell, by its row and column from 1, as `question_of` counts them."""
        question = question_of(field, self.words)
        many = len(question.rows) > 1
        names = [
            question.rows[row - 1] or (self.words("notes.row", n=row) if many else ""),
            question.columns[column - 1],
            field.corners[2 * row + column - 3] if field.corners else "",
        ]
        label = f"{field.label}: {', '.join(name for name in names if name)}"
        return self._attributes(f"{item.kind}/{item.id}/{field.id}/{row}/{column}", label)

    def _attributes(self, key: str, label: str) -> Markdown:
        called = attribute(" ".join(label.split()))
        return Markdown(f' data-note="{attribute(f"notes/{key}")}" data-label="{called}"')


def pages(site: Site, draw: Drawer) -> Iterator[Page]:
    """The workbook page of each workshop, and the page that gathers what was written on any of them."""
    index = _index(site)
    if not index["items"]:
        return
    title, about = site.words("notes.mine.title"), site.words("notes.mine.about")
    values: dict[str, Any] = {"index": index, "workbooks": site.workshops()}
    yield draw.page("my-workbook.md.j2", MINE, title, label=title, about=about, audience="participants", **values)
    for item in site.workshops():
        yield _workbook(site, draw, item)


def _workbook(site: Site, draw: Drawer, workshop: Workshop) -> Page:
    shown = site.days(workshop)
    name = site.words("notes.title_of", title=name_of(workshop))
    return draw.page(
        "workbook.md.j2",
        f"workshops/{workshop.id}/workbook/index.md",
        name,
        about=site.words("notes.about"),
        audience="participants",
        found=False,
        item=workshop,
        days=shown,
        parts_of=parts_of(shown),
        promise=PROMISE if has_promise_page(site.kit, workshop) else {},
        places=Places(site.words),
        sources=sources_in(site.kit, site.links, workshop),
        prints=[
            offer
            for offer in offers(one for one in site.prints_of(workshop.id) if one.edition == "standard")
            if offer.print.document == "participant-workbook"
        ],
    )


def parts_of(shown: tuple[Day, ...]) -> dict[str, Line]:
    """By the id of each block that a workbook has a part for, the line where that part stands: an exercise has one, at its first block."""
    found: dict[str, Line] = {}
    first: dict[str, Line] = {}
    for line in (line for day in shown for line in day.lines if line.slot.block.type in ANSWERED):
        is_exercise = isinstance(line.item, Exercise)
        found[line.slot.block.id] = first.setdefault(line.item.id, line) if line.item and is_exercise else line
    return found


def _index(site: Site) -> dict[str, Any]:
    """What the gathering page looks up: each item's title and questions, and where it stands in which workbook, in agenda order."""
    kit = site.kit
    items = {
        f"{item.kind}/{item.id}": [
            _called(site, item),
            [_entry(site, question) for question in questions_in(site, item)],
        ]
        for item in _answerable(site)
    }
    workshops = [
        [
            item.id,
            name_of(item),
            [[ref, f"../workshops/{item.id}/workbook/index.html#{part}"] for ref, part in _stands(site, item)],
        ]
        for item in site.workshops()
    ]
    # An exercise can be written on by itself, all else in the first workbook that has it.
    exercises = [[ref, f"../{ref}/index.html"] for ref in items if ref.startswith("exercises/")]
    others = [stands for workshop in workshops for stands in workshop[2] if not stands[0].startswith("exercises/")]
    assessments = [[one.id, one.title, f"../assessments/{one.id}/index.html"] for one in kit.assessments.values()]
    return {"items": items, "workshops": workshops, "rest": [*exercises, *others], "assessments": assessments}


def _answerable(site: Site) -> Iterator[Item]:
    """The items with something to answer on some page: what an agenda uses, and every exercise with a handout."""
    kit = site.kit
    used = {ref for item in kit.workshops.values() for ref, _ in _stands(site, item)}
    for kind in ("exercises", "prompts", "tensions", "workshops"):
        for item in kit.of(kind).values():
            if f"{kind}/{item.id}" in used or (isinstance(item, Exercise) and item.handout):
                yield item


def _stands(site: Site, workshop: Workshop) -> list[list[str]]:
    """The items of a workbook, each with the part of its page where it stands."""
    found: dict[str, str] = {}
    for line in parts_of(site.days(workshop)).values():
        if line.item and line.item.kind != "assessments":
            found.setdefault(f"{line.item.kind}/{line.item.id}", line.slot.block.id)
    stands = [[ref, part] for ref, part in found.items()]
    return [*stands, [f"workshops/{workshop.id}", "my-notes"]]


def _called(site: Site, item: Item) -> str:
    """The name of an item among the notes; what belongs to a workshop itself stands below the workshop's name already."""
    return site.words("notes.own") if isinstance(item, Workshop) else name_of(item)


def _entry(site: Site, question: Question) -> list[Any]:
    """`[id, label]`, with cells `[id, label, rows, columns]`."""
    if not question.columns:
        return [question.id, question.label]
    many = len(question.rows) > 1
    rows = [name or (site.words("notes.row", n=at) if many else "") for at, name in enumerate(question.rows, 1)]
    return [question.id, question.label, rows, list(question.columns)]
