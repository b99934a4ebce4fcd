"""The best plans of an agenda for every time at which it may end.

In: lines with their choices and prices (`choices.py`). Out: for each clock time at which the session can be over, the least price.

Dynamic programming over the agenda, line by line (R. Bellman, Dynamic Programming, 1957). A state is all that later lines have to know of
earlier ones: the clock, how long people have gone without a break as long as that may matter, whether a break was left out meanwhile, and
of which guarded phases a block has stayed. Of all plans that lead to a state only the best is kept, and a state goes when another is at
least as good in everything. The time taken grows with the lines, the minutes and the choices of a line, not with the number of plans.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from generator.timing.fitting.choices import GONE, Line, Prices
from generator.timing.rhythm import NO_BREAK

FRESH = -1  # minutes without a break: nothing has begun since the last one
TOO_LONG = NO_BREAK + 1  # minutes without a break: so many or more

# The clock, in minutes after midnight; the minutes since the last break, from FRESH to TOO_LONG; whether a break that stood in this stretch
# is gone, so that it may not get TOO_LONG; the guarded phases of which a block has stayed.
State = tuple[int, int, bool, frozenset[str]]
Layer = dict[State, int]


class Blocked(Exception):  # noqa: N818  it says what is the case; it is no fault of the kit's
    """Line number `at` has a fixed start that is over, at the earliest, by the `clock` at which one gets there."""

    def __init__(self, at: int, clock: int) -> None:
        super().__init__(at, clock)
        self.at, self.clock = at, clock


@lru_cache(maxsize=256)
def search(lines: tuple[Line, ...], start: int, limit: int | None = None) -> Mapping[int, int]:
    """The least price for each clock time at which the session can end, from `start` to `limit` (None = whenever). Times are left out for
    which there is a better plan that ends earlier. Searched once for equal lines: `serve` makes the same pages again and again.

    Empty when it cannot end by `limit`. Raises Blocked when a fixed start cannot be met, whatever the limit.
    """
    layer: Layer = {(start, FRESH, False, frozenset()): 0}
    prices, bounds = Prices(lines), _latest(lines, limit)
    for at, line in enumerate(lines):
        later = lines[at + 1 :]
        priced = [(minutes, prices.of(at, minutes)) for minutes in line.choices]
        found = _settled(_step(layer, line, priced, bounds[at], _break_may_go(later)), line)
        if not found and limit is None:
            raise Blocked(at, min(clock for clock, *_ in layer if clock > (line.fixed or 0)))
        layer = _thinned(found, any(other.fixed is not None for other in later))
    return MappingProxyType(_ends(layer))


def _ends(layer: Layer) -> dict[int, int]:
    """The least price for each clock time."""
    found: dict[int, int] = {}
    for (clock, *_), price in layer.items():
        found[clock] = min(price, found.get(clock, price))
    return dict(sorted(found.items()))


def _latest(lines: Sequence[Line], limit: int | None) -> list[int]:
    """When each line has to be over so that what must follow can end by the limit."""
    found = []
    latest = 1 << 30 if limit is None else limit
    for line in reversed(lines):
        found.append(latest)
        latest -= min(each for each in line.choices if each != GONE) if line.stays else 0
    return found[::-1]


def _break_may_go(later: Sequence[Line]) -> bool:
    """Whether the next break may go, so that the minutes before it matter."""
    return next((not line.stays for line in later if line.kind == "break"), False)


def _step(layer: Layer, line: Line, priced: Sequence[tuple[int, int]], latest: int, watch: bool) -> Layer:
    """The states after a line. Minutes without a break are forgotten where nothing asks for them any more."""
    found: Layer = {}
    fixed, rest = line.fixed, line.kind == "break"
    for (clock, since, left_out, held), price in layer.items():
        wait = 0 if fixed is None else fixed - clock
        if wait < 0:
            continue
        so_far = 0 if since == FRESH else since + wait
        holding = held | {line.guards} if line.guards else held
        for minutes, cost in priced:
            new: State
            if minutes == GONE:
                new = (clock, since, left_out or rest, held)
            elif rest:
                if left_out and max(since, 0) + wait > NO_BREAK:
                    continue
                new = (clock + wait + minutes, FRESH, False, holding)
            else:
                new = (clock + wait + minutes, min(so_far + minutes, TOO_LONG), left_out, holding)
            if new[0] > latest or (new[2] and new[1] == TOO_LONG):
                continue
            if not watch and not new[2]:
                new = (new[0], FRESH, False, new[3])
            total = price + cost
            before = found.get(new)
            if before is None or total < before:
                found[new] = total
    return found


def _settled(layer: Layer, line: Line) -> Layer:
    """Without the states in which no block of a phase has stayed of which no more blocks follow; the others forget that phase."""
    if not line.settles:
        return layer
    phase = {line.settles}
    found: Layer = {}
    for (clock, since, left_out, held), price in layer.items():
        if phase <= held:
            new = (clock, since, left_out, held - phase)
            found[new] = min(price, found.get(new, price))
    return found


def _thinned(layer: Layer, fixed_ahead: bool) -> Layer:
    """Without states than which another is at least as good: no dearer, no later, no more minutes without a break, and no break left out
    unless here too. Before a fixed start only states of the same clock are compared, since whoever is early waits for it."""
    found: Layer = {}
    dearer = max(layer.values(), default=0) + 1
    least: dict[
        tuple[object, ...], list[int]
    ] = {}  # by minutes without a break from FRESH up: the least price with no more of them
    for state in sorted(layer, key=lambda state: state[:3]):
        clock, since, left_out, held = state
        place, price = (held, clock if fixed_ahead else None), layer[state]
        free = least.setdefault((*place, False), [dearer] * (TOO_LONG + 2))
        own = least.setdefault((*place, True), [dearer] * (TOO_LONG + 2)) if left_out else free
        if min(free[since + 1], own[since + 1]) > price:
            found[state] = price
            _lower(own, since + 1, price)
    return found


def _lower(least: list[int], first: int, price: int) -> None:
    """Note a price for this place and those after it."""
    for at in range(first, len(least)):
        if least[at] <= price:
            break
        least[at] = price
