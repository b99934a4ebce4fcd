"""Plain text: bytes become lines, and lines become paragraphs.

Where lines are as long as they come, each is a paragraph. Where they are broken at a margin, a paragraph goes to the next empty line.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.draft.article import Article, Paragraph, Sureness, made, one_line, within_bounds
from generator.errors import ToolError

MARK = re.compile(r"(?:[-*•–]|\d{1,3}[.)]|[a-zA-Z][.)])[ \t]+(?=\S)")
WIDEST = 120  # signs; lines that are longer were not broken at a margin
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, with line ends as `\\n`, and a note where the encoding is a guess. Raises `ToolError` for what is no text."""
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), "utf-8")
    notes: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise ToolError("this file says that it is UTF-16, and is not; save it as UTF-8") from None
        text = data.decode("cp1252", "replace")
        notes = ("it is not saved as UTF-8; read as Windows-1252, which is a guess: look at letters with accents",)
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    strange = sum(not sign.isprintable() for sign in text) - text.count("\n") - text.count("\t")
    if "\0" in text or strange + text.count("\ufffd") > len(text) // 50 + 5:
        raise ToolError("this is not a text; save the article as .txt, .md, .html or .pdf")
    return text, notes


def read(data: bytes) -> Article:
    """Read a text file. Raises `ToolError`."""
    text, notes = decoded(data)
    within_bounds(len(text), 0)
    blocks = list(_blocks(text.split("\n")))
    if not _is_broken(blocks):
        found = [_paragraph(line) for block in blocks for line in block]
        return Article(made(found), _sureness(blocks), notes=notes)
    found = [_paragraph(" ".join(lines)) for block in blocks for lines in _parts(block)]
    notes += ("its lines are broken at a margin; they were joined up to the next empty line",)
    return Article(made(found), "fairly sure" if len(blocks) > 2 else "a guess", notes=notes)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines up to the next empty line."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield block
            block = []


def _is_broken(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether lines end where the next word would not have fitted within the margin."""
    pairs = [(line, following) for block in blocks for line, following in pairwise(block)]
    widest = max((len(line) for block in blocks for line in block), default=0)
    if len(pairs) < 3 or widest > WIDEST:
        return False
    full = sum(len(line) + 1 + len(following.split()[0]) > widest * 0.94 for line, following in pairs)
    return full >= 0.6 * len(pairs)


def _parts(block: Sequence[str]) -> Iterator[list[str]]:
    """The paragraphs of a block of broken lines: an entry of a list, and a line that is indented more than those around it, begin anew."""
    indents = [len(line) - len(line.lstrip()) for line in block]
    part: list[str] = []
    for line, indent in zip(block, indents, strict=True):
        first = 2 <= indent <= 12 and indent > min(indents) and not (part and MARK.match(part[0].lstrip()))
        if part and (MARK.match(line.lstrip()) or first):
            yield part
            part = []
        part.append(line)
    yield part


def _paragraph(line: str) -> Paragraph:
    text = one_line(line)
    return Paragraph(text, listed=bool(MARK.match(text)))


def _sureness(blocks: Sequence[Sequence[str]]) -> Sureness:
    apart = sum(len(block) == 1 for block in blocks)
    long = any(len(line) > WIDEST for block in blocks for line in block)
    return "sure" if long or apart >= 0.8 * len(blocks) else "fairly sure"
