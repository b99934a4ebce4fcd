"""The kit list: what to bring, buy, print and prepare for a headcount.

In: a subject. Out: plain JSON values. What there is to count is counted in `generator/supplies.py`.
"""

from typing import Any

from generator.content.words import Words
from generator.paper.room import due
from generator.paper.subject import Subject
from generator.programme import WAYS, expected
from generator.supplies import Supply, supplies

NAMED = 3  # exercises, at most


def kit_list(subject: Subject) -> dict[str, Any]:
    """The kit list; nothing where nothing is needed, as in many a video call. Handouts have no line of their own: they are pages of the
    workbook, which is named once, with all of them."""
    kit, workshop = subject.kit, subject.the_workshop
    people = subject.people or expected(workshop)
    found = supplies(kit, workshop, people, subject.words)
    if not found:
        return {}
    lines = {
        way: [_line(supply, subject.words) for supply in found if supply.get == way and not supply.handout]
        for way in WAYS
    }
    lines["print"].insert(0, _workbook(subject, people, found))
    ways = [{"get": way, "lines": group} for way, group in lines.items() if group]
    return {"people": people, "ways": ways, **due(subject)}


def _line(supply: Supply, words: Words) -> dict[str, Any]:
    """A line of the list; of many exercises only their number, for a list of names would be longer than the thing."""
    titles = [exercise.title for exercise in supply.exercises]
    many = words("print.kit_list.many", n=len(titles))
    about = many if len(titles) > NAMED else words("lists.comma").join(titles) or words("print.kit_list.whole")
    return {"number": supply.number, "item": supply.item, "about": about}


def _workbook(subject: Subject, people: int, found: tuple[Supply, ...]) -> dict[str, Any]:
    words = subject.words
    titles = list(dict.fromkeys(one.title for supply in found if supply.handout for one in supply.exercises))
    about = words("print.kit_list.handouts", exercises=words("lists.comma").join(titles)) if titles else ""
    if len(titles) > NAMED:
        about = words("print.kit_list.handouts_of_many", n=len(titles))
    return {"number": people, "item": words("documents.participant-workbook"), "about": about}
