"""How that headcount comes out in pairs, threes and groups.

In: a plan. Out: findings, each for all the places that it is about. Sizes are those of `timing/people.py`: they differ by one at most.
"""

from collections import Counter
from collections.abc import Iterator

from generator.content.model import Exercise, Format, Groups
from generator.preflight.finding import Finding, Plan, Spot, spot
from generator.programme import Line
from generator.seating import BY_FORMAT, Round, joined, rounds
from generator.timing.people import SMALLEST_GROUP, group_sizes
from generator.timing.schedule import clock_text

SMALL: dict[Format, int] = {"pairs": 2, "trios": 3}


def groups(plan: Plan) -> Iterator[Finding]:
    """Pairs and threes that do not come out, groups outside the range of their exercise, and a single group."""
    held = rounds(plan.kit, plan.workshop, plan.words)
    for format, size in SMALL.items():
        if plan.people % size and plan.people > size:
            yield from _uneven(plan, format)
    yield from _outside(plan, held)
    yield from _single(plan, held)


def sizes_text(plan: Plan, sizes: tuple[int, ...]) -> str:
    """`10 pairs and 1 group of 3`: the most frequent first."""
    parts = []
    for size, count in Counter(sizes).most_common():
        name = {1: "size.one", 2: "size.pair"}.get(size, "size.group")
        parts.append(plan.text(name, count, size=size))
    return joined(parts, plan.words)


def _uneven(plan: Plan, format: Format) -> Iterator[Finding]:
    """All places in which people work in pairs, or in threes, and one group has another size."""
    named = [(number, line, spots) for number, line in plan.lines() if (spots := _places(number, line, format))]
    if not named:
        return
    places: dict[int, list[str]] = {}
    for number, line, spots in named:
        places.setdefault(number, []).append(_place(plan, line, spots))
    told = [plan.in_session(number, plan.listed(texts, "; ") + ".") for number, texts in places.items()]
    message = plan.text(f"odd-{format}.message", people=plan.people, places=" ".join(told))
    ways: dict[tuple[int, ...], list[Line]] = {}
    for _, line, _ in named:
        ways.setdefault(_sizes(plan.people, line, format), []).append(line)
    help = " ".join(_way(plan, sizes, lines if len(ways) > 1 else []) for sizes, lines in ways.items())
    if format == "pairs":
        help += " " + plan.text("odd-pairs.help")
    yield Finding("note", f"odd-{format}", message, help, tuple(found for _, _, spots in named for found in spots))


def _sizes(people: int, line: Line, format: Format) -> tuple[int, ...]:
    """The sizes of all pairs, or threes: formed within the groups of an exercise that works in larger ones, else in the whole room."""
    within = line.item.groups if isinstance(line.item, Exercise) else None
    larger = within is not None and within.size > SMALL[format]
    whole = group_sizes(people, within) if within and larger else (people,)
    return tuple(sorted((size for each in whole for size in group_sizes(each, BY_FORMAT[format])), reverse=True))


def _way(plan: Plan, sizes: tuple[int, ...], lines: list[Line]) -> str:
    text = sizes_text(plan, sizes)
    return plan.text("odd.there", sizes=text, titles=plan.titles(lines)) if lines else plan.text("odd.make", sizes=text)


def _places(number: int, line: Line, format: Format) -> list[Spot]:
    """The block, or the steps of its exercise, in which people work in pairs, or in threes. An exercise whose groups have exactly this
    size and no other is told of in `_outside`."""
    if not isinstance(line.item, Exercise):
        return [spot(number, line)] if getattr(line.slot.block, "format", None) == format else []
    sizes = line.item.groups
    if sizes and sizes.size == SMALL[format] and _range(sizes) == (sizes.size, sizes.size):
        return []
    return [
        spot(number, line, span.step.id, span.start)
        for span in line.slot.spans
        if span.step and span.minutes and span.step.format == format
    ]


def _place(plan: Plan, line: Line, spots: list[Spot]) -> str:
    """`“The ninety-day promise”, 16:34 step 3 (Name the first obstacle) and 16:39 step 4 (Find a witness)`."""
    if not isinstance(line.item, Exercise):
        return plan.text("at", clock=clock_text(line.slot.start), title=line.title)
    numbers = {step.id: (number, step.title) for number, step in enumerate(line.item.steps, 1)}
    steps = [
        plan.text("step", numbers[found.step][0], title=numbers[found.step][1], clock=clock_text(found.clock))
        for found in spots
        if found.step is not None and found.clock is not None
    ]
    return plan.text("in", title=line.title, steps=joined(steps, plan.words))


def _outside(plan: Plan, held: tuple[Round, ...]) -> Iterator[Finding]:
    """Groups that are larger or smaller than their exercise works in, those of one kind together."""
    kinds: dict[tuple[int, int, tuple[int, ...]], list[Round]] = {}
    for one in held:
        sizes, (least, most) = group_sizes(plan.people, one.groups), _range(one.groups)
        if any(not least <= size <= most for size in sizes):
            kinds.setdefault((least, most, sizes), []).append(one)
    for (least, most, sizes), found in kinds.items():
        lines = [(one.session, plan.days[one.session].lines[one.slot]) for one in found]
        wanted = plan.text("sizes" if least < most else "sizes_exactly", least=least, most=most)
        people = plan.words("units.people", plan.people)
        values = {"titles": plan.titles(line for _, line in lines), "wanted": wanted, "people": people}
        message = plan.text("groups.message", len(found), sizes=sizes_text(plan, sizes), **values)
        name = "pairs" if least == most == 2 < plan.people else "large" if max(sizes) > most else "small"
        help = plan.text(f"groups.{name}")
        yield Finding("warning", "groups", message, help, tuple(spot(number, line) for number, line in lines))


def _range(groups: Groups) -> tuple[int, int]:
    return groups.min or groups.size, groups.max or groups.size


def _single(plan: Plan, held: tuple[Round, ...]) -> Iterator[Finding]:
    """Work in groups in which there is one group only, and nobody to compare with."""
    found = [
        one for one in held if one.groups.size >= SMALLEST_GROUP and len(group_sizes(plan.people, one.groups)) == 1
    ]
    if found and plan.people > 1:
        lines = [(one.session, plan.days[one.session].lines[one.slot]) for one in found]
        message = plan.text("one-group.message", len(found), titles=plan.titles(line for _, line in lines))
        spots = tuple(spot(number, line) for number, line in lines)
        yield Finding("note", "one-group", message, plan.text("one-group.help"), spots)
