"""The run of show in a real browser, with a clock that the tests turn: a session is led from its first minute to its last."""

import csv
import datetime
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.reading import read
from generator.timing.schedule import share
from tests.conftest import ROOT, run_generator, serve, write_files

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAY = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
KIT = {
    "content/kit.yml": "format: 1\nid: late\nname: Late\n",
    "content/prompts/first.yml": """\
title: First words
prompts:
  - {id: best, text: What was best?, depth: opener}
  - {id: worst, text: What was worst?, depth: dig}
""",
    "content/exercises/sort.yml": """\
title: The sort
purpose: To sort.
steps:
  - {id: write, title: Write cards, minutes: 10, least: 5, do: Give out cards., say: Please write., ask: What do you see?}
  - {id: sort, title: Sort cards, minutes: 15, least: 10, do: Sort.}
debrief: {minutes: 5, what: [What happened?], so_what: [So what is it?]}
""",
    "content/exercises/promise.yml": """\
title: The promise
purpose: To promise.
steps:
  - {id: one, title: Write one act, minutes: 8, least: 5, do: Write., if_cut: You lose a draft. The act is short.}
  - {id: two, title: Tell one person, minutes: 6, least: 4, do: Tell., if_cut: You lose an echo. They meet later.}
""",
    "content/workshops/two-hours.yml": """\
title: Two hours
promise: You leave on time.
sessions:
  - start: "10:00"
    agenda:
      - {prompts: first, minutes: 10, keep: must, do: Welcome all.}
      - {exercise: sort, keep: must, say: Now we sort.}
      - {slack: Air, minutes: 5}
      - {activity: "=1+1, a walk", minutes: 8, keep: could, if_cut: You lose the sun. It shines tomorrow.}
      - {activity: Hear the tables, minutes: 7, keep: must}
      - {break: coffee, minutes: 10, keep: must, start: "11:00"}
      - {exercise: sort, minutes: 20, keep: must}
      - {slack: More air, minutes: 5}
      - {prompts: first, title: Second words, minutes: 6, keep: could, if_cut: You lose a talk. The sort has asked it.}
      - {exercise: promise}
      - {activity: Goodbye, minutes: 5, keep: must}
""",
}
PATH = "workshops/two-hours/run/index.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("late")
    write_files(folder, {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), **KIT})
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def home(folder: Path) -> Iterator[str]:
    yield from serve(folder / "site")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(timezone_id="UTC", locale="en-GB", viewport={"width": 1280, "height": 900})
    context.clock.install(time=DAY.replace(hour=9, minute=50))
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> Page:
    """The page at 9:55 by a clock that stands still."""
    page = context.new_page()
    page.goto(address)
    page.clock.pause_at(DAY.replace(hour=9, minute=55))
    return page


def started(context: BrowserContext, address: str) -> Page:
    """The session, begun as planned: it is 10:00."""
    page = opened(context, address)
    page.get_by_role("button", name="Start at 10:00").click()
    turn(page, 5)
    expect(title(page)).to_have_text("First words")
    return page


def turn(page: Page, minutes: float) -> None:
    page.clock.fast_forward(int(minutes * 60_000))


def title(page: Page) -> Any:
    return page.locator(".run-title")


def shows(page: Page, **wanted: str) -> None:
    for name, text in wanted.items():
        expect(page.locator(f"[data-run={name}]")).to_have_text(text)


def go(page: Page, minutes: float, then: str) -> None:
    """Minutes pass, and the next step is begun: it is called `then`."""
    turn(page, minutes)
    page.locator("[data-run=next]").click()
    expect(title(page)).to_have_text(then)


