"""What participants may see of a kit.

In: a kit. Out: the same kit without what is meant for facilitators alone: what to do, to say and to ask, debriefs, preparation and
materials. Minutes stay, so that every clock time is the same. What is not in this kit cannot reach a page, a PDF or a data file.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from generator.content.model import (
    KINDS,
    Block,
    Debrief,
    Deck,
    Exercise,
    Kit,
    Part,
    Pitfall,
    SlackBlock,
    Step,
    Tension,
    Workshop,
    frozen_mapping,
)
from generator.content.prose import Prose

# The fields that are for facilitators, by the part that has them; a part made from another has that one's too.
FOR_FACILITATORS: Mapping[type[Part], tuple[str, ...]] = {
    Exercise: ("materials", "prepare", "variations", "remote", "watch_outs"),
    Step: ("do", "say", "ask", "if_cut"),
    Debrief: ("what", "so_what", "now_what"),
    Workshop: ("materials", "prepare", "after", "not_for"),
    Block: ("lead", "do", "say", "ask", "if_cut"),
    SlackBlock: ("slack",),
    Pitfall: ("say",),
    Tension: ("note",),
}
# Of these the first paragraph is for everyone; what follows it tells the facilitator when and how to use it.
FIRST_PARAGRAPH: Mapping[type[Part], str] = {Exercise: "purpose", Deck: "about"}


def for_participants(kit: Kit) -> Kit:
    """The kit as participants may have it. A field that every author must fill is None in it, or empty."""
    kinds: Any = {kind: frozen_mapping({id: _shown(item) for id, item in kit.of(kind).items()}) for kind in KINDS}
    return replace(kit, **kinds)


def _shown(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(_shown(entry) for entry in part)
    if not isinstance(part, BaseModel):
        return part
    hidden = {name for kind, names in FOR_FACILITATORS.items() if isinstance(part, kind) for name in names}
    fields = type(part).model_fields
    values: dict[str, Any] = {name: _shown(getattr(part, name)) for name in fields if name not in hidden}
    values |= {name: fields[name].get_default() if not fields[name].is_required() else None for name in hidden}
    for name in (name for kind, name in FIRST_PARAGRAPH.items() if isinstance(part, kind)):
        if prose := values[name]:
            values[name] = Prose(re.split(r"\n\s*\n", prose.source.strip())[0], prose.blocks[:1])
    return part.model_copy(update=values)
