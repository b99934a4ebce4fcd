"""Pre-flight: each thing that may go wrong is told exactly when it does, worst first, in words with something to do about it."""

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.commands.common import starts
from generator.content.model import Exercise, Kit, Settings, Version, Workshop
from generator.content.words import load_words
from generator.preflight import CODES, SEVERITIES, Finding, preflight
from generator.reading import read
from generator.templates import SHIPPED
from tests.conftest import KITS, ROOT, Run

WORDS = load_words(SHIPPED, "en")
SLACK: dict[str, Any] = {"slack": "Air", "minutes": 12}
PAUSE: dict[str, Any] = {"break": "coffee", "minutes": 10}
LUNCH: dict[str, Any] = {"break": "lunch", "minutes": 45}
STEP = {"id": "do", "title": "Do it together", "minutes": 20, "do": "It."}
PENS: dict[str, Any] = {"item": "Pen", "per": "participant"}


def talk(minutes: int, **more: Any) -> dict[str, Any]:
    return {"activity": f"Talk of {minutes}", "minutes": minutes, **more}


def recipe(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "title": id.title(), "purpose": "Why.", "steps": [STEP], "materials": [PENS], **more}


def kit_of(
    *sessions: Sequence[dict[str, Any]],
    begin: Sequence[str] = ("9:00", "9:00", "9:00"),
    days: Sequence[int] = (1, 2, 3),
    exercises: Sequence[dict[str, Any]] = (),
    settings: Mapping[str, Any] | None = None,
    **workshop: Any,
) -> Kit:
    """A kit of the workshop `day`, each of its sessions a list of blocks."""
    numbered = [
        {
            "id": f"session-{number}",
            "start": begin[number - 1],
            "day": days[number - 1],
            "agenda": [{"id": f"block-{number}-{at}", **block} for at, block in enumerate(agenda, 1)],
        }
        for number, agenda in enumerate(sessions, 1)
    ]
    day = Workshop.model_validate({"id": "day", "title": "Day", "promise": "All.", "sessions": numbered, **workshop})
    known = {raw["id"]: Exercise.model_validate(raw) for raw in exercises}
    about = Settings.model_validate({"format": 1, "id": "kit", "name": "Kit", **(settings or {})})
    return Kit(about, {}, {}, {}, known, {}, {}, {"day": day})


def found(kit: Kit, people: int = 12, **more: Any) -> dict[str, Finding]:
    """The findings by code. None is said twice, each has words, worst come first, and no place in them is left unfilled."""
    findings = preflight(kit, kit.workshops["day"], WORDS, people, **more)
    codes = [finding.code for finding in findings]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(CODES)
    ranks = [(SEVERITIES.index(finding.severity), CODES.index(finding.code)) for finding in findings]
    assert ranks == sorted(ranks)
    for finding in findings:
        assert finding.message.endswith((".", ")."))
        assert finding.help or finding.code == "not-listed"
        assert not set("{}") & set(finding.message + finding.help)
    return dict(zip(codes, findings, strict=True))


def one(kit: Kit, code: str, people: int = 12, **more: Any) -> Finding:
    findings = found(kit, people, **more)
    assert code in findings, f"{code} is not among {list(findings)}"
    return findings[code]


WELL = kit_of([talk(40), SLACK, PAUSE, talk(60)])


def test_nothing_is_found_in_a_good_morning() -> None:
    assert found(WELL) == {}


# The clock


def test_minutes_over_what_is_booked_are_told_with_the_command_that_fits_them() -> None:
    kit = kit_of([talk(60), SLACK, talk(30, least=20)])
    assert "over" not in found(kit, booked=(102,))
    finding = one(kit, "over", booked=(101,))
    assert finding.severity == "error"
    assert "102 minutes, from 9:00 to 10:42" in finding.message
    assert "101 minutes: 1 minute over" in finding.message
    assert "`workshop-kit fit day --minutes 101`" in finding.help
    assert "--minutes 101 --start 14:00`" in one(kit, "over", booked=(101,), starts=(14 * 60,)).help


