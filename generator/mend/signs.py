"""Signs that keep a whole file from being read: tabs in front of a line, invisible characters, a colon in a text without quotes.

In: the text of a file. Out: edits, or none when it is not plain what was meant.
"""

import re
from collections.abc import Iterator

from generator.content.source import parse
from generator.mend.edits import Edit, Text

NOTHING = "\ufeff\u200b\u2060"  # marks without a width: they go
BLANKS = "\u2028\u2029\u0085\u000b\u000c"  # ends of lines for some programs: blanks, since they stand within a line
SIGNS = re.compile(f"[{NOTHING}{BLANKS}]")
TABS = re.compile(r"[ ]*\t[ \t]*")
WIDTHS = (2, 4, 8)
FIELD = re.compile(r"[ ]*(?:- +)?[\w-]+: +")
SIGNS_OF_YAML = "\"'|>{}[]&*!%@`#,?-"  # a value that begins with one is no plain text
MOST_COLONS = 50  # in one file


def without_signs(text: Text) -> list[Edit]:
    """Take invisible characters out; those that end a line for some programs become a blank where there is none beside them."""
    return [_sign(text.text, match) for match in SIGNS.finditer(text.text) if match.start() >= text.starts[0]]


def _sign(text: str, match: re.Match[str]) -> Edit:
    beside = (text[match.start() - 1 : match.start()] or " ") + (text[match.end() : match.end() + 1] or " ")
    blank = match[0] in BLANKS and not any(sign.isspace() for sign in beside)
    return Edit(match.start(), match.end(), " " if blank else "")


def with_quotes(file: str, text: Text) -> list[Edit]:
    """Quotes around texts of one line that hold a colon; none when the file cannot be read even so."""
    edits: list[Edit] = []
    for _ in range(MOST_COLONS):
        problems = parse(file, text.changed(edits).encode()).problems
        if not problems:
            return edits
        edit = _quoted(text, problems[0].place.line) if problems[0].code == "yaml" else None
        if edit is None or edit in edits:
            return []
        edits.append(edit)
    return []


def _quoted(text: Text, line: int) -> Edit | None:
    """Quotes around the value in a line, as in `title: Mirror: a trio`; what stands before its colon has to have a capital or a blank in
    it, or it may be the name of a field."""
    found = FIELD.match(text.line(line))
    value = text.line(line)[found.end() :].rstrip() if found else ""
    before, colon, _ = value.partition(": ")
    if not found or not colon or value[0] in SIGNS_OF_YAML or " #" in value or (before.islower() and " " not in before):
        return None
    inside = value.replace("\\", "\\\\").replace('"', '\\"')
    return text.edit(line, found.end() + 1, len(value), f'"{inside}"')


def without_tabs(file: str, text: Text) -> list[Edit]:
    """Indent with blanks; none when the file would mean another thing with another width of a tab."""
    found: list[tuple[object, list[Edit]]] = []
    for width in WIDTHS:
        edits = list(_indented(text, width))
        source = parse(file, text.changed(edits).encode())
        if edits and not source.problems:
            found.append((source.value, edits))
    return found[0][1] if found and all(value == found[0][0] for value, _ in found) else []


def _indented(text: Text, width: int) -> Iterator[Edit]:
    for start, end in zip(text.starts, text.ends, strict=True):
        match = TABS.match(text.text, start, end)
        if match:
            yield Edit(match.start(), match.end(), match[0].expandtabs(width))
