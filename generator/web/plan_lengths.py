"""A session in every length that the planner offers.

In: a session, and the exercises of its kit. Out: the minutes of each line for each length, which lines are time kept free that some length
adds, and what the script reads of it. Minutes are whole. Which agenda is the best is decided in `timing/fit.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from generator.content.model import Exercise, ExerciseBlock, Kit, Session
from generator.content.words import Words
from generator.timing.fit import Fit, fit_all, lengths
from generator.timing.schedule import run_sheet, share


@dataclass(frozen=True)
class Timed:
    """A session in all its lengths. `order` has for each line the place of its block in the agenda, or None for time kept free that some
    length adds; `rows` has for each length the minutes of each line, 0 for one that is not there; `written` is the length as it stands."""

    order: tuple[int | None, ...]
    rows: dict[int, list[int]]
    written: int


def offered(kit: Kit, session: Session) -> tuple[int, ...]:
    """The lengths in minutes that can be chosen, with the one that is written among them."""
    return tuple(sorted({*lengths(session, kit.exercises), run_sheet(session, kit.exercises).minutes}))


def timed(kit: Kit, session: Session, words: Words) -> Timed:
    """A session in every length that can be chosen."""
    own = run_sheet(session, kit.exercises)
    found = fit_all(session, kit.exercises, offered(kit, session), slack=words("fit.slack"))
    # A length that the best agenda does not fill is of no use: a shorter one is the same.
    fits = {minutes: one for minutes, one in found.items() if minutes != own.minutes and _fills(kit, one)}
    blocks = [block.id for block in session.agenda]
    added = sorted({place for one in fits.values() for place, _ in _added(blocks, one)})
    order: list[int | None] = []
    for at in range(len(blocks) + 1):
        order += ([None] if at in added else []) + ([at] if at < len(blocks) else [])
    written = [0 if at is None else own.slots[at].minutes for at in order]
    rows = {minutes: _row(blocks, order, written, one) for minutes, one in fits.items()}
    return Timed(tuple(order), dict(sorted({**rows, own.minutes: written}.items())), own.minutes)


def _fills(kit: Kit, found: Fit) -> bool:
    return run_sheet(found.session, kit.exercises).minutes == found.minutes


def _added(blocks: Sequence[str], found: Fit) -> list[tuple[int, int]]:
    """The places, before which block of those written, and the minutes of time kept free that is added."""
    ids = [block.id for block in found.session.agenda]
    places = []
    for change in found.changes:
        if change.how == "add":
            after = [id for id in ids[ids.index(change.block.id) + 1 :] if id in blocks]
            places.append((blocks.index(after[0]) if after else len(blocks), change.minutes))
    return places


def _row(blocks: Sequence[str], order: Sequence[int | None], written: Sequence[int], found: Fit) -> list[int]:
    changed = {change.block.id: change.minutes for change in found.changes}
    added = dict(_added(blocks, found))
    following = [*order[1:], len(blocks)]
    return [
        added.get(after or 0, 0) if at is None else changed.get(blocks[at], minutes)
        for at, after, minutes in zip(order, following, written, strict=True)
    ]


def session_data(kit: Kit, session: Session, at: int, time: Timed) -> dict[str, Any]:
    """`as` ends the names of its fields. `rows` has for each length the minutes of each line, 0 for one that is not there, `own`
    those that are written. `lost` has for a line and its minutes the places of the steps that get fewer."""
    exercises, agenda = kit.exercises, session.agenda
    own = time.rows[time.written]
    blocks = [(line, agenda[block]) for line, block in enumerate(time.order) if block is not None]
    return {
        "as": suffix(at),
        "own": own,
        "fixed": {line: block.start for line, block in blocks if block.start is not None},
        "rows": time.rows,
        "lost": {
            line: lost
            for line, block in blocks
            if isinstance(block, ExerciseBlock)
            and (lost := _lost(exercises[block.exercise], own[line], {row[line] for row in time.rows.values()}))
        },
    }


def suffix(at: int) -> str:
    """What the names of a session's fields end with; there is nothing after those of the first."""
    return str(at + 1) if at else ""


def _lost(exercise: Exercise, own: int, wanted: Iterable[int]) -> dict[int, list[int]]:
    """For each number of minutes the places of the steps that get fewer, the debrief left out."""
    usual = share(exercise, own)[: len(exercise.steps)]
    fewer = {
        minutes: [at for at, (now, was) in enumerate(zip(share(exercise, minutes), usual, strict=False)) if now < was]
        for minutes in wanted
        if 0 < minutes < own
    }
    said = [at for at, step in enumerate(exercise.steps) if step.if_cut]
    return {minutes: found for minutes, steps in fewer.items() if (found := [at for at in steps if at in said])}