def test_what_cannot_be_fitted_is_told_with_the_shortest_that_can() -> None:
    kit = kit_of([talk(60, keep="must"), {**SLACK, "least": 0}, talk(30, keep="must", least=20)])
    assert "not be done in less than 80 minutes" in one(kit, "over", booked=(79,)).help.replace("cannot", "can not")
    assert "workshop-kit fit" in one(kit, "over", booked=(80,)).help


def test_time_booked_and_not_needed_is_good_to_know_from_a_quarter_of_an_hour() -> None:
    assert "time-left" not in found(WELL, booked=(136,))
    finding = one(WELL, "time-left", booked=(137,))
    assert finding.severity == "note"
    assert "15 minutes are left" in finding.message
    assert "you end at 11:02" in finding.help


def test_a_session_may_end_at_midnight_and_not_after_it() -> None:
    assert "midnight" not in found(WELL, starts=(24 * 60 - 122,))
    finding = one(WELL, "midnight", starts=(24 * 60 - 121,))
    assert (finding.severity, finding.session) == ("error", 0)
    assert "at 0:01" in finding.message
    assert "Begin at 21:58 or earlier." in finding.help


@pytest.mark.parametrize(("start", "codes"), [(419, {"early"}), (420, set()), (22 * 60 - 122, set()), (1199, {"late"})])
def test_an_early_start_or_a_late_end_is_good_to_know(start: int, codes: set[str]) -> None:
    findings = found(WELL, starts=(start,))
    assert set(findings) & {"early", "late"} == codes
    assert all(findings[code].severity == "note" for code in codes)


FIXED = kit_of([talk(60), SLACK, {**LUNCH, "start": "12:00", "minutes": 45}, talk(60)], begin=["10:40"])


def test_a_fixed_start_that_is_overrun_on_that_day_is_told_with_its_minutes() -> None:
    assert "overrun" not in found(FIXED, starts=(12 * 60 - 72,))
    finding = one(FIXED, "overrun", starts=(11 * 60,))
    assert (finding.severity, finding.block) == ("error", "block-1-3")
    assert finding.spots[0].clock == 12 * 60 + 12
    assert "“Lunch” is fixed at 12:00" in finding.message
    assert "until 12:12: 12 minutes too long" in finding.message
    assert "Begin at 10:48." in finding.help
    assert "workshop-kit fit day --minutes 177 --start 11:00" in finding.help
    assert "before-start" not in found(FIXED, starts=(11 * 60,))


def test_a_fixed_start_before_the_session_begins_is_told() -> None:
    finding = one(FIXED, "before-start", starts=(13 * 60,))
    assert "overrun" not in found(FIXED, starts=(13 * 60,))
    assert finding.severity == "error"
    assert "fixed at 12:00" in finding.message
    assert "only at 13:00" in finding.message
    assert finding.help.startswith("Begin at 10:48 or earlier, or give “Lunch” another")  # 72 minutes come before it


def test_of_several_fixed_starts_that_are_overrun_the_way_out_is_told_once() -> None:
    later = kit_of([talk(60), talk(30, start="10:00"), talk(30, start="10:30")])
    finding = one(later, "overrun", starts=(9 * 60 + 20,))
    assert finding.message.count("20 minutes too long") == 2
    assert finding.help.count("Begin at 9:00.") == 1
    assert finding.help.endswith(
        "If you do not begin earlier and shorten nothing, have “Talk of 30” moved to 10:50 too."
    )


def test_waiting_for_more_than_a_quarter_of_an_hour_is_told() -> None:
    assert "waiting" not in found(FIXED, starts=(12 * 60 - 72 - 15,))
    finding = one(FIXED, "waiting", starts=(12 * 60 - 72 - 16,))
    assert finding.severity == "warning"
    assert "ends at 11:44: 16 minutes of waiting" in finding.message


