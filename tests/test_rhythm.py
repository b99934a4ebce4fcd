"""How a session is paced, how a long one is shared over pages, and how points are banded."""

from collections.abc import Mapping
from typing import Any

import pytest

from generator.content.model import Assessment, Exercise
from generator.paper.sheets import sheets
from generator.programme import bands, points
from generator.timing.rhythm import between_breaks, free_minutes, in_one_format, working_minutes
from generator.timing.schedule import RunSheet, clock_text, run_sheet
from tests.test_schedule import session, talk

PAUSE = {"break": "coffee", "minutes": 10}


def paced(*agenda: dict[str, Any], exercises: Mapping[str, Exercise] | None = None) -> RunSheet:
    return run_sheet(session(*agenda), exercises or {})


def stretches(sheet: RunSheet) -> list[tuple[str, str]]:
    return [(clock_text(one.start), clock_text(one.end)) for one in between_breaks(sheet) if one.span]


def test_a_stretch_lasts_from_break_to_break() -> None:
    assert stretches(paced(talk(30), talk(20), PAUSE, talk(5))) == [("9:00", "9:50"), ("10:00", "10:05")]
    assert stretches(paced(PAUSE, talk(30), PAUSE, PAUSE, talk(5), PAUSE)) == [("9:10", "9:40"), ("10:00", "10:05")]


def test_slack_and_waiting_belong_to_a_stretch_but_for_waiting_after_a_break() -> None:
    free = {"slack": "Air", "minutes": 10}
    assert stretches(paced(talk(30), free, talk(20))) == [("9:00", "10:00")]
    assert stretches(paced(talk(30), talk(20, start="10:00"))) == [("9:00", "10:20")]
    assert stretches(paced(talk(30), {**PAUSE, "start": "10:50"})) == [("9:00", "10:50")]
    assert stretches(paced(talk(30), PAUSE, talk(20, start="14:00"))) == [("9:00", "9:30"), ("14:00", "14:20")]


def ways(sheet: RunSheet) -> list[tuple[str | None, int]]:
    return [(one.format, one.minutes) for one in in_one_format(sheet)]


def test_a_way_of_working_goes_on_past_slack_and_waiting_and_ends_at_a_break() -> None:
    free = {"slack": "Air", "minutes": 10}
    pairs, groups = {"format": "pairs"}, {"format": "groups"}
    assert ways(paced(talk(5, **pairs), talk(6, **pairs), talk(7, **groups))) == [("pairs", 11), ("groups", 7)]
    assert ways(paced(talk(5, **pairs), free, talk(6, start="10:00", **pairs))) == [("pairs", 11)]
    assert ways(paced(talk(5, **pairs), PAUSE, talk(6, **pairs))) == [("pairs", 5), ("pairs", 6)]
    assert ways(paced(talk(5), talk(6), talk(7, **pairs))) == [(None, 11), ("pairs", 7)]


def test_an_exercise_gives_the_ways_of_its_steps_a_debrief_is_for_all_and_a_dropped_step_is_none() -> None:
    steps = [
        {"id": "one", "title": "One", "do": "Do.", "minutes": 5, "format": "solo"},
        {"id": "two", "title": "Two", "do": "Do.", "minutes": 4, "least": 0, "format": "pairs"},
        {"id": "three", "title": "Three", "do": "Do.", "minutes": 6, "format": "solo"},
    ]
    raw = {"id": "walk", "title": "Walk", "purpose": "Walk.", "steps": steps, "debrief": {"minutes": 7}}
    walk = {"walk": Exercise.model_validate(raw)}
    whole = [("solo", 5), ("pairs", 4), ("solo", 6), ("plenary", 7)]
    assert ways(paced({"exercise": "walk"}, exercises=walk)) == whole
    after = paced({"exercise": "walk"}, talk(3, format="plenary"), exercises=walk)
    assert ways(after) == [*whole[:3], ("plenary", 10)]
    assert ways(paced({"exercise": "walk", "minutes": 18}, exercises=walk)) == [("solo", 11), ("plenary", 7)]


def test_time_kept_free_is_slack_and_waiting_and_breaks_are_no_work() -> None:
    sheet = paced(talk(30), {"slack": "Air", "minutes": 5}, PAUSE, talk(20, start="10:00"))
    assert (sheet.minutes, working_minutes(sheet), free_minutes(sheet)) == (80, 70, 20)


# Pages of a run sheet


def lengths(*agenda: dict[str, Any]) -> list[int]:
    sheet = paced(*agenda)
    parts = sheets(sheet)
    assert [at for part in parts for at in range(*part)] == list(range(len(sheet.slots)))
    return [sheet.slots[last - 1].end - sheet.slots[first].start for first, last in parts]


def test_a_session_of_four_hours_stays_on_one_page() -> None:
    assert lengths(talk(120), PAUSE, talk(110)) == [240]


def test_a_longer_one_is_cut_after_the_break_nearest_its_middle() -> None:
    assert lengths(talk(90), PAUSE, talk(90), PAUSE, talk(90), PAUSE, talk(90)) == [200, 190]
    assert lengths(talk(200), PAUSE, talk(50), PAUSE, talk(60)) == [210, 120]


def test_no_part_is_a_crumb() -> None:
    assert lengths(PAUSE, talk(240)) == [250]
    assert lengths(talk(300), PAUSE, talk(20)) == [330]
    assert lengths(talk(300)) == [300]
    assert lengths(*[talk(100), PAUSE] * 6) == [220, 220, 220]


# Points of a self-assessment


def assessment(statements: int, scale: int) -> Assessment:
    parts = [{"id": f"s-{n}", "text": "We do.", "reversed": n == 0} for n in range(statements)]
    raw = {"id": "look", "title": "Look", "scale": [f"word {n}" for n in range(scale)]}
    return Assessment.model_validate({**raw, "dimensions": [{"id": "all", "title": "All", "statements": parts}]})


@pytest.mark.parametrize(
    ("statements", "scale", "wanted"),
    [
        (4, 5, {"low": (0, 6), "middle": (7, 11), "high": (12, 16)}),
        (5, 5, {"low": (0, 7), "middle": (8, 13), "high": (14, 20)}),  # 40 % of 20 is 8, 70 % is 14
        (2, 4, {"low": (0, 2), "middle": (3, 4), "high": (5, 6)}),
        (1, 2, {"low": (0, 0), "high": (1, 1)}),
    ],
)
def test_the_bands_meet_without_a_gap(statements: int, scale: int, wanted: dict[str, tuple[int, int]]) -> None:
    look = assessment(statements, scale)
    assert bands(look, look.dimensions[0]) == wanted


def test_where_agreeing_is_worse_the_points_go_the_other_way_round() -> None:
    look = assessment(2, 3)
    assert [points(look, one) for one in look.dimensions[0].statements] == [(2, 1, 0), (0, 1, 2)]
