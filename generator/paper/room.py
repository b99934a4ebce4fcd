"""The small papers of a workshop: name tents, sign-in sheet, promise cards, feedback slips, and the facilitator's days after.

In: a subject. Out: plain JSON values. How many of a paper lie on a sheet comes from `families.py`; the templates only place them.
"""

import re
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from generator.content.model import BreakBlock, PromptsBlock
from generator.content.words import Words, date_text
from generator.paper.event import called, dates, numbered
from generator.paper.families import FAMILIES
from generator.paper.items import tree
from generator.paper.subject import Subject
from generator.programme import Day, blocks_in, days, picked
from generator.timing.schedule import clock_text

SEATS = 24  # rows of a sign-in sheet, where a workshop sets no limit
SPARE = 3  # rows for those who come unannounced
TENT_DAYS = 2  # whose clock times have room on a name tent
SATURDAY = 5  # as Python counts weekdays


def name_tents(subject: Subject) -> dict[str, Any]:
    """The side for the others is blank, or has a name; the side for its owner has when the day begins, pauses and ends, and a question.

    `sheets` are the tents that share a sheet, each with its name or number, or none; what is left of the last sheet is blank.
    """
    times = _times(subject)
    return {
        "sheets": _tents(subject),
        "times": times if len(times) <= TENT_DAYS else [],
        "question": _question(subject),
    }


def sign_in(subject: Subject) -> dict[str, Any]:
    """A list for each day, with a row for each seat. `day` is None where there is only one.

    For an event `date` is that day's, and names stand in their rows, which are followed by some for those who come unannounced.
    """
    workshop, occasion = subject.the_workshop, subject.occasion
    sessions = workshop.sessions
    numbers = sorted({session.day for session in sessions})
    seats = subject.people or workshop.people.max or SEATS
    held: dict[int, str | None] = {}
    for session, day in zip(sessions, dates(subject), strict=True):
        held.setdefault(session.day, day)
    lists = [{"day": day if len(numbers) > 1 else None, "rows": seats} for day in numbers]
    if occasion is None:
        return {"lists": lists, "names": [], "numbered": False}
    rows = max(seats, len(occasion.names)) + SPARE
    return {
        "lists": [one | {"rows": rows, "date": held[day]} for one, day in zip(lists, numbers, strict=True)],
        "names": list(occasion.names),
        "numbered": numbered(occasion),
    }


def promise_cards(subject: Subject) -> dict[str, Any]:
    """Cards to fill in, each with a copy for the witness and the two days on which the witness asks."""
    return {"on_a_sheet": _on_a_sheet("promise-cards"), **due(subject)}


def feedback_slip(_: Subject) -> dict[str, Any]:
    """Slips to fill in."""
    return {"on_a_sheet": _on_a_sheet("feedback-slip")}


def days_after(subject: Subject) -> dict[str, Any]:
    """When promises come due, and each session with the minutes planned for its blocks; the tasks stand in the workshop itself."""
    return {"days": _planned(subject), **due(subject)}


def due(subject: Subject) -> dict[str, Any]:
    """`due`: what the two days are called on which promises come due; `due_on`: for an event their dates, where they are known.

    Dates count from the last session. Nobody is to be asked at a weekend: then the Monday after stands there, and `weekend` has the name of
    the day itself.
    """
    words, occasion, numbers = subject.words, subject.occasion, _days_named(subject)
    if not numbers:
        return {"due": [words(f"print.promise_cards.{which}") for which in ("first", "second")], "due_on": []}
    last = max(occasion.dates) if occasion else None
    return {
        "due": [words("print.day", n=number) for number in numbers],
        "due_on": [_dated(words, last + timedelta(number)) for number in numbers] if last else [],
    }


def _days_named(subject: Subject) -> list[int]:
    """45 and 90 where the workshop's own days after name just these two, so that no paper contradicts another; else none."""
    pattern = r"\b" + re.escape(subject.words("print.day", n=0)).replace("0", r"(\d+)") + r"\b"
    tasks = " ".join(task.plain() for task in subject.the_workshop.after)
    named = sorted({int(number) for number in re.findall(pattern, tasks, re.IGNORECASE)})
    return named if len(named) == 2 else []


def _dated(words: Words, day: date) -> dict[str, str | None]:
    weekday = day.weekday()
    if weekday < SATURDAY:
        return {"date": date_text(words, day), "weekend": None}
    monday = day + timedelta(7 - weekday)
    return {"date": date_text(words, monday), "weekend": words.tree["dates"]["weekdays"][weekday]}


def _days(subject: Subject) -> tuple[Day, ...]:
    return days(subject.kit, subject.the_workshop, subject.words)


def _planned(subject: Subject) -> list[dict[str, Any]]:
    """The sessions and their blocks, with the dates of an event."""
    return [
        {
            "title": day.sheet.session.title,
            "day": day.sheet.session.day,
            "date": held,
            "lines": [
                {"title": line.title, "start": clock_text(line.slot.start), "minutes": line.slot.minutes}
                for line in day.lines
            ],
        }
        for day, held in zip(_days(subject), dates(subject), strict=True)
    ]


def _times(subject: Subject) -> list[dict[str, Any]]:
    """Of each day when it starts, pauses and ends: clock time and word."""
    found = []
    for number, sessions in groupby(_days(subject), lambda day: day.sheet.session.day):
        together = list(sessions)
        lines = [line for day in together for line in day.lines]
        pauses = [(line.slot.start, line.title) for line in lines if isinstance(line.slot.block, BreakBlock)]
        start = (together[0].sheet.start, subject.words("print.name_tents.start"))
        end = (together[-1].sheet.end, subject.words("print.name_tents.end"))
        found.append({"day": number, "lines": [[clock_text(at), what] for at, what in (start, *pauses, end)]})
    return found


def _question(subject: Subject) -> dict[str, Any] | None:
    """The first question of the opening and where it stands in its file; None when the workshop opens without one."""
    for block in blocks_in(subject.the_workshop):
        if isinstance(block, PromptsBlock) and block.phase == "open":
            deck = subject.kit.prompts[block.prompts]
            first = picked(deck, block)[0]
            return {
                "text": tree(first.text),
                "field": ["prompts", deck.id, "prompts", deck.prompts.index(first), "text"],
            }
    return None


def _tents(subject: Subject) -> list[list[dict[str, str | None]]]:
    """The tents, sheet by sheet: those of an event's people by name or number, else one sheet of blank ones."""
    occasion, share = subject.occasion, len(_on_a_sheet("name-tents"))
    blank: dict[str, str | None] = {"name": None, "number": None}
    tents = [blank]
    if occasion and occasion.names:
        tents = [blank | {"name": name} for name in occasion.names]
    elif occasion and numbered(occasion):
        tents = [blank | {"number": number} for number in called(occasion)]
    tents += [blank] * (-len(tents) % share)
    return [tents[first : first + share] for first in range(0, len(tents), share)]


def _on_a_sheet(name: str) -> list[int]:
    """The numbers of those that share a sheet, from 1."""
    serves = next(family.serves for family in FAMILIES if family.name == name)
    return list(range(1, serves + 1))
