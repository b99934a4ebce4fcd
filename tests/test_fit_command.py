"""`workshop-kit fit`: what a facilitator reads, and what other programs read."""

import json
from typing import Any

import jsonschema
import pytest

from tests.conftest import ROOT, CopyKit, MakeKit, Run

KIT = "format: 1\nid: small\nname: Small\n"
DAY = """\
title: Day
promise: It works.
sessions:
  - start: "9:00"
    agenda:
      - activity: Talk
        keep: must
        minutes: 50
        if_cut: You lose *every second* story, and two are enough.
        least: 40
      - break: coffee
        minutes: 10
      - activity: Walk
        keep: could
        minutes: 45
      - break: lunch
        start: "11:00"
        minutes: 30
"""


def schema() -> Any:
    found = json.loads((ROOT / "docs" / "fit.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(found)
    return found


@pytest.fixture
def say(typed: Run, make_kit: MakeKit) -> Any:
    """Run `fit day ...` in a small kit: status, and what is printed."""
    folder = make_kit({"content/kit.yml": KIT, "content/workshops/day.yml": DAY})

    def made(*words: str) -> tuple[int, str]:
        done = typed("fit", "day", *words, cwd=folder)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr

    return made


def data(text: str) -> Any:
    found = json.loads(text)
    jsonschema.validate(found, schema(), cls=jsonschema.Draft7Validator)
    return found


def test_half_a_day_in_two_and_a_half_hours_reads_as_a_plan_for_the_day(typed: Run) -> None:
    done = typed("fit", "half-day", "--minutes", "150", cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    text = done.stdout
    assert "in 150 minutes: 9:00 to 11:30." in text
    assert "  11:25    5  One sentence each, one hour set free  (7 as written)\n  11:30       End\n" in text
    assert "Time kept free, all used up:\n  Room to catch up before the break: 8 minutes\n" in text
    lost = (
        "When short of time, do two rounds and leave out the middle question. People have still met two others before"
    )
    assert lost in " ".join(text.split())
    assert "Name our wait: from 6 to 5 minutes. When short of time, leave out the check that" in " ".join(text.split())
    assert "no time is kept free" in text
    assert "workshop-kit pack half-day --minutes 150 --people" in text
    assert max(map(len, text.splitlines())) <= 88


def test_what_is_lost_by_leaving_something_out_is_said_or_that_nobody_says_it(say: Any) -> None:
    status, text = say("--minutes", "110", "--start", "9:40")
    assert status == 0
    flat = " ".join(text.split())
    assert "Left out: Walk: 45 minutes The author does not say what is lost" in flat
    assert "10:40 20 until the next block begins at its fixed time" in flat
    assert "Added: Time kept free: 20 minutes" in " ".join(say("--minutes", "170")[1].split())


def test_a_break_that_goes_says_how_long_people_go_without_one(say: Any) -> None:
    text = say("--minutes", "90", "--start", "10:15")[1]
    flat = " ".join(text.split())
    assert "Breaks left out: Coffee break: 10 minutes It is safe: people go 45 minutes without a break there" in flat
    assert "Talk: from 50 to 45 minutes You lose every second story, and two are enough." in flat


def test_too_short_says_the_shortest_and_how_to_get_it(typed: Run, say: Any) -> None:
    done = typed("fit", "half-day", "--minutes", "90", cwd=ROOT)
    assert done.returncode == 1
    assert "cannot be held in 90 minutes. It takes 97 minutes at least.\n" in done.stdout
    assert done.stdout.endswith("\n  workshop-kit fit half-day --minutes 97\n")
    assert typed("fit", "half-day", "--minutes", "97", cwd=ROOT).returncode == 0
    status, text = say("--minutes", "300", "--start", "10:30")
    assert status == 1
    assert "“Lunch” has to begin at 11:00" in text
    assert "takes until 11:10 at least" in " ".join(text.split())


def test_a_workshop_of_several_sessions_needs_to_know_which(typed: Run) -> None:
    done = typed("fit", "leadership-retreat", "--minutes", "150", cwd=ROOT)
    assert done.returncode == 2
    assert "--session session-2   Second half-day" in done.stderr
    wrong = typed("fit", "leadership-retreat", "--minutes", "150", "--session", "sesion-2", cwd=ROOT)
    assert (wrong.returncode, "did you mean `session-2`?" in wrong.stderr) == (2, True)
    right = typed(
        "fit", "leadership-retreat", "--minutes", "150", "--session", "session-2", "--start", "8:30", cwd=ROOT
    )
    assert (right.returncode, "8:30 to 11:00" in right.stdout) == (0, True)
    assert "workshop-kit pack leadership-retreat --minutes 205 --minutes 150 --start 13:30 --start 8:30" in right.stdout


WRONG = {
    "half-dya --minutes 100": "did you mean `half-day`?",
    "half-day --minutes 0": "`0` is not a number of minutes",
    "half-day --minutes 1e2": "`1e2` is not a number of minutes",
    "half-day --minutes 100 --start 25:00": "`25:00` is not a time of day",
    "half-day": "--minutes",
}


@pytest.mark.parametrize(("words", "told"), WRONG.items())
def test_wrong_arguments_end_with_what_is_meant(typed: Run, words: str, told: str) -> None:
    done = typed("fit", *words.split(), cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_as_data_it_is_what_the_schema_says(typed: Run, say: Any) -> None:
    done = typed("fit", "half-day", "--minutes", "120", "--format", "json", cwd=ROOT)
    found = data(done.stdout)
    assert (found["fits"], found["shortest"], found["end"], found["total"]) == (True, 97, "11:00", 120)
    assert sum(block["minutes"] for block in found["blocks"]) == 120
    assert next(change["id"] for change in found["changes"] if change["how"] == "drop") == "said-and-did"
    assert any(step["if_cut"] for change in found["changes"] for step in change["steps"])
    short = data(typed("fit", "half-day", "--minutes", "20", "--format", "json", cwd=ROOT).stdout)
    assert (short["fits"], short["shortest"], short["blocks"], short["end"]) == (False, 97, [], None)
    blocked = data(say("--minutes", "300", "--start", "10:30", "--format", "json")[1])
    assert blocked["blocked"] == {"id": "lunch", "start": "11:00", "earliest": "11:10"}
    longer = data(typed("fit", "half-day", "--minutes", "260", "--format", "json", cwd=ROOT).stdout)
    assert "grow" in {change["how"] for change in longer["changes"]}


def test_nothing_is_written(typed: Run, copied: CopyKit) -> None:
    folder = copied(ROOT)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert typed("fit", "half-day", "--minutes", "150", cwd=folder).returncode == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
