"""What `workshop-kit fit --format json` says: a fitted agenda as data for other programs, as docs/fit.schema.json describes it.

In: what was asked for, and what was found. Out: plain values.
"""

from typing import Any

from generator.commands.fitted import Fitted, without_break
from generator.timing.fit import Change, Fit, TooShort
from generator.timing.fitting.loss import steps_cut
from generator.timing.rhythm import free_minutes
from generator.timing.schedule import clock_text


def too_short_data(asked: Fitted, short: TooShort) -> dict[str, Any]:
    """That it cannot be done, and what can."""
    blocked = None
    if short.block is not None:
        times = {"start": short.block.start or 0, "earliest": asked.begun.start + short.shortest}
        blocked = {"id": short.block.id, **{name: clock_text(minutes) for name, minutes in times.items()}}
    least = None if short.block else short.shortest
    return _data(asked, fits=False, shortest=least, blocked=blocked, blocks=[], changes=[])


def as_data(asked: Fitted, found: Fit, least: int) -> dict[str, Any]:
    """The agenda, and what changed."""
    sheet, titles = asked.sheet(found.session), asked.titles(asked.session) | asked.titles(found.session)
    blocks = [
        {
            "id": slot.block.id,
            "type": slot.block.type,
            "title": titles[slot.block.id],
            "start": clock_text(slot.start),
            "minutes": slot.minutes,
            "was": asked.written.get(slot.block.id, 0),
        }
        for slot in sheet.slots
    ]
    changes = [_change_data(asked, found, change, titles[change.block.id]) for change in found.changes]
    more = {"end": clock_text(sheet.end), "total": sheet.minutes, "free": free_minutes(sheet)}
    return _data(asked, fits=True, shortest=least, blocks=blocks, changes=changes, **more)


def _data(asked: Fitted, **values: Any) -> dict[str, Any]:
    first = {"workshop": asked.workshop.id, "session": asked.session.id, "minutes": asked.minutes}
    start = {"start": clock_text(asked.begun.start), "end": None, "total": None, "free": None, "blocked": None}
    return first | start | values


def _change_data(asked: Fitted, found: Fit, change: Change, title: str) -> dict[str, Any]:
    steps = [
        {
            "id": cut.step.id if cut.step else None,
            "was": cut.was,
            "minutes": cut.minutes,
            "if_cut": cut.step.if_cut.source if cut.step and cut.step.if_cut else None,
        }
        for cut in steps_cut(change, asked.kit.exercises)
    ]
    return {
        "id": change.block.id,
        "type": change.block.type,
        "title": title,
        "how": change.how,
        "was": change.was,
        "minutes": change.minutes,
        "if_cut": change.block.if_cut.source if change.block.if_cut else None,
        "without_break": without_break(asked, found, change),
        "steps": steps,
    }
