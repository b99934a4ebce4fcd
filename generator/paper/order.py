"""The print-order sheet: what to print of a workshop, how often, and on how much paper.

In: printed documents, for their pages, and what is wanted. Out: one more `Document` for each workshop, on each paper. It lists the files of
its own edition, and for an event the print jobs that hold them. How often each is printed is decided in `copies.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from generator.content.model import WHOLE_KIT
from generator.paper.copies import IN_THE_WORKBOOK, ORDER, Ordered, headcount, is_sent, ordered
from generator.paper.documents import Document, Wanted, document, kit_looks, looks
from generator.paper.families import DOUBLE, EDITIONS, ORDERED, Edition
from generator.paper.jobs import WORKBOOK, Job, planned
from generator.paper.press import Printed
from generator.paper.subject import Subject
from generator.programme import tables

STOCKS = ("paper", "card")


def counted(wanted: Wanted) -> Wanted | None:
    """The documents that print-order sheets list, when such sheets are wanted: those of their workshops, and of the whole kit."""
    editions = tuple(edition for edition in ORDER.editions if edition in wanted.editions)
    workshops = tuple(id for id in wanted.workshops if id != WHOLE_KIT)
    if not editions or (wanted.names and ORDER.name not in wanted.names) or (wanted.workshops and not workshops):
        return None
    return replace(wanted, workshops=(*workshops, WHOLE_KIT) if workshops else (), names=ORDERED, editions=editions)


def orders(whole: Subject, printed: Iterable[Printed], wanted: Wanted) -> Iterator[Document]:
    """The print-order sheets that are wanted."""
    if counted(wanted) is None:
        return
    by_workshop: dict[str, list[Printed]] = {}
    for one in printed:
        by_workshop.setdefault(one.document.workshop, []).append(one)
    shared = kit_looks(whole)
    for workshop in (one for one in whole.kit.workshops.values() if wanted.takes(one.id, ORDER.name)):
        subject = replace(whole, workshop=workshop)
        every = [*by_workshop.get(workshop.id, ()), *by_workshop.get(WHOLE_KIT, ())]
        for edition in (edition for edition in ORDER.editions if edition in wanted.editions):
            for paper in (paper for paper in whole.kit.settings.papers if not wanted.papers or paper in wanted.papers):
                found = ordered(subject, every, edition, paper)
                contents = looks(subject, ORDER) | print_order(subject, edition, paper, found)
                yield document(subject, ORDER, edition, paper, shared, contents)


def print_order(subject: Subject, edition: Edition, paper: str, found: list[Ordered]) -> dict[str, Any]:
    """What the sheet shows: the pack with its sums, what may come along, uncounted, and for an event the files that print it all."""
    words, workshop = subject.words, subject.the_workshop
    people = headcount(subject)
    lines = [_line(one, subject) for one in found if not one.extra]
    stocks = {stock: sum(line["sheets"] for line in lines if line["stock"] == stock) for stock in STOCKS}
    jobs = planned(found, edition, paper) if subject.occasion else []
    return {
        "people": people,
        "groups": tables(subject.kit, workshop, people),
        "folder": f"print/{workshop.id}",
        "paper_name": words(f"papers.{paper}"),
        "jobs": [_job(job) for job in jobs if not job.instead],
        "instead": _instead(jobs),
        "lines": lines,
        "extra": [_line(one, subject) | {"why": _why(one.printed.document, subject)} for one in found if one.extra],
        "totals": [{"stock": stock, "sheets": number} for stock, number in stocks.items() if number],
        "others": _others(edition, [one.printed for one in found if one.printed.document.workshop != WHOLE_KIT]),
        "command": f"workshop-kit print {workshop.id}{'' if edition == 'standard' else f' --edition {edition}'} --people {people}",
    }


def _line(one: Ordered, subject: Subject) -> dict[str, Any]:
    """A file: how often it is printed, and how. `file` is its name from the folder of its workshop, or from that of the pack."""
    document = one.printed.document
    family = document.family
    folder = "print/" if document.workshop == WHOLE_KIT else f"print/{document.workshop}/"
    return {
        "name": subject.words(f"documents.{document.name}"),
        "file": document.packed if subject.occasion else document.path.removeprefix(folder),
        "copies": one.copies,
        "pages": one.printed.pages,
        "sides": one.sides,
        "ink": "black" if document.edition == "black" else family.ink,
        "stock": family.stock,
        "why": "",
        "finish": "none" if document.paper in DOUBLE.values() else family.finish,
        "sheets": one.sheets,
    }


def _job(job: Job) -> dict[str, Any]:
    """A file that is printed once, and how to set the printer for it."""
    return {"file": job.name, "stock": job.stock, "sides": job.sides, "pages": job.pages, "sheets": job.sheets}


def _instead(jobs: list[Job]) -> dict[str, Any] | None:
    """The file of handouts, and which pages of which other it makes needless: those of the workbooks."""
    handouts = next((job for job in jobs if job.instead), None)
    found = [(job, place) for job in jobs if (place := job.place(WORKBOOK))]
    if handouts is None or not found:
        return None
    job, (first, last) = found[0]
    return _job(handouts) | {"without": job.name, "first": first, "last": last}


def _why(document: Document, subject: Subject) -> str:
    """What a file is for that is not in the totals; one on twice the paper says on which."""
    words = subject.words
    if document.workshop != WHOLE_KIT and is_sent(subject, document.family):
        return words("print.print_order.sent")
    if document.name in IN_THE_WORKBOOK:
        return words("print.print_order.instead")
    whole = words("print.print_order.wished")
    return f"{whole}, {words(f'papers.{document.paper}')}" if document.paper in DOUBLE.values() else whole


def _others(edition: Edition, found: list[Printed]) -> list[dict[str, str]]:
    """The other editions that files of a pack come in, each with the name of such a file."""
    return [
        {"edition": other, "file": replace(documents[0], edition=other).path.rpartition("/")[2]}
        for other in EDITIONS
        if other != edition and (documents := [one.document for one in found if other in one.document.family.editions])
    ]
