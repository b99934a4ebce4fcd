"""Who has to sit together, and who apart: a first round of groups that keeps both, or the knowledge that there is none.

In: the sizes of a round's groups, the people to keep together and apart. Out: groups, and which people move as one. People are numbers
from 0. Every way is tried before the answer is no, within a budget; beyond it the answer is that it cannot be told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from generator.timing.dealing.chance import Chance

LOOKS = 300_000  # at a group, for each round, until it counts as undecided
WAYS = 256  # of splitting people whom no group is large enough for

Unit = tuple[int, ...]  # people who sit together, at least one


class Undecided(Exception):  # noqa: N818 - an answer, and no failure
    """The budget was spent before it was known whether a round can be dealt."""


@dataclass(frozen=True)
class Rules:
    """`together` are people who belong together, each in one of them at most; `apart[person]` are those whom one must not sit with."""

    together: tuple[Unit, ...]
    apart: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Placed:
    """A round that keeps the rules: `groups` in the order of the sizes, `units` of two or more people who sit together."""

    groups: tuple[tuple[int, ...], ...]
    units: tuple[Unit, ...]


def rules_of(people: int, together: Sequence[Sequence[int]], apart: Sequence[Sequence[int]]) -> Rules:
    """The wishes joined: whoever belongs with somebody belongs with all of that person's people."""
    joined: list[set[int]] = []
    for wish in together:
        met = set(wish)
        for other in [unit for unit in joined if unit & met]:
            met |= other
            joined.remove(other)
        joined.append(met)
    against: list[set[int]] = [set() for _ in range(people)]
    for wish in apart:
        for person in wish:
            against[person].update(other for other in wish if other != person)
    units = sorted(tuple(sorted(unit)) for unit in joined if len(unit) > 1)
    return Rules(tuple(units), tuple(frozenset(others) for others in against))


def place(sizes: Sequence[int], rules: Rules, number: int, chance: Chance) -> Placed | None:
    """Groups for round `number` (from 0) of these sizes, or None when the rules leave none.

    People who belong together are split only where no group is surely large enough, and then into as few parts as can be; who is parted
    from the others changes from round to round. Raises `Undecided`.
    """
    left = [LOOKS]
    options = [_splits(len(unit), max(sizes), min(sizes)) for unit in rules.together]
    whole = [unit for unit, ways in zip(rules.together, options, strict=True) if len(ways) == 1 and len(ways[0]) == 1]
    if len(whole) < len(options) and _packed(_in_need(whole, rules), sizes, rules, chance, left) is None:
        return None
    for units in _ways(rules.together, options, number):
        where = _packed(_in_need(units, rules), sizes, rules, chance, left)
        if where is not None:
            return Placed(
                _filled(where, sizes, len(rules.apart), chance), tuple(unit for unit in units if len(unit) > 1)
            )
    if len(whole) < len(options):
        # Somebody else might have been parted from the others.
        raise Undecided
    return None


def _ways(together: Sequence[Unit], options: Sequence[Sequence[tuple[int, ...]]], number: int) -> Iterator[list[Unit]]:
    """The units of a round, the fewest parts first; then the same with other people parted from theirs."""
    ways = sorted(islice(product(*options), WAYS), key=lambda way: sum(len(parts) for parts in way))
    for way in ways:
        split = [len(unit) for unit, parts in zip(together, way, strict=True) if len(parts) > 1]
        for turn in range(max(split, default=1)):
            yield [part for unit, parts in zip(together, way, strict=True) for part in _cut(unit, parts, number + turn)]


def _splits(people: int, largest: int, smallest: int) -> list[tuple[int, ...]]:
    """The sizes of parts that people may be split into, the fewest parts first. There is one way when they fit into every group."""
    if people <= smallest:
        return [(people,)]
    found = {}
    for number in range(people // largest, -1, -1):
        rest = people - number * largest
        parts = (largest,) * number + (smallest,) * (rest // smallest) + ((rest % smallest,) if rest % smallest else ())
        found[parts] = len(parts)
    return sorted(found, key=lambda parts: (found[parts], [-part for part in parts]))


def _cut(unit: Unit, sizes: Sequence[int], turn: int) -> Iterator[Unit]:
    """A unit in parts; in another turn other people are in the last one."""
    at = turn % len(unit) if len(sizes) > 1 else 0
    turned = unit[at:] + unit[:at]
    done = 0
    for size in sizes:
        yield tuple(sorted(turned[done : done + size]))
        done += size


def _in_need(units: Sequence[Unit], rules: Rules) -> list[Unit]:
    """The units, and the people, for whom it matters where they sit; the hardest to place first."""
    placed = {person for unit in units for person in unit}
    alone = [(person,) for person, others in enumerate(rules.apart) if others and person not in placed]
    return sorted((*units, *alone), key=lambda unit: (-len(unit), -sum(len(rules.apart[each]) for each in unit), unit))


def _packed(
    units: Sequence[Unit], sizes: Sequence[int], rules: Rules, chance: Chance, left: list[int]
) -> list[list[int]] | None:
    """The units in groups so that none is too full and nobody sits with whom they must not; None = there is no way.

    Depth first; of groups that are empty and of one size only the first is tried. `left` counts down over calls. Raises `Undecided`.
    """
    if any(
        sum(len(unit) >= size for unit in units) > sum(each // size for each in sizes) for size in {*map(len, units)}
    ):
        return None
    order = chance.shuffled(range(len(sizes)))
    groups: list[list[int]] = [[] for _ in sizes]
    trail = [_places(units[0], groups, sizes, order, rules, left)] if units else []
    chosen: list[int] = []
    while trail:
        at = next(trail[-1], None)
        if at is None:
            trail.pop()
            if chosen:
                last = chosen.pop()
                del groups[last][-len(units[len(chosen)]) :]
            continue
        groups[at] += units[len(chosen)]
        chosen.append(at)
        if len(chosen) == len(units):
            return groups
        trail.append(_places(units[len(chosen)], groups, sizes, order, rules, left))
    return None if units else groups


def _places(
    unit: Unit,
    groups: Sequence[Sequence[int]],
    sizes: Sequence[int],
    order: Sequence[int],
    rules: Rules,
    left: list[int],
) -> Iterator[int]:
    """The groups that a unit may join as they are now."""
    against = frozenset().union(*(rules.apart[person] for person in unit))
    empty = set()
    for at in order:
        left[0] -= 1
        if left[0] < 0:
            raise Undecided
        if not groups[at]:
            if sizes[at] in empty:
                continue
            empty.add(sizes[at])
        if len(groups[at]) + len(unit) <= sizes[at] and against.isdisjoint(groups[at]):
            yield at


def _filled(
    groups: Sequence[Sequence[int]], sizes: Sequence[int], people: int, chance: Chance
) -> tuple[tuple[int, ...], ...]:
    """The groups, filled up with everybody else by chance."""
    placed = {person for group in groups for person in group}
    others = iter(chance.shuffled(person for person in range(people) if person not in placed))
    return tuple((*group, *islice(others, size - len(group))) for group, size in zip(groups, sizes, strict=True))
