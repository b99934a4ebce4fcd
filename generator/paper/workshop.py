"""A workshop as its documents show it.

In: a kit, its links and its fixed words. Out: plain JSON values: the workshop, its days on the clock, what it needs, what it draws on.
Templates never compute a time, a sum or an order. Lengths on paper are the templates' business.
"""

from typing import Any

from generator.content.model import Kit, Workshop
from generator.links import Links, address
from generator.paper.event import dates
from generator.paper.items import article_data, cited, exercise_data, on_site, pitfall_data, shown, tree, trees
from generator.paper.sheets import sheets
from generator.paper.subject import Subject
from generator.programme import (
    Day,
    Line,
    Need,
    by_way_of_getting,
    days,
    exercises_in,
    has_promise_page,
    minutes_in,
    needs,
    pitfalls_in,
    sources_in,
)
from generator.timing.schedule import Span, clock_text


def about(kit: Kit, workshop: Workshop) -> dict[str, Any]:
    """The workshop itself, as every document of it names it."""
    return {
        "id": workshop.id,
        "title": workshop.title,
        "promise": tree(workshop.promise),
        "audience": tree(workshop.audience),
        "not_for": tree(workshop.not_for),
        "people": {"min": workshop.people.min, "max": workshop.people.max},
        "remote": workshop.remote,
        "minutes": minutes_in(kit, workshop),
        "prepare": {name: trees(getattr(workshop.prepare, name)) for name in ("four_weeks", "one_week", "one_day")},
        "after": trees(workshop.after),
        "credits": tree(workshop.credits),
        "site": on_site(kit, address("workshops", workshop.id)),
    }


def booklet(subject: Subject) -> dict[str, Any]:
    """What guide and workbook show; each template takes its part."""
    kit, links, workshop = subject.kit, subject.links, subject.the_workshop
    exercises = exercises_in(kit, workshop)
    return {
        "days": agenda(subject),
        "needs": [
            {"get": way, "items": [_need(need) for need in group]}
            for way, group in by_way_of_getting(needs(kit, workshop)).items()
        ],
        "exercises": [exercise_data(kit, links, exercise) for exercise in exercises],
        "pitfalls": [pitfall_data(kit, links, pitfall, exercises) for pitfall in pitfalls_in(kit, links, workshop)],
        "sources": list(article_data(sources_in(kit, links, workshop))),
        "promise_page": has_promise_page(kit, workshop),
    }


def agenda(subject: Subject) -> list[dict[str, Any]]:
    """The days of a workshop on the clock; those of an event have their dates."""
    shown = days(subject.kit, subject.the_workshop, subject.words)
    return [_day(subject.kit, subject.links, day, date) for day, date in zip(shown, dates(subject), strict=True)]


def _day(kit: Kit, links: Links, day: Day, date: str | None) -> dict[str, Any]:
    sheet = day.sheet
    return {
        "title": sheet.session.title,
        "day": sheet.session.day,
        "date": date,
        "start": clock_text(sheet.start),
        "end": clock_text(sheet.end),
        "minutes": sheet.minutes,
        "lines": [{"day": sheet.session.day, "date": date, **_line(kit, links, line)} for line in day.lines],
        "sheets": [
            {"from": first, "to": last, "end": clock_text(sheet.slots[last - 1].end)} for first, last in sheets(sheet)
        ],
    }


def _line(kit: Kit, links: Links, line: Line) -> dict[str, Any]:
    """One block of an agenda. `type` is the block's; `phase`, `format`, `lead` and the prose may be None."""
    slot, block = line.slot, line.slot.block
    return {
        "id": block.id,
        "type": block.type,
        "title": line.title,
        "item": line.item.id if line.item else None,
        "start": clock_text(slot.start),
        "end": clock_text(slot.end),
        "minutes": slot.minutes,
        "waiting": slot.waiting,
        "phase": block.phase,
        "keep": block.keep,
        "lead": block.lead,
        "format": getattr(block, "format", None),
        "least": getattr(block, "least", None),
        "most": getattr(block, "most", None),
        "do": tree(block.do),
        "say": tree(block.say),
        "ask": tree(block.ask),
        "if_cut": tree(block.if_cut),
        "spans": [_span(span) for span in slot.spans],
        "prompts": [
            {
                "text": tree(prompt.text),
                "depth": prompt.depth,
                "follow_up": tree(prompt.follow_up),
                "ideas": cited(links, prompt.ideas),
            }
            for prompt in line.prompts
        ],
        "shown": shown(kit, links, line.item),
    }


def _span(span: Span) -> dict[str, Any]:
    """A step on the clock; `step` is None for the debrief."""
    step = {"id": span.step.id, "title": span.step.title, "format": span.step.format} if span.step else None
    return {"step": step, "start": clock_text(span.start), "minutes": span.minutes}


def _need(need: Need) -> dict[str, Any]:
    return {
        "item": need.item,
        "quantity": need.quantity,
        "per": need.per,
        "size": need.size,
        "used_up": need.used_up,
        "exercises": [exercise.title for exercise in need.exercises],
    }
