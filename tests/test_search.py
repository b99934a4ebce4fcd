"""What the search of a site finds: an item once, by its name and what is said first of it; ideas at their places; free pages whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.content.prose import Prose
from generator.content.words import ENGLISH, load_words
from generator.links import link
from generator.reading import read
from generator.templates import SHIPPED
from generator.web.pages import render
from generator.web.site import Site
from tests.conftest import KITS

pytestmark = pytest.mark.slow

# What stands on a page of an item and is not searched: whoever types it would be led to a page that is about something else.
NOT_SEARCHED = (
    "Hand out the sheets",  # what to do in a step
    "Five lines, and no more",  # what to say
    "sticky notes",  # what to bring
    "Write one agenda of your own",  # what to prepare
    "Those who stay decide",  # what a pitfall costs
    "Write the end on the board",  # how to get out of it
    "Long meetings build trust",  # a side of a tension
    "Do not use it while",  # a note for the facilitator
    "What did its leader",  # what to ask then
    "Open the shared page once",  # the day before a workshop
    "Where it comes from",
    "Drawn on by",
)


def found_in(site: Path) -> list[dict[str, str]]:
    """The entries of the search, in the order of the pages."""
    entries: list[dict[str, str]] = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))[
        "docs"
    ]
    assert len(entries) > 20
    return entries


@pytest.fixture(scope="module")
def entries(full_site: Path) -> list[dict[str, str]]:
    return found_in(full_site)


def texts(entries: list[dict[str, str]]) -> dict[str, str]:
    """What is searched at each address."""
    return {entry["location"]: entry["text"] for entry in entries}


def items(site: Path) -> list[dict[str, Any]]:
    data = json.loads((site / "kit.json").read_text(encoding="utf-8"))
    kinds = ("articles", "tensions", "pitfalls", "exercises", "decks", "assessments", "workshops")
    return [item for kind in kinds for item in data[kind] if "original" not in item]


@pytest.mark.parametrize("site", ["full_site", "shipped_site"])
def test_each_item_is_found_once(site: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(site)
    entries = found_in(folder)
    addresses = [entry["location"] for entry in entries]
    assert len(addresses) == len(set(addresses))
    looked = 0
    for item in items(folder):
        at = [entry for entry in entries if entry["location"].startswith(item["url"]) and "#" not in entry["location"]]
        page = f"{item['url']}{'facilitator/' if item['url'].startswith('exercises/') else ''}index.html"
        assert [entry["location"] for entry in at] == [page], item["url"]
        looked += 1
    assert looked > 10


def test_what_is_said_first_of_an_item_is_found(entries: list[dict[str, str]]) -> None:
    kit, text = read(KITS / "full" / "content")[0].kit, texts(entries)

    def says(page: str, prose: Prose) -> bool:
        return prose.plain().split()[0] in text[page] and prose.plain().split()[-1] in text[page]

    for id, pitfall in kit.pitfalls.items():
        assert says(f"pitfalls/{id}/index.html", pitfall.sign)
        assert all(words in text[f"pitfalls/{id}/index.html"] for words in pitfall.also)
    assert all(says(f"exercises/{id}/facilitator/index.html", one.purpose) for id, one in kit.exercises.items())
    assert all(says(f"tensions/{id}/index.html", one.question) for id, one in kit.tensions.items())
    assert says("workshops/one-call/index.html", kit.workshops["one-call"].promise)
    deck = kit.prompts["first-words"]
    assert all(says("prompts/first-words/index.html", prompt.text) for prompt in deck.prompts)
    assert "Ada Example" in text["articles/short-talks/index.html"], "an author is looked for by name"
    assert "not stated" not in text["articles/unnamed/index.html"]


def test_an_idea_is_found_at_its_place(entries: list[dict[str, str]], full_site: Path) -> None:
    articles, text = read(KITS / "full" / "content")[0].kit.articles, texts(entries)
    looked = 0
    for article in articles.values():
        page = (full_site / "articles" / article.id / "index.html").read_text(encoding="utf-8")
        for idea in article.ideas:
            at = f"articles/{article.id}/index.html#{idea.id}"
            assert idea.text.plain().split()[0] in text[at]
            assert f'id="{idea.id}"' in page
            looked += 1
    assert looked > 5


def test_what_stands_on_other_pages_of_an_item_or_below_is_not_searched(
    entries: list[dict[str, str]], full_site: Path
) -> None:
    everything = " ".join(f"{entry['title']} {entry['text']}" for entry in entries)
    pages = " ".join(path.read_text(encoding="utf-8") for path in full_site.rglob("index.html"))
    for words in NOT_SEARCHED:
        assert words in pages, f"no page says {words!r} any more"
        assert words not in everything, words
    parts = {entry["location"].rpartition("index.html")[0].rpartition("/")[0].rpartition("/")[2] for entry in entries}
    assert not parts & {"run", "plan", "team"}
    assert not [entry for entry in entries if entry["location"].startswith(("print/one-call", "workshops/one-call-50"))]


def test_a_free_page_is_searched_whole(entries: list[dict[str, str]]) -> None:
    page = texts(entries)["pages/handbook.html"]
    for words in ("Free pages have all of Markdown", "Its meaning", "not a heading", "A footnote"):
        assert words in page


def test_a_word_in_quotes_is_found_in_a_title(entries: list[dict[str, str]], kits: Path) -> None:
    assert not [entry["title"] for entry in entries if "&quot;" in entry["title"] or "&#x27;" in entry["title"]]
    loaded = read(kits / "unicode" / "content")[0]
    site = Site(loaded.kit, link(loaded.kit), load_words(SHIPPED, ENGLISH), {}, SHIPPED)
    page = next(page for page in render(site) if page.path == "assessments/test/index.md")
    assert 'title: "!!! note \\"Kein Kasten\\""' in page.text
