"""Print jobs: one PDF for each way of printing, with every document in it as often as the event needs it.

In: documents with their copies. Out: which file holds what (`planned`), and the files themselves (`jobs`). They are for printers alone:
they carry no tags, and tell the printer to scale nothing and which edge to turn on. The same input gives the same bytes.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # PDFium comes without types

from generator.paper.copies import IN_THE_WORKBOOK, Ordered, ordered
from generator.paper.families import EDITIONS, Edition
from generator.paper.press import Printed
from generator.paper.subject import Subject

WORKBOOK = "participant-workbook"
SIDES = {"one": "one-side", "long": "two-sides", "short": "booklets"}
DUPLEX = {"one": "Simplex", "long": "DuplexFlipLongEdge", "short": "DuplexFlipShortEdge"}
ID = re.compile(rb"/ID\s*\[<[0-9A-Fa-f]{32}><[0-9A-Fa-f]{32}>\]")


@dataclass(frozen=True)
class Job:
    """A file to be printed once, on `stock` (paper or card) and on `sides` (one, long or short, as `copies.sides_of` says).

    `instead`: it takes the place of the workbooks. `pages` has the blank ones. `pdf` is empty in a plan.
    """

    name: str
    stock: str
    sides: str
    parts: tuple[Ordered, ...]
    instead: bool = False
    pdf: bytes = b""

    @property
    def pages(self) -> int:
        """Pages of the file."""
        return sum(one.copies * self.length(one) for one in self.parts) - self._spare

    @property
    def sheets(self) -> int:
        """Sheets of paper that it takes."""
        return sum(one.sheets for one in self.parts)

    def length(self, one: Ordered) -> int:
        """Pages that a copy takes: on both sides each begins on a sheet of its own, so an odd one is followed by a blank page."""
        return one.printed.pages + (one.printed.pages % 2 if self.sides != "one" else 0)

    def place(self, name: str) -> tuple[int, int] | None:
        """The first and the last page of the copies of a document, from 1; None where it is not in this file."""
        before = 0
        for one in self.parts:
            after = before + one.copies * self.length(one)
            if one.printed.document.name == name:
                return before + 1, min(after, self.pages)
            before = after
        return None

    @property
    def _spare(self) -> int:
        """The blank page at the very end that nobody needs."""
        return self.length(self.parts[-1]) - self.parts[-1].printed.pages


def jobs(subject: Subject, printed: Iterable[Printed]) -> list[Job]:
    """The files to print for the workshop of a subject and its headcount, in the order of the print-order sheet; of every edition and
    paper that was printed."""
    every = [one for one in printed if one.file]
    found = []
    for edition in EDITIONS:
        for paper in subject.kit.settings.papers:
            plans = planned(ordered(subject, every, edition, paper), edition, paper)
            found += [replace(plan, pdf=_pdf(plan)) for plan in plans]
    return found


def planned(orders: Sequence[Ordered], edition: Edition, paper: str) -> list[Job]:
    """Which file holds what: a file for each way of printing, then the handouts alone, for those who want no workbooks."""
    ways: dict[tuple[str, str], list[Ordered]] = {}
    for one in orders:
        if not one.extra:
            ways.setdefault((one.printed.document.family.stock, one.sides), []).append(one)
    printed = {one.printed.document.name for one in orders if not one.extra}
    handouts = tuple(one for one in orders if one.printed.document.name in IN_THE_WORKBOOK and WORKBOOK in printed)
    end = f"{'' if edition == 'standard' else f'.{edition}'}.{paper}.pdf"
    found = [
        Job(f"print-{at}-{_plain(stock)}-{SIDES[sides]}{end}", stock, sides, tuple(parts))
        for at, ((stock, sides), parts) in enumerate(ways.items(), 1)
    ]
    if handouts:
        sides = handouts[0].sides
        found.append(Job(f"print-instead-of-workbooks{end}", "paper", sides, handouts, instead=True))
    return found


def _plain(stock: str) -> str:
    return "plain" if stock == "paper" else stock


def _pdf(job: Job) -> bytes:
    """The copies of all parts, one after the other. What copies share, such as fonts and pictures, is in the file once."""
    title = job.name.removesuffix(".pdf")
    made = pdfium.PdfDocument(_empty(title, DUPLEX[job.sides]))
    made.del_page(0)
    for one in job.parts:
        source = pdfium.PdfDocument(one.printed.pdf)
        if job.length(one) > len(source):
            source.new_page(*source[0].get_size())
        made.import_pages(source, list(range(job.length(one))) * one.copies)
        source.close()
    if len(made) > job.pages:
        made.del_page(job.pages)
    file = io.BytesIO()
    made.save(file)
    made.close()
    return _always_the_same(file.getvalue())


def _empty(title: str, duplex: str) -> bytes:
    """A PDF of one empty page with a title, which asks printers to scale nothing and for so many sides."""
    name = ("\ufeff" + title).encode("utf-16-be").hex()
    objects = (
        f"<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</PrintScaling/None/Duplex/{duplex}>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        f"<</Title <{name}>>>",
    )
    text, places = "%PDF-1.7\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{value}\nendobj\n"
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{entries}trailer\n<</Size {size}/Root 1 0 R/Info 4 0 R>>\n"
    return f"{text}{end}startxref\n{len(text)}\n%%EOF\n".encode("ascii")


def _always_the_same(pdf: bytes) -> bytes:
    """The file with a mark of its content where PDFium has put a random one, in its last lines."""
    at = pdf.rindex(b"trailer")
    mark = hashlib.sha256(ID.sub(b"", pdf[:at])).hexdigest()[:32].upper().encode()
    return pdf[:at] + ID.sub(b"/ID[<" + mark + b"><" + mark + b">]", pdf[at:])
