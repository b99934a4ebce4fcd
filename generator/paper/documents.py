"""A kit becomes the data of printed documents.

In: a kit, its links and its fixed words, and which documents are wanted. Out: `Document`s, each the name of a template and plain values as
JSON. What several documents have in common (a workshop's agenda in all editions, the words of the kit) is made and written once.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.content.model import WHOLE_KIT, Font, Kit, Settings
from generator.content.words import Words, plural_forms
from generator.links import Links
from generator.occasion import Occasion
from generator.paper.cards import cards
from generator.paper.event import event
from generator.paper.exercise import exercise_sheet
from generator.paper.families import DOUBLE, EDITIONS, FAMILIES, Edition, Family, size_of
from generator.paper.group_tables import group_tables
from generator.paper.handouts import handouts
from generator.paper.items import tree
from generator.paper.posters import posters
from generator.paper.room import days_after, feedback_slip, name_tents, promise_cards, sign_in
from generator.paper.run_sheet import run_sheet_of
from generator.paper.subject import Logo, Subject
from generator.paper.supplies import kit_list
from generator.paper.workshop import about, booklet

# What a document reads besides the kit's name and looks, by its scope and name. No values: there is nothing to print.
CONTENTS: dict[tuple[str, str], Callable[[Subject], dict[str, Any]]] = {
    ("workshop", "facilitator-guide"): booklet,
    ("workshop", "participant-workbook"): booklet,
    ("workshop", "run-sheet"): run_sheet_of,
    ("workshop", "handouts"): handouts,
    ("workshop", "cards"): cards,
    ("kit", "cards"): cards,
    ("kit", "posters"): posters,
    ("exercise", "exercise-sheet"): exercise_sheet,
    ("workshop", "promise-cards"): promise_cards,
    ("workshop", "name-tents"): name_tents,
    ("workshop", "group-tables"): group_tables,
    ("workshop", "sign-in"): sign_in,
    ("workshop", "kit-list"): kit_list,
    ("workshop", "feedback-slip"): feedback_slip,
    ("workshop", "days-after"): days_after,
}
# What is of the whole kit comes in several files where there is very much of it, since a document is held in memory as a whole until it is
# set: for a document's name, the list that is divided, and how much of it one file has at most.
DIVIDED = {"cards": ("sheets", 16), "posters": ("posters", 50)}
# The groups of fixed words that booklets read; the site has its own.
WORDS = (
    "lists", "print", "units", "people", "groups", "format", "phase", "keep", "depth", "band", "voice", "get", "per", "source", "documents",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which documents are to be made; an empty tuple stands for all of them. `people` is a headcount, None = as many as are expected.
    `occasion` is the event that a pack is printed for, which has a headcount of its own.
    """

    workshops: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = EDITIONS
    papers: tuple[str, ...] = ()
    people: int | None = None
    occasion: Occasion | None = None

    def subject(self, kit: Kit, links: Links, words: Words, logo: Logo = None) -> Subject:
        """The whole kit as it is wanted: for so many people, for that event."""
        people = self.people or (self.occasion.people if self.occasion else None)
        return Subject(kit, links, words, people=people, logo=logo, occasion=self.occasion)

    def takes(self, workshop: str, name: str) -> bool:
        """Whether documents of this name are wanted of a workshop or of the whole kit."""
        return (not self.names or name in self.names) and (not self.workshops or workshop in self.workshops)

    def has(self, document: "Document") -> bool:
        """Whether a document is wanted."""
        papers = [*self.papers, *(DOUBLE[paper] for paper in self.papers)]
        return (
            self.takes(document.workshop, document.name)
            and document.edition in self.editions
            and (not papers or document.paper in papers)
            # Who wants a workshop may want what is of the whole kit as well, but no row of files.
            and (document.volume is None or set(self.workshops) <= {WHOLE_KIT})
        )


ALL = Wanted()
Volume = tuple[int, int] | None  # (2, 5) for the second of five files; None where a document is one file


@dataclass(frozen=True)
class Document:
    """One PDF to be made: its family names the template, and `parts` are JSON objects that together are what the template reads.

    `workshop` is an id, or `all`; `item` is the id of the exercise that it is about, else empty. `volume` is (2, 5) for the second of
    five files, None where there is one. `personal`: it is for one event, and may name people.
    """

    workshop: str
    item: str
    family: Family
    edition: Edition
    title: str
    paper: str
    parts: tuple[str, ...]
    volume: Volume = None
    personal: bool = False

    @property
    def data(self) -> Mapping[str, Any]:
        """What the template reads."""
        found: dict[str, Any] = {}
        for part in self.parts:
            found |= json.loads(part)
        return found

    @property
    def name(self) -> str:
        """Its kind, as the manifest calls it."""
        return self.family.name

    @property
    def path(self) -> str:
        """Where it lies, from the site's root."""
        edition = "" if self.edition == "standard" else f".{self.edition}"
        name = f"{self.name}/{self.item}" if self.item else self.name
        volume = f".{self.volume[0]}" if self.volume else ""
        return f"print/{self.workshop}/{name}{volume}{edition}.{self.paper}.pdf"

    @property
    def packed(self) -> str:
        """Where it lies in the pack of an event, from the pack's folder; what is of the whole kit lies apart."""
        edition = "" if self.edition == "standard" else f".{self.edition}"
        folder = "whole-kit" if self.workshop == WHOLE_KIT else "documents"
        return f"{folder}/{self.name}{edition}.{self.paper}.pdf"

    @property
    def picture(self) -> str:
        """Where the picture of its first page lies, one for all its editions and papers; exercise sheets share that of the first."""
        return f"print/{self.workshop}/{self.name}.png"


