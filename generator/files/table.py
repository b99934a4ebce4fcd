"""A table as a CSV file that spreadsheets open right, and that starts nothing in them.

In: rows of plain values. Out: bytes. UTF-8 with the mark that Excel asks for, lines that end as Windows ends them, every text in quotes.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

SEPARATORS = {",": ",", ";": ";", "tab": "\t"}

# What a spreadsheet may take for the beginning of a formula (OWASP, CSV Injection; full-width signs are read as the plain ones). It
# counts after a separator too: a file that is opened with another separator than its own falls apart there.
FORMULA = re.compile(r"(^|[,;|\t])(\s*)(?=[=+\-@＝＋－＠﹢﹣﹦﹫−])")

Cell = str | int


def csv_bytes(rows: Iterable[Sequence[Cell]], separator: str = ",") -> bytes:
    """A CSV file; numbers stay numbers."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def safe(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula: an apostrophe stands before what could begin one."""
    return FORMULA.sub(r"\1\2'", one_line(text))


def one_line(text: str) -> str:
    """A text without line breaks, tabs and control characters."""
    return " ".join("".join(sign if sign.isprintable() or sign.isspace() else " " for sign in text).split())