def test_sessions_of_one_day_must_not_overlap() -> None:
    kit = kit_of([talk(60), SLACK], [talk(60), SLACK], begin=["9:00", "10:12"], days=(1, 1))
    assert "overlap" not in found(kit)
    finding = one(kit, "overlap", starts=(None, 10 * 60 + 11))
    assert (finding.severity, finding.session) == ("error", 1)
    assert "Session 2 begins at 10:11, and session 1 lasts until 10:12." in finding.message
    apart = kit_of([talk(60), SLACK], [talk(60), SLACK], begin=["9:00", "9:00"], days=(1, 2))
    assert "overlap" not in found(apart)


# Breaks, lunch, free time


def test_a_hundred_minutes_without_a_break_are_well_and_one_more_is_told() -> None:
    assert "no-break" not in found(kit_of([talk(40), SLACK, talk(48)]))
    finding = one(kit_of([talk(40), SLACK, talk(49)]), "no-break")
    assert (finding.severity, finding.block, finding.spots[0].clock) == ("warning", "block-1-1", 540)
    assert "101 minutes, from 9:00 to 10:41" in finding.message
    assert finding.help == "Make a break of “Air”, at 9:40."
    assert "before “Talk of 70”, at 9:40" in one(kit_of([talk(40), talk(70), PAUSE, SLACK, talk(5)]), "no-break").help
    assert "middle of “Talk of 130”" in one(kit_of([talk(130), PAUSE, SLACK, talk(9)]), "no-break").help


def test_a_break_that_a_fixed_start_moves_counts_on_that_day() -> None:
    kit = kit_of([talk(60), SLACK, {**PAUSE, "start": "10:30"}, talk(60)])
    assert "no-break" not in found(kit)
    assert "110 minutes, from 8:40 to 10:30" in one(kit, "no-break", starts=(8 * 60 + 40,)).message


@pytest.mark.parametrize(("start", "told"), [(629, True), (630, False), (780, False), (781, True)])
def test_lunch_begins_between_half_past_eleven_and_two(start: int, told: bool) -> None:
    kit = kit_of([talk(48), SLACK, LUNCH, talk(60)])
    assert ("lunch-hour" in found(kit, starts=(start,))) is told


def test_lunch_at_an_odd_hour_is_told_with_a_start_that_mends_it() -> None:
    kit = kit_of([talk(48), SLACK, LUNCH, talk(60)])
    late = one(kit, "lunch-hour", starts=(15 * 60,))
    assert (late.severity, late.block) == ("warning", "block-1-3")
    assert "Lunch is at 16:00" in late.message
    assert "Begin at about 13:00" in late.help
    assert "Begin at about 10:30" in one(kit, "lunch-hour", starts=(9 * 60,)).help


@pytest.mark.parametrize(("start", "told"), [(720, True), (721, False), (688, True), (687, False)])
def test_who_works_all_through_noon_is_hungry(start: int, told: bool) -> None:
    assert ("no-lunch" in found(WELL, starts=(start,))) is told


def test_a_pause_of_half_an_hour_or_lunch_at_any_hour_is_time_to_eat() -> None:
    def told(pause: dict[str, Any]) -> bool:
        return "no-lunch" in found(kit_of([talk(80), SLACK, pause, talk(80)], begin=["11:00"]))

    assert told({**PAUSE, "minutes": 29})
    assert not told({**PAUSE, "minutes": 30})
    assert not told(LUNCH)


def test_a_coffee_break_at_the_edge_of_the_day_is_noted() -> None:
    assert "break-at-edge" not in found(kit_of([talk(15), PAUSE, SLACK, talk(15)]))
    first = one(kit_of([talk(14), PAUSE, SLACK, talk(60)]), "break-at-edge")
    assert (first.severity, first.block) == ("note", "block-1-2")
    assert "at 9:14, when you have only just begun" in first.message
    assert "nearly done" in one(kit_of([talk(60), SLACK, PAUSE, talk(14)]), "break-at-edge").message
    two = kit_of([talk(60), SLACK, PAUSE], [talk(60), SLACK], begin=["9:00", "11:00"], days=(1, 1))
    assert "break-at-edge" not in found(two)


