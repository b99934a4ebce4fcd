"""The group tables of an event: who works with whom, by the clock for the facilitator, and person by person for the wall.

In: a subject with an event whose people are dealt to groups. Out: plain JSON values. Groups are letters, so that nobody takes them for the
numbers of people.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from generator.occasion import Occasion, Seated
from generator.paper.event import called, numbered
from generator.paper.subject import Subject
from generator.programme import Day, days
from generator.seating import Round, letter
from generator.timing.schedule import clock_text

ACROSS = 12  # rounds for which a list has room
Dealt = tuple[Round, Seated]


def group_tables(subject: Subject) -> dict[str, Any]:
    """The rounds of each session and the lists for the wall; nothing where nobody was dealt to groups."""
    occasion = subject.occasion
    if occasion is None or not occasion.tables:
        return {}
    shown = days(subject.kit, subject.the_workshop, subject.words)
    by_session = groupby(occasion.tables, lambda dealt: dealt[0].session)
    parts = [_session(occasion, number, shown[number], list(dealt)) for number, dealt in by_session]
    lists = [found for part in parts for found in _lists(occasion, part)]
    return {"parts": parts, "lists": lists, "numbered": numbered(occasion), "by_call": subject.the_workshop.remote}


def _session(occasion: Occasion, number: int, day: Day, dealt: Sequence[Dealt]) -> dict[str, Any]:
    people = called(occasion)
    return {
        "session": number,
        "rounds": [
            {
                "start": clock_text(day.lines[round.slot].slot.start),
                "minutes": day.lines[round.slot].slot.minutes,
                "title": round.title,
                "groups": [
                    {"letter": letter(at), "people": [people[one] for one in sorted(group)], "numbers": sorted(group)}
                    for at, group in enumerate(seated)
                ],
            }
            for round, seated in dealt
        ],
    }


def _lists(occasion: Occasion, part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The list of a session, or several where it has more rounds than a list has room for."""
    for first in range(0, len(part["rounds"]), ACROSS):
        rounds = part["rounds"][first : first + ACROSS]
        heads = [{"start": one["start"], "title": one["title"]} for one in rounds]
        yield {"session": part["session"], "heads": heads, "rows": _rows(occasion, rounds)}


def _rows(occasion: Occasion, rounds: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Everybody, with the letter of each round; empty where somebody sits out."""
    letters = [{one: group["letter"] for group in round["groups"] for one in group["numbers"]} for round in rounds]
    return [
        {"called": name, "letters": [found.get(one, "") for found in letters]}
        for one, name in enumerate(called(occasion))
    ]
