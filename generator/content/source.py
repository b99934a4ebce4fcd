"""YAML with a position for each value.

In: the bytes of one file. Out: plain values (dict, list, str, int, float, bool, None) and where each stands. Scalars are read as
YAML 1.2 reads them: `no` and `9:30` are text. Aliases, tags, merge keys and several documents in a file are refused, since a recipe
needs none of them and each can be made into a trap. What the values mean is not decided here.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from generator.content.disk import too_large
from generator.errors import Place, Problem, Severity

Path = tuple[str | int, ...]
Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 32
LARGEST = 500_000  # bytes: ten times the largest item that we ship
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
# Control characters and the like, and what XML cannot hold.
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
NAMED = {
    "\0": "NUL", "\u0085": "next line", "\u2028": "line separator", "\u2029": "paragraph separator",
    "\ufeff": "byte order mark", "\x0b": "vertical tab", "\x0c": "form feed", "\x1b": "escape",
}  # fmt: skip
MOST_TOLD = 10  # hidden characters of one file
# The marks of a text in another encoding; those of UTF-32 first, since they begin as those of UTF-16 do.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"), (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"), (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)  # fmt: skip
SAVE = "save it again as UTF-8: most editors offer it below “Save as” under “Encoding”"
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
        source.problems.append(too_large(source.at(1), LARGEST))
        return None
    found = _in_another_encoding(data)
    if found:
        source.lines = _lines(found[1])
        source.refuse("not-utf-8", f"this file is saved as {found[0]}, not as UTF-8", source.at(1), help=SAVE)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse_bytes(source, data, error)
        return None
    source.lines = _lines(text)
    if HIDDEN.search(text.replace("\r\n", "\n").replace("\r", "\n")):
        _refuse_hidden(source)
        return None
    return text


def _in_another_encoding(data: bytes) -> tuple[str, str] | None:
    """UTF-16 or UTF-32, by its mark or by every other byte being nought, and the text of its first line."""
    for mark, name, called in MARKS:
        if data.startswith(mark):
            return called, _shown(data[:400].decode(name, "replace"))
    begin = data[:200]
    for name, zeros, rest in (("utf-16-le", begin[1::2], begin[::2]), ("utf-16-be", begin[::2], begin[1::2])):
        if len(zeros) > 2 and zeros.count(0) > len(zeros) * 0.7 and rest.count(0) < len(rest) * 0.1:
            return "UTF-16", _shown(data[: len(data) // 2 * 2][:400].decode(name, "replace"))
    return None


def _shown(text: str) -> str:
    return "".join(sign for sign in _lines(text)[0] if not HIDDEN.match(sign))


def _refuse_bytes(source: Source, data: bytes, error: UnicodeDecodeError) -> None:
    """Bytes that are no UTF-8: most likely those of Windows-1252, or no text at all."""
    begin = error.start
    if data.startswith(codecs.BOM_UTF8):  # what the error counts from depends on the decoder
        data, begin = data[3:], _first_wrong(data[3:])
    before, after = data[:begin].decode("utf-8", "replace"), re.split(rb"[\r\n]", data[begin:], maxsplit=1)[0]
    source.lines = _lines(before)
    line, column = len(source.lines), len(source.lines[-1]) + 1
    if b"\0" in data:
        message, help = "this is not a text file", "a file of a kit is plain text; put this one elsewhere"
    else:
        source.lines[-1] += after[:400].decode("cp1252", "replace")
        message, help = "this file is not saved as UTF-8; it is probably Windows-1252 (“ANSI”)", SAVE
        if not before.isascii():
            message = "here stands a byte that is no UTF-8, though there are letters before it that are"
            help = "delete this sign, type it anew, and save the file as UTF-8"
    source.refuse("not-utf-8", message, source.at(line, column), help=help)


def _first_wrong(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _refuse_hidden(source: Source) -> None:
    found = 0
    for number, line in enumerate(source.lines, 1):
        for sign in HIDDEN.finditer(line):
            source.refuse(
                "control-character",
                f"{_hidden(sign[0])} stands in this line",
                source.at(number, sign.start() + 1),
                help="delete it: put the cursor behind it and press Backspace, or type the line anew",
            )
            found += 1
            if found == MOST_TOLD:
                return


def _hidden(sign: str) -> str:
    name = f" ({NAMED[sign]})" if sign in NAMED else ""
    return f"the invisible character U+{ord(sign):04X}{name}"


def _lines(text: str) -> list[str]:
    """The lines of a text as editors count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _refuse_yaml(source: Source, error: yaml.MarkedYAMLError) -> None:
    mark: Any = error.problem_mark or error.context_mark
    what, context = error.problem or "something is wrong here", error.context or ""
    if "quoted scalar" in context and "end of stream" in what:
        mark, what = error.context_mark, NOT_CLOSED
    place = source.at(mark.line + 1, mark.column + 1) if mark is not None else source.at(1)
    line = place.text
    help = "look at this line and the one above it: indentation, quotes, a colon"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        help = "indent with spaces; YAML does not allow tabs"
    elif what == NOT_CLOSED:
        help = "close it at the end of the text; within double quotes, a double quote is written `\\\"`, and within single ones `''`"
    elif "escape character" in what:
        help = "within double quotes, write a backslash twice; or use single quotes"
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
    columns = "same column" in help or " above" in help
    also, label = _opening(source, error, place, columns)
    place = _more_lines(source, place, closed="not closed" not in what, alone=also is None and columns)
    source.problems.append(
        Problem(
            "yaml",
            f"this is not YAML: {_in_words(what, place)}",
            place,
            help=help,
            also=also,
            also_label=label or "the other one",
        )
    )


