"""A PDF: pieces of text with their places become lines, and lines become paragraphs.

A PDF does not know its paragraphs. They are told by the space between lines, by indents, by short last lines and by the size of type; heads
and page numbers that repeat are left out, and words that were divided at the end of a line are joined. So it is never quite sure.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import pypdfium2  # type: ignore[import-untyped]

from generator.draft.article import Article, Paragraph, Sureness, made, one_line, within_bounds
from generator.draft.plain import MARK
from generator.errors import ToolError

MOST_PAGES = 300
MOST_ON_A_PAGE = 60_000  # signs
DIVIDED = re.compile(r"(?<=\w)[-\u00ad\u2010\ufffe\x02]\s*\Z")
NUMBER_ALONE = re.compile(r"\W*(?:(?:page|seite)\s+)?\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?\W*\Z", re.IGNORECASE)
ENDS = (".", "!", "?", ":", "…", "”", "“", '"', ")", "»", "«")
# PDFium has a 2 for the hyphen of a divided word, and no other end of that line.
ENDS_OF_LINE = (2, 10, 13)
EDGE = 2  # lines at the top and at the bottom of a page that may be its head and foot


@dataclass(frozen=True)
class Line:
    """A line of text; places in points from the left and the bottom of its page, `size` that of its type."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float


def read(data: bytes) -> Article:
    """Read a PDF. Raises `ToolError` for one that cannot be read, is locked, or holds no text."""
    document = _opened(data)
    try:
        said = _said(document)
        if len(document) > MOST_PAGES:
            raise ToolError(f"this PDF has {len(document)} pages; draft a part of it, of at most {MOST_PAGES}")
        pages = [list(_lines(document, number)) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise ToolError("this PDF is damaged: a page cannot be read; save it anew, or copy its text") from error
    finally:
        document.close()
    lines = [line for page in _without_heads(pages) for line in page]
    if sum(len(line.text) for line in lines) < 20:
        raise ToolError(
            "this PDF holds no text, only pictures of it, as scanners make them; let a program read the text (OCR) first"
        )
    body = median(line.size for line in lines)
    found = made([_paragraph(part, body) for part in _parts(lines)])
    words = sum(len(one.text.split()) for one in found) / max(1, len(found))
    notes = ("a PDF does not know its paragraphs; they were told by spaces, indents and sizes",)
    largest = next((one.text for one in found[:4] if one.heading), "")
    title, author = one_line(said.get("Title", "")), one_line(said.get("Author", ""))
    sure: Sureness = "a guess" if words > 250 or len(found) < 3 else "fairly sure"
    return Article(found, sure, largest or title, author, "", notes)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ToolError("this PDF is locked with a password; save it without one") from error
        raise ToolError(
            "this is not a PDF that can be read; save it anew, or copy its text into a text file"
        ) from error


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[Line]:
    """The lines of a page, in the order in which the PDF has them."""
    raw = pypdfium2.raw
    page = document[number]
    text = page.get_textpage()
    count = text.count_chars()
    if count > MOST_ON_A_PAGE:
        raise ToolError(
            f"page {number + 1} of this PDF holds {count:,} signs, which no page does; copy the text into a text file"
        )
    within_bounds(count * number // 4, 0)
    start, signs = 0, [raw.FPDFText_GetUnicode(text, at) for at in range(count)]
    for at, sign in enumerate([*signs, 10]):
        if sign in ENDS_OF_LINE:
            seen = [spot for spot in range(start, at) if signs[spot] not in (0, 9, 32, 160)]
            if seen:
                words = "".join(map(_sign, signs[start : at + 1])).rstrip("\r\n")
                first, last = text.get_charbox(seen[0], loose=True), text.get_charbox(seen[-1], loose=True)
                size = raw.FPDFText_GetFontSize(text, seen[0]) or first[3] - first[1]
                yield Line(words, number, first[0], last[2], first[1], size)
            start = at + 1


def _said(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """What the PDF says of itself; nothing where that is damaged."""
    try:
        found: dict[str, str] = document.get_metadata_dict(skip_empty=True)
    except UnicodeDecodeError:
        return {}
    return found


def _sign(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _without_heads(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Pages without lines at their edges that are page numbers, or that repeat on half of the pages but for digits."""

    def edges(page: Sequence[Line]) -> set[Line]:
        by_height = sorted(page, key=lambda line: line.base)
        return {*by_height[:EDGE], *by_height[-EDGE:]}

    def key(line: Line) -> str:
        return re.sub(r"\d+", "#", " ".join(line.text.split()))

    seen = Counter(name for page in pages for name in {key(line) for line in edges(page)})
    repeated = {name for name, number in seen.items() if number > 1 and number >= len(pages) / 2}
    for page in pages:
        edge = edges(page)
        yield [
            line
            for line in page
            if not (line in edge and (key(line) in repeated or NUMBER_ALONE.match(line.text.strip())))
        ]


def _parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph."""
    gaps = [
        round(above.base - line.base, 1)
        for above, line in pairwise(lines)
        if above.page == line.page and 0 < above.base - line.base < 4 * line.size
    ]
    pitch = Counter(gaps).most_common(1)[0][0] if gaps else 0.0
    pitch = min(pitch, median(gaps)) if gaps else 0.0
    right = sorted(line.right for line in lines)[int(len(lines) * 0.9)]
    part: list[Line] = []
    for line in lines:
        if part and _begins(part, line, pitch, right):
            yield part
            part = []
        part.append(line)
    yield part


def _begins(part: Sequence[Line], line: Line, pitch: float, right: float) -> bool:
    """Whether a line begins a paragraph after those of `part`."""
    above = part[-1]
    if abs(line.size - above.size) > 0.08 * above.size or MARK.match(line.text.strip()):
        return True
    is_short = above.right < right - 0.12 * (right - above.left)
    is_end = above.text.rstrip().endswith(ENDS)
    drop = above.base - line.base
    if line.page != above.page or drop <= 0:  # another page or column
        return is_end and is_short
    if drop > 1.25 * pitch + 0.5:
        return True
    listed = bool(MARK.match(part[0].text.strip()))
    is_indented = 0.6 * line.size < line.left - above.left < 6 * line.size and not listed
    return (is_indented and len(part) > 1) or (is_end and is_indented) or (is_end and is_short and len(part) > 1)


def _paragraph(part: Sequence[Line], body: float) -> Paragraph:
    """Lines joined, without the hyphens of divided words; `body` is the size of most type."""
    texts = [""]
    for line in part:
        words = " ".join(line.text.split("\0")).strip()
        is_divided = DIVIDED.search(texts[-1]) and words[:1].islower()
        texts[-1] = DIVIDED.sub("", texts[-1]) if is_divided else f"{texts[-1]} "
        texts.append(words)
    text = one_line("".join(texts))
    heading = part[0].size > 1.15 * body and len(part) < 4
    return replace(Paragraph(text, listed=bool(MARK.match(text))), heading=heading)
