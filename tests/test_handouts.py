"""Handouts: each exercise's sheet, drawn as the thing it is, with room for a thick pen."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
import yaml

from generator.content.model import Handout, Kit
from generator.content.words import load_words
from generator.links import link
from generator.paper.documents import Document, Wanted, documents
from generator.paper.families import Edition
from generator.paper.press import print_all
from generator.reading import read as read_kit
from generator.templates import SHIPPED
from generator.web.pages import Site, render
from tests.conftest import ROOT, CopyKit
from tests.pdf import Pdf, read, run_of_words

MM = 72 / 25.4
SHEETS = {
    "half-day": ["waiting-room-sort", "said-and-did", "no-till-sketch", "ninety-day-promise"],
    "stamina-90": ["unhappy-chair", "ninety-day-promise"],
}


def _handouts(content: Path, editions: tuple[Edition, ...] = ("standard",)) -> tuple[Kit, list[Document]]:
    kit = read_kit(content)[0].kit
    words = load_words(SHIPPED, kit.settings.language)
    return kit, documents(kit, link(kit), words, Wanted(names=("handouts",), editions=editions))


def _names(handout: Handout) -> Iterator[str]:
    yield handout.title
    for field in handout.fields:
        yield from (field.label, *field.columns, *field.row_labels, *field.corners)


def test_a_workshop_has_the_sheets_of_its_exercises_in_their_order_and_no_word_for_facilitators() -> None:
    kit, found = _handouts(ROOT / "content")
    assert {document.workshop for document in found} == set(kit.workshops)
    for document in found:
        sheets: list[dict[str, Any]] = document.data["sheets"]
        if document.workshop in SHEETS:
            assert [sheet["id"] for sheet in sheets] == SHEETS[document.workshop]
        for sheet in sheets:
            assert set(sheet) == {"id", "title", "handout", "ideas", "site"}


def test_a_workshop_without_sheets_has_no_handouts(copied: CopyKit, kits: Path) -> None:
    folder = copied(kits / "full")
    for file in (folder / "content" / "exercises").glob("*.yml"):
        exercise = yaml.safe_load(file.read_text(encoding="utf-8"))
        file.write_text(
            yaml.safe_dump({name: exercise[name] for name in exercise if name != "handout"}), encoding="utf-8"
        )
    assert _handouts(folder / "content")[1] == []


def test_the_shipped_sheets_are_drawn_as_what_they_are() -> None:
    kit, _ = _handouts(ROOT / "content")
    spaces = {
        id: {field.space for field in exercise.handout.fields}
        for id, exercise in kit.exercises.items()
        if exercise.handout
    }
    wanted = {
        "waiting-room-sort": "grid", "indicator-ladder": "ladder", "value-chain-string": "chain", "two-way-charter": "columns",
        "ninety-day-promise": "card", "stop-list": "card",
    }  # fmt: skip
    assert {id: space for id, space in wanted.items() if space not in spaces[id]} == {}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, kits: Path) -> dict[str, tuple[Kit, list[tuple[Document, Pdf]]]]:
    """The handouts of the kit that we ship and of the kit with every field, on both papers, read back."""
    folder = tmp_path_factory.mktemp("handouts")
    found = {}
    for name, content in (("shipped", ROOT / "content"), ("full", kits / "full" / "content")):
        kit, made = _handouts(content, ("standard", "large"))
        found[name] = (kit, _print(made, folder / name))
    return found


def _print(made: list[Document], folder: Path) -> list[tuple[Document, Pdf]]:
    found = []
    for one in print_all(made, SHIPPED, lambda _: None):
        assert one.faults == ()
        path = folder / one.document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.pdf)
        found.append((one.document, read(path)))
    assert found
    return found


def _starts(document: Document, pdf: Pdf) -> list[int]:
    """The pages, from 0, on which the sheets of a document begin: those with a bookmark of the sheet's title."""
    reader = pdfium.PdfDocument(pdf.path)
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in reader.get_toc()]
    assert [title for title, _ in marks] == [sheet["handout"]["title"] for sheet in document.data["sheets"]]
    return [page for _, page in marks]


@pytest.mark.pdf
@pytest.mark.slow
def test_each_sheet_begins_on_a_fresh_page_and_takes_two_at_most(
    printed: dict[str, tuple[Kit, list[tuple[Document, Pdf]]]],
) -> None:
    for document, pdf in printed["shipped"][1]:
        if document.edition == "standard":
            starts = [*_starts(document, pdf), len(pdf.sheets)]
            lengths = [end - start for start, end in pairwise(starts)]
            assert set(lengths) <= {1, 2}, f"{document.path}: {lengths}"


@pytest.mark.pdf
@pytest.mark.slow
def test_every_name_of_a_drawn_space_stands_on_the_sheet(
    printed: dict[str, tuple[Kit, list[tuple[Document, Pdf]]]],
) -> None:
    looked = 0
    for kit, made in printed.values():
        for document, pdf in made:
            for sheet in document.data["sheets"]:
                handout = kit.exercises[sheet["id"]].handout
                assert handout
                for name in _names(handout):
                    assert run_of_words(name) in pdf.words, f"{document.path}: {name}"
                    looked += 1
    assert looked > 500


