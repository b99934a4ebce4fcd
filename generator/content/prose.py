"""Markdown prose, checked node by node.

In: the Markdown of one prose field. Out: a `Prose`, a tree of a few kinds of node that both the screen and the paper can draw,
or every fault in it. The tree comes from Python-Markdown's own, so that site and booklet cannot disagree. What an author may not
use in a field (headings, HTML, attribute lists, reference definitions, images) is refused here with its line.

Kinds of node: blocks are `paragraph`, `bullets`, `numbers` (of `item`), `quote`, `table` (of `row`, of `heading` or `cell`) and
`code_block`; inline are `text`, `emphasis`, `strong`, `link` and `code`. An `item` and a `quote` hold blocks.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import markdown
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER_RE, STX

INLINE = {"em": "emphasis", "strong": "strong", "a": "link", "code": "code"}
BLOCK = {
    "p": "paragraph",
    "ul": "bullets",
    "ol": "numbers",
    "blockquote": "quote",
    "table": "table",
    "pre": "code_block",
}
REFUSED = {
    **dict.fromkeys(
        ("h1", "h2", "h3", "h4", "h5", "h6"), ("a heading", "the page makes the headings; write a paragraph")
    ),
    "hr": ("a rule", "leave the line out"),
    "img": ("an image", "images belong on free pages"),
}
NO_FOOTNOTE = ("a footnote", "write what it says into the text")
CROSSING = re.compile(r"(?<![*_])[*_](?![*_\s])[^\s*_]*[*_]{2,}")
FENCED = re.compile(r"<pre><code(?: class=\"[^\"]*\")?>(.*)</code></pre>\Z", re.DOTALL)
ENTITY = re.compile(r"&(?:[A-Za-z0-9]+|#[0-9]+|#x[0-9A-Fa-f]+);\Z")
ATTRIBUTES = re.compile(r"\{:?[ ]*(?:[#.][\w-]+|[\w:-]+[ ]*=)[^}\n]*\}")
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
RULE = re.compile(r"^ {0,3}([-_*])(?: {0,2}\1){2,} {0,2}$", re.MULTILINE)
WEB = re.compile(r"https?://[^\s<>\"'`{}|\\^]+\Z", re.IGNORECASE)
MAIL = re.compile(r"mailto:[^\s<>\"'`{}|\\^@]+@[^\s<>\"'`{}|\\^@]+\Z", re.IGNORECASE)
DEEPEST = 24
NESTED = f"something nested more than {DEEPEST // 2} levels deep"
LONGEST = 10_000  # characters of a field
MOST_LINES = 1_000
MOST_WAITING = 20  # signs that begin something and are not ended yet
ENDED_BY = {"[": "]", "](": ")", "<": ">"}
OPENING = re.compile(r"\]\(|[\[\])<>]")
MOST_FAULTS = 20  # that are told of one text
MARK = re.compile(r"(?:>|[-+*](?=[ \t])|[0-9]{1,9}\.(?=[ \t]))[ \t]{0,4}")
INSIDE = re.compile(r"[a-z]+/[a-z0-9-]+\Z")
PLAIN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00a0-\u024f ,;:'’“”–?!.()/%…-]*\Z")
# What means something in Markdown but for stars, and what does at the beginning of a line.
SIGNS = re.compile(r"[\\`_\[\]<>&#|~{}\x00-\x09\x0b-\x1f\x7f-\x9f]|^(?:[^\S\n]|[\d=:+-])", re.MULTILINE)
STRESSED = re.compile(r"\*\*(?!\s)([^*]+)(?<!\s)\*\*|\*(?!\s)([^*]+)(?<!\s)\*")


@dataclass(frozen=True, slots=True)
class Node:
    """One node: `text` for text and code, `to` for links, `children` for the rest."""

    kind: str
    text: str = ""
    to: str = ""
    children: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Prose:
    """A prose field: `source` as its author typed it, and its blocks."""

    source: str
    blocks: tuple[Node, ...]

    def links(self) -> tuple[str, ...]:
        """Where its links go."""
        return tuple(node.to for block in self.blocks for node in block.walk() if node.kind == "link")

    def plain(self) -> str:
        """Its words without any markup, on one line."""
        return " ".join(_words(block) for block in self.blocks)


@dataclass(frozen=True)
class Fault:
    """What an author may not use; `line` counts from 1 within the field."""

    message: str
    help: str
    line: int = 1


def snarled(source: str, most: int) -> Fault | None:
    """A text that Markdown's parser would take too long for: longer than `most` characters, nested too deep, or with too many signs that
    begin something and do not end it. The parser looks for the end of each through all of its paragraph, and calls itself for a level."""
    if len(source) > most:
        what = f"this text has {len(source):,} characters, and at most {most:,} can be read"
        return Fault(what, "say it in fewer words, or make several texts of it")
    if source.count("\n") >= MOST_LINES * most // LONGEST:
        what = f"this text has {source.count(chr(10)) + 1:,} lines, and at most {MOST_LINES * most // LONGEST:,} can be read"
        return Fault(what, "say it in fewer words, or make several texts of it")
    waiting = dict.fromkeys(ENDED_BY, 0)
    for number, line in enumerate(source.split("\n"), 1):
        if _levels(line) > DEEPEST // 2:
            return Fault(f"{NESTED} cannot stand here", "make it flatter", number)
        if not line.strip():
            waiting |= {"[": 0, "](": 0}  # what is open ends with its paragraph
        for found in OPENING.finditer(line):
            sign = found[0]
            for begin, end in ENDED_BY.items():
                waiting[begin] += (sign == begin) - (end in sign and waiting[begin] > 0)
            if waiting.get(sign, 0) > MOST_WAITING:
                what = f"more than {MOST_WAITING} times `{sign}` stands here without `{ENDED_BY[sign]}`"
                return Fault(what, "close them, or put a backslash before each", number)
    return None


def _levels(line: str) -> int:
    """How deep lists and quotes are nested at the beginning of a line, judged by its marks and its indent."""
    levels = 0
    rest = line.lstrip(" \t")
    indent = (len(line) - len(rest)) // 2
    while match := MARK.match(rest):
        levels += 1
        rest = rest[match.end() :]
        if levels > DEEPEST:
            break
    return levels + indent // 2 if levels else 0


def parse(source: str) -> tuple[Prose | None, list[Fault]]:
    """Read one prose field: the prose, or the faults that stand in its way."""
    above = len(source) - len(source.lstrip("\n"))
    source = source.strip("\n").rstrip()
    seen = _seen(source)
    if seen is not None:
        return Prose(source, seen), []
    tangled = snarled(source, LONGEST)
    if tangled:
        return None, [replace(tangled, line=tangled.line + above)]
    reader = _Reader(source)
    try:
        blocks = reader.blocks()
    except RecursionError:
        return None, [Fault(f"{NESTED} cannot stand here", "make it flatter", 1 + above)]
    if reader.faults:
        return None, [replace(fault, line=fault.line + above) for fault in reader.faults]
    return Prose(source, blocks), []


def _seen(source: str) -> tuple[Node, ...] | None:
    """The blocks of a text that has nothing but paragraphs, with words in *emphasis* or in **strong**: what Markdown's parser would make
    of it can be seen at once. None for any other text; a test holds the two against each other."""
    if not source or len(source) > LONGEST or source.count("\n") >= MOST_LINES:
        return None
    if PLAIN.match(source):
        return (Node("paragraph", children=(Node("text", source),)),)
    if SIGNS.search(source):
        return None
    found = []
    for paragraph in re.split(r"\n{2,}", source):
        inline = _stressed(paragraph)
        if inline is None:
            return None
        found.append(Node("paragraph", children=tuple(inline)))
    return tuple(found)


def _stressed(paragraph: str) -> list[Node] | None:
    """The words of a paragraph that has no signs but stars; None where a star is left over, or stands beside another pair."""
    if "*" not in paragraph:
        return [Node("text", " ".join(paragraph.split()))]
    texts = STRESSED.split(paragraph)
    inline = []
    for at in range(0, len(texts), 3):
        text, *marked = texts[at : at + 3]
        if "*" in text or not (text or at in (0, len(texts) - 1)):
            return None
        inline.append(Node("text", re.sub(r"\s+", " ", text)))
        for kind, words in zip(("strong", "emphasis"), marked, strict=False):
            if words:
                inline.append(Node(kind, children=(Node("text", " ".join(words.split())),)))
    return _tidy(inline)


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for child in node.children), default=0)


def is_web_address(text: str) -> bool:
    """Whether a text is an http(s) address that can be linked to."""
    try:
        return bool(WEB.match(text)) and bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _words(node: Node) -> str:
    if node.kind in ("text", "code", "code_block"):
        return node.text
    inline = node.kind in ("paragraph", "emphasis", "strong", "link", "heading", "cell")
    return ("" if inline else " ").join(_words(child) for child in node.children)


@cache
def _parser() -> markdown.Markdown:
    """Made once, and when the first text needs it."""
    parser = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists"])
    parser.treeprocessors.deregister("prettify")
    return parser


class _Reader:
    """Turns Python-Markdown's element tree of one field into nodes, and notes what is refused."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.told: set[tuple[str, str]] = set()  # what is refused, and near which words
        self.markdown = _parser().reset()

    def blocks(self) -> tuple[Node, ...]:
        lines = self.source.split("\n")
        for preprocessor in self.markdown.preprocessors:
            lines = preprocessor.run(lines)
        root: Any = self.markdown.parser.parseDocument(lines).getroot()
        for treeprocessor in self.markdown.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        for name in self.markdown.references:
            if name.startswith("^"):
                self.refuse(*NO_FOOTNOTE, f"[{name}]:")
            else:
                self.refuse("a reference definition", "write the link in place: [text](https://...)", f"[{name}]:")
        blocks = tuple(self.block_children(root))
        if any(_depth(block) > DEEPEST for block in blocks):
            self.refuse(NESTED, "make it flatter")
        return blocks

    def refuse(self, what: str, help: str, near: str = "") -> None:
        """Note a fault at the first line that holds `near` (case does not count)."""
        near = near.strip().split("\n")[0][:40].lower()
        if (what, near) in self.told or len(self.told) >= MOST_FAULTS:
            return
        self.told.add((what, near))
        lines = [number for number, line in enumerate(self.source.lower().split("\n"), 1) if near and near in line]
        fault = Fault(f"{what} cannot stand in a field of an item", help, lines[0] if lines else 1)
        if fault not in self.faults:
            self.faults.append(fault)

    def block_children(self, element: Element) -> Iterator[Node]:
        """Blocks below an element; runs of inline content between them become paragraphs."""
        inline: list[Node] = list(self.text(element.text))
        for child in element:
            if child.tag in BLOCK or (child.tag in REFUSED and child.tag != "img"):
                yield from self.paragraph(inline)
                inline = []
                yield from self.block(child)
            else:
                inline += self.inline(child)
            inline += self.text(child.tail)
        yield from self.paragraph(inline)

    def paragraph(self, inline: list[Node]) -> Iterator[Node]:
        inline = _tidy(inline)
        if inline:
            yield Node("paragraph", children=tuple(inline))

    def block(self, element: Element) -> Iterator[Node]:
        tag = str(element.tag)
        if tag in REFUSED:
            what, help = REFUSED[tag]
            rule = RULE.search(self.source) if tag == "hr" else None
            self.refuse(what, help, rule.group(0) if rule else "".join(element.itertext()))
        elif tag == "p":
            code = self.stashed_code(element.text or "")
            if code is not None and len(element) == 0:
                yield Node("code_block", code)
            else:
                yield from self.block_children(element)
        elif tag == "pre":
            yield Node("code_block", html.unescape("".join(element.itertext())).rstrip("\n"))
        elif tag in ("ul", "ol"):
            items = tuple(Node("item", children=tuple(self.block_children(item))) for item in element)
            if not all(item.children for item in items):
                self.refuse("an empty entry of a list", "write something there, or delete it")
            if len(element.get("start", "")) > 4:
                self.refuse("so large a number at the start of a list", "start at 1", element.get("start", ""))
            if any(node.kind in ("code_block", "table") for item in items for node in item.walk()):
                self.refuse(
                    "a code block or table inside a list", "put it after the list", "".join(element[0].itertext())
                )
            yield Node(BLOCK[tag], text=element.get("start", ""), children=items)
        elif tag == "table":
            yield Node("table", children=tuple(self.row(row) for row in element.iter("tr")))
        else:
            quote = Node(BLOCK[tag], children=tuple(self.block_children(element)))
            if any(node.kind == "code_block" for node in quote.walk()):
                self.refuse("a code block inside a quote", "put it after the quote", "".join(element.itertext()))
            yield quote

    def row(self, element: Element) -> Node:
        kinds = {"th": "heading", "td": "cell"}
        return Node(
            "row", children=tuple(Node(kinds[str(cell.tag)], children=tuple(self.inlines(cell))) for cell in element)
        )

    def inlines(self, element: Element) -> list[Node]:
        found = list(self.text(element.text))
        for child in element:
            found += self.inline(child)
            found += self.text(child.tail)
        return _tidy(found)

    def inline(self, element: Element) -> list[Node]:
        tag = str(element.tag)
        if tag == "br":
            return [Node("text", " ")]
        if tag == "code":
            return [Node("code", html.unescape("".join(element.itertext())))]
        if tag == "a":
            return [self.link(element)]
        if tag in INLINE:
            return [Node(INLINE[tag], children=tuple(self.inlines(element)))]
        what, help = REFUSED.get(tag, ("HTML", "write it as plain words"))
        self.refuse(what, help, element.get("alt") or "".join(element.itertext()))
        return []

    def link(self, element: Element) -> Node:
        to = html.unescape((element.get("href") or "").replace(AMP_SUBSTITUTE, "&"))
        if element.get("title") is not None:
            self.refuse("a link's title", "write the title into the text of the link", to)
        if not (is_web_address(to) or MAIL.match(to) or INSIDE.match(to)) and len(self.faults) < MOST_FAULTS:
            self.faults.append(
                Fault(
                    f"a link cannot go to `{to if len(to) < 100 else to[:99] + '…'}`",
                    "link to https://..., to mailto:..., or to an item of the kit as in exercises/waiting-room-sort",
                    next((n for n, line in enumerate(self.source.split("\n"), 1) if to and to in line), 1),
                )
            )
        return Node("link", to=to, children=tuple(self.inlines(element)))

    def stashed_code(self, text: str) -> str | None:
        """The text of a fenced code block, when `text` is the placeholder of one."""
        match = HTML_PLACEHOLDER_RE.fullmatch(text.strip())
        if not match:
            return None
        fenced = FENCED.match(str(self.stash(match)))
        return html.unescape(fenced.group(1)).rstrip("\n") if fenced else None

    def stash(self, match: re.Match[str]) -> Any:
        stashed: Any = self.markdown.htmlStash.rawHtmlBlocks[int(match.group(1))]
        return stashed if isinstance(stashed, str) else "".join(stashed.itertext())

    def text(self, text: str | None) -> Iterator[Node]:
        """Plain text with entities read back. Raw HTML in it is refused."""
        if not text:
            return
        plain = HTML_PLACEHOLDER_RE.sub(self.unstash, text).replace(AMP_SUBSTITUTE, "&")
        plain = html.unescape(plain) if AMP_SUBSTITUTE in text else plain
        if STX in plain or ETX in plain:  # marks that overlap tear the parser's own placeholders apart
            mark = CROSSING.search(self.source)
            self.refuse(
                "emphasis that crosses another mark", "close each mark before the next", mark[0] if mark else ""
            )
            plain = ""
        found = ATTRIBUTES.search(plain)
        if found:
            self.refuse("an attribute list", "leave out what stands in braces", found.group(0))
        found = FOOTNOTE.search(plain)
        if found:
            self.refuse(*NO_FOOTNOTE, found.group(0))
        yield Node("text", re.sub(r"\s+", " ", plain))

    def unstash(self, match: re.Match[str]) -> str:
        stashed = str(self.stash(match))
        if ENTITY.match(stashed):
            return html.unescape(stashed)
        self.refuse("HTML", "write it as plain words; put code between `backticks`", stashed)
        return ""


def _tidy(inline: list[Node]) -> list[Node]:
    """Neighbouring texts joined, and white space at both ends taken off."""
    joined: list[Node] = []
    for node in inline:
        if node.kind == "text" and joined and joined[-1].kind == "text":
            joined[-1] = Node("text", re.sub(r"\s+", " ", joined[-1].text + node.text))
        else:
            joined.append(node)
    if joined and joined[0].kind == "text":
        joined[0] = Node("text", joined[0].text.lstrip())
    if joined and joined[-1].kind == "text":
        joined[-1] = Node("text", joined[-1].text.rstrip())
    return [node for node in joined if node.kind != "text" or node.text]
