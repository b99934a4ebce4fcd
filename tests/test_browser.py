"""The built site in a real browser: for keyboards, screen readers, phones, USB sticks and printers."""

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT, copy_kit, one_of_each, run_generator
from tests.pdf import read, run_of_words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHIPPED = (
    "index.html", "workshops/index.html", "workshops/half-day/index.html", "workshops/half-day/facilitator/index.html",
    "exercises/index.html", "exercises/waiting-room-sort/index.html", "pitfalls/index.html",
    "pitfalls/nicer-waiting-room/index.html", "tensions/index.html", "tensions/customers-or-staff/index.html",
    "workshops/remote-series/facilitator/index.html", "workshops/half-day/run/index.html", "workshops/half-day/plan/index.html",
    "workshops/remote-series/run/index.html",
    "exercises/two-way-charter/index.html", "pages/handbook/index.html",
    "pages/handbook/choosing.html", "pages/handbook/including-everyone.html", "assessments/where-we-look/index.html",
    "assessments/where-we-look/team/index.html",
    "prompts/index.html", "prompts/index.html?draw=openers/last-customer", "pitfalls/index.html?see=one+person+dominates",
    "prompts/openers/index.html", "articles/index.html", "articles/wipe-smile/index.html",
    "pages/about.html", "print/index.html", "print/half-day/index.html", "404.html",
    "workbook/index.html", "workshops/half-day/workbook/index.html",
)  # fmt: skip
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def _full_pages(site: Path) -> list[str]:
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("index.html"))
    assert len(found) > 10
    return found


# What a change of colours can change: everything else of a page stays as it was.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Pages that differ from the others of their kind: most fields, many tables, several sessions.
SPECIAL = (
    "exercises/waiting-room-sort/facilitator/index.html", "workshops/remote-series/facilitator/index.html",
    "pages/handbook/choosing.html", "pages/handbook/including-everyone.html",
)  # fmt: skip


def _violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    results = Axe().run(page, options={**rules, "resultTypes": ["violations"], "preload": False})
    return [
        f"{page.url}: {found['id']}: {found['help']}: {[node['target'] for node in found['nodes']][:3]}"
        for found in results.response["violations"]
    ]


