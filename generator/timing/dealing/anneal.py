"""The search for groups in which people meet new people: simulated annealing over swaps.

In: a first round of groups for each round, and whom a meeting does not count between. Out: the same rounds, with people swapped so that
fewer meetings are repeated. All is counted in whole numbers, so that every system finds the same.

Method: Metropolis' rule with a temperature that falls, several times over (Kirkpatrick, Gelatt and Vecchi, Optimization by simulated
annealing, Science 1983). As in Dotú and Van Hentenryck, Scheduling social golfers locally (CPAIOR 2005), a step swaps two people of two
groups in one round, and only where somebody of those two meets anybody again.
"""

from collections.abc import Sequence
from itertools import pairwise

from generator.timing.dealing.chance import Chance
from generator.timing.dealing.rules import Placed, Rules

REPEAT = 1 << 32  # what a repeated meeting costs; what comes below it only decides between equals
# How likely one more repeated meeting is accepted, in thousandths, from hot to cold; and how often that is gone through.
HEAT = (100, 70, 50, 35, 25, 18, 12, 8, 5)
CYCLES = 4
MANY = 12  # repeated meetings; so many more are never accepted
ODDS = 1 << 20


def price(met: int) -> int:
    """What a pair costs that meets so often: its repeated meetings, and then rather two pairs three times than one pair four times."""
    return (met - 1) * REPEAT + (met - 1) * (met - 2) // 2 if met > 1 else 0


class Search:
    """Rounds that are changed in place. `met[one][other]` says how often two people meet.

    Pairs that are kept together count from `free` on, where all costs nothing, and pairs that are kept apart from twice that, where a
    meeting costs more than anything can be worth; so that a swap needs no other rule.
    """

    def __init__(self, rounds: Sequence[Placed], rules: Rules) -> None:
        people = len(rules.apart)
        self.groups = [[list(group) for group in placed.groups] for placed in rounds]
        self.where = [[0] * people for _ in rounds]
        self.units: list[dict[int, tuple[int, ...]]] = [
            {person: unit for unit in placed.units for person in unit} for placed in rounds
        ]
        self.free = len(rounds) + 2
        self.met = [[0] * people for _ in range(people)]
        self._forget(rules)
        self._count()
        self.add, self.take = self._tables()
        self.cost = sum(self._price(self.met[one][other]) for one in range(people) for other in range(one))

    def _forget(self, rules: Rules) -> None:
        for unit in rules.together:
            for one in unit:
                for other in unit:
                    self.met[one][other] = self.free
        for one, others in enumerate(rules.apart):
            for other in others:
                self.met[one][other] = 2 * self.free

    def _count(self) -> None:
        for number, groups in enumerate(self.groups):
            for at, group in enumerate(groups):
                for one in group:
                    self.where[number][one] = at
                    row = self.met[one]
                    for other in group:
                        row[other] += 1
        for one, row in enumerate(self.met):
            row[one] = 0

    def _price(self, met: int) -> int:
        if met < self.free:
            return price(met)
        return max(0, met - 2 * self.free) * REPEAT * REPEAT

    def _tables(self) -> tuple[list[int], list[int]]:
        """What one meeting more costs, and what one less saves, by how often two people meet."""
        prices = [self._price(met) for met in range(3 * self.free + 1)]
        edges = (0, self.free, 2 * self.free)  # nobody meets less often than never
        add = [after - before for before, after in pairwise(prices)]
        return add, [0 if met in edges else prices[met] - prices[met - 1] for met in range(len(add))]

    def change(self, number: int, one: int, other: int) -> int:
        """What it costs (below 0: saves) to swap two people of different groups in a round."""
        groups, where, add, take = self.groups[number], self.where[number], self.add, self.take
        ones, others = self.met[one], self.met[other]
        cost = -2 * add[ones[other]]
        for person in groups[where[one]]:
            cost += add[others[person]] - take[ones[person]]
        for person in groups[where[other]]:
            cost += add[ones[person]] - take[others[person]]
        return cost

    def swap(self, number: int, one: int, other: int) -> None:
        """Swap two people of different groups in a round."""
        groups, where, met = self.groups[number], self.where[number], self.met
        for person, instead in ((one, other), (other, one)):
            group = groups[where[person]]
            row, new = met[person], met[instead]
            group[group.index(person)] = instead
            for mate in group:
                if mate != instead:
                    row[mate] -= 1
                    met[mate][person] -= 1
                    new[mate] += 1
                    met[mate][instead] += 1
        where[one], where[other] = where[other], where[one]

    def run(self, chance: Chance, budget: int, least: int) -> list[list[list[int]]]:
        """The best rounds found until `budget` pairs of people have been looked at, or until nothing costs more than `least`."""
        best, found = self.cost, self._copied()
        live = [number for number, groups in enumerate(self.groups) if len(groups) > 1]
        odds = [[ODDS * heat**more // 1000**more for more in range(MANY)] for heat in HEAT]
        people, left = len(self.met), budget
        while live and left > 0 and best > least:
            drawn = chance.draw()
            number = live[(drawn & 0xFFFF) % len(live)]
            one, other = (drawn >> 16 & 0x3FFF) % people, (drawn >> 30 & 0x3FFF) % people
            groups, where = self.groups[number], self.where[number]
            left -= len(groups[where[one]]) + len(groups[where[other]])
            if where[one] == where[other] or not self._in_need(number, one, other):
                continue
            stage = (budget - left) * CYCLES * len(HEAT) // budget % len(HEAT)
            self._try(number, one, other, odds[stage], drawn >> 44)
            if self.cost < best:
                best, found = self.cost, self._copied()
        return found

    def _in_need(self, number: int, one: int, other: int) -> bool:
        """Whether one of two people meets somebody in this round whom they also meet in another."""
        groups, where, take = self.groups[number], self.where[number], self.take
        for person in (one, other):
            row = self.met[person]
            for mate in groups[where[person]]:
                if take[row[mate]]:
                    return True
        return False

    def _try(self, number: int, one: int, other: int, odds: Sequence[int], luck: int) -> None:
        """Swap two people, with all who belong to them, when it costs nothing, or when chance will have it. `luck` is below `ODDS`."""
        units = self.units[number]
        if one not in units and other not in units:
            cost = self.change(number, one, other)
            if _accepted(cost, odds, luck):
                self.swap(number, one, other)
                self.cost += cost
            return
        pairs = self._exchange(number, one, other) if one in units else self._exchange(number, other, one)
        cost = 0
        for pair in pairs:
            cost += self.change(number, *pair)
            self.swap(number, *pair)
        if _accepted(cost, odds, luck):
            self.cost += cost
            return
        for pair in reversed(pairs):
            self.swap(number, *pair)

    def _exchange(self, number: int, one: int, other: int) -> list[tuple[int, int]]:
        """Who changes places with whom when the unit of `one` moves: a unit of the same size, or people who belong to none."""
        units = self.units[number]
        unit = units[one]
        against = units.get(other, ())
        if len(against) != len(unit):
            group = self.groups[number][self.where[number][other]]
            at = group.index(other)
            against = tuple(person for person in group[at:] + group[:at] if person not in units)[: len(unit)]
        return list(zip(unit, against, strict=True)) if len(against) == len(unit) else []

    def _copied(self) -> list[list[list[int]]]:
        return [[list(group) for group in groups] for groups in self.groups]


def _accepted(cost: int, odds: Sequence[int], luck: int) -> bool:
    more = (cost + REPEAT // 2) // REPEAT
    return cost <= 0 or (more < len(odds) and luck < odds[more])
