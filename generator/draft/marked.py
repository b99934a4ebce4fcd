"""Markdown: the blocks of Python-Markdown's tree become paragraphs, and front matter says title, author and date.

Only the blocks are read. Emphasis, links and HTML within them are taken off by hand: the library's patterns for them take too long on a
text that was made to be slow.
"""

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

import markdown

from generator.draft.article import Article, Paragraph, made, one_line, within_bounds
from generator.draft.plain import decoded
from generator.errors import ToolError

FIELD = re.compile(r"(title|author|date)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
OF_YAML = re.compile(r"[\w-]+[ \t]*:|[ \t#\]}-]|$")  # how a line of front matter begins
FENCE = re.compile(r"[ ]{0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")
LONG_RUN = re.compile(r"([^\w\s])\1{5,}|[ \t]{20,}")
QUOTED = re.compile(r"^[ \t]{0,3}>[ \t>]*", re.MULTILINE)
ONE_MARK = r"(?:[-*+]|\d{1,9}[.)])[ \t]+"
MARKS = re.compile(rf"^([ \t]{{0,30}}{ONE_MARK})(?:{ONE_MARK})+", re.MULTILINE)
BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,100})\1")
LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\](?:\([^()\s]{0,500}(?:[ ]\"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,100}\])")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--[^<>]{0,2000}-->")
AUTO_LINK = re.compile(r"<(https?://[^<>\s]{1,500})>")
SIGNS = re.compile(r"(?<!\w)[*_~]{1,3}|[*_~]{1,3}(?!\w)|`|\\(?=[^\w\s])")
DEEPEST = 20
MOST_LINES = 30_000


def read(data: bytes) -> Article:
    """Read a file of Markdown. Raises `ToolError`."""
    text, notes = decoded(data)
    fields, body = _front_matter(text)
    lines = list(_without_code(body.split("\n")))
    within_bounds(len(text), sum(not line.strip() for line in _squeezed(lines)))
    safe = _safe("\n".join(_squeezed(lines)))
    parser = markdown.Markdown(tab_length=4)
    parser.preprocessors.deregister("html_block")
    parser.parser.blockprocessors.deregister("reference")
    root = parser.parser.parseDocument(safe.expandtabs(4).split("\n")).getroot()
    found = list(_paragraphs(root)) if root is not None else []
    title = fields.get("title") or next((one.text for one in found[:3] if one.heading), "")
    return Article(made(found), "sure", title, fields.get("author", ""), fields.get("date", ""), notes)


def _safe(text: str) -> str:
    """The same blocks without what makes them slow to tell apart: signs that are repeated many times, quotes and lists in each other."""
    if text.count("\n") > MOST_LINES:
        raise ToolError(f"this text has more than {MOST_LINES:,} lines; draft a part of it")
    return MARKS.sub(r"\1", QUOTED.sub("> ", LONG_RUN.sub(lambda match: match[0][:5], text)))


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields between the lines `---` at the top, and what comes after them."""
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines[:200]) if line.rstrip() in ("---", "...")]
    if len(ends) < 2 or ends[0] != 0 or not all(map(OF_YAML.match, lines[1 : ends[1]])):
        return {}, text
    found = (FIELD.match(line) for line in lines[1 : ends[1]])
    fields = {match[1].lower(): one_line(match[2]).strip("\"'[] ") for match in found if match}
    return fields, "\n".join(lines[ends[1] + 1 :])


def _without_code(lines: list[str]) -> Iterator[str]:
    """Lines outside of fenced code."""
    fence = ""
    for line in lines:
        found = FENCE.match(line)
        if found and not fence:
            fence = found[1]
            yield ""
        elif found and found[1].startswith(fence) and not found[2].strip():
            fence = ""
        elif not fence:
            yield line


def _squeezed(lines: list[str]) -> Iterator[str]:
    """No two empty lines in a row."""
    before = ""
    for line in lines:
        if line.strip() or before.strip():
            yield line if line.strip() else ""
        before = line


def _paragraphs(element: Element, depth: int = 0) -> Iterator[Paragraph]:
    """The blocks of a tree in the order of reading. An entry of a list holds its own text, then blocks."""
    if depth > DEEPEST or element.tag == "pre":
        return
    own = element.text or ""
    if own.strip():
        heading, listed = element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"), element.tag == "li"
        yield from _texts(own, heading, listed)
    for child in element:
        inner = _paragraphs(child, depth + 1)
        if element.tag == "li" and child.tag == "p":
            inner = (Paragraph(one.text, one.heading, True, one.bold) for one in inner)
        yield from inner
        if (child.tail or "").strip():
            yield from _texts(child.tail or "", False, False)


def _texts(text: str, heading: bool, listed: bool) -> Iterator[Paragraph]:
    text = text.strip()
    bold = BOLD.match(text)
    text = LINK.sub(r"\1", TAG.sub(" ", AUTO_LINK.sub(r"\1", text)))
    words = one_line(unescape(SIGNS.sub("", text)))
    yield Paragraph(words, heading, listed, one_line(bold[2]) if bold else "")
