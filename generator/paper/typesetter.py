"""Typst: data and a template become a PDF. The only file that knows it.

In: what is to be set, as plain values, and the folder of templates. Out: the bytes of the PDF, its number of pages, and what did not fit.
Data crosses as JSON and never becomes Typst source. PDFs are PDF/UA-1, as Typst enforces it, and the same input gives the same bytes: no
clock, no system font.

A template tells what only setting can show, as metadata labelled `<report>`: how many pages there are, which recipes spill over to another
page, which text is too long for its box. Recipes that spill are set again, tighter.

Typst remembers what it has set, so that setting it again is quick, and forgets what its last ten runs did not use. That is what makes a
second, tighter setting cheap. After a document it is made to forget: one is seldom like the next, and memory is finite.
"""

import importlib.metadata
import importlib.util
import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from generator.errors import ToolError
from generator.paper.imposition import order

FONTS = ("fontpkg_source_sans_3", "fontpkg_source_serif_4")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
TIGHTEST = 2  # how many times a recipe may be set tighter
AGES = 10  # runs after which Typst forgets what none of them used
COPIED = re.compile(r"(?<=─ )\S*?booklets[/\\]")  # where a copy of the templates lies, in a message
NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed")


@dataclass(frozen=True)
class Fault:
    """Something that only setting shows: a `field` (kind, id, path in the file) too long for its box, a recipe that spills, a sign that no
    font has (`text`)."""

    what: str
    field: tuple[str | int, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Copy:
    """What is to be set: the template's name, JSON objects that together are what it reads, and for messages what it will be. `sheet`:
    width and height in mm of the paper that a booklet's pages share, two on a side; None for all that is no booklet."""

    template: str
    parts: tuple[str, ...]
    path: str
    title: str
    sheet: tuple[float, float] | None = None

    @property
    def text(self) -> str:
        """All that it reads, as JSON."""
        return "{" + ", ".join(part[1:-1] for part in self.parts if part != "{}") + "}"


@dataclass(frozen=True)
class Proof:
    """What came of it: no bytes when a fault keeps it from being made."""

    pdf: bytes
    pages: int = 0
    faults: tuple[Fault, ...] = ()


@lru_cache(maxsize=4)
def _fonts_of(more: tuple[Path, ...], _: tuple[tuple[Path, int, int], ...]) -> typst.Fonts:
    """Read once as long as the files in the folders are the same."""
    return typst.Fonts(include_system_fonts=False, font_paths=[*more, *own_fonts()])


def _fonts(more: tuple[Path, ...] = ()) -> typst.Fonts:
    """The fonts that are installed with the project, and those in the folders of the kit's own fonts; none of the system."""
    files = (path for folder in more for path in sorted(folder.rglob("*")) if path.is_file())
    return _fonts_of(more, tuple((path, (found := path.stat()).st_size, found.st_mtime_ns) for path in files))


def version() -> str:
    """Another one where the same input may give other bytes: raise the number when this file makes it so."""
    return f"1 {importlib.metadata.version('typst')}"


def own_fonts() -> tuple[Path, ...]:
    """The folders of the fonts that are installed with the project. Raises `ToolError` when one is not."""
    found = []
    for name in FONTS:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise ToolError(f"the font package `{name}` is not installed; run the set-up again")
        found.append(Path(spec.origin).parent / "files")
    return tuple(found)


def families(files: Sequence[Path]) -> set[str]:
    """The families of fonts that some files hold, by the names that templates call them."""
    folders = list(dict.fromkeys(file.parent for file in files))
    names = {file.name for file in files}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders).fonts()
    return {font.family for font in fonts if font.path and Path(font.path).name in names}


