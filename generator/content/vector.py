"""Drawings (SVG): read as XML, and refused when they do more than draw.

In: the bytes of a file. Out: every fault with its line: scripts, event handlers, HTML inside, addresses outside the file, entities, and
copies of copies that would never end. What it looks like is not asked.
"""

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NoReturn
from xml.parsers import expat

from generator.errors import Place, Problem

# Elements that run something, or show what is not a drawing (SVG 2; HTML Standard).
RUNNING = {"script", "handler", "listener", "foreignobject", "iframe", "object", "embed", "audio", "video", "canvas"}
OWN = re.compile(r"\s*(#|data:image/(png|jpe?g|gif|webp);base64,)", re.IGNORECASE)
ADDRESS = re.compile(r"(?:url\(|(?=image-set\())\s*[\"']?\s*([^)\"']{0,200})", re.IGNORECASE)
LEADS_OUT = re.compile(r"@import|expression\s*\(|-moz-binding|\\", re.IGNORECASE)
HTML = "http://www.w3.org/1999/xhtml"
DEEPEST = 200
MOST_SHAPES = 100_000
MOST_FAULTS = 10


class _StopError(Exception):
    """Reading stops here; the problem is noted already."""


def svg_faults(file: str, data: bytes) -> list[Problem]:
    """The faults of one drawing, in the order of its lines."""
    return _Reader(file, data).faults


class _Reader:
    def __init__(self, file: str, data: bytes) -> None:
        self.file, self.faults = file, list[Problem]()
        self.lines = re.split(r"\r\n|\r|\n", data.decode("utf-8-sig", "replace"))
        self.open: list[tuple[str, str | None]] = []
        self.styles: list[str] = []
        self.shapes: dict[str | None, int] = {None: 0}
        self.copies: dict[str | None, list[str]] = {None: []}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.read(data)

    def read(self, data: bytes) -> None:
        try:
            if not data.strip():
                self.stop("broken-image", "this image is an empty file", "save it again, or delete it")
            self.parser.Parse(data, True)
            if not self.faults and self.expanded() > MOST_SHAPES:
                self.refuse("its copies of copies (`<use>`) never come to an end, or are far too many")
        except expat.ExpatError as error:
            what = f"this image is no SVG: {expat.errors.messages.get(error.code, 'it cannot be read')}"
            at = (error.lineno, error.offset + 1)
            self.note("broken-image", what, "open it in a drawing program, and save it anew as plain SVG", at)
        except _StopError:
            pass

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        if not self.open and name != "svg":
            help = "open it in a drawing program, and save it anew as plain SVG"
            self.stop("broken-image", f"this image is no SVG: it begins with `<{tag[:40]}>`", help)
        if len(self.open) > DEEPEST:
            self.stop("unsafe-image", f"this drawing is nested more than {DEEPEST} levels deep")
        if name in RUNNING or (self.open and self.open[-1][0] == "style"):
            self.refuse(f"a drawing may not hold `<{tag[:40]}>`")
        for attribute, value in attributes.items():
            self.attribute(attribute, value)
        self.count(name, attributes)
        self.open.append((name, attributes.get("id")))

    def attribute(self, attribute: str, value: str) -> None:
        name = attribute.rpartition(":")[2].lower()
        if name.startswith("on"):
            self.refuse(f"a drawing may not run `{attribute[:40]}`")
        elif name in ("href", "src", "data", "action", "formaction", "ping") and value.strip() and not OWN.match(value):
            self.refuse(f"a drawing may not lead out of its file, as `{value[:60]}` does")
        elif name == "attributename" and value.rpartition(":")[2].lower().startswith(("href", "on")):
            self.refuse(f"a drawing may not change `{value[:40]}`")
        elif name == "base" or (name == "style" and LEADS_OUT.search(value)):
            self.refuse(f"a drawing may not hold `{attribute[:40]}={value[:40]}`")
        elif attribute.startswith("xmlns"):
            if value == HTML:
                self.refuse("a drawing may not hold HTML")
        elif "\\" in value and "(" in value and ":" not in attribute:
            self.refuse(f"a drawing may not hold `{attribute[:40]}={value[:40]}`")
        else:
            self.style(value)

    def style(self, text: str) -> None:
        """Styles stand in `<style>`, in `style`, and in attributes such as `fill`."""
        for found in ADDRESS.finditer(text):
            if not OWN.match(found[1]):
                self.refuse(f"a drawing may not lead out of its file, as `{found[1][:60]}` does")

    def text(self, text: str) -> None:
        if self.open and self.open[-1][0] == "style":
            self.styles.append(text)

    def end(self, _: str) -> None:
        self.open.pop()
        text = "".join(self.styles)
        self.styles.clear()
        self.style(text)
        if found := LEADS_OUT.search(text):
            self.refuse(f"the styles of a drawing may not hold `{found[0]}`")

    def doctype(self, _: str, __: str | None, ___: str | None, has_internal_subset: bool) -> None:
        """A plain `<!DOCTYPE svg ...>` of older programs says nothing; with a part of its own it may define anything."""
        if has_internal_subset:
            self.stop("unsafe-image", "a drawing may not define entities (`<!DOCTYPE ... [`)")

    def instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            self.refuse("a drawing may not fetch styles (`<?xml-stylesheet`)")

    def count(self, name: str, attributes: Mapping[str, str]) -> None:
        """How much is drawn below each id, and which ids are drawn again there."""
        id = attributes.get("id")
        target = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "href"), "")
        owners = {None, id, *(one for _, one in self.open)}
        for owner in owners:
            self.shapes[owner] = self.shapes.get(owner, 0) + 1
            copies = self.copies.setdefault(owner, [])
            if name == "use" and target.startswith("#") and len(copies) <= MOST_SHAPES:
                copies.append(target[1:])

    def expanded(self) -> int:
        """How many shapes are drawn when every copy is; more than any limit for copies that hold themselves."""
        try:
            order = list(TopologicalSorter({owner: set(ids) for owner, ids in self.copies.items()}).static_order())
        except CycleError:
            return MOST_SHAPES + 1
        total: dict[str | None, int] = {}
        for owner in order:
            below = sum(total.get(id, 0) for id in self.copies.get(owner, []))
            total[owner] = min(self.shapes.get(owner, 0) + below, MOST_SHAPES + 1)
        return total.get(None, 0)

    def refuse(self, message: str) -> None:
        """Note something that a drawing may not do."""
        help = "open it in a drawing program, and save it as plain SVG, or as PNG"
        self.note("unsafe-image", message, help, (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1))
        if len(self.faults) >= MOST_FAULTS:
            raise _StopError

    def stop(self, code: str, message: str, help: str = "save it as plain SVG, or as PNG") -> NoReturn:
        """Note something after which the rest is not read."""
        self.note(code, message, help, (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1))
        raise _StopError

    def note(self, code: str, message: str, help: str, at: tuple[int, int]) -> None:
        line = min(max(at[0], 1), len(self.lines))
        text = self.lines[line - 1]
        column = min(max(at[1], 1), len(text) + 1)
        shown = text if len(text) < 2000 else ""
        self.faults.append(Problem(code, message, Place(self.file, line, column, 1, shown), help=help))
