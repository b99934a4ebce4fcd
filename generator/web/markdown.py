"""Nodes and plain text become Markdown that means exactly what was typed.

In: prose nodes, or plain text of an author's. Out: `Markdown`, text that is safe on a page: whatever could be read as Markdown or
HTML is escaped. Pages are made of `Markdown` only; templates escape everything else (see `pages.py`).
"""

import html
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from generator.content.prose import Node, Prose

LinkTo = Callable[[str], str]
SIGNS = {sign: f"\\{sign}" for sign in "\\`*_[{}|"} | {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "]": "&#93;",
    "~": "&#126;",
    "^": "&#94;",
}
SIGN = re.compile(f"[{re.escape(''.join(SIGNS))}]")
LEADING = re.compile(r"[#+\-=:!?]|[0-9]+(?=[.)])")  # would begin a heading, a list, a definition ...
TRAILING = "#!"  # would end a heading, or make an image of the link that follows


class Markdown(str):
    """Text that is Markdown already, and is not escaped again."""

    __slots__ = ()


@lru_cache(maxsize=20_000)
def escape(text: str) -> Markdown:
    """Plain text as inline Markdown that shows it as typed. Most texts stand on many pages."""
    begin, first, end, last = "", 0, "", len(text)
    if start := LEADING.match(text):
        first = start.end() + 1 if text[0].isdigit() else 1
        begin = f"{text[: first - 1]}&#{ord(text[first - 1])};"
    if first < last and text[-1] in TRAILING:
        last -= 1
        end = f"&#{ord(text[-1])};"
    return Markdown(begin + SIGN.sub(_escaped, text[first:last]) + end)


def _escaped(sign: re.Match[str]) -> str:
    return SIGNS[sign[0]]


def attribute(text: str) -> Markdown:
    """Plain text as the value of an attribute in quotes, or as the text of an HTML element: braces there could be an attribute list."""
    return Markdown(html.escape(text, quote=True).replace("{", "&#123;").replace("}", "&#125;"))


def blocks(prose: Prose, link: LinkTo) -> Markdown:
    """Prose as block Markdown."""
    return Markdown("\n\n".join(_block(node, link) for node in prose.blocks))


def inline(prose: Prose, link: LinkTo) -> Markdown:
    """Prose as one run of inline Markdown, its paragraphs joined by spaces; for headings, list entries and table cells."""
    return Markdown(" ".join(_flat(node, link) for node in prose.blocks))


def _flat(node: Node, link: LinkTo) -> str:
    if node.kind == "paragraph":
        return _inline(node.children, link)
    if node.kind == "code_block":
        return _code(" ".join(node.text.split()))
    return " ".join(_flat(child, link) for child in node.children) if node.children else ""


def _block(node: Node, link: LinkTo) -> str:
    match node.kind:
        case "paragraph":
            return _inline(node.children, link)
        case "bullets" | "numbers":
            return _list(node, link)
        case "quote":
            inner = "\n\n".join(_block(child, link) for child in node.children)
            return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
        case "table":
            return _table(node, link)
        case "code_block":
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", node.text)), default=0))
            return f"{fence}\n{node.text}\n{fence}"
    raise ValueError(f"unknown node: {node.kind}")


def _list(node: Node, link: LinkTo) -> str:
    entries = []
    for number, item in enumerate(node.children, int(node.text or 1)):
        mark = "-" if node.kind == "bullets" else f"{number}."
        inner = "\n\n".join(_block(child, link) for child in item.children).split("\n")
        entries.append("\n".join([f"{mark:<4}{inner[0]}".rstrip(), *(f"    {line}".rstrip() for line in inner[1:])]))
    loose = any(len(item.children) > 1 for item in node.children)
    return ("\n\n" if loose else "\n").join(entries)


def _table(node: Node, link: LinkTo) -> str:
    lines = []
    for number, row in enumerate(node.children):
        lines.append("| " + " | ".join(_inline(cell.children, link) for cell in row.children) + " |")
        if number == 0:
            lines.append("|" + " --- |" * len(row.children))
    return "\n".join(lines)


def _inline(nodes: tuple[Node, ...], link: LinkTo) -> str:
    return "".join(_span(node, link) for node in nodes)


def _span(node: Node, link: LinkTo) -> str:
    match node.kind:
        case "text":
            return escape(node.text)
        case "code":
            return _code(node.text)
        case "emphasis":
            return f"<em>{_inline(node.children, link)}</em>"
        case "strong":
            return f"<strong>{_inline(node.children, link)}</strong>"
        case "link":
            return f"[{_inline(node.children, link)}]({_address(link(node.to))})"
    raise ValueError(f"unknown node: {node.kind}")


def _address(to: str) -> str:
    """An address as the target of a link: what could end the link, or begin anything else, is percent-encoded."""
    return re.sub(r"[^A-Za-z0-9._~:/?#@!$&+,;=%-]", lambda sign: quote(sign[0]), to)


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"
