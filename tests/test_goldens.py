"""What the generator makes of the small kits: pages, navigation and data, word for word. `pytest --golden` renews it.

Booklets are not printed for this: the pages link to booklets of a made-up length, so that no golden depends on Typst.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.build import as_print
from generator.content.words import load_words
from generator.errors import KitError, as_text
from generator.links import link
from generator.paper.documents import Wanted, documents
from generator.paper.families import ON_THE_SITE
from generator.reading import read
from generator.templates import SHIPPED
from generator.web.data import kit_data
from generator.web.pages import Site, navigation, render

Compare = Callable[[str, Mapping[str, str]], None]


def made_of(content: Path) -> dict[str, str]:
    """Every page by its path, with `nav.json` and `kit.json`."""
    loaded = read(content)[0]
    kit = loaded.kit
    links, words = link(kit), load_words(SHIPPED, kit.settings.language)
    wanted = Wanted(editions=ON_THE_SITE)
    prints = tuple(as_print(one, 7) for one in documents(kit, links, words, wanted))
    site = Site(kit, links, words, loaded.free.texts(), SHIPPED, prints)
    pages = render(site)
    data = {"nav.json": navigation(pages), "kit.json": kit_data(kit, links)}
    texts = {name: json.dumps(value, ensure_ascii=False, indent=1) + "\n" for name, value in data.items()}
    return {**{page.path: page.text for page in pages}, **texts}


@pytest.mark.parametrize("kit", ["minimal", "full", "unicode"])
def test_pages_navigation_and_data_are_as_they_were(kit: str, kits: Path, golden: Compare) -> None:
    golden(kit, made_of(kits / kit / "content"))


def test_all_faults_of_a_kit_are_told_at_once(kits: Path, golden: Compare) -> None:
    with pytest.raises(KitError) as caught:
        read(kits / "broken" / "content")
    told = [as_text(problem) for problem in caught.value.problems]
    golden("broken", {"problems.txt": "\n\n".join([*told, str(caught.value)]) + "\n"})


def test_a_golden_folder_belongs_to_a_kit(kits: Path) -> None:
    folders = {path.name for path in (kits.parent / "golden").iterdir()}
    assert folders == {"minimal", "full", "unicode", "broken"} < {path.name for path in kits.iterdir()}


def test_goldens_hold_nothing_of_this_machine(kits: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (kits.parent / "golden").rglob("*.*")]
    assert len(texts) > 30
    assert not [text for text in texts if str(kits.parent.parent) in text or str(Path.home()) + "/" in text]


@pytest.mark.parametrize("change", ["missing", "changed", "surplus"])
def test_a_golden_that_is_missing_changed_or_surplus_fails(
    change: str, kits: Path, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--golden"):
        return
    compare: Compare = request.getfixturevalue("golden")
    made = made_of(kits / "minimal" / "content")
    if change == "missing":
        made["exercises/new/index.md"] = "# New\n"
    elif change == "changed":
        made["index.md"] += "More.\n"
    else:
        del made["kit.json"]
    says = {"missing": "no golden file for", "changed": "index.md differs", "surplus": "belong to nothing"}
    with pytest.raises(AssertionError, match=says[change]):
        compare("minimal", made)
