"""What a headcount makes of a workshop: how many groups, how much of each thing, how many copies and sheets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.content.model import Groups, Kit
from generator.content.words import load_words
from generator.errors import KitError
from generator.links import link
from generator.paper.copies import sides_of
from generator.paper.documents import Document, Wanted
from generator.paper.families import FAMILIES, Edition
from generator.paper.order import counted, orders
from generator.paper.press import Printed
from generator.paper.subject import Subject
from generator.paper.supplies import kit_list
from generator.programme import expected, tables
from generator.reading import read
from generator.supplies import supplies
from generator.templates import SHIPPED
from generator.timing.people import group_sizes
from tests.conftest import KITS, MakeKit

KIT = "format: 1\nid: kit\nname: Kit\n"
EXERCISE = "title: {id}\npurpose: Why.\nsteps:\n  - {{title: Do, minutes: 5, do: It.}}\n{more}"
WORKSHOP = "title: Day\npromise: All.\npeople: {people}\n{more}\nsessions:\n  - agenda:\n{agenda}"


def kit_of(make_kit: MakeKit, exercises: Mapping[str, str], agenda: str, people: str = "{}", more: str = "") -> Kit:
    """A kit of one workshop, `day`, whose agenda names exercises."""
    files = {f"content/exercises/{id}.yml": EXERCISE.format(id=id, more=text) for id, text in exercises.items()}
    blocks = "".join(f"      - exercise: {id}\n" for id in agenda.split())
    workshop = WORKSHOP.format(people=people, more=more, agenda=blocks)
    folder = make_kit({"content/kit.yml": KIT, "content/workshops/day.yml": workshop, **files})
    return read(folder / "content")[0].kit


def subject_of(kit: Kit, people: int | None = None) -> Subject:
    return Subject(kit, link(kit), load_words(SHIPPED, "en"), workshop=kit.workshops["day"], people=people)


def numbers(kit: Kit, people: int) -> dict[str, int]:
    found = supplies(kit, kit.workshops["day"], people, load_words(SHIPPED, "en"))
    assert len({supply.item for supply in found}) == len(found), "a thing has two lines"
    return {supply.item: supply.number for supply in found}


# Groups


@pytest.mark.parametrize(
    ("people", "size", "least", "most", "sizes"),
    [
        (16, 4, 3, 5, (4, 4, 4, 4)),
        (23, 4, 3, 5, (4, 4, 4, 4, 4, 3)),
        (14, 4, 3, 5, (4, 4, 3, 3)),  # as near as 5, 5, 4; smaller groups let more people speak
        (13, 2, 2, 3, (3, 2, 2, 2, 2, 2)),
        (7, 6, 3, 6, (4, 3)),
        (5, 3, 2, 4, (3, 2)),
        (2, 4, 3, 5, (2,)),  # too few for any group
        (7, 5, 5, 5, (7,)),  # no way is right: two too many are nearer than three too few
        (1, 2, None, None, (1,)),
        (0, 4, 3, 5, ()),
    ],
)
def test_a_headcount_comes_out_in_groups(
    people: int, size: int, least: int | None, most: int | None, sizes: tuple[int, ...]
) -> None:
    assert group_sizes(people, Groups(size=size, min=least, max=most)) == sizes


def test_groups_are_even_and_within_their_range_where_that_can_be() -> None:
    for people in range(6, 80):
        sizes = group_sizes(people, Groups(size=4, min=3, max=5))
        assert sum(sizes) == people
        assert max(sizes) - min(sizes) <= 1
        assert {3, 4, 5} >= set(sizes)


@pytest.mark.parametrize(
    ("people", "number"),
    [("{min: 6, max: 24, usual: 18}", 18), ("{min: 6, max: 24}", 12), ("{max: 8}", 8), ("{min: 20}", 20), ("{}", 12)],
)
def test_a_workshop_is_planned_for_its_usual_headcount_or_one_near_twelve(
    make_kit: MakeKit, people: str, number: int
) -> None:
    kit = kit_of(make_kit, {"a": "materials:\n  - {item: Bell}"}, "a", people)
    assert expected(kit.workshops["day"]) == number
    assert kit_list(subject_of(kit))["people"] == number
    assert kit_list(subject_of(kit, 7))["people"] == 7


@pytest.mark.parametrize("people", ["{min: 6, usual: 5}", "{usual: 25, max: 24}"])
def test_a_usual_headcount_outside_the_range_is_an_error(make_kit: MakeKit, people: str) -> None:
    with pytest.raises(KitError) as error:
        kit_of(make_kit, {"a": ""}, "a", people)
    assert [problem.code for problem in error.value.problems] == ["people"]
    assert "`usual`" in error.value.problems[0].message


def test_pairs_are_no_tables(make_kit: MakeKit) -> None:
    kit = kit_of(make_kit, {"pairs": "groups: {size: 2}", "trios": "groups: {size: 3, min: 2, max: 4}"}, "pairs")
    assert tables(kit, kit.workshops["day"], 12) == 3
    kit = kit_of(make_kit, {"pairs": "groups: {size: 2}", "trios": "groups: {size: 3, min: 2, max: 4}"}, "pairs trios")
    assert tables(kit, kit.workshops["day"], 12) == 4


# Things


def test_what_is_used_up_adds_and_what_is_used_again_counts_once(make_kit: MakeKit) -> None:
    first = """groups: {size: 4, min: 3, max: 5}
