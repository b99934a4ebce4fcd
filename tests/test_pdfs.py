"""Every printed document, read back: that it can be read by eye and by ear, and comes out of any printer whole.

These hold for all documents alike; what belongs to one kind is tested beside it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, copy_kit, run_generator
from tests.pdf import Pdf, Sheet, codes, read, run_of_words

pytestmark = [pytest.mark.pdf, pytest.mark.slow]

SIZES = {"a4": (210, 297), "us-letter": (215.9, 279.4), "a3": (297, 420), "us-tabloid": (279.4, 431.8)}
LANDSCAPE = {("cards", "standard"), ("cards", "black")}
TO_WRITE_ON = {
    "participant-workbook",
    "handouts",
    "sign-in",
    "promise-cards",
    "name-tents",
    "feedback-slip",
    "days-after",
}
NAMES = {
    "facilitator-guide", "participant-workbook", "run-sheet", "handouts", "exercise-sheet", "cards", "posters", "kit-list",
    "print-order", "name-tents", "sign-in", "promise-cards", "feedback-slip", "days-after",
}  # fmt: skip
MM = 72 / 25.4

Found = tuple[dict[str, Any], Pdf]


def manifest(folder: Path) -> list[Found]:
    """The documents that a folder's manifest names, each read."""
    entries: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert entries, "nothing was printed"
    return [(entry, read(folder / entry["path"].removeprefix("print/"))) for entry in entries]


