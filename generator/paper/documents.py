"""A kit becomes the data of printed documents.

In: a kit, its links and its fixed words. Out: `Document`s, each the name of a template and plain JSON values. Templates place; they
never compute a time, a sum or an order. Lengths on paper are the templates' business.
"""

from dataclasses import dataclass
from typing import Any

from generator.content.model import ExerciseBlock, Kit, Workshop
from generator.content.words import Words
from generator.links import Links, address
from generator.paper.items import article_data, cited, exercise_data, pitfall_data, shown, tree, trees
from generator.paper.sheets import sheets
from generator.programme import (
    Day,
    Line,
    Need,
    blocks_in,
    by_way_of_getting,
    days,
    exercises_in,
    minutes_in,
    needs,
    pitfalls_in,
    sources_in,
)
from generator.timing.schedule import Span, clock_text

FAMILIES = ("facilitator-guide", "participant-workbook")


@dataclass(frozen=True)
class Document:
    """One PDF to be made: `name` is its family and its template, `data` what the template reads."""

    workshop: str
    name: str
    edition: str
    title: str
    paper: str
    data: dict[str, Any]

    @property
    def path(self) -> str:
        """Where it lies, from the site's root."""
        edition = "" if self.edition == "standard" else f".{self.edition}"
        return f"print/{self.workshop}/{self.name}{edition}.{self.paper}.pdf"


def documents(kit: Kit, links: Links, words: Words) -> list[Document]:
    """Every document of every workshop on every paper of the kit."""
    found = []
    for workshop in kit.workshops.values():
        shared = _workshop(kit, links, words, workshop)
        for name in FAMILIES:
            kind = words(f"documents.{name}")
            for paper in kit.settings.papers:
                data = {"paper": paper, "document": name, "document_title": kind, **shared}
                found.append(Document(workshop.id, name, "standard", f"{workshop.title}: {kind}", paper, data))
    return found


def _workshop(kit: Kit, links: Links, words: Words, workshop: Workshop) -> dict[str, Any]:
    """What guide and workbook share; each template takes what it shows."""
    settings = kit.settings
    sources, exercises = sources_in(kit, links, workshop), exercises_in(kit, workshop)
    return {
        "kit": {
            "name": settings.name,
            "language": settings.language,
            "licence": settings.licence,
            "credits": tree(settings.credits),
            "site": settings.site_address,
        },
        "colours": settings.colours.model_dump(),
        "logo": settings.logo,
        "words": words.tree,
        "workshop": {
            "id": workshop.id,
            "title": workshop.title,
            "promise": tree(workshop.promise),
            "audience": tree(workshop.audience),
            "not_for": tree(workshop.not_for),
            "people": workshop.people.model_dump(),
            "remote": workshop.remote,
            "minutes": minutes_in(kit, workshop),
            "prepare": {name: trees(getattr(workshop.prepare, name)) for name in ("four_weeks", "one_week", "one_day")},
            "after": trees(workshop.after),
            "credits": tree(workshop.credits),
            "url": address("workshops", workshop.id),
        },
        "days": [_day(kit, links, day) for day in days(kit, workshop, words)],
        "needs": [
            {"get": way, "items": [_need(need) for need in group]}
            for way, group in by_way_of_getting(needs(kit, workshop)).items()
        ],
        "exercises": [exercise_data(links, exercise) for exercise in exercises],
        "pitfalls": [pitfall_data(kit, links, pitfall, exercises) for pitfall in pitfalls_in(kit, links, workshop)],
        "sources": list(article_data(sources)),
        "promise_page": not _has_promise(kit, workshop),
    }


def _has_promise(kit: Kit, workshop: Workshop) -> bool:
    """Whether an exercise of the agenda already has people commit themselves on a handout."""
    blocks = [block for block in blocks_in(workshop) if isinstance(block, ExerciseBlock)]
    return any(block.phase == "commit" and kit.exercises[block.exercise].handout is not None for block in blocks)


def _day(kit: Kit, links: Links, day: Day) -> dict[str, Any]:
    sheet = day.sheet
    return {
        "title": sheet.session.title,
        "day": sheet.session.day,
        "start": clock_text(sheet.start),
        "end": clock_text(sheet.end),
        "minutes": sheet.minutes,
        "lines": [{"day": sheet.session.day, **_line(kit, links, line)} for line in day.lines],
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