def _in_words(what: str, place: Place) -> str:
    """What the parser says, without its own terms."""
    sign = place.text[place.column - 1 : place.column]
    if "cannot start any token" in what:
        return (
            "a tab stands here"
            if sign == "\t"
            else f"a text cannot begin with {'a backtick' if sign == '`' else f'`{sign}`'}"
        )
    return next((said for part, said in IN_WORDS.items() if part in what), what)


NOT_CLOSED = "a quote is opened here, and not closed"
IN_WORDS = {
    "mapping values are not allowed": "no field can begin at this `:`",
    "could not find expected ':'": "the line before has no `:` after the name of its field",
    "did not find expected key": "this does not fit what stands before it",
    "document start": "this does not belong to what stands above it",
    "'-' indicator": "an entry of a list begins with `- `, and this does not",
    "',' or ']'": "a list in brackets is not closed: a `,` or a `]` is missing",
    "',' or '}'": "fields in braces are not closed: a `,` or a `}` is missing",
    "alphabetic or numeric character": "a text cannot begin with `*` or `&`",
    "node content": "a value is missing here, or begins with a sign that needs quotes",
    "escape character": "a backslash stands here, and what follows it means nothing",
    "sequence entries are not allowed": "no list can begin at this `-`",
    "block end": "this does not fit what stands above it",
}
OPENINGS = {
    "flow sequence": "this bracket is opened here",
    "flow mapping": "this brace is opened here",
    "block mapping": "the fields begin here",
    "block collection": "the list begins here",
}


def _opening(source: Source, error: yaml.MarkedYAMLError, place: Place, columns: bool) -> tuple[Place | None, str]:
    """Where that began which the fault is in, when it is another line; fields and lists only if `columns` are the matter."""
    mark: Any = error.context_mark
    label = next((said for name, said in OPENINGS.items() if name in (error.context or "")), "")
    if mark is None or not label or mark.line + 1 == place.line or not (columns or "opened" in label):
        return None, ""
    return source.at(mark.line + 1, mark.column + 1), label


def _more_lines(source: Source, place: Place, closed: bool, alone: bool) -> Place:
    """A place with all lines of what is not closed, or with the line above where that helps."""
    if not closed:
        rest = source.lines[place.line :]
        last = max((at for at, line in enumerate(rest, 1) if line.strip()), default=0)
        return replace(place, below=tuple(rest[:last]))
    return replace(place, above=(source.lines[place.line - 2],)) if alone and place.line > 1 else place


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
        hidden = _escaped(event)
        if hidden:
            _stop(source, event, "control-character", f"{_hidden(hidden[0])} is written into this text", "take it out")
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(source, events, path, depth)
    return _mapping(source, events, path, depth)


def _escaped(event: Any) -> re.Match[str] | None:
    """A hidden character that is written as an escape, as only double quotes allow; those that stand in the file are refused before."""
    return HIDDEN.search(event.value) if event.style == '"' else None


def _refuse_key(source: Source, event: Any) -> None:
    line, column, _ = _place(source, event)
    help = "put quotes around a text that begins with `{` or `[`"
    message = "a field's name is a word"
    if source.lines[line - 1][max(column - 2, 0) : column] == "{{":
        message, help = (
            "`{{` begins nothing here: a kit has no placeholders",
            "put quotes around the text, or delete it",
        )
    _stop(source, event, "yaml-key", message, help)


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
            _refuse_key(source, event)
        key = str(event.value)
        hidden = _escaped(event)
        if hidden:
            _stop(source, event, "control-character", f"{_hidden(hidden[0])} is written into this name", "take it out")
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
                    also_label="here first",
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
