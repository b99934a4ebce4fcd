"""People dealt over groups, round after round, so that they meet new people.

In: how many people there are, the sizes of the groups of each round, who is kept together or apart, a seed. Out: who sits with whom, and
how many meetings are repeated. People are numbers from 0; what they are called, and what a round is for, is not known here.

It is the social golfer problem, with groups of any sizes. What is least, in this order: the meetings beyond the first of each pair, added
up; then how often one pair meets. The way, in `dealing/`: `rules.py` places the people who are kept together or apart, `wheels.py` knows
perfect plans where all groups are of one size, `anneal.py` searches. `docs/groups.md` explains it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from generator.timing.dealing.anneal import REPEAT, Search, price
from generator.timing.dealing.chance import Chance
from generator.timing.dealing.rules import Placed, Rules, Undecided, place, rules_of
from generator.timing.dealing.wheels import wheels

BUDGET = 2_000_000  # pairs of people that are looked at; about a second
Sizes = Sequence[int]
Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Parted:
    """People who belong together, and in round `round` (from 0) are not all in one group, since none is large enough for them."""

    round: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class Dealt:
    """`rounds[round]` are its groups, the larger ones first, each with the numbers of its people, in order.

    `repeats` are the meetings beyond the first of each pair, added up; `pairs` so many pairs meet more than once, and `most` is how often
    one pair meets. Meetings of people who are kept together do not count in these. `met` is how many others each person meets.
    `fewest` says that no other way could have fewer repeats; it is not claimed
    where people are `parted`, who might be so in another way.
    """

    rounds: tuple[Groups, ...]
    repeats: int
    pairs: int
    most: int
    met: tuple[int, ...]
    fewest: bool
    parted: tuple[Parted, ...] = ()


class CannotDeal(Exception):  # noqa: N818 - it says what is so, not that the program failed
    """The wishes cannot be kept. `why` says what of them, about `people`, in round `round` (from 0) where it is about one.

    `both`: two people are to be together and apart. `together`: they are more than the largest group of all, of `most` people.
    `apart`: they are more than the groups of that round, which are `most`. `round`: no way of dealing that round keeps all wishes.
    `unknown`: a way was not found within the budget, though there may be one.
    """

    def __init__(
        self,
        why: Literal["both", "together", "apart", "round", "unknown"],
        people: Sequence[int] = (),
        round: int | None = None,
        most: int | None = None,
    ) -> None:
        super().__init__(why)
        self.why = why
        self.people = tuple(people)
        self.round = round
        self.most = most


def deal(
    people: int,
    rounds: Sequence[Sizes],
    apart: Sequence[Sequence[int]] = (),
    together: Sequence[Sequence[int]] = (),
    seed: int = 1,
    budget: int = BUDGET,
) -> Dealt:
    """Deal people over the groups of each round; `rounds` has the sizes of each, which add up to `people`.

    Each of `apart` and `together` is people of whom no two, or all, sit in one group. Where no group of a round is large enough for people
    who belong together, as few as can be are parted from them. The same arguments give the same groups on every system. `budget` bounds
    the work: pairs of people that the search looks at. Raises `CannotDeal`; `ValueError` for sizes and numbers that make no sense.
    """
    if any(sum(sizes) != people or min(sizes, default=1) < 1 for sizes in rounds):
        raise ValueError("the sizes of each round have to add up to the people")
    if not all(0 <= person < people for wish in (*apart, *together) for person in wish):
        raise ValueError("people are numbers from 0")
    rules = rules_of(people, together, apart)
    _refuse(rules, apart, rounds)
    chance = Chance(seed)
    if not any(rules.apart) and not rules.together and (known := wheels(people, rounds, chance, budget // 5)):
        return _dealt(known, rules)
    placed = [_placed(sizes, rules, number, chance) for number, sizes in enumerate(rounds)]
    search = Search(placed, rules)
    return _dealt(search.run(chance, budget, _least([each.groups for each in placed], rules)), rules)


def _refuse(rules: Rules, apart: Sequence[Sequence[int]], rounds: Sequence[Sizes]) -> None:
    """Raise `CannotDeal` for what can be seen without looking for a way."""
    for unit in rules.together:
        for one, other in combinations(unit, 2):
            if other in rules.apart[one]:
                raise CannotDeal("both", (one, other))
    largest = max((max(sizes) for sizes in rounds if sizes), default=0)
    for unit in rules.together:
        if rounds and len(unit) > largest:
            raise CannotDeal("together", unit, most=largest)
    for wish in apart:
        for number, sizes in enumerate(rounds):
            if len(set(wish)) > len(sizes):
                raise CannotDeal("apart", sorted(set(wish)), number, len(sizes))


def _placed(sizes: Sizes, rules: Rules, number: int, chance: Chance) -> Placed:
    try:
        found = place(sizes, rules, number, chance)
    except Undecided:
        raise CannotDeal("unknown", round=number) from None
    if found is None:
        raise CannotDeal("round", round=number)
    return found


def _least(rounds: Sequence[Sequence[Sequence[int]]], rules: Rules) -> int:
    """What all rounds cost if meetings were spread over all pairs evenly: nothing can cost less."""
    met = _meetings(rounds, rules)
    people = len(rules.apart)
    kept = sum(len(unit) * (len(unit) - 1) // 2 for unit in rules.together)
    pairs = people * (people - 1) // 2 - kept - sum(map(len, rules.apart)) // 2
    each, more = divmod(sum(met.values()), max(1, pairs))
    return more * price(each + 1) + (pairs - more) * price(each)


def _meetings(rounds: Sequence[Sequence[Sequence[int]]], rules: Rules) -> dict[tuple[int, int], int]:
    """How often each pair meets that does, without those who are kept together."""
    unit_of = {person: unit for unit in rules.together for person in unit}
    met: dict[tuple[int, int], int] = {}
    for groups in rounds:
        for group in groups:
            for one, other in combinations(sorted(group), 2):
                if other not in unit_of.get(one, ()):
                    met[one, other] = met.get((one, other), 0) + 1
    return met


def _dealt(rounds: Sequence[Sequence[Sequence[int]]], rules: Rules) -> Dealt:
    met = _meetings(rounds, rules)
    repeats = sum(met.values()) - len(met)
    others: list[set[int]] = [set() for _ in rules.apart]
    parted = tuple(_parted(rounds, rules))
    for groups in rounds:
        for group in groups:
            for person in group:
                others[person].update(group)
    return Dealt(
        rounds=tuple(_sorted(groups) for groups in rounds),
        repeats=repeats,
        pairs=sum(times > 1 for times in met.values()),
        most=max(met.values(), default=0),
        met=tuple(max(0, len(each) - 1) for each in others),
        fewest=not parted and repeats <= _least(rounds, rules) // REPEAT,
        parted=parted,
    )


def _sorted(groups: Sequence[Sequence[int]]) -> Groups:
    """The groups, the larger ones first, and people in order."""
    return tuple(sorted((tuple(sorted(group)) for group in groups), key=lambda group: (-len(group), group)))


def _parted(rounds: Sequence[Sequence[Sequence[int]]], rules: Rules) -> list[Parted]:
    return [
        Parted(number, unit)
        for number, groups in enumerate(rounds)
        for unit in rules.together
        if not any(set(unit) <= set(group) for group in groups)
    ]
