"""A workshop that lists lengths has a page, a run sheet and booklets in each of them."""

import json
from dataclasses import replace

import pytest

from generator.audience import for_participants
from generator.build import prints
from generator.commands.common import Console
from generator.content.model import Version, Workshop
from generator.content.words import load_words
from generator.errors import KitError
from generator.lengths import differences, versions_of
from generator.links import link
from generator.paper.documents import Wanted
from generator.programme import minutes_in
from generator.reading import means_of, read, summary
from generator.timing.schedule import run_sheet
from generator.web.data import kit_data
from generator.web.pages import navigation, render
from generator.web.site import Page, Site
from tests.conftest import ROOT, CopyKit

WORDS = load_words(ROOT / "templates", "en")
KITS = ROOT / "tests" / "kits"


def pages_of(site: Site) -> dict[str, Page]:
    return {page.path: page for page in render(site)}


@pytest.fixture(scope="module")
def site() -> Site:
    kit = read(KITS / "full" / "content")[0].kit
    return Site(kit, link(kit), WORDS, {}, ROOT / "templates")


def test_a_length_is_a_workshop_of_that_length_beside_the_one_as_written(site: Site) -> None:
    written, version = versions_of(site.kit, site.kit.workshops["one-call"])
    assert isinstance(version, Version)
    assert (version.id, version.original, version.length) == ("one-call-50", "one-call", 50)
    assert minutes_in(site.kit, written) == 57
    assert minutes_in(site.kit, version) == 50
    assert version.title == f"{written.title}, 50 minutes"
    assert version.prepare == written.prepare
    assert versions_of(site.kit, version) == (written, version)
    assert versions_of(site.kit, site.kit.workshops["two-days"]) == ()


def test_what_differs_is_what_the_clock_says(site: Site) -> None:
    written, version = versions_of(site.kit, site.kit.workshops["one-call"])
    assert isinstance(version, Version)
    before = {slot.block.id: slot.minutes for slot in run_sheet(written.sessions[0], site.kit.exercises).slots}
    after = {slot.block.id: slot.minutes for slot in run_sheet(version.sessions[0], site.kit.exercises).slots}
    found = {one.block.id: (one.was, one.minutes) for one in differences(site.kit, version, WORDS)}
    wanted = {id: (before[id], after.get(id, 0)) for id in before if before[id] != after.get(id)}
    assert found == {id: one for id, one in wanted.items() if not id.startswith("room-to-catch-up")}
    assert sum(was - now for was, now in wanted.values()) == 7


def test_each_length_has_its_pages_and_they_lead_to_each_other(site: Site) -> None:
    pages = pages_of(site)
    for part in ("", "facilitator/", "run/", "workbook/"):
        assert f"workshops/one-call-50/{part}index.md" in pages
    assert "](../one-call-50/index.md)" in pages["workshops/one-call/index.md"].text
    assert "](../one-call/index.md)" in pages["workshops/one-call-50/index.md"].text
    changed = pages["workshops/one-call-50/facilitator/index.md"].text
    assert "## What is different" in changed
    assert "What is different" not in pages["workshops/one-call/facilitator/index.md"].text
    assert "](one-call-50/index.md)" in pages["workshops/index.md"].text


def test_a_length_counts_as_no_workshop_of_its_own(site: Site) -> None:
    """Search, menu, counts and "used in" know the workshop once; the list of workshops in kit.json has both."""
    pages = pages_of(site)
    assert "one-call-50" not in json.dumps(navigation(list(pages.values())))
    assert "exclude: true" in pages["workshops/one-call-50/index.md"].text
    assert "2 workshops" in summary(site.kit)
    data = kit_data(site.kit, site.links)
    assert data["counts"]["workshops"] == 2
    assert [one["id"] for one in data["workshops"]] == ["one-call", "one-call-50", "two-days"]
    assert data["workshops"][1]["original"] == "one-call"
    assert all("one-call-50" not in ids for ids in site.links.workshops_of.values())


@pytest.mark.pdf
def test_each_length_has_its_run_sheet_and_booklets() -> None:
    loaded, _ = read(KITS / "full" / "content")
    names = ("run-sheet", "facilitator-guide", "participant-workbook")
    wanted = Wanted(("one-call-50",), names, ("standard",), ("a4",))
    printed, problems = prints(means_of(loaded), wanted, Console())
    assert [one.document.name for one in printed] == list(names)
    assert not problems
    assert all(one.document.path.startswith("print/one-call-50/") for one in printed)
    assert [day["minutes"] for day in printed[0].document.data["days"]] == [50]


@pytest.mark.parametrize(
    ("lengths", "message", "help"),
    [
        ("[57]", "57 minutes are the length of the agenda as it is written", "list other lengths only"),
        ("[50, 50]", "50 minutes stand here twice", "take one of the two out"),
        ("[5]", "this agenda cannot be held in 5 minutes", "`workshop-kit fit one-call --minutes "),
        ("[50, 45]", "there is a workshop `one-call-45` already", "give that workshop another id"),
    ],
)
def test_a_length_that_cannot_be_is_an_error_at_its_place(
    copied: CopyKit, lengths: str, message: str, help: str
) -> None:
    kit = copied(KITS / "full")
    folder = kit / "content" / "workshops"
    text = (folder / "one-call.yml").read_text(encoding="utf-8")
    (folder / "one-call-45.yml").write_text(text.replace("lengths: [50]\n", ""), encoding="utf-8")
    (folder / "one-call.yml").write_text(text.replace("[50]\n", lengths + "\n"), encoding="utf-8")
    with pytest.raises(KitError) as raised:
        read(kit / "content")
    (problem,) = raised.value.problems
    assert problem.code == "wrong-length"
    assert message in problem.message
    assert help in problem.help
    assert problem.place.text == f"lengths: {lengths}"
    last = lengths.strip("[]").split(", ")[-1]
    assert problem.place.text[problem.place.column - 1 :].startswith(last)


def test_only_a_workshop_of_one_session_has_lengths(copied: CopyKit) -> None:
    kit = copied(KITS / "full")
    file = kit / "content" / "workshops" / "two-days.yml"
    file.write_text(file.read_text(encoding="utf-8") + "lengths: [300]\n", encoding="utf-8")
    with pytest.raises(KitError, match="1 error") as raised:
        read(kit / "content")
    assert "only a workshop of one session" in raised.value.problems[0].message


def test_participants_see_the_other_lengths_and_not_what_is_lost(site: Site) -> None:
    kit = for_participants(site.kit)
    pages = pages_of(replace(site, kit=kit, audience="participants"))
    assert "workshops/one-call-50/index.md" in pages
    assert not any("facilitator" in path or "/run/" in path for path in pages)
    version = kit.workshops["one-call-50"]
    assert isinstance(version, Workshop)
    assert all(block.if_cut is None for block in version.sessions[0].agenda)