def test_seven_per_cent_of_the_working_minutes_are_to_be_free() -> None:
    assert "no-slack" not in found(kit_of([talk(93), {**SLACK, "minutes": 7}]))
    finding = one(kit_of([talk(88), talk(6, keep="could"), {**SLACK, "minutes": 6}]), "no-slack")
    assert finding.severity == "warning"
    assert "Only 6 of 100 working minutes" in finding.message
    assert "Keep about 10 minutes free. “Talk of 6” (6 minutes) could go." in finding.help
    assert "No time is kept free in 20" in one(kit_of([talk(20)]), "no-slack").message
    assert "no-slack" not in found(kit_of([talk(19)]))


# People


def people_kit(**workshop: Any) -> Kit:
    return kit_of([talk(40), SLACK, PAUSE, talk(60)], **workshop)


@pytest.mark.parametrize(("people", "code"), [(5, "too-few"), (6, None), (24, None), (25, "too-many")])
def test_the_headcount_is_held_to_the_range_of_the_workshop(people: int, code: str | None) -> None:
    findings = found(people_kit(people={"min": 6, "max": 24}), people)
    assert set(findings) & {"too-few", "too-many"} == ({code} if code else set())
    if code:
        assert findings[code].severity == "warning"
        assert f"{people} people come, and this workshop is for 6 to 24 people" in findings[code].message


def test_for_many_people_there_are_rooms_where_each_is_full_enough_and_few_may_watch() -> None:
    def help(people: int, **range: int) -> str:
        return one(people_kit(people=range), "too-many", people).help

    assert "in 2 rooms, with 20 people" in help(40, min=6, max=24)
    assert "in 2 rooms, with 18 or 19 people" in help(37, min=6, max=24)
    assert "watch" not in help(40, min=6, max=24)
    assert "Ask one person to watch" in help(25, min=6, max=24)
    assert help(16, min=12, max=12) == "Ask 4 people to come another day."


def test_for_few_people_the_content_has_a_spare_plan() -> None:
    variations = ["**One wall.** With up to ten people use one wall.", "**Guests.** Ask up to ten guests."]
    sort = recipe("sort", people={"min": 3, "max": 30}, variations=variations)
    kit = kit_of(
        [{"exercise": "sort", "keep": "must"}, SLACK, talk(20, keep="could")],
        exercises=[sort],
        people={"min": 6, "max": 24},
    )
    help = one(kit, "too-few", 5).help
    assert "“One wall” (in “Sort”)" in help
    assert "Guests" not in help
    assert "may go first: “Talk of 20”" in help
    assert "Sort" not in one(people_kit(people={"min": 20}), "too-few", 11).help


def test_an_exercise_that_needs_more_people_goes_or_is_exchanged_or_people_are_found() -> None:
    relay = recipe("relay", people={"min": 6}, pitfalls=["silo"])
    kit = kit_of([{"exercise": "relay", "keep": "should"}, SLACK], exercises=[relay], people={"min": 6})
    finding = one(kit, "too-few", 5)
    assert finding.severity == "warning"
    assert "“Relay” (6 people or more)" in finding.message
    assert "Leave out “Relay”." in finding.help
    must: list[dict[str, Any]] = [{"exercise": "relay", "keep": "must"}, SLACK]
    alone = one(kit_of(must, exercises=[relay], people={"min": 6}), "too-few", 5)
    assert (alone.severity, alone.block) == ("error", "block-1-1")
    assert "Find one person more for “Relay”" in alone.help
    walk = recipe("walk", people={"min": 2}, pitfalls=["silo"])
    other = recipe("other", people={"min": 2})
    exchanged = one(kit_of(must, exercises=[relay, other, walk], people={"min": 6}), "too-few", 5)
    assert "In place of “Relay” you could do “Walk”." in exchanged.help


