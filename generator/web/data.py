"""A kit becomes data: `kit.json`, for other tools.

In: a kit and its links. Out: plain values, described by `docs/kit.schema.json`. Prose is Markdown as its author typed it, minutes are
whole numbers, clock times are text as `13:30`, and every `url` is relative to the site's root. Fields that are not set are left out.
"""

from typing import Any

from pydantic import BaseModel

from generator.content.model import KINDS, Article, Assessment, Deck, Exercise, Item, Kit, Session, Workshop
from generator.content.prose import Prose
from generator.links import Links, address
from generator.timing.schedule import clock_text, minutes_of, range_of, run_sheet

LISTS = {"prompts": "decks"}


def kit_data(kit: Kit, links: Links) -> dict[str, Any]:
    """The whole kit as plain values."""
    data: dict[str, Any] = {"format": 1, "kit": _fields(kit.settings), "counts": _counts(kit)}
    for kind in KINDS:
        data[LISTS.get(kind, kind)] = [_item(kit, links, item) for item in kit.of(kind).values()]
    return data


def _counts(kit: Kit) -> dict[str, int]:
    """How many there are of each kind, and of their parts."""
    statements = (
        statement for item in kit.assessments.values() for part in item.dimensions for statement in part.statements
    )
    return {LISTS.get(kind, kind): len(kit.written(kind)) for kind in KINDS} | {
        "ideas": len(list(kit.ideas())),
        "prompts": sum(len(deck.prompts) for deck in kit.prompts.values()),
        "statements": len(list(statements)),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Prose):
        return value.source
    if isinstance(value, BaseModel):
        return _fields(value)
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else value


def _fields(part: BaseModel) -> dict[str, Any]:
    fields = {field.alias or name: getattr(part, name) for name, field in type(part).model_fields.items()}
    return {name: _plain(entry) for name, entry in fields.items() if entry is not None and entry != ()}


def _parts(item: Item, parts: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Parts of an item, each with an address on the item's page."""
    return [{"id": part.id, "url": address(item.kind, item.id, part.id)} | _fields(part) for part in parts]


def _item(kit: Kit, links: Links, item: Item) -> dict[str, Any]:
    data: dict[str, Any] = {"id": item.id, "url": address(item.kind, item.id)} | _fields(item)
    if isinstance(item, Article):
        data["ideas"] = _parts(item, item.ideas)
        for idea in data["ideas"]:
            idea["used_by"] = [
                {"kind": use.kind, "id": use.id, "url": use.address} for use in links.used_by[idea["id"]]
            ]
    elif isinstance(item, Exercise):
        least, most = range_of(item)
        data |= {"minutes": minutes_of(item), "least": least, "most": most, "steps": _parts(item, item.steps)}
    elif isinstance(item, Deck):
        data["prompts"] = _parts(item, item.prompts)
    elif isinstance(item, Assessment):
        data["dimensions"] = _parts(item, item.dimensions)
    elif isinstance(item, Workshop):
        data["sessions"] = [_session(kit, item, session) for session in item.sessions]
        data["minutes"] = sum(session["minutes"] for session in data["sessions"])
    return data


def _session(kit: Kit, workshop: Workshop, session: Session) -> dict[str, Any]:
    sheet = run_sheet(session, kit.exercises)
    agenda = []
    for slot in sheet.slots:
        block = {"id": slot.block.id, "url": address("workshops", workshop.id, slot.block.id), "type": slot.block.type}
        clock = {"start": clock_text(slot.start), "fixed": slot.block.start is not None, "minutes": slot.minutes}
        agenda.append(block | _fields(slot.block) | clock)
    clocks = {"start": clock_text(sheet.start), "end": clock_text(sheet.end), "minutes": sheet.minutes}
    return (
        {"id": session.id, "url": address("workshops", workshop.id, session.id)}
        | _fields(session)
        | clocks
        | {"agenda": agenda}
    )
