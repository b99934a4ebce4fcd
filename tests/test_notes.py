"""My workbook: what people write on the pages is kept on their device, gathered, saved, loaded and deleted."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import markdown
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from generator.content.model import HandoutField
from generator.content.words import load_words
from generator.links import link
from generator.reading import read
from generator.templates import SHIPPED
from generator.web.notes import Places, question_of
from generator.web.pages import render
from generator.web.site import Audience, Site
from tests.conftest import serve

WORKBOOK = "workshops/two-days/workbook/index.html"
EXERCISE = "exercises/agenda-in-five/index.html"
MINE = "workbook/index.html"
KEY = "notes/exercises/agenda-in-five"
HOSTILE = "<script>alert(1)</script> *bold* [a](http://x.y)\n# x\n\n1. one\n- two\n    code\n| a | b |\n&amp; \\ `c` ~~d~~ $e$"
in_browser = (pytest.mark.browser, pytest.mark.slow)


def marked(test: Any) -> Any:
    """A test that needs a real browser and a built site."""
    for mark in in_browser:
        test = mark(test)
    return test


# Without a browser: which places there are, and what they are called.


def _site(kits: Path, name: str = "full", audience: Audience = "everyone") -> Site:
    loaded = read(kits / name / "content")[0]
    words = load_words(SHIPPED, loaded.kit.settings.language)
    return Site(loaded.kit, link(loaded.kit), words, loaded.free.texts(), SHIPPED, audience=audience)


def _page(site: Site, path: str) -> str:
    return next(page.text for page in render(site) if page.path == path)


def _data(text: str) -> dict[str, Any]:
    found = re.search(r'id="kit-data">(.*?)</script>', text)
    assert found
    values: dict[str, Any] = json.loads(found[1])
    return values


def _known(index: dict[str, Any]) -> set[str]:
    """Every key that the gathering page knows, as its script makes them."""
    keys: set[str] = set()
    for ref, (_, questions) in index["items"].items():
        for id, _, *cells in questions:
            key = f"notes/{ref}/{id}"
            rows, columns = cells or ([], [])
            keys |= {f"{key}/{r}/{c}" for r in range(1, len(rows) + 1) for c in range(1, len(columns) + 1)} or {key}
    return keys


@pytest.mark.parametrize("name", ["full", "minimal", "unicode"])
def test_the_gathering_page_knows_every_place_on_every_page(kits: Path, name: str) -> None:
    pages = render(_site(kits, name))
    written = {key for page in pages for key in re.findall(r'data-note="([^"]+)"', page.text)}
    index = _data(next(page.text for page in pages if page.path == "workbook/index.md"))["index"]
    assert written
    assert written <= _known(index)


def test_a_place_is_named_by_its_row_and_column(kits: Path) -> None:
    site = _site(kits)
    item = site.kit.exercises["agenda-in-five"]
    assert item.handout
    fields = {field.id: field for field in item.handout.fields}
    places = Places(site.words)

    def label(field: str, row: int, column: int) -> str:
        return str(places.cell(item, fields[field], row, column)).split("data-label=")[1].strip('"')

    assert label("people", 2, 2) == "Who decides what?: later, who"
    assert label("urgency", 1, 2) == "What does the meeting need?: all of us, this week, call"
    assert label("flow", 2, 3) == "From line to line: first line to last line, seen?"
    assert label("sides", 1, 2) == "Kept and struck out: struck out"
    assert label("send", 2, 1) == "To be sent: by when"


def test_rows_without_a_name_are_counted(kits: Path) -> None:
    field = HandoutField(id="a", label="A", space="table", rows=3, columns=("x", "y"))
    site = _site(kits)
    assert question_of(field, site.words).rows == ("", "", "")
    item = next(iter(site.kit.exercises.values()))
    assert "A: Row 3, y" in Places(site.words).cell(item, field, 3, 2)


def test_a_workbook_holds_what_the_printed_one_holds_in_the_order_of_the_agenda(kits: Path) -> None:
    site = _site(kits)
    text = _page(site, "workshops/two-days/workbook/index.md")
    workshop = site.kit.workshops["two-days"]
    blocks = [
        block
        for session in workshop.sessions
        for block in session.agenda
        if block.type in ("exercise", "prompts", "tension")
    ]
    at = [text.find(f"{{: #{block.id} }}") for block in blocks if f"{{: #{block.id} }}" in text]
    assert len(at) > 2
    assert at == sorted(at)
    assert 'data-note="notes/workshops/two-days/notes"' in text
    for block in blocks:
        assert f"(#{block.id})" in text or block.type == "exercise", block.id


def test_a_recipe_and_a_site_without_scripts_show_the_sheet_alone(kits: Path) -> None:
    site = _site(kits)
    assert "data-note" not in _page(site, "exercises/agenda-in-five/facilitator/index.md")
    assert "data-note" in _page(site, "exercises/agenda-in-five/index.md")


# In a browser: what is written stays.


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's device: a browser with nothing in it."""
    found = browser.new_context(accept_downloads=True)
    yield found
    found.close()


