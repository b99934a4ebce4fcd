"""Long lists stand on several pages. Everything can be reached without scripts, and the finders find what stands on another page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from generator.content.model import Kit
from generator.content.words import load_words
from generator.links import link
from generator.reading import read
from generator.templates import SHIPPED
from generator.web.lists import MOST
from generator.web.pages import STARTS, navigation, render
from generator.web.site import Audience, Site
from generator.web.site import Page as Made
from tests.conftest import KITS, ROOT, run_generator, serve, write_files
from tests.links import followed, pages_of

BEYOND = 5  # items more than fit on a page
EXERCISE = """\
title: Exercise {n}
purpose: To try *number {n}*.
people: {{min: {n}, max: {n}}}
steps:
  - {{title: One, minutes: 20, least: 10, format: pairs, do: Do it.}}
"""
PITFALL = """\
title: Trap {n}
sign: People say {word} all day.
counter_move: Say nothing of it for one whole week, and then ask them why they said it.
"""
browsed = (pytest.mark.browser, pytest.mark.slow)


def in_browser(test: Any) -> Any:
    """A test that needs a real browser and a built site."""
    for mark in browsed:
        test = mark(test)
    return test


def pages_with(audience: Audience, **numbers: int) -> dict[str, Made]:
    """The pages of the kit `full` with so many items of some kinds, most of them copies."""
    kit: Kit = read(KITS / "full" / "content")[0].kit
    for kind, number in numbers.items():
        first = next(iter(kit.of(kind).values()))
        found = {id: item for id, item in kit.of(kind).items() if kind != "workshops" or "-50" not in id}
        copies = (f"{first.id}-{at}" for at in range(number - len(found)))
        kit = replace(kit, **{kind: found | {id: first.model_copy(update={"id": id}) for id in copies}})
    made = render(Site(kit, link(kit), load_words(SHIPPED, "en"), {}, SHIPPED, audience=audience))
    return {page.path: page for page in made}


def rows(page: Made) -> list[str]:
    """The headings of a list: a link to each item."""
    return re.findall(r"^## \[.*?\]\((.*?)\)", page.text, re.MULTILINE)


@pytest.mark.parametrize("kind", ["pitfalls", "tensions"])
def test_a_list_that_fits_stands_on_one_page(kind: str) -> None:
    pages = pages_with("everyone", **{kind: MOST})
    assert len(rows(pages[f"{kind}/index.md"])) == MOST
    assert f"{kind}/page_2/index.md" not in pages
    assert "kit-pages" not in pages[f"{kind}/index.md"].text


@pytest.mark.parametrize("kind", ["exercises", "pitfalls", "tensions"])
def test_a_longer_list_has_every_item_on_one_of_its_pages(kind: str) -> None:
    pages = pages_with("everyone", **{kind: 2 * MOST + BEYOND})
    parts = [pages[f"{kind}/{part}index.md"] for part in ("", "page_2/", "page_3/")]
    assert f"{kind}/page_4/index.md" not in pages
    assert [len(rows(part)) for part in parts] == [MOST, MOST, BEYOND]
    linked = {row.removeprefix("../") for part in parts for row in rows(part)}
    assert len(linked) == 2 * MOST + BEYOND
    assert len({part.title for part in parts}) == 3
    for number, part in enumerate(parts, 1):
        ways = re.search(r'<nav class="kit-pages".*?</nav>', part.text, re.DOTALL)
        assert ways is not None
        assert len(re.findall(r"^\d\. \[", ways[0], re.MULTILINE)) == 2
        assert f'<b aria-current="page">{number}</b>' in ways[0]
        assert ("exclude: true" in part.text) == (number > 1), "the search finds a list once"
    labels = [page.path for page in pages.values() if page.label]
    assert f"{kind}/index.md" in labels
    assert f"{kind}/page_2/index.md" not in labels


def test_very_many_workshops_fill_neither_the_home_page_nor_the_menu() -> None:
    few, many = pages_with("participants", workshops=STARTS), pages_with("participants", workshops=MOST + 1)
    shown = re.compile(r"^### \[", re.MULTILINE)
    assert len(shown.findall(few["index.md"].text)) == len(shown.findall(many["index.md"].text)) == STARTS
    assert f"All {MOST + 1} workshops" in many["index.md"].text
    assert "All " not in few["index.md"].text
    menus = [
        next(entry["Workshops"] for entry in navigation(list(made.values())) if "Workshops" in entry)
        for made in (few, many)
    ]
    assert len(menus[0]) == 1 + STARTS
    assert menus[1] == "workshops/index.md"


def test_much_data_stands_beside_its_page() -> None:
    few, many = pages_with("everyone", pitfalls=3), pages_with("everyone", pitfalls=10 * MOST)
    assert not [page.path for page in few.values() if page.beside]
    page = many["pitfalls/index.md"]
    data = page.beside["pitfalls/data.js"].decode()
    assert data.startswith("workshopData={")
    assert '<script defer src="data.js"></script>' in page.text
    assert 'id="kit-data"' not in page.text
    assert len(page.text) < 100_000 < len(data)


# In a real browser.


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit whose exercises and pitfalls do not fit on one page."""
    folder, numbers = tmp_path_factory.mktemp("many"), range(1, MOST + BEYOND + 1)
    files = {f"content/exercises/e-{n:03}.yml": EXERCISE.format(n=n) for n in numbers}
    files |= {
        f"content/pitfalls/p-{n:03}.yml": PITFALL.format(n=n, word="abcdefghijklmnopqrstuvwxyz"[n % 26] * (3 + n // 26))
        for n in numbers
    }
    files |= {"content/kit.yml": "format: 1\nid: many\nname: Many\nbooklets: false\n"}
    write_files(folder, {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), **files})
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    yield from serve(site)


def seen(page: Page) -> list[str]:
    """The names in the list, as they can be seen."""
    return page.locator(".kit-index h2:visible").all_inner_texts()


@pytest.mark.slow
def test_every_link_of_a_long_list_leads_somewhere(site: Path) -> None:
    links = list(followed(site, pages_of(site)))
    assert not [problem for _, problem in links if problem]
    assert len(links) > 1000


@in_browser
def test_a_keyboard_leads_through_the_pages_of_a_list(page: Page, home: str) -> None:
    page.goto(home + "exercises/index.html")
    assert len(seen(page)) == MOST
    ways = page.get_by_role("navigation", name="Pages of this list")
    ways.get_by_role("link", name="2", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/exercises/page_2/index.html")
    assert seen(page) == [f"Exercise {n}" for n in range(MOST + 1, MOST + BEYOND + 1)]
    assert page.locator("main").get_by_text(f"{MOST + 1} to {MOST + BEYOND} of {MOST + BEYOND}").is_visible()
    page.get_by_role("navigation", name="Where you are").get_by_role("link", name="Exercises").click()
    page.wait_for_url("**/exercises/index.html")


@in_browser
def test_exercises_are_found_on_all_pages_of_the_list(page: Page, home: str) -> None:
    page.goto(home + "exercises/index.html")
    page.get_by_label("Minutes you have").fill("15")
    hint = page.get_by_text("Here are the first")
    expect(hint).to_be_visible()
    assert len(seen(page)) == MOST
    assert page.locator(".kit-find__count").inner_text() == f"{MOST + BEYOND} of {MOST + BEYOND} exercises"
    expect(page.locator(".kit-pages")).to_be_hidden()
    page.get_by_label("People in the room").fill("3")
    expect(hint).to_be_hidden()
    assert seen(page) == ["Exercise 3"]
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".kit-pages")).to_be_visible()
    assert len(seen(page)) == MOST
    assert page.locator(".kit-find__shorten").count() == 0


@in_browser
def test_what_stands_on_another_page_looks_the_same_and_leads_to_its_own(page: Page, home: str) -> None:
    page.goto(home + "exercises/page_2/index.html")
    there = page.locator("[data-item=e-103]").inner_text()
    page.goto(home + "pitfalls/page_2/index.html")
    sign = page.locator("[data-item=p-103]").inner_text()
    word = re.search(r"say (\w+) all", sign)
    assert word is not None
    page.goto(home + f"pitfalls/index.html?see={word[1]}")
    assert page.locator("[data-item=p-103]").inner_text() == sign
    page.get_by_role("link", name="Trap 103").click()
    page.wait_for_url("**/pitfalls/p-103/index.html")
    page.goto(home + "exercises/index.html")
    page.get_by_label("People in the room").fill("103")
    assert page.locator("[data-item=e-103]").inner_text() == there
    page.get_by_role("link", name="Exercise 103").click()
    page.wait_for_url("**/exercises/e-103/facilitator/index.html")
