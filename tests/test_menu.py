"""The menu: it lists every workshop, as long as there are not too many to read."""

from dataclasses import replace

import pytest

from generator.content.words import load_words
from generator.links import link
from generator.reading import read
from generator.templates import SHIPPED
from generator.web.pages import navigation, render
from generator.web.site import Site
from tests.conftest import ROOT


@pytest.mark.parametrize(("number", "listed"), [(50, 50), (51, 0)])
def test_a_menu_lists_workshops_up_to_fifty(number: int, listed: int) -> None:
    kit = read(ROOT / "tests" / "kits" / "minimal" / "content")[0].kit
    (workshop,) = kit.workshops.values()
    many = {f"day-{at}": workshop.model_copy(update={"id": f"day-{at}"}) for at in range(number)}
    kit = replace(kit, workshops=many)
    pages = render(Site(kit, link(kit), load_words(SHIPPED, "en"), {}, SHIPPED))
    assert sum(page.path.endswith("/run/index.md") for page in pages) == number
    (entry,) = [entry["Workshops"] for entry in navigation(pages) if "Workshops" in entry]
    workshops = [path for one in entry if isinstance(one, dict) for path in one.values()] if listed else []
    assert (len(workshops), entry == "workshops/index.md") == (listed, not listed)
