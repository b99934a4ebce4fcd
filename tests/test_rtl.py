"""A kit in Arabic in a real browser: every page reads from right to left, lies mirrored, fits a phone, and can be searched and heard."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from generator.reading import read
from tests.conftest import KITS, copy_kit, one_of_each, run_generator, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
WIDE = 1280
# Latin words that the kit's author wrote, and what a licence and a command are called; any other would be English.
NAMES = {
    "Green", "Hands", "Schools", "Laila", "Haddad", "Seeds", "Sun", "Samir", "Jamboard", "small", "gardens", "https", "example",
    "org", "garden", "YYYY", "AM",
}  # fmt: skip
# Of each kind of page some blocks that stand at one side of it.
BLOCKS = {
    "index.html": (".kit-library b", ".md-sidebar--primary"),
    "workshops/garden-day/index.html": (".kit-slot__time", ".kit-slot__minutes", ".kit-facts div", ".kit-crumbs li"),
    "workshops/garden-day/facilitator/index.html": (".kit-block__clock", ".kit-slot__time", ".kit-spans b"),
    "workshops/garden-day/run/index.html": (".run-start .kit-button", ".kit-slot__time"),
    "workshops/garden-day/plan/index.html": (".plan-form .kit-input", ".plan-at", ".kit-things__number"),
    "workshops/garden-day/workbook/index.html": (".kit-glance b", ".kit-write th"),
    "exercises/water-map/facilitator/index.html": (".kit-minutes__big", ".kit-voice__name", ".kit-things__number"),
    "assessments/our-garden/index.html": (".kit-choice", ".kit-progress a"),
    "articles/small-gardens/index.html": (".kit-ideas__paragraph", ".kit-facts div"),
    "prompts/first-words/index.html": (".kit-prompts__head",),
    "tensions/small-or-big/index.html": (".kit-side",),
    "pitfalls/index.html": (".kit-index__lead", ".kit-index__trap"),
}
AXE = ["workshops/garden-day/plan/index.html", "assessments/our-garden/index.html"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_kit(KITS / "rtl", tmp_path_factory.mktemp("rtl"))
    shutil.copytree(KITS / "rtl" / "templates", folder / "templates")
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def arabic(site: Path) -> Iterator[str]:
    yield from serve(site)


def test_the_kit_has_no_error_and_only_words_that_are_missing() -> None:
    problems = [problem for problem in read(KITS / "rtl" / "content")[1] if problem.severity == "warning"]
    assert "untranslated" in {problem.code for problem in problems}


@pytest.mark.parametrize(
    ("width", "now"), [(320, "2026-12-03T07:00"), (WIDE, "2026-12-03T07:00"), (320, "2026-12-03T23:00")]
)
def test_every_kind_of_page_reads_from_right_to_left_and_fits(
    page: Page, site: Path, arabic: str, width: int, now: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.clock.set_fixed_time(now)
    addresses = one_of_each(site)
    assert len(addresses) > 20
    for address in addresses:
        page.goto(arabic + address)
        found = page.evaluate(
            "[document.documentElement.lang, document.body.dir, getComputedStyle(document.querySelector('h1')).direction,"
            " document.documentElement.scrollWidth - innerWidth]"
        )
        assert found[:3] == ["ar", "rtl", "rtl"], address
        assert found[3] <= 0, f"{address} is {found[3]} px wider than the window"
        text = page.evaluate("document.querySelectorAll('code').forEach(e => e.remove()), document.body.innerText")
        assert set(re.findall(r"[A-Za-z]{3,}", text)) <= NAMES, address


@pytest.mark.parametrize("address", BLOCKS)
def test_blocks_lie_mirrored(page: Page, arabic: str, address: str) -> None:
    """How far a block is from the side where reading begins is the same when the page is turned round."""
    starts: list[list[float]] = []
    page.goto(arabic + address)
    for direction in ("rtl", "ltr"):
        page.evaluate("direction => { document.body.dir = direction }", direction)
        width = page.evaluate("document.documentElement.clientWidth")
        boxes = [page.locator(selector).first.bounding_box() for selector in BLOCKS[address]]
        assert all(boxes), f"{BLOCKS[address]} on {address}: {boxes}"
        starts.append([width - box["x"] - box["width"] if direction == "rtl" else box["x"] for box in boxes if box])
    assert starts[0] == pytest.approx(starts[1], abs=3), f"{BLOCKS[address]} on {address}"


def test_letters_without_italics_are_not_slanted(page: Page, arabic: str) -> None:
    page.goto(arabic)
    assert page.evaluate("getComputedStyle(document.body).fontSynthesisStyle") == "none"


def test_the_switch_of_colours_has_a_name_in_the_language(page: Page, arabic: str) -> None:
    page.goto(arabic)
    assert page.locator("label[for=__palette_1]").get_attribute("title") == "الألوان الداكنة"


def test_a_command_is_read_from_left_to_right(page: Page, arabic: str) -> None:
    page.goto(arabic + "workshops/garden-day/plan/index.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.plan-command code')).direction") == "ltr"


def test_plurals_of_the_scripts_are_those_of_the_language(page: Page, arabic: str) -> None:
    page.goto(arabic + "workshops/garden-day/plan/index.html")
    said = {}
    for people in (2, 8, 12):
        page.fill("[name=people]", str(people))
        said[people] = page.locator(".plan-sum").inner_text()
    assert "لشخصين" in said[2]
    assert "8 أشخاص" in said[8]
    assert "12 شخصاً" in said[12]


SIGN_FIRST = """e => {
    const text = document.createRange();
    const left = at => {
        text.setStart(e.firstChild, at);
        text.setEnd(e.firstChild, at + 1);
        return text.getBoundingClientRect().left;
    };
    return [e.textContent, left(0) < left(1)];
}"""


def test_a_sign_stands_before_its_number(page: Page, arabic: str) -> None:
    page.clock.set_fixed_time("2026-12-03T09:00")
    page.goto(arabic + "workshops/garden-day/run/index.html")
    page.locator("[data-run=go]").click()
    page.clock.set_fixed_time("2026-12-03T09:40")
    page.reload()
    assert page.locator(".run-time").evaluate(SIGN_FIRST) == ["+25:00", True]
    assert page.locator(".run-bend .kit-button").first.evaluate(SIGN_FIRST) == ["\u22125", True]
    for _ in range(page.locator("[data-row]").count()):
        if page.locator(".run-live").is_visible():
            page.locator("[data-do=next]").click()
    assert page.locator(".run-table [data-row='0'] td").last.evaluate(SIGN_FIRST) == ["+25", True]


def test_the_site_can_be_searched_offline(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.click(".md-search__input")
    page.keyboard.insert_text("الماء")
    page.keyboard.press("End")
    page.locator(".md-search-result__item").first.wait_for()
    assert page.locator(".md-search-result__item").count() > 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, arabic: str, scheme: str) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    # The marks of each kind of page are looked at in English; here it is what another direction and language change.
    addresses = [*list(BLOCKS)[:3], *AXE] if scheme == "light" else list(BLOCKS)[:1]
    for address in addresses:
        page.goto(arabic + address)
        assert [
            (one["id"], one["nodes"][0]["html"]) for one in Axe().run(page, options=RULES).response["violations"]
        ] == []
    page.close()
