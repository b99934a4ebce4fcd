"""Documents become PDFs. The only file that knows Typst.

In: documents and the folder of templates. Out: the bytes of each PDF, its number of pages, and what did not fit. Data crosses as JSON and
never becomes Typst source. PDFs are PDF/UA-1, as Typst enforces it, and the same input gives the same bytes: no clock, no system font.

A template tells the press what only setting can show, as metadata labelled `<report>`: how many pages there are, which recipes spill over
to another page, which text is too long for its box. Recipes that spill are set again, tighter.
"""

import hashlib
import importlib.util
import json
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from generator.errors import ToolError
from generator.paper.documents import Document
from generator.paper.families import SIZES
from generator.paper.imposition import order

FONTS = ("fontpkg_source_sans_3", "fontpkg_source_serif_4")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
TIGHTEST = 2  # how many times a recipe may be set tighter
NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")


@dataclass(frozen=True)
class Fault:
    """Something that only setting shows: a `field` (kind, id, path in the file) too long for its box, a recipe that spills, a sign that no
    font has (`text`)."""

    what: str
    field: tuple[str | int, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Printed:
    """A document, its PDF (empty when there is a fault that keeps it from being made), its pages, and the faults found on the way."""

    document: Document
    pdf: bytes
    pages: int
    faults: tuple[Fault, ...] = field(default=())

    def entry(self) -> dict[str, Any]:
        """Its line in `print/manifest.json`."""
        document = self.document
        return {
            "workshop": document.workshop, "document": document.name, "edition": document.edition, "title": document.title,
            "paper": document.paper, "path": document.path, "pages": self.pages,
            **({"exercise": document.item} if document.item else {}),
        }  # fmt: skip


# Documents that were printed before, by path, each with a hash of all that it depends on.
Memory = dict[str, tuple[str, Printed]]


def _fonts(more: tuple[Path, ...] = ()) -> typst.Fonts:
    """The fonts that are installed with the project, and those in the folders of the kit's own fonts; none of the system."""
    files = (path for folder in more for path in sorted(folder.rglob("*")) if path.is_file())
    return _fonts_of(more, tuple((path, (found := path.stat()).st_size, found.st_mtime_ns) for path in files))


@lru_cache(maxsize=4)
def _fonts_of(more: tuple[Path, ...], _: tuple[tuple[Path, int, int], ...]) -> typst.Fonts:
    """Read once as long as the files in the folders are the same."""
    folders = list(more)
    for name in FONTS:
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            raise ToolError(f"the font package `{name}` is not installed; run the set-up again")
        folders.append(Path(found.origin).parent / "files")
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def families(files: Sequence[Path]) -> set[str]:
    """The families of fonts that some files hold, by the names that templates call them."""
    folders = list(dict.fromkeys(file.parent for file in files))
    names = {file.name for file in files}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders).fonts()
    return {font.family for font in fonts if font.path and Path(font.path).name in names}


def print_all(
    documents: Sequence[Document],
    templates: Path,
    done: Callable[[int], None],
    fonts: tuple[Path, ...] = (),
    known: Memory | None = None,
) -> list[Printed]:
    """Compile every document, a few side by side; `done` is told how many there are so far. `fonts` are folders of the kit's own fonts.

    What `known` holds is not compiled again; what is compiled it holds afterwards. Raises `ToolError` with the template's file, line and
    column.
    """
    _fonts(fonts)
    known = {} if known is None else known
    library = _digest(templates, fonts)
    keys = {document.path: _key(document, library) for document in documents}
    alike: dict[tuple[str, ...], list[Document]] = {}
    for document in documents:
        if known.get(document.path, ("",))[0] != keys[document.path]:
            alike.setdefault(_layout(document), []).append(document)
    finished = len(documents) - sum(map(len, alike.values()))
    # More threads than processors would only get into each other's way: Typst uses several itself.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for results in pool.map(lambda group: _print_alike(group, templates, fonts), alike.values()):
            known.update({one.document.path: (keys[one.document.path], one) for one in results})
            finished += len(results)
            done(finished)
    return [known[document.path][1] for document in documents]


