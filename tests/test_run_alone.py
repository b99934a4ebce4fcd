"""The run of show in one file: opened from a folder, without any network, it leads a session as the site's page does."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.content.load import load
from generator.content.model import Kit
from generator.content.words import load_words
from generator.links import link
from generator.templates import SHIPPED
from generator.web.alone import run_alone, with_links
from generator.web.site import Site
from tests.conftest import ROOT, write_files
from tests.test_browser import RULES
from tests.test_run_of_show import DAY, KIT, go, shows, title, turn

DATE = "Thursday 3 December 2026"
IN_A_BROWSER = [pytest.mark.browser, pytest.mark.slow]


def site_of(kit: Kit) -> Site:
    return Site(kit, link(kit), load_words(SHIPPED, kit.settings.language), {}, SHIPPED)


def made(folder: Path, address: str = "") -> str:
    """The file for the small kit, whose agenda leads to an exercise and to a page elsewhere."""
    agenda = KIT["content/workshops/two-hours.yml"]
    links = "Welcome all with [the sort](exercises/sort) and [a book](https://example.net/book)."
    write_files(folder, {**KIT, "content/workshops/two-hours.yml": agenda.replace("Welcome all.", f'"{links}"')})
    if address:
        write_files(folder, {"content/kit.yml": KIT["content/kit.yml"] + f"site_address: {address}\n"})
    site = site_of(load(folder / "content").kit)
    return run_alone(site, site.kit.workshops["two-hours"], [DATE]).decode()


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The address of the file, on the disk."""
    (tmp_path / "run.html").write_bytes(made(tmp_path).encode())
    return (tmp_path / "run.html").as_uri()


@pytest.fixture
def heard() -> list[str]:
    """What a browser complained of, and asked for besides the file."""
    return []


@pytest.fixture
def context(browser: Browser, heard: list[str], file: str) -> Iterator[BrowserContext]:
    context = browser.new_context(timezone_id="UTC", locale="en-GB", offline=True)
    context.clock.install(time=DAY.replace(hour=9, minute=50))
    context.on("console", lambda message: heard.append(message.text))
    context.on("weberror", lambda error: heard.append(str(error.error)))
    asked = ("data:", file)
    context.on("request", lambda one: None if one.url.startswith(asked) else heard.append(one.url))
    yield context
    context.close()


def begun(context: BrowserContext, file: str) -> Page:
    """The session, begun as planned: it is 10:00."""
    page = context.new_page()
    page.goto(file)
    page.clock.pause_at(DAY.replace(hour=10))
    page.get_by_role("button", name="Start at 10:00").click()
    expect(title(page)).to_have_text("First words")
    return page


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    def test_a_session_is_led_late_and_planned_again_with_a_projector(
        self, context: BrowserContext, file: str, heard: list[str]
    ) -> None:
        page = begun(context, file)
        expect(page.get_by_text(DATE)).to_be_visible()
        with context.expect_page() as found:
            page.get_by_role("button", name="Open the projector view").click()
        screen = found.value
        shows(screen, name="First words", timer="10:00", question="What was best?")
        go(page, 10, "Write cards")
        turn(screen, 1)
        shows(screen, name="Write cards", question="What do you see?")
        go(page, 9, "Sort cards")
        go(page, 15, "Debrief")
        turn(page, 15)
        shows(page, mood="− 10 min behind")
        plan = page.locator("[data-run=plan]")
        expect(plan).to_contain_text("Drop “=1+1, a walk”. It saves 8 min.")
        page.get_by_role("button", name="Do it").click()
        shows(page, mood="On time", end="12:00")
        for _ in range(40):
            if page.locator("html.run-done").count():
                break
            turn(page, 5)
            page.locator("[data-run=next]").click()
        expect(page.get_by_role("table")).to_be_visible()
        assert page.locator("[data-row='0'] td").all_inner_texts() == ["10", "10", "0"]
        shows(screen, name="The end")
        assert heard == []

    def test_a_reload_goes_on_and_the_projector_fits_the_same_window(
        self, context: BrowserContext, file: str, heard: list[str]
    ) -> None:
        page = begun(context, file)
        turn(page, 3)
        page.reload()
        shows(page, title="First words", clock="10:03")
        page.get_by_role("link", name="Show it in this window").click()
        shows(page, name="First words", question="What was best?")
        for hidden in ("h1", ".run-session", ".run-live"):
            expect(page.locator(hidden).first).to_be_hidden()
        page.keyboard.press("Escape")
        shows(page, title="First words")
        assert heard == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [390, 1280])
    def test_it_is_readable_for_all_on_phones_and_in_the_dark(
        self, context: BrowserContext, file: str, heard: list[str], scheme: Any, width: int
    ) -> None:
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(file)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == ("rgb(253, 252, 249)" if scheme == "light" else "rgb(22, 25, 27)")
        assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].some(f => f.status === 'loaded'))")
        for running in (False, True):
            if running:
                page.locator("[data-do=now]").click()
                expect(title(page)).to_have_text("First words")
            assert page.evaluate("document.documentElement.scrollWidth") == width
            found = Axe().run(page, options={**RULES, "resultTypes": ["violations"]}).response["violations"]
            assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        assert heard == []

    def test_without_scripts_and_on_paper_the_run_sheet_is_there(self, browser: Browser, file: str) -> None:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(file)
        for media in ("screen", "print"):
            page.emulate_media(media=media, color_scheme="dark")  # type: ignore[arg-type]
            text = page.locator("main").inner_text()
            assert "Please write." in text, media
            assert "Start now" not in text, media
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
        page.context.close()

    def test_a_run_of_the_sites_page_is_left_alone(self, context: BrowserContext, file: str) -> None:
        page = begun(context, file)
        keys = page.evaluate("Object.keys(localStorage)")
        assert len(keys) == 1
        assert re.fullmatch(r"workshop-kit/late/run/two-hours/[0-9a-f]{8}/session-1", keys[0])


