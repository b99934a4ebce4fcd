"""YAML with a position for each value.

In: the bytes of one file. Out: plain values (dict, list, str, int, float, bool, None) and where each stands. Scalars are read as
YAML 1.2 reads them: `no` and `9:30` are text. Aliases, tags, merge keys and several documents in a file are refused, since a recipe
needs none of them and each can be made into a trap. What the values mean is not decided here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.errors import Place, Problem, Severity

Path = tuple[str | int, ...]
Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 32
LARGEST = 2_000_000
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")  # control characters and the like
FLOAT = re.compile(r"[-+]?([0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})([eE][-+]?[0-9]{1,3})?\Z")
PARTLY_QUOTED = re.compile(r"""(?:^|[:-] )\s*["'\[{]""")
WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass
class Source:
    """One parsed file. `keys` and `values` say where the key and the value at a path stand, as (line, column, length, block text)."""

    file: str
    lines: list[str]
    value: Any = None
    keys: dict[Path, tuple[int, int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int, int, bool]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, line: int, column: int = 1, length: int = 1) -> Place:
        """A place by line and column (both from 1), kept inside the file."""
        line = min(max(line, 1), max(len(self.lines), 1))
        text = self.lines[line - 1] if self.lines else ""
        return Place(self.file, line, max(1, min(column, len(text) + 1)), length, text)

    def place(self, path: Path, line_in_text: int = 0) -> Place:
        """Where the value at `path` stands, or the nearest thing around it.

        `line_in_text` counts from 1 within a block text (`|`), so that a fault in long prose points at its own line.
        """
        while path and path not in self.values:
            path = path[:-1]
        if path not in self.values:
            return self.at(1)
        line, column, length, block = self.values[path]
        if block and line_in_text:
            text = self.at(line + line_in_text).text
            indent = len(text) - len(text.lstrip())
            return self.at(line + line_in_text, indent + 1, max(1, len(text.rstrip()) - indent))
        return self.at(line, column, length)

    def key(self, path: Path) -> Place:
        """Where the key at `path` stands; the value's place when it has no key (an entry of a list)."""
        return self.at(*self.keys[path]) if path in self.keys else self.place(path)

    def problem(
        self, code: str, message: str, path: Path, label: str = "", help: str = "", severity: Severity = "error"
    ) -> Problem:
        """A problem with the value at `path`."""
        return Problem(code, message, self.place(path), label, help, severity)

    def refuse(self, code: str, message: str, place: Place, label: str = "", help: str = "") -> None:
        """Note an error in this file."""
        self.problems.append(Problem(code, message, place, label, help))


class _RefusedError(Exception):
    """Reading stops here; the problem is noted already."""


def parse(file: str, data: bytes) -> Source:
    """Read one file. Errors are in `Source.problems`; when there are any, `value` must not be used."""
    source, text = read(file, data)
    if text is None:
        return source
    source.lines = _lines(text)
    try:
        events = yaml.parse(text, Loader=Parser)
        source.value = _document(source, events)
    except _RefusedError:
        pass
    except yaml.MarkedYAMLError as error:
        _refuse_yaml(source, error)
    except yaml.YAMLError as error:
        source.refuse("yaml", "this is not YAML", source.at(1), help=str(error).splitlines()[0])
    return source


def read(file: str, data: bytes) -> tuple[Source, str | None]:
    """The text of a file, or None and an error in `Source.problems`."""
    source = Source(file, [])
    return source, _decode(source, data)


def _decode(source: Source, data: bytes) -> str | None:
    if len(data) > LARGEST:
        source.refuse("file-too-large", f"this file is larger than {LARGEST // 1_000_000} MB", source.at(1))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        source.lines = _lines(before.decode("utf-8", "replace"))
        source.refuse(
            "not-utf-8",
            "this file is not saved as UTF-8",
            source.at(len(source.lines), len(source.lines[-1]) + 1),
            help="save it again in your editor with the encoding UTF-8",
        )
        return None
    source.lines = _lines(text)
    for number, line in enumerate(source.lines, 1):
        for column, sign in enumerate(line, 1):
            if HIDDEN.match(sign):
                what = f"the invisible character U+{ord(sign):04X}"
                source.refuse(
                    "control-character", f"{what} stands in this line", source.at(number, column), help="delete it"
                )
                return None
    return text


