"""What papers say of an event: its days, its place, and what its people are called.

In: a subject. Out: plain JSON values, or nothing where a paper is printed for no event in particular.
"""

from typing import Any

from generator.content.words import date_text
from generator.occasion import Occasion
from generator.paper.subject import Subject
from generator.programme import days
from generator.timing.schedule import clock_text


def event(subject: Subject) -> dict[str, Any]:
    """When each session of the workshop takes place, where, and for how many people; empty without an event."""
    occasion = subject.occasion
    if occasion is None or subject.workshop is None:
        return {}
    shown = days(subject.kit, subject.workshop, subject.words)
    return {
        "people": subject.people or occasion.people,
        "place": occasion.place,
        "sessions": [
            {
                "date": date_text(subject.words, day),
                "start": clock_text(one.sheet.start),
                "end": clock_text(one.sheet.end),
            }
            for day, one in zip(occasion.dates, shown, strict=True)
        ],
    }


def called(occasion: Occasion) -> tuple[str, ...]:
    """What each person is called on paper: by name, or by a number from 1 where no name is known."""
    names = occasion.names
    return tuple(names[at] if at < len(names) else str(at + 1) for at in range(max(occasion.people, len(names))))


def numbered(occasion: Occasion | None) -> bool:
    """Whether people go by numbers: they are dealt to groups, and nobody knows their names."""
    return occasion is not None and bool(occasion.tables) and not occasion.names
