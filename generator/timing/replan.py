"""What gives how many minutes when a session runs late: for each next block, and each number of minutes.

In: a session on the clock, and the exercises of its kit. Out: plans. What may give way, and in which order, is decided by `late.py`; here
it is only counted how far down that list one has to go. Each plan is for the session as it was written, from its slot on; so whoever
plans again later looks up again, and nothing that was cut before has to be remembered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.content.model import Exercise
from generator.timing.late import Cut, cuts
from generator.timing.schedule import RunSheet

# Slots (from 0) in the order of the day, each with the minutes that it gives up.
Plan = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Plans:
    """All plans of a session: `plans` are all that differ; `rows[slot][minutes - 1]` is the place in it of the plan for whoever begins that
    slot so many minutes late. A row ends with what can be saved at all: later than that its last plan is the best there is."""

    plans: tuple[Plan, ...]
    rows: tuple[tuple[int, ...], ...]

    def find(self, slot: int, late: int) -> Plan:
        """The plan for whoever begins `slot` so many minutes late."""
        row = self.rows[slot]
        return self.plans[row[min(late, len(row)) - 1]] if row and late > 0 else ()


def plans(sheet: RunSheet, exercises: Mapping[str, Exercise]) -> Plans:
    """The plans for every slot, and every number of minutes up to what can be saved from there on."""
    ways = cuts(sheet, exercises)
    places: dict[Plan, int] = {}
    rows = []
    for slot in range(len(sheet.slots)):
        found = (_plan(sheet, ways, slot, late) for late in range(1, _most(sheet, ways, slot) + 1))
        rows.append(tuple(places.setdefault(plan, len(places)) for plan in found))
    return Plans(tuple(places), tuple(rows))


def _most(sheet: RunSheet, ways: Sequence[Cut], slot: int) -> int:
    """The minutes that can be saved from a slot to the end, waiting before fixed starts included."""
    waiting = sum(later.waiting for later in sheet.slots[slot + 1 :])
    return waiting + sum(cut.saves for cut in ways if cut.slot >= slot)


def _plan(sheet: RunSheet, ways: Sequence[Cut], slot: int, late: int) -> Plan:
    """What comes before a fixed start catches up before it, as far as it can; the minutes that are left are carried over it."""
    found: dict[int, int] = {}
    for first, last in _stretches(sheet, slot):
        need = max(0, late - (sheet.slots[last].waiting if last < len(sheet.slots) else 0))
        given = _given([cut for cut in ways if first <= cut.slot < last], need)
        found |= given
        late = max(0, need - sum(given.values()))
    return tuple(sorted(found.items()))


def _stretches(sheet: RunSheet, slot: int) -> Iterator[tuple[int, int]]:
    """From `slot` to the next fixed start, from there to the one after it, and so on to the end."""
    fixed = [at for at in range(slot + 1, len(sheet.slots)) if sheet.slots[at].block.start is not None]
    yield from zip([slot, *fixed], [*fixed, len(sheet.slots)], strict=True)


def _given(ways: Sequence[Cut], need: int) -> dict[int, int]:
    """The minutes that each slot gives so that `need` minutes are saved, or all there are: no more than needed, but of what is dropped."""
    given: dict[int, int] = {}
    for cut in ways:
        missing = need - sum(given.values())
        if missing <= 0:
            break
        given[cut.slot] = cut.saves if cut.how == "drop" else min(cut.saves, missing)
    # What a dropped block saves beyond the need goes back to the time kept free, the latest first.
    beyond = sum(given.values()) - need
    for cut in reversed([cut for cut in ways if cut.how == "use" and cut.slot in given]):
        back = min(max(0, beyond), given[cut.slot])
        given[cut.slot] -= back
        beyond -= back
    return {slot: minutes for slot, minutes in given.items() if minutes}
