"""The file of an event, and lists of names: every fault is told with its line, in one run."""

import re
from datetime import date
from pathlib import Path

import pytest

from generator.content.event import Event, as_yaml, dates_of, read_event
from generator.content.model import Kit
from generator.content.names import numbers_of, read_names
from generator.errors import KitError, Problem, ToolError
from generator.reading import read
from tests.conftest import KITS


@pytest.fixture(scope="module")
def full() -> Kit:
    return read(KITS / "full" / "content")[0].kit


def event_of(kit: Kit, folder: Path, text: str) -> Event:
    path = folder / "events" / "day.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_event(path, kit, folder / "content", "events/day.yml")


def faults(kit: Kit, folder: Path, text: str) -> list[tuple[int, str]]:
    with pytest.raises(KitError) as error:
        event_of(kit, folder, text)
    for problem in error.value.problems:
        assert problem.place.file == "events/day.yml"
    return [(problem.place.line, problem.code) for problem in error.value.problems]


def test_an_event_is_read_with_all_its_fields(full: Kit, tmp_path: Path) -> None:
    text = """workshop: two-days
dates: [2026-12-03, 2026-12-04, 2026-12-04]
people: 23
start: ["9:30", "10:00", "14:00"]
minutes: [120, 130, 60]
paper: a4
edition: black
timezone: Europe/Berlin
place: Room 2
names: events/names.csv
together: [[Ann, Bo]]
apart:
  - [Cy, 4]
seed: 7
"""
    event = event_of(full, tmp_path, text)
    assert event.dates == (date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 4))
    assert event.start == (570, 600, 840)
    assert (event.minutes, event.people, event.paper, event.edition) == ((120, 130, 60), 23, "a4", "black")
    assert (event.timezone, event.place, event.names, event.seed) == ("Europe/Berlin", "Room 2", "events/names.csv", 7)
    assert (event.together, event.apart) == ((("Ann", "Bo"),), (("Cy", "4"),))


@pytest.mark.parametrize(
    "text",
    [
        "workshop: one-call\ndate: 2026-12-03\n",
        "workshop: one-call\ndate: 2026-12-03\nstart: '9:05'\nminutes: 40\nplace: 'no: #1'\nnames: 'yes'\nseed: 3\n",
        "workshop: two-days\ndate: [2026-12-03, 2026-12-04, 2026-12-09]\ntogether: [[Ann, '7'], ['=x', Bo]]\n",
    ],
)
def test_an_event_that_is_kept_is_read_back_as_the_same(full: Kit, tmp_path: Path, text: str) -> None:
    event = event_of(full, tmp_path, text)
    kept = as_yaml(event)
    assert event_of(full, tmp_path, kept) == event
    assert "workshop-kit pack events/2026-12-03.yml" in kept


def test_the_days_of_later_sessions_are_counted_from_the_first(full: Kit, tmp_path: Path) -> None:
    workshop = full.workshops["two-days"]
    event = event_of(full, tmp_path, "workshop: two-days\ndate: 2026-12-31\n")
    days = [session.day for session in workshop.sessions]
    assert [day.toordinal() - date(2026, 12, 30).toordinal() for day in dates_of(event, workshop)] == days
    assert dates_of(event, workshop)[-1] == date(2027, 1, 1)


def test_every_fault_of_an_event_is_told_at_its_line_in_one_run(full: Kit, tmp_path: Path) -> None:
    text = """workshop: two-day
date: 2026-02-30
peple: 23
start: 25:00
edition: blue
timezone: Berlin
seed: 0
together: [[Ann]]
"""
    assert faults(full, tmp_path, text) == [
        (1, "unknown-id"),
        (2, "wrong-date"),
        (3, "unknown-field"),
        (4, "wrong-clock"),
        (5, "wrong-choice"),
        (6, "wrong-timezone"),
        (7, "wrong-number"),
        (8, "too-few"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("workshop: two-days\n", [(1, "missing-field")]),
        ("date: 2026-12-03\n", [(1, "missing-field")]),
        ("workshop: two-days\ndate: 2026-12-03\nstart: ['9:00', '10:00']\n", [(3, "wrong-count")]),
        ("workshop: two-days\ndate: 2026-12-03\nminutes: [90, 80]\n", [(3, "wrong-count")]),
        ("workshop: one-call\ndates: [2026-12-03, 2026-12-04]\n", [(2, "wrong-count")]),
        ("workshop: two-days\ndates: [2026-12-05, 2026-12-04, 2026-12-04]\n", [(2, "wrong-date")]),
        ("workshop: one-call\ndate: 2026-12-03\ndates: [2026-12-03]\n", [(3, "wrong-date")]),
        ("workshop: one-call\ndate: 1066-12-03\n", [(2, "wrong-date")]),
        ("workshop: one-call\ndate:\n", [(2, "too-few")]),
        ("workshop: one-call\ndate: 2026-12-03\npeople: 0\n", [(3, "wrong-number")]),
        ("workshop: one-call\ndate: 2026-12-03\npeople: 1001\n", [(3, "wrong-number")]),
        ("workshop: one-call\ndate: 2026-12-03\npaper: a5\n", [(3, "wrong-choice")]),
        ("workshop: one-call\ndate: {a: b}\n", [(2, "wrong-date")]),
        ("- one\n", [(1, "wrong-type")]),
        ("", [(1, "wrong-type")]),
        ("workshop: [\n", [(2, "yaml")]),
    ],
)
def test_a_fault_of_an_event_has_its_line(full: Kit, tmp_path: Path, text: str, found: list[tuple[int, str]]) -> None:
    assert faults(full, tmp_path, text) == found


