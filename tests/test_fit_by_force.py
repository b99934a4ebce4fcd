"""The search of `fit` against plain enumeration: every plan of small agendas is made, judged by rules written down here once more, and the
best is compared with what the search finds. Nothing but the model and the clock is shared with the code under test; docs/fit.md is the
specification of both."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import lcm, prod
from typing import Any

import pytest

from generator.content.model import ExerciseBlock, Session
from generator.timing.fit import TooShort, fit, fit_all, shortest
from generator.timing.rhythm import between_breaks
from generator.timing.schedule import run_sheet
from tests.test_schedule import exercise, session

AGENDAS = 1000
LARGE, LARGEST = 200_000, 300_000  # plans
EXERCISES = {"round": exercise((3, 8, 12), (0, 4, 4), debrief=(2, 5)), "walk": exercise((20, 30, 40))}
BEGIN = 540
OUT = -1
Plan = tuple[int, ...]


# Agendas by chance


class Dice:
    """Numbers that look like chance and are the same everywhere (SplitMix64, Steele and others 2014)."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def upto(self, most: int) -> int:
        """A whole number from 0 to `most`."""
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        mixed = (self.state ^ self.state >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % 2**64
        return (mixed ^ mixed >> 31) % (most + 1)

    def one(self, values: Sequence[Any]) -> Any:
        return values[self.upto(len(values) - 1)]


def thrown(dice: Dice, number: int) -> Session:
    """An agenda of so many blocks; long blocks in some, so that breaks matter."""
    sizes = dice.one(([2, 4, 6, 9, 10, 14], [10, 20, 25, 30], [25, 40, 45, 60], [5, 8, 30, 45]))
    phases = sorted((dice.upto(4) for _ in range(number)), key=int)
    clock, agenda = BEGIN, []
    for at in range(number):
        block = thrown_block(dice, sizes)
        if dice.upto(2):
            block["phase"] = ["open", "explore", "deepen", "commit", "close"][phases[at]]
        block["keep"] = dice.one(("must", "should", "should", "could", "could"))
        if not dice.upto(3 if "break" in block else 9):
            block["start"] = "{}:{:02}".format(*divmod(max(0, clock + dice.one((-25, -10, -4, 0, 5, 30, 60))), 60))
        clock += block.get("minutes", 17)
        agenda.append(block)
    return session(*agenda)


def thrown_block(dice: Dice, sizes: Sequence[int]) -> dict[str, Any]:
    kind = dice.upto(9)
    minutes = dice.one(sizes)
    if kind == 0:
        return {"exercise": "round"} if dice.upto(1) else {"exercise": "walk", "minutes": dice.one((25, 30))}
    if kind in (1, 2):
        minutes = dice.one((5, 10, 15, 30))
        most = {"most": minutes + dice.one((0, 5))}
        return {"break": "coffee", "minutes": minutes, "least": max(1, minutes - dice.one((0, 3, 5))), **most}
    if kind in (3, 4):
        return {"slack": "Air", "minutes": dice.one((2, 4, 7))} | dice.one(({}, {"least": 0}, {"least": 2}))
    least = max(0, minutes - dice.one((0, 1, 2, 4, 6, 12)))
    return {"activity": "Talk", "minutes": minutes, "least": least, "most": minutes + dice.one((0, 0, 3, 6))}


# The rules, once more


def bounds(block: Any) -> tuple[int, int, int]:
    """least, minutes, most."""
    if isinstance(block, ExerciseBlock):
        return {"round": (5, 17, 21), "walk": (20, block.minutes or 30, 40)}[block.exercise]
    least = block.least
    if block.type == "slack":
        least = block.least if "least" in block.model_fields_set else 0
        least = max(least, 1) if block.start is not None else least
    return least, block.minutes, block.most


def between(low: int, high: int) -> set[int]:
    inside = set(range(low + 1, high))
    return {each for each in inside if each % 5 == 0} or inside


def options(block: Any) -> list[int]:
    least, minutes, _ = bounds(block)
    if block.type == "slack":
        return [each if each else OUT for each in range(least, minutes + 1)]
    least = max(least, 1)
    stays = block.start is not None or (block.type != "break" and block.keep == "must")
    return sorted({least, minutes} | between(least, minutes)) + ([] if stays else [OUT])


def phases_of(agenda: Sequence[Any]) -> list[str | None]:
    """The phase of each working block."""
    found, phase = [], None
    for block in agenda:
        working = block.type not in ("break", "slack")
        phase = (block.phase or phase) if working else phase
        found.append(phase if working else None)
    return found


class Judge:
    """Judges finished plans of one agenda."""

    def __init__(self, agenda: Sequence[Any], start: int) -> None:
        self.agenda, self.start = agenda, start
        self.options = [options(block) for block in agenda]
        self.phases = phases_of(agenda)
        rooms = [minutes - least for least, minutes, _ in map(bounds, agenda) if minutes > least]
        self.whole = lcm(*(room * room for room in rooms))
        self.costs = [{m: self._cost(block, m) for m in own} for block, own in zip(agenda, self.options, strict=True)]

    def _cost(self, block: Any, chosen: int) -> tuple[int, int, int]:
        least, minutes, _ = bounds(block)
        if chosen == OUT:
            working = block.type not in ("break", "slack")
            should, could = (working and block.keep == keep for keep in ("should", "could"))
            return minutes * should, minutes * could, self.whole
        cut = (minutes - chosen) ** 2 * self.whole // (minutes - least) ** 2 if minutes > least else 0
        return 0, 0, cut

    def end(self, plan: Plan) -> int | None:
        """When a plan ends; None when it breaks a rule."""
        clock, begun, out = self.start, None, False
        for block, chosen in zip(self.agenda, plan, strict=True):
            if chosen == OUT:
                out = out or block.type == "break"
                continue
            before = clock
            if block.start is not None:
                if clock > block.start:
                    return None
                clock = block.start
            if block.type == "break":
                if out and clock - (before if begun is None else begun) > 100:
                    return None
                begun, out = None, False
            elif begun is None:
                begun = clock
            clock += chosen
        if out and begun is not None and clock - begun > 100:
            return None
        kept = {phase for phase, chosen in zip(self.phases, plan, strict=True) if chosen != OUT}
        if any(phase in self.phases and phase not in kept for phase in ("open", "close")):
            return None
        working = [block.type not in ("break", "slack") for block in self.agenda]
        stays = [chosen != OUT and (work or not any(working)) for work, chosen in zip(working, plan, strict=True)]
        return clock if any(stays) else None

    def cost(self, plan: Plan) -> tuple[int, int, int]:
        parts = [costs[chosen] for costs, chosen in zip(self.costs, plan, strict=True)]
        return sum(part[0] for part in parts), sum(part[1] for part in parts), sum(part[2] for part in parts)

    def best(self) -> dict[int, Plan]:
        """The best plan for each end, of all that there are; earlier blocks keep more where two cost the same."""
        found: dict[int, tuple[tuple[int, int, int], Plan]] = {}
        for plan in product(*self.options):
            end = self.end(plan)
            if end is not None:
                key = (self.cost(plan), tuple(-max(each, 0) for each in plan))
                if end not in found or key < found[end]:
                    found[end] = key
        return {end: tuple(-each or OUT for each in plan) for end, (_, plan) in found.items()}


# What is left over, once more


def view(whole: Session, plan: Plan, start: int) -> Session:
    agenda = [
        block.model_copy(update={"minutes": chosen})
        for block, chosen in zip(whole.agenda, plan, strict=True)
        if chosen != OUT
    ]
    return whole.model_copy(update={"agenda": tuple(agenda), "start": start})


def spans(whole: Session, plan: Plan, start: int) -> list[int]:
    return [stretch.span for stretch in between_breaks(run_sheet(view(whole, plan, start), EXERCISES))]


def spread(whole: Session, plan: Plan, start: int, end: int) -> Plan:
    """The plan after growing and filling up the time kept free."""
    judge = Judge(whole.agenda, start)
    first = max((at for at, block in enumerate(whole.agenda) if block.start is not None), default=-1)
    sizes = [bounds(block) for block in whole.agenda]
    now = judge.end(plan)
    assert now is not None
    if now < end and all(plan[at] == sizes[at][1] for at in range(max(first, 0), len(plan))):
        plan = best_grown(whole, plan, start, end - now, max(first, 0))
    for at in reversed(range(first + 1, len(plan))):
        if whole.agenda[at].type == "slack" and plan[at] != OUT:
            now = judge.end(plan)
            for more in range(end - (now or 0), 0, -1):
                longer = (*plan[:at], plan[at] + more, *plan[at + 1 :])
                if judge.end(longer) is not None:
                    plan = longer
                    break
    return plan


def best_grown(whole: Session, plan: Plan, start: int, spare: int, first: int) -> Plan:
    allowed = [max(100, span) for span in spans(whole, plan, start)]
    ways: list[Sequence[int]] = []
    for at, block in enumerate(whole.agenda):
        _, minutes, most = bounds(block)
        fixed = at < first or block.type == "slack"
        ways.append([plan[at]] if fixed else sorted({minutes, most} | between(minutes, most)))
    rooms = [most - minutes for _, minutes, most in map(bounds, whole.agenda)]
    part = lcm(*(room**2 for room in rooms if room))
    found = []
    for each in product(*ways):
        more = [chosen - was for chosen, was in zip(each, plan, strict=True)]
        if sum(more) <= spare:
            squares = sum(part * one**2 // room**2 for one, room in zip(more, rooms, strict=True) if one)
            found.append((-sum(more), squares, tuple(-chosen for chosen in each)))
    for _, _, turned in sorted(found):
        chosen = tuple(-each if each else OUT for each in turned) if 0 in turned else tuple(-each for each in turned)
        chosen = tuple(plan[at] if plan[at] == OUT else chosen[at] for at in range(len(plan)))
        if all(span <= most for span, most in zip(spans(whole, chosen, start), allowed, strict=True)):
            return chosen
    raise AssertionError("the plan itself is one of them")


# The comparison


def compared(whole: Session, start: int) -> int:
    """Compare all lengths of an agenda; how many there were."""
    judge = Judge(whole.agenda, start)
    best = judge.best()
    if not best:
        with pytest.raises(TooShort) as caught:
            shortest(whole, EXERCISES, start)
        assert caught.value.block is not None
        assert caught.value.block.start is not None
        assert caught.value.block.start < start + caught.value.shortest
        return 0
    least = min(best) - start
    assert shortest(whole, EXERCISES, start) == least
    if least > 0:
        with pytest.raises(TooShort) as caught:
            fit(whole, EXERCISES, least - 1, start)
        assert (caught.value.shortest, caught.value.block) == (least, None)
    lengths = [*range(max(1, least), max(best) - start + 1), *(max(best) - start + more for more in (2, 4, 5, 13, 40))]
    found = fit_all(whole, EXERCISES, lengths, start)
    assert list(found) == lengths
    for minutes in lengths:
        ends = [end for end in best if end <= start + minutes]
        _, plan = min(
            (((judge.cost(best[end])), tuple(-max(each, 0) for each in best[end])), best[end]) for end in ends
        )
        expected = spread(whole, plan, start, start + minutes)
        kept = {block.id: block.minutes for block in found[minutes].session.agenda if block.id.startswith("block")}
        if any(isinstance(block, ExerciseBlock) for block in whole.agenda):
            sheet = run_sheet(found[minutes].session, EXERCISES)
            kept = {slot.block.id: slot.minutes for slot in sheet.slots if slot.block.id.startswith("block")}
        got = tuple(kept.get(block.id, OUT) for block in whole.agenda)
        assert got == expected, (minutes, start, whole.agenda)
        left = start + minutes - (Judge(whole.agenda, start).end(expected) or 0)
        added = [change.minutes for change in found[minutes].changes if change.how == "add"]
        assert not added or 5 <= added[0] <= left
    return len(lengths)


def agendas() -> Iterator[tuple[Session, int]]:
    """Agendas with the number of their plans: most small, some large."""
    dice = Dice(6)
    for number in range(AGENDAS + 200):
        wanted = (LARGE, LARGEST) if number % 400 == 0 else (1, dice.one((50, 400, 1500, 4000)))
        while True:
            whole = thrown(dice, 8 + dice.upto(4) if wanted[0] == LARGE else 2 + dice.upto(7))
            plans = prod(len(options(block)) for block in whole.agenda)
            if wanted[0] < plans <= wanted[1]:
                break
        yield whole, plans


@pytest.mark.slow
def test_the_search_finds_what_trying_everything_finds() -> None:
    dice, sizes, lengths, late = Dice(7), [], 0, 0
    for whole, plans in agendas():
        start = BEGIN + dice.one((0, 0, 0, -20, 15))
        checked = compared(whole, start)
        sizes.append(plans)
        lengths += checked
        late += not checked
    assert len(sizes) - late >= AGENDAS, f"{late} of {len(sizes)} had a fixed start that cannot be met"
    assert LARGE < max(sizes) <= LARGEST
    assert lengths > 20 * AGENDAS
