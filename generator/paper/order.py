"""The print-order sheet: what to print of a workshop, how often, and on how much paper.

In: printed documents, for their pages, and what is wanted. Out: one more `Document` for each workshop, on each paper. It lists the files of
its own edition. Sheets are counted here and nowhere else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from generator.content.model import WHOLE_KIT, Workshop
from generator.content.words import Words
from generator.paper.documents import Document, Wanted, looks
from generator.paper.families import DOUBLE, EDITIONS, FAMILIES, Edition, Family, sheets
from generator.paper.press import Printed
from generator.paper.subject import Subject
from generator.programme import expected, tables

ORDER = next(family for family in FAMILIES if family.name == "print-order")
IN_THE_WORKBOOK = ("handouts",)  # printed alone only where there are no workbooks
STOCKS = ("paper", "card")


def counted(wanted: Wanted) -> Wanted | None:
    """The documents that print-order sheets list, when such sheets are wanted: those of their workshops, and of the whole kit."""
    editions = tuple(edition for edition in ORDER.editions if edition in wanted.editions)
    workshops = tuple(id for id in wanted.workshops if id != WHOLE_KIT)
    if not editions or (wanted.names and ORDER.name not in wanted.names) or (wanted.workshops and not workshops):
        return None
    names = tuple(dict.fromkeys(family.name for family in FAMILIES if family.scope != "exercise"))
    return replace(wanted, workshops=(*workshops, WHOLE_KIT) if workshops else (), names=names, editions=editions)


def orders(whole: Subject, printed: Iterable[Printed], wanted: Wanted) -> Iterator[Document]:
    """The print-order sheets that are wanted."""
    every = list(printed)
    listed = counted(wanted)
    for workshop in whole.kit.workshops.values() if listed else ():
        if wanted.workshops and workshop.id not in wanted.workshops:
            continue
        subject = replace(whole, workshop=workshop)
        title = f"{workshop.title}: {whole.words(f'documents.{ORDER.name}')}"
        for edition in (edition for edition in ORDER.editions if edition in wanted.editions):
            for paper in (paper for paper in whole.kit.settings.papers if not wanted.papers or paper in wanted.papers):
                found = [one for one in every if _belongs(one.document, workshop, edition, paper)]
                data = looks(subject, ORDER, edition, paper) | print_order(subject, edition, paper, found)
                yield Document(workshop.id, "", ORDER, edition, title, paper, data)


def _belongs(document: Document, workshop: Workshop, edition: Edition, paper: str) -> bool:
    """Whether it lies on the tables of a workshop, or could: what is of the whole kit, but no sheets of single exercises."""
    if document.family.scope == "exercise" or document.name == ORDER.name or document.edition != edition:
        return False
    return document.workshop in (workshop.id, WHOLE_KIT) and document.paper in (paper, DOUBLE[paper])


def print_order(subject: Subject, edition: Edition, paper: str, found: list[Printed]) -> dict[str, Any]:
    """What the sheet shows: the pack with its sums, and what may come along, uncounted."""
    words, workshop = subject.words, subject.the_workshop
    people = subject.people or expected(workshop)
    groups = tables(subject.kit, workshop, people)
    found = sorted(found, key=lambda one: FAMILIES.index(one.document.family))
    extra = [one for one in found if one.document.workshop == WHOLE_KIT or one.document.name in IN_THE_WORKBOOK]
    lines = [_line(one, words, people, groups) for one in found if one not in extra]
    stocks = {stock: sum(line["sheets"] for line in lines if line["stock"] == stock) for stock in STOCKS}
    return {
        "people": people,
        "groups": groups,
        "folder": f"print/{workshop.id}",
        "paper_name": words(f"papers.{paper}"),
        "lines": lines,
        "extra": [_line(one, words, people, groups) | {"why": _why(one.document, words)} for one in extra],
        "totals": [{"stock": stock, "sheets": number} for stock, number in stocks.items() if number],
        "others": _others(edition, [one for one in found if one.document.workshop != WHOLE_KIT]),
        "command": f"workshop-kit print {workshop.id}{'' if edition == 'standard' else f' --edition {edition}'} --people {people}",
    }


def _line(one: Printed, words: Words, people: int, groups: int) -> dict[str, Any]:
    """A file: how often it is printed, and how. `file` is its name from the folder of its workshop."""
    document, family = one.document, one.document.family
    folder = "print/" if document.workshop == WHOLE_KIT else f"print/{document.workshop}/"
    copies = -(-{"one": 1, "participant": people, "group": groups}[family.copies] // family.serves)
    return {
        "name": words(f"documents.{document.name}"),
        "file": document.path.removeprefix(folder),
        "copies": copies,
        "pages": one.pages,
        "sides": sides_of(family, document.edition),
        "ink": "black" if document.edition == "black" else family.ink,
        "stock": family.stock,
        "why": "",
        "finish": "none" if document.paper in DOUBLE.values() else family.finish,
        "sheets": copies * sheets(one.pages, "one" if sides_of(family, document.edition) == "one" else "two"),
    }


def _why(document: Document, words: Words) -> str:
    """What a file is for that is not in the totals; one on twice the paper says on which."""
    if document.name in IN_THE_WORKBOOK:
        return words("print.print_order.instead")
    whole = words("print.print_order.wished")
    return f"{whole}, {words(f'papers.{document.paper}')}" if document.paper in DOUBLE.values() else whole


def sides_of(family: Family, edition: Edition) -> str:
    """`one` side of the paper, or two that turn over the `long` or the `short` edge."""
    if edition == "booklet":
        return "short"
    return "long" if family.sides == "two" or edition == "duplex" else "one"


def _others(edition: Edition, found: list[Printed]) -> list[dict[str, str]]:
    """The other editions that files of a pack come in, each with the name of such a file."""
    return [
        {"edition": other, "file": replace(documents[0], edition=other).path.rpartition("/")[2]}
        for other in EDITIONS
        if other != edition and (documents := [one.document for one in found if other in one.document.family.editions])
    ]