def test_an_exercise_for_fewer_people_is_an_error_when_it_must_stay() -> None:
    sort = recipe("sort", people={"max": 30})
    for keep, severity in (("must", "error"), ("could", "warning")):
        kit = kit_of([{"exercise": "sort", "keep": keep}, SLACK], exercises=[sort], people={"max": 24})
        assert one(kit, "too-many", 31).severity == severity
        assert "Sort" not in one(kit, "too-many", 30).message


PAIRED: dict[str, Any] = recipe(
    "promise",
    steps=[STEP, {**STEP, "id": "tell", "title": "Tell your obstacle", "format": "pairs"}],
    groups={"size": 2, "min": 2, "max": 3},
)


def test_an_odd_headcount_breaks_the_pairs_of_a_step_and_a_trio_mends_it() -> None:
    kit = kit_of([{"exercise": "promise"}, SLACK, talk(10, format="pairs")], exercises=[PAIRED])
    assert "odd-pairs" not in found(kit, 22, starts=(13 * 60 + 30,))
    finding = one(kit, "odd-pairs", 23, starts=(13 * 60 + 30,))
    assert (finding.severity, finding.session, finding.block, finding.step) == ("note", 0, "block-1-1", "tell")
    assert "“Promise”, 13:50 step 2 (Tell your obstacle); 14:22 “Talk of 10”." in finding.message
    assert "Make 10 pairs and one group of 3." in finding.help
    assert [(spot.block, spot.step, spot.clock) for spot in finding.spots] == [
        ("block-1-1", "tell", 830),
        ("block-1-3", None, 862),
    ]


def test_pairs_within_groups_come_out_group_by_group() -> None:
    tables = {**PAIRED, "groups": {"size": 5, "min": 3, "max": 6}}
    kit = kit_of([{"exercise": "promise"}, SLACK], exercises=[tables])
    assert "Make 3 groups of 3 and 3 pairs." in one(kit, "odd-pairs", 15).help
    mixed = kit_of([{"exercise": "promise"}, SLACK, talk(10, format="pairs")], exercises=[tables])
    assert "in “Promise”. Make 6 pairs and one group of 3 in “Talk of 10”." in one(mixed, "odd-pairs", 15).help


def test_threes_that_do_not_come_out_are_noted() -> None:
    kit = kit_of([talk(20, format="trios"), SLACK])
    assert "odd-trios" not in found(kit, 24)
    assert "Make one group of 4 and one group of 3." in one(kit, "odd-trios", 7).help
    assert "odd-pairs" not in found(kit, 7)


def test_groups_outside_the_range_of_their_exercise_are_told() -> None:
    relay = recipe("relay", groups={"size": 5, "min": 4, "max": 6})
    kit = kit_of([{"exercise": "relay"}, SLACK], exercises=[relay])
    for people in (4, 6, 8, 23):
        assert "groups" not in found(kit, people)
    large = one(kit, "groups", 7)
    assert (large.severity, large.block) == ("warning", "block-1-1")
    assert "“Relay” works in groups of 4 to 6. With 7 people there is one group of 7." in large.message
    assert "too large" in large.help
    assert "one group of 3" in one(kit, "groups", 3).message
    assert "Join in yourself" in one(kit, "groups", 3).help


def test_strict_pairs_of_an_odd_headcount_are_told_once() -> None:
    strict = {**PAIRED, "groups": {"size": 2, "min": 2, "max": 2}}
    findings = found(kit_of([{"exercise": "promise"}, SLACK], exercises=[strict]), 9)
    assert set(findings) == {"groups"}
    assert "Be the partner of the odd one yourself" in findings["groups"].help


def test_a_single_group_has_nobody_to_compare_with() -> None:
    sort = recipe("sort", groups={"size": 4, "min": 3, "max": 5})
    kit = kit_of([{"exercise": "sort"}, SLACK], exercises=[sort])
    assert one(kit, "one-group", 5).severity == "note"
    assert "one-group" not in found(kit, 6)


# Things


STOCK = [
    {"item": "Index cards", "quantity": 4, "per": "participant", "used_up": True, "get": "buy"},
    {"item": "Sticky notes, about 76 mm square", "quantity": 6, "per": "participant", "used_up": True, "get": "buy"},
    {"item": "Flip-chart sheet with the rules", "get": "prepare"},
    {"item": "Sign", "get": "print"},
    {"item": "Bell", "get": "have"},
]