def hrefs(text: str) -> list[str]:
    return re.findall(r'<a [^>]*href="([^"]*)"', text)


def test_without_a_site_only_links_within_the_page_and_to_elsewhere_are_left(tmp_path: Path) -> None:
    found = hrefs(made(tmp_path))
    assert len(found) > 5
    assert [to for to in found if not to.startswith(("#", "?"))] == ["https://example.net/book"]
    assert "Welcome all with the sort and" in made(tmp_path)


def test_with_a_site_its_links_lead_there(tmp_path: Path) -> None:
    text = made(tmp_path, "https://example.org/kit/")
    assert '<a href="https://example.org/kit/exercises/sort/facilitator/">the sort</a>' in text
    assert not [to for to in hrefs(text) if not to.startswith(("#", "?", "https://"))]


def test_links_keep_their_place_on_a_page_and_all_other_html_stays() -> None:
    html = '<p class="a">A &amp; B &#8211; <a class="x" href="../../b/index.md#c">to <b>b</b></a><br /></p>'
    shown = with_links(html, "a/d/index.md", "https://example.org")
    assert shown == html.replace("../../b/index.md#c", "https://example.org/b/#c")
    assert with_links(html, "a/d/index.md", None) == '<p class="a">A &amp; B &#8211; to <b>b</b><br /></p>'
    assert 'href="https://example.org/pages/a.html"' in with_links(
        '<a href="a.md">x</a>', "pages/b.md", "https://example.org"
    )


def test_every_workshop_that_we_ship_makes_a_small_file_that_asks_for_nothing() -> None:
    site = site_of(load(ROOT / "content").kit)
    assert len(site.kit.workshops) >= 6
    for workshop in site.kit.workshops.values():
        data = run_alone(site, workshop, [DATE] * len(workshop.sessions))
        text = data.decode()
        assert len(data) < 750_000, workshop.id
        assert text.count(DATE) >= len(workshop.sessions), workshop.id
        assert not re.findall(r"""(?:src|href)=["'](?!data:|[#?"'])[^"']*|url\((?!"data:)[^)]*|@import""", text), (
            workshop.id
        )
        assert data == run_alone(site, workshop, [DATE] * len(workshop.sessions)), workshop.id


def test_fonts_of_the_kits_own_take_the_place_of_ours(tmp_path: Path) -> None:
    font = (SHIPPED / "assets" / "fonts" / "kit-sans.woff2").read_bytes()
    write_files(tmp_path, {**KIT, "content/fonts/mine.ttf": font})
    kit = "fonts:\n  text: {family: Mine, files: [fonts/mine.ttf]}\n"
    write_files(tmp_path, {"content/kit.yml": KIT["content/kit.yml"] + kit})
    site = site_of(load(tmp_path / "content").kit)
    text = run_alone(site, site.kit.workshops["two-hours"], fonts={"fonts/mine.ttf": font}).decode()
    assert re.findall(r'font-family: "([^"]+)"; src: url\("data:(font/\w+)', text) == [
        ("Kit text", "font/ttf"),
        ("Kit Serif", "font/woff2"),
    ]
