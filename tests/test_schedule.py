"""Minutes and clock times, and what to bring."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.content.model import Exercise, Kit, Session, Settings, Workshop
from generator.programme import by_way_of_getting, needs
from generator.timing.schedule import RunSheet, bounds, clock_text, minutes_of, range_of, run_sheet, share


def exercise(
    *steps: tuple[int, int, int],
    debrief: tuple[int, int] | None = None,
    id: str = "round",
    materials: Any = (),
    size: int | None = None,
) -> Exercise:
    """An exercise of steps, each (least, minutes, most), and of a debrief (least, minutes)."""
    parts = [
        {"id": f"step-{number}", "title": "Step", "do": "Do it.", "least": least, "minutes": minutes, "most": most}
        for number, (least, minutes, most) in enumerate(steps, 1)
    ]
    after = {"least": debrief[0], "minutes": debrief[1]} if debrief else None
    raw = {"id": id, "title": id, "purpose": "To talk.", "steps": parts, "debrief": after, "materials": materials}
    raw["groups"] = {"size": size} if size else None
    return Exercise.model_validate(raw)


def session(*agenda: dict[str, Any], start: str = "9:00") -> Session:
    blocks = [{"id": f"block-{number}", **block} for number, block in enumerate(agenda, 1)]
    return Session.model_validate({"id": "session-1", "start": start, "agenda": blocks})


def talk(minutes: int, **more: Any) -> dict[str, Any]:
    return {"activity": "Talk", "minutes": minutes, **more}


def clocks(sheet: RunSheet) -> list[tuple[str, str]]:
    return [(clock_text(slot.start), clock_text(slot.end)) for slot in sheet.slots]


# The clock


CLOCK = {0: "0:00", 9: "0:09", 570: "9:30", 810: "13:30", 1439: "23:59", 1440: "24:00", 1505: "1:05"}


@pytest.mark.parametrize(("minutes", "text"), CLOCK.items())
def test_a_clock_time_reads_as_people_write_it(minutes: int, text: str) -> None:
    assert clock_text(minutes) == text


def test_blocks_follow_each_other() -> None:
    sheet = run_sheet(session(talk(15), {"break": "coffee", "minutes": 5}, talk(40), start="8:50"), {})
    assert clocks(sheet) == [("8:50", "9:05"), ("9:05", "9:10"), ("9:10", "9:50")]
    assert (sheet.start, sheet.end, sheet.minutes) == (530, 590, 60)
    assert [(slot.waiting, slot.late) for slot in sheet.slots] == [(0, 0)] * 3


def test_a_session_can_start_at_another_time() -> None:
    sheet = run_sheet(session(talk(15), talk(5)), {}, start=14 * 60)
    assert clocks(sheet) == [("14:00", "14:15"), ("14:15", "14:20")]


def test_a_fixed_start_that_is_reached_too_early_is_waited_for() -> None:
    sheet = run_sheet(session(talk(20), talk(10, start="9:30"), talk(5)), {})
    assert clocks(sheet) == [("9:00", "9:20"), ("9:30", "9:40"), ("9:40", "9:45")]
    assert [slot.waiting for slot in sheet.slots] == [0, 10, 0]
    assert sheet.minutes == 45


def test_a_fixed_start_that_is_reached_on_time_changes_nothing() -> None:
    sheet = run_sheet(session(talk(30), talk(10, start="9:30")), {})
    assert [(slot.waiting, slot.late) for slot in sheet.slots] == [(0, 0), (0, 0)]
    assert sheet.minutes == 40


def test_a_fixed_start_that_is_overrun_says_by_how_much() -> None:
    sheet = run_sheet(session(talk(37), talk(10, start="9:30"), talk(5, start="9:50")), {})
    assert clocks(sheet) == [("9:00", "9:37"), ("9:37", "9:47"), ("9:50", "9:55")]
    assert [(slot.waiting, slot.late) for slot in sheet.slots] == [(0, 0), (0, 7), (3, 0)]


def test_a_fixed_start_of_the_first_block_is_waited_for_too() -> None:
    sheet = run_sheet(session(talk(10, start="9:15")), {})
    assert (sheet.slots[0].waiting, sheet.minutes) == (15, 25)


def test_an_exercise_stands_in_the_agenda_step_by_step() -> None:
    found = exercise((3, 5, 8), (0, 10, 10), debrief=(2, 5))
    sheet = run_sheet(session(talk(10), {"exercise": "round"}), {"round": found})
    spans = sheet.slots[1].spans
    assert [(span.step.id if span.step else "debrief", clock_text(span.start), span.minutes) for span in spans] == [
        ("step-1", "9:10", 5),
        ("step-2", "9:15", 10),
        ("debrief", "9:25", 5),
    ]
    assert clock_text(sheet.end) == "9:30"


def test_an_exercise_without_a_debrief_has_none_on_the_clock() -> None:
    sheet = run_sheet(session({"exercise": "round"}), {"round": exercise((5, 5, 5))})
    assert [span.step is None for span in sheet.slots[0].spans] == [False]


def test_an_exercise_is_shortened_and_stretched_to_the_minutes_of_its_block() -> None:
    found = {"round": exercise((3, 5, 8), (0, 10, 10), debrief=(2, 5))}
    short, long = (run_sheet(session({"exercise": "round", "minutes": minutes}), found).slots[0] for minutes in (8, 22))
    assert ([span.minutes for span in short.spans], short.minutes) == ([3, 2, 3], 8)
    assert ([span.minutes for span in long.spans], long.minutes) == ([7, 10, 5], 22)


# Minutes of an exercise


def test_the_minutes_of_an_exercise_are_those_of_its_steps_and_its_debrief() -> None:
    found = exercise((3, 5, 8), (0, 10, 10), debrief=(2, 5))
    assert minutes_of(found) == 20
    assert range_of(found) == (5, 23)
    assert (minutes_of(exercise((1, 5, 5))), range_of(exercise((1, 5, 5)))) == (5, (1, 5))


def test_the_rest_goes_to_the_part_furthest_behind_and_then_to_the_earlier() -> None:
    assert share(exercise((0, 10, 10), (0, 10, 10), (0, 10, 10)), 29) == [9, 10, 10]
    assert share(exercise((0, 10, 10), (0, 10, 10), (0, 10, 10)), 28) == [9, 9, 10]
    assert share(exercise((5, 5, 9), (5, 5, 7)), 11) == [6, 5]
    assert share(exercise((5, 5, 6), (5, 5, 9)), 11) == [5, 6]


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    def part() -> tuple[int, int, int]:
        least, minutes, most = sorted(draw(st.tuples(*[st.integers(0, 60)] * 3)))
        return least, minutes, most

    steps = [part() for _ in range(draw(st.integers(1, 8)))]
    debrief = draw(
        st.none() | st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))
    )
    return exercise(*steps, debrief=debrief)


@given(found=exercises(), minutes=st.integers(0, 700))
def test_shares_add_up_and_stay_within_bounds(found: Exercise, minutes: int) -> None:
    least, most = range_of(found)
    shares = share(found, minutes)
    assert sum(shares) == min(max(minutes, least), most)
    assert len(shares) == len(bounds(found))
    assert all(low <= each <= high for each, (low, _, high) in zip(shares, bounds(found), strict=True))


@given(found=exercises())
def test_minutes_as_written_leave_every_step_as_it_is(found: Exercise) -> None:
    assert share(found, minutes_of(found)) == [minutes for _, minutes, _ in bounds(found)]


@given(found=exercises(), minutes=st.integers(0, 700))
def test_a_cut_lengthens_no_step_and_a_gift_shortens_none(found: Exercise, minutes: int) -> None:
    written = [now for _, now, _ in bounds(found)]
    change = [each - now for each, now in zip(share(found, minutes), written, strict=True)]
    assert all(each <= 0 for each in change) if minutes < sum(written) else all(each >= 0 for each in change)


@given(found=exercises(), minutes=st.integers(0, 700))
@example(found=exercise((0, 4, 5), (0, 2, 5), (0, 8, 14)), minutes=19)
def test_a_minute_more_for_the_whole_takes_none_from_a_step(found: Exercise, minutes: int) -> None:
    assert all(less <= more for less, more in zip(share(found, minutes), share(found, minutes + 1), strict=True))


@given(found=exercises(), minutes=st.integers(0, 700))
def test_a_step_has_about_its_fair_part(found: Exercise, minutes: int) -> None:
    (least, most), written = range_of(found), minutes_of(found)
    wanted = min(max(minutes, least), most) - written
    rooms = [(low if wanted < 0 else high) - now for low, now, high in bounds(found)]
    for each, (_, now, _), room in zip(share(found, minutes), bounds(found), rooms, strict=True):
        assert not sum(rooms) or abs(each - now - wanted * room / sum(rooms)) < 2


# What to bring


def kit_of(*found: Exercise, agenda: list[str]) -> tuple[Kit, Workshop]:
    raw = {
        "id": "hour", "title": "Hour", "promise": "Less.",
        "sessions": [{"id": "session-1", "agenda": [{"id": f"block-{at}", "exercise": id} for at, id in enumerate(agenda)]}],
    }  # fmt: skip
    workshop = Workshop.model_validate(raw)
    by_id = {each.id: each for each in found}
    kit = Kit(Settings(format=1, id="kit", name="Kit"), {}, {}, {}, by_id, {}, {}, {"hour": workshop})
    return kit, workshop


def thing(item: str, quantity: int = 1, **more: Any) -> dict[str, Any]:
    return {"item": item, "quantity": quantity, **more}


def test_what_is_used_up_adds_and_what_is_used_again_takes_the_most() -> None:
    one = exercise((5, 5, 5), id="one", materials=[thing("cards", 3, used_up=True), thing("pens", 4), thing("bell")])
    two = exercise((5, 5, 5), id="two", materials=[thing("cards", 2, used_up=True), thing("pens", 6)])
    kit, workshop = kit_of(one, two, agenda=["one", "two"])
    found = {need.item: (need.quantity, [user.id for user in need.exercises]) for need in needs(kit, workshop)}
    assert found == {"cards": (5, ["one", "two"]), "pens": (6, ["one", "two"]), "bell": (1, ["one"])}


def test_an_exercise_that_is_done_twice_uses_its_materials_twice() -> None:
    one = exercise((5, 5, 5), id="one", materials=[thing("cards", 3, used_up=True), thing("pens", 4)])
    kit, workshop = kit_of(one, agenda=["one", "one"])
    assert [(need.item, need.quantity, len(need.exercises)) for need in needs(kit, workshop)] == [
        ("cards", 6, 1),
        ("pens", 4, 1),
    ]


def test_things_for_each_group_and_for_the_room_are_not_thrown_together() -> None:
    one = exercise(
        (5, 5, 5),
        id="one",
        materials=[thing("sheet", 2, per="group"), thing("sheet", 3), thing("sheet", 1, get="print")],
    )
    kit, workshop = kit_of(one, agenda=["one"])
    assert [(need.per, need.get, need.quantity) for need in needs(kit, workshop)] == [
        ("group", "have", 2),
        ("room", "have", 3),
        ("room", "print", 1),
    ]


def test_groups_of_other_sizes_are_told_apart_unless_one_has_enough_for_both() -> None:
    used, kept = thing("cards", 2, per="group", used_up=True), thing("markers", 3, per="group")
    few = thing("pegs", 4, per="group")
    one = exercise((5, 5, 5), id="one", size=5, materials=[used, kept, few])
    two = exercise((5, 5, 5), id="two", size=3, materials=[used, kept, thing("pegs", 2, per="group")])
    kit, workshop = kit_of(one, two, agenda=["one", "two"])
    assert [(need.item, need.quantity, need.size, len(need.exercises)) for need in needs(kit, workshop)] == [
        ("cards", 2, 5, 1),
        ("markers", 3, 3, 2),
        ("pegs", 4, 5, 1),
        ("cards", 2, 3, 1),
        ("pegs", 2, 3, 1),
    ]


def test_things_are_listed_by_what_has_to_be_done_about_them() -> None:
    materials = [
        thing("pens"),
        thing("sheet", get="print"),
        thing("cake", get="buy"),
        thing("wall", get="prepare"),
        thing("tea", get="buy"),
    ]
    kit, workshop = kit_of(exercise((5, 5, 5), id="one", materials=materials), agenda=["one"])
    found = by_way_of_getting(needs(kit, workshop))
    assert [(way, [need.item for need in group]) for way, group in found.items()] == [
        ("buy", ["cake", "tea"]),
        ("print", ["sheet"]),
        ("prepare", ["wall"]),
        ("have", ["pens"]),
    ]
    assert by_way_of_getting(()) == {}