def stock_kit() -> Kit:
    return kit_of([{"exercise": "sort"}, SLACK], exercises=[recipe("sort", materials=STOCK)])


def test_the_three_things_that_take_longest_to_get_are_named() -> None:
    finding = one(stock_kit(), "get-first", 23)
    assert finding.severity == "note"
    assert "To buy: 138 × Sticky notes, about 76 mm square; 92 × Index cards. To print: 1 × Sign." in finding.message
    assert "Flip-chart" not in finding.message
    assert "`workshop-kit print day --people 23 --document kit-list`" in finding.help


def test_what_is_short_is_told_with_numbers() -> None:
    have = {"index CARDS": 60, "Sticky notes": 137, "bell": 0}
    findings = found(stock_kit(), 23, have=have)
    assert "get-first" not in findings
    assert findings["short"].severity == "warning"
    assert "not enough of 3 things" in findings["short"].message
    assert "Index cards: 92 needed, 60 there, 32 short" in findings["short"].message
    assert "Sticky notes, about 76 mm square: 138 needed, 137 there, 1 short" in findings["short"].message
    assert "Bell: 1 needed, none on your list" in findings["short"].message
    assert "short" not in found(stock_kit(), 23, have={"Index cards": 92, "Sticky notes": 138})
    assert "Index cards: 92 needed, none on your list" in one(stock_kit(), "short", 23, have={}).message


def test_a_name_that_the_kit_list_has_not_is_told_when_another_is_near() -> None:
    finding = one(stock_kit(), "not-listed", 23, have={"Index card": 100, "Umbrella": 3, "Sticky notes": 200})
    assert "“Index card” (did you mean “Index cards”?)" in finding.message
    assert "Umbrella" not in finding.message


def test_a_sheet_that_nobody_can_print_is_told() -> None:
    sheet = {"item": "Handout: the grid", "per": "participant", "get": "print"}
    kit = kit_of([{"exercise": "sort"}, SLACK], exercises=[recipe("sort", materials=[sheet])])
    finding = one(kit, "no-handout")
    assert (finding.severity, finding.block) == ("warning", "block-1-1")
    assert "“Sort”" in finding.message
    handout = {"title": "The grid", "fields": [{"id": "grid", "label": "Grid"}]}
    there = recipe("sort", materials=[sheet], handout=handout)
    assert "no-handout" not in found(kit_of([{"exercise": "sort"}, SLACK], exercises=[there]))
    for_room = recipe("sort", materials=[{**sheet, "per": "room"}])
    assert "no-handout" not in found(kit_of([{"exercise": "sort"}, SLACK], exercises=[for_room]))


def test_an_exercise_that_does_not_say_what_it_needs_is_told_but_not_by_call() -> None:
    bare = recipe("sort", materials=[], remote="Share the screen.")
    agenda: list[dict[str, Any]] = [{"exercise": "sort"}, SLACK]
    finding = one(kit_of(agenda, exercises=[bare]), "no-materials")
    assert finding.severity == "note"
    assert "“Sort”" in finding.message
    assert "no-materials" not in found(kit_of(agenda, exercises=[bare], remote=True))
    assert "no-materials" not in found(kit_of(agenda, exercises=[recipe("sort")]))


def test_a_video_call_needs_a_remote_version() -> None:
    agenda: list[dict[str, Any]] = [{"exercise": "sort"}, {"exercise": "walk"}, SLACK]
    exercises = [recipe("sort"), recipe("walk", remote="Share the screen.")]
    finding = one(kit_of(agenda, exercises=exercises, remote=True), "no-remote")
    assert (finding.severity, finding.block) == ("error", "block-1-1")
    assert "Walk" not in finding.message
    assert "no-remote" not in found(kit_of(agenda, exercises=exercises))