def _write(page: Page, key: str, text: str) -> None:
    page.locator(f'[data-note="{key}"] textarea').first.fill(text)


def _read(page: Page, key: str) -> str:
    return page.locator(f'[data-note="{key}"] textarea').first.input_value()


def _fill_all(page: Page) -> dict[str, str]:
    """Something of its own in every place; by key."""
    keys = list(dict.fromkeys(page.eval_on_selector_all("[data-note]", "all => all.map(one => one.dataset.note)")))
    for at, key in enumerate(keys):
        _write(page, key, f"Answer {at} to {key}")
    return {key: _read(page, key) for key in keys}


def _download(page: Page, button: str) -> tuple[str, str]:
    """What a button downloads, and the name of the file."""
    with page.expect_download() as caught:
        page.get_by_role("button", name=button, exact=True).first.click()
    return Path(caught.value.path()).read_text(encoding="utf-8"), caught.value.suggested_filename


def _load(page: Page, text: str) -> None:
    with page.expect_file_chooser() as caught:
        page.get_by_role("button", name="Load from a file").click()
    caught.value.set_files({"name": "notes.json", "mimeType": "application/json", "buffer": text.encode()})


@marked
def test_every_kind_of_field_is_kept_over_reload_and_navigation(context: BrowserContext, full: str) -> None:
    page = context.new_page()
    page.goto(full + WORKBOOK)
    written = _fill_all(page)
    fields = {key.split("/")[3] for key in written if key.startswith(KEY)}
    assert fields >= {"lines", "drawing", "people", "urgency", "depth", "flow", "sides", "send", "words", "free"}
    assert "Saved on this device at" in page.locator(".kit-bar").inner_text()
    page.reload()
    assert {key: _read(page, key) for key in written} == written
    page.goto(full + EXERCISE)
    assert _read(page, f"{KEY}/people/1/2") == written[f"{KEY}/people/1/2"]
    _write(page, f"{KEY}/people/1/2", "changed\non two lines")
    page.go_back()
    page.wait_for_function(
        f"""document.querySelector('[data-note="{KEY}/people/1/2"] textarea').value.startsWith("changed")"""
    )
    assert _read(page, f"{KEY}/lines") == written[f"{KEY}/lines"]


@marked
def test_a_field_grows_with_its_text_and_prints_whole(context: BrowserContext, full: str) -> None:
    page = context.new_page()
    page.goto(full + EXERCISE)
    _write(page, f"{KEY}/send/1/1", "\n".join(str(line) for line in range(30)))
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        room = page.locator(f'[data-note="{KEY}/send/1/1"] textarea').evaluate(
            "one => [one.scrollHeight, one.clientHeight]"
        )
        assert room[1] > 400, media
        assert room[0] <= room[1], media
    assert page.locator(f'[data-note="{KEY}/lines"] textarea').evaluate("one => one.clientHeight") > 100, (
        "no lines are left for what is empty"
    )
    assert not page.locator(".kit-bar").is_visible()


