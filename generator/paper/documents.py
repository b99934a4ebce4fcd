"""A kit becomes the data of printed documents.

In: a kit, its links and its fixed words, and which documents are wanted. Out: `Document`s, each the name of a template and plain JSON
values.
"""

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


ALL = Wanted()


@dataclass(frozen=True)
class Document:
    """One PDF to be made: its family names the template, `data` is what the template reads.

    `workshop` is an id, or `all`; `item` is the id of the exercise that it is about, else empty.
    """

    workshop: str
    item: str
    family: Family
    edition: Edition
    title: str
    paper: str
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its kind, as the manifest calls it."""
        return self.family.name

    @property
    def path(self) -> str:
        """Where it lies, from the site's root."""
        edition = "" if self.edition == "standard" else f".{self.edition}"
        name = f"{self.name}/{self.item}" if self.item else self.name
        return f"print/{self.workshop}/{name}{edition}.{self.paper}.pdf"

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


def documents(kit: Kit, links: Links, words: Words, wanted: Wanted = ALL, logo: Logo = None) -> list[Document]:
    """Every document that is wanted, on every paper. `logo` is the kit's, as `pictures.logo` gives it.

    The print-order sheets count the pages of these, so `order.py` makes them after.
    """
    found = []
    for family in FAMILIES:
        make = CONTENTS.get((family.scope, family.name))
        if make is None or (wanted.names and family.name not in wanted.names):
            continue
        for subject in _subjects(family, wanted.subject(kit, links, words, logo)):
            if (not wanted.workshops or _owner(subject) in wanted.workshops) and (contents := make(subject)):
                found += list(_editions(family, subject, contents, wanted))
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


def _editions(family: Family, subject: Subject, contents: dict[str, Any], wanted: Wanted) -> Iterator[Document]:
    """A document in its editions, on the papers of the kit; posters also on paper of twice the size."""
    item = subject.exercise or subject.workshop
    title = f"{item.title if item else subject.kit.settings.name}: {subject.words(f'documents.{family.name}')}"
    sheets = [paper for paper in subject.kit.settings.papers if not wanted.papers or paper in wanted.papers]
    for edition in (edition for edition in family.editions if edition in wanted.editions):
        for paper in [*sheets, *(DOUBLE[paper] for paper in sheets if family.doubled)]:
            data = looks(subject, family, edition, paper) | contents
            id = subject.exercise.id if subject.exercise else ""
            yield Document(_owner(subject), id, family, edition, title, paper, data)


def _family(font: Font | None) -> str | None:
    return font.family if font else None


def looks(subject: Subject, family: Family, edition: Edition, paper: str) -> dict[str, Any]:
    """What every document reads: the kit's name and looks, the fixed words, and the size of its page in mm."""
    settings: Settings = subject.kit.settings
    width, height = size_of(paper, edition)
    found: dict[str, Any] = {
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
        "document": family.name,
        "document_title": subject.words(f"documents.{family.name}"),
        "edition": edition,
        "paper": paper,
        "sheet": {"width": width, "height": height},
    }
    if subject.workshop:
        found["workshop"] = about(subject.kit, subject.workshop)
        if subject.occasion:
            found["event"] = event(subject)
    return found
