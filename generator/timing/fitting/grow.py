"""How time to spare is given to the lines of an agenda.

In: lines that have the minutes they were written with, how many minutes there are to spare, and how much longer each stretch without a
break may become. Out: the minutes of each line. As many minutes as can be are given; of the ways to do so the one counts in which the sum
of the squared shares of what each line can take is least, and of equal ones that in which earlier lines get more.

The lines of a stretch are added one by one, then the stretches: for each number of minutes given the best way is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm

from generator.timing.fitting.choices import Line

Table = dict[
    int, tuple[int, tuple[int, ...]]
]  # minutes given -> price, and minutes of each line with its sign turned, so that more is less


@dataclass(frozen=True)
class Growing:
    """Lines that share `room` minutes: those of a stretch without a break; a break stands alone (room None = any)."""

    lines: tuple[Line, ...]
    room: int | None


def grow(stretches: Sequence[Growing], spare: int) -> tuple[int, ...]:
    """The minutes of all lines, one after the other, so that together they get `spare` minutes more, or as many as there is room for."""
    rooms = [line.most - line.minutes for stretch in stretches for line in stretch.lines]
    whole = lcm(*(room**2 for room in rooms if room))
    table: Table = {0: (0, ())}
    for stretch in stretches:
        own: Table = {0: (0, ())}
        for line in stretch.lines:
            own = _joined(own, _table(line, whole), spare if stretch.room is None else min(spare, stretch.room))
        table = _joined(table, own, spare)
    _, minutes = table[max(table)]
    return tuple(-each for each in minutes)


def _table(line: Line, whole: int) -> Table:
    """What a line can be given, and at what price."""
    room = line.most - line.minutes
    return {
        minutes - line.minutes: ((minutes - line.minutes) ** 2 * (whole // room**2) if room else 0, (-minutes,))
        for minutes in line.growths
    }


def _joined(first: Table, second: Table, most: int) -> Table:
    """Both together, with no more than `most` minutes given."""
    found: Table = {}
    for given, (price, minutes) in first.items():
        for more, (further, others) in second.items():
            if given + more <= most:
                new = (price + further, minutes + others)
                found[given + more] = min(new, found.get(given + more, new))
    return found