def _lines(text: str) -> list[str]:
    """The lines of a text as editors count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _refuse_yaml(source: Source, error: yaml.MarkedYAMLError) -> None:
    mark: Any = error.problem_mark or error.context_mark
    what, context = error.problem or "something is wrong here", error.context or ""
    if "quoted scalar" in context and "end of stream" in what:
        mark, what = error.context_mark, "a quote is opened here, and not closed"
    place = source.at(mark.line + 1, mark.column + 1) if mark is not None else source.at(1)
    line = place.text
    help = "look at this line and the one above it: indentation, quotes, a colon"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        help = "indent with spaces; YAML does not allow tabs"
    elif "mapping values are not allowed" in what:
        help = "a text that contains `: ` needs quotes around it, and fields of one item start in the same column"
    elif "alias" in context or line.lstrip().startswith(("@", "`", "%")) or "cannot start any token" in what:
        help = "put quotes around a text that begins with a sign"
    elif PARTLY_QUOTED.search(line):
        help = "put quotes around the whole of a text that begins with a quote or a bracket"
    elif "could not find expected ':'" in what:
        help = "each field is written `name: value`; a text of several lines starts with `|` and is indented"
    elif "did not find expected key" in what or "block end" in what or "document start" in what:
        help = (
            "fields of one item start in the same column; check the spaces at the start of this line and the one above"
        )
    source.refuse("yaml", f"this is not YAML: {what}", place, help=help)


def _document(source: Source, events: Iterator[Any]) -> Any:
    value, seen = None, False
    for event in events:
        if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            continue
        if isinstance(event, yaml.DocumentStartEvent):
            if seen:
                place = source.at(*_place(source, event))
                source.refuse(
                    "several-documents",
                    "a second document starts here",
                    place,
                    help="one file is one item: delete the `---`",
                )
                raise _RefusedError
            seen = True
            continue
        value = _node(source, event, events, (), 0)
    return value


def _place(source: Source, event: Any) -> tuple[int, int, int]:
    start, end = event.start_mark, event.end_mark
    line = source.lines[start.line] if start.line < len(source.lines) else ""
    length = end.column - start.column if end.line == start.line else len(line.rstrip()) - start.column
    return start.line + 1, start.column + 1, max(1, length)


def _node(source: Source, event: Any, events: Iterator[Any], path: Path, depth: int) -> Any:
    line, column, length = _place(source, event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        _stop(
            source,
            event,
            "yaml-alias",
            "anchors (`&`) and aliases (`*`) are not used in a kit",
            "put quotes around the text, or write it twice",
        )
    tag = getattr(event, "tag", None)
    if tag and tag != "!":
        _stop(
            source,
            event,
            "yaml-tag",
            f"the tag `{tag}` is not used in a kit",
            "put quotes around a text that begins with `!`",
        )
    if depth > DEEPEST:
        _stop(
            source,
            event,
            "too-deep",
            f"this is nested more than {DEEPEST} levels deep",
            "an item of a kit never needs that",
        )
    block = isinstance(event, yaml.ScalarEvent) and event.style == "|"
    source.values[path] = (line, column, length, block)
    if isinstance(event, yaml.ScalarEvent):
        hidden = HIDDEN.search(event.value)
        if hidden:
            what = f"the invisible character U+{ord(hidden[0]):04X}"
            _stop(source, event, "control-character", f"{what} is written into this text", "take it out")
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(source, events, path, depth)
    return _mapping(source, events, path, depth)


def _stop(source: Source, event: Any, code: str, message: str, help: str) -> None:
    source.refuse(code, message, source.at(*_place(source, event)), help=help)
    raise _RefusedError


def _sequence(source: Source, events: Iterator[Any], path: Path, depth: int) -> list[Any]:
    found: list[Any] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        found.append(_node(source, event, events, (*path, len(found)), depth + 1))
    return found


def _mapping(source: Source, events: Iterator[Any], path: Path, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        if not isinstance(event, yaml.ScalarEvent):
            _stop(
                source,
                event,
                "yaml-key",
                "a field's name is a word",
                "put quotes around a text that begins with `{` or `[`",
            )
        key = str(event.value)
        here = (*path, key)
        if key == "<<" and not event.style:
            _stop(source, event, "yaml-merge", "merge keys (`<<`) are not used in a kit", "write the fields out")
        if key in found:
            source.problems.append(
                Problem(
                    "duplicate-key",
                    f"the field `{key}` stands here twice",
                    source.at(*_place(source, event)),
                    "again",
                    "keep one of the two",
                    also=source.key(here),
                )
            )
        else:
            source.keys[here] = _place(source, event)
        found[key] = _node(source, next(events), events, here, depth + 1)
    return found


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.style:
        return text
    if text in WORDS:
        return WORDS[text]
    if INTEGER.match(text):
        return int(text)
    if FLOAT.match(text):
        return float(text)
    return text
