"""The names of the people who come, as a spreadsheet saves them.

In: a CSV file, in UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs. Out: names in their order, or every fault with its line.
A header row with `name`, or with `first name` and `last name`, says where names stand; without one it is the first column.
"""

import codecs
import csv
import io
import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generator.content.source import HIDDEN
from generator.errors import KitError, Place, Problem, ToolError, did_you_mean

MOST = 1000  # people
LONGEST = 80  # characters of a name
LARGEST = 1_000_000  # bytes of a file
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how the files of spreadsheets begin, new and old
NO_TEXT = frozenset(map(chr, {*range(32)} - {9, 10, 12, 13})) | {"\ufffd"}  # characters of which a text has hardly any
HEADERS = ("name", "names", "full name")
FIRST = ("first name", "first names", "forename", "given name")
LAST = ("last name", "surname", "family name")
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # turn the direction of the text after them

Row = tuple[int, list[str]]  # the line on which it begins, from 1, and its cells


def read_names(
    path: Path,
    content: Path | None = None,
    tell: Callable[[Problem], None] = lambda _: None,
    shown: str | None = None,
) -> tuple[str, ...]:
    """The names in a file, each once, in its order; at least one and at most 1,000.

    `content` is the published folder, in which no names may lie. `tell` is told of what is odd and no fault. `shown` is the path as
    messages call it. Raises `KitError` with every
    fault, at its line, and `ToolError` when the file cannot be read.
    """
    file = shown or path.as_posix()
    refuse_published(path, content, "the names of people")
    try:
        if path.stat().st_size > LARGEST:
            raise ToolError(f"{file} is too large for a list of names")
        text = _text(file, path.read_bytes(), tell)
    except OSError as error:
        raise ToolError(f"the names cannot be read from {file}: {error.strerror or error}") from None
    names, problems = _names(file, _rows(text))
    if problems:
        raise KitError(problems)
    return names


def refuse_published(path: Path, content: Path | None, what: str) -> None:
    """Raise `ToolError` when a file lies in the folder `content`: its files may become part of the site."""
    if content is not None and Path(os.path.realpath(path)).is_relative_to(content.resolve()):
        raise ToolError(
            f"{path} lies in {content.name}/, which is published; move {what} out of it, for instance to events/"
        )


def _text(file: str, data: bytes, tell: Callable[[Problem], None]) -> str:
    """The text of a file. UTF-16 is known by its mark, or by every other byte being nought. Raises `ToolError` for what is no text."""
    text = _decoded(file, data, tell)
    if data.startswith(WORKBOOKS) or sum(sign in NO_TEXT for sign in text) > 20:
        raise ToolError(
            f"{file} is not a text file; save the list from your spreadsheet as “CSV UTF-8” and name that file"
        )
    return text


def _decoded(file: str, data: bytes, tell: Callable[[Problem], None]) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:200]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        text = data.decode("cp1252", "replace")
        found = text.splitlines()[line - 1] if text.splitlines() else ""
        tell(
            Problem(
                "not-utf-8",
                "this file is not saved as UTF-8, and was read as Windows-1252",
                Place(file, line, 1, max(1, len(found)), found),
                help="look whether all letters are right; if not, save it again as “CSV UTF-8”",
                severity="warning",
            )
        )
        return text


def _rows(text: str) -> Iterator[Row]:
    """The rows in which something stands. A first line `sep=;`, as Excel writes it, says what separates."""
    lines = text.splitlines(keepends=True)
    separator, before = _separator(lines), 0
    if lines and lines[0].strip().lower().startswith("sep="):
        lines[0] = "\n"
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            row = [text]  # one cell without an end
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield before + 1, row
        before = reader.line_num


def _separator(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4]
    return max(",;\t", key=lambda sign: (first.count(sign), sign == ","))


def _names(file: str, rows: Iterator[Row]) -> tuple[tuple[str, ...], list[Problem]]:
    every = list(rows)
    columns = _columns(every[0][1]) if every else None
    seen: dict[str, int] = {}
    names: list[str] = []
    problems: list[Problem] = []
    for line, row in every[1:] if columns else every:
        name, fault = _name([row[at] for at in columns or [0] if at < len(row)])
        place = Place(file, line, 1, max(1, len(name)), name)
        key = name.casefold()
        if fault:
            problems.append(Problem("wrong-name", fault, place, help="write the name anew, or delete the line"))
        elif name and key in seen:
            message = f"`{name}` stands on line {seen[key]} and again on line {line}"
            problems.append(Problem("duplicate-name", message, place, help="delete one, or add a letter or a surname"))
        elif name:
            seen[key] = line
            names.append(name)
    if not names and not problems:
        problems.append(
            Problem("no-names", "there are no names in this file", Place(file), help="write one on each line")
        )
    if len(names) > MOST:
        problems.append(
            Problem("too-many", f"there are {len(names)} names, and at most {MOST:,} can be read", Place(file))
        )
    return tuple(names), problems


def _columns(header: Sequence[str]) -> list[int] | None:
    """Where names stand, if this row is a header."""
    cells = [" ".join(cell.split()).casefold() for cell in header]
    first, last = (next((at for at, cell in enumerate(cells) if cell in known), None) for known in (FIRST, LAST))
    if first is not None:
        return [first] if last is None else [first, last]
    found = next((at for at, cell in enumerate(cells) if cell in HEADERS), None)
    return None if found is None else [found]


def _name(cells: Sequence[str]) -> tuple[str, str]:
    """A name on one line, and what is wrong with it, if anything."""
    raw = unicodedata.normalize("NFC", " ".join(cells))
    name = " ".join(raw.split())
    hidden = next((sign for sign in raw if (HIDDEN.match(sign) and sign not in "\r\n\t") or sign in TURNS), None)
    if hidden or "\ufffd" in name:
        what = f"the invisible character U+{ord(hidden):04X}" if hidden else "a character that cannot be read"
        return "".join(sign if sign.isprintable() else " " for sign in name), f"{what} stands in this name"
    if "\n" in raw or "\r" in raw:
        return name[:LONGEST], "this name runs over several lines; perhaps a quote before it is not closed"
    if len(name) > LONGEST:
        return name, f"this name is longer than {LONGEST} characters"
    return name, ""


def numbers_of(group: Sequence[str], names: Sequence[str], people: int) -> tuple[int, ...]:
    """The people of a group as numbers from 0: by their names, or by numbers from 1 where there are no names.

    Raises `ToolError` for somebody who does not come, and for somebody who is named twice.
    """
    known = {name.casefold(): at for at, name in enumerate(names)} or {str(at + 1): at for at in range(people)}
    found: list[int] = []
    for each in group:
        at = known.get(unicodedata.normalize("NFC", each).casefold())
        if at is None:
            guess = did_you_mean(each, names)
            numbers = f"`{each}` is nobody; people are numbers from 1 to {people} as long as there is no list of names"
            fault = f"there is no `{each}` among the names" if names else numbers
            raise ToolError(f"{fault}; {guess}" if guess else fault)
        if at in found:
            raise ToolError(f"`{each}` is named twice in one group: {', '.join(group)}")
        found.append(at)
    return tuple(found)
