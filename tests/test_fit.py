"""A session in another length: what stays, what goes, and what a facilitator reads about it. `test_fit_by_force.py` tries everything."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content.model import Block, Kit, Session
from generator.reading import read
from generator.timing.fit import Fit, TooShort, fit, fit_all, lengths, shortest
from generator.timing.fitting.loss import steps_cut
from generator.timing.rhythm import NO_BREAK, between_breaks
from generator.timing.schedule import block_minutes, run_sheet
from tests.conftest import ROOT
from tests.test_schedule import exercise, session, talk

COFFEE = {"break": "coffee", "minutes": 15, "least": 10}
AIR = {"slack": "Air", "minutes": 10}
MUST: dict[str, Any] = {"keep": "must"}
WALK = {"walk": exercise((3, 10, 12), (0, 5, 5), debrief=(2, 5), id="walk")}


def taken(found: Fit) -> list[int]:
    """The minutes of each block that is there."""
    return [slot.minutes for slot in run_sheet(found.session, WALK).slots]


def told(found: Fit) -> list[tuple[str, str, int, int]]:
    return [(change.block.id, change.how, change.was, change.minutes) for change in found.changes]


def fitted(minutes: int, *agenda: dict[str, Any], start: int | None = None) -> Fit:
    return fit(session(*agenda), WALK, minutes, start)


@pytest.fixture(scope="module")
def kit() -> Kit:
    loaded, _ = read(ROOT / "content")
    return loaded.kit


# By hand


def test_what_fits_stays_as_it_is() -> None:
    whole = session(talk(20), COFFEE, talk(30), AIR)
    found = fit(whole, {}, 75)
    assert (found.session, found.changes, found.minutes) == (whole, (), 75)


def test_cuts_are_shared_by_how_much_each_can_give() -> None:
    found = fitted(45, talk(40, least=20, **MUST), talk(20, least=10, **MUST))
    assert taken(found) == [30, 15]
    assert told(found) == [("block-1", "shorten", 40, 30), ("block-2", "shorten", 20, 15)]


def test_could_goes_before_should_and_should_before_nothing_else() -> None:
    agenda = (talk(30, keep="should"), talk(30, keep="could"), talk(10, **MUST))
    assert told(fitted(60, *agenda)) == [("block-2", "drop", 30, 0), ("free-session-1", "add", 0, 20)]
    assert told(fitted(30, *agenda))[:2] == [("block-1", "drop", 30, 0), ("block-2", "drop", 30, 0)]


def test_minutes_are_fives_where_there_are_any_between_the_bounds() -> None:
    assert taken(fitted(27, talk(44, least=20, **MUST))) == [25]
    assert taken(fitted(13, talk(14, least=11, **MUST))) == [13]


def test_an_exercise_is_shortened_down_to_what_its_steps_can_give() -> None:
    found = fitted(10, {"exercise": "walk", **MUST})
    assert taken(found) == [10]
    assert [(cut.step.id if cut.step else None, cut.was, cut.minutes) for cut in steps_cut(found.changes[0], WALK)] == [
        ("step-1", 10, 5),
        ("step-2", 5, 2),
        (None, 5, 3),
    ]
    with pytest.raises(TooShort) as caught:
        fitted(4, {"exercise": "walk", **MUST}, AIR)
    assert caught.value.shortest == 5


def test_a_break_stays_where_people_would_go_too_long_without_one() -> None:
    agenda = (talk(50, **MUST), COFFEE, talk(51, **MUST), AIR)
    assert taken(fitted(111, *agenda)) == [50, 10, 51]
    with pytest.raises(TooShort) as caught:
        fitted(110, *agenda)
    assert caught.value.shortest == 111


def test_a_break_may_go_where_the_stretch_is_short_enough_whatever_its_keep() -> None:
    found = fitted(100, talk(50, **MUST), COFFEE | MUST, talk(50, **MUST), AIR)
    assert told(found) == [("block-2", "drop", 15, 0), ("block-4", "drop", 10, 0)]


def test_waiting_counts_in_the_stretch_that_a_break_would_leave() -> None:
    lunch = {"break": "lunch", "minutes": 45, "start": "10:45"}
    early = (talk(60, **MUST), COFFEE | {"least": 15}, talk(35, least=30, **MUST), lunch)
    assert taken(fitted(150, *early)) == [60, 15, 30, 45]
    with pytest.raises(TooShort) as caught:
        fitted(300, talk(60, **MUST), COFFEE | {"least": 15}, talk(35, **MUST), lunch)
    assert caught.value.block is not None
    assert (caught.value.block.id, caught.value.shortest) == ("block-4", 110)


def test_a_fixed_lunch_begins_exactly_then_whatever_comes_before() -> None:
    lunch = {"break": "lunch", "minutes": 45, "least": 30, "start": "12:00"}
    agenda = (talk(60, least=30), COFFEE, talk(60, least=30), lunch, talk(60, least=20, **MUST))
    for start, minutes in ((9 * 60, 250), (10 * 60 + 30, 190), (11 * 60 + 30, 120)):
        found = fitted(minutes, *agenda, start=start)
        sheet = run_sheet(found.session, {})
        (slot,) = (slot for slot in sheet.slots if slot.block.start is not None)
        assert (slot.start, slot.late, sheet.start) == (12 * 60, 0, start)
        assert sheet.end <= start + minutes
    with pytest.raises(TooShort):
        fitted(500, *agenda, start=12 * 60 + 1)


def test_the_last_block_of_the_opening_and_of_the_close_stays() -> None:
    could = {"keep": "could"}
    agenda = (
        talk(10, phase="open", **could),
        talk(10, **could),
        talk(30, phase="deepen"),
        talk(5, phase="close", **could),
    )
    assert [block.id for block in fitted(15, *agenda).session.agenda] == ["block-1", "block-4"]
    assert shortest(session(*agenda), {}) == 15


def test_an_agenda_never_gets_empty() -> None:
    could = {"keep": "could"}
    assert taken(fitted(6, talk(10, least=5, **could), AIR, talk(10, least=6, **could))) == [6]
    assert shortest(session(talk(10, least=0), COFFEE, AIR), {}) == 1
    assert shortest(session(COFFEE, AIR), {}) == 1


def test_more_time_lets_blocks_grow_then_goes_to_the_last_time_kept_free() -> None:
    agenda = (talk(20, most=30), talk(20, most=25), AIR, talk(10))
    assert told(fitted(65, *agenda)) == [("block-1", "grow", 20, 25)]
    assert told(fitted(90, *agenda)) == [
        ("block-1", "grow", 20, 30),
        ("block-2", "grow", 20, 25),
        ("block-3", "grow", 10, 25),
    ]


def test_growing_makes_no_stretch_too_long() -> None:
    assert taken(fitted(150, talk(90, most=120), COFFEE | {"most": 20}, talk(10), AIR)) == [100, 20, 10, 20]
    assert taken(fitted(150, talk(110, most=120), COFFEE, talk(10), AIR)) == [110, 15, 10, 15]


def test_without_time_kept_free_it_is_added_before_the_last_block_unless_it_is_less_than_five_minutes() -> None:
    added = fitted(47, talk(20), talk(20, phase="close"))
    assert [(block.type, block.id) for block in added.session.agenda][1] == ("slack", "free-session-1")
    assert (taken(added), told(added)) == ([20, 7, 20], [("free-session-1", "add", 0, 7)])
    assert told(fitted(44, talk(20), talk(20, phase="close"))) == []
    after = fitted(60, talk(20), talk(20, start="9:20"))
    assert taken(after) == [20, 20, 20]


def test_nothing_before_a_fixed_start_grows_and_time_goes_behind_it() -> None:
    agenda = (talk(20, most=40), AIR, talk(20, start="9:40", most=30), AIR)
    assert told(fitted(90, *agenda)) == [("block-3", "grow", 20, 30), ("block-4", "grow", 10, 20)]


def test_time_kept_free_stays_at_its_least_where_it_has_one() -> None:
    assert taken(fitted(24, talk(20, **MUST), AIR | {"least": 4})) == [20, 4]
    assert shortest(session(talk(20, **MUST), AIR | {"least": 4}), {}) == 24


def test_lengths_go_by_fives_from_the_shortest_to_what_can_still_grow() -> None:
    assert lengths(session(talk(30, least=18, most=41, **MUST), AIR), {}) == (20, 25, 30, 35, 40, 45, 50, 55)
    assert lengths(session(talk(30, **MUST), talk(5, start="9:10")), {}) == ()
    assert fit_all(session(talk(30, **MUST), talk(5, start="9:10")), {}, [60, 90]) == {}


# Whatever the agenda

MINUTES = st.sampled_from([4, 5, 8, 10, 15, 22, 30, 45, 60])
KEEPS = st.sampled_from(["must", "should", "could"])
PHASES = st.sampled_from([None, None, "open", "explore", "close"])


@st.composite
def blocks(draw: st.DrawFn) -> dict[str, Any]:
    minutes = draw(MINUTES)
    least, most = draw(st.integers(0, minutes)), minutes + draw(st.sampled_from([0, 0, 5, 12]))
    kind = draw(st.sampled_from(["activity", "activity", "activity", "break", "slack"]))
    first = {"break": "coffee"} if kind == "break" else {kind: "Talk"}
    return {**first, "minutes": minutes, "least": least, "most": most, "keep": draw(KEEPS), "phase": draw(PHASES)}


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    agenda = draw(st.lists(blocks(), min_size=1, max_size=12))
    at = draw(st.integers(0, 2 * len(agenda)))
    if at < len(agenda):
        clock = 9 * 60 + sum(block["minutes"] for block in agenda[:at]) + draw(st.integers(-10, 20))
        agenda[at]["start"] = "{}:{:02}".format(*divmod(clock, 60))
    return session(*agenda)


def phase_of(agenda: tuple[Block, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    phase = ""
    for block in agenda:
        if block.type not in ("break", "slack"):
            found[block.id] = phase = block.phase or phase
    return found


def holds(whole: Session, found: Fit, exercises: Mapping[str, Any]) -> None:
    """Every rule that a fitted agenda has to keep."""
    sheet = run_sheet(found.session, exercises)
    kept = {slot.block.id: slot for slot in sheet.slots}
    assert sheet.minutes <= found.minutes
    assert sum(block.id in kept for block in whole.agenda) + sum(c.how == "add" for c in found.changes) == len(kept)
    for block in whole.agenda:
        written, slot = block_minutes(block, exercises), kept.get(block.id)
        if slot is None:
            assert block.start is None
            assert block.type in ("break", "slack") or block.keep != "must"
            continue
        if block.type == "slack":
            free = block.least if "least" in block.model_fields_set else 0
            assert slot.minutes >= max(free, 1)
        elif block.type != "exercise":
            assert block.least <= slot.minutes <= block.most
        assert (slot.late, slot.minutes > 0 or written == 0) == (0, True)
        assert block.start in (None, slot.start)
    phases = phase_of(whole.agenda)
    for phase in ("open", "close"):
        assert phase not in phases.values() or any(phases.get(id) == phase for id in kept)
    breaks_hold(whole, found, exercises)


def breaks_hold(whole: Session, found: Fit, exercises: Mapping[str, Any]) -> None:
    """Where a break is gone, the stretch around it is short enough."""
    kept = {block.id for block in found.session.agenda}
    gone = [block for block in whole.agenda if block.type == "break" and block.id not in kept]
    sheet = run_sheet(found.session, exercises)
    for block in gone:
        before = {other.id for other in whole.agenda[: whole.agenda.index(block)]}
        number = sum(slot.block.type == "break" and slot.block.id in before for slot in sheet.slots)
        own = [stretch for stretch in between_breaks(sheet) if breaks_before(sheet.slots, stretch.slot) == number]
        assert all(stretch.span <= NO_BREAK for stretch in own)


def breaks_before(slots: Any, at: int) -> int:
    return sum(slot.block.type == "break" for slot in slots[:at])


def should_lost(whole: Session, found: Fit) -> int:
    kept = {block.id for block in found.session.agenda}
    lost = (block for block in whole.agenda if block.id not in kept and block.type not in ("break", "slack"))
    return sum(block.minutes for block in lost if block.keep == "should")


@settings(max_examples=60, deadline=None)
@given(sessions(), st.integers(-15, 15))
def test_every_rule_holds_at_every_length_and_more_time_never_loses_more(whole: Session, later: int) -> None:
    start = whole.start + later
    try:
        least = shortest(whole, {}, start)
    except TooShort:
        return  # a fixed start that cannot be met
    wanted = range(max(0, least - 2), least + 120, 3)
    every = fit_all(whole, {}, wanted, start)
    assert list(every) == [each for each in wanted if each >= least]
    for found in every.values():
        holds(whole, found, {})
    lost = [should_lost(whole, found) for found in every.values()]
    assert lost == sorted(lost, reverse=True)


def test_every_session_that_we_ship_fits_at_each_fifth_minute(kit: Kit) -> None:
    checked = 0
    for workshop in kit.workshops.values():
        for whole in workshop.sessions:
            written = run_sheet(whole, kit.exercises).minutes
            least = shortest(whole, kit.exercises)
            every = fit_all(whole, kit.exercises, range(least, written + 61, 5))
            assert list(every) == list(range(least, written + 61, 5))
            for found in every.values():
                holds(whole, found, kit.exercises)
                checked += 1
            with pytest.raises(TooShort):
                fit(whole, kit.exercises, least - 1)
    assert checked > 250


def test_half_a_day_in_two_and_a_half_hours_loses_no_block(kit: Kit) -> None:
    (whole,) = kit.workshops["half-day"].sessions
    found = fit(whole, kit.exercises, 150)
    gone = [change.block for change in found.changes if change.how == "drop"]
    assert [block.type for block in gone] == ["slack", "slack"]
    assert taken_of(found, kit) == [7, 32, 34, 10, 34, 7, 21, 5]


def taken_of(found: Fit, kit: Kit) -> list[int]:
    return [slot.minutes for slot in run_sheet(found.session, kit.exercises).slots]
