"""The run sheet as it is printed: a page or two for a session, blocks as tall as they are long, and all that one needs beside the clock."""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from generator.content.load import Loaded
from generator.content.prose import parse
from generator.content.sentences import beginning
from generator.content.words import load_words
from generator.links import link
from generator.paper.documents import Wanted, documents
from generator.paper.press import print_all
from generator.paper.run_sheet import run_sheet_of
from generator.paper.subject import Subject
from generator.reading import read
from generator.templates import SHIPPED
from tests.conftest import KITS, ROOT, CopyKit
from tests.pdf import run_of_words


@cache
def _loaded(folder: Path) -> Loaded:
    return read(folder / "content")[0]


def _pages(folder: Path, workshop: str) -> list[dict[str, Any]]:
    kit = _loaded(folder).kit
    subject = Subject(kit, link(kit), load_words(SHIPPED, "en"), kit.workshops[workshop])
    found: list[dict[str, Any]] = run_sheet_of(subject)["pages"]
    return found


def _pdf(folder: Path, workshop: str, paper: str = "a4") -> pdfium.PdfDocument:
    kit = read(folder / "content")[0].kit
    wanted = Wanted((workshop,), ("run-sheet",), ("standard",), (paper,))
    found = print_all(documents(kit, link(kit), load_words(SHIPPED, "en"), wanted), SHIPPED, lambda _: None)
    assert len(found) == 1
    assert not found[0].faults
    return pdfium.PdfDocument(found[0].pdf)


def _text(page: pdfium.PdfPage) -> str:
    return run_of_words(page.get_textpage().get_text_range())


def _tops(page: pdfium.PdfPage) -> list[tuple[str, float]]:
    """The clock times in the first column of the table and of the checkpoints, and how high up each stands, in points."""
    text, found = page.get_textpage(), []
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        if left < 45 and ":" in words and words.replace(":", "").isdigit():
            found.append((words, bottom))
    return found


def test_a_session_up_to_four_hours_takes_one_page_and_a_longer_one_two_broken_after_a_break() -> None:
    assert [page["parts"] for page in _pages(ROOT, "half-day")] == [1]
    first, second = _pages(ROOT, "full-day")
    assert first["lines"][-1]["type"] == "break"
    assert first["then"] == second["lines"][0]["title"]
    assert [line["start"] for line in (*first["lines"], *second["lines"])] == sorted(
        (line["start"] for line in (*first["lines"], *second["lines"])), key=lambda at: int(at.replace(":", ""))
    )


def test_what_one_exercise_alone_has_lies_ready_with_it_and_the_rest_is_at_hand() -> None:
    (page,) = _pages(ROOT, "half-day")
    ready = {line["title"]: line["ready"] for line in page["lines"] if line["ready"]}
    assert "Handout: two-test grid" in ready["The waiting-room sort"], "what is said of it in brackets is left out"
    assert "Wish card" in ready["Said and did"], "what is said of it after a colon is left out"
    assert "Pen" in page["through"]
    assert not set(page["through"]) & {name for names in ready.values() for name in names}
    assert all(not line["ready"] for page in _pages(ROOT, "remote-series") for line in page["lines"]), (
        "there is no room"
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("You lose a test. It is safe.", "You lose a test."),
        ("Is it *safe*? Yes.", "Is it safe?"),
        ('Say "it has failed." Then go on.', 'Say "it has failed."'),
        ("You lose the pages 1.5 and 2.5, i.e. most of it. More.", "You lose the pages 1.5 and 2.5, i.e. most of it."),
        ("No full stop", "No full stop"),
    ],
)
def test_what_is_lost_is_told_in_one_sentence(text: str, first: str) -> None:
    prose, _ = parse(text)
    assert prose is not None
    assert beginning(prose, 1) == first


@pytest.mark.pdf
@pytest.mark.slow
def test_blocks_are_as_tall_as_they_are_long() -> None:
    for workshop in ("starter-60", "remote-series"):
        document = _pdf(ROOT, workshop)
        for page, values in zip(document, _pages(ROOT, workshop), strict=True):
            tops = dict(reversed(_tops(page)))
            clock = [*((line["start"], line["minutes"]) for line in values["lines"]), (values["end"], 0)]
            heights = [(tops[begun] - tops[ended], length) for (begun, length), (ended, _) in pairwise(clock)]
            scale = heights[0][0] / heights[0][1]
            assert scale > 1
            for height, length in heights:
                assert height == pytest.approx(length * scale, abs=2)


@pytest.mark.pdf
@pytest.mark.slow
def test_a_page_says_all_that_one_needs_beside_the_clock() -> None:
    for workshop in ("half-day", "full-day"):
        for paper in ("a4", "us-letter"):
            document, pages = _pdf(ROOT, workshop, paper), _pages(ROOT, workshop)
            assert len(document) == len(pages)
            for page, values in zip(document, pages, strict=True):
                text = _text(page)
                for line in values["lines"]:
                    for said in (line["title"], line["start"], str(line["minutes"]), line["keep"], *line["ready"]):
                        assert run_of_words(said) in text, said
                for cut in values["cuts"]:
                    assert run_of_words(cut["title"]) in text
                    assert run_of_words(cut["lost"] or "") in text
                assert values["checkpoints"]
                for point in values["checkpoints"]:
                    assert run_of_words(f"{point['at']} {point['title']}") in text
                assert all(run_of_words(thing) in text for thing in values["through"])
                assert run_of_words("Who leads Actual") in text


@pytest.mark.pdf
@pytest.mark.slow
def test_the_sign_of_blocks_drawn_too_tall_is_explained_where_it_is_used() -> None:
    said = run_of_words("Drawn taller than its minutes")
    assert said in _text(_pdf(ROOT, "half-day")[0])
    assert said not in _text(_pdf(ROOT, "starter-60")[0])


@pytest.mark.pdf
@pytest.mark.slow
def test_who_leads_is_printed_where_it_is_known() -> None:
    text = "".join(_text(page) for page in _pdf(KITS / "full", "two-days"))
    kit = _loaded(KITS / "full").kit
    leads = {block.lead for session in kit.workshops["two-days"].sessions for block in session.agenda if block.lead}
    assert leads
    assert all(run_of_words(lead) in text for lead in leads)


@pytest.mark.pdf
@pytest.mark.slow
def test_titles_three_times_as_long_stay_on_their_page(copied: CopyKit) -> None:
    folder = copied(ROOT)
    for path in (folder / "content" / "exercises").glob("*.yml"):
        first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
        assert first.startswith("title: ")
        title = first.removeprefix("title: ").strip().strip("\"'")
        path.write_text(f'title: "{" ".join([title] * 3)}"\n' + "".join(rest), encoding="utf-8")
    for workshop in ("half-day", "full-day", "leadership-retreat"):
        pages = _pages(folder, workshop)
        document = _pdf(folder, workshop, "us-letter")
        assert len(document) == len(pages)
        for page, values in zip(document, pages, strict=True):
            assert all(run_of_words(line["title"]) in _text(page) for line in values["lines"])
