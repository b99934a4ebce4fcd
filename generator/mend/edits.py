"""Changes of a text at places that problems name.

In: a text as its file holds it, with its own line ends, and places by line and column. Out: the changed text, all else of it byte for byte.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.errors import Place

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, order=True)
class Edit:
    """The characters from `start` up to `end` (both from 0) become `new`."""

    start: int
    end: int
    new: str


class Text:
    """A text, and where its lines begin, as editors count them."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = [(match.start(), match.end()) for match in LINE_END.finditer(text)]
        first = 1 if text.startswith("\ufeff") else 0  # a mark of the encoding is no column
        self.starts = [first, *(end for _, end in ends)]
        self.ends = [*(start for start, _ in ends), len(text)]

    def line(self, number: int) -> str:
        """A line without its end; empty when there is none of this number."""
        return self.text[self.starts[number - 1] : self.ends[number - 1]] if 1 <= number <= len(self.starts) else ""

    def at(self, place: Place) -> str:
        """What stands at a place."""
        return self.line(place.line)[place.column - 1 : place.column - 1 + place.length]

    def edit(self, line: int, column: int, length: int, new: str) -> Edit:
        """The edit that puts `new` at a line and a column, in place of so many characters."""
        start = self.starts[line - 1] + column - 1
        return Edit(start, start + length, new)

    def line_of(self, offset: int) -> int:
        """In which line a character stands."""
        return next(number for number, end in enumerate(self.ends, 1) if offset <= end)

    def changed(self, edits: Iterable[Edit]) -> str:
        """The text with all edits made; of two that touch the same characters, the first alone."""
        parts, done = [], 0
        for edit in sorted(set(edits)):
            if edit.start >= done:
                parts += [self.text[done : edit.start], edit.new]
                done = edit.end
        return "".join([*parts, self.text[done:]])
