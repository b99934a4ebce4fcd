"""How a headcount comes out in groups.

In: how many people there are, and the sizes of group that an exercise works in. Out: the size of each group. Who sits with whom is for
the people in the room.
"""

from generator.content.model import Groups

TABLE = Groups(size=4, min=3, max=5)  # where nobody says otherwise, people sit at tables of about four
SMALLEST_GROUP = 3  # two are a pair


def group_sizes(people: int, groups: Groups) -> tuple[int, ...]:
    """The size of each group, the largest first; sizes differ by one person at most.

    No group is outside `min` to `max` where that can be. Of the ways that are left, the one counts in which the groups are nearest to the
    size that is wanted, person by person: 23 in fours are five fours and a three rather than three fives and two fours. Where two ways
    are as near, the smaller groups: there more people speak.
    """
    ways = [_divided(people, number) for number in range(people, 0, -1)]
    return min(
        ways, key=lambda sizes: (_outside(sizes, groups), sum(abs(size - groups.size) for size in sizes)), default=()
    )


def _divided(people: int, number: int) -> tuple[int, ...]:
    each, more = divmod(people, number)
    return (each + 1,) * more + (each,) * (number - more)


def _outside(sizes: tuple[int, ...], groups: Groups) -> int:
    """How many people the groups have too few or too many."""
    least, most = groups.min or groups.size, groups.max or groups.size
    return sum(max(least - size, size - most, 0) for size in sizes)
