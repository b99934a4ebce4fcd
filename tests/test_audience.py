"""A site for participants: what is for facilitators alone is in no page, index, data file or PDF of it."""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator.audience import FIRST_PARAGRAPH, FOR_FACILITATORS, for_participants
from generator.content.free import for_facilitators, unclear, without_links
from generator.content.model import KINDS, Kit
from generator.content.prose import Prose
from generator.content.source import read as read_source
from generator.content.words import load_words
from generator.links import link
from generator.programme import days, minutes_in
from generator.reading import read
from generator.templates import SHIPPED
from generator.timing.schedule import minutes_of
from generator.web.pages import render
from generator.web.site import Site
from tests import pdf
from tests.conftest import KITS, ROOT, copy_kit, run_generator

LONG = 5  # words; shorter sentences may stand elsewhere by chance


@pytest.fixture(scope="module")
def shipped_kit() -> Kit:
    return read(ROOT / "content")[0].kit


@pytest.fixture(scope="module")
def participants_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_kit(ROOT, tmp_path_factory.mktemp("participants"))
    done = run_generator("build", "--for", "participants", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (folder / "site").exists()
    return folder / "site-participants"


def hidden_texts(part: Any) -> Iterator[str]:
    """Every sentence of a part that is for facilitators alone."""
    if isinstance(part, tuple):
        for entry in part:
            yield from hidden_texts(entry)
    elif isinstance(part, BaseModel):
        hidden = {name for kind, names in FOR_FACILITATORS.items() if isinstance(part, kind) for name in names}
        for name in type(part).model_fields:
            value = getattr(part, name)
            later = isinstance(value, Prose) and any(
                isinstance(part, kind) and name == field for kind, field in FIRST_PARAGRAPH.items()
            )
            yield from _words(value) if name in hidden or later else hidden_texts(value)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Prose):
        yield from re.split(r"(?<=[.?!:])\s+", value.plain())
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _words(entry)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _words(getattr(value, name))


def everything_said(kit: Kit) -> str:
    """All that a kit says, as one run of letters and digits, so that neither markup nor line ends hide a sentence; with the names of an
    assessment's dimensions side by side, as its pages list them."""
    names = (part.title for item in kit.assessments.values() for part in item.dimensions)
    return pdf.run_of_words(" ".join([*(text for item in kit.items() for text in _words(item)), *names]))


def secrets(kit: Kit) -> set[str]:
    """Sentences that only facilitators may read, and that are nowhere in what everybody reads."""
    open_to_all = everything_said(for_participants(kit))
    found = {text for item in kit.items() for text in hidden_texts(item) if len(text.split()) >= LONG}
    return {run for run in map(pdf.run_of_words, found) if run not in open_to_all}


def text_of(path: Path) -> str:
    """All that a file says, with and without what stands in tags."""
    if path.suffix == ".pdf":
        return "".join(pdf.run_of_words(sheet.text) for sheet in pdf.read(path).sheets)
    text = html.unescape(path.read_text(encoding="utf-8"))
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
    return pdf.run_of_words(re.sub(r"<[^>]+>", "", text)) + " " + pdf.run_of_words(text)


@pytest.mark.slow
@pytest.mark.pdf
def test_no_sentence_for_facilitators_is_in_any_file(shipped_kit: Kit, participants_site: Path) -> None:
    free = read(ROOT / "content")[0].free
    pages, opened = free.texts(), pdf.run_of_words(" ".join(free.for_participants().texts().values()))
    opened += everything_said(for_participants(shipped_kit))
    hidden = free.for_facilitators()
    assert len(hidden) > 10
    lines = {
        line for name in hidden for line in re.split(r"(?<=[.?!:])\s+|\n", pages[name]) if len(line.split()) >= LONG
    }
    handbook = {run for run in map(pdf.run_of_words, lines) if run not in opened}
    assert len(handbook) > 200
    found = secrets(shipped_kit) | handbook
    assert len(found) > 3000
    files = [
        path
        for path in participants_site.rglob("*")
        if path.suffix in (".html", ".json", ".js", ".xml", ".md", ".pdf", ".css")
    ]
    assert len([path for path in files if path.suffix == ".pdf"]) > 12
    assert len([path for path in files if path.suffix == ".html"]) > 60
    told = []
    for path in files:
        said = text_of(path)
        told += [f"{path.relative_to(participants_site)}: {run}" for run in found if run in said]
    assert not told, sorted(told)[:10]


@pytest.mark.slow
@pytest.mark.pdf
def test_there_is_no_page_for_facilitators_and_no_way_to_one(participants_site: Path) -> None:
    names = [path.relative_to(participants_site).as_posix() for path in participants_site.rglob("*") if path.is_file()]
    assert "workshops/half-day/index.html" in names
    assert "exercises/waiting-room-sort/index.html" in names
    left = [name for name in names if re.search(r"facilitator|/run/|handbook|guide|cards|exercise-sheet|/team/", name)]
    assert not left, left
    documents = {
        entry["document"] for entry in json.loads((participants_site / "print/manifest.json").read_text("utf-8"))
    }
    assert documents == {"participant-workbook", "handouts"}
    pages = [path.read_text(encoding="utf-8") for path in participants_site.rglob("*.html")]
    assert not [page[:80] for page in pages if re.search(r'href="[^"]*(facilitator|handbook)', page)]