materials:
  - {item: Note, quantity: 3, per: participant, used_up: true}
  - {item: Marker, quantity: 2, per: group}
  - {item: Pen, per: participant}
  - {item: Bell}
"""
    second = """groups: {size: 2, min: 2, max: 3}
materials:
  - {item: note, quantity: 1, per: group, used_up: true}
  - {item: Marker, quantity: 1, per: group}
  - {item: Pen, per: participant}
  - {item: Bell}
"""
    kit = kit_of(
        make_kit, {"a": first, "b": second}, "a b", more="materials:\n  - {item: Note, quantity: 5, used_up: true}"
    )
    assert numbers(kit, 16) == {"Note": 5 + 48 + 8, "Marker": 8, "Pen": 16, "Bell": 1}
    kit = kit_of(make_kit, {"a": first, "b": second}, "a b a")
    assert numbers(kit, 16) == {"Note": 48 + 8 + 48, "Marker": 8, "Pen": 16, "Bell": 1}


def test_things_for_groups_of_different_sizes_share_a_line(make_kit: MakeKit) -> None:
    more = (
        "materials:\n  - {{item: Card, per: group, used_up: true}}\ngroups: {{size: {size}, min: {size}, max: {most}}}"
    )
    kit = kit_of(make_kit, {"a": more.format(size=4, most=5), "b": more.format(size=3, most=4)}, "a b")
    lines = [line for way in kit_list(subject_of(kit, 12))["ways"] for line in way["lines"]]
    assert [(line["number"], line["about"]) for line in lines if line["item"] == "Card"] == [(3 + 4, "a, b")]


def test_by_call_no_things_of_exercises_are_listed(make_kit: MakeKit) -> None:
    more = "remote: true\nmaterials:\n  - {item: Letter, per: participant}"
    kit = kit_of(make_kit, {"a": "materials:\n  - {item: Rope}"}, "a", more=more)
    assert numbers(kit, 9) == {"Letter": 9}


def test_a_workshop_that_needs_nothing_has_no_kit_list(make_kit: MakeKit) -> None:
    kit = kit_of(make_kit, {"a": "materials:\n  - {item: Rope}"}, "a", more="remote: true")
    assert kit_list(subject_of(kit)) == {}


HANDOUT = """materials:
  - {item: "Handout: one page", per: participant, used_up: true, get: print}
  - {item: The ladder on paper, per: participant, used_up: true, get: print}
  - {item: Photograph, per: participant, get: print}