def test_paper_that_the_kit_does_not_print_on_is_told() -> None:
    kit = kit_of([talk(40), SLACK], settings={"papers": ["a4"]})
    assert "paper" not in found(kit, paper="a4")
    assert one(kit, "paper", paper="us-letter").severity == "error"


# Several of a kind


def test_things_of_one_kind_share_a_finding_that_names_the_sessions() -> None:
    long = [talk(120), {**SLACK, "minutes": 15}]
    finding = one(kit_of(long, long, long), "no-break", starts=(None, 10 * 60))
    assert "Session 1: There is no break for 135 minutes, from 9:00 to 11:15." in finding.message
    assert "Session 2: There is no break for 135 minutes, from 10:00 to 12:15." in finding.message
    assert [spot.session for spot in finding.spots] == [0, 1, 2]
    four = kit_of([talk(40), *([PAUSE, talk(110), SLACK] * 4)], begin=["6:00"])
    more = one(four, "no-break")
    assert "The same happens once more." in more.message
    assert len(more.spots) == 4


def test_a_session_with_minutes_over_is_fitted_by_its_name() -> None:
    kit = kit_of([talk(60), SLACK], [talk(60), SLACK])
    finding = one(kit, "over", booked=(100, 70))
    assert finding.message.startswith("Session 2: ")
    assert "workshop-kit fit day --session session-2 --minutes 70" in finding.help


# The kit that we ship


@functools.cache
def shipped() -> Kit:
    return read(ROOT / "content")[0].kit


@pytest.mark.slow
@pytest.mark.parametrize("people", [1, 2, 4, 7, 12, 23, 40, 200])
def test_every_workshop_that_we_ship_is_told_of_in_a_dozen_findings_at_most(people: int) -> None:
    kit = shipped()
    looked = 0
    for workshop in kit.workshops.values():
        for start in (6 * 60, 9 * 60, 11 * 60, 13 * 60 + 30, 20 * 60):
            findings = preflight(kit, workshop, WORDS, people, [start] * len(workshop.sessions))
            assert len(findings) <= 12
            assert all(len(finding.message + finding.help) < 1500 for finding in findings)
            beyond = people < (workshop.people.min or 0) or people > (workshop.people.max or 1000)
            assert beyond == bool({"too-few", "too-many"} & {finding.code for finding in findings})
            looked += 1
    assert looked >= 30


def test_as_written_no_workshop_that_we_ship_has_anything_to_mend() -> None:
    kit = shipped()
    looked = 0
    for workshop in kit.workshops.values():
        for finding in preflight(kit, workshop, WORDS, workshop.people.max or 12):
            shortened = isinstance(workshop, Version) and finding.code == "no-slack"
            assert finding.severity == "note" or shortened, f"{workshop.id}: {finding.message}"
            looked += 1
    assert looked >= 6


# The command


@pytest.mark.slow
def test_the_command_tells_the_day_the_worst_first_and_sums_up(typed: Run) -> None:
    words = ("preflight", "half-day", "--people", "23", "--start", "13:30", "--minutes", "199")
    found = typed(*words, cwd=ROOT)
    out = found.stdout
    assert found.returncode == 1
    assert "13:30 to 17:00, 210 minutes" in out
    assert out.index("To mend: ") < out.index("Good to know: ")
    assert "11 minutes over" in " ".join(out.split())
    assert out.endswith("1 thing to mend, 3 good to know.\n")
    assert "`workshop-kit fit half-day --minutes 199 --start 13:30`" in out, "what is typed stays on one line"
    assert max(len(line) for line in out.splitlines()) <= 100
    found = typed("preflight", "half-day", "--people", "12", cwd=ROOT)
    assert found.returncode == 0
    assert found.stdout.endswith("Nothing to mend. One thing is good to know.\n")


