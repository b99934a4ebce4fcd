"""What follows from a plan: when it ends, how long its stretches without a break are, and what becomes of time to spare.

In: lines, the minutes that a plan gives them, and the start of the session in minutes after midnight. Out: numbers, and other plans.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.timing.fitting.choices import GONE, Line
from generator.timing.fitting.grow import Growing, grow
from generator.timing.rhythm import NO_BREAK

Plan = tuple[int, ...]  # the minutes of each line, or GONE


@dataclass(frozen=True)
class Stretch:
    """Lines between two breaks that stay: their places, the minutes from the first to the end of the last (as `rhythm.between_breaks`
    counts them), and whether a break between them is gone, so that it may not last longer than NO_BREAK."""

    places: tuple[int, ...]
    span: int
    left_out: bool


def end_of(lines: Sequence[Line], plan: Plan, start: int) -> int:
    """The clock time at which a plan is over."""
    for line, minutes in zip(lines, plan, strict=True):
        if minutes != GONE:
            start = (start if line.fixed is None else max(start, line.fixed)) + minutes
    return start


def stretches(lines: Sequence[Line], plan: Plan, start: int) -> Iterator[Stretch]:
    """The stretches without a break, each followed by the break that ends it, but for the last."""
    clock = start
    begun: int | None = None
    places: list[int] = []
    left_out = False
    for at, (line, minutes) in enumerate(zip(lines, plan, strict=True)):
        if minutes == GONE:
            left_out |= line.kind == "break"
            continue
        before, clock = clock, clock if line.fixed is None else max(clock, line.fixed)
        if line.kind == "break":
            yield Stretch(tuple(places), clock - (before if begun is None else begun), left_out)
            begun, places, left_out = None, [], False
        else:
            begun = clock if begun is None else begun
            places.append(at)
        clock += minutes
    yield Stretch(tuple(places), 0 if begun is None else clock - begun, left_out)


def last_fixed(lines: Sequence[Line]) -> int:
    """The place of the last line with a fixed start; -1 where there is none. Time to spare is for it and what follows it."""
    return max((at for at, line in enumerate(lines) if line.fixed is not None), default=-1)


def grown(lines: Sequence[Line], plan: Plan, start: int, spare: int) -> Plan:
    """The plan with so many minutes more for what follows the last fixed start, as far as it can take them. As it was where something is
    cut there. No stretch without a break gets longer than NO_BREAK by that."""
    first = max(last_fixed(lines), 0)
    if spare <= 0 or any(minutes != line.minutes for line, minutes in zip(lines[first:], plan[first:], strict=True)):
        return plan
    return plan[:first] + grow(list(_growing(lines, plan, start, first)), spare)


def _growing(lines: Sequence[Line], plan: Plan, start: int, first: int) -> Iterator[Growing]:
    """The stretches from line `first` on, with the room that they have, and the breaks."""
    rooms = [(stretch.places, max(0, NO_BREAK - stretch.span)) for stretch in stretches(lines, plan, start)]
    for at in range(first, len(lines)):
        if lines[at].kind == "break":
            yield Growing((lines[at],), None)
        for places, room in rooms:
            own = [place for place in places if place >= first]
            if own and own[0] == at:
                yield Growing(tuple(lines[place] for place in own), room)


def slackened(lines: Sequence[Line], plan: Plan, start: int, spare: int) -> Plan:
    """The plan with so many minutes more for the time kept free after the last fixed start: for its last block, and for the one before
    where a stretch from which a break was left out would last longer than NO_BREAK by that."""
    found = list(plan)
    for at in range(len(lines) - 1, last_fixed(lines), -1):
        if lines[at].kind == "slack" and plan[at] != GONE:
            more = min(spare, room_at(lines, tuple(found), start, at, spare))
            found[at] += more
            spare -= more
    return tuple(found)


def room_at(lines: Sequence[Line], plan: Plan, start: int, at: int, wanted: int) -> int:
    """How many of the wanted minutes the stretch in which a line stands can take."""
    for stretch in stretches(lines, plan, start):
        if at in stretch.places and stretch.left_out:
            return min(wanted, max(0, NO_BREAK - stretch.span))
    return wanted


def place_for_slack(lines: Sequence[Line], plan: Plan) -> int:
    """Where time kept free is added: before the last working block, but after the last fixed start."""
    working = [at for at, line in enumerate(lines) if line.kind == "work" and plan[at] != GONE]
    return max(last_fixed(lines) + 1, working[-1] if working else 0)
