"""The planner: its tables, and what a browser makes of them, say what the program says for the same start, length and headcount."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.content.load import load
from generator.content.model import Kit, Workshop, frozen_mapping
from generator.content.words import Words, load_words
from generator.links import link
from generator.programme import days
from generator.seating import rounds
from generator.supplies import supplies
from generator.templates import SHIPPED
from generator.timing.fit import fit, lengths
from generator.timing.people import group_sizes
from generator.timing.schedule import clock_text, run_sheet
from generator.web.drawing import Drawer
from generator.web.plan import plan_page, sizes_text
from generator.web.site import Site
from tests.conftest import KITS, ROOT, run_generator, serve, write_files
from tests.test_browser import RULES

LATE = {
    "content/kit.yml": "format: 1\nid: lunch\nname: Lunch\n",
    "content/exercises/sort.yml": """\
title: The sort
purpose: To sort.
groups: {size: 4, min: 3, max: 5}
materials:
  - {item: Cards, per: participant, quantity: 2, used_up: true, get: buy}
  - {item: Pens, per: group, quantity: 3}
steps:
  - {id: write, title: Write cards, minutes: 20, least: 10, do: Write., if_cut: You lose a draft.}
  - {id: sort, title: Sort cards, minutes: 20, least: 20, most: 25, do: Sort., if_cut: You lose an echo.}
""",
    "content/exercises/walk.yml": """\
title: The walk
purpose: To walk.
groups: {size: 2, min: 2, max: 3}
materials: [{item: Umbrellas, per: group, get: prepare}, {item: Pens, per: room, quantity: 2}]
steps: [{id: walk, title: Walk, minutes: 20, do: Walk.}]
""",
    "content/workshops/lunch.yml": """\
title: Lunch in between
promise: You eat at noon.
people: {min: 6, max: 14}
materials: [{item: Bell}]
sessions:
  - start: "11:00"
    agenda:
      - {exercise: sort, phase: open, keep: must}
      - {exercise: walk, keep: could, if_cut: You lose fresh air.}
      - {break: lunch, minutes: 30, keep: must, start: "12:10"}
      - {activity: Goodbye, minutes: 10, keep: must, phase: close}
""",
}
LATE["content/workshops/walk.yml"] = LATE["content/workshops/lunch.yml"].replace(', start: "12:10"', "")


def kit_of(folder: Path) -> tuple[Kit, Words]:
    kit = load(folder / "content").kit
    return kit, load_words(SHIPPED, kit.settings.language)


def drawn(kit: Kit, words: Words, workshop: Workshop) -> tuple[str, dict[str, Any]]:
    """The text of a workshop's page, and the tables in it."""
    site = Site(kit, link(kit), words, {}, SHIPPED)
    text = plan_page(site, Drawer(site), workshop).text
    data = re.search(r'id="kit-data">(.*?)</script>', text)
    assert data
    return text, json.loads(data[1])["plan"]


def fitted(kit: Kit, workshop: Workshop, minutes: int) -> tuple[Kit, Workshop]:
    """The kit, and a workshop of one session in another length."""
    session = fit(workshop.sessions[0], kit.exercises, minutes).session
    found = workshop.model_copy(update={"sessions": (session,)})
    return replace(kit, workshops=frozen_mapping({**kit.workshops, found.id: found})), found


def counted(plan: dict[str, Any], minutes: dict[str, int], people: int) -> list[int]:
    """The kit list as the script counts it: a number for each thing."""
    left = [n for one in plan["sessions"] for n in one["rows"][str(minutes[one["as"]])]]
    groups = [counts[people - 1] for counts in plan["kinds"]]
    tables = max(groups[kind] for line, kind in plan["tables"] if line < 0 or left[line])
    times = [people, 1, tables, *groups]

    def number(uses: list[Any]) -> int:
        found = [use for use in uses if use[0] < 0 or left[use[0]]]
        gone = sum(n * times[by] for use in found for n, by in use[1])
        return gone + max([0, *(sum(n * times[by] for n, by in use[2]) for use in found)])

    return [number(uses) for uses in plan["things"]]


