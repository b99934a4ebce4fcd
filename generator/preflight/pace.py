"""How that day goes for the body and the mind: breaks, lunch, and time kept free.

In: a plan. Out: findings, one for each place; those of one kind are merged later.
"""

from collections.abc import Iterator

from generator.content.model import BreakBlock, SlackBlock
from generator.craft import FREE, SHORT
from generator.preflight.finding import Finding, Plan, Spot, spot
from generator.programme import Day, Line
from generator.timing.rhythm import NO_BREAK, Stretch, between_breaks, free_minutes, working_minutes
from generator.timing.schedule import DAY, clock_text

LUNCH = (11 * 60 + 30, 14 * 60)  # the first and the last minute at which a lunch break may begin
NOON = (12 * 60, 13 * 60 + 30)  # who works all of this wants to eat
MEAL = 30  # the fewest minutes of a pause in which one can eat
EDGE = 15  # a break so soon after the start, or so shortly before the end, refreshes nobody


def pace(plan: Plan) -> Iterator[Finding]:
    """Every finding of breaks and free time, session by session."""
    for number, day in enumerate(plan.days):
        yield from _no_break(plan, number, day)
        yield from _lunch_hour(plan, number, day)
        yield from _through_noon(plan, number, day)
        yield from _edges(plan, number, day)
        yield from _free(plan, number, day)


def _no_break(plan: Plan, number: int, day: Day) -> Iterator[Finding]:
    for stretch in between_breaks(day.sheet):
        if stretch.span > NO_BREAK:
            values = {"start": clock_text(stretch.start), "end": clock_text(stretch.end)}
            message = plan.text("no-break.message", minutes=plan.minutes(stretch.span), **values)
            where = spot(number, day.lines[stretch.slot], clock=stretch.start)
            yield Finding("warning", "no-break", plan.in_session(number, message), _pause(plan, day, stretch), (where,))


def _pause(plan: Plan, day: Day, stretch: Stretch) -> str:
    """Where a break would do most good: in place of time kept free, else between two blocks, else within the only one; always where no
    more than 100 minutes lie before it, and as near to the middle as can be."""
    middle = (stretch.start + stretch.end) / 2
    inside = [
        line for line in day.lines[stretch.slot :] if stretch.start < line.slot.start <= stretch.start + NO_BREAK
        and line.slot.start < stretch.end
    ]  # fmt: skip
    free = [line for line in inside if isinstance(line.slot.block, SlackBlock) and line.slot.minutes >= 5]
    near = min(free or inside, key=lambda line: abs(line.slot.start - middle), default=None)
    if near is None:
        return plan.text("no-break.within", title=day.lines[stretch.slot].title)
    name = "no-break.free" if free else "no-break.help"
    return plan.text(name, title=near.title, clock=clock_text(near.slot.start))


def _lunch_hour(plan: Plan, number: int, day: Day) -> Iterator[Finding]:
    earliest, latest = LUNCH
    for line in _breaks(day):
        lunch, start = line.slot.block, line.slot.start
        if isinstance(lunch, BreakBlock) and lunch.pause == "lunch" and not earliest <= start <= latest:
            name = "lunch-hour.early" if start < earliest else "lunch-hour.late"
            message = plan.in_session(number, plan.text(name, clock=clock_text(start)))
            help = plan.text("lunch-hour.help", start=_for_lunch(day, line))
            yield Finding("warning", "lunch-hour", message, help.strip(), (spot(number, line),))


def _for_lunch(day: Day, line: Line) -> str:
    """The start at which lunch would begin in time, as near as can be to that of the day."""
    earliest, latest = LUNCH
    wanted = earliest if line.slot.start < earliest else latest
    return clock_text((day.sheet.start + wanted - line.slot.start) % DAY)


def _through_noon(plan: Plan, number: int, day: Day) -> Iterator[Finding]:
    """A session that covers noon whole, and in which nobody can eat."""
    first, last = NOON
    sheet, pauses = day.sheet, [line.slot for line in _breaks(day)]
    eats = any(
        isinstance(slot.block, BreakBlock)
        and (slot.block.pause == "lunch" or (slot.minutes >= MEAL and slot.start < LUNCH[1] and slot.end > LUNCH[0]))
        for slot in pauses
    )
    if sheet.start <= first and sheet.end >= last and not eats:
        values = {"start": clock_text(sheet.start), "end": clock_text(sheet.end)}
        help = plan.text("no-lunch.longer" if pauses else "no-lunch.help")
        message = plan.in_session(number, plan.text("no-lunch.message", **values))
        yield Finding("warning", "no-lunch", message, help, (Spot(number, clock=sheet.start),))


def _breaks(day: Day) -> list[Line]:
    return [line for line in day.lines if isinstance(line.slot.block, BreakBlock)]


def _edges(plan: Plan, number: int, day: Day) -> Iterator[Finding]:
    """A coffee break right after the first session of a day has begun, or right before the last one ends."""
    others = [other.session.day for other in (day.sheet for at, day in enumerate(plan.days) if at != number)]
    alone = day.sheet.session.day not in others
    for line in _breaks(day) if alone else ():
        slot, sheet = line.slot, day.sheet
        if isinstance(slot.block, BreakBlock) and slot.block.pause == "coffee":
            before, after = slot.start - sheet.start, sheet.end - slot.end
            if min(before, after) < EDGE:
                name = "break-at-edge.start" if before < EDGE else "break-at-edge.end"
                message = plan.text(name, title=line.title, clock=clock_text(slot.start))
                help = plan.text("break-at-edge.help", minutes=plan.minutes(slot.minutes))
                yield Finding(
                    "note", "break-at-edge", plan.in_session(number, message), help, (spot(number, line),)
                )  # fmt: skip


def _free(plan: Plan, number: int, day: Day) -> Iterator[Finding]:
    free, working = free_minutes(day.sheet), working_minutes(day.sheet)
    if working < SHORT or 100 * free >= FREE[0] * working:
        return
    name = "no-slack.none" if free == 0 else "no-slack.message"
    message = plan.text(name, free=free, working=working)
    could = [line for line in day.lines if line.slot.block.keep == "could" and not _pauses(line)]
    help = plan.text("no-slack.help", minutes=plan.minutes(max(1, round(working / 10))))
    if could:
        help += " " + plan.text("no-slack.drop", title=could[0].title, minutes=plan.minutes(could[0].slot.minutes))
    where = (Spot(number, clock=day.sheet.start),)
    yield Finding("warning", "no-slack", plan.in_session(number, message), help, where)


def _pauses(line: Line) -> bool:
    return isinstance(line.slot.block, BreakBlock | SlackBlock)