@marked
def test_two_tabs_do_not_overwrite_each_other(context: BrowserContext, full: str) -> None:
    first, second = context.new_page(), context.new_page()
    first.goto(full + EXERCISE)
    second.goto(full + EXERCISE)
    _write(first, f"{KEY}/lines", "from the first")
    second.wait_for_function(
        f"""document.querySelector('[data-note="{KEY}/lines"] textarea').value === "from the first" """
    )
    _write(second, f"{KEY}/free", "from the second")
    second.close()
    first.reload()
    assert (_read(first, f"{KEY}/lines"), _read(first, f"{KEY}/free")) == ("from the first", "from the second")


@marked
def test_notes_are_gathered_in_the_order_of_the_agenda_each_below_its_question(
    context: BrowserContext, full: str
) -> None:
    page = context.new_page()
    page.goto(full + WORKBOOK)
    written = _fill_all(page)
    page.locator(".kit-bar a").click()
    page.wait_for_url("**/workbook/index.html")
    shown = page.locator(".kit-mine__text").all_inner_texts()
    assert sorted(shown) == sorted(written.values())
    question = page.locator("dl > div", has_text=written[f"{KEY}/people/2/2"])
    assert question.locator("dt").inner_text() == "Who decides what?"
    assert "later, who" in question.inner_text()
    assert page.locator(".kit-mine h2").all_inner_texts() == ["Two days for better meetings"]
    assert page.locator(".kit-mine h3").all_inner_texts()[-1] == "My notes"
    assert page.locator(".kit-storage").count() == 0
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Delete all").is_visible()
    assert page.locator(".kit-mine__text").first.is_visible()


@marked
def test_saved_to_a_file_loaded_on_another_device_and_deleted(
    browser: Browser, context: BrowserContext, full: str
) -> None:
    page = context.new_page()
    page.goto(full + WORKBOOK)
    written = _fill_all(page)
    page.evaluate("workshopKit.store.set('assessments/how-we-meet/answers', '{\"a\":1}')")
    page.goto(full + MINE)
    text, name = _download(page, "Save to a file")
    file = json.loads(text)
    assert name.endswith(".json")
    assert file["version"] == 1
    assert {key: file["notes"][key] for key in written} == written
    other = browser.new_context().new_page()
    other.goto(full + MINE)
    _load(other, text)
    other.get_by_text(f"{len(written) + 1} answers are new.").wait_for()
    other.get_by_role("button", name="Add what is new").click()
    other.get_by_text("Your notes are loaded.").wait_for()
    other.goto(full + WORKBOOK)
    assert {key: _read(other, key) for key in written} == written
    other.goto(full + MINE)
    other.get_by_role("button", name="Delete all").click()
    other.get_by_role("button", name="Keep them").click()
    other.get_by_role("button", name="Delete all").click()
    other.get_by_role("button", name="Delete all my notes").click()
    other.get_by_text("Your notes are deleted").wait_for()
    assert other.evaluate("workshopKit.store.keys('')") == []
    assert len(page.evaluate("workshopKit.store.keys('')")) > len(written)
    other.context.close()


