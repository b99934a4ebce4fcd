"""Whether as many people come as the workshop is made for, and what can be done when not.

In: a plan. Out: at most one finding: too few or too many. Who sits with whom is looked at in `groups.py`.
"""

import re
from collections.abc import Iterator

from generator.content.model import Exercise, Range
from generator.preflight.finding import Finding, Plan, spot
from generator.programme import Line, exercises_in
from generator.timing.schedule import range_of

FEW = 12  # "up to twelve people" still speaks of few
WATCHING = 6  # at most one person of so many only watches


def headcount(plan: Plan) -> Iterator[Finding]:
    """Too few people, or too many, for the workshop or for an exercise of it."""
    low = [(number, line) for number, line, item in plan.exercises() if plan.people < (item.people.min or 0)]
    high = [(number, line) for number, line, item in plan.exercises() if _over(plan.people, item.people)]
    wanted = plan.workshop.people
    if low or plan.people < (wanted.min or 0):
        yield _finding(plan, "too-few", low, " ".join(_spare_plan(plan)))
    elif high or _over(plan.people, wanted):
        yield _finding(plan, "too-many", high, " ".join(_for_many(plan)))


def _over(people: int, range: Range) -> bool:
    return range.max is not None and people > range.max


def range_text(plan: Plan, range: Range) -> str:
    """`6 to 24 people`."""
    names = {(False, False): "any", (True, False): "from", (False, True): "to", (True, True): "range"}
    name = names[range.min is not None, range.max is not None]
    if range.min is not None and range.min == range.max:
        name = "exactly"
    return plan.words(f"people.{name}", min=range.min, max=range.max)


def _finding(plan: Plan, code: str, beyond: list[tuple[int, Line]], help: str) -> Finding:
    """An error where an exercise that must stay is beyond its range."""
    must = any(line.slot.block.keep == "must" for _, line in beyond)
    values = {"people": plan.words("units.people", plan.people), "range": range_text(plan, plan.workshop.people)}
    message = plan.text(f"{code}.message", plan.people, **values)
    if beyond:
        named = {line.item.id: line.item for _, line in beyond if isinstance(line.item, Exercise)}
        parts = [
            plan.text("for_people", title=item.title, range=range_text(plan, item.people)) for item in named.values()
        ]
        message += " " + plan.text(f"{code}.exercises", len(parts), titles=plan.listed(parts, "; "))
    spots = tuple(spot(number, line) for number, line in beyond)
    return Finding("error" if must else "warning", code, message, help, spots)


# Too few


def _spare_plan(plan: Plan) -> Iterator[str]:
    """What to do with few people, from what the content says: sentences."""
    yield plan.text("too-few.rounds")
    fitting = [item for item in exercises_in(plan.kit, plan.workshop) if plan.people >= (item.people.min or 0)]
    if small := [
        plan.text("too-few.variation", name=name, title=item.title) for item in fitting for name in _for_few(plan, item)
    ]:
        yield plan.text("too-few.variations", variations=plan.listed(small, "; "))
    yield from _instead(plan)
    yield from _may_go(plan)


def _for_few(plan: Plan, item: Exercise) -> Iterator[str]:
    """The first words of each variation that is for so few people: its text says `up to ten people`, or another number up to twelve."""
    numbers = plan.text("numbers").split()
    counts = [word for n in range(plan.people, FEW + 1) for word in (numbers[n - 1], str(n))]
    phrases = [plan.text("few_said", number=word).casefold() for word in counts]
    said = "|".join(re.escape(part.strip()) for phrase in phrases for part in phrase.split("|"))
    for variation in item.variations:
        text = variation.plain()
        if said and re.search(rf"\b(?:{said})\b", text.casefold()):
            yield text.split(".")[0].strip()


def _instead(plan: Plan) -> Iterator[str]:
    """What to do about each exercise that needs more people: it may go, or another has a like aim, or people are to be found."""
    short = {item.id: (line, item) for _, line, item in plan.exercises() if plan.people < (item.people.min or 0)}
    if out := [line for line, _ in short.values() if line.slot.block.keep != "must"]:
        yield plan.text("too-few.leave_out", titles=plan.titles(out))
    missing: dict[int, list[Line]] = {}
    for line, item in short.values():
        if line not in out and (other := _like(plan, item, line.slot.minutes)):
            yield plan.text("too-few.instead", title=item.title, other=other.title)
        elif line not in out:
            missing.setdefault((item.people.min or 0) - plan.people, []).append(line)
    for number, lines in sorted(missing.items()):
        yield plan.text("too-few.ask_for", number, titles=plan.titles(lines))


def _like(plan: Plan, item: Exercise, minutes: int) -> Exercise | None:
    """The exercise outside the workshop that shares most ideas and pitfalls with `item`, for so many people and minutes."""
    used = {each.id for each in exercises_in(plan.kit, plan.workshop)}

    def shared(other: Exercise) -> int:
        return len({*item.ideas, *item.pitfalls} & {*other.ideas, *other.pitfalls})

    fitting = [
        other
        for other in plan.kit.exercises.values()
        if other.id not in used
        and (other.people.min or 0) <= plan.people
        and not _over(plan.people, other.people)
        and range_of(other)[0] <= minutes <= range_of(other)[1]
        and shared(other)
    ]
    return max(fitting, key=shared, default=None)


def _may_go(plan: Plan) -> Iterator[str]:
    """Blocks that may go when strength runs out: those kept as `could`, where there are none those kept as `should`."""
    work = [
        line for _, line in plan.lines() if line.slot.block.type not in ("break", "slack") and not _lacks(plan, line)
    ]
    for keep in ("could", "should"):
        if lines := [line for line in work if line.slot.block.keep == keep]:
            yield plan.text("too-few.may_go", titles=plan.titles(lines))
            return


def _lacks(plan: Plan, line: Line) -> bool:
    return isinstance(line.item, Exercise) and plan.people < (line.item.people.min or 0)


# Too many


def _for_many(plan: Plan) -> Iterator[str]:
    """Several rooms where each is full enough; people who watch where there are few of them; else another day for some."""
    people, wanted = plan.people, plan.workshop.people
    limits = [range.max for range in (wanted, *(item.people for _, _, item in plan.exercises())) if range.max]
    most = wanted.max or min(limits)
    rooms, over = -(-people // most), people - most
    if WATCHING * over <= people:
        yield plan.text("too-many.watch", over)
    if people // rooms >= (wanted.min or 1):
        each = plan.text("or").join(str(size) for size in sorted({people // rooms, -(-people // rooms)}))
        yield plan.text("too-many.rooms", rooms, each=each)
    else:
        yield plan.text("too-many.another_day", over)