def documents(
    kit: Kit, links: Links, words: Words, wanted: Wanted = ALL, logo: Logo = None, also: Wanted | None = None
) -> list[Document]:
    """Every document that is wanted, on every paper, and those that are wanted `also`. `logo` is the kit's, as `pictures.logo` gives it.

    The print-order sheets count the pages of these, so `order.py` makes them after.
    """
    found = []
    wishes = (wanted, also) if also else (wanted,)
    whole = wanted.subject(kit, links, words, logo)
    shared = kit_looks(whole)
    for family in FAMILIES:
        make = CONTENTS.get((family.scope, family.name))
        if make is None or not any(not wish.names or family.name in wish.names for wish in wishes):
            continue
        for subject in _subjects(family, whole):
            if any(wish.takes(_owner(subject), family.name) for wish in wishes) and (contents := make(subject)):
                every = _in_editions(subject, family, shared, contents)
                found += [one for one in every if any(wish.has(one) for wish in wishes)]
    return found


def _subjects(family: Family, whole: Subject) -> Iterator[Subject]:
    """What a family has a document about."""
    if family.scope == "kit":
        yield whole
    elif family.scope == "exercise":
        yield from (replace(whole, exercise=exercise) for exercise in whole.kit.exercises.values())
    else:
        for workshop in whole.kit.workshops.values():
            if family.by_call or not workshop.remote:
                yield replace(whole, workshop=workshop)


def _owner(subject: Subject) -> str:
    return subject.workshop.id if subject.workshop else WHOLE_KIT


def _in_editions(subject: Subject, family: Family, shared: str, contents: Mapping[str, Any]) -> Iterator[Document]:
    """A document in all its editions, on the papers of the kit; posters also on paper of twice the size."""
    sheets = subject.kit.settings.papers
    for volume, contained in _volumes(family, contents):
        of_this = _json({**looks(subject, family, volume), **contained})
        for edition in family.editions:
            for paper in [*sheets, *(DOUBLE[paper] for paper in sheets if family.doubled)]:
                yield document(subject, family, edition, paper, shared, of_this, volume)


def _volumes(family: Family, contents: Mapping[str, Any]) -> Iterator[tuple[Volume, Mapping[str, Any]]]:
    """What each file of a document shows: that of the whole kit may come in several."""
    name, most = DIVIDED.get(family.name, ("", 0))
    if family.scope != "kit" or not name or len(contents[name]) <= most:
        yield None, contents
        return
    number = -(-len(contents[name]) // most)
    each = -(-len(contents[name]) // number)  # so that the last one is not a leaf
    for nth in range(number):
        here = contents[name][nth * each : (nth + 1) * each]
        yield (nth + 1, number), {**contents, name: here, "before": nth * each, "of": len(contents[name])}


def document(
    subject: Subject,
    family: Family,
    edition: Edition,
    paper: str,
    shared: str,
    contents: str | Mapping[str, Any],
    volume: Volume = None,
) -> Document:
    """One document in one edition on one paper. `shared` is of `kit_looks`; `contents` has what `looks` gives, as values or as JSON."""
    item = subject.exercise or subject.workshop
    title = f"{item.title if item else subject.kit.settings.name}: {_title(subject, family, volume)}"
    width, height = size_of(paper, edition)
    form = _json({"edition": edition, "paper": paper, "sheet": {"width": width, "height": height}})
    parts = (shared, form, contents if isinstance(contents, str) else _json(contents))
    id = subject.exercise.id if subject.exercise else ""
    return Document(_owner(subject), id, family, edition, title, paper, parts, volume, subject.occasion is not None)


def _title(subject: Subject, family: Family, volume: Volume) -> str:
    name = subject.words(f"documents.{family.name}")
    return subject.words("print.part", name=name, n=volume[0], of=volume[1]) if volume else name


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _family(font: Font | None) -> str | None:
    return font.family if font else None


def kit_looks(subject: Subject) -> str:
    """What all documents of a kit read, as JSON: its name and looks, and the fixed words."""
    settings: Settings = subject.kit.settings
    return _json(
        {
            "kit": {
                "name": settings.name,
                "language": settings.language,
                "licence": settings.licence,
                "credits": tree(settings.credits),
                "site": settings.site_address,
            },
            "colours": settings.colours.model_dump(),
            "fonts": {"text": _family(settings.fonts.text), "voice": _family(settings.fonts.voice)},
            "logo": subject.logo,
            "words": {group: subject.words.tree[group] for group in WORDS},
            "plurals": list(plural_forms(subject.words.language)),
        }
    )


def looks(subject: Subject, family: Family, volume: Volume = None) -> dict[str, Any]:
    """What all editions of a document read: what it is, and of which workshop and event."""
    found: dict[str, Any] = {"document": family.name, "document_title": _title(subject, family, volume)}
    if subject.workshop:
        found["workshop"] = about(subject.kit, subject.workshop)
        if subject.occasion:
            found["event"] = event(subject)
    return found