@marked
def test_a_file_asks_before_it_replaces_and_never_becomes_markup(context: BrowserContext, full: str) -> None:
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(full + EXERCISE)
    _write(page, f"{KEY}/lines", "mine")
    kit = page.evaluate("workshopKit.data.kit")
    page.goto(full + MINE)
    file = {"format": "workshop-kit-notes", "version": 1, "kit": kit, "name": "x", "saved": "2026-11-02T10:00:00Z"}
    hostile = "<img src=x onerror=alert(1)>"
    notes = {f"{KEY}/lines": hostile, f"{KEY}/free": hostile, "notes/exercises/gone/long-ago": "an old answer"}
    _load(page, json.dumps({**file, "notes": notes}))
    page.get_by_text("1 answer differs").wait_for()
    page.get_by_role("button", name="Keep mine, add what is new").click()
    assert page.evaluate(f"workshopKit.store.get('{KEY}/lines')") == "mine"
    assert "The question is no longer in this kit" in page.locator(".kit-mine").inner_text()
    _load(page, json.dumps({**file, "notes": notes}))
    page.get_by_role("button", name="Take those of the file").click()
    assert page.locator(".kit-mine__text", has_text=hostile).count() == 2
    assert page.locator("main img[src=x]").count() == 0
    for broken in (
        "{",
        "[]",
        '"x"',
        json.dumps({**file, "notes": {"../x": "y"}}),
        json.dumps({**file, "notes": {f"{KEY}/lines": 4}}),
    ):
        _load(page, broken)
        page.get_by_text("cannot be read as saved notes").wait_for()
    _load(page, json.dumps({**file, "kit": "another", "name": "Another kit", "notes": notes}))
    page.get_by_text("belongs to another kit, “Another kit”").wait_for()
    assert page.evaluate(f"workshopKit.store.get('{KEY}/lines')") == hostile
    assert not dialogs


@marked
def test_all_that_is_kept_is_shown_also_what_belongs_to_nothing(context: BrowserContext, full: str) -> None:
    page = context.new_page()
    page.goto(full + EXERCISE)
    _write(page, f"{KEY}/free", "שלום, זה שלי.")
    page.evaluate("""() => {
        workshopKit.store.set("assessments/how-we-meet/team", "wk1/x");
        workshopKit.store.set("assessments/long-gone/answers", '{"a":1}');
    }""")
    assert page.locator(f'[data-note="{KEY}/free"] textarea').evaluate("one => one.matches(':dir(rtl)')")
    page.goto(full + MINE)
    assert page.locator(".kit-mine h3").all_inner_texts() == [
        "An agenda in five lines",
        "long-gone/answers",
        "How we meet",
    ]
    assert page.locator(".kit-mine__text").first.evaluate("one => one.matches(':dir(rtl)')")


@marked
def test_the_message_stays_as_long_as_something_is_not_kept(context: BrowserContext, full: str) -> None:
    page = context.new_page()
    page.add_init_script("""
        const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, text) {
            if (text.length > 99) throw new DOMException("", "QuotaExceededError");
            set.call(this, key, text);
        };
    """)
    page.goto(full + EXERCISE)
    _write(page, f"{KEY}/lines", "long " * 50)
    message = page.get_by_role("alert").filter(has_text="storage of this browser is full").element_handle()
    _write(page, f"{KEY}/free", "short")
    assert message.is_visible()
    assert "Not saved" in page.locator(".kit-bar").inner_text()
    _write(page, f"{KEY}/lines", "short too")
    assert not message.is_visible()
    assert "Saved on this device" in page.locator(".kit-bar").inner_text()


@marked
def test_the_text_file_holds_question_and_answer_as_they_were_typed(context: BrowserContext, full: str) -> None:
    page = context.new_page()
    page.goto(full + EXERCISE)
    _write(page, f"{KEY}/lines", HOSTILE)
    _write(page, f"{KEY}/people/1/2", HOSTILE)
    page.goto(full + MINE)
    text, name = _download(page, "Save as text")
    assert name.endswith(".md")
    made = markdown.markdown(text, extensions=["tables", "fenced_code", "sane_lists"])
    context.new_page()
    shown = context.pages[-1]
    shown.set_content(made)
    words = " ".join(shown.locator("body").inner_text().replace("\\", "").split())
    wanted = " ".join(HOSTILE.replace("\\", "").split())
    assert "The five lines" in words
    assert words.count(wanted) == 2
    for tag in ("script", "a", "em", "code", "table", "ol"):
        assert shown.locator(f"body {tag}").count() == 0, tag
    assert shown.locator("h1").count() == 1
    assert shown.locator("body > ul > li").count() == 1


