"""A reader of printed documents for tests: what stands on each page, where, how large and how dark, and what a screen reader is told.

Lengths are points from the lower left corner, as PDFs count them. Rendered pages have 20 dots an inch, which is enough to see ink.
"""

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import zxingcpp
from pypdf import PdfReader

DOTS = 20


def run_of_words(text: str) -> str:
    """Text as one run of letters and digits, so that line breaks, hyphens and ligatures do not matter."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\ufffe", "")
    return re.sub(r"[\W_]+", "", plain).lower()


@dataclass(frozen=True)
class Ink:
    """A run of text: its box, its size in points, its colour as (red, green, blue), whether its font is in the file."""

    box: tuple[float, float, float, float]
    size: float
    colour: tuple[int, int, int]
    embedded: bool
    font: str


@dataclass
class Sheet:
    """One page."""

    width: float
    height: float
    text: str
    ink: list[Ink]
    grey: list[bytes]  # rows from the top, a byte a dot: 0 is black

    def lowest(self, below: float = 0, above: float = 1) -> float:
        """How far down the page there is ink, as a share of its height, looking only between two shares of it."""
        rows = range(int(len(self.grey) * below), int(len(self.grey) * above))
        return max((at + 1 for at in rows if min(self.grey[at]) < 200), default=0) / len(self.grey)

    def half(self, side: str) -> str:
        """The text on the left or the right half of a page, as runs in reading order."""
        return self._left if side == "left" else self._right

    _left: str = ""
    _right: str = ""


@dataclass
class Pdf:
    """A document."""

    path: Path
    sheets: list[Sheet]
    roles: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All of its text as one run of letters and digits."""
        return run_of_words("".join(sheet.text for sheet in self.sheets))

    @property
    def root(self) -> Any:
        """Its catalogue."""
        return PdfReader(self.path).trailer["/Root"]

    def headless_tables(self) -> int:
        """Tables that have no head. A table may go on over pages, so that they are looked at as a whole."""
        return sum("/TH" not in roles for roles in _tables(self.root["/StructTreeRoot"])) if self.roles["Table"] else 0


@cache
def read(path: Path) -> Pdf:
    """Read a PDF, once for all tests."""
    document = pdfium.PdfDocument(path)
    found = Pdf(path, [])
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        halves = [text.get_text_bounded(0, 0, width / 2, height), text.get_text_bounded(width / 2, 0, width, height)]
        sheet = Sheet(width, height, text.get_text_bounded(), list(_ink(page)), _grey(page))
        sheet._left, sheet._right = halves
        found.sheets.append(sheet)
        _structure(page, found)
    document.close()
    return found


def _grey(page: pdfium.PdfPage) -> list[bytes]:
    bitmap = page.render(scale=DOTS / 72, grayscale=True)
    data, stride, width = bytes(bitmap.buffer), bitmap.stride, bitmap.width
    return [data[at * stride : at * stride + width] for at in range(bitmap.height)]


def _ink(page: pdfium.PdfPage) -> Iterator[Ink]:
    for run in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=5):
        size, colour = ctypes.c_float(), [ctypes.c_uint() for _ in range(4)]
        raw.FPDFTextObj_GetFontSize(run, size)
        raw.FPDFPageObj_GetFillColor(run, *colour)
        matrix = run.get_matrix()
        scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        font = raw.FPDFTextObj_GetFont(run)
        name = ctypes.create_string_buffer(200)
        raw.FPDFFont_GetBaseFontName(font, name, 200)
        red, green, blue = (part.value for part in colour[:3])
        embedded = bool(raw.FPDFFont_GetIsEmbedded(font))
        yield Ink(run.get_bounds(), round(size.value * scale, 2), (red, green, blue), embedded, name.value.decode())


def _structure(page: pdfium.PdfPage, found: Pdf) -> None:
    """Count what a page's parts are to a screen reader; note pictures without words."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    for at in range(raw.FPDF_StructTree_CountChildren(tree)):
        _element(raw.FPDF_StructTree_GetChildAtIndex(tree, at), found)
    raw.FPDF_StructTree_Close(tree)


def _element(element: Any, found: Pdf) -> None:
    name = ctypes.create_string_buffer(200)
    raw.FPDF_StructElement_GetType(element, name, 200)
    role = name.raw.decode("utf-16le").split("\0")[0]
    found.roles[role] += 1
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            _element(child, found)
    if role == "Figure" and raw.FPDF_StructElement_GetAltText(element, None, 0) <= 2:
        found.faults.append("a picture has no words for those who cannot see it")


def _tables(element: Any) -> Iterator[set[str]]:
    """For each table the roles of its parts."""
    element = element.get_object()
    if not hasattr(element, "get"):
        return
    if element.get("/S") == "/Table":
        yield set(_roles(element))
        return
    for child in _children(element):
        yield from _tables(child)


def _roles(element: Any) -> Iterator[str]:
    for child in _children(element):
        child = child.get_object()
        if hasattr(child, "get") and "/S" in child:
            yield str(child["/S"])
            yield from _roles(child)


def _children(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    return list(kids) if isinstance(kids, list) else [kids]


@dataclass(frozen=True)
class Code:
    """A QR code: what it says, its error level, and the width of what is printed of it in mm."""

    text: str
    level: str
    width: float


def codes(path: Path, dots: int = 200) -> list[Code]:
    """The QR codes of a document, found in a picture of each page as a phone would find them."""
    found = []
    for page in pdfium.PdfDocument(path):
        picture = page.render(scale=dots / 72, grayscale=True).to_pil()
        for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
            left, right = code.position.top_left, code.position.top_right
            width = ((right.x - left.x) ** 2 + (right.y - left.y) ** 2) ** 0.5
            found.append(Code(code.text, code.ec_level, width / dots * 25.4))
    return found