@pytest.mark.slow
def test_json_is_as_its_schema_says(typed: Run) -> None:
    schema = json.loads((ROOT / "docs" / "preflight.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    assert set(schema["definitions"]["finding"]["properties"]["code"]["enum"]) == set(CODES)
    for words, status in (
        (["half-day", "--people", "23", "--start", "13:30", "--end", "16:49"], 1),
        (["leadership-retreat", "--people", "3", "--start", "22:00", "--start", "9:00"], 1),
        (["remote-series", "--people", "12", "--start", "12:00"], 0),
    ):
        found = typed("preflight", *words, "--format", "json", cwd=ROOT)
        assert found.returncode == status
        data = json.loads(found.stdout)
        jsonschema.validate(data, schema)
        assert data["findings"]
        assert data["ok"] is (status == 0)
    assert [session["start"] for session in data["sessions"]] == ["12:00"] * 4


def test_the_documentation_has_a_paragraph_on_each_code() -> None:
    text = (ROOT / "docs" / "preflight.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"`{code}`" not in text] == []


def test_a_file_says_what_is_there(typed: Run, tmp_path: Path) -> None:
    have = tmp_path / "have.yml"
    have.write_bytes("\ufeffSticky notes: 60\r\nTimer: 100\r\n".encode())
    found = typed("preflight", "two-days", "--people", "15", "--have", str(have), cwd=KITS / "full")
    assert found.returncode == 0
    assert "sticky notes: 210 needed, 60 there, 150 short" in " ".join(found.stdout.split())
    for text, told in (
        ("Sticky notes: many\n", "`Sticky notes` has no number"),
        ("- Sticky notes\n", "not a list of things and numbers"),
        ("Sticky notes: 1\nSticky notes: 2\n", "have.yml:2"),
        ("", "not a list of things and numbers"),
    ):
        have.write_text(text, encoding="utf-8")
        found = typed("preflight", "two-days", "--have", str(have), cwd=KITS / "full")
        assert found.returncode == 1
        assert told in found.stderr
    found = typed("preflight", "two-days", "--have", str(tmp_path / "no.yml"), cwd=KITS / "full")
    assert found.returncode == 1
    assert "no.yml" in found.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("haf-day", "did you mean `half-day`?"),
        ("half-day --start 24:00", "`24:00` is not a time of day; write it like 13:30"),
        ("half-day --start noon", "`noon` is not a time of day"),
        ("half-day --minutes 0", "`0` is not a number of minutes from 1 to 1440"),
        ("half-day --minutes 1441", "`1441` is not a number of minutes"),
        ("half-day --minutes 90 --end 12:00", "not allowed with"),
        ("half-day --end 9:00", "the end, 9:00, is not after the start, 9:00"),
        ("half-day --paper a5", "there is no paper `a5`"),
        ("half-day --start 9:00 --start 10:00", "is one session, and `--start` is given 2 times"),
        ("leadership-retreat --start 9:00", "give it once for each, in order: --start 13:30 --start 9:00"),
        ("leadership-retreat --end 17:00", "give `--end` once for each, in order"),
    ],
)
def test_wrong_words_are_told(words: str, message: str, typed: Run) -> None:
    found = typed("preflight", *words.split(), cwd=ROOT)
    assert found.returncode == 2
    assert message in found.stderr


def test_one_start_counts_for_all_sessions_that_are_written_to_start_alike() -> None:
    alike = kit_of([talk(60)], [talk(60)], begin=["9:00", "9:00"]).workshops["day"]
    assert starts(alike, [600]) == (600, 600)
    assert starts(alike, [600, 700]) == (600, 700)
    assert starts(alike, []) == starts(alike, None) == (None, None)
    unlike = kit_of([talk(60)], [talk(60)], begin=["9:00", "10:00"]).workshops["day"]
    assert starts(unlike, [600, 700]) == (600, 700)
    with pytest.raises(SystemExit):
        starts(unlike, [600])


@pytest.mark.parametrize("name", ["minimal", "full"])
def test_small_kits_are_looked_at_too(name: str) -> None:
    kit = read(KITS / name / "content")[0].kit
    assert kit.workshops
    for workshop in kit.workshops.values():
        for people in (1, 9, 100):
            assert preflight(kit, workshop, WORDS, people)
