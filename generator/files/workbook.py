"""The agenda of an event as a workbook (.xlsx) of one sheet.

In: rows of the agenda. Out: bytes, the same for the same rows. Days and times are such, all text is text, and no cell holds a formula.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from generator.content.words import Words
from generator.files.agenda import CLOCKS, COLUMNS, Row, clock
from generator.files.table import one_line

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
WRAPPED = ("block", "step", "materials")


def agenda_xlsx(rows: Sequence[Row], words: Words, title: str) -> bytes:
    """The rows below a head that stays in sight; it prints on the width of one page."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": one_line(title), "created": CREATED})
    sheet = book.add_worksheet(words("pack.sheet"))
    head = book.add_format({"bold": True, "bottom": 1, "align": "left"})
    for column, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words(f"pack.columns.{name}"), head)
        looks = {is_step: book.add_format(_look(name, is_step)) for is_step in (False, True)}
        for number, row in enumerate(rows, 1):
            _write(sheet, number, column, row, name, looks[bool(row.step)])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return data.getvalue()


def _look(name: str, is_step: bool) -> dict[str, Any]:
    """How a column looks in the row of a block, or of a step."""
    found: dict[str, Any] = {"valign": "top", "align": "left", "text_wrap": name in WRAPPED}
    if name in CLOCKS:
        found["num_format"] = "hh:mm"
    if name == "date":
        found["num_format"] = "yyyy-mm-dd"
    return found | {"bold": name == "block" and not is_step}


def _write(sheet: Any, number: int, column: int, row: Row, name: str, look: Any) -> None:
    if name == "date":
        sheet.write_datetime(number, column, datetime.combine(row.day, datetime.min.time()), look)
    elif name in CLOCKS:
        sheet.write_datetime(number, column, clock(getattr(row, name)), look)
    elif name == "minutes":
        sheet.write_number(number, column, row.minutes, look)
    else:
        sheet.write_string(number, column, one_line(str(getattr(row, name))), look)
