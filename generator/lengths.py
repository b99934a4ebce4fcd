"""Workshops in the other lengths that they list.

In: a kit without errors, and its fixed words. Out: the same kit, in which each length of a workshop is a workshop of its own, with the best
agenda of that time. Which agenda that is, is decided in `timing/fit.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.content.load import Loaded
from generator.content.model import Block, Kit, Session, SlackBlock, Version, Workshop, frozen_mapping
from generator.content.words import Words
from generator.errors import Problem
from generator.programme import Line, days
from generator.timing.fit import Change, How, TooShort, fit
from generator.timing.fitting.loss import StepCut, steps_cut
from generator.timing.schedule import clock_text, run_sheet


@dataclass(frozen=True)
class Difference:
    """A block of the original whose minutes differ in a version, by its title, and the steps of it that lose minutes; `minutes` is 0 where
    the block is left out."""

    title: str
    was: int
    minutes: int
    block: Block
    steps: tuple[StepCut, ...] = ()


def version_id(workshop: str, length: int) -> str:
    """The id of a workshop in another length."""
    return f"{workshop}-{length}"


def with_lengths(kit: Kit, words: Words) -> Kit:
    """The kit with a `Version` for every length, each after the workshop that it is made from."""
    found: dict[str, Workshop] = {}
    for workshop in kit.workshops.values():
        found[workshop.id] = workshop
        found |= {version.id: version for version in _versions(kit, workshop, words)}
    return replace(kit, workshops=frozen_mapping(found))


def _versions(kit: Kit, workshop: Workshop, words: Words) -> Iterator[Version]:
    if not workshop.lengths:
        return
    (session, *_) = workshop.sessions
    for length in sorted(workshop.lengths):
        fitted = fit(session, kit.exercises, length, slack=words("fit.slack")).session
        values = {name: getattr(workshop, name) for name in Workshop.model_fields}
        values |= {
            "id": version_id(workshop.id, length),
            "title": words("lengths.version", title=workshop.title, minutes=words("units.minutes", n=length)),
            "sessions": (fitted,),
            "lengths": (),
        }
        yield Version.model_construct(**values, original=workshop.id, length=length)


def wrong_lengths(loaded: Loaded) -> Iterator[Problem]:
    """Lengths that cannot be made, of a kit without other errors."""
    for workshop in loaded.kit.workshops.values():
        source = loaded.sources[Workshop.kind, workshop.id]
        if workshop.lengths and len(workshop.sessions) > 1:
            message = "only a workshop of one session can have other lengths"
            help = "each session has its own time; take `lengths` out, and use `workshop-kit fit` for a session"
            yield source.problem("wrong-length", message, ("lengths",), help=help)
            continue
        for at, length in enumerate(workshop.lengths):
            if (found := _wrong_length(loaded.kit, workshop, length, at)) is not None:
                yield source.problem("wrong-length", found[0], ("lengths", at), help=found[1])


def _wrong_length(kit: Kit, workshop: Workshop, length: int, at: int) -> tuple[str, str] | None:
    """What is wrong with a length, and what helps."""
    (session,) = workshop.sessions
    if length in workshop.lengths[:at]:
        return f"{length} minutes stand here twice", "take one of the two out"
    if length == run_sheet(session, kit.exercises).minutes:
        return f"{length} minutes are the length of the agenda as it is written", "list other lengths only"
    if version_id(workshop.id, length) in kit.workshops:
        taken = version_id(workshop.id, length)
        return f"there is a workshop `{taken}` already", "give that workshop another id, or take this length out"
    try:
        fit(session, kit.exercises, length)
    except TooShort as error:
        if error.block is not None:
            return "this agenda cannot be held in any time: a fixed start comes too early", "move that `start`"
        return (
            f"this agenda cannot be held in {length} minutes",
            f"{error.shortest} minutes are the shortest; see `workshop-kit fit {workshop.id} --minutes {error.shortest}`",
        )
    return None


def called(workshop: Workshop, session: Session) -> str:
    """A workshop, and which session of it where it has several."""
    several = len(workshop.sessions) > 1
    return f"{workshop.title} ({session.title or session.id})" if several else workshop.title


def too_short(kit: Kit, workshop: Workshop, session: Session, minutes: int, short: TooShort, words: Words) -> str:
    """Why a session, with its start of that day, cannot be held in so many minutes: it takes more, or a fixed start is over by then."""
    if short.block is None:
        least, given = words("units.minutes", short.shortest), words("units.minutes", minutes)
        return words("fit.too_short", name=called(workshop, session), minutes=given, shortest=least)
    (day,) = days(kit, workshop.model_copy(update={"sessions": (session,)}), words)
    title = next(line.title for line in day.lines if line.slot.block.id == short.block.id)
    until = clock_text(session.start + short.shortest)
    return words("fit.blocked", title=title, fixed=clock_text(short.block.start or 0), clock=until)


def versions_of(kit: Kit, workshop: Workshop) -> tuple[Workshop, ...]:
    """A workshop in all its lengths, as it is written first; nothing where it has but one."""
    first = workshop.original if isinstance(workshop, Version) else workshop.id
    found = kit.versions.get(first)
    return (kit.workshops[first], *found) if found else ()


def differences(kit: Kit, version: Version, words: Words) -> tuple[Difference, ...]:
    """The blocks of the original whose minutes differ in a version, in the order of its agenda. Time kept free is passed over."""
    (before,), (after,) = days(kit, kit.workshops[version.original], words), days(kit, version, words)
    minutes = {line.slot.block.id: line.slot.minutes for line in after.lines}
    return tuple(
        _difference(kit, line, found)
        for line in before.lines
        if (found := minutes.get(line.slot.block.id, 0)) != line.slot.minutes
        and not isinstance(line.slot.block, SlackBlock)
    )


def _difference(kit: Kit, line: Line, minutes: int) -> Difference:
    block, was = line.slot.block, line.slot.minutes
    how: How = "drop" if not minutes else "shorten" if minutes < was else "grow"
    return Difference(line.title, was, minutes, block, steps_cut(Change(block, how, was, minutes), kit.exercises))
