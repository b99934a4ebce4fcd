"""The sheet of one exercise: what it says of the exercise's handout."""

from dataclasses import replace
from pathlib import Path

from generator.content.words import load_words
from generator.links import link
from generator.paper.exercise import exercise_sheet
from generator.paper.subject import Subject
from generator.reading import read
from generator.templates import SHIPPED


def test_a_sheet_knows_whether_workbooks_have_the_handout(kits: Path) -> None:
    kit = read(kits / "full" / "content")[0].kit
    links = link(kit)
    exercise = next(one for one in kit.exercises.values() if one.handout)
    subject = Subject(kit, links, load_words(SHIPPED, "en"), exercise=exercise)
    assert exercise_sheet(subject)["used"]
    unused = replace(links, workshops_of={})
    assert not exercise_sheet(replace(subject, links=unused))["used"]
