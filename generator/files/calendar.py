"""An event as a file for calendars (iCalendar, RFC 5545).

In: a workshop as it takes place, with that day's times. Out: the bytes of `event.ics`, the same for the same event: no clock is read. Each
session is an entry of its own, in the time zone of the event, whose rules stand in the file (`zones.py`).
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from generator.content.model import Kit, SlackBlock, Workshop
from generator.content.words import Words
from generator.files.zones import zone
from generator.occasion import Occasion
from generator.programme import Day, Line, days
from generator.timing.schedule import clock_text

MAKER = "-//workshop-kit//event//EN"


def calendar(kit: Kit, workshop: Workshop, words: Words, occasion: Occasion) -> bytes:
    """The sessions of a workshop as entries of a calendar. Times are those of the sessions in the kit."""
    found = icalendar.Calendar()
    found.add("prodid", MAKER)
    found.add("version", "2.0")
    entries = [
        _entry(kit, workshop, words, occasion, number, day) for number, day in enumerate(days(kit, workshop, words))
    ]
    rules = zone(occasion.timezone, min(occasion.dates), max(occasion.dates) + timedelta(days=1))
    for part in (*([rules] if rules else []), *entries):
        found.add_component(part)
    data: bytes = found.to_ical()
    return data


def _entry(kit: Kit, workshop: Workshop, words: Words, occasion: Occasion, number: int, day: Day) -> icalendar.Event:
    """Session `number` (from 0). It is known by the kit, the workshop, its day and its number, so that calendars see the same one again."""
    date = occasion.dates[number]
    found = icalendar.Event()
    found.add("uid", f"{workshop.id}-{date.isoformat()}-{day.sheet.session.id}@{kit.settings.id}")
    found.add("dtstamp", datetime(date.year, date.month, date.day, tzinfo=UTC))
    found.add("dtstart", _moment(occasion, number, day.sheet.start))
    found.add("dtend", _moment(occasion, number, day.sheet.end))
    found.add("summary", _title(workshop, day))
    if occasion.place:
        found.add("location", occasion.place)
    found.add("description", _description(workshop, day, words))
    return found


def _moment(occasion: Occasion, number: int, minutes: int) -> datetime:
    """Minutes after midnight on the clock of the place; 24:00 and later is the next day."""
    date = occasion.dates[number]
    zone = UTC if occasion.timezone == "UTC" else ZoneInfo(occasion.timezone)
    return (datetime(date.year, date.month, date.day) + timedelta(minutes=minutes)).replace(tzinfo=zone)


def _title(workshop: Workshop, day: Day) -> str:
    session = day.sheet.session
    return f"{workshop.title}: {session.title}" if session.title else workshop.title


def _description(workshop: Workshop, day: Day, words: Words) -> str:
    """The promise, and the programme with clock times, for everybody who is invited."""
    lines = (f"{clock_text(line.slot.start)}  {_shown(line, words)}" for line in day.lines)
    return "\n".join([workshop.promise.plain(), "", *lines, f"{clock_text(day.sheet.end)}  {words('pack.end')}"])


def _shown(line: Line, words: Words) -> str:
    return words("site.workshop.free_time") if isinstance(line.slot.block, SlackBlock) else line.title