def test_index_pages_speak_to_those_for_whom_the_site_is(shipped_kit: Kit) -> None:
    words = load_words(SHIPPED, "en")
    for audience, kit in (("everyone", shipped_kit), ("participants", for_participants(shipped_kit))):
        site = Site(kit, link(kit), words, {}, SHIPPED, (), audience)  # type: ignore[arg-type]
        pages = {page.path: page.text for page in render(site)}
        for kind in ("exercises", "workshops"):
            theirs, ours = words(f"kinds.{kind}.for_participants"), words(f"kinds.{kind}.about")
            for path in (f"{kind}/index.md", "index.md"):
                assert (theirs in pages[path], ours in pages[path]) == (
                    audience == "participants",
                    audience == "everyone",
                ), path


@pytest.mark.slow
@pytest.mark.pdf
def test_participants_get_the_same_workbook_as_from_the_whole_site(participants_site: Path, shipped_site: Path) -> None:
    for workshop in ("half-day", "remote-series"):
        name = f"print/{workshop}/participant-workbook.a4.pdf"
        assert text_of(participants_site / name) == text_of(shipped_site / name)


def test_every_field_with_prose_is_for_somebody() -> None:
    """A new field is not forgotten: each prose field stands here as one that everybody may read, or is for facilitators."""
    open_to_all = {
        "Settings.credits", "Idea.text", "Article.summary", "Article.missing", "Side.claim", "Bridge.text", "Tension.question",
        "Pitfall.sign", "Pitfall.counter_move", "Pitfall.cost",
        "HandoutField.hint", "Handout.intro", "Exercise.purpose", "Exercise.outcome",
        "Prompt.text", "Prompt.follow_up", "Deck.about", "Result.text", "Assessment.about", "Workshop.promise", "Workshop.audience",
        "Workshop.credits",
    }  # fmt: skip
    hidden = {f"{kind.__name__}.{name}" for kind, names in FOR_FACILITATORS.items() for name in names}
    seen: set[str] = set()

    def look(kind: type[BaseModel]) -> None:
        for name, field in kind.model_fields.items():
            said = str(field.annotation)
            if "Prose" in said and name in kind.__annotations__:
                seen.add(f"{kind.__name__}.{name}")

    import generator.content.model as model

    parts = [value for value in vars(model).values() if isinstance(value, type) and issubclass(value, model.Part)]
    for part in parts:
        look(part)
    assert seen > {"Step.do", "Block.say"}
    preparation = {name for name in seen if name.startswith("Preparation.")}  # the whole of it is hidden
    assert seen - preparation <= open_to_all | hidden, seen - preparation - open_to_all - hidden
    assert open_to_all <= seen


def test_clock_times_stay_as_they_are(shipped_kit: Kit) -> None:
    words, shown = load_words(SHIPPED, "en"), for_participants(shipped_kit)
    for id, workshop in shipped_kit.workshops.items():
        assert minutes_in(shown, shown.workshops[id]) == minutes_in(shipped_kit, workshop)
        clocks = [
            [(line.slot.start, line.slot.end) for line in day.lines] for day in days(shipped_kit, workshop, words)
        ]
        assert clocks == [
            [(line.slot.start, line.slot.end) for line in day.lines] for day in days(shown, shown.workshops[id], words)
        ]
    for id, exercise in shipped_kit.exercises.items():
        assert minutes_of(shown.exercises[id]) == minutes_of(exercise)
    assert set(KINDS) == {item.kind for item in shown.items()}


TOPS = {
    "---\nfor: facilitators\n---\n": "hidden",
    "\ufeff---\r\nfor: facilitators\r\n---\r\n": "hidden",
    "---  \ntitle: Plan\nFor: 'facilitators'  # us\n...\n": "hidden",
    "---\nfor:\tfacilitators\n---\n": "unclear",
    "---\nfor: facilitators\n\n": "unclear",
    "\n---\nfor: facilitators\n---\n": "unclear",
    "---\nfor: [facilitators]\n---\n": "unclear",
    "---\nfor:\n  - facilitators\n---\n": "unclear",
    "---\n for : facilitator\n---\n": "unclear",
    "---\n{title: Notes, for: facilitators}\n---\n": "unclear",
    '---\n"fo\\x72": facilitators\n---\n': "unclear",
    "---\n? for\n: facilitators\n---\n": "unclear",
    "For: facilitators\n\n": "unclear",
    "---\ntitle: Plan\n---\n": "open",
    "For facilitators: read on.\n\n---\n": "open",
}


