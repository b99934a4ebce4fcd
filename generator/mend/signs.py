"""Signs that keep a whole file from being read: tabs in front of a line, and invisible characters.

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


def without_signs(text: Text) -> list[Edit]:
    """Take invisible characters out; those that end a line for some programs become a blank where there is none beside them."""
    return [_sign(text.text, match) for match in SIGNS.finditer(text.text) if match.start() >= text.starts[0]]


def _sign(text: str, match: re.Match[str]) -> Edit:
    beside = (text[match.start() - 1 : match.start()] or " ") + (text[match.end() : match.end() + 1] or " ")
    blank = match[0] in BLANKS and not any(sign.isspace() for sign in beside)
    return Edit(match.start(), match.end(), " " if blank else "")


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
