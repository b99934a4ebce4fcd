"""Which version of the format a kit is written in.

In: the parsed `kit.yml`. Out: nothing when it is the format that this program reads, or one problem at `format:` that says what to do. An
older kit is told all that changed since, format by format, so that nobody has to look for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.content.fields import shown_value
from generator.content.source import Source
from generator.errors import Problem

CURRENT = 1


@dataclass(frozen=True)
class Change:
    """What a `format` brought that kits written before it have to follow: `what` changed, and how to `mend` a kit."""

    format: int
    what: str
    mend: str


# Oldest first. Whoever raises CURRENT adds here what an author has to change; format 1 is the first, and has nothing before it.
CHANGES: tuple[Change, ...] = ()


def wrong_format(source: Source, current: int = CURRENT, changes: Iterable[Change] = CHANGES) -> Problem | None:
    """The problem of a kit in another format than `current`, or None; that none is stated is for the model to say."""
    if "format" not in source.value:
        return None
    stated = source.value["format"]
    if isinstance(stated, bool) or not isinstance(stated, int) or stated < 1:
        message = f"a format is a whole number from 1 up, not {shown_value(stated)}"
        return source.problem("wrong-format", message, ("format",), help=f"write `format: {current}`")
    if stated > current:
        message = f"this kit is written in format {stated}, and this program reads format {current}"
        help = "install a newer version of workshop-kit; this one would read the kit wrongly"
        return source.problem("new-format", message, ("format",), help=help)
    if stated < current:
        message = f"this kit is written in format {stated}, and this program reads format {current}"
        return source.problem("old-format", message, ("format",), help=_what_changed(stated, current, changes))
    return None


def _what_changed(stated: int, current: int, changes: Iterable[Change]) -> str:
    since = [change for change in changes if stated < change.format <= current]
    lines = [f"  - format {change.format}: {change.what}. {change.mend}" for change in since]
    if not lines:
        return f"nothing that you wrote has to change: write `format: {current}`"
    return "\n".join([f"change this, then write `format: {current}`:", *lines])
