"""`workshop-kit pack`: everything for one event, whole or not at all."""

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import icalendar
import openpyxl
import pytest
from pypdf import PdfReader

from generator.publish.made import NAME as LIST
from tests.conftest import KITS, ROOT, CopyKit, Run, copy_kit, run_generator

NAMES = (
    "Ann Quillfeather", "Bo Brückner", "=Cy Copper", "Di Dahl", "Ed Eriksen", "Flo Faber", "Gus Grün", "Hal Hook", "Ida Ibsen",
)  # fmt: skip
EVENT = """workshop: two-days
dates: [2026-12-03, 2026-12-04, 2026-12-04]
start: ["13:30", "9:30", "14:00"]
timezone: Europe/Berlin
paper: a4
place: Room Nobel
names: events/names.csv
apart: [[Ann Quillfeather, Di Dahl]]
"""
slow = pytest.mark.slow
pdf = pytest.mark.pdf


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


def text_of(path: Path) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(path).pages))


def lines_of(path: Path) -> str:
    return re.sub(r"\s+", " ", path.read_bytes().decode("utf-8-sig"))


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit `full` with a pack of an event of nine people, who have names; only to be read."""
    kit = copy_kit(KITS / "full", tmp_path_factory.mktemp("packed"))
    (kit / "events").mkdir()
    (kit / "events" / "names.csv").write_bytes("\r\n".join(["Name", *NAMES]).encode("utf-8-sig"))
    (kit / "events" / "day.yml").write_text(EVENT, encoding="utf-8")
    done = run_generator("pack", "events/day.yml", cwd=kit)
    assert done.returncode == 0, done.stdout + done.stderr
    return kit


@slow
@pdf
def test_a_pack_holds_all_that_a_day_needs_and_few_things_on_top(packed: Path) -> None:
    folder = packed / "pack"
    files = contents(folder)
    papers = (
        "run-sheet", "facilitator-guide", "participant-workbook", "handouts", "cards", "kit-list", "sign-in",
        "name-tents", "group-tables", "days-after",
    )  # fmt: skip
    for name in papers:
        assert f"documents/{name}.a4.pdf" in files
    top = {name.split("/")[0] for name in files}
    assert {"0-print-order.a4.pdf", "read-me-first.txt", "run.html", "event.ics", "agenda.csv", "agenda.xlsx"} < top
    assert {"groups.csv", "documents", "whole-kit", "two-days-2026-12-03.zip"} < top
    assert len(top) <= 15
    assert not [name for name in files if ".black." in name or "us-letter" in name]
    told = lines_of(folder / "read-me-first.txt")
    for name in top - {"read-me-first.txt"}:
        assert name in told


@slow
@pdf
def test_the_zip_holds_what_the_folder_holds(packed: Path) -> None:
    files = contents(packed / "pack")
    data = files.pop("two-days-2026-12-03.zip")
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert {name: found.read(name) for name in found.namelist()} == {
            f"two-days-2026-12-03/{name}": content for name, content in files.items()
        }


@slow
@pdf
def test_a_pack_is_on_the_clock_of_its_days(packed: Path) -> None:
    folder = packed / "pack"
    assert "13:30" in text_of(folder / "documents" / "run-sheet.a4.pdf")
    assert "3 December 2026" in text_of(folder / "documents" / "run-sheet.a4.pdf")
    assert "13:30" in lines_of(folder / "run.html")
    told = lines_of(folder / "read-me-first.txt")
    assert "Thursday 3 December 2026, 13:30 to" in told
    assert "Friday 4 December 2026, 9:30 to" in told
    assert "Room Nobel" in told
    found = icalendar.Calendar.from_ical((folder / "event.ics").read_bytes()).walk("VEVENT")
    assert [f"{event['DTSTART'].dt:%Y-%m-%d %H:%M %z}" for event in found] == [
        "2026-12-03 13:30 +0100",
        "2026-12-04 09:30 +0100",
        "2026-12-04 14:00 +0100",
    ]
    rows = list(csv.DictReader(io.StringIO((folder / "agenda.csv").read_bytes().decode("utf-8-sig"))))
    assert (rows[0]["Date"], rows[0]["Start"]) == ("2026-12-03", "13:30")
    (sheet,) = openpyxl.load_workbook(folder / "agenda.xlsx").worksheets
    assert sheet.max_row == len(rows) + 1


@slow
@pdf
def test_names_are_on_paper_and_in_no_file_for_others(packed: Path) -> None:
    folder = packed / "pack"
    for name in ("sign-in", "name-tents", "group-tables"):
        text = text_of(folder / "documents" / f"{name}.a4.pdf")
        for person in NAMES:
            assert all(part in text for part in person.split()), (name, person)
    seats = list(csv.reader(io.StringIO((folder / "groups.csv").read_bytes().decode("utf-8-sig"))))
    assert [row[0] for row in seats[1:]] == [NAMES[0], NAMES[1], "'" + NAMES[2], *NAMES[3:]]
    assert {letter for row in seats[1:] for letter in row[1:]} <= set("ABCDEFG")  # as on paper
    apart = [(row[0], row[1:]) for row in seats if row[0] in (NAMES[0], NAMES[3])]
    assert len(apart[0][1]) > 0
    assert all(first != second for first, second in zip(apart[0][1], apart[1][1], strict=True))
    for name in ("run.html", "event.ics", "agenda.csv"):
        assert "Quillfeather" not in (folder / name).read_bytes().decode("utf-8-sig")


@slow
@pdf
def test_the_copies_of_the_list_are_those_of_the_headcount(packed: Path) -> None:
    folder = packed / "pack"
    entries = json.loads((folder / "documents" / "manifest.json").read_text(encoding="utf-8"))
    copies = {entry["document"]: entry["copies"] for entry in entries if entry["workshop"] != "all"}
    assert (copies["participant-workbook"], copies["run-sheet"], copies["name-tents"]) == (len(NAMES), 1, 1)
    for entry in entries:
        assert len(PdfReader(folder / entry["path"]).pages) == entry["pages"]
    order = text_of(folder / "0-print-order.a4.pdf")
    listed = [entry for entry in entries if not entry["extra"]]
    assert len(listed) > 5
    for entry in listed:
        assert re.search(rf"{re.escape(entry['path'])} {entry['copies']} {entry['pages']} ", order), entry["path"]


@slow
@pdf
def test_names_reach_no_page_of_the_site(packed: Path, tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    shutil.copytree(packed, kit)
    done = run_generator("build", cwd=kit)
    assert done.returncode == 0, done.stdout + done.stderr
    files = contents(kit / "site")
    assert len(files) > 50
    for name, data in files.items():
        assert b"Quillfeather" not in data, name
        if name.endswith(".pdf") and ("sign-in" in name or "name-tents" in name):
            assert "Quillfeather" not in text_of(kit / "site" / name)


@slow
@pdf
def test_the_same_event_gives_the_same_bytes_and_what_is_typed_wins(packed: Path, tmp_path: Path) -> None:
    done = run_generator("pack", "events/day.yml", "--out", str(tmp_path / "again"), cwd=packed)
    assert done.returncode == 0, done.stdout + done.stderr
    again, before = contents(tmp_path / "again"), contents(packed / "pack")
    assert set(again) == set(before)
    assert not [name for name in before if again[name] != before[name]]
    words = ("--start", "8:00", "--start", "8:00", "--start", "14:00", "--edition", "black", "--separator", ";")
    other = run_generator("pack", "events/day.yml", *words, "--out", str(tmp_path / "other"), cwd=packed)
    assert other.returncode == 0, other.stdout + other.stderr
    assert "8:00" in text_of(tmp_path / "other" / "documents" / "run-sheet.black.a4.pdf")
    assert '"Date";"Session"' in (tmp_path / "other" / "agenda.csv").read_text(encoding="utf-8-sig")
    assert "Room Nobel" in lines_of(tmp_path / "other" / "event.ics")


@slow
@pdf
def test_the_shipped_hour_is_packed_fitted_and_kept(tmp_path: Path) -> None:
    kit = copy_kit(ROOT, tmp_path / "kit")
    words = ("pack", "starter-60", "--date", "2026-12-03", "--start", "13:30", "--minutes", "50", "--paper", "a4")
    done = run_generator(*words, "--people", "40", "--keep", "--out", "out", cwd=kit)
    assert done.returncode == 0, done.stdout + done.stderr
    # Too many people: it is said first, and packed all the same.
    told = lines_of(kit / "out" / "read-me-first.txt")
    assert "13:30 to 14:20" in told
    assert "40 people" in told
    assert re.search(r"before the day.{0,200}40", told, re.IGNORECASE)
    (event,) = icalendar.Calendar.from_ical((kit / "out" / "event.ics").read_bytes()).walk("VEVENT")
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 50 * 60
    kept = (kit / "events" / "2026-12-03.yml").read_text(encoding="utf-8")
    assert "people: 40" in kept
    again = run_generator("pack", "events/2026-12-03.yml", "--out", "again", cwd=kit)
    assert again.returncode == 0, again.stdout + again.stderr
    assert contents(kit / "again") == contents(kit / "out")
    other = run_generator(*words, "--people", "12", "--keep", cwd=kit)
    assert other.returncode == 1
    assert "holds another event" in other.stderr
    assert not (kit / "pack").exists()


@slow
@pdf
def test_one_person_and_many_can_be_packed(packed: Path, tmp_path: Path) -> None:
    for people in ("1", "2", "200"):
        out = tmp_path / people
        words = ("pack", "two-days", "--date", "2026-12-03", "--people", people, "--paper", "a4", "--out", str(out))
        done = run_generator(*words, cwd=packed)
        assert done.returncode == 0, done.stdout + done.stderr
        assert len(contents(out)) > 15
    seats = list(csv.reader(io.StringIO((tmp_path / "200" / "groups.csv").read_text(encoding="utf-8-sig"))))
    assert len(seats) == 201


@slow
@pdf
def test_a_pack_that_fails_leaves_the_one_before_as_it_was(packed: Path, tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    shutil.copytree(packed, kit)
    before = contents(kit / "pack")
    (kit / "events" / "names.csv").write_text("Ann\nBo \U000131cb\nCy\n", encoding="utf-8")
    words = ("pack", "one-call", "--date", "2026-12-03", "--names", "events/names.csv")
    done = run_generator("pack", "two-days", *words[2:], cwd=kit)
    assert done.returncode == 1
    assert "no-glyph" in done.stderr
    assert contents(kit / "pack") == before
    assert {entry.name for entry in kit.iterdir()} == {"content", "mkdocs.yml", "events", "pack"}


@slow
def test_a_folder_that_is_no_pack_is_left_alone(copied: CopyKit, run: Run) -> None:
    kit = copied(KITS / "full")
    (kit / "pack").mkdir()
    (kit / "pack" / "letter.txt").write_text("Dear all", encoding="utf-8")
    done = run("pack", "two-days", "--date", "2026-12-03", cwd=kit)
    assert done.returncode == 1
    assert "letter.txt" in done.stderr
    assert contents(kit / "pack") == {"letter.txt": b"Dear all"}


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("two-days",), 2, "--date 2026-12-03"),
        (("two-dais", "--date", "2026-12-03"), 2, "did you mean `two-days`"),
        (("two-days", "--date", "3.12.2026"), 2, "2026-12-03"),
        (("two-days", "--date", "2026-12-03", "--start", "9:00"), 2, "--start"),
        (("two-days", "--date", "2026-12-03", *("--minutes", "90") * 2), 2, "3 sessions"),
        (("two-days", "--date", "2026-12-03", "--timezone", "Europe/Berlim"), 2, "did you mean `Europe/Berlin`"),
        (("two-days", "--date", "2026-12-03", "--paper", "a5"), 2, "no paper `a5`"),
        (("two-days", "--date", "2026-12-03", "--edition", "large"), 2, "no edition `large`"),
        (("two-days", "--date", "2026-12-03", "--together", "Ann"), 2, "needs two people or more"),
        (
            ("two-days", "--date", "2026-12-03", "--people", "4", "--together", "1, 9"),
            1,
            "people are numbers from 1 to 4",
        ),
        (("two-days", "--date", "2026-12-03", "--names", "none.csv"), 1, "none.csv"),
        (("two-days", "--date", "2026-12-03", "--names", "names.csv", "--people", "9"), 1, "there are 2 names"),
        (("one-call", "--date", "2026-12-03", "--minutes", "1"), 1, " minutes at least."),
        (
            ("two-days", "--date", "2026-12-03", "--minutes", "200", *("--start", "12:00") * 3),
            1,
            "has to begin at 10:30, and it cannot be reached by then.",
        ),
        (
            ("two-days", "--date", "2026-12-03", "--minutes", "1"),
            1,
            "cannot be held in 1 minute.",
        ),  # once for all sessions
        (("two-days", "--date", "2026-12-03", "--names", "content/names.csv"), 1, "published"),
        (("events/none.yml",), 1, "events/none.yml"),
        (("two-days", "--date", "2026-12-03", "--people", "4", "--together", "1, 2", "--apart", "2, 1"), 1, "1 and 2"),
    ],
)
def test_wrong_arguments_are_refused_in_plain_words(
    copied: CopyKit, typed: Run, words: tuple[str, ...], status: int, said: str
) -> None:
    kit = copied(KITS / "full")
    (kit / "names.csv").write_text("Ann\nBo\n", encoding="utf-8")
    found = typed("pack", *words, cwd=kit)
    assert found.returncode == status
    assert said in found.stderr
    assert not (kit / "pack").exists()


@slow
def test_inputs_may_not_lie_in_the_folder_that_is_made_anew(copied: CopyKit, run: Run) -> None:
    kit = copied(KITS / "full")
    (kit / "pack").mkdir()
    (kit / "pack" / "names.csv").write_text("Ann\nBo\n", encoding="utf-8")
    done = run("pack", "two-days", "--date", "2026-12-03", "--names", "pack/names.csv", cwd=kit)
    assert done.returncode == 1
    assert "move it out" in done.stderr
    assert (kit / "pack" / "names.csv").is_file()
