"""Recipes on paper: those of the guide, and the sheet of one exercise. What a facilitator holds while leading."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from generator.content.model import Exercise, Kit
from generator.content.words import load_words
from generator.links import link
from generator.paper.documents import Wanted, documents
from generator.paper.families import Edition
from generator.paper.press import Printed, print_all
from generator.reading import read as read_kit
from generator.templates import SHIPPED
from tests.conftest import KITS, ROOT, MakeKit
from tests.pdf import Pdf, Sheet, read, run_of_words

pytestmark = [pytest.mark.pdf, pytest.mark.slow]

# Their text is short enough for two pages of A4; it must stay so.
TWO_PAGES = (
    "comfort-line", "expect-or-strive", "four-hard-questions", "heard-and-meant", "ninety-day-promise", "no-till-sketch",
    "quick-win-premortem", "said-and-did", "say-do-audit", "waiting-room-sort",
)  # fmt: skip
SENTENCE = "Everybody writes down what a customer would notice, and says it to one other person in the room. "


def _printed(
    content: Path, name: str, folder: Path, edition: Edition = "standard", **wanted: Any
) -> list[tuple[Printed, Pdf]]:
    """Documents of one kind, printed and read."""
    kit = read_kit(content)[0].kit
    asked = Wanted(names=(name,), editions=(edition,), **wanted)
    found = []
    for printed in print_all(
        documents(kit, link(kit), load_words(SHIPPED, kit.settings.language), asked), SHIPPED, lambda _: None
    ):
        path = folder / printed.document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(printed.pdf)
        found.append((printed, read(path)))
    assert found, f"no {name} was printed"
    return found


def _shipped() -> Kit:
    return read_kit(ROOT / "content")[0].kit


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Printed, Pdf]]:
    """The sheet of each exercise that we ship, on A4."""
    found = _printed(ROOT / "content", "exercise-sheet", tmp_path_factory.mktemp("sheets"), papers=("a4",))
    return {printed.document.item: (printed, pdf) for printed, pdf in found}


def _told(exercise: Exercise) -> Iterator[str]:
    """The plain texts of a recipe."""
    yield exercise.title
    yield from (material.item for material in exercise.materials)
    for step in exercise.steps:
        yield step.title
    if exercise.handout:
        yield exercise.handout.title


def test_an_exercise_sheet_tells_the_whole_recipe_without_a_clock(sheets: dict[str, tuple[Printed, Pdf]]) -> None:
    kit = _shipped()
    assert set(sheets) == set(kit.exercises)
    for id, (printed, pdf) in sheets.items():
        for text in _told(kit.exercises[id]):
            assert run_of_words(text) in pdf.words, f"{id}: {text}"
        data = printed.document.data["exercise"]
        spoken = [step["say"] for step in data["steps"] if step["say"]] + data["debrief"]["what"] + data["watch_outs"]
        spoken += [data["remote"]] + data["variations"] + data["prepare"]
        for nodes in spoken:
            for text in _leaves(nodes):
                assert run_of_words(text) in pdf.words, f"{id}: {text}"
        assert all(run_of_words(idea["cite"]) in pdf.words for idea in data["ideas"])


def _leaves(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        if node["kind"] == "text" and len(node["text"]) < 60:  # longer ones may run over two columns
            yield node["text"]
        yield from _leaves(node["children"])


def test_an_exercise_sheet_has_two_pages_where_its_text_allows_and_never_a_page_that_is_nearly_empty(
    sheets: dict[str, tuple[Printed, Pdf]],
) -> None:
    for id, (printed, pdf) in sheets.items():
        assert not printed.faults, f"{id}: {printed.faults}"
        assert printed.pages == 2 if id in TWO_PAGES else printed.pages <= 3, id
        last = pdf.sheets[-1].half("left")
        assert len(last.split()) > 120, f"{id}: its last page is nearly empty"
        assert min(ink.size for sheet in pdf.sheets for ink in sheet.ink) >= 8.99, id


def _guide(steps: int, extra: int) -> dict[str, str]:
    """A kit whose one recipe has so many steps, and so many sentences more in its purpose."""
    say = "    do: |\n      " + SENTENCE * 2 + "\n"
    recipe = f"title: Round of notes\npurpose: Hear what was noticed. {SENTENCE * extra}\nsteps:\n"
    for at in range(steps):
        recipe += f"  - title: Part {at + 1}\n    minutes: 5\n{say}"
    recipe += "  - title: The last part\n    minutes: 5\n    do: The end of it.\n"
    return {
        "content/kit.yml": "format: 1\nid: k\nname: K\npapers: [a4]\n",
        "content/exercises/round.yml": recipe,
        "content/workshops/hour.yml": "title: An hour\npromise: You hear what was noticed.\nsessions:\n"
        "  - agenda:\n      - {activity: Welcome, minutes: 5, do: Say hello.}\n      - exercise: round\n",
    }


def _body(sheet: Sheet) -> float:
    """The size of the type in which the steps on a page are set."""
    sizes = [ink.size for ink in sheet.ink if "SourceSans" in ink.font and 9.4 < ink.size < 10.6]
    return max(set(sizes), key=sizes.count)


def test_a_recipe_that_would_spill_a_little_is_set_tighter_and_others_are_not(
    make_kit: MakeKit, tmp_path: Path
) -> None:
    sizes: list[float] = []
    for extra in range(10):
        folder = make_kit(_guide(18, extra))
        printed, pdf = _printed(folder / "content", "facilitator-guide", tmp_path / str(extra))[0]
        assert not printed.faults
        last = next(
            sheet for sheet in reversed(pdf.sheets) if run_of_words("The end of it") in run_of_words(sheet.text)
        )
        sizes.append(_body(last))
        assert last.lowest(0.09, 0.92) > 0.24, f"{extra}: the recipe's last page is nearly empty"
    assert 10.5 in sizes, "a recipe that fits is set as any other"
    assert min(sizes) < 10.5, "no recipe was set tighter"
    assert min(sizes) >= 9.5


def test_no_recipe_of_ours_spills_in_the_guide(tmp_path: Path) -> None:
    for printed, _ in _printed(ROOT / "content", "facilitator-guide", tmp_path, workshops=("half-day", "stamina-90")):
        assert not printed.faults, f"{printed.document.path}: {printed.faults}"


def _links(path: Path) -> set[str]:
    found = set()
    for page in PdfReader(path).pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A", {})
            if "/URI" in action:
                found.add(str(action["/URI"]))
    return found


def test_a_recipe_leads_to_its_page_only_when_the_kit_has_a_site(
    sheets: dict[str, tuple[Printed, Pdf]], tmp_path: Path
) -> None:
    for name in ("exercise-sheet", "facilitator-guide"):
        for printed, pdf in _printed(KITS / "full" / "content", name, tmp_path, papers=("a4",)):
            data = printed.document.data
            exercises = [data["exercise"]] if "exercise" in data else data["exercises"]
            assert exercises
            for exercise in exercises:
                assert exercise["site"]["url"] in _links(pdf.path)
            assert pdf.roles["Figure"] >= len(exercises), "no QR code"
            assert not pdf.faults
    for _, pdf in sheets.values():
        assert pdf.roles["Figure"] == 0


def test_the_guide_on_half_pages_tells_all_and_in_type_that_can_be_read(tmp_path: Path) -> None:
    kit = _shipped()
    for printed, pdf in _printed(ROOT / "content", "facilitator-guide", tmp_path, "booklet", workshops=("half-day",)):
        assert not printed.faults
        assert len({run_of_words(line) for sheet in pdf.sheets for line in sheet.text.splitlines()}) > 500
        assert min(ink.size for sheet in pdf.sheets for ink in sheet.ink) >= 8.99
        halves = [run_of_words(sheet.half(side)) for sheet in pdf.sheets for side in ("left", "right")]
        for id in ("waiting-room-sort", "said-and-did", "no-till-sketch", "ninety-day-promise"):
            for step in kit.exercises[id].steps:
                assert any(run_of_words(step.title) in half for half in halves), step.title
        sheet = next(half for half in halves if half.startswith(run_of_words("Right road, wrong road The run sheet")))
        times = re.findall(r"10[0-5]\d", sheet)
        assert len(times) >= 2, "the run sheet has lost its clock"
