"""Documents become PDFs.

In: documents and the folder of templates. Out: each PDF as a file, its number of pages, and what did not fit. A document whose input is as
it was is not set again: what was printed is kept by a hash of all that it depends on. The others are set side by side, the longest first,
so that no processor has to wait for another at the end.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import ToolError
from generator.paper.documents import Document
from generator.paper.families import SIZES
from generator.paper.kept import Entry, Kept
from generator.paper.typesetter import Copy, Fault, Proof, own_fonts, version
from generator.paper.workers import set_all


@dataclass(frozen=True)
class Printed:
    """A document, its PDF as a file (None when there is a fault that keeps it from being made, or nobody asked for it yet), its pages, and
    the faults found on the way. `key` is what it is kept under, `kept` what is known of it there, and `new` says that it was not known from
    before."""

    document: Document
    file: Path | None
    pages: int
    faults: tuple[Fault, ...] = ()
    key: str = ""
    kept: Entry | None = None
    new: bool = False

    @property
    def pdf(self) -> bytes:
        """The PDF; empty where there is none."""
        return self.file.read_bytes() if self.file else b""

    def entry(self) -> dict[str, Any]:
        """Its line in `print/manifest.json`."""
        document = self.document
        return {
            "workshop": document.workshop, "document": document.name, "edition": document.edition, "title": document.title,
            "paper": document.paper, "path": document.path, "pages": self.pages,
            **({"exercise": document.item} if document.item else {}),
        }  # fmt: skip


def print_all(
    documents: Sequence[Document],
    templates: Path,
    done: Callable[[int], None],
    fonts: tuple[Path, ...] = (),
    kept: Kept | None = None,
) -> list[Printed]:
    """Print every document; `done` is told how many there are so far. `fonts` are folders of the kit's own fonts.

    What is `kept` is not set again; what is set is kept, for this run alone where it may name people. Raises `ToolError` with the
    template's file, line and column.
    """
    kept = kept or Kept()
    keys = _keys(documents, templates, fonts)
    found = _known(documents, keys, kept)
    alike: dict[tuple[str, ...], list[Document]] = {}
    for document in documents:
        if document.path not in found:
            alike.setdefault(_layout(document), []).append(document)
    groups = sorted(alike.values(), key=lambda group: -sum(len(part) for one in group for part in one.parts))
    copies = [[_copy(document) for document in group] for group in groups]
    for group, proofs in zip(groups, set_all(copies, templates, fonts), strict=True):
        for document, proof in zip(group, proofs, strict=True):
            found[document.path] = _keep(document, proof, keys[document.path], kept)
        done(len(found))
    return [found[document.path] for document in documents]


def printed_before(
    documents: Sequence[Document], templates: Path, fonts: tuple[Path, ...], kept: Kept
) -> dict[str, Printed]:
    """Those of the documents that need not be printed, by their paths."""
    return _known(documents, _keys(documents, templates, fonts), kept)


def _known(documents: Sequence[Document], keys: dict[str, str], kept: Kept) -> dict[str, Printed]:
    entries = ((document, kept.get(keys[document.path])) for document in documents)
    return {one.path: _printed(one, keys[one.path], entry) for one, entry in entries if entry}


def _keep(document: Document, proof: Proof, key: str, kept: Kept) -> Printed:
    values = {"pages": proof.pages, "faults": [[fault.what, list(fault.field), fault.text] for fault in proof.faults]}
    try:
        entry = kept.put(key, proof.pdf, values, lasting=not document.personal)
    except OSError as error:
        raise ToolError(f"{document.path} cannot be written: {error.strerror or error}") from error
    return _printed(document, key, entry, new=True)


def _printed(document: Document, key: str, entry: Entry, new: bool = False) -> Printed:
    faults = tuple(Fault(what, tuple(field), text) for what, field, text in entry.values["faults"])
    return Printed(document, entry.file, entry.values["pages"], faults, key, entry, new)


def _keys(documents: Sequence[Document], templates: Path, fonts: tuple[Path, ...]) -> dict[str, str]:
    """A hash of all that each document depends on, by its path: its data, the templates, the fonts, Typst, and what is done with them."""
    library = f"{version()} {_digest(templates / 'booklets', *fonts, *own_fonts())}"
    texts = ((one.path, "\0".join((library, one.name, *one.parts))) for one in documents)
    return {path: hashlib.sha256(text.encode()).hexdigest() for path, text in texts}


def _digest(*folders: Path) -> str:
    """A hash of all files in some folders; where the folders lie does not count."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            found.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def _layout(document: Document) -> tuple[str, ...]:
    """What documents of the same layout have in common: all is the same in standard and black but for the colours."""
    edition = "standard" if document.edition == "black" else document.edition
    return document.workshop, document.name, document.item, str(document.volume), document.paper, edition


def _copy(document: Document) -> Copy:
    sheet = SIZES[document.paper] if document.edition == "booklet" else None
    return Copy(document.name, document.parts, document.path, document.title, sheet)