def _in_both_schemes(page: Page) -> list[str]:
    """What axe finds on a page as it is, in light colours, and then in the theme's dark ones."""
    faults = _violations(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    faults += [f"dark: {fault}" for fault in _violations(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    return faults


def _axe_page(browser: Browser, width: int = 1280) -> Page:
    """Without motion, since axe would see colours on their way from one to another."""
    viewport = {"width": width, "height": 900}
    return browser.new_context(viewport=viewport, color_scheme="light", reduced_motion="reduce").new_page()  # type: ignore[arg-type]


@pytest.mark.parametrize("kit", ["shipped", "full"])
def test_axe_finds_nothing_on_any_kind_of_page(browser: Browser, kit: str, request: pytest.FixtureRequest) -> None:
    home, site = request.getfixturevalue(kit), request.getfixturevalue(f"{kit}_site")
    addresses = [*one_of_each(site), *(SPECIAL if kit == "shipped" else ())]
    if kit == "full":
        addresses.remove("404.html")  # it begins its links at /meetings/, where this kit is to be published
    assert len(addresses) > 20
    page = _axe_page(browser)
    faults = []
    for address in dict.fromkeys(addresses):
        page.goto(home + address)
        faults += _in_both_schemes(page)
    page.context.close()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_while_the_search_shows_what_it_found(browser: Browser, shipped: str, width: int) -> None:
    page = _axe_page(browser, width)
    page.goto(shipped + "workshops/half-day/index.html")
    if width < 960:
        page.locator(".md-header__inner > [for=__search]").click()
    page.locator(".md-search__input").press_sequentially("waiting-room")
    page.locator(".md-search-result__link").first.wait_for(timeout=15_000)
    faults = _in_both_schemes(page)
    page.context.close()
    assert not faults, "\n".join(faults)


def test_axe_finds_nothing_while_the_menu_of_a_phone_is_open(browser: Browser, shipped: str) -> None:
    page = _axe_page(browser, 390)
    page.goto(shipped + "workshops/half-day/index.html")
    page.locator(".md-header [for=__drawer]").click()
    page.locator(".md-nav--primary .md-nav__link", has_text="Exercises").wait_for()
    faults = _in_both_schemes(page)
    page.context.close()
    assert not faults, "\n".join(faults)


def _focus(page: Page) -> dict[str, Any]:
    """What has the focus: its text, whether it can be seen, and whether it is in the menu."""
    found: dict[str, Any] = page.evaluate(
        """() => {
          const now = document.activeElement, box = now.getBoundingClientRect();
          const seen = box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1 && getComputedStyle(now).visibility === "visible";
          return { text: now.innerText.trim(), seen, menu: !!now.closest(".md-nav--primary"), name: now.getAttribute("aria-label"),
            open: now.getAttribute("aria-expanded"), outlined: getComputedStyle(now).outlineStyle !== "none" };
        }"""
    )
    return found


def test_a_keyboard_alone_opens_the_menu_of_a_phone_reaches_a_link_and_closes_it(
    browser: Browser, shipped: str
) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
    page.goto(shipped + "workshops/half-day/index.html")
    for _ in range(4):
        page.keyboard.press("Tab")
        if _focus(page)["name"] == "Navigation":
            break
    button = _focus(page)
    assert (button["name"], button["open"], button["outlined"]) == ("Navigation", "false", True), button
    page.keyboard.press("Space")
    assert _focus(page)["menu"], "opening the menu does not lead into it"
    page.keyboard.press("Escape")
    assert (_focus(page)["name"], _focus(page)["open"]) == ("Navigation", "false"), "Escape does not lead back"
    page.keyboard.press("Enter")
    while (now := _focus(page))["text"] != "Exercises":
        assert now["menu"], "Tab leaves the menu before it reaches Exercises"
        assert now["seen"], f"in the menu {now['text']} has the focus and cannot be seen"
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/exercises/index.html")
    page.context.close()


def test_on_a_phone_the_keyboard_never_goes_out_of_sight_and_opens_the_search(browser: Browser, shipped: str) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce").new_page()
    page.goto(shipped + "workshops/half-day/index.html")
    met = []
    for _ in range(8):
        page.keyboard.press("Tab")
        met.append(_focus(page))
        assert not met[-1]["menu"], "a link of the closed menu has the focus"
    assert page.evaluate("!!document.activeElement.closest('article')"), "eight steps do not reach the content"
    assert "Search" in [one["name"] for one in met]
    while _focus(page)["name"] != "Search":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("waiting-room")
    page.locator(".md-search-result__link").first.wait_for(timeout=15_000)
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Search'")
    assert _focus(page)["open"] == "false"
    page.context.close()


def test_pages_fit_a_phone_ask_nobody_else_and_throw_nothing(
    browser: Browser, shipped: str, full: str, full_site: Path
) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(("http://127.0.0.1", "data:", "blob:")) else said.append(asked.url),
    )
    page.on("response", lambda answer: said.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
    for address in [
        *(shipped + path for path in SHIPPED if path != "404.html"),
        *(full + path for path in _full_pages(full_site)),
    ]:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, f"{address} is {wide} pixels wide"
        assert page.locator("h1").count() == 1, address
    page.context.close()
    assert not said, said


def test_search_from_a_stick_finds_an_exercise_with_the_network_off(browser: Browser, shipped_site: Path) -> None:
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    outside: list[str] = []
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(("file:", "data:", "blob:")) else outside.append(asked.url),
    )
    page.goto((shipped_site / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("waiting-room sort")
    result = page.locator(".md-search-result__link", has_text="waiting-room sort").first
    result.wait_for(timeout=15_000)
    result.click()
    page.wait_for_url("**/waiting-room-sort/facilitator/index.html*")
    assert "waiting-room sort" in page.locator("h1").inner_text().lower()
    assert not outside, outside
    context.close()


def test_a_keyboard_alone_reaches_the_content(browser: Browser, shipped: str) -> None:
    page = browser.new_context().new_page()
    page.goto(shipped + "exercises/waiting-room-sort/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('md-skip')"), "the skip link is not the first stop"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("!!document.activeElement.closest('main')")
    assert inside, "after the skip link the next stop is not in the content"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus cannot be seen"
    page.context.close()


def test_everything_can_be_read_with_scripts_off(browser: Browser, shipped: str, shipped_site: Path) -> None:
    kit = json.loads((shipped_site / "kit.json").read_text(encoding="utf-8"))
    half_day = next(workshop for workshop in kit["workshops"] if workshop["id"] == "half-day")
    starts = [block["start"] for block in half_day["sessions"][0]["agenda"]]
    assert len(starts) > 8
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(shipped + "workshops/half-day/facilitator/index.html")
    text = page.locator("main").inner_text()
    for wanted in (*starts, "The waiting-room sort", "The ninety-day promise"):
        assert wanted in text, wanted
    page.context.close()


def test_paper_shows_the_content_without_the_furniture(browser: Browser, shipped: str) -> None:
    page = browser.new_context(viewport={"width": 800, "height": 1100}).new_page()
    page.emulate_media(media="print")
    page.goto(shipped + "exercises/waiting-room-sort/index.html")
    assert page.locator("h1").is_visible()
    for furniture in (".md-header", ".md-search", ".md-tabs", ".md-sidebar--primary"):
        assert page.locator(furniture).count() == 0 or not page.locator(furniture).first.is_visible(), furniture
    page.context.close()


def test_nothing_stays_closed_on_paper(browser: Browser, shipped: str, tmp_path: Path) -> None:
    page = browser.new_context().new_page()
    page.goto(shipped + "assessments/where-we-look/index.html")
    closed = page.locator("details:not([open])").count()
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert closed > 0
    assert page.locator("details:not([open])").count() == closed, "after printing all is as it was"
    assert run_of_words("under 40 % of the points") in read(tmp_path / "page.pdf").words
    page.context.close()


def test_no_title_of_an_author_becomes_code(browser: Browser, tmp_path: Path) -> None:
    folder = copy_kit(ROOT / "tests" / "kits" / "unicode", tmp_path / "unicode")
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    page = browser.new_context().new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    looked = 0
    kit = json.loads((site / "kit.json").read_text(encoding="utf-8"))
    for name in ("exercises", "pitfalls", "workshops", "decks"):
        for item in kit[name]:
            page.goto((site / item["url"] / "index.html").as_uri())
            page.wait_for_timeout(100)
            assert " ".join(page.locator("h1").inner_text().split()) == item["title"]
            assert item["title"] in page.title()
            strange = page.evaluate(
                "[...document.scripts].filter(one => one.type !== 'application/json' && one.textContent.includes('alert(')).length"
            )
            assert strange == 0, item["url"]
            looked += 1
    page.context.close()
    assert looked > 3
    assert not dialogs, dialogs