@pytest.mark.parametrize(("top", "wanted"), TOPS.items())
def test_a_page_that_may_be_meant_for_facilitators_is_hidden_or_refused(top: str, wanted: str) -> None:
    source, _ = read_source("plan.md", f"{top}# The plan\n\nfor: facilitators\n".encode())
    text = "\n".join(source.lines)
    found = "hidden" if for_facilitators(text) else "unclear" if unclear(text) else "open"
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('[who *leads*](secret/room.md#here "Title")', "who *leads*"),
        ("[a](<secret/my room.md>) [b](./secret/my%20room.md) [c](/pages/secret/) [d](secret/room.html)", "a b c d"),
        ("![The plan](secret/plan.svg) [![The plan](secret/plan.svg)](secret/room.md)", "The plan The plan"),
        ("[![The plan](secret/plan.svg)](open.md)", "[The plan](open.md)"),
        ("[a][R], [R][] and [R]\n\n[r]: secret/room.md 'Title'\n", "a, R and R\n\n"),
        ('<a class="x" href="secret/room.md">a</a><img alt="" src="secret/plan.svg">', "<a>a</a>"),
        ("`[a](secret/room.md)` [`b`](secret/room.md)", "`[a](secret/room.md)` `b`"),
        ("```\n[a](secret/room.md)\n```\n", "```\n[a](secret/room.md)\n```\n"),
        ("[a](open.md) [b](#here) [c][d] [ ] [^1]\n\n[d]: open.md\n[^1]: x", None),
        ("[a](exercises/stop-list) [b](https://example.org/pages/secret/room.md) ![c](../images/c.png)", None),
    ],
)
def test_links_to_hidden_files_become_words(text: str, wanted: str | None) -> None:
    hidden = frozenset(f"pages/secret/{name}" for name in ("index.md", "room.md", "my room.md", "plan.svg"))
    assert without_links(text, "pages/all.md", hidden) == (text if wanted is None else wanted)


@pytest.mark.parametrize("piece", ["[", "![", "[a](", '<a href="', "[a](x ", "[a]: <x ", "```\n", "`a"])
def test_a_text_of_open_marks_alone_comes_to_an_end_and_stays(piece: str) -> None:
    text = piece * 20_000 + " " * 20_000
    assert without_links(text, "pages/all.md", frozenset({"pages/plan.md"})) == text


PAGES = {
    "content/pages/secret/index.md": "---\nfor: facilitators\n---\n\n# How to lead\n\nSee [the room](room.md).\n",
    "content/pages/secret/room.md": "# The room\n\nMove the tables.\n",
    "content/pages/secret/plan.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/pages/open.md": "# For all\n\nAsk [who leads](secret/index.md#here) or [look **here**](secret/room.md). "
    "[Stop](exercises/stop-list).\n",
}


@pytest.mark.slow
def test_free_pages_for_facilitators_are_left_out_and_links_to_them_become_words(
    make_kit: Callable[[Mapping[str, Any]], Path],
) -> None:
    minimal = KITS / "minimal"
    folder = make_kit(
        {path.relative_to(minimal).as_posix(): path.read_bytes() for path in minimal.rglob("*.yml")} | PAGES
    )
    done = run_generator("build", "--for", "participants", "--site-dir", "out", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (folder / "out/pages/secret").exists()
    shown = (folder / "out/pages/open.html").read_text(encoding="utf-8")
    assert "Ask who leads or look <strong>here</strong>." in shown
    assert 'href="../exercises/stop-list/index.html"' in shown
    assert "secret" not in shown
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'href="secret/index.html#here"' in (folder / "site/pages/open.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("base", "place", "there", "back"),
    [
        ("exercises/waiting-room-sort/", "sort", "Recipe", "At a glance"),
        ("workshops/full-day/", "coffee", "Run sheet", "Programme"),
        ("workshops/half-day/", "no-till-sketch", "Run sheet", "My workbook"),
        ("workshops/half-day/", "no-till-sketch", "Run sheet", "Run of show"),
    ],
)
def test_each_page_leads_to_its_counterpart_at_the_same_place(
    browser: Any, shipped: str, base: str, place: str, there: str, back: str
) -> None:
    page = browser.new_context(viewport={"width": 1000, "height": 400}).new_page()
    home = {"My workbook": "workbook/", "Run of show": "run/"}.get(back, "")
    page.goto(f"{shipped}{base}{home}index.html")
    for where, name in (("facilitator/", there), (home, back), ("facilitator/", there)):
        page.locator(f"[data-place={place}]").evaluate("part => part.scrollIntoView()")
        page.locator(".kit-views").get_by_role("link", name=name, exact=True).evaluate("link => link.click()")
        page.wait_for_url(f"**/{base}{where}index.html#{place}")
        page.wait_for_function(
            "place => Math.abs(document.getElementById(place).getBoundingClientRect().top) < 300", arg=place
        )
    page.context.close()