@pytest.fixture(scope="module")
def shipped_kit() -> tuple[Kit, Words]:
    return kit_of(ROOT)


@pytest.mark.slow
def test_every_length_has_the_minutes_that_fit_gives(shipped_kit: tuple[Kit, Words]) -> None:
    kit, words = shipped_kit
    seen = 0
    for id in ("half-day", "leadership-retreat", "starter-60"):
        plan = drawn(kit, words, kit.workshops[id])[1]
        for session, table in zip(kit.workshops[id].sessions, plan["sessions"], strict=True):
            own = sum(table["own"])
            assert {own} <= set(map(int, table["rows"])) <= {*lengths(session, kit.exercises), own}
            for minutes in list(lengths(session, kit.exercises))[::4]:
                made = fit(session, kit.exercises, minutes).session
                filled = run_sheet(made, kit.exercises).minutes == minutes
                assert (str(minutes) in table["rows"]) == (filled or minutes == own), (id, minutes)
                if str(minutes) not in table["rows"]:
                    continue
                found = made.agenda if minutes != own else session.agenda
                wanted = [getattr(block, "minutes", None) for block in found]
                row = [n for n in table["rows"][str(minutes)] if n]
                assert len(row) == len(wanted), (id, minutes)
                assert all(n == want for n, want in zip(row, wanted, strict=True) if want is not None), (id, minutes)
                seen += 1
    assert seen > 10


@pytest.mark.slow
def test_kit_lists_and_groups_are_those_of_the_program_for_every_headcount(shipped_kit: tuple[Kit, Words]) -> None:
    kit, words = shipped_kit
    seen = 0
    for workshop in kit.workshops.values():
        plan = drawn(kit, words, workshop)[1]
        names = [(one.item, one.get) for one in supplies(kit, workshop, 12, words)]
        own = {one["as"]: sum(one["own"]) for one in plan["sessions"]}
        short = int(min(plan["sessions"][0]["rows"], key=int))
        cases = [(kit, workshop, own)]
        if len(workshop.sessions) == 1:
            cases.append((*fitted(kit, workshop, short), {"": short}))
        for made, view, minutes in cases:
            for people in (1, 2, 7, 12, 23, plan["most"]):
                wanted = {(one.item, one.get): one.number for one in supplies(made, view, people, words)}
                found = dict(zip(names, counted(plan, minutes, people), strict=True))
                assert {name: n for name, n in found.items() if n} == wanted, (workshop.id, people)
                seen += 1
        for people, signs in plan["seats"].items():
            for one, row in zip(rounds(kit, workshop, words), signs, strict=True):
                sizes = sorted((row.count(sign) for sign in set(row)), reverse=True)
                assert tuple(sizes) == group_sizes(int(people), one.groups), (workshop.id, people, one.title)
        least, most = workshop.people.min or 2, workshop.people.max or 40
        assert {str(people) for people in range(least, most + 1)} <= set(plan["seats"]), workshop.id
    assert seen >= 60


@pytest.mark.slow
def test_the_tables_of_every_workshop_stay_small(shipped_kit: tuple[Kit, Words]) -> None:
    kit, words = shipped_kit
    sizes = {one.id: len(json.dumps(drawn(kit, words, one)[1])) for one in kit.workshops.values()}
    assert len(sizes) >= 6
    assert max(sizes.values()) < 30_000, sizes


def test_a_headcount_without_bounds_and_a_workshop_without_groups_have_a_page_too() -> None:
    kit, words = kit_of(KITS / "minimal")
    assert kit.workshops
    for workshop in kit.workshops.values():
        text, plan = drawn(kit, words, workshop)
        assert plan["most"] >= 40
        assert "workshop-kit pack" in text


