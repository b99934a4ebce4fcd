"""The small papers of a workshop: name tents, sign-in sheet, promise cards, feedback slips and the days after."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw
import pytest
import yaml

from generator.build import faults
from generator.content.load import Loaded
from generator.content.words import load_words
from generator.links import link
from generator.paper.documents import Wanted, documents
from generator.paper.families import FAMILIES
from generator.paper.press import Printed, print_all
from generator.paper.room import days_after, name_tents, promise_cards, sign_in
from generator.paper.subject import Subject
from generator.reading import read
from generator.templates import SHIPPED
from tests.conftest import KITS, ROOT, CopyKit
from tests.pdf import run_of_words

SMALL = ("name-tents", "sign-in", "promise-cards", "feedback-slip", "days-after")
MM = 72 / 25.4


@cache
def _loaded(folder: Path) -> Loaded:
    return read(folder / "content")[0]


def _subject(folder: Path, workshop: str, people: int | None = None) -> Subject:
    kit = _loaded(folder).kit
    return Subject(kit, link(kit), load_words(SHIPPED, "en"), kit.workshops[workshop], people=people)


def _printed(folder: Path, *names: str, workshops: tuple[str, ...] = (), people: int | None = None) -> list[Printed]:
    kit = _loaded(folder).kit
    wanted = Wanted(workshops, names or SMALL, ("standard", "black"), people=people)
    found = print_all(documents(kit, link(kit), load_words(SHIPPED, "en"), wanted), SHIPPED, lambda _: None)
    assert found, "nothing was printed"
    return found


def _texts(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(pdf)]


def _rules(pdf: bytes, least: float = 10) -> list[tuple[float, float, float]]:
    """Drawn lines across the first page, longer than `least` mm: left, right and height above its foot, in mm."""
    found = []
    for one in pdfium.PdfDocument(pdf)[0].get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = (length / MM for length in one.get_bounds())
        if right - left > least and top - bottom < 1:
            found.append((left, right, (top + bottom) / 2))
    assert found, "no line was drawn"
    return found


# What stands on them.


def test_a_tent_tells_its_owner_when_each_day_begins_pauses_and_ends() -> None:
    days = name_tents(_subject(KITS / "full", "two-days"))["times"]
    assert [day["day"] for day in days] == [1, 2]
    assert days[0]["lines"][0] == ["8:45", "Start"]
    assert ["10:30", "Coffee break"] in days[0]["lines"]
    assert ["12:30", "Lunch"] in days[0]["lines"]
    assert days[0]["lines"][-1] == ["13:55", "End"], "both sessions of a day are one day"
    assert len(days[0]["lines"]) == 4, "only what people look at the clock for"


def test_the_question_on_a_tent_can_be_found_by_its_author() -> None:
    question = name_tents(_subject(ROOT, "half-day"))["question"]
    kind, id, *path = question["field"]
    found: Any = yaml.safe_load((ROOT / "content" / kind / f"{id}.yml").read_text(encoding="utf-8"))
    for part in path:
        found = found[part]
    first = _loaded(ROOT).kit.workshops["half-day"].sessions[0].agenda[0]
    assert question["text"][0]["children"][0]["text"] == found
    prompts = {prompt.id: prompt for prompt in _loaded(ROOT).kit.prompts[id].prompts}
    assert prompts[first.pick[0]].text.plain() == found  # type: ignore[union-attr]


def test_a_workshop_that_opens_without_a_question_still_has_tents() -> None:
    assert name_tents(_subject(KITS / "full", "two-days"))["question"] is None


def test_a_seat_for_each_person_on_the_list_of_each_day() -> None:
    lists = sign_in(_subject(KITS / "full", "two-days"))["lists"]
    assert lists == [{"day": 1, "rows": 20}, {"day": 2, "rows": 20}]
    assert sign_in(_subject(ROOT, "half-day"))["lists"] == [{"day": None, "rows": 24}]
    assert sign_in(_subject(ROOT, "half-day", people=9))["lists"] == [{"day": None, "rows": 9}]


def test_the_days_after_have_the_minutes_of_every_block() -> None:
    for id, workshop in _loaded(ROOT).kit.workshops.items():
        days = days_after(_subject(ROOT, id))["days"]
        assert [len(day["lines"]) for day in days] == [len(session.agenda) for session in workshop.sessions]
        assert all(line["minutes"] >= 0 for day in days for line in day["lines"])
    assert days_after(_subject(ROOT, "half-day"))["days"][0]["lines"][1] == {
        "title": "The waiting-room sort",
        "start": "9:10",
        "minutes": 40,
    }


def test_promises_come_due_on_the_days_that_the_days_after_name_or_on_days_to_fill_in() -> None:
    for made in (promise_cards, days_after):
        assert made(_subject(ROOT, "half-day"))["due"] == ["Day 45", "Day 90"]
        assert made(_subject(ROOT, "starter-60"))["due"] == ["First day", "Second day"], (
            "its days after name no such day"
        )


def test_a_call_needs_no_tents_and_no_list_at_the_door() -> None:
    kit = _loaded(KITS / "full").kit
    wanted = Wanted(("one-call",), SMALL, ("standard",))
    names = {one.name for one in documents(kit, link(kit), load_words(SHIPPED, "en"), wanted)}
    assert names == {"promise-cards", "feedback-slip", "days-after"}


# How they print.


@pytest.mark.pdf
@pytest.mark.slow
def test_as_many_lie_on_a_sheet_as_the_copies_count_on() -> None:
    said = {
        "promise-cards": "My promise",
        "name-tents": "Write your name large",
        "feedback-slip": "What was left unsaid",
    }
    serves = {family.name: family.serves for family in FAMILIES}
    for one in _printed(ROOT, *said, workshops=("half-day", "full-day")):
        texts = _texts(one.pdf)
        assert len(texts) == 1, f"{one.document.path} takes {len(texts)} pages"
        assert texts[0].count(said[one.document.name]) == serves[one.document.name]


@pytest.mark.pdf
@pytest.mark.slow
def test_each_promise_has_a_copy_for_the_witness_beside_it() -> None:
    for one in _printed(ROOT, "promise-cards", workshops=("half-day",)):
        text = _texts(one.pdf)[0]
        assert text.count("for me to keep") == text.count("for my witness") == 3
        assert text.count("Day 45") == text.count("Day 90") == 3


def _gaps(pdf: bytes, left: float, right: float) -> Iterator[float]:
    """Distances in mm between lines below each other that begin between two places across the page."""
    heights = sorted({round(height, 1) for start, _, height in _rules(pdf) if left < start < right}, reverse=True)
    assert len(heights) > 5
    yield from (above - below for above, below in pairwise(heights))


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize("name", ["promise-cards", "feedback-slip"])
def test_lines_to_write_on_lie_as_far_apart_as_a_pen_needs(name: str) -> None:
    for one in _printed(ROOT, name, workshops=("half-day",)):
        gaps = list(_gaps(one.pdf, 13, 100))
        assert min(gaps) >= 7.9, f"{one.document.path}: {min(gaps):.1f} mm"


@pytest.mark.pdf
@pytest.mark.slow
def test_a_list_for_many_repeats_its_heads_and_has_a_row_for_each() -> None:
    for people, pages in ((24, 1), (40, 2)):
        for one in _printed(ROOT, "sign-in", workshops=("half-day",), people=people):
            texts = _texts(one.pdf)
            assert len(texts) == pages, one.document.path
            assert all("E-mail" in text and "Photograph" in text for text in texts)
            assert str(people) in texts[-1].split()
            rows = sorted({round(height, 1) for _, _, height in _rules(one.pdf, least=30) if height < 230})
            assert min(b - a for a, b in pairwise(rows)) >= 8.9


@pytest.mark.pdf
@pytest.mark.slow
def test_titles_three_times_as_long_have_room(copied: CopyKit) -> None:
    folder = copied(ROOT)
    for path in (folder / "content" / "workshops").glob("*.yml"):
        title, rest = path.read_text(encoding="utf-8").split("\n", 1)
        words = title.removeprefix("title: ").strip('"')
        path.write_text(f'title: "{words}, {words} Zusammenarbeitsverantwortung {words}"\n{rest}', encoding="utf-8")
    printed = _printed(folder)
    assert not [one.document.path for one in printed if one.faults]
    assert {one.pages for one in printed if one.document.name in ("promise-cards", "name-tents", "feedback-slip")} == {
        1
    }


@pytest.mark.pdf
@pytest.mark.slow
def test_a_question_too_long_for_a_tent_is_an_error_at_its_line(copied: CopyKit) -> None:
    folder = copied(ROOT)
    deck = folder / "content" / "prompts" / "openers.yml"
    question = "Who was the last customer you spoke with, and what were they trying to get done?"
    deck.write_text(deck.read_text(encoding="utf-8").replace(question, f"{question} " * 20), encoding="utf-8")
    problems = faults(_loaded(folder), _printed(folder, "name-tents", workshops=("half-day",)))
    assert [problem.code for problem in problems] == ["too-long"]
    assert str(problems[0].place.file).endswith("prompts/openers.yml")
    line = next(
        number for number, text in enumerate(deck.read_text(encoding="utf-8").splitlines(), 1) if question in text
    )
    assert problems[0].place.line == line


@pytest.mark.pdf
@pytest.mark.slow
def test_the_days_after_have_every_task_block_and_question() -> None:
    for one in _printed(ROOT, "days-after", workshops=("half-day", "full-day")):
        text = run_of_words("".join(_texts(one.pdf)))
        workshop = _loaded(ROOT).kit.workshops[one.document.workshop]
        assert workshop.after
        for task in workshop.after:
            assert run_of_words(task.plain()) in text
        for line in one.document.data["days"][0]["lines"]:
            assert run_of_words(f"{line['start']} {line['title']} {line['minutes']}") in text
        assert one.pages == 2, "both sides of one sheet"


@pytest.mark.pdf
@pytest.mark.slow
def test_papers_lead_to_the_page_of_the_workshop_when_there_is_one() -> None:
    for one in _printed(KITS / "full", "name-tents", "sign-in", "days-after", workshops=("two-days",)):
        assert b"https://example.org/meetings/workshops/two-days/" in one.pdf, one.document.path
    for one in _printed(ROOT, "sign-in", workshops=("half-day",)):
        assert b"/URI" not in one.pdf, "the kit has no address"
