"""What the clock of that day brings: too little time, fixed starts that cannot be kept, people who wait, sessions in each other's way.

In: a plan. Out: findings, one for each place; those of one kind are merged later.
"""

from collections.abc import Iterator
from itertools import pairwise

from generator.preflight.finding import Finding, Plan, Spot, spot
from generator.programme import Day, Line
from generator.timing.fit import TooShort, fit
from generator.timing.schedule import DAY, RunSheet, clock_text, run_sheet

EARLY, LATE = 7 * 60, 22 * 60  # nobody likes to begin before the first, or to end after the second
WAIT = 15  # the most minutes that people wait before a fixed start without asking why
SPARE = 15  # minutes booked and not needed from which on it is worth saying


def hours(plan: Plan) -> Iterator[Finding]:
    """Every finding of the clock, session by session."""
    for number, day in enumerate(plan.days):
        yield from _booked(plan, number, day.sheet)
        yield from _midnight(plan, number, day.sheet)
        for line in day.lines:
            yield from _fixed(plan, number, day, line)
            yield from _waiting(plan, number, line)
        yield from _odd_hours(plan, number, day.sheet)
    yield from _overlaps(plan)


def fit_command(plan: Plan, number: int, minutes: int) -> str:
    """The command that fits session number `number` into so many minutes, on that day's clock."""
    session = plan.workshop.sessions[number]
    which = ("--session", session.id) if len(plan.days) > 1 else ()
    written = (
        plan.kit.workshops[plan.workshop.id].sessions[number].start if plan.workshop.id in plan.kit.workshops else None
    )
    start = ("--start", clock_text(session.start)) if session.start != written else ()
    return plan.command("fit", *which, "--minutes", str(minutes), *start)


def _booked(plan: Plan, number: int, sheet: RunSheet) -> Iterator[Finding]:
    booked = plan.booked[number]
    if booked is None:
        return
    over, where = sheet.minutes - booked, (Spot(number, clock=sheet.start),)
    values = {"minutes": plan.minutes(sheet.minutes), "booked": plan.minutes(booked), **_span(sheet)}
    if over > 0:
        message = plan.text("over.message", over=plan.minutes(over), **values)
        yield Finding("error", "over", plan.in_session(number, message), _shorter(plan, number, booked), where)
    elif -over >= SPARE:
        message = plan.text("time-left.message", left=plan.minutes(-over), **values)
        help = plan.text("time-left.help", command=fit_command(plan, number, booked), end=clock_text(sheet.end))
        yield Finding("note", "time-left", plan.in_session(number, message), help, where)


def _span(sheet: RunSheet) -> dict[str, str]:
    return {"start": clock_text(sheet.start), "end": clock_text(sheet.end)}


def _shorter(plan: Plan, number: int, minutes: int) -> str:
    """The command that makes it fit, or the shortest time in which it can be done."""
    try:
        fit(plan.workshop.sessions[number], plan.kit.exercises, minutes)
    except TooShort as error:
        if error.block is None:
            return plan.text("over.too_short", minutes=plan.minutes(error.shortest))
        id, lines = error.block.id, plan.days[number].lines
        return plan.text("over.blocked", title=next(line.title for line in lines if line.slot.block.id == id))
    return plan.text("over.help", command=fit_command(plan, number, minutes))


def _midnight(plan: Plan, number: int, sheet: RunSheet) -> Iterator[Finding]:
    if sheet.end > DAY:
        latest = DAY - sheet.minutes
        help = plan.text("midnight.help", latest=clock_text(latest)) if latest > 0 else plan.text("midnight.split")
        message = plan.in_session(number, plan.text("midnight.message", **_span(sheet)))
        yield Finding("error", "midnight", message, help, (Spot(number, clock=sheet.start),))


def _fixed(plan: Plan, number: int, day: Day, line: Line) -> Iterator[Finding]:
    """A fixed start that is over before it can be kept."""
    slot, fixed = line.slot, line.slot.block.start
    if not slot.late or fixed is None:
        return
    values = {"title": line.title, "fixed": clock_text(fixed), "until": clock_text(slot.start)}
    if fixed < day.sheet.start:
        message = plan.text("before-start.message", start=clock_text(day.sheet.start), **values)
        in_time = day.sheet.start - slot.late
        name = "before-start.help" if in_time >= 0 else "before-start.move"
        help = plan.text(name, in_time=clock_text(max(0, in_time)), **values)
        yield Finding("error", "before-start", plan.in_session(number, message), help, (spot(number, line),))
        return
    message = plan.text("overrun.message", late=plan.minutes(slot.late), **values)
    help = _how_to_be_in_time(plan, number, line, values)
    yield Finding("error", "overrun", plan.in_session(number, message), help, (spot(number, line),))


def _how_to_be_in_time(plan: Plan, number: int, line: Line, values: dict[str, str]) -> str:
    """What to do about a block that begins late. What is said of the first such block of a session helps the later ones too."""
    late = [each.slot for each in plan.days[number].lines if each.slot.late]
    if line.slot is not late[0]:
        return plan.text("overrun.also", **values)
    ways = _ways_to_be_in_time(plan, number, line)
    return plan.text("overrun.help", ways=ways, **values) if ways else plan.text("overrun.move", **values)


def _ways_to_be_in_time(plan: Plan, number: int, line: Line) -> str:
    """Start earlier where that helps, and shorten where that can be done; each as the beginning of a sentence, or nothing."""
    session, late = plan.workshop.sessions[number], line.slot.late
    earlier = session.start - late
    ways = []
    if earlier >= 0 and not any(slot.late for slot in run_sheet(session, plan.kit.exercises, earlier).slots):
        ways.append(plan.text("overrun.earlier", start=clock_text(earlier)))
    try:
        minutes = plan.days[number].sheet.minutes
        fit(session, plan.kit.exercises, minutes)
        ways.append(plan.text("overrun.fit", command=fit_command(plan, number, minutes)))
    except TooShort:
        pass
    return " ".join(ways)


def _waiting(plan: Plan, number: int, line: Line) -> Iterator[Finding]:
    slot = line.slot
    if slot.waiting > WAIT:
        values = {"title": line.title, "fixed": clock_text(slot.start), "since": clock_text(slot.start - slot.waiting)}
        message = plan.text("waiting.message", waiting=plan.minutes(slot.waiting), **values)
        help = plan.text("waiting.help")
        yield Finding("warning", "waiting", plan.in_session(number, message), help, (spot(number, line),))


def _odd_hours(plan: Plan, number: int, sheet: RunSheet) -> Iterator[Finding]:
    where = (Spot(number, clock=sheet.start),)
    if sheet.start < EARLY:
        message = plan.in_session(number, plan.text("early.message", **_span(sheet)))
        yield Finding("note", "early", message, plan.text("early.help"), where)
    if LATE < sheet.end <= DAY:
        message = plan.in_session(number, plan.text("late.message", **_span(sheet)))
        yield Finding("note", "late", message, plan.text("late.help"), where)


def _overlaps(plan: Plan) -> Iterator[Finding]:
    """Sessions of one day that begin before the one before them is over."""
    for (number, first), (_, second) in pairwise(enumerate(plan.days)):
        begin, end = second.sheet.start, first.sheet.end
        if first.sheet.session.day == second.sheet.session.day and begin < end <= DAY:
            values = {"first": number + 1, "second": number + 2, "begin": clock_text(begin), "end": clock_text(end)}
            message, help = plan.text("overlap.message", **values), plan.text("overlap.help", **values)
            yield Finding("error", "overlap", message, help, (Spot(number + 1, clock=begin),))
