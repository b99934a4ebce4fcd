"""The participant workbook in its editions: large print for tired eyes, half pages for the stapler, and room for a pen in all of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
import yaml
from pypdf import PdfReader

import generator.paper.press as press
from generator.content.model import ExerciseBlock, Kit
from generator.content.words import load_words
from generator.links import link
from generator.paper.documents import Document, Wanted, documents
from generator.paper.families import Edition
from generator.paper.typesetter import Copy
from generator.programme import exercises_in
from generator.reading import read as read_kit
from generator.templates import SHIPPED
from tests.conftest import KITS, ROOT, copy_kit
from tests.pdf import Ink, Pdf, read, run_of_words

pytestmark = [pytest.mark.pdf, pytest.mark.slow]

MM = 72 / 25.4
COPY = press._copy
SHARE = 0.25  # of a run of text that another one may touch: descenders and accents
# What of a kit is looked at: all that we ship, all that a kit can say, and two large workshops with every title three times as long.
WORKSHOPS = {"shipped": (), "full": (), "long": ("full-day", "leadership-retreat")}
Workbooks = dict[tuple[str, Edition, str], Pdf]  # by workshop, edition and paper
Box = tuple[float, float, float, float]


def _not_imposed(document: Document) -> Copy:
    return replace(COPY(document), sheet=None)


def _kit(folder: Path, patch: pytest.MonkeyPatch) -> Kit:
    patch.chdir(folder)
    loaded, _ = read_kit(Path("content"))
    return loaded.kit


def _printed(kit: Kit, editions: tuple[Edition, ...], out: Path, workshops: tuple[str, ...] = ()) -> Workbooks:
    words = load_words(SHIPPED, kit.settings.language)
    found: Workbooks = {}
    wanted = Wanted(names=("participant-workbook",), editions=editions, workshops=workshops)
    for printed in press.print_all(documents(kit, link(kit), words, wanted), SHIPPED, lambda _: None):
        assert printed.pdf, printed.faults
        path = out / printed.document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(printed.pdf)
        found[printed.document.workshop, printed.document.edition, printed.document.paper] = read(path)
    assert found
    return found


def _longer(folder: Path) -> Path:
    """Make every title and label of a kit three times as long."""
    for path in [*(folder / "content").rglob("*.yml")]:
        if path.name == "kit.yml":
            continue
        text = path.read_text(encoding="utf-8")
        # Titles and labels that are plain words; those inside {...} stay.
        longer = re.sub(
            r"^(\s*(?:- )?(?:title|label): )([^\n{}\"'&*|>]+)$", r"\1\2 \2 \2", text, flags=re.MULTILINE
        ).replace("? ", " ")
        try:
            same = yaml.safe_load(longer) is not None
        except yaml.YAMLError:
            same = False
        if same:
            path.write_text(longer, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Workbooks]]:
    """The workbooks of a kit (shipped, full, long) in every edition; booklets as they are before two pages share a sheet."""
    made: dict[str, Workbooks] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "_copy", _not_imposed)

        def of(name: str) -> Workbooks:
            if name not in made:
                out = tmp_path_factory.mktemp(name)
                folder = {"shipped": ROOT, "full": KITS / "full"}.get(name)
                kit = _kit(folder or _longer(copy_kit(ROOT, out / "kit")), patch)
                made[name] = _printed(kit, ("standard", "large", "booklet"), out, WORKSHOPS[name])
            return made[name]

        yield of


@pytest.fixture(params=["shipped", "full", "long"])
def all_workbooks(request: pytest.FixtureRequest, workbooks: Callable[[str], Workbooks]) -> Workbooks:
    return workbooks(request.param)


def test_no_letter_is_smaller_than_its_edition_promises(all_workbooks: Workbooks) -> None:
    least = {"standard": 9, "large": 18, "booklet": 9}
    for name, pdf in all_workbooks.items():
        sizes = {ink.size for sheet in pdf.sheets for ink in sheet.ink}
        assert sizes
        assert min(sizes) >= least[name[1]] - 0.05, f"{name}: {sorted(sizes)[:3]}"


def _overlap(one: Box, other: Box) -> tuple[float, float]:
    return min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])


def _collide(one: Ink, other: Ink) -> bool:
    """Whether two runs of text lie on each other, and do not merely touch."""
    across, up = _overlap(one.box, other.box)
    height = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
    return across > 1.5 and up > SHARE * height and up > 1.5


def test_text_never_lies_on_text_nor_runs_off_the_page(all_workbooks: Workbooks) -> None:
    faults = []
    for name, pdf in all_workbooks.items():
        for number, sheet in enumerate(pdf.sheets, start=1):
            for at, ink in enumerate(sheet.ink):
                left, bottom, right, top = ink.box
                if left < 8 * MM or right > sheet.width - 8 * MM or bottom < 6 * MM or top > sheet.height - 6 * MM:
                    faults.append(f"{name} page {number}: off the page {ink.box}")
                if any(_collide(ink, other) for other in sheet.ink[at + 1 :]):
                    faults.append(f"{name} page {number}: text on text {ink.box}")
    assert not faults, "\n".join(faults[:20])


def _rules(path: Path) -> Iterator[tuple[int, list[Box]]]:
    """For each page the thin horizontal lines: what is written on, and rules."""
    document = pdfium.PdfDocument(path)
    for number, page in enumerate(document, start=1):
        boxes = [item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5)]
        yield number, [box for box in boxes if box[3] - box[1] < 2 and box[2] - box[0] > 20 * MM]
    document.close()


def test_lines_to_write_on_are_as_far_apart_as_a_hand_needs(all_workbooks: Workbooks) -> None:
    looked, faults = 0, []
    for name, pdf in all_workbooks.items():
        for number, rules in _rules(pdf.path):
            if number == 1:
                continue  # the cover draws time
            middles = [(ink.box[1] + ink.box[3]) / 2 for ink in pdf.sheets[number - 1].ink]
            ends: dict[tuple[int, int], list[float]] = {}
            for left, bottom, right, top in rules:
                ends.setdefault((round(left), round(right)), []).append((bottom + top) / 2)
            for heights in ends.values():
                heights.sort()
                for low, high in pairwise(heights):
                    if any(low < middle < high for middle in middles):
                        continue  # a row with words of ours
                    looked += 1
                    if 0.5 * MM < high - low < 7.9 * MM:
                        faults.append(f"{name} page {number}: {(high - low) / MM:.1f} mm")
    assert looked > 100
    assert not faults, "\n".join(faults[:20])


def test_no_line_runs_through_words(all_workbooks: Workbooks) -> None:
    faults = []
    for name, pdf in all_workbooks.items():
        for number, rules in _rules(pdf.path):
            for ink in pdf.sheets[number - 1].ink:
                left, bottom, right, top = ink.box
                depth = SHARE * (top - bottom)
                for line in rules:
                    middle = (line[1] + line[3]) / 2
                    if bottom + depth < middle < top - depth and min(right, line[2]) - max(left, line[0]) > 2:
                        faults.append(f"{name} page {number}: {ink.box}")
    assert not faults, "\n".join(faults[:20])


def test_every_edition_holds_every_exercise_and_field(workbooks: Callable[[str], Workbooks]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        kit = _kit(ROOT, patch)
    looked = 0
    for name, pdf in workbooks("shipped").items():
        for exercise in exercises_in(kit, kit.workshops[name[0]]):
            wanted = [exercise.title, *(field.label for field in (exercise.handout.fields if exercise.handout else ()))]
            for text in wanted:
                assert run_of_words(text) in pdf.words, f"{name}: {text}"
                looked += 1
    assert looked > 200


def _addresses(pdf: Pdf) -> set[str]:
    found = set()
    for page in PdfReader(pdf.path).pages:
        for note in page.get("/Annots") or []:
            action = note.get_object().get("/A") or {}
            if "/URI" in action:
                found.add(str(action["/URI"]))
    return found


def test_an_exercise_leads_to_its_page_only_when_the_site_has_an_address(
    workbooks: Callable[[str], Workbooks],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        full = _kit(KITS / "full", patch)
    looked = 0
    for name, pdf in workbooks("full").items():
        blocks = [block for session in full.workshops[name[0]].sessions for block in session.agenda]
        for block in blocks:
            if isinstance(block, ExerciseBlock):
                assert f"{full.settings.site_address}exercises/{block.exercise}/" in _addresses(pdf), name
                looked += 1
    assert looked
    for name, pdf in workbooks("shipped").items():
        assert not [address for address in _addresses(pdf) if "/exercises/" in address], name


def test_half_pages_are_imposed_so_that_the_folded_booklet_reads_in_order(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        kit = _kit(KITS / "full", patch)
        patch.setattr(press, "_copy", _not_imposed)
        single = _printed(kit, ("booklet",), tmp_path / "single")
        patch.setattr(press, "_copy", COPY)
        imposed = _printed(kit, ("booklet",), tmp_path / "imposed")
    looked = 0
    for name, pdf in imposed.items():
        pages = [run_of_words(sheet.text) for sheet in single[name].sheets]
        places = -(-len(pages) // 4) * 4
        pages += [""] * (places - len(pages))
        assert len(pdf.sheets) == places // 2
        for side, sheet in enumerate(pdf.sheets):
            assert sheet.width > sheet.height
            first, last = pages[side], pages[places - 1 - side]
            left, right = (last, first) if side % 2 == 0 else (first, last)
            assert run_of_words(sheet.half("left")) == left, f"{name}: left of side {side + 1}"
            assert run_of_words(sheet.half("right")) == right, f"{name}: right of side {side + 1}"
            looked += 1
    assert looked > 3