@pytest.mark.pdf
@pytest.mark.slow
def test_sheets_are_used_to_the_foot_of_the_page(printed: dict[str, tuple[Kit, list[tuple[Document, Pdf]]]]) -> None:
    for document, pdf in printed["shipped"][1]:
        if document.edition == "standard":
            for at, sheet in enumerate(pdf.sheets):
                # What stands lower is the name of the sheet, and where it comes from.
                assert sheet.lowest(above=0.91) > 0.78, f"{document.path}, page {at + 1}"


def _gaps(pdf: Pdf, page: int) -> list[float]:
    """How far apart lines to write on are on a page, in mm: lines that begin and end below each other, with no words between."""
    document = pdfium.PdfDocument(pdf.path)
    boxes = [path.get_bounds() for path in document[page].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5)]
    flat = sorted((round(left), round(right), low) for left, low, right, high in boxes if high - low < 3 < right - left)
    words = [ink.box for ink in pdf.sheets[page].ink]
    found = []
    for (left, right, low), (other_left, other_right, high) in pairwise(flat):
        between = any(left <= box[0] < right and low < (box[1] + box[3]) / 2 < high for box in words)
        if (left, right) == (other_left, other_right) and not between:
            found.append((high - low) / MM)
    return found


@pytest.mark.pdf
@pytest.mark.slow
def test_lines_have_room_for_a_thick_pen(printed: dict[str, tuple[Kit, list[tuple[Document, Pdf]]]]) -> None:
    looked = 0
    for document, pdf in printed["shipped"][1]:
        for page in range(len(pdf.sheets)):
            gaps = _gaps(pdf, page)
            assert min(gaps, default=9) >= 8.9, f"{document.path}, page {page + 1}: lines {min(gaps):.1f} mm apart"
            looked += len(gaps)
    assert looked > 200


@pytest.mark.pdf
@pytest.mark.slow
def test_large_print_has_no_letter_under_eighteen_points(
    printed: dict[str, tuple[Kit, list[tuple[Document, Pdf]]]],
) -> None:
    for _, made in printed.values():
        for document, pdf in made:
            if document.edition == "large":
                small = {ink.size for sheet in pdf.sheets for ink in sheet.ink if ink.size < 17.9}
                assert not small, f"{document.path}: {small}"


@pytest.mark.pdf
@pytest.mark.slow
def test_a_sheet_has_the_address_of_its_exercise_only_when_the_kit_has_one(
    printed: dict[str, tuple[Kit, list[tuple[Document, Pdf]]]],
) -> None:
    for document, pdf in printed["full"][1]:
        assert b"/URI" in pdf.path.read_bytes(), document.path
    for document, pdf in printed["shipped"][1]:
        assert b"/URI" not in pdf.path.read_bytes(), document.path


@pytest.mark.pdf
@pytest.mark.slow
def test_names_three_times_as_long_push_and_do_not_overflow(copied: CopyKit, kits: Path, tmp_path: Path) -> None:
    folder = copied(kits / "full")
    file = folder / "content" / "exercises" / "agenda-in-five.yml"
    exercise = yaml.safe_load(file.read_text(encoding="utf-8"))
    exercise["handout"]["title"] = " ".join([exercise["handout"]["title"]] * 3)
    for field in exercise["handout"]["fields"]:
        field["label"] = " ".join([field["label"]] * 3)
        for name in {"columns", "row_labels", "corners"} & set(field):
            field[name] = [" ".join([text] * 3) for text in field[name]]
    file.write_text(yaml.safe_dump(exercise), encoding="utf-8")
    kit, made = _handouts(folder / "content")
    handout = kit.exercises["agenda-in-five"].handout
    assert handout
    for document, pdf in _print(made, tmp_path):
        lost = [name for name in _names(handout) if run_of_words(name) not in pdf.words]
        assert not lost, f"{document.path}: {lost}"
        for sheet in pdf.sheets:
            body = [ink.box for ink in sheet.ink if ink.box[1] > 13 * MM]  # the rest is the foot
            assert all(left >= 0 and right <= sheet.width - 12 * MM for left, _, right, _ in body), document.path


def test_the_site_shows_each_kind_of_space(kits: Path) -> None:
    loaded = read_kit(kits / "full" / "content")[0]
    site = Site(loaded.kit, link(loaded.kit), load_words(SHIPPED, "en"), {}, SHIPPED, ())
    page = next(page.text for page in render(site) if page.path == "exercises/agenda-in-five/index.md")
    sheet = page[page.index("kit-sheet") :]
    heads = re.findall(r'<th scope="(col|row)">([^<]+)</th>', sheet)
    rows = {text for scope, text in heads if scope == "row"}
    assert {"all of us", "two of us", "topic", "question", "decision", "first line", "to whom", "by when"} <= rows
    assert {"today", "this week", "kept", "struck out"} <= {text for scope, text in heads if scope == "col"}
    said = re.findall(r'<span class="kit-corner">([^<]+)</span>', sheet)
    assert said == ["now", "call", "plan", "note"]
    joints = re.findall(r'<span class="kit-joint"><span>([^<]+)</span>', sheet)
    assert joints[:2] == ["so that", "seen?"]
