"""Documents that are printed when somebody asks for them.

In: a kit and what is wanted of it. Out: at once which documents there are, without their pages; later the PDF of each, printed once as
long as nothing in it changes. Several requests may come at a time: one document is printed by one of them, and the others wait for it.
"""

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from generator.build import faults
from generator.errors import KitError, Problem
from generator.paper.copies import ORDER, ordered
from generator.paper.documents import Document, Wanted, documents
from generator.paper.kept import Kept
from generator.paper.order import counted, orders
from generator.paper.pictures import pictures
from generator.paper.press import Printed, print_all, printed_before
from generator.reading import Means

# Stands where the picture of a first page will be.
BLANK = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"><path fill="#fff" stroke="#999" d="M.5.5h209v296H.5z"/>'
    b'<path stroke="#ddd" stroke-width="6" d="M30 50h90M30 90h150M30 115h150M30 140h150M30 165h110"/></svg>'
)


class Shelf:
    """The documents of one state of a kit, by their paths."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.counted: dict[str, Document] = {}
        self.pictures: dict[str, Document] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._drawing = threading.Lock()  # PDFium is not for two threads at once

    def put(self, means: Means, wanted: Wanted, _: object, kept: Kept) -> tuple[list[Printed], list[Problem]]:
        """Take `build.prints`' place: the same documents in the same order, with no pages."""
        self.means, self.wanted, self.kept = means, wanted, kept
        self.subject = wanted.subject(means.kit, means.links, means.words, means.logo)
        every = documents(means.kit, means.links, means.words, wanted, means.logo, also=counted(wanted))
        self.counted = {one.path: one for one in every}
        sheets = list(orders(self.subject, self._unprinted(), wanted))
        self.documents = {one.path: one for one in (*sheets, *every) if wanted.has(one)}
        for one in self.documents.values():
            if one.edition == "standard":
                self.pictures.setdefault(one.picture, one)
        return [Printed(one, None, 0) for one in self.documents.values()], []

    def printed(self, path: str) -> Printed:
        """The document at a path. Raises `KitError` for what cannot be printed, `ToolError` for faults of a template."""
        document = self.documents[path]
        with self._locks[path]:
            [made] = self._print([self._counting(document) if document.family == ORDER else document])
        problems = faults(self.means.loaded, [made])
        if any(problem.severity == "error" for problem in problems):
            raise KitError(problems)
        return made

    def picture(self, path: str) -> tuple[bytes, str]:
        """The picture of a first page and its media type: a blank page as long as the document is not printed."""
        document = self.pictures[path]
        found = printed_before([document], self.means.templates, self.means.fonts, self.kept)
        if document.path not in found or not found[document.path].file:
            return BLANK, "image/svg+xml"
        with self._drawing:
            return pictures(found.values(), self.kept)[path], "image/png"

    def _unprinted(self) -> list[Printed]:
        return [Printed(one, None, 0) for one in self.counted.values()]

    def _counting(self, sheet: Document) -> Document:
        """A print-order sheet with the pages of what it lists, which are printed for that."""
        workshop = self.means.kit.workshops[sheet.workshop]
        found = ordered(replace(self.subject, workshop=workshop), self._unprinted(), sheet.edition, sheet.paper)
        made = self._print([one.printed.document for one in found])
        wanted = replace(self.wanted, workshops=(workshop.id,), editions=(sheet.edition,), papers=(sheet.paper,))
        return next(one for one in orders(self.subject, made, wanted) if one.path == sheet.path)

    def _print(self, found: Sequence[Document]) -> list[Printed]:
        return print_all(found, self.means.templates, lambda _: None, self.means.fonts, self.kept)
