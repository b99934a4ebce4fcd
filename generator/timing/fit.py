"""A session in another length.

In: a session as it was written, the exercises of its kit, and how many minutes there are. Out: the best agenda in that time, as a view of
the session, and what changed; or how long it takes at least. docs/fit.md says what "best" means. Minutes are whole; a clock time is
minutes after midnight.

What may be chosen stands in `fitting/choices.py`, the search for the best plan in `fitting/search.py`, time to spare in `fitting/plan.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from generator.content.model import Block, Exercise, Session, SlackBlock
from generator.timing.fitting.choices import FIVE, GONE, Line, Prices, lines_of
from generator.timing.fitting.plan import Plan, end_of, grown, last_fixed, place_for_slack, room_at, slackened
from generator.timing.fitting.search import Blocked, search

How = Literal["shorten", "drop", "grow", "add"]
LEAST_ADDED = FIVE  # minutes; for fewer no slack is added, and the session ends so much earlier
SLACK = "Time kept free"


class TooShort(Exception):  # noqa: N818  it says what is the case; it is no fault of the kit's
    """A session cannot be held in the minutes that were asked for.

    `shortest` is how many it takes at least. With a `block`, no length helps: `block` has a fixed start which is over by then, since what
    comes before it takes `shortest` minutes, counted from the start of the session, at least.
    """

    def __init__(self, shortest: int, block: Block | None = None) -> None:
        super().__init__(shortest, block)
        self.shortest, self.block = shortest, block


@dataclass(frozen=True)
class Change:
    """What became of a block: `was` minutes as written, `minutes` now. What is dropped has left the agenda, as slack has of which no minute
    is left; what is added was not in it (`was` is 0). `block` is as written, or the one that was added."""

    block: Block
    how: How
    was: int
    minutes: int


@dataclass(frozen=True)
class Fit:
    """`session` is the view: its blocks have the minutes of the plan, what is left out is not in its agenda, ids are as they were, and
    `start` is that which was asked for. `minutes` are those asked for: it may end earlier. `changes` come in the order of the agenda."""

    session: Session
    minutes: int
    changes: tuple[Change, ...]


def fit(
    session: Session, exercises: Mapping[str, Exercise], minutes: int, start: int | None = None, slack: str = SLACK
) -> Fit:
    """The best agenda of a session in `minutes`, from `start` (its own where None is given).

    `slack` is what a block of time kept free is called where one is added. Raises TooShort.
    """
    found = fit_all(session, exercises, [minutes], start, slack)
    if minutes not in found:
        raise TooShort(shortest(session, exercises, start))
    return found[minutes]


def fit_all(
    session: Session,
    exercises: Mapping[str, Exercise],
    minutes: Iterable[int],
    start: int | None = None,
    slack: str = SLACK,
) -> dict[int, Fit]:
    """The best agenda for each of several lengths, by one search; lengths that are too short are left out.

    Nothing is found for any when a fixed start cannot be met.
    """
    wanted = sorted(set(minutes))
    session = session if start is None else session.model_copy(update={"start": start})
    lines = lines_of(session, exercises)
    prices = Prices(lines)
    ends = search(lines, session.start, session.start + max(wanted, default=0))
    found = {}
    for each in wanted:
        if within := [price for end, price in ends.items() if end <= session.start + each]:
            found[each] = _fit(session, lines, prices.plan(min(within)), each, slack)
    return found


def shortest(session: Session, exercises: Mapping[str, Exercise], start: int | None = None) -> int:
    """The fewest minutes in which a session can be held. Raises TooShort when a fixed start cannot be met, however long it is."""
    begin = session.start if start is None else start
    return min(_ends(lines_of(session, exercises), begin)) - begin


def lengths(session: Session, exercises: Mapping[str, Exercise], start: int | None = None) -> tuple[int, ...]:
    """The lengths in minutes that are worth offering, by fives: from the shortest to that at which nothing can grow any more, both rounded
    up. None when a fixed start cannot be met."""
    begin = session.start if start is None else start
    lines = lines_of(session, exercises)
    try:
        ends = _ends(lines, begin)
    except TooShort:
        return ()
    best = Prices(lines).plan(min(ends.values()))
    longest = end_of(lines, grown(lines, best, begin, sum(line.most - line.minutes for line in lines)), begin)
    least, most = (-(-(end - begin) // FIVE) * FIVE for end in (min(ends), longest))
    return tuple(range(least, most + 1, FIVE))


def _ends(lines: tuple[Line, ...], start: int) -> Mapping[int, int]:
    """The least price for each clock time at which the session can end, however late."""
    try:
        return search(lines, start)
    except Blocked as blocked:
        raise TooShort(blocked.clock - start, lines[blocked.at].block) from None


def _fit(session: Session, lines: Sequence[Line], plan: Plan, minutes: int, slack: str) -> Fit:
    """The view of a plan. What is left of the minutes goes to what can grow, then to time kept free, and a block is added where it must."""
    end = session.start + minutes
    plan = grown(lines, plan, session.start, end - end_of(lines, plan, session.start))
    plan = slackened(lines, plan, session.start, end - end_of(lines, plan, session.start))
    agenda = [[_block(line, chosen)] if chosen != GONE else [] for line, chosen in zip(lines, plan, strict=True)]
    changes = [_changes(line, chosen) for line, chosen in zip(lines, plan, strict=True)]
    place = place_for_slack(lines, plan)
    spare = end - end_of(lines, plan, session.start)
    if more := _addable(lines, plan, session.start, place, spare):
        added = _added(session, place, more, slack)
        agenda.insert(place, [added])
        changes.insert(place, [Change(added, "add", 0, more)])
    view = session.model_copy(update={"agenda": tuple(block for blocks in agenda for block in blocks)})
    return Fit(view, minutes, tuple(change for found in changes for change in found))


def _block(line: Line, minutes: int) -> Block:
    return line.block if minutes == line.minutes else line.block.model_copy(update={"minutes": minutes})


def _changes(line: Line, minutes: int) -> list[Change]:
    if minutes == line.minutes:
        return []
    if minutes == GONE:
        return [Change(line.block, "drop", line.minutes, 0)]
    return [Change(line.block, "shorten" if minutes < line.minutes else "grow", line.minutes, minutes)]


def _addable(lines: Sequence[Line], plan: Plan, start: int, place: int, spare: int) -> int:
    """The minutes of a new block of time kept free at a place, or 0: where such a block is there, it has got what it may have."""
    after = last_fixed(lines) + 1
    if any(line.kind == "slack" and minutes != GONE for line, minutes in zip(lines[after:], plan[after:], strict=True)):
        return 0
    beside = place if place < len(lines) else place - 1
    more = room_at(lines, plan, start, beside, spare)
    return more if more >= LEAST_ADDED else 0


def _added(session: Session, place: int, minutes: int, title: str) -> SlackBlock:
    """A block of time kept free, of the same phase as what comes before it."""
    phase = next((block.phase for block in reversed(session.agenda[:place]) if block.phase), None)
    taken = {block.id for block in session.agenda}
    ids = (f"free-{session.id}{f'-{number}' if number > 1 else ''}" for number in count(1))
    raw = {"id": next(id for id in ids if id not in taken), "slack": title, "minutes": minutes, "least": 0}
    return SlackBlock.model_validate({**raw, "phase": phase, "keep": "could"})
