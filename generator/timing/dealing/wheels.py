"""Perfect plans for rounds that are all alike: one round is known, and turned for the others.

In: how many people there are, and the sizes of the groups of each round. Out: rounds in which nobody meets twice, or None when there
is none of these kinds, or none was found within the budget. That all may sit with all is taken for granted.

Methods: *lines*, for a prime number of groups: people stand in rows of that length, and from round to round row i turns by i places;
then each column is a group. Two who share a column twice would make a product of smaller numbers a multiple of the prime (the affine
plane; Bose, On the application of the properties of Galois fields to the problem of construction of
hyper-Graeco-Latin squares, 1938).

*Wheels*: people sit on wheels of equal length, and a few on hubs; from round to round every wheel turns by one place. Nobody meets twice
when no two pairs of the first round are turns of each other. (For pairs this is how tournaments are drawn up; for threes see
Anderson, Combinatorial Designs and Tournaments, 1997.) A first round of that kind is looked for depth first.
"""

from collections.abc import Sequence

from generator.timing.dealing.chance import Chance

LOOKS = 10_000  # at a pair, in one attempt; the next begins elsewhere
MOST = 200  # places; more people hardly meet twice anyway
Turn = tuple[int, int, int]


def wheels(people: int, rounds: Sequence[Sequence[int]], chance: Chance, budget: int) -> list[list[list[int]]] | None:
    """Rounds of groups in which no pair meets twice. Groups may lack one person each.

    `budget` bounds the work, in pairs of places that are looked at.
    """
    if len(rounds) < 2 or any(sorted(sizes) != sorted(rounds[0]) for sizes in rounds):
        return None
    if found := _lines(people, rounds, chance):
        return found
    number, size = len(rounds[0]), max(rounds[0])
    places = number * size
    if places > MOST or min(rounds[0]) < size - 1 or len(rounds) * (size - 1) > places - 1:
        return None
    lengths = [length for length in range(len(rounds), places) if places - people <= places % length <= number]
    while lengths and budget > 0:
        for length in tuple(lengths):
            wheel = _Wheel(places, length, size)
            if first := wheel.find(chance):
                return _turned(first, wheel, people, len(rounds), chance)
            budget -= LOOKS - wheel.left
            if wheel.left >= 0:
                lengths.remove(length)  # every way was tried
    return None


def _lines(people: int, rounds: Sequence[Sequence[int]], chance: Chance) -> list[list[list[int]]] | None:
    """Rows that turn by their number; where all rows are full and there are as many as columns, the rows are one round more."""
    width, size = len(rounds[0]), max(rounds[0])
    if size > width or any(width % divisor == 0 for divisor in range(2, width)):
        return None
    square = people == size * width and size == width
    if len(rounds) > width + square:
        return None
    who = chance.shuffled(range(people))
    found: list[list[list[int]]] = []
    for turn in range(min(len(rounds), width)):
        groups: list[list[int]] = [[] for _ in range(width)]
        for place, person in enumerate(who):
            groups[(place + turn * (place // width)) % width].append(person)
        found.append(groups)
    if len(rounds) > width:
        found.append([who[row * width : (row + 1) * width] for row in range(width)])
    return found


class _Wheel:
    """Places 0 to `rim` - 1 are on wheels of `length`, one after the other; those from `rim` on are hubs."""

    def __init__(self, places: int, length: int, size: int) -> None:
        self.places, self.length, self.size, self.left = places, length, size, LOOKS
        self.rim = places - places % length
        self.used: set[Turn] = set()

    def turn(self, place: int, by: int) -> int:
        """Where a place comes to when the wheels turn."""
        if place >= self.rim:
            return place
        return place - place % self.length + (place + by) % self.length

    def kind(self, one: int, other: int) -> Turn | None:
        """What is equal for two pairs that are turns of each other; None for a pair that comes again before the wheel is round."""
        first, second = min(one, other), max(one, other)
        if first >= self.rim:
            return None
        if second >= self.rim:
            return first // self.length, -1, second
        by = (second - first) % self.length
        if first // self.length == second // self.length:
            by = min(by, self.length - by)
            if 2 * by == self.length:
                return None
        return first // self.length, second // self.length, by

    def find(self, chance: Chance) -> list[list[int]] | None:
        """A first round."""
        order = [*range(self.rim, self.places), *chance.shuffled(range(self.rim))]
        groups: list[list[int]] = [[order[0]]]
        return groups if self._fill(groups, order[1:]) else None

    def _fill(self, groups: list[list[int]], free: list[int], begin: int = 0) -> bool:
        """Go on with the last group, with those that are free from `begin` on, and then with new ones."""
        if len(groups[-1]) == self.size:
            if not free:
                return True
            groups.append([free[0]])
            if self._fill(groups, free[1:]):
                return True
            groups.pop()
            return False
        for at in range(begin, len(free)):
            if self.left < 0:
                return False
            new = self._new(groups[-1], free[at])
            if new is None:
                continue
            self.used |= new
            groups[-1].append(free[at])
            if self._fill(groups, free[:at] + free[at + 1 :], at):
                return True
            groups[-1].pop()
            self.used -= new
        return False

    def _new(self, group: Sequence[int], place: int) -> set[Turn] | None:
        """The kinds of pair that a place makes with a group; None when one of them is there already."""
        found: set[Turn] = set()
        for other in group:
            self.left -= 1
            kind = self.kind(other, place)
            if kind is None or kind in self.used or kind in found:
                return None
            found.add(kind)
        return found


def _turned(
    first: Sequence[Sequence[int]], wheel: _Wheel, people: int, rounds: int, chance: Chance
) -> list[list[list[int]]]:
    """Every round, with people on the places by chance; the last hubs stay empty where there are fewer people."""
    who = dict(zip(range(people), chance.shuffled(range(people)), strict=True))
    return [
        [[who[at] for place in group if (at := wheel.turn(place, by)) in who] for group in first]
        for by in range(rounds)
    ]