def test_two_hours_led_late_planned_again_and_ended_on_time(context: BrowserContext, home: str, folder: Path) -> None:
    page = started(context, home + PATH)
    shows(page, time="10:00", mood="On time", clock="10:00", end="12:00")
    go(page, 10, "Write cards")
    text = page.locator("[data-run=text]")
    expect(text).to_contain_text("Now we sort.")
    for words in ("Give out cards.", "Please write.", "What do you see?"):
        expect(text).to_contain_text(words)
    go(page, 10, "Sort cards")
    expect(text).not_to_contain_text("Now we sort.")
    go(page, 15, "Debrief")

    # Ten minutes late before a fixed start: what comes before it catches up.
    turn(page, 15)
    shows(page, time="+10:00", left="over time", mood="− 10 min behind")
    expect(page.locator("[data-run=end]")).to_contain_text("12:00")
    plan = page.locator("[data-run=plan]")
    expect(plan).to_contain_text("To end at 12:00")
    expect(plan).to_contain_text("Use 2 minutes of “Air”.")
    expect(plan).to_contain_text("Drop “=1+1, a walk”. It saves 8 min.")
    expect(plan).to_contain_text("You lose the sun. It shines tomorrow.")
    page.get_by_role("button", name="Do it").click()
    shows(page, mood="On time", end="12:00")
    expect(plan).to_contain_text("The plan is changed.")
    page.get_by_role("button", name="Undo the last change").click()
    shows(page, mood="− 10 min behind")
    page.get_by_role("button", name="Do it").click()
    go(page, 0, "Air")
    shows(page, time="3:00")
    go(page, 3, "Hear the tables")
    go(page, 7, "Coffee break")
    shows(page, clock="11:00", time="10:00", mood="On time")

    # Fourteen minutes late after it: free time, then a block that could go, then a shorter one.
    go(page, 10, "Write cards")
    go(page, 6, "Sort cards")
    go(page, 10, "Debrief")
    turn(page, 18)
    shows(page, clock="11:44", mood="− 14 min behind")
    for words in (
        "Use 5 minutes of “More air”.",
        "Drop “Second words”. It saves 6 min.",
        "You lose a talk. The sort has asked it.",
        "Shorten “The promise” to 11 min. It saves 3 min.",
        "You lose a draft. The act is short.",
        "Then you end at 12:00.",
    ):
        expect(plan).to_contain_text(words)
    page.get_by_role("button", name="Do it").click()
    shows(page, mood="On time", end="12:00")
    first, second = share(read(folder / "content")[0].kit.exercises["promise"], 11)
    go(page, 0, "Write one act")
    shows(page, time=f"{first}:00")
    go(page, first, "Tell one person")
    shows(page, time=f"{second}:00")
    go(page, second, "Goodbye")
    turn(page, 5)
    shows(page, clock="12:00", time="0:00")
    page.get_by_role("button", name="Finish").click()
    row = page.locator(".run-total td")
    assert row.all_inner_texts() == ["120", "120", "0"]
    assert page.locator("[data-row='3'] td").all_inner_texts() == ["8", "dropped", ""]
    assert page.locator("[data-row='1.2'] td").all_inner_texts() == ["5", "15", "+10"]


def test_what_cannot_be_caught_up_before_a_fixed_start_is_said(context: BrowserContext, home: str) -> None:
    page = started(context, home + PATH)
    for minutes, then in ((10, "Write cards"), (10, "Sort cards"), (15, "Debrief")):
        go(page, minutes, then)
    turn(page, 5 + 20)
    plan = page.locator("[data-run=plan]")
    expect(plan).to_contain_text("“Coffee break” cannot begin at 11:00, but at 11:07.")
    expect(plan).to_contain_text("Then you end at 12:00.")
    expect(plan).to_contain_text("To end at 12:00")
    turn(page, 60)
    expect(plan).to_contain_text("stay missing")
    assert page.locator(".run-change").count() > 0


def test_a_fixed_start_waits_for_whoever_is_early(context: BrowserContext, home: str) -> None:
    page = started(context, home + PATH)
    for then in ("Write cards", "Sort cards", "Debrief", "Air", "=1+1, a walk", "Hear the tables", "Coffee break"):
        go(page, 5, then)
    shows(page, clock="10:35", time="25:00", left="Fixed start at 11:00")
    turn(page, 25)
    shows(page, time="10:00", mood="On time")