class Typesetter:
    """Sets documents with the templates of a folder, which are copied to `root`, and the kit's own fonts. Not for two threads at once."""

    def __init__(self, templates: Path, root: Path, fonts: tuple[Path, ...] = ()) -> None:
        self.root, self.fonts = root, _fonts(fonts)
        try:
            shutil.copytree(templates / "booklets", root / "booklets")
        except (OSError, shutil.Error) as error:
            raise ToolError(
                f"no document can be printed, since the folder for temporary files takes none: {error}"
            ) from error

    def set_alike(self, copies: Sequence[Copy]) -> list[Proof]:
        """Documents of the same layout: what had to be set tighter in one is so in the others from the start.

        Raises `ToolError` with the template's file, line and column.
        """
        tight: dict[str, int] = {}
        try:
            return [self._set(copy, tight) for copy in copies]
        finally:
            self._forget()

    def _set(self, copy: Copy, tight: dict[str, int]) -> Proof:
        """Set a document; where recipes of it spill over to another page, set those again, tighter, as long as that may help.

        `tight` says how tight each recipe is to be set, and takes what was found. It crosses in a file, since a change of Typst's inputs
        would make it forget what it has set.
        """
        source = self.root / "booklets" / f"{copy.template}.typ"
        if not source.is_file():
            raise ToolError(f"{copy.path} cannot be printed: there is no template booklets/{source.name}")
        compiler = typst.Compiler(source, root=self.root, font_paths=self.fonts, sys_inputs={"data": copy.text})
        try:
            while True:
                (self.root / "tight.json").write_text(json.dumps(tight), encoding="utf-8")
                pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=EPOCH)
                report: list[dict[str, Any]] = json.loads(compiler.query("<report>", field="value"))
                spilling = [entry["spills"] for entry in report if "spills" in entry]
                again = [id for id in spilling if tight.get(id, 0) < TIGHTEST]
                if not again:
                    break
                tight.update({id: tight.get(id, 0) + 1 for id in again})
        except typst.TypstError as error:
            if found := NO_GLYPH.search(str(error)):
                return Proof(b"", faults=(Fault("no-glyph", text=found[1]),))
            raise ToolError(f"{copy.path} cannot be printed: {_reason(error)}") from error
        assert isinstance(pdf, bytes)
        pages = next((entry["pages"] for entry in report if "pages" in entry), 0)
        if not pages:
            raise ToolError(
                f"{copy.path} cannot be printed: its template booklets/{source.name} does not report how many pages it has; "
                "let `set-in-type` of lib/look.typ set it, as our own templates do"
            )
        faults = [Fault("spills", ("exercises", id)) for id in spilling]
        faults += [Fault("too-long", tuple(entry["too_long"])) for entry in report if "too_long" in entry]
        if copy.sheet:
            pdf, pages = self._impose(pdf, pages, copy.sheet, copy.title), len(order(pages))
        return Proof(pdf, pages, tuple(faults))

    def _impose(self, pdf: bytes, pages: int, sheet: tuple[float, float], title: str) -> bytes:
        """The pages of a booklet, two on each side of the sheets. For printers: it carries no PDF/UA."""
        width, height = sheet
        data = {"pages": pages, "width": height, "height": width, "sides": order(pages), "title": title}
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "pages.pdf").write_bytes(pdf)
            compiler = typst.Compiler(root=folder, font_paths=self.fonts, sys_inputs={"data": json.dumps(data)})
            source = (self.root / "booklets" / "imposed.typ").read_bytes()
            found = compiler.compile(source, format="pdf", timestamp=EPOCH, pdf_tags=False)
        assert isinstance(found, bytes)
        return found

    def _forget(self) -> None:
        """Let Typst forget what it has set: empty documents take its time on."""
        compiler = typst.Compiler(root=self.root, font_paths=self.fonts)
        for _ in range(AGES):
            compiler.compile(b" ", format="pdf")


def _reason(error: typst.TypstError) -> str:
    """Typst's own words for its errors, which name file and line of the template; warnings are left out."""
    parts = str(error.diagnostic).strip().split("\n\n")
    text = "\n\n".join(part for part in parts if part.startswith("error")) or str(error)
    return COPIED.sub("templates/booklets/", text)