@pytest.fixture(scope="module")
def on_request(tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
    """The editions that the site does not have, of two workshops and of the whole kit."""
    folder = copy_kit(ROOT, tmp_path_factory.mktemp("on-request"))
    found = []
    for workshop in ("half-day", "full-day", "all"):
        done = run_generator("print", workshop, "--edition", "black", "--edition", "booklet", cwd=folder)
        assert done.returncode == 0, done.stderr
        found += manifest(folder / "print" / workshop)
    return found


@pytest.fixture(scope="module")
def printed(shipped_site: Path, full_site: Path, on_request: list[Found]) -> list[Found]:
    """Every document of the kit that we ship, and of the kit that has every field."""
    return manifest(shipped_site / "print") + manifest(full_site / "print") + on_request


@pytest.fixture(scope="module")
def for_reading(printed: list[Found]) -> list[Found]:
    """All but the imposed ones, which are for printers."""
    return [(entry, pdf) for entry, pdf in printed if entry["edition"] != "booklet"]


def test_the_manifest_names_every_document_and_tells_the_truth(shipped_site: Path, printed: list[Found]) -> None:
    shipped = manifest(shipped_site / "print")
    assert {entry["document"] for entry, _ in shipped} == NAMES
    assert {entry["edition"] for entry, _ in shipped} == {"standard", "large", "duplex"}
    assert {entry["edition"] for entry, _ in printed} == {"standard", "large", "duplex", "black", "booklet"}
    paths = [entry["path"] for entry, _ in shipped]
    assert len(set(paths)) == len(paths)
    on_disk = {path.relative_to(shipped_site).as_posix() for path in (shipped_site / "print").rglob("*.pdf")}
    assert on_disk == set(paths)
    for entry, pdf in printed:
        assert len(pdf.sheets) == entry["pages"], entry["path"]
        for sheet in pdf.sheets:
            size = sorted(side * MM for side in SIZES[entry["paper"]])
            assert sorted([sheet.width, sheet.height]) == pytest.approx(size, abs=1), entry["path"]


def test_documents_for_reading_are_tagged_named_and_in_a_language(for_reading: list[Found]) -> None:
    faults = []
    for entry, pdf in for_reading:
        root = pdf.root
        told = {
            "not tagged": root["/MarkInfo"]["/Marked"],
            "no language": root["/Lang"] == "en",
            "title not shown": root["/ViewerPreferences"]["/DisplayDocTitle"],
            "not PDF/UA": b"pdfuaid:part" in root["/Metadata"].get_data(),
            "no parts": sum(pdf.roles.values()) > len(pdf.sheets),
            "a table has no head": pdf.headless_tables() == 0,
        }
        faults += [f"{entry['path']}: {fault}" for fault, fine in told.items() if not fine]
        faults += [f"{entry['path']}: {fault}" for fault in pdf.faults]
    assert not faults


def test_every_font_is_in_the_file_and_is_one_of_ours(printed: list[Found]) -> None:
    for entry, pdf in printed:
        runs = [run for sheet in pdf.sheets for run in sheet.ink]
        assert runs, entry["path"]
        assert all(run.embedded for run in runs), entry["path"]
        assert {run.font.split("+")[-1][:6] for run in runs} <= {"Source", "DejaVu", "Meetin"}, entry[
            "path"
        ]  # the last are the fixture's own


def test_no_letter_is_smaller_than_nine_points_and_none_leaves_the_page(printed: list[Found]) -> None:
    faults = set()
    for entry, pdf in printed:
        least = 18 if entry["edition"] == "large" else 9
        for number, sheet in enumerate(pdf.sheets, 1):
            for run in sheet.ink:
                left, bottom, right, top = run.box
                if run.size < least - 0.01:
                    faults.add(f"{entry['path']} page {number}: {run.size} points")
                if left < 0 or bottom < 0 or right > sheet.width + 0.1 or top > sheet.height + 0.1:
                    faults.add(f"{entry['path']} page {number}: text outside the page")
    assert not faults, "\n".join(sorted(faults))


def test_no_page_is_nearly_empty(printed: list[Found]) -> None:
    """Below the running head and above the foot: at least a fifth is used, on all pages but the last and those to write on."""
    faults = [
        f"{entry['path']} page {number}"
        for entry, pdf in printed
        if entry["document"] not in TO_WRITE_ON and entry["edition"] != "booklet"
        for number, sheet in enumerate(pdf.sheets[:-1], 1)
        if sheet.lowest(0.08, 0.92) < 0.2
    ]
    assert not faults, "\n".join(faults)


def _luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance (WCAG 2.2), 0 to 1."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _dark_squares(sheet: Sheet) -> int:
    """Squares of 8 mm that are all dark."""
    side, dark = 6, 0
    for top in range(0, len(sheet.grey) - side, side):
        rows = sheet.grey[top : top + side]
        dark += sum(
            all(max(row[left : left + side]) < 140 for row in rows) for left in range(0, len(rows[0]) - side, side)
        )
    return dark


def test_the_black_edition_reads_in_black_ink_and_saves_it(printed: list[Found]) -> None:
    looked = 0
    for entry, pdf in printed:
        if entry["edition"] == "black":
            for sheet in pdf.sheets:
                assert all(len(set(run.colour)) == 1 for run in sheet.ink), f"{entry['path']}: text in colour"
                pale = [run for run in sheet.ink if 1.05 / (_luminance(run.colour) + 0.05) < 4.5]
                assert not pale, f"{entry['path']}: grey text under 4.5 to 1"
                assert _dark_squares(sheet) == 0, f"{entry['path']}: a large dark area"
                looked += 1
    assert looked


def test_a_booklet_lies_in_the_order_that_folding_needs(printed: list[Found]) -> None:
    looked = 0
    for entry, pdf in printed:
        if entry["edition"] == "booklet":
            halves = [half for sheet in pdf.sheets for half in (sheet.half("left"), sheet.half("right"))]
            # Folded and turned page by page, halves are read in this order.
            sheets = len(pdf.sheets) // 2
            assert len(pdf.sheets) == 2 * sheets
            reading = [at for sheet in range(sheets) for at in (4 * sheet + 1, 4 * sheet + 2)]
            reading += [at for sheet in reversed(range(sheets)) for at in (4 * sheet + 3, 4 * sheet)]
            pages = [halves[at] for at in reading]
            full = [bool(run_of_words(page)) for page in pages]
            assert full == sorted(full, reverse=True), f"{entry['path']}: a blank page stands inside"
            assert full.count(False) < 4, f"{entry['path']}: more blank pages than folding needs"
            for number, page in enumerate(pages, 1):
                if number > 1 and run_of_words(page):
                    assert str(number) in page.split(), f"{entry['path']}: page {number} is not where it should be"
            looked += 1
    assert looked
    assert all("/StructTreeRoot" not in pdf.root for entry, pdf in printed if entry["edition"] == "booklet")


def test_documents_say_where_they_come_from_and_what_they_are(shipped_site: Path) -> None:
    kit = json.loads((shipped_site / "kit.json").read_text(encoding="utf-8"))
    titles = {exercise["id"]: exercise["title"] for exercise in kit["exercises"]}
    agendas = {
        workshop["id"]: {
            block["exercise"]
            for session in workshop["sessions"]
            for block in session["agenda"]
            if block["type"] == "exercise"
        }
        for workshop in kit["workshops"]
    }
    looked = set()
    for entry, pdf in manifest(shipped_site / "print"):
        wanted = {entry["exercise"]} if entry["document"] == "exercise-sheet" else agendas.get(entry["workshop"], set())
        if entry["document"] in ("facilitator-guide", "participant-workbook", "run-sheet", "exercise-sheet"):
            words = pdf.words
            for exercise in wanted:
                assert run_of_words(titles[exercise]) in words, f"{entry['path']}: {titles[exercise]}"
                looked.add(entry["document"])
    assert len(looked) == 4


def test_the_site_is_no_larger_than_promised(shipped_site: Path) -> None:
    assert sum(path.stat().st_size for path in shipped_site.rglob("*") if path.is_file()) < 150_000_000


def test_a_phone_reads_the_codes_and_finds_the_page_of_the_item(full_site: Path, shipped_site: Path) -> None:
    kit = json.loads((full_site / "kit.json").read_text(encoding="utf-8"))
    address = kit["kit"]["site_address"]
    seen: dict[str, set[str]] = {}
    for entry, _ in manifest(full_site / "print"):
        for code in codes(full_site / entry["path"]):
            assert code.text.startswith(address), entry["path"]
            page = full_site / code.text.removeprefix(address).partition("#")[0] / "index.html"
            assert page.is_file(), f"{entry['path']}: {code.text} is not a page of the site"
            assert code.level in ("M", "Q", "H"), entry["path"]
            assert code.width >= 20, f"{entry['path']}: a code of {code.width:.1f} mm"
            seen.setdefault(entry["document"], set()).add(code.text)
    assert {"facilitator-guide", "exercise-sheet", "handouts", "cards"} <= set(seen)
    sheet = next(entry for entry, _ in manifest(shipped_site / "print") if entry["document"] == "exercise-sheet")
    assert not codes(shipped_site / sheet["path"]), "without an address there is nothing to lead to"
