"""Lines of a file with marks below them.

In: places of one file, each with a label. Out: numbered lines with carets, as a terminal of fixed width shows them: wide letters and emoji
take two columns, combining marks none, tabs and control characters one. Long lines are cut around what is marked.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.errors.problem import Place

Paint = Callable[[str, str], str]  # a text and what it is ("error", "line", "help", ...) -> the text as it is shown

WIDEST = 120  # columns of a line
BEFORE = 60  # columns kept in front of a mark in a long line
NEAR = 1000  # characters of a line, before and behind a mark, that are looked at
MOST_BELOW = 3  # lines that a fault covers, as many as are shown besides the first
JOINER, EMOJI_FORM = "\u200d", "\ufe0f"
LEFT_TO_RIGHT, FIRST_STRONG, END = (
    "\u2066",
    "\u2068",
    "\u2069",
)  # isolates: what is between them turns nothing around them


@dataclass(frozen=True)
class Mark:
    """A place to be marked with `sign`: `^` where the fault is, `-` at the other place."""

    place: Place
    label: str
    sign: str = "^"


def plain(text: str, _: str) -> str:
    """Paint nothing."""
    return text


def cells(text: str) -> list[tuple[str, int]]:
    """Each character as it is shown, and how many columns it takes: the rules of East Asian Width (Unicode annex 11) and of emoji
    sequences (Unicode technical standard 51)."""
    found: list[tuple[str, int]] = []
    before, flags = "", 0
    for sign in text:
        flags = flags + 1 if "\U0001f1e6" <= sign <= "\U0001f1ff" else 0
        if before == JOINER or "\U0001f3fb" <= sign <= "\U0001f3ff" or (flags and flags % 2 == 0):
            found.append((sign, 0 if found else 2))
        elif flags:
            found.append((sign, 2))
        elif sign == EMOJI_FORM and found:
            missing = 2 - found[-1][1] if found[-1][1] == 1 else 0
            found.append((sign, missing))
        else:
            found.append(_cell(sign))
        before = sign
    return found


def _cell(sign: str) -> tuple[str, int]:
    if sign in (JOINER, "\u200c"):
        return sign, 0
    if not sign.isprintable():
        return " ", 1
    if unicodedata.category(sign) in ("Mn", "Me") or "\u1160" <= sign <= "\u11ff":
        return sign, 0
    return sign, 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def turns(text: str) -> bool:
    """Whether some of a text runs from right to left."""
    return any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in text)


def excerpt(marks: Sequence[Mark], margin: int, paint: Paint = plain, colour: str = "error") -> list[str]:
    """The lines of one file that are marked, in their order, with `...` where some between them are left out; `margin` is the width of
    the line numbers."""
    rows: dict[int, str] = {}
    marked: dict[int, list[Mark]] = {}
    for mark in marks:
        place = mark.place
        for number, text in _around(place):
            rows.setdefault(number, text)
        rows[place.line] = place.text
        marked.setdefault(place.line, []).append(mark)
        if place.below:
            marked.setdefault(place.line + len(place.below), []).append(_end(mark))
    lines = [paint(f"{'':{margin}} |", "line")]
    before = 0
    for number in sorted(rows):
        if before and number != before + 1:
            lines.append(paint(f"{'':{margin}} ...", "line"))
        lines += _row(number, rows[number], marked.get(number, []), margin, paint, colour)
        before = number
    return lines


def _around(place: Place) -> Iterator[tuple[int, str]]:
    yield from enumerate(place.above, place.line - len(place.above))
    below = list(enumerate(place.below, place.line + 1))
    yield from below if len(below) <= MOST_BELOW else [*below[: MOST_BELOW - 1], below[-1]]


def _end(mark: Mark) -> Mark:
    """The mark of the last line that a fault covers."""
    text = mark.place.below[-1]
    indent = len(text) - len(text.lstrip())
    place = Place(mark.place.file, 1, indent + 1, max(1, len(text.rstrip()) - indent), text)
    return Mark(place, "to here", mark.sign)


def _row(number: int, text: str, marks: Sequence[Mark], margin: int, paint: Paint, colour: str) -> Iterator[str]:
    """A numbered line, and a line below it for each mark."""
    column = marks[0].place.column - 1 if marks else 0
    cut = max(0, column - NEAR)  # what is far away is not even looked at
    drawn = cells(text[cut : column + NEAR])
    first, last = _window(drawn, column - cut)
    shown = "".join(sign for sign, _ in drawn[first:last])
    shown = f"{LEFT_TO_RIGHT}{shown}{END}" if turns(shown) else shown
    shown = f"{'…' if cut + first else ''}{shown}{'…' if cut + last < len(text) else ''}"
    blank = paint(f"{'':{margin}} |", "line")
    yield f"{paint(f'{number:>{margin}} |', 'line')} {shown}".rstrip()
    for mark in marks:
        start = min(max(mark.place.column - 1 - cut, first), last)
        end = min(max(start, mark.place.column - 1 - cut + mark.place.length), last)
        at = sum(width for _, width in drawn[first:start]) + bool(cut + first)
        long = max(1, sum(width for _, width in drawn[start:end]))
        what = f"{mark.sign * long} {mark.label}".rstrip()
        yield f"{blank} {' ' * at}{paint(what, colour if mark.sign == '^' else 'line')}"


def _window(drawn: Sequence[tuple[str, int]], at: int) -> tuple[int, int]:
    """Which characters of a long line are shown, so that the one at `at` is among them."""
    if sum(width for _, width in drawn) <= WIDEST:
        return 0, len(drawn)
    first, columns = min(at, len(drawn)), 0
    while first > 0 and columns < BEFORE:
        first -= 1
        columns += drawn[first][1]
    first = first if columns >= BEFORE and first > 0 else 0
    last, columns = first, 0
    while last < len(drawn) and columns + drawn[last][1] <= WIDEST - 2:
        columns += drawn[last][1]
        last += 1
    return first, last
