"""The plans for whoever runs late: the end holds, fixed starts hold, and nothing gives more than it may."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content.model import Exercise
from generator.reading import read
from generator.timing.late import cuts
from generator.timing.replan import Plan, plans
from generator.timing.schedule import RunSheet, clock_text, run_sheet
from tests.conftest import ROOT
from tests.test_late import AIR, PAUSE, on_clock
from tests.test_schedule import exercise, talk

BLOCKS = st.builds(
    lambda kind, minutes, least, keep: (
        {"slack": "Air", "minutes": minutes}
        if kind == "slack"
        else talk(minutes, least=max(1, min(least, minutes)), keep=keep)
    ),
    st.sampled_from(["talk", "talk", "slack"]),
    st.integers(1, 40),
    st.integers(0, 40),
    st.sampled_from(["must", "should", "could"]),
)
AGENDAS = st.lists(st.tuples(BLOCKS, st.integers(0, 12), st.booleans()), min_size=1, max_size=9)


def sheet_of(agenda: list[tuple[dict[str, Any], int, bool]]) -> RunSheet:
    """Blocks, some with a fixed start so many minutes after the block before it."""
    clock, blocks = 540, []
    for block, waiting, fixed in agenda:
        clock += waiting if fixed else 0
        blocks.append({**block, "start": clock_text(clock)} if fixed else block)
        clock += block["minutes"]
    return on_clock(*blocks)


def lateness(sheet: RunSheet, slot: int, late: int, plan: Plan) -> dict[int, int]:
    """How late each slot from one on begins when the plan is kept, and the end, under its number."""
    gives, clock, found = dict(plan), sheet.slots[slot].start + late, {slot: late}
    for at in range(slot, len(sheet.slots)):
        if at > slot:
            fixed = sheet.slots[at].block.start
            clock = clock if fixed is None else max(clock, fixed)
            found[at] = clock - sheet.slots[at].start
        clock += sheet.slots[at].minutes - gives.get(at, 0)
    return found | {len(sheet.slots): clock - sheet.end}


def every(sheet: RunSheet, exercises: Mapping[str, Exercise]) -> list[tuple[int, int, Plan]]:
    """Each slot, minutes late, and the plan; also for more minutes than can be saved."""
    found = plans(sheet, exercises)
    return [
        (slot, late, found.find(slot, late))
        for slot in range(len(sheet.slots))
        for late in range(1, len(found.rows[slot]) + 8)
    ]


def hold(sheet: RunSheet, exercises: Mapping[str, Exercise]) -> int:
    """Everything that must be true of all plans of a session; returns how many there were."""
    ways = {cut.slot: cut for cut in cuts(sheet, exercises)}
    table = plans(sheet, exercises)
    looked = every(sheet, exercises)
    for slot, late, plan in looked:
        gives = dict(plan)
        assert all(at >= slot and 0 < minutes <= ways[at].saves for at, minutes in plan)
        assert all(gives[at] == ways[at].saves for at in gives if ways[at].how == "drop")
        after = lateness(sheet, slot, late, plan)
        fixed = [at for at in range(slot + 1, len(sheet.slots)) if sheet.slots[at].block.start is not None]
        begun = slot
        for at in [*fixed, len(sheet.slots)]:
            there = {way for way in ways if begun <= way < at}
            # Late at a fixed start, or at the end, is only whoever has used up everything that lies before it.
            assert after[at] <= 0 or all(gives.get(way) == ways[way].saves for way in there), (slot, late, plan)
            begun = at
        if late <= len(table.rows[slot]):
            assert after[len(sheet.slots)] <= 0
        else:
            assert after[len(sheet.slots)] == late - len(table.rows[slot])
        # Whoever plans again at the next block, having kept the plan so far, finds the same plan.
        if slot + 1 < len(sheet.slots):
            rest = tuple(pair for pair in plan if pair[0] > slot)
            assert table.find(slot + 1, after[slot + 1]) == rest
    return len(looked)


def in_order(sheet: RunSheet, exercises: Mapping[str, Exercise], slot: int, plan: Plan) -> None:
    """What is dropped and shortened are the first of the printed cut list, and only the last of these is cut in part."""
    ways = [cut for cut in cuts(sheet, exercises) if cut.slot >= slot]
    gives = dict(plan)
    hard = [cut for cut in ways if cut.how != "use"]
    taken = [cut for cut in hard if cut.slot in gives]
    assert taken == hard[: len(taken)]
    assert all(gives[cut.slot] == cut.saves for cut in taken[:-1])
    dropped = any(cut.how == "drop" for cut in taken)
    if taken and not dropped:
        assert all(gives.get(cut.slot) == cut.saves for cut in ways if cut.how == "use")


@settings(deadline=None)
@given(AGENDAS)
def test_the_end_and_fixed_starts_hold_or_everything_has_given(agenda: list[tuple[dict[str, Any], int, bool]]) -> None:
    sheet = sheet_of(agenda)
    assert hold(sheet, {}) >= len(sheet.slots)


@settings(deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=9))
def test_plans_go_down_the_printed_cut_list(agenda: list[dict[str, Any]]) -> None:
    sheet = on_clock(*agenda)
    for slot, _, plan in every(sheet, {}):
        in_order(sheet, {}, slot, plan)


SHIPPED = read(ROOT / "content")[0].kit


@pytest.mark.parametrize("id", SHIPPED.workshops)
def test_all_shipped_workshops_have_plans_that_agree_with_their_cut_lists(id: str) -> None:
    looked = 0
    for session in SHIPPED.workshops[id].sessions:
        sheet = run_sheet(session, SHIPPED.exercises)
        looked += hold(sheet, SHIPPED.exercises)
        if not any(slot.block.start is not None for slot in sheet.slots):
            for slot, _, plan in every(sheet, SHIPPED.exercises):
                in_order(sheet, SHIPPED.exercises, slot, plan)
    assert looked > 20


def test_free_time_then_could_then_should_and_no_more_than_needed() -> None:
    found = plans(on_clock(talk(20, least=15), AIR, talk(10, keep="could"), talk(20, keep="must", least=2)), {})
    assert found.find(0, 5) == ((1, 5),)
    assert found.find(0, 8) == ((1, 8),)
    # What dropping saves beyond the need stays free time.
    assert found.find(0, 12) == ((1, 2), (2, 10))
    assert found.find(0, 20) == ((0, 2), (1, 8), (2, 10))
    assert found.find(0, 60) == ((0, 5), (1, 8), (2, 10))
    assert found.find(3, 5) == () == found.find(0, 0)


def test_what_stands_before_a_fixed_start_catches_up_before_it() -> None:
    could = {"keep": "could"}
    sheet = on_clock(talk(30, least=20), PAUSE, talk(20, start="9:50", **could), talk(20, least=5))
    found = plans(sheet, {})
    assert found.find(0, 5) == ()  # there are five minutes to wait
    assert found.find(0, 9) == ((0, 4),)
    # What cannot be caught up before it is carried over it.
    assert found.find(0, 17) == ((0, 10), (2, 20))


def test_an_exercise_gives_down_to_its_least() -> None:
    walk = {"round": exercise((4, 10, 12), (5, 5, 5), debrief=(3, 9))}
    found = plans(on_clock({"exercise": "round"}, exercises=walk), walk)
    assert [found.find(0, late) for late in (1, 12, 30)] == [((0, 1),), ((0, 12),), ((0, 12),)]
