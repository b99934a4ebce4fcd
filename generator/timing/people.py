"""How a headcount comes out in groups.

In: how many people there are, and the sizes of group that an exercise works in. Out: the size of each group. Who sits with whom is for
the people in the room.
"""

from functools import lru_cache

from generator.content.model import Groups

TABLE = Groups(size=4, min=3, max=5)  # where nobody says otherwise, people sit at tables of about four
SMALLEST_GROUP = 3  # two are a pair


def group_sizes(people: int, groups: Groups) -> tuple[int, ...]:
    """The size of each group, the largest first; sizes differ by one person at most.

    No group is outside `min` to `max` where that can be. Of the ways that are left, the one counts in which the groups are nearest to the
    size that is wanted, person by person: 23 in fours are five fours and a three rather than three fives and two fours. Where two ways
    are as near, the smaller groups: there more people speak.
    """
    return _sizes(people, groups.size, groups.min or groups.size, groups.max or groups.size)


@lru_cache(maxsize=4096)
def _sizes(people: int, size: int, least: int, most: int) -> tuple[int, ...]:
    """Worked out once for the same numbers: pages ask for every headcount, and most exercises work in a few sizes of group."""
    number = min(range(people, 0, -1), key=lambda number: _cost(people, number, size, least, most), default=0)
    return _divided(people, number) if number else ()


def _divided(people: int, number: int) -> tuple[int, ...]:
    each, more = divmod(people, number)
    return (each + 1,) * more + (each,) * (number - more)


def _cost(people: int, number: int, size: int, least: int, most: int) -> tuple[int, int]:
    """How many people so many groups have too few or too many, and how far their sizes are from the one that is wanted."""
    each, more = divmod(people, number)
    parts = ((each + 1, more), (each, number - more))
    outside = sum(count * max(least - given, given - most, 0) for given, count in parts)
    return outside, sum(count * abs(given - size) for given, count in parts)
