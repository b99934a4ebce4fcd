"""A workshop as it takes place once: on its days, with its people. What paper and files of a pack know besides the kit.

The workshop itself, with that day's starts and minutes, stands in the kit that the pack is made from, so that all that is computed from an
agenda needs to know no event.
"""

from dataclasses import dataclass
from datetime import date

from generator.seating import Round

Seated = tuple[tuple[int, ...], ...]  # groups of a round: numbers of people, from 0


@dataclass(frozen=True)
class Occasion:
    """An event, for `people` people.

    `dates` has the day of each session, in the order of the agenda. `names` are empty as long as nobody knows them. `tables` says for
    each round who sits together. `timezone` is a name such as Europe/Berlin.
    """

    dates: tuple[date, ...]
    people: int
    timezone: str
    names: tuple[str, ...] = ()
    tables: tuple[tuple[Round, Seated], ...] = ()
    place: str = ""
