"""`workshop-kit groups`, and the groups of a workshop: words, data, a table for spreadsheets, and what is refused."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator import seating
from generator.commands.common import persons
from generator.content.names import numbers_of
from generator.content.words import load_words
from generator.reading import read
from generator.seating import rounds, seated
from generator.templates import SHIPPED
from generator.timing.people import group_sizes
from tests.conftest import KITS, ROOT, Run

NAMES = ("Ann", "Bo", "Cy", "Dee", "Eve", "Flo", "Gus", "Hal", "Ida", "=Jo")
SMALL = 30_000  # a budget that is spent at once


@pytest.mark.slow
def test_a_workshop_is_dealt_over_all_its_sessions() -> None:
    kit = read(ROOT / "content")[0].kit
    words = load_words(SHIPPED, "en")
    looped = 0
    for workshop in kit.workshops.values():
        people = workshop.people.max or 12
        found = seated(kit, workshop, words, people, apart=[(0, 1)], together=[(2, 3)], budget=SMALL)
        assert [round for round, _ in found] == list(rounds(kit, workshop, words))
        for round, groups in found:
            looped += 1
            assert [len(group) for group in groups] == list(group_sizes(people, round.groups))
            assert not any({0, 1} <= set(group) for group in groups)
            assert any({2, 3} <= set(group) for group in groups)
    assert looped > 20
    retreat = kit.workshops["leadership-retreat"]
    assert {round.session for round, _ in seated(kit, retreat, words, 8, budget=SMALL)} == {0, 1}


Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch, typed: Run) -> Say:
    """Run the command in the folder of a kit; its exit status, and what it prints."""
    monkeypatch.setattr("generator.commands.groups.dealt", partial(seating.dealt, budget=SMALL))

    def say(*words: str, kit: Path = KITS / "full") -> tuple[int, str, str]:
        done = typed("groups", *words, cwd=kit)
        return done.returncode, done.stdout, done.stderr

    return say


def printed(groups: Say, *words: str) -> str:
    status, out, told = groups(*words)
    assert (status, told) == (0, "")
    return out


def refused(groups: Say, *words: str, **where: Path) -> str:
    status, out, told = groups(*words, **where)
    assert (status, out) == (2, "")
    return told


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_text("Name;Firm\n" + "".join(f"{name};x\n" for name in NAMES), encoding="utf-8-sig")
    return path


def test_the_groups_of_a_workshop_are_said_in_plain_words(groups: Say, names: Path) -> None:
    text = printed(groups, "two-days", "--people", "17")
    assert text.startswith("Two days for better meetings, for 17 people\n")
    assert "Session 1: The first morning\n\n1. First words\n  Group A: " in text
    assert "Session 3\n\n4. First words\n" in text
    assert re.search(r"\n(One pair meets|\d+ pairs meet more than once, and no pair more than) twice\.\n", text)
    assert "\nOn average each person works with " in text
    text = printed(groups, "--people", "8", "--size", "4", "--rounds", "4")
    assert re.search(r"\n\d+ pairs meet more than once, and no pair more than \d times\.\n", text)
    text = printed(groups, "--people", "16", "--size", "4", "--rounds", "5")
    assert text.startswith("5 rounds, for 16 people\n")
    assert "\nRound 5\n  Group A: " in text
    assert text.endswith("\nNobody works with the same person twice.\nEverybody works with everybody else.\n")
    text = printed(
        groups, "two-days", "--names", str(names), "--together", "ann, Bo ", "--apart", "Cy,Dee", "--apart", "Cy,Eve"
    )
    lines = [line.split(": ")[1].split(", ") for line in text.splitlines() if line.startswith("  Group")]
    assert sum({"Ann", "Bo"} <= set(line) for line in lines) == 4
    assert not any({"Cy", "Dee"} <= set(line) or {"Cy", "Eve"} <= set(line) for line in lines)
    assert "Those who are kept together are not counted" in text
    text = printed(groups, "two-days", "--people", "17", "--together", "1,2,3,4")
    assert (
        "\n1, 2, 3 and 4 cannot all sit in one group in round 1 (“First words”) and round 4 (“First words”): none"
        in text
    )


def test_sessions_are_named_and_one_can_be_chosen(groups: Say) -> None:
    text = printed(groups, "two-days", "--people", "8")
    assert "Session 1" in text
    assert "Session 2" not in text  # it has nothing in groups
    assert "Session 3" in text
    found = json.loads(printed(groups, "two-days", "--people", "8", "--format", "json"))
    second = found["rounds"][-1]["session"]
    part = json.loads(printed(groups, "two-days", "--people", "8", "--format", "json", "--session", second))
    assert {each["session"] for each in part["rounds"]} == {second}
    assert len(part["rounds"]) < len(found["rounds"])


def test_json_has_the_shape_that_is_documented(groups: Say, names: Path) -> None:
    schema: dict[str, Any] = json.loads((ROOT / "docs" / "groups.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    wishes = ("--together", "Ann, Bo, Cy", "--apart", "Dee, Eve")
    for words in (
        ("two-days", "--people", "17"),
        ("two-days", "--names", str(names), *wishes),
        ("--people", "16", "--size", "4", "--rounds", "5", "--seed", "7"),
    ):
        found = json.loads(printed(groups, *words, "--format", "json"))
        validator.validate(found)
        assert set(found) == set(schema["required"]) == set(schema["properties"])
        for each in found["rounds"]:
            people = sorted(person for group in each["groups"] for person in group)
            assert people == list(range(1, found["people"] + 1))
    assert found["repeated_meetings"] == 0


def test_csv_opens_in_spreadsheets_and_starts_no_formula(groups: Say, names: Path) -> None:
    text = printed(groups, "two-days", "--names", str(names), "--format", "csv", "--separator", ";")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [*NAMES[:-1], "'=Jo"]
    assert len(rows[0]) == 5
    for column in range(1, 5):
        letters = {row[column] for row in rows[1:]}
        assert letters == set("ABCDE"[: len(letters)])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("two-dyas", "--people", "9"), "did you mean `two-days`?"),
        (("two-days", "--people", "9", "--session", "nix"), "there is no session `nix`\nknown: session-1, session-2, session-3"),
        (("two-days", "--people", "9", "--session", "session-2"), "In session `session-2` of"),
        (("two-days",), "say how many come"),
        (("--people", "9"), "name a workshop, or give --size and --rounds"),
        (("two-days", "--people", "9", "--size", "3", "--rounds", "2"), "leave out --size and --rounds"),
        (("--people", "9", "--size", "1", "--rounds", "2"), "`1` is not a size of group from 2 to 1000"),
        (("two-days", "--people", "9", "--apart", "1, 10"), "`10` is nobody; people are numbers from 1 to 9"),
        (("two-days", "--people", "9", "--apart", "1"), "needs two people or more"),
        (("two-days", "--people", "9", "--apart", "3,3"), "`3` is named twice in one group"),
        (("two-days", "--people", "9", "--apart", "1,2", "--together", "2,1"), "1 and 2 are to be kept together and apart"),
        (("two-days", "--people", "9", "--together", "1,2,3,4,5,6"), "These are 6 people, and the largest group of any round has 5"),
        (("two-days", "--people", "8", "--apart", "1,2,3"), "round 2 (“An agenda in five lines”) has only 2 groups."),
        (("--people", "8", "--size", "4", "--rounds", "1", "--apart", "1,2", "--apart", "2,3", "--apart", "1,3"), "In round 1, no way"),
    ],
)  # fmt: skip
def test_wrong_wishes_are_refused_in_words(groups: Say, words: tuple[str, ...], said: str) -> None:
    assert said in refused(groups, *words)


def test_unknown_names_and_other_numbers_than_names_are_refused(groups: Say, names: Path) -> None:
    assert "there is no `Anne` among the names; did you mean `Ann`?" in refused(
        groups, "two-days", "--names", str(names), "--apart", "Anne, Bo"
    )
    assert "has 10 names, and --people says 11" in refused(groups, "two-days", "--names", str(names), "--people", "11")


def test_a_headcount_outside_of_what_the_workshop_is_for_is_mentioned(groups: Say) -> None:
    status, out, told = groups("two-days", "--people", "30")
    assert (status, "for 30 people" in out) == (0, True)
    assert "This workshop is for 6 to 20 people. `workshop-kit preflight two-days --people 30` says" in told


def test_a_workshop_without_groups_says_so(groups: Say) -> None:
    kit = read(KITS / "minimal" / "content")[0].kit
    words = load_words(SHIPPED, "en")
    without = [id for id, each in kit.workshops.items() if not rounds(kit, each, words)]
    assert without
    assert "there is nobody to deal" in refused(groups, without[0], "--people", "9", kit=KITS / "minimal")


@pytest.mark.slow
def test_the_shipped_half_day_mixes_23_people_perfectly(run: Run) -> None:
    done = run("groups", "half-day", "--people", "23", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "Nobody works with the same person twice." in done.stdout


def test_wishes_are_read_with_any_spaces_and_capitals() -> None:
    assert numbers_of(persons(" ann  lee ,BO"), ["Ann Lee", "Bo", "Cy"], 3) == (0, 1)
    assert numbers_of(persons("Cy,Bo,"), ["Ann Lee", "Bo", "Cy"], 3) == (2, 1)
    assert numbers_of(persons("Lee, Ann; Bo"), ["Lee, Ann", "Bo", "Cy"], 3) == (0, 1)


def test_whoever_reads_only_the_first_lines_sees_no_error() -> None:
    command = [sys.executable, "-m", "generator", "groups", "--people", "1000", "--size", "4", "--rounds", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.close()
        assert program.stderr.read() == b""


def test_a_spreadsheet_in_place_of_a_list_of_names_is_told_how_to_save_it(groups: Say, tmp_path: Path) -> None:
    path = tmp_path / "names.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 8)
    status, out, told = groups("two-days", "--names", str(path))
    assert (status, out) == (1, "")
    assert "is not a text file; save the list from your spreadsheet as “CSV UTF-8”" in told
