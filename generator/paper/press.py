"""Documents become PDFs. The only file that knows Typst.

In: documents and the folder of templates. Out: the bytes of each PDF and its number of pages. Data crosses as JSON and never becomes
Typst source. PDFs are PDF/UA-1, as Typst enforces it, and the same input gives the same bytes: no clock, no system font.
"""

import importlib.util
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from generator.errors import ToolError
from generator.paper.documents import Document

FONTS = ("fontpkg_source_sans_3", "fontpkg_source_serif_4")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Printed:
    """A document and its PDF."""

    document: Document
    pdf: bytes
    pages: int

    def entry(self) -> dict[str, Any]:
        """Its line in `print/manifest.json`."""
        document = self.document
        return {
            "workshop": document.workshop, "document": document.name, "edition": document.edition, "title": document.title,
            "paper": document.paper, "path": document.path, "pages": self.pages,
        }  # fmt: skip


@cache
def _fonts() -> typst.Fonts:
    """The fonts that are installed with the project, and no others."""
    folders = []
    for name in FONTS:
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            raise ToolError(f"the font package `{name}` is not installed; run the set-up again")
        folders.append(Path(found.origin).parent / "files")
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def print_all(documents: Sequence[Document], templates: Path, done: Callable[[int], None]) -> list[Printed]:
    """Compile every document, a few side by side; `done` is told how many there are so far.

    Raises `ToolError` with the template's file and line.
    """
    _fonts()
    printed: list[Printed] = []
    with ThreadPoolExecutor() as pool:
        for result in pool.map(lambda document: _print(document, templates), documents):
            printed.append(result)
            done(len(printed))
    return printed


def _print(document: Document, templates: Path) -> Printed:
    data = json.dumps(document.data, ensure_ascii=False)
    source = templates / "booklets" / f"{document.name}.typ"
    compiler = typst.Compiler(root=templates, font_paths=_fonts(), sys_inputs={"data": data})
    try:
        pdf = compiler.compile(source, format="pdf", pdf_standards=["ua-1"], timestamp=EPOCH)
        pages = int(json.loads(compiler.query("<last-page>", field="value", one=True)))
    except typst.TypstError as error:
        raise ToolError(f"{document.path} cannot be printed: {_reason(error)}") from error
    assert isinstance(pdf, bytes)
    return Printed(document, pdf, pages)


def _reason(error: typst.TypstError) -> str:
    """Typst's own words for its errors, which name file and line of the template; warnings are left out."""
    parts = str(error.diagnostic).strip().split("\n\n")
    return "\n\n".join(part for part in parts if part.startswith("error")) or str(error)