def _digest(templates: Path, fonts: tuple[Path, ...]) -> str:
    """Everything that documents depend on besides their data."""
    files = sorted(path for folder in (templates / "booklets", *fonts) for path in folder.rglob("*") if path.is_file())
    found = hashlib.sha256()
    for path in files:
        found.update(path.as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _key(document: Document, library: str) -> str:
    data = json.dumps(document.data, ensure_ascii=False)
    return hashlib.sha256(f"{library} {document.name} {data}".encode()).hexdigest()


def _layout(document: Document) -> tuple[str, ...]:
    """What documents of the same layout have in common: all is the same in standard and black but for the colours."""
    edition = "standard" if document.edition == "black" else document.edition
    return document.workshop, document.name, document.item, document.paper, edition


def _print_alike(group: Sequence[Document], templates: Path, fonts: tuple[Path, ...]) -> list[Printed]:
    """Documents of the same layout: what had to be set tighter in one is so in the others from the start."""
    tight: dict[str, int] = {}
    return [_print(document, templates, fonts, tight) for document in group]


def _print(document: Document, templates: Path, fonts: tuple[Path, ...], tight: dict[str, int]) -> Printed:
    """Set a document; where recipes of it spill over to another page, set those again, tighter, as long as that may help.

    `tight` says how tight each recipe is to be set, and takes what was found.
    """
    source = templates / "booklets" / f"{document.name}.typ"
    if not source.is_file():
        raise ToolError(f"{document.path} cannot be printed: there is no template booklets/{source.name}")
    compiler = typst.Compiler(root=templates, font_paths=_fonts(fonts))
    data = json.dumps(document.data, ensure_ascii=False)
    try:
        while True:
            inputs = {"data": data, "tight": json.dumps(tight)}
            pdf = compiler.compile(source, format="pdf", pdf_standards=["ua-1"], timestamp=EPOCH, sys_inputs=inputs)
            report: list[dict[str, Any]] = json.loads(compiler.query("<report>", field="value"))
            spilling = [entry["spills"] for entry in report if "spills" in entry]
            again = [id for id in spilling if tight.get(id, 0) < TIGHTEST]
            if not again:
                break
            tight.update({id: tight.get(id, 0) + 1 for id in again})
    except typst.TypstError as error:
        if found := NO_GLYPH.search(str(error)):
            return Printed(document, b"", 0, (Fault("no-glyph", text=found[1]),))
        raise ToolError(f"{document.path} cannot be printed: {_reason(error)}") from error
    assert isinstance(pdf, bytes)
    pages = next((entry["pages"] for entry in report if "pages" in entry), 0)
    if not pages:
        raise ToolError(
            f"{document.path} cannot be printed: its template booklets/{source.name} does not report how many pages it has; "
            "let `set-in-type` of lib/look.typ set it, as our own templates do"
        )
    faults = [Fault("spills", ("exercises", id)) for id in spilling]
    faults += [Fault("too-long", tuple(entry["too_long"])) for entry in report if "too_long" in entry]
    if document.edition == "booklet":
        pdf, pages = _impose(pdf, pages, document, templates), len(order(pages))
    return Printed(document, pdf, pages, tuple(faults))


def _impose(pdf: bytes, pages: int, document: Document, templates: Path) -> bytes:
    """The pages of a booklet, two on each side of the sheets. For printers: it carries no PDF/UA."""
    width, height = SIZES[document.paper]
    data = {"pages": pages, "width": height, "height": width, "sides": order(pages), "title": document.title}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pages.pdf").write_bytes(pdf)
        compiler = typst.Compiler(root=folder, font_paths=_fonts(), sys_inputs={"data": json.dumps(data)})
        source = (templates / "booklets" / "imposed.typ").read_bytes()
        found = compiler.compile(source, format="pdf", timestamp=EPOCH, pdf_tags=False)
    assert isinstance(found, bytes)
    return found


def _reason(error: typst.TypstError) -> str:
    """Typst's own words for its errors, which name file and line of the template; warnings are left out."""
    parts = str(error.diagnostic).strip().split("\n\n")
    return "\n\n".join(part for part in parts if part.startswith("error")) or str(error)
