"""Files of a pack for other programs: calendars, spreadsheets, zips. Read back by other libraries than those that wrote them."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import openpyxl
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from generator.content.model import Kit, Workshop, frozen_mapping
from generator.content.words import load_words
from generator.files.agenda import COLUMNS, agenda_csv, rows
from generator.files.archive import archive
from generator.files.calendar import calendar
from generator.files.seats import seat_rows
from generator.files.table import csv_bytes, safe
from generator.files.workbook import agenda_xlsx
from generator.files.zones import zone
from generator.occasion import Occasion
from generator.reading import read
from generator.seating import rounds
from generator.templates import SHIPPED
from generator.timing.schedule import run_sheet
from tests.conftest import KITS, MakeKit

WORDS = load_words(SHIPPED, "en")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
# Each pair of days has a change of the clock between them, forward and back.
CHANGES = {
    "Europe/Berlin": [(date(2027, 3, 27), date(2027, 3, 28)), (date(2027, 10, 30), date(2027, 10, 31))],
    "America/New_York": [(date(2027, 3, 13), date(2027, 3, 14)), (date(2027, 11, 6), date(2027, 11, 7))],
    "Australia/Lord_Howe": [(date(2027, 10, 2), date(2027, 10, 3)), (date(2027, 4, 3), date(2027, 4, 4))],
}
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@pytest.fixture(scope="module")
def full() -> Kit:
    return read(KITS / "full" / "content")[0].kit


def occasion_of(workshop: Workshop, *dates: date, timezone: str = "UTC", **more: Any) -> Occasion:
    return Occasion(dates or (date(2026, 12, 3),) * len(workshop.sessions), 23, timezone, **more)


def entries(data: bytes) -> list[icalendar.Event]:
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert found
    return found


def offset_by_rules(rules: icalendar.Timezone, moment: datetime) -> timedelta:
    """What a reader without a database of time zones finds: the latest change before a time on the clock, by the rules alone."""
    latest: tuple[datetime, timedelta] | None = None
    for part in rules.subcomponents:
        begins: list[datetime] = [part["DTSTART"].dt]
        if "RRULE" in part:
            rule = part["RRULE"].to_ical().decode()
            begins = list(rrulestr(rule, dtstart=part["DTSTART"].dt).between(begins[0], moment, inc=True)) or begins
        if "RDATE" in part:
            begins += [each.dt for each in part["RDATE"].dts]
        for begin in begins:
            if begin <= moment and (latest is None or begin > latest[0]):
                latest = begin, part["TZOFFSETTO"].td
    assert latest is not None, f"no rule for {moment}"
    return latest[1]


def by_rules(data: bytes, event: icalendar.Event, name: str) -> datetime:
    """The instant of a time, read without knowing any time zone."""
    (rules,) = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    raw = re.search(rf"{name};TZID=([^:]+):(\d{{8}}T\d{{6}})", event.to_ical().decode())
    assert raw is not None
    assert raw[1] == rules["TZID"]
    moment = datetime.strptime(raw[2], "%Y%m%dT%H%M%S")
    return (moment - offset_by_rules(rules, moment)).replace(tzinfo=UTC)


@pytest.mark.parametrize("timezone", ZONES)
def test_a_calendar_is_right_on_both_sides_of_a_change_of_the_clock(full: Kit, timezone: str) -> None:
    workshop = full.workshops["two-days"]
    for before, after in CHANGES[timezone]:
        dates = (before, after, after)
        data = calendar(full, workshop, WORDS, occasion_of(workshop, *dates, timezone=timezone))
        found = entries(data)
        assert len(found) == len(workshop.sessions) == 3
        offsets = set()
        for event, session, day in zip(found, workshop.sessions, dates, strict=True):
            sheet = run_sheet(session, full.exercises)
            for name, minutes in (("DTSTART", sheet.start), ("DTEND", sheet.end)):
                wanted = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=ZoneInfo(timezone))
                assert event[name].dt == wanted
                assert event[name].dt.utcoffset() == wanted.utcoffset()
                assert by_rules(data, event, name) == wanted
                offsets.add(wanted.utcoffset())
        assert len(offsets) == 2, "the clock does not change between these days"


@pytest.mark.parametrize("timezone", [*ZONES, "Asia/Kolkata", "Africa/Casablanca", "Europe/Dublin", "Asia/Gaza"])
def test_the_rules_of_a_zone_give_its_offset_in_every_hour_of_its_year(timezone: str) -> None:
    rules = zone(timezone, date(2027, 1, 1), date(2027, 12, 31))
    assert rules is not None
    info, moment, seen = ZoneInfo(timezone), datetime(2027, 1, 1), 0
    while moment < datetime(2027, 12, 31):
        local = moment.replace(tzinfo=info)
        there = (
            local.astimezone(UTC).astimezone(info).replace(tzinfo=None) == moment
        )  # not in the hour that is left out
        if there and local.utcoffset() == local.replace(fold=1).utcoffset():
            assert offset_by_rules(rules, moment) == local.utcoffset(), moment
            seen += 1
        moment += timedelta(hours=7, minutes=30)
    assert seen > 1000


def test_a_change_is_told_on_the_clock_before_it_as_the_standard_asks() -> None:
    rules = zone("Europe/Berlin", date(2027, 3, 28), date(2027, 3, 28))
    assert rules is not None
    text = rules.to_ical().decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20250330T020000\r\n" in text
    assert "BEGIN:STANDARD\r\nDTSTART:20251026T030000\r\n" in text
    assert zone("UTC", date(2027, 1, 1), date(2027, 1, 2)) is None


def test_a_calendar_says_what_when_and_where_and_is_the_same_each_time(full: Kit) -> None:
    workshop = full.workshops["two-days"]
    where = "Room 2; Café, “Nord”"
    dates = (date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 4))
    occasion = occasion_of(workshop, *dates, timezone="Europe/Berlin", place=where)
    data = calendar(full, workshop, WORDS, occasion)
    assert data == calendar(full, workshop, WORDS, occasion)
    found = entries(data)
    assert len({str(event["UID"]) for event in found}) == 3
    assert "two-days-2026-12-03-session-1@" in str(found[0]["UID"])
    for event, session in zip(found, workshop.sessions, strict=True):
        assert str(event["LOCATION"]) == where
        assert str(event["SUMMARY"]).startswith(workshop.title)
        text = str(event["DESCRIPTION"])
        assert workshop.promise.plain() in text
        sheet = run_sheet(session, full.exercises)
        assert f"{sheet.start // 60}:{sheet.start % 60:02}" in text
        assert f"{sheet.end // 60}:{sheet.end % 60:02}" in text
    assert b"METHOD" not in data
    lines = data.split(b"\r\n")
    assert len(lines) > 20
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_session_that_ends_after_midnight_ends_on_the_next_day(full: Kit) -> None:
    workshop = full.workshops["one-call"]
    late = workshop.model_copy(update={"sessions": (workshop.sessions[0].model_copy(update={"start": 23 * 60 + 50}),)})
    kit = replace(full, workshops=frozen_mapping({**full.workshops, late.id: late}))
    (event,) = entries(calendar(kit, late, WORDS, occasion_of(late)))
    assert event["DTSTART"].dt == datetime(2026, 12, 3, 23, 50, tzinfo=UTC)
    assert event["DTEND"].dt > datetime(2026, 12, 4, tzinfo=UTC)


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_begins_a_formula_with_whatever_separator_it_is_opened(sign: str) -> None:
    texts = [
        f"{sign}1+1",
        f"  {sign}1+1",
        f"a;{sign}1+1",
        f"a, {sign}1+1",
        f"a\t{sign}1+1",
        f"\r\n{sign}1+1",
        f'{sign}"a"',
    ]
    data = csv_bytes([[text] for text in texts])
    for separator in ",;\t":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=separator) for cell in row]
        assert len(cells) >= len(texts)
        assert not [cell for cell in cells if cell.lstrip().startswith(SIGNS)]
    assert safe("well-known: 3 + 4") == "well-known: 3 + 4"


def test_a_csv_opens_in_spreadsheets() -> None:
    data = csv_bytes([["Äpfel", 'say "now"', "a,b;c", 12]], ";")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")) == [
        ["Äpfel", 'say "now"', "a,b;c", "12"]
    ]
    assert b'"12"' not in data


def agenda(kit: Kit, id: str, **more: Any) -> tuple[list[dict[str, str]], list[tuple[Any, ...]]]:
    """The agenda of a workshop as read back from CSV, and from the workbook."""
    workshop = kit.workshops[id]
    found = list(rows(kit, workshop, WORDS, occasion_of(workshop, **more)))
    text = agenda_csv(found, WORDS).decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(agenda_xlsx(found, WORDS, workshop.title)))
    (sheet,) = book.worksheets
    assert sheet.freeze_panes == "A2"
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    return list(csv.DictReader(io.StringIO(text))), list(sheet.iter_rows(values_only=True))


def test_an_agenda_has_every_block_and_every_step_with_its_times(full: Kit) -> None:
    plain, cells = agenda(full, "two-days")
    workshop = full.workshops["two-days"]
    slots = [slot for session in workshop.sessions for slot in run_sheet(session, full.exercises).slots]
    spans = [span for slot in slots for span in slot.spans if span.minutes]
    assert len([row for row in plain if not row["Step"]]) == len(slots) > 3
    assert len([row for row in plain if row["Step"]]) == len(spans) > 3
    assert cells[0] == tuple(WORDS(f"pack.columns.{name}") for name in COLUMNS)
    assert len(cells) == len(plain) + 1
    for row, texts in zip(cells[1:], plain, strict=True):
        day, _, start, end, minutes = row[:5]
        assert isinstance(day, datetime)
        assert isinstance(start, time)
        assert isinstance(end, time)
        assert (day.date().isoformat(), f"{start:%H:%M}", f"{end:%H:%M}") == (
            texts["Date"],
            texts["Start"],
            texts["End"],
        )
        assert minutes == int(texts["Minutes"])
        assert (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute) == minutes


def test_titles_that_look_like_formulas_stay_text(make_kit: MakeKit) -> None:
    titles = ("=1+1", "+1", "-1", "@SUM(A1)", 'He said "go", twice; then left', "＝1+1")
    blocks = "".join(f"      - activity: '{title}'\n        minutes: 10\n" for title in titles)
    kit = make_kit(
        {
            "content/kit.yml": "format: 1\nid: k\nname: K\n",
            "content/workshops/odd.yml": f"title: '=odd'\npromise: p\nsessions:\n  - agenda:\n{blocks}",
        }
    )
    plain, cells = agenda(read(kit / "content")[0].kit, "odd")
    assert [row["Block"].removeprefix("'") for row in plain] == list(titles)
    assert not [value for row in plain for value in row.values() if value.startswith(SIGNS)]
    assert [row[5] for row in cells[1:]] == list(titles)


def test_the_same_agenda_gives_the_same_bytes(full: Kit) -> None:
    workshop = full.workshops["two-days"]
    found = list(rows(full, workshop, WORDS, occasion_of(workshop)))
    assert agenda_xlsx(found, WORDS, "x") == agenda_xlsx(found, WORDS, "x")


def test_seats_have_a_row_for_each_person(full: Kit) -> None:
    workshop = full.workshops["two-days"]
    (first, *_) = rounds(full, workshop, WORDS)
    tables = ((first, ((0, 2), (1,))),)
    occasion = replace(occasion_of(workshop), people=3, names=("Ann", "=Bo", "Cy"), tables=tables)
    found = list(seat_rows(occasion, WORDS))
    assert found == [["Person", first.title], ["Ann", "A"], ["=Bo", "B"], ["Cy", "A"]]
    assert [row[0] for row in seat_rows(replace(occasion, names=()), WORDS)] == ["Person", 1, 2, 3]


def test_a_zip_holds_the_files_in_one_folder_and_is_the_same_each_time(tmp_path: Path) -> None:
    files = {"b.txt": b"2", "documents/ä.pdf": b"1" * 5000}
    data = archive(files, "half-day-2026-12-03")
    assert data == archive(dict(reversed(files.items())), "half-day-2026-12-03")
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert {name: found.read(name) for name in found.namelist()} == {
            f"half-day-2026-12-03/{name}": content for name, content in files.items()
        }
        found.extractall(tmp_path)
    assert (tmp_path / "half-day-2026-12-03" / "documents" / "ä.pdf").read_bytes() == b"1" * 5000


def test_every_column_has_a_head() -> None:
    assert set(WORDS.tree["pack"]["columns"]) == set(COLUMNS)