def test_a_reload_and_an_hour_of_sleep_lose_nothing(context: BrowserContext, home: str) -> None:
    page = started(context, home + PATH)
    go(page, 10, "Write cards")
    turn(page, 2)
    page.reload()
    expect(title(page)).to_have_text("Write cards")
    shows(page, time="8:00", clock="10:12")
    turn(page, 60)
    shows(page, time="+52:00", clock="11:12", mood="− 52 min behind")
    page.locator("[data-run=pause]").click()
    turn(page, 10)
    page.reload()
    shows(page, time="+52:00", left="Paused")
    page.locator("[data-run=next]").click()
    expect(title(page)).to_have_text("Sort cards")


def test_minutes_are_added_and_taken_and_back_undoes_next(context: BrowserContext, home: str) -> None:
    page = started(context, home + PATH)
    page.get_by_role("button", name="5 minutes more").click()
    shows(page, time="15:00", mood="− 5 min behind")
    page.get_by_role("button", name="1 minute less").click()
    shows(page, time="14:00")
    turn(page, 12)
    page.get_by_role("button", name="5 minutes less").click()
    shows(page, time="0:00")
    page.locator("[data-run=next]").click()
    expect(title(page)).to_have_text("Write cards")
    turn(page, 1)
    page.locator("[data-run=back]").click()
    expect(title(page)).to_have_text("First words")
    shows(page, time="+1:00")


def test_one_minute_is_shown_and_not_nagged_about_and_all_numbers_agree(context: BrowserContext, home: str) -> None:
    page = started(context, home + PATH)
    plan = page.locator("[data-run=plan]")
    turn(page, 10.6)
    shows(page, mood="− 1 min behind", end="12:00as it looks now 12:01")
    turn(page, 0.8)
    shows(page, mood="− 1 min behind", end="12:00as it looks now 12:01")
    expect(plan).to_be_hidden()
    turn(page, 0.2)
    shows(page, mood="− 2 min behind", end="12:00as it looks now 12:02")
    expect(plan).to_contain_text("Use 2 minutes of “Air”.")
    expect(plan).to_contain_text("Then you end at 12:00.")


def test_another_start_moves_the_whole_clock(context: BrowserContext, home: str) -> None:
    page = opened(context, home + PATH)
    page.get_by_label("Begins at").fill("10:30")
    expect(page.locator("#run-hint")).to_contain_text("fixed starts too, so that you end at 12:30")
    page.get_by_role("button", name="Start at 10:30").click()
    shows(page, time="35:00", left="Until the start", end="12:30")
    page.locator("[data-run=next]").click()
    shows(page, time="10:00", end="11:55", mood="On time")


def test_keys_alone_lead_the_session_and_can_be_switched_off(context: BrowserContext, home: str) -> None:
    page = opened(context, home + PATH)
    page.locator("#run-field").focus()
    page.keyboard.press("q")
    page.keyboard.press("Enter")
    turn(page, 5)
    shows(page, time="10:00")
    page.keyboard.press("+")
    shows(page, time="11:00")
    page.keyboard.press("-")
    shows(page, time="10:00")
    page.keyboard.press("ArrowRight")
    expect(title(page)).to_have_text("Write cards")
    page.keyboard.press("ArrowLeft")
    expect(title(page)).to_have_text("First words")
    page.keyboard.press("p")
    shows(page, left="Paused")
    page.keyboard.press("p")
    shows(page, left="left in this step")
    turn(page, 24)
    shows(page, mood="− 14 min behind")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Undo the last change")).to_be_visible()
    page.get_by_label("Use the keys").focus()
    page.keyboard.press(" ")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    expect(title(page)).to_have_text("First words")
    page.reload()
    page.keyboard.press("ArrowRight")
    expect(title(page)).to_have_text("First words")


