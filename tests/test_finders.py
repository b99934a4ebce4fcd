"""The finders: exercises by wishes, pitfalls by what one sees, questions drawn at random. All of it in a real browser but the index."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from generator.audience import for_participants
from generator.content.model import Kit
from generator.content.words import Words, load_words
from generator.links import link
from generator.reading import read
from generator.web.find import Stems, finder
from generator.web.site import Site
from tests.conftest import ROOT

PHRASINGS = yaml.safe_load((ROOT / "tests" / "cases" / "pitfall_phrasings.yml").read_text(encoding="utf-8"))
SCRIPTS = ROOT / "templates" / "assets" / "js"


def browsed(test: Any) -> Any:
    """A test in a real browser."""
    return pytest.mark.browser(pytest.mark.slow(test))


@pytest.fixture(scope="module")
def kit() -> Kit:
    return read(ROOT / "content")[0].kit


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words(ROOT / "templates", "en")


def site_of(kit: Kit, words: Words, **values: Any) -> Site:
    return Site(kit, link(kit), words, {}, ROOT / "templates", **values)


# What Python works out.


def test_a_word_is_found_in_its_other_forms() -> None:
    stems = Stems(["s", "es", "ing", "ed"], ["the", "don't"])
    assert stems.of("The complaints, a complaint") == ["complaint", "a", "complaint"]
    assert stems.of("Don't plan: planned, planning") == ["plan", "plan", "plan"]
    assert stems.of("bosses BOSS") == ["bos", "bos"]
    assert stems.of("Café cafe") == ["cafe", "cafe"]
    assert stems.of("bus") == ["bus"], "an ending may not eat a short word"


def test_rare_words_and_names_of_a_trap_weigh_more(kit: Kit, words: Words) -> None:
    data = finder(site_of(kit, words), "pitfalls")["finder"]["data"]
    order, terms = data["order"], data["terms"]
    assert order == list(kit.pitfalls)

    def points(stem: str, id: str) -> int:
        found = dict(zip(terms[stem][::2], terms[stem][1::2], strict=True))
        return int(found.get(order.index(id), 0))

    assert points("monologu", "one-voice") > 0, "it stands only in `also`"
    assert points("monologu", "one-voice") > points("meet", "one-voice") > 0
    assert "custom" not in terms, "a word that stands everywhere tells nothing"
    assert points("perfect", "too-perfect-to-hear") > points("perfect", "mirror-gazing") > 0, (
        "a title says more than a text"
    )


def test_participants_cannot_ask_for_what_their_site_does_not_know(kit: Kit, words: Words) -> None:
    everyone = finder(site_of(kit, words), "exercises")["finder"]
    shown = for_participants(kit)
    participants = finder(site_of(shown, words, audience="participants"), "exercises")["finder"]
    assert (everyone["calls"], participants["calls"]) == (True, False)
    assert participants["formats"] == everyone["formats"] != []
    assert len(participants["data"]["exercises"]) == len(kit.exercises)
    text = str(participants) + str(finder(site_of(shown, words, audience="participants"), "pitfalls"))
    says = [pitfall.say.plain() for pitfall in kit.pitfalls.values() if pitfall.say]
    assert len(says) > 10
    assert not [say for say in says if say in text]


def test_a_question_alone_needs_no_finder(kit: Kit, words: Words) -> None:
    deck = kit.prompts["openers"]
    alone = {deck.id: deck.model_copy(update={"prompts": deck.prompts[:1]})}
    assert finder(site_of(replace(kit, prompts=alone), words), "prompts") == {"finder": None}
    assert finder(site_of(kit, words), "tensions") == {}


def test_a_question_names_each_source_once_and_a_readers_comment_as_such(kit: Kit, words: Words) -> None:
    cites = [prompt["cites"] for prompt in finder(site_of(kit, words), "prompts")["finder"]["data"]["prompts"]]
    assert "wipe-smile ¶24 (a reader's comment)" in cites
    assert not [text for text in cites if re.search(r"(\w+ ¶[^¶]+), \1", text)]


def test_the_phrasings_are_not_copied_into_the_pitfalls(kit: Kit, words: Words) -> None:
    speech = words.tree["speech"]
    stems = Stems(speech["endings"].split(), speech["skip"].split())
    compared = 0
    for case in PHRASINGS:
        typed = set(stems.of(case["typed"]))
        for also in kit.pitfalls[case["wanted"]].also:
            compared += 1
            assert len(typed & set(stems.of(also))) <= 2, f"{case['typed']!r} is nearly {also!r}"
    assert len(PHRASINGS) >= 20
    assert compared >= 80


def test_every_pitfall_is_named_in_everyday_words(kit: Kit) -> None:
    assert {id: len(pitfall.also) for id, pitfall in kit.pitfalls.items() if not 4 <= len(pitfall.also) <= 8} == {}


# Exercises.


def found(page: Page) -> list[str]:
    """The ids of the rows that can be seen, in their order."""
    ids: list[str] = page.locator("[data-item]:visible").evaluate_all("rows => rows.map(row => row.dataset.item)")
    return ids


@browsed
def test_exercises_are_found_by_each_wish(page: Page, shipped: str, kit: Kit) -> None:
    page.goto(shipped + "exercises/index.html")
    links, all_ids = link(kit), list(kit.exercises)
    expect(page.locator(".kit-find__count")).to_have_text(f"{len(all_ids)} of {len(all_ids)} exercises")
    wishes = {
        "find-people": ("30", [id for id, one in kit.exercises.items() if (one.people.max or 30) >= 30]),
        "find-format": ("trios", [id for id, one in kit.exercises.items() if any(step.format == "trios" for step in one.steps)]),
        "find-call": ("1", [id for id, one in kit.exercises.items() if one.remote]),
        "find-pitfall": ("one-voice", [id for id in all_ids if "one-voice" in links.pitfalls_of[id]]),
    }  # fmt: skip
    for field, (value, wanted) in wishes.items():
        place = page.locator(f"#{field}")
        if place.evaluate("field => field.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.fill(value)
        assert found(page) == wanted != [], field
        page.get_by_role("button", name="Show all").click()
        expect(page.locator("[data-item]:visible")).to_have_count(len(all_ids))


@browsed
def test_an_exercise_fits_when_it_can_be_shortened_and_the_row_says_so(page: Page, shipped: str) -> None:
    page.goto(shipped + "exercises/index.html")
    page.get_by_label("Minutes you have").fill("30")
    row = page.locator("[data-item=expect-or-strive]")
    expect(row).to_contain_text("Has to be shortened: it is planned for 37 minutes, and works in 30.")
    expect(page.locator("[data-item=heard-and-meant]")).not_to_contain_text("Has to be shortened")
    page.get_by_label("Minutes you have").fill("29")
    expect(row).to_be_hidden()


@browsed
def test_ideas_are_offered_within_their_article(page: Page, shipped: str) -> None:
    page.goto(shipped + "exercises/index.html")
    idea = page.get_by_label("Idea")
    expect(idea).to_be_hidden()
    page.get_by_label("Drawn from").select_option("perfection")
    of_article = found(page)
    assert 1 < len(of_article) < 20
    idea.select_option("respectful-objection")
    assert found(page) == ["heard-and-meant"]
    page.reload()
    assert found(page) == ["heard-and-meant"]
    expect(idea).to_have_value("respectful-objection")
    page.get_by_label("Drawn from").select_option("")
    expect(idea).to_be_hidden()
    expect(page.locator("[data-item]:visible")).to_have_count(20)


@browsed
def test_wishes_live_in_the_address_and_survive_back(page: Page, shipped: str) -> None:
    start = shipped + "exercises/index.html"
    page.goto(start)
    page.get_by_label("Minutes you have").press_sequentially("45")
    expect(page).to_have_url(start + "?minutes=45")
    page.get_by_label("Minutes you have").press("Tab")
    page.get_by_label("How people sit").select_option("pairs")
    expect(page).to_have_url(start + "?minutes=45&format=pairs")
    both = found(page)
    page.go_back()
    expect(page).to_have_url(start + "?minutes=45")
    expect(page.get_by_label("How people sit")).to_have_value("")
    assert len(found(page)) > len(both) > 0
    page.go_back()
    expect(page).to_have_url(start)
    expect(page.get_by_label("Minutes you have")).to_have_value("")
    page.go_forward()
    page.go_forward()
    page.locator("[data-item]:visible a").first.click()
    page.go_back()
    expect(page).to_have_url(start + "?minutes=45&format=pairs")
    assert found(page) == both
    page.goto(start + "?minutes=soon&people=-3&format=upside-down&pitfall=none&article=constructor&idea=x")
    expect(page.locator("[data-item]:visible")).to_have_count(20)


@browsed
def test_nothing_found_is_said_kindly_and_cleared_at_one_press(page: Page, shipped: str) -> None:
    page.goto(shipped + "exercises/index.html?minutes=5&people=1")
    expect(page.locator(".kit-find__none")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("No exercise fits all of this")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".kit-find__none")).to_be_hidden()
    expect(page.locator("[data-item]:visible")).to_have_count(20)
    assert "?" not in page.url
    expect(page.get_by_label("Minutes you have")).to_be_focused()


@browsed
def test_the_count_is_announced_once_when_the_typing_pauses(page: Page, shipped: str) -> None:
    page.clock.install(time=0)
    page.goto(shipped + "pitfalls/index.html")
    page.clock.pause_at(60_000)
    page.evaluate("""() => {
        window.said = [];
        const status = document.querySelector('.kit-find [role=status]');
        new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true, subtree: true });
    }""")
    page.get_by_label("What do you see?").press_sequentially("complaints")
    assert page.evaluate("window.said") == []
    page.clock.run_for(1000)
    assert page.evaluate("window.said") == [page.locator(".kit-find__count").inner_text()]


@browsed
def test_without_scripts_the_lists_are_plain(browser: Browser, shipped: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    for kind, number in (("exercises", 20), ("pitfalls", 21), ("prompts", 6)):
        page.goto(f"{shipped}{kind}/index.html?minutes=5&see=xyzzy")
        expect(page.locator(".kit-index > li:visible")).to_have_count(number)
        expect(page.locator(".kit-find")).to_be_hidden()
    page.context.close()


# Pitfalls.


def search(page: Page, text: str) -> list[str]:
    page.get_by_label("What do you see?").fill(text)
    return found(page)


@browsed
def test_twenty_phrasings_lead_to_their_pitfall(page: Page, shipped: str) -> None:
    page.goto(shipped + "pitfalls/index.html")
    missed = {
        case["typed"]: (case["wanted"], shown)
        for case in PHRASINGS
        if case["wanted"] not in (shown := search(page, case["typed"])[:3])
    }
    assert missed == {}
    assert any(case["typed"] == "one person dominates" for case in PHRASINGS)


@browsed
def test_one_wrong_letter_does_no_harm(page: Page, shipped: str) -> None:
    page.goto(shipped + "pitfalls/index.html")
    tried: dict[str, str] = {}
    for word, wanted in (
        ("complaints", "too-perfect-to-hear"),
        ("discount", "sugar-rush"),
        ("departments", "silo-maze"),
    ):
        for at in range(len(word)):
            for typed in (word[:at] + "x" + word[at + 1 :], word[:at] + word[at + 1 :], word[:at] + "x" + word[at:]):
                tried[typed] = wanted
    shown = page.evaluate(
        """typed => typed.map(text => {
            const field = document.querySelector('.kit-find input');
            field.value = text;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            return Array.from(document.querySelectorAll('[data-item]:not([hidden])')).slice(0, 3).map(row => row.dataset.item);
        })""",
        list(tried),
    )
    assert len(tried) > 60
    missed = {typed: ids for (typed, wanted), ids in zip(tried.items(), shown, strict=True) if wanted not in ids}
    assert missed == {}


@browsed
def test_the_best_pitfalls_stand_first_with_a_counter_move_and_the_rest_is_counted(page: Page, shipped: str) -> None:
    page.goto(shipped + "pitfalls/index.html?see=nobody+reads+the+complaints")
    expect(page.get_by_label("What do you see?")).to_have_value("nobody reads the complaints")
    first = page.locator("[data-item]:visible").first
    expect(first).to_contain_text("A complaint is read out")
    expect(first).to_contain_text("Counter-move: Take the three last complaints this week")
    shown = len(found(page))
    assert 1 <= shown <= 5
    expect(page.locator(".kit-find__count")).to_have_text(
        re.compile(f"(The {shown} nearest|The nearest) of 21 pitfalls")
    )
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("[data-item]:visible")).to_have_count(21)
    assert found(page) == sorted(found(page)), "they stand in their own order again"
    page.go_back()
    expect(page.locator("[data-item]:visible")).to_have_count(shown)
    first.get_by_role("link").click()
    page.wait_for_url("**/pitfalls/too-perfect-to-hear/index.html")


@browsed
def test_what_sounds_like_nothing_hides_nothing(page: Page, shipped: str) -> None:
    page.goto(shipped + "pitfalls/index.html")
    assert len(search(page, "xyzzy qqqq")) == 21
    expect(page.locator(".kit-find__none")).to_be_visible()
    assert len(search(page, "<img src=x onerror=alert(1)> \"'[]")) >= 1
    assert len(search(page, "constructor")) == 21
    expect(page.locator(".kit-find__none")).to_be_visible()
    assert len(search(page, "")) == 21
    expect(page.locator(".kit-find__none")).to_be_hidden()


# Questions.


def drawn(page: Page) -> str:
    return page.locator(".kit-draw__text").inner_text()


@browsed
def test_no_question_comes_twice_before_all_were_drawn(page: Page, shipped: str, kit: Kit) -> None:
    page.goto(shipped + "prompts/index.html")
    page.get_by_label("From which deck").select_option("openers")
    page.get_by_label("dig deeper").check()
    expect(page.locator(".kit-find__none")).to_be_visible()
    page.get_by_label("opener", exact=True).check()
    wanted = {prompt.text.plain() for prompt in kit.prompts["openers"].prompts if prompt.depth == "opener"}
    page.get_by_role("button", name="Draw a question").click()
    seen = [drawn(page)]
    for number in range(2, len(wanted) + 1):
        page.keyboard.press(" " if number % 2 else "ArrowRight")
        expect(page.locator(".kit-draw__place")).to_have_text(f"{number} of {len(wanted)}")
        seen.append(drawn(page))
    assert len(seen) == len(set(seen)) > 5
    assert set(seen) == wanted
    page.keyboard.press("PageDown")
    expect(page.locator(".kit-draw__place")).to_contain_text("All have been drawn")
    assert drawn(page) != seen[-1]


@browsed
def test_a_question_fills_the_view_and_only_the_follow_up_waits(page: Page, shipped: str) -> None:
    page.goto(shipped + "prompts/index.html?deck=openers&draw=openers/last-customer")
    view = page.locator(".kit-draw")
    expect(view).to_be_visible()
    box = view.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (1280, 900)
    size = page.locator(".kit-draw__text").evaluate("text => parseFloat(getComputedStyle(text).fontSize)")
    assert size >= 56, "too small for the far end of a room"
    expect(view).to_contain_text("Who was the last customer you spoke with")
    expect(view.locator(".kit-depth")).to_contain_text("opener")
    expect(view.get_by_role("link", name="Begin with a customer, 1")).to_have_attribute(
        "href", "../prompts/openers/index.html#last-customer"
    )
    expect(view).not_to_contain_text("How did they sound")
    page.get_by_role("button", name="Then ask").click()
    expect(view).to_contain_text("How did they sound when you said goodbye?")
    page.keyboard.press("Escape")
    expect(view).to_be_hidden()
    expect(page).to_have_url(re.compile(r"index\.html\?deck=openers$"))


@browsed
def test_what_nobody_can_choose_is_no_wish_for_a_question(page: Page, shipped: str, kit: Kit) -> None:
    page.goto(shipped + "prompts/index.html?depth=bottomless&deck=constructor&draw=nothing/at-all")
    expect(page.locator(".kit-draw")).to_be_hidden()
    expect(page.get_by_label("any depth")).to_be_checked()
    expect(page.get_by_label("From which deck")).to_have_value("")
    page.get_by_role("button", name="Draw a question").click()
    expect(page.locator(".kit-draw__place")).to_have_text(
        f"1 of {sum(len(deck.prompts) for deck in kit.prompts.values())}"
    )


@browsed
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (844, 390), (390, 700)])
def test_the_longest_question_leaves_its_buttons_in_sight(
    page: Page, shipped: str, kit: Kit, width: int, height: int
) -> None:
    lengths = {
        f"{deck.id}/{prompt.id}": len(prompt.text.plain()) + len(prompt.follow_up.plain())
        for deck in kit.prompts.values() for prompt in deck.prompts if prompt.follow_up
    }  # fmt: skip
    longest = max(lengths, key=lambda id: lengths[id])
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{shipped}prompts/index.html?draw={longest}")
    page.get_by_role("button", name="Then ask").click()
    expect(page.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
    expect(page.locator(".kit-draw__text")).to_be_in_viewport()
    assert page.locator(".kit-draw").evaluate("view => view.scrollWidth <= innerWidth")


@browsed
def test_left_arrow_and_back_lead_to_the_question_before(page: Page, shipped: str) -> None:
    page.goto(shipped + "prompts/index.html")
    page.get_by_role("button", name="Draw a question").click()
    first, address = drawn(page), page.url
    assert "draw=" in address
    page.keyboard.press("ArrowRight")
    expect(page.locator(".kit-draw__text")).not_to_have_text(first)
    second = drawn(page)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".kit-draw__text")).to_have_text(first)
    expect(page).to_have_url(address)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".kit-draw__text")).to_have_text(second)
    page.go_back()
    expect(page.locator(".kit-draw__text")).to_have_text(first)
    page.reload()
    expect(page.locator(".kit-draw__text")).to_have_text(first)
    page.go_back()
    expect(page.locator(".kit-draw")).to_be_hidden()
    assert page.url == shipped + "prompts/index.html"


@browsed
def test_the_finders_work_from_a_stick(browser: Browser, shipped_site: Path) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on(
        "request", lambda request: None if request.url.startswith(("file:", "data:")) else asked.append(request.url)
    )
    page.goto((shipped_site / "pitfalls" / "index.html").as_uri())
    assert search(page, "one person dominates")[0] == "one-voice"
    page.keyboard.press("Enter")
    assert page.url.endswith("?see=one+person+dominates")
    page.reload()
    assert found(page)[0] == "one-voice"
    page.goto((shipped_site / "prompts" / "index.html").as_uri())
    page.get_by_role("button", name="Draw a question").click()
    expect(page.locator(".kit-draw")).to_be_visible()
    assert not asked
    page.context.close()


@browsed
def test_small_kits_have_their_finders_too(page: Page, full: str) -> None:
    page.goto(full + "exercises/index.html?pitfall=no-end")
    assert found(page) == ["agenda-in-five"]
    page.goto(full + "pitfalls/index.html?see=nobody+looks+at+the+clok")
    assert found(page)[0] == "no-end"


def test_the_scripts_stay_small() -> None:
    names = ("find", "find-exercises", "find-pitfalls", "draw-prompts")
    assert sum((SCRIPTS / f"{name}.js").stat().st_size for name in names) <= 14_800