handout: {title: The ladder, fields: [{id: one, label: One}]}
"""


def test_handouts_are_named_with_the_workbook_and_have_no_line_of_their_own(make_kit: MakeKit) -> None:
    kit = kit_of(make_kit, {"a": HANDOUT}, "a")
    lines = {way["get"]: way["lines"] for way in kit_list(subject_of(kit, 10))["ways"]}["print"]
    assert [(line["number"], line["item"]) for line in lines] == [(10, "Participant workbook"), (10, "Photograph")]
    assert lines[0]["about"] == "with the handouts of: a"


def test_many_exercises_are_counted_rather_than_named(make_kit: MakeKit) -> None:
    kit = kit_of(make_kit, dict.fromkeys("abcd", "materials:\n  - {item: Pen}"), "a b c d")
    lines = [line for way in kit_list(subject_of(kit))["ways"] for line in way["lines"]]
    assert [line["about"] for line in lines if line["item"] == "Pen"] == ["4 exercises"]


# The print order


def printed(name: str, pages: int, workshop: str = "day", paper: str = "a4", edition: Edition = "standard") -> Printed:
    family = next(each for each in FAMILIES if each.name == name and (each.scope == "kit") == (workshop == "all"))
    return Printed(Document(workshop, "", family, edition, name, paper, {}), b"", pages)


def order_of(kit: Kit, found: list[Printed], people: int = 10, edition: Edition = "standard") -> Mapping[str, Any]:
    (sheet,) = orders(subject_of(kit, people), found, Wanted(workshops=("day",), papers=("a4",), editions=(edition,)))
    assert (sheet.name, sheet.workshop, sheet.edition, sheet.paper) == ("print-order", "day", edition, "a4")
    return sheet.data


PACK = [
    printed("feedback-slip", 1), printed("participant-workbook", 11), printed("run-sheet", 2), printed("cards", 3),
    printed("handouts", 4), printed("cards", 20, "all"), printed("posters", 6, "all"), printed("posters", 6, "all", "a3"),
    printed("run-sheet", 3, paper="us-letter"), printed("run-sheet", 5, edition="black"), printed("run-sheet", 9, "other"),
]  # fmt: skip


def test_the_print_order_counts_copies_and_sheets_for_the_headcount(make_kit: MakeKit) -> None:
    kit = kit_of(make_kit, {"a": "groups: {size: 5, min: 4, max: 6}"}, "a")
    data = order_of(kit, PACK)
    lines = [(line["file"], line["copies"], line["pages"], line["sides"], line["sheets"]) for line in data["lines"]]
    assert lines == [
        ("run-sheet.a4.pdf", 1, 2, "one", 2),
        ("participant-workbook.a4.pdf", 10, 11, "long", 60),
        ("cards.a4.pdf", 3, 3, "one", 9),
        ("feedback-slip.a4.pdf", 5, 1, "one", 5),
    ]
    assert data["totals"] == [{"stock": "paper", "sheets": 67}, {"stock": "card", "sheets": 9}]


def test_what_nobody_needs_is_listed_and_not_counted(make_kit: MakeKit) -> None:
    data = order_of(kit_of(make_kit, {"a": ""}, "a"), PACK)
    assert [(line["file"], line["why"], line["finish"]) for line in data["extra"]] == [
        ("handouts.a4.pdf", "instead of the workbook, which holds them all", "none"),
        ("all/cards.a4.pdf", "for the whole kit", "cut-fold"),
        ("all/posters.a4.pdf", "for the whole kit", "glue"),
        ("all/posters.a3.pdf", "for the whole kit, A3", "none"),
    ]


def test_the_print_order_in_black_lists_black_files(make_kit: MakeKit) -> None:
    data = order_of(kit_of(make_kit, {"a": ""}, "a"), PACK, edition="black")
    assert [(line["file"], line["pages"], line["ink"]) for line in data["lines"]] == [
        ("run-sheet.black.a4.pdf", 5, "black")
    ]


def test_a_booklet_turns_over_the_short_edge() -> None:
    families = {family.name: family for family in FAMILIES if family.scope == "workshop"}
    workbook, cards = families["participant-workbook"], families["cards"]
    assert [sides_of(workbook, "standard"), sides_of(workbook, "booklet")] == ["long", "short"]
    assert [sides_of(cards, "standard"), sides_of(cards, "duplex")] == ["one", "long"]


def test_other_documents_are_counted_only_where_a_print_order_is_wanted() -> None:
    listed = counted(Wanted(("day",), ("print-order",), ("standard",), people=9))
    assert listed is not None
    assert (listed.workshops, listed.editions, listed.people) == (("day", "all"), ("standard",), 9)
    assert {"run-sheet", "posters"} <= set(listed.names)
    assert "exercise-sheet" not in listed.names
    assert counted(Wanted(("day",), ("run-sheet",))) is None
    assert counted(Wanted(("all",))) is None
    assert counted(Wanted(("day",), editions=("large",))) is None


# Wrong words to `workshop-kit print`


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("two-day", "there is no workshop `two-day`; did you mean `two-days`?"),
        ("two-days --edition larg", "there is no edition `larg`; did you mean `large`?"),
        ("two-days --paper letter", "there is no paper `letter`"),
        ("two-days --document runsheet", "there is no document `runsheet`; did you mean `run-sheet`?"),
        ("all --document run-sheet", "there is no document `run-sheet`"),
        ("two-days --people none", "`none` is not a number of people from 1 to 1000"),
        ("two-days --people 0", "`0` is not a number of people from 1 to 1000"),
    ],
)
def test_wrong_words_are_told_with_what_may_have_been_meant(
    words: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(KITS / "full")
    with pytest.raises(SystemExit) as stop:
        main(["print", *words.split()])
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


def test_an_edition_that_a_document_does_not_come_in_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(KITS / "full")
    out = tmp_path / "out"
    assert main(["print", "two-days", "--document", "sign-in", "--edition", "large", "--out", str(out)]) == 1
    assert "sign-in comes as standard, black, not as large" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