def test_the_next_day_it_says_whose_times_these_are_and_starts_anew(context: BrowserContext, home: str) -> None:
    page = started(context, home + PATH)
    turn(page, 24 * 60)
    page.reload()
    shows(page, since="This run began on 23 November 2026 at 10:00, and was not finished.")
    expect(page.locator("[data-run=live]")).to_be_hidden()
    page.get_by_role("button", name="Go on with it").click()
    shows(page, title="First words", time="+23:50:00")
    page.reload()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".run-old").get_by_role("button", name="Start anew").click()
    shows(page, hint=re.compile("until 12:00.$"))  # type: ignore[arg-type]


def test_the_evening_before_the_start_is_tomorrow(context: BrowserContext, home: str) -> None:
    page = opened(context, home + PATH)
    page.clock.pause_at(DAY.replace(hour=21))
    expect(page.locator("#run-hint")).to_contain_text("That is tomorrow")
    page.get_by_role("button", name="Start at 10:00").click()
    shows(page, time="13:00:00", left="Until the start", mood="On time")
    expect(page.locator("[data-run=pause]")).to_be_disabled()


def test_a_browser_that_keeps_nothing_is_told_so_and_leads_all_the_same(context: BrowserContext, home: str) -> None:
    context.add_init_script("Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error('no') }")
    page = started(context, home + PATH)
    expect(page.get_by_role("alert")).to_contain_text("a reload would lose the run")
    go(page, 10, "Write cards")
    expect(page.get_by_role("link", name="Show it in this window")).to_be_hidden()


@pytest.mark.parametrize("from_stick", [False, True])
def test_the_projector_window_follows(context: BrowserContext, home: str, folder: Path, from_stick: bool) -> None:
    page = started(context, (folder / "site" / PATH).as_uri() if from_stick else home + PATH)
    with context.expect_page() as found:
        page.get_by_role("button", name="Open the projector view").click()
    screen = found.value
    shows(screen, name="First words", timer="10:00", question="What was best?")
    for hidden in (".md-header", ".kit-views", ".run-session", ".run-live", "h1"):
        expect(screen.locator(hidden).first).to_be_hidden()
    expect(screen.locator("[data-run=timer]")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Next question").click()
    shows(screen, question="What was worst?")
    go(page, 10, "Write cards")
    turn(screen, 1)
    shows(screen, name="Write cards", timer="9:00", question="What do you see?")
    assert "Give out cards." not in screen.locator("main").inner_text()
    page.locator("[data-run=pause]").click()
    shows(screen, name="Paused · Write cards", timer="9:00")
    for then in ("Sort cards", "Debrief"):
        go(page, 1, then)
    shows(screen, name="Debrief", question="What happened?")
    screen.keyboard.press("q")
    shows(screen, question="So what is it?")
    expect(page.locator("[data-run=asked]")).to_contain_text("Question 2 of 2")


def test_a_second_tab_of_the_page_goes_on_with_the_same_run(context: BrowserContext, home: str) -> None:
    page = started(context, home + PATH)
    other = context.new_page()
    other.goto(home + PATH)
    expect(title(other)).to_have_text("First words")
    other.locator("[data-run=next]").click()
    expect(title(page)).to_have_text("Write cards")
    page.locator("[data-run=next]").click()
    expect(title(other)).to_have_text("Sort cards")


def test_it_says_a_new_step_two_minutes_time_that_is_up_and_lateness_and_nothing_else(
    context: BrowserContext, home: str
) -> None:
    page = started(context, home + PATH)
    page.evaluate("""() => {
      window.said = [];
      const box = document.querySelector("[data-run=said]");
      new MutationObserver(() => window.said.push(box.textContent)).observe(box, { childList: true });
    }""")
    for _ in range(52):
        turn(page, 0.25)
    page.locator("[data-run=next]").click()
    expect(title(page)).to_have_text("Write cards")
    assert page.evaluate("window.said") == [
        "Two minutes left",
        "Time is up",
        "− 2 min behind",
        "Now: Write cards, 10 minutes",
    ]
    assert page.get_by_role("timer").count() == 1


def test_planned_and_actual_minutes_as_yaml_and_csv(context: BrowserContext, home: str) -> None:
    page = started(context, home + PATH)
    for _ in range(40):
        if page.locator("html.run-done").count():
            break
        turn(page, 7)
        page.locator("[data-run=next]").click()
    page.get_by_role("button", name="Copy as YAML").click()
    found = yaml.safe_load(page.locator("#run-copied").input_value())
    assert (found["workshop"], found["session"], found["date"]) == ("two-hours", "session-1", "2026-11-23")
    assert found["planned"] == {"start": "10:00", "end": "12:00"}
    assert [block["planned"] for block in found["blocks"]] == [10, 30, 5, 8, 7, 10, 20, 5, 6, 14, 5]
    assert found["blocks"][3]["title"] == "=1+1, a walk"
    assert [step["actual"] for step in found["blocks"][1]["steps"]] == [7, 7, 7]
    assert found["blocks"][1]["actual"] == 21
    page.get_by_role("button", name="Copy as CSV").click()
    expect(page.locator("#run-copied")).to_have_value(re.compile('^"block","step"'))
    rows = list(csv.DictReader(io.StringIO(page.locator("#run-copied").input_value())))
    assert len(rows) == 11 + 3 + 3 + 2
    assert rows[0] | {"block": "First words", "keep": "must", "planned_minutes": "10"} == rows[0]
    assert [row["actual_minutes"] for row in rows if row["step"] == "Write cards"] == ["7", "7"]
    assert [row["block"] for row in rows if row["planned_minutes"] == "8" and not row["step"]] == ["'=1+1, a walk"]
    assert not [cell for row in rows for cell in row.values() if cell and cell[0] in "=+-@\t\r"]
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".run-report [data-do=anew]").click()
    expect(page.get_by_role("button", name="Start now")).to_be_visible()
    assert (
        json.loads(page.evaluate("localStorage.getItem('workshop-kit/late/run/two-hours/session-1')"))["visits"] == []
    )