def test_neither_events_nor_names_may_lie_where_they_are_published(full: Kit, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "day.yml").write_text("workshop: one-call\ndate: 2026-12-03\n", encoding="utf-8")
    (content / "names.csv").write_text("Ann\n", encoding="utf-8")
    with pytest.raises(ToolError, match="published"):
        read_event(content / "day.yml", full, content, "content/day.yml")
    with pytest.raises(ToolError, match="published"):
        read_names(content / "names.csv", content)
    with pytest.raises(ToolError, match="cannot be read"):
        read_names(tmp_path / "none.csv", content)


def names_in(folder: Path, data: bytes) -> tuple[tuple[str, ...], list[Problem]]:
    path = folder / "names.csv"
    path.write_bytes(data)
    told: list[Problem] = []
    return read_names(path, None, told.append), told


PEOPLE = ("Ann Öst", "Zoë", "李明")


@pytest.mark.parametrize(
    "data",
    [
        "\n".join(PEOPLE).encode(),
        "\r\n".join(["Name", *PEOPLE, ""]).encode("utf-8-sig"),
        "\n\n".join(["name;team", *(f"{name};red" for name in PEOPLE)]).encode(),
        "\r\n".join(["Team\tName", *(f"red\t{name}" for name in PEOPLE)]).encode("utf-16"),
        "\n".join(["team,Full Name", *(f'"red, or blue","{name}"' for name in PEOPLE)]).encode("utf-16-le"),
        ("sep=;\nLast name;First name\n" + "".join(f";{name}\n" for name in PEOPLE)).encode(),
        "\r".join([" Name ", *(f"  {name}  " for name in PEOPLE)]).encode(),
    ],
)
def test_names_are_read_as_spreadsheets_save_them(tmp_path: Path, data: bytes) -> None:
    assert names_in(tmp_path, data) == (PEOPLE, [])


def test_first_and_last_names_are_joined(tmp_path: Path) -> None:
    data = b"Last name;E-mail;First name\nOst;a@b.c;Ann\nBohr;;Niels\n"
    assert names_in(tmp_path, data)[0] == ("Ann Ost", "Niels Bohr")


def test_an_old_windows_file_is_read_and_that_is_said(tmp_path: Path) -> None:
    found, told = names_in(tmp_path, "Ann\nJürgen\n".encode("cp1252"))
    assert found == ("Ann", "Jürgen")
    assert [(problem.severity, problem.place.line) for problem in told] == [("warning", 2)]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"Ann\nBo\n\nann\n", [(4, "duplicate-name")]),
        (b"name\nAnn\nB\x07o\nCy\xe2\x80\xaedy\n", [(3, "wrong-name"), (4, "wrong-name")]),
        (b"Ann\n" + b"x" * 81 + b"\n", [(2, "wrong-name")]),
        (b"", [(1, "no-names")]),
        (b"name\n", [(1, "no-names")]),
        ("\n".join(f"P{number}" for number in range(1001)).encode(), [(1, "too-many")]),
        (b'"Ann\nBo\n', [(1, "wrong-name")]),
    ],
)
def test_a_fault_in_a_list_of_names_has_its_line(tmp_path: Path, data: bytes, found: list[tuple[int, str]]) -> None:
    with pytest.raises(KitError) as error:
        names_in(tmp_path, data)
    assert [(problem.place.line, problem.code) for problem in error.value.problems] == found


def test_both_lines_of_a_name_that_stands_twice_are_told(tmp_path: Path) -> None:
    with pytest.raises(KitError) as error:
        names_in(tmp_path, b"Ann\nBo\n\nann\n")
    assert re.search("line 1 .* line 4", error.value.problems[0].message)


def test_people_are_found_by_name_or_by_number() -> None:
    assert numbers_of(("bo", "Ann"), ("Ann", "Bo"), 2) == (1, 0)
    assert numbers_of(("1", "3"), (), 3) == (0, 2)
    for group, names in ((("Anne", "Bo"), ("Ann", "Bo")), (("1", "4"), ()), (("Ann", "ann"), ("Ann", "Bo"))):
        with pytest.raises(ToolError):
            numbers_of(group, names, 3)