FORBIDDEN = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });"
)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('exceeded the quota', 'QuotaExceededError'); };"


@marked
@pytest.mark.parametrize(
    ("script", "message"),
    [(FORBIDDEN, "does not let the page keep anything"), (FULL, "storage of this browser is full")],
)
def test_a_storage_that_keeps_nothing_is_told_and_the_page_still_works(
    context: BrowserContext, full: str, script: str, message: str
) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)) if "assets/kit/js" in (error.stack or "") else None)
    page.add_init_script(script)
    page.goto(full + EXERCISE)
    _write(page, f"{KEY}/lines", "not lost yet")
    page.get_by_role("alert").filter(has_text=message).wait_for()
    assert "Not saved" in page.locator(".kit-bar").inner_text()
    text, _ = _download(page, "Save to a file")
    assert json.loads(text)["notes"][f"{KEY}/lines"] == "not lost yet"
    page.goto(full + MINE)
    assert page.locator("h1").inner_text() == "My workbook"
    assert not errors


@marked
def test_pages_that_share_no_storage_are_told_apart(context: BrowserContext, full: str) -> None:
    page = context.new_page()
    page.goto(full + EXERCISE)
    _write(page, f"{KEY}/lines", "here")
    # As on a stick, where another page may have another store: nothing of it is there.
    page.add_init_script("if (location.search) localStorage.clear();")
    page.locator(".kit-bar a").click()
    page.get_by_role("alert").filter(has_text="keep the notes of each page apart").wait_for()


@marked
def test_two_kits_on_one_origin_do_not_mix(
    context: BrowserContext, full_site: Path, shipped_site: Path, tmp_path: Path
) -> None:
    for name, site in (("one", full_site), ("two", shipped_site)):
        (tmp_path / name).symlink_to(site, target_is_directory=True)
    for origin in serve(tmp_path):
        page = context.new_page()
        page.goto(f"{origin}one/{EXERCISE}")
        _write(page, f"{KEY}/lines", "of the first kit")
        page.goto(f"{origin}two/{MINE}")
        page.get_by_text("Nothing is written yet").wait_for()
        page.goto(f"{origin}two/exercises/waiting-room-sort/index.html")
        second = page.locator("[data-note] textarea").first
        second.fill("of the second kit")
        page.goto(f"{origin}two/{MINE}")
        page.get_by_role("button", name="Delete all").click()
        page.get_by_role("button", name="Delete all my notes").click()
        page.goto(f"{origin}one/{MINE}")
        assert page.locator(".kit-mine__text").all_inner_texts() == ["of the first kit"]


@marked
def test_from_a_stick_notes_are_kept_and_gathered(context: BrowserContext, full_site: Path) -> None:
    page = context.new_page()
    page.goto((full_site / EXERCISE).as_uri())
    _write(page, f"{KEY}/lines", "on a stick")
    page.reload()
    assert _read(page, f"{KEY}/lines") == "on a stick"
    page.locator(".kit-bar a").click()
    page.locator(".kit-mine__text", has_text="on a stick").wait_for()
    assert page.locator(".kit-storage").count() == 0


@marked
def test_without_scripts_there_is_room_to_write(browser: Browser, full: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(full + WORKBOOK)
    assert page.locator(".kit-lines").first.bounding_box()
    assert page.locator("main").inner_text().count("The five lines") == 1
    page.goto(full + MINE)
    assert page.get_by_text("please print a workbook").is_visible()
    page.context.close()


@marked
def test_a_phone_shows_one_empty_row_after_the_last_that_is_written(browser: Browser, shipped: str) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(shipped + "exercises/walk-our-own-door/index.html")
    rows = page.locator('tr:has([data-note*="/walk/"])')
    shown = [rows.nth(at).is_visible() for at in range(rows.count())]
    assert shown == [True] + [False] * 8
    rows.nth(0).locator("textarea").nth(1).fill("It rained.")
    assert [rows.nth(at).is_visible() for at in range(3)] == [True, True, False]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()
