"""The plain pages, built by Zensical: the same site, opened from a stick in a real browser with the network off."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import KITS, copy_kit, one_of_each, run_generator
from tests.links import followed, pages_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zensical")
    kit = copy_kit(KITS / "full", folder / "kit")
    settings = kit / "content" / "kit.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("booklets: true", "booklets: false"), "utf-8")
    done = run_generator("build", "--pages-only", str(folder / "plain"), cwd=kit)
    assert done.returncode == 0, done.stderr
    words = [sys.executable, "-m", "zensical", "build", "--strict"]
    run = subprocess.run(words, cwd=folder / "plain", capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "plain" / "site"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without the network; whatever it complains of or asks of another host is a fault."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_offline(True)
    found, faults = context.new_page(), list[str]()
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    found.on("requestfailed", lambda asked: None if "ABORTED" in str(asked.failure) else faults.append(asked.url))
    found.on(
        "request", lambda asked: None if asked.url.startswith(("file:", "data:", "blob:")) else faults.append(asked.url)
    )
    yield found
    context.close()
    assert not faults, faults


def search(page: Page, words: str, found: str) -> None:
    """Type words into the search, and press the result that says what is to be found."""
    page.locator(".md-search__button").click()
    page.locator("input[aria-label=Search]").fill(words)
    page.locator("a", has_text=found).locator("visible=true").last.click(timeout=15_000)


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    links = list(followed(site, pages_of(site)))
    assert not [problem for _, problem in links if problem]
    assert len(links) > 500


def test_every_kind_of_page_is_shown_without_a_fault_also_on_a_phone(page: Page, site: Path) -> None:
    addresses = [address for address in one_of_each(site) if address != "404.html"]
    assert len(addresses) > 20
    page.set_viewport_size({"width": 390, "height": 844})
    for address in addresses:
        page.goto((site / address).as_uri())
        assert page.locator("h1").count() == 1, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{address} is wider than a phone"


def test_the_search_finds_an_item_and_leads_to_it(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    search(page, "looks at the clock", "The meeting without an end")
    page.wait_for_url("**/pitfalls/no-end/index.html*")
    expect(page.locator("h1")).to_have_text("The meeting without an end")


def test_the_search_leads_to_an_idea_in_its_place(page: Page, site: Path) -> None:
    page.goto((site / "pitfalls" / "index.html").as_uri())
    search(page, "half of those present", "Half of those present never speak")
    page.wait_for_url("**/articles/short-talks/index.html*#silent-half")


def test_a_finder_filters(page: Page, site: Path) -> None:
    page.goto((site / "exercises" / "index.html").as_uri())
    shown = page.locator(".kit-index > li:visible")
    number = shown.count()
    page.get_by_label("Minutes you have").fill("5")
    expect(shown).not_to_have_count(number)
    page.get_by_role("button", name="Show all").click()
    expect(shown).to_have_count(number)


def test_the_run_of_show_starts(page: Page, site: Path) -> None:
    page.goto((site / "workshops" / "one-call" / "run" / "index.html").as_uri())
    page.get_by_role("button", name="Start now").click()
    expect(page.locator(".run-title")).to_have_text("The best of all meetings")
    page.locator("[data-run=next]").click()
    expect(page.locator(".run-title")).to_have_text("Write alone")


def test_notes_are_kept_and_gathered(page: Page, site: Path) -> None:
    page.goto((site / "exercises" / "agenda-in-five" / "index.html").as_uri())
    field = page.locator("[data-note]").first.locator("textarea")
    field.fill("We end at noon")
    page.reload()
    expect(field).to_have_value("We end at noon")
    page.goto((site / "workbook" / "index.html").as_uri())
    expect(page.locator("#kit-my-workbook")).to_contain_text("We end at noon")


def test_a_planned_day_follows_its_start(page: Page, site: Path) -> None:
    page.goto((site / "workshops" / "one-call" / "plan" / "index.html").as_uri())
    before = page.locator("main").inner_text()
    page.locator("input[type=time]").first.fill("15:00")
    page.wait_for_function("before => document.querySelector('main').innerText !== before", arg=before)
    assert "15:00" in page.locator("main").inner_text()