def test_sizes_of_groups_are_said_in_words(shipped_kit: tuple[Kit, Words]) -> None:
    words = shipped_kit[1]
    assert sizes_text(words, (4, 4, 4, 4, 4, 3)) == "5 fours and a three"
    assert sizes_text(words, (3, 2, 2)) == "a three and 2 pairs"
    assert sizes_text(words, (9, 9)) == "2 groups of 9"


@pytest.mark.slow
def test_a_site_for_participants_has_nothing_of_it(tmp_path: Path) -> None:
    write_files(tmp_path, {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), **LATE})
    done = run_generator("build", "--for", "participants", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "site-participants"
    assert not list(site.rglob("plan/*"))
    scripts = {path.name.split(".")[0] for path in (site / "assets" / "kit" / "js").iterdir()}
    assert "kit" in scripts
    assert "plan" not in scripts
    pages = list(site.rglob("*.html"))
    assert len(pages) > 5
    assert not [page for page in pages if "Plan your day" in page.read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small kit with a fixed start."""
    folder = tmp_path_factory.mktemp("plan")
    write_files(folder, {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), **LATE})
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def home(folder: Path) -> Iterator[str]:
    for address in serve(folder / "site"):
        yield f"{address}workshops/lunch/plan/index.html"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def programme(page: Page, at: int = 0) -> list[tuple[str, str, str]]:
    """Clock, title and minutes of the lines that are seen."""
    found = []
    for line in page.locator(".plan-day").nth(at).locator("[data-slot]:visible").all():
        name = line.locator(".kit-slot__title").evaluate("one => one.firstChild.textContent.trim()")
        found.append((line.locator("b").first.inner_text(), name, line.locator(".kit-slot__minutes").inner_text()))
    return found


def things(page: Page) -> dict[str, int]:
    lines = page.locator("[data-thing]:visible").all()
    return {line.locator("span").inner_text(): int(line.locator("b").inner_text()) for line in lines}


def groups(page: Page) -> dict[str, str]:
    lines = page.locator("[data-round]:visible").all()
    return {line.locator("b").inner_text(): line.locator(".plan-sizes").inner_text() for line in lines}


@pytest.mark.browser
@pytest.mark.slow
class TestInABrowser:
    def test_another_start_length_and_headcount_show_what_the_program_says(
        self, context: BrowserContext, shipped: str, shipped_kit: tuple[Kit, Words]
    ) -> None:
        kit, words = shipped_kit
        page = context.new_page()
        page.goto(shipped + "workshops/half-day/plan/index.html")
        for people, start, minutes in ((23, 13 * 60 + 30, 150), (7, 8 * 60, 215), (12, 9 * 60, 100)):
            page.get_by_label("People").fill(str(people))
            page.get_by_label("Begins at").fill(f"{start // 60:02}:{start % 60:02}")
            page.get_by_label("Length").select_option(str(minutes))
            made, view = fitted(kit, kit.workshops["half-day"], minutes)
            view = view.model_copy(update={"sessions": (view.sessions[0].model_copy(update={"start": start}),)})
            (day,) = days(made, view, words)
            wanted = [(clock_text(line.slot.start), line.title) for line in day.lines]
            assert [(at, name) for at, name, _ in programme(page) if at] == wanted, minutes
            expect(page.locator("[data-end] b")).to_have_text(clock_text(day.sheet.end))
            expect(page.locator(".plan-sum")).to_have_text(
                f"{clock_text(start)} to {clock_text(day.sheet.end)}, for {people} people"
            )
            assert things(page) == {one.item: one.number for one in supplies(made, view, people, words)}
            found = {one.title: sizes_text(words, group_sizes(people, one.groups)) for one in rounds(made, view, words)}
            assert groups(page) == found
            seats = page.locator("[data-round]:visible .plan-seats").first.locator("span").all_inner_texts()
            assert sorted(int(n) for seat in seats for n in seat.split()) == list(range(1, people + 1))
            command = page.locator(".plan-command code").inner_text()
            assert f"pack half-day --people {people} --start {clock_text(start)} --minutes {minutes}" in command

    def test_what_is_shortened_or_left_out_says_what_is_lost(self, context: BrowserContext, home: str) -> None:
        page = context.new_page()
        page.goto(home.replace("lunch", "walk"))
        assert page.locator(".plan-how:visible, .plan-cut:visible").count() == 0
        shortest = page.get_by_label("Length").locator("option").first.get_attribute("value")
        page.get_by_label("Length").select_option(shortest)
        walk = page.locator("[data-slot]", has_text="The walk")
        expect(walk.locator(".plan-how")).to_have_text("Left out. It is written for 20 min.")
        walk.locator("summary").click()
        expect(walk).to_contain_text("You lose fresh air.")
        expect(page.locator("[data-thing]", has_text="Umbrellas")).to_be_hidden()
        expect(page.locator("[data-round]", has_text="The walk")).to_be_hidden()
        page.get_by_role("button", name="Back to what is written").click()
        expect(walk.locator(".plan-how")).to_have_text("")
        expect(walk.get_by_text("You lose fresh air.")).to_be_hidden()
        expect(page.locator("[data-thing]", has_text="Umbrellas")).to_be_visible()

    def test_a_fixed_start_stays_and_waiting_and_lateness_are_told(self, context: BrowserContext, home: str) -> None:
        page = context.new_page()
        page.goto(home)
        lunch = page.locator("[data-slot]", has_text="Lunch")
        expect(lunch.locator(".plan-clock")).to_have_text("10 min free before its fixed start")
        page.get_by_label("Begins at").fill("10:45")
        expect(lunch.locator(".plan-clock")).to_have_text("25 min free before its fixed start")
        expect(lunch.locator("b").first).to_have_text("12:10")
        page.get_by_label("Begins at").fill("11:30")
        expect(lunch.locator(".plan-clock")).to_have_text("20 min late for its fixed start")
        expect(lunch.locator("b").first).to_have_text("12:30")

    def test_the_address_keeps_what_was_chosen(self, context: BrowserContext, home: str) -> None:
        page = context.new_page()
        page.goto(home)
        page.get_by_label("People").fill("9")
        page.get_by_label("People").press("Tab")
        page.get_by_label("Begins at").fill("09:15")
        page.get_by_label("Begins at").press("Tab")
        other = context.new_page()
        other.goto(page.url)
        assert "people=9" in page.url
        expect(other.locator(".plan-sum")).to_contain_text("9:15 to")
        expect(other.locator(".plan-sum")).to_contain_text("for 9 people")
        other.goto(home + "?people=-3&start=99:99&minutes=7")
        expect(other.locator(".plan-sum")).to_have_text("11:00 to 12:50, for one person")
        expect(other.get_by_label("Begins at")).to_have_value("11:00")

    def test_a_headcount_outside_the_range_is_said_and_clamped(self, context: BrowserContext, home: str) -> None:
        page = context.new_page()
        page.goto(home)
        few, many = page.locator(".plan-outside").all()
        for people, shown in ((6, None), (14, None), (5, few), (15, many)):
            page.get_by_label("People").fill(str(people))
            expect(few).to_be_visible(visible=shown is few)
            expect(many).to_be_visible(visible=shown is many)
        page.get_by_label("People").fill("4000")
        page.get_by_label("People").press("Tab")
        expect(page.get_by_label("People")).to_have_value("40")
        expect(page.locator(".plan-sum")).to_contain_text("for 40 people")

    def test_a_large_number_of_things_stands_on_one_line(self, context: BrowserContext, shipped: str) -> None:
        page = context.new_page()
        page.set_viewport_size({"width": 390, "height": 900})
        page.goto(shipped + "workshops/leadership-retreat/plan/index.html?people=40")
        large = [one for one in page.locator("[data-thing]:visible b").all() if int(one.inner_text()) > 99]
        assert large
        for one in large:
            assert one.evaluate("one => one.scrollWidth <= one.clientWidth && one.clientHeight < 40")

    def test_a_start_left_empty_becomes_the_written_one(self, context: BrowserContext, home: str) -> None:
        page = context.new_page()
        page.goto(home + "?start=09:15")
        page.get_by_label("Begins at").fill("")
        expect(page.locator(".plan-sum")).to_contain_text("11:00 to")
        page.get_by_label("People").focus()
        expect(page.get_by_label("Begins at")).to_have_value("11:00")

    def test_for_a_headcount_without_a_list_of_groups_the_page_says_what_makes_one(
        self, context: BrowserContext, shipped: str
    ) -> None:
        page = context.new_page()
        page.goto(shipped + "workshops/leadership-retreat/plan/index.html?people=12")
        deals = page.locator(".plan-no-numbers")
        expect(deals).to_be_hidden()
        expect(page.locator(".plan-rounds > .plan-which")).to_have_count(2)
        page.get_by_label("People").fill("33")
        expect(deals.locator("code")).to_have_text("workshop-kit groups leadership-retreat --people 33")
        expect(page.locator(".plan-numbers")).to_be_hidden()
        page.get_by_label("People").fill("1")
        expect(deals).to_be_hidden()

    def test_another_length_leads_to_the_planner_in_that_length(self, context: BrowserContext, shipped: str) -> None:
        page = context.new_page()
        page.goto(shipped + "workshops/half-day-180/facilitator/index.html")
        page.locator(".kit-go").get_by_role("link", name="Plan your day").click()
        expect(page.locator(".plan-sum")).to_have_text("9:00 to 12:00, for 12 people")

    def test_each_session_of_several_has_its_own_clock(self, context: BrowserContext, shipped: str) -> None:
        page = context.new_page()
        page.goto(shipped + "workshops/leadership-retreat/plan/index.html?start2=10:00&minutes2=200")
        first, second = page.locator(".plan-sum").inner_text().split(", then ")
        assert first.startswith("13:30 to")
        assert second.startswith("10:00 to 13:20")
        assert programme(page, 1)[0][0] == "10:00"
        command = page.locator(".plan-command code").inner_text()
        assert re.search(r"--start 13:30 --start 10:00 --minutes \d+ --minutes 200", command)

    def test_the_keyboard_alone_plans_and_copies(self, context: BrowserContext, home: str) -> None:
        page = context.new_page()
        page.goto(home)
        page.get_by_label("People").focus()
        page.keyboard.press("ArrowUp")
        expect(page.locator(".plan-sum")).to_contain_text("for 13 people")
        page.get_by_role("button", name="Copy the command").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".plan-copied")).not_to_have_text("")

    def test_on_paper_and_without_scripts(self, browser: Browser, context: BrowserContext, home: str) -> None:
        page = context.new_page()
        page.goto(home + "?people=9")
        page.emulate_media(media="print")
        for hidden in (".plan-form", ".plan-pack", ".kit-views"):
            expect(page.locator(hidden)).to_be_hidden()
        assert groups(page)["The sort"] == "a five and a four"
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(home)
        expect(plain.locator(".plan-form")).to_be_hidden()
        assert programme(plain)[0] == ("11:00", "The sort", "40 min")
        assert things(plain) == {"Bell": 1, "Cards": 24, "Pens": 9, "Umbrellas": 6}
        assert groups(plain) == {"The sort": "3 fours", "The walk": "6 pairs"}
        plain.context.close()

    @pytest.mark.parametrize("scheme", ["default", "slate"])
    @pytest.mark.parametrize("width", [390, 1280])
    def test_axe_finds_nothing_and_nothing_scrolls_sideways(
        self, context: BrowserContext, shipped: str, scheme: str, width: int
    ) -> None:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(shipped + "workshops/half-day/plan/index.html?people=30&minutes=120&start=13:30")
        page.evaluate(f"document.body.dataset.mdColorScheme = '{scheme}'")
        page.locator("summary:visible").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        options = {**RULES, "resultTypes": ["violations"], "preload": False}
        found = Axe().run(page, options=options).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
