"""What papers say of an event: its days, its place, and what its people are called.

In: a subject. Out: plain JSON values, or nothing where a paper is printed for no event in particular.
"""

from typing import Any

from generator.content.words import date_text
from generator.occasion import Occasion
from generator.paper.subject import Subject
from generator.programme import days
from generator.seating import called_by
from generator.timing.schedule import clock_text


def event(subject: Subject) -> dict[str, Any]:
    """When each session of the workshop takes place, where, and for how many people; empty without an event."""
    occasion = subject.occasion
    if occasion is None or subject.workshop is None:
        return {}
    shown = days(subject.kit, subject.workshop, subject.words)
    held = zip(dates(subject), shown, strict=True)
    return {
        "people": subject.people or occasion.people,
        "place": occasion.place,
        "sessions": [
            {"date": date, "start": clock_text(one.sheet.start), "end": clock_text(one.sheet.end)} for date, one in held
        ],
    }


def dates(subject: Subject) -> list[str] | list[None]:
    """The date of each session as a paper writes it; None for each without an event."""
    if subject.occasion is None:
        return [None] * len(subject.the_workshop.sessions)
    return [date_text(subject.words, day) for day in subject.occasion.dates]


def called(occasion: Occasion) -> tuple[str, ...]:
    """What each person is called on paper: by name, or by a number from 1 where no name is known."""
    return tuple(called_by(at, occasion.names) for at in range(max(occasion.people, len(occasion.names))))


def numbered(occasion: Occasion | None) -> bool:
    """Whether people go by numbers: they are dealt to groups, and nobody knows their names."""
    return occasion is not None and bool(occasion.tables) and not occasion.names
