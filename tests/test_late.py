"""What gives way when a session runs late, and when to look at the clock."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from generator.content.model import Exercise
from generator.timing.late import CLOSEST, MOST, checkpoints, cuts
from generator.timing.schedule import RunSheet, clock_text, run_sheet
from tests.test_schedule import exercise, session, talk

PAUSE = {"break": "coffee", "minutes": 15, "keep": "must"}
AIR = {"slack": "Air", "minutes": 8}


def on_clock(*agenda: dict[str, Any], exercises: Mapping[str, Exercise] | None = None) -> RunSheet:
    return run_sheet(session(*agenda), exercises or {})


def ways(sheet: RunSheet, exercises: Mapping[str, Exercise] | None = None) -> list[tuple[int, str, int]]:
    return [(cut.slot, cut.how, cut.saves) for cut in cuts(sheet, exercises or {})]


def looks(sheet: RunSheet) -> list[tuple[str, int, tuple[str, int] | None]]:
    """Clock time, minutes kept free, and the cut: what is done with which slot."""
    return [
        (clock_text(one.at), one.free, (one.cut.how, one.cut.slot) if one.cut else None)
        for one in checkpoints(sheet, {})
    ]


# What gives way


def test_free_time_is_used_first_then_could_is_dropped_then_should_is_shortened() -> None:
    sheet = on_clock(
        talk(20, least=15), talk(10, keep="could"), AIR, talk(30, keep="must", least=10), talk(12, keep="could"), AIR
    )
    assert ways(sheet) == [(2, "use", 8), (5, "use", 8), (1, "drop", 10), (4, "drop", 12), (0, "shorten", 5)]


def test_what_has_nothing_to_give_is_no_way_out() -> None:
    assert ways(on_clock(talk(20), talk(10, keep="must", least=2), PAUSE)) == []
    assert ways(on_clock({**AIR, "least": 3}, {**AIR, "least": 8}, {**AIR, "least": 0})) == [
        (0, "use", 5),
        (2, "use", 8),
    ]


def test_an_exercise_is_shortened_to_the_least_of_its_steps_and_its_debrief() -> None:
    walk = {"round": exercise((4, 10, 12), (5, 5, 5), debrief=(3, 9))}
    sheet = on_clock({"exercise": "round"}, {"exercise": "round", "minutes": 20}, exercises=walk)
    assert ways(sheet, walk) == [(0, "shorten", 12), (1, "shorten", 8)]


# When to look at the clock


def test_one_looks_at_the_clock_after_breaks_and_where_a_phase_begins() -> None:
    opening, deep = {"phase": "open", "keep": "must"}, {"phase": "deepen", "keep": "must"}
    sheet = on_clock(talk(20, **opening), talk(20, **opening), talk(30, **deep), PAUSE, AIR, talk(30, **deep), talk(10))
    assert [at for at, _, _ in looks(sheet)] == ["9:40", "10:33"]
    assert looks(on_clock(talk(40), talk(40))) == []


def test_the_next_cut_that_lies_ahead_is_named_after_the_minutes_kept_free() -> None:
    must = {"keep": "must"}
    sheet = on_clock(
        talk(30, **must), PAUSE, talk(30, keep="could"), AIR, PAUSE, talk(30, least=20), AIR, PAUSE, talk(9, **must)
    )
    assert looks(sheet) == [("9:45", 16, ("drop", 2)), ("10:38", 8, ("shorten", 5)), ("11:31", 0, None)]


def test_before_a_fixed_start_counts_what_is_free_until_then() -> None:
    """What lies after the next fixed start does not help to reach it in time."""
    could = {"keep": "could"}
    sheet = on_clock(talk(30), PAUSE, talk(30, keep="must"), talk(20, start="10:40"), AIR, talk(10, **could))
    assert looks(sheet) == [("9:45", 25, ("drop", 5))]
    sheet = on_clock(talk(30), PAUSE, talk(30, least=20), talk(20, start="10:40", **could))
    assert looks(sheet) == [("9:45", 25, ("shorten", 2))]


def test_checkpoints_are_few_and_apart_and_those_after_breaks_stay() -> None:
    phases = ("open", "explore", "deepen", "commit", "close")
    short = [talk(4, phase=phases[at % 5]) for at in range(30)]
    for agenda in ([*short, PAUSE, *short], [*short[:3], PAUSE, *short[:2]], short * 6):
        sheet = on_clock(*agenda)
        found = checkpoints(sheet, {})
        begins = [sheet.start, *(one.at for one in found)]
        assert 1 <= len(found) <= MOST
        assert all(later - begun >= CLOSEST for begun, later in pairwise(begins))
        rested = [at + 1 for at, block in enumerate(agenda) if block is PAUSE]
        assert set(rested) <= {one.slot for one in found}