def test_without_scripts_and_on_paper_the_whole_run_sheet_can_be_read(browser: Browser, home: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(home + PATH)
    for media in ("screen", "print"):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        text = page.locator("main").inner_text()
        for words in (
            "Welcome all.",
            "Please write.",
            "What do you see?",
            "So what is it?",
            "What was worst?",
            "11:00",
        ):
            assert words in text, (media, words)
        assert "Start now" not in text
    page.context.close()


def test_on_paper_a_run_that_has_begun_is_its_table(context: BrowserContext, home: str) -> None:
    page = started(context, home + PATH)
    go(page, 12, "Write cards")
    page.emulate_media(media="print")
    text = page.locator("main").inner_text()
    assert "Planned and actual minutes" in text
    assert "Please write." not in text
    assert page.locator("[data-row='0'] td").all_inner_texts() == ["10", "12", "+2"]


def test_each_session_has_its_own_run_and_its_own_address(context: BrowserContext, shipped: str) -> None:
    page = context.new_page()
    page.goto(shipped + "workshops/remote-series/run/index.html#session-2")
    page.locator("[data-do=now]").click()
    first = title(page).inner_text()
    sessions = page.locator(".run-sessions a")
    sessions.nth(0).click()
    expect(page.locator("[data-run=start]")).to_be_visible()
    expect(sessions.nth(0)).to_have_css("font-weight", "700")
    expect(sessions.nth(1)).not_to_have_css("font-weight", "700")
    sessions.nth(1).click()
    expect(title(page)).to_have_text(first)
    page.goto(shipped + "workshops/remote-series/run/index.html")
    expect(title(page)).to_have_text(first)


def test_the_tables_of_a_workshop_stay_small(shipped_site: Path) -> None:
    pages = sorted(shipped_site.glob("workshops/*/run/index.html"))
    assert len(pages) >= 6
    for path in pages:
        html = path.read_text(encoding="utf-8")
        data = html.split('id="kit-data">', 1)[1].split("</script>", 1)[0]
        assert json.loads(data)["run"]["sessions"], path
        assert len(data.encode()) < 40_000, path
