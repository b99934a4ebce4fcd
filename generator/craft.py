"""What a good workshop has, as far as it can be computed.

In: a kit without errors. Out: warnings about a workshop's arc, pace, breaks and free time, and about what it does not say; and advice
on what is worth adding to other items. Nothing here keeps a kit from being built.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any, get_args

from generator.content.load import Loaded
from generator.content.model import (
    ActivityBlock,
    Assessment,
    Block,
    BreakBlock,
    Deck,
    Exercise,
    ExerciseBlock,
    Item,
    Kit,
    Phase,
    Pitfall,
    SlackBlock,
    Workshop,
)  # fmt: skip
from generator.content.source import Source
from generator.errors import Problem
from generator.links import Path, placed_blocks
from generator.timing.rhythm import NO_BREAK, Stretch, between_breaks, free_minutes, in_one_format, working_minutes
from generator.timing.schedule import RunSheet, clock_text, run_sheet

PHASES: tuple[Phase, ...] = get_args(Phase)
ONE_FORMAT = 30  # the most minutes in one way of working
SHORT = 20  # a session of fewer minutes needs no time kept free
FREE = (7, 15)  # percent of the working minutes to be kept free: about a tenth

WORKSHOP = {
    "audience": "whom it is for",
    "not_for": "who should not take it",
    "prepare.four_weeks": "what to prepare four weeks before",
    "prepare.one_week": "what to prepare one week before",
    "prepare.one_day": "what to prepare the day before",
    "after": "what to do in the days after",
}
EXERCISE = {
    "outcome": "what the group has in hand at the end",
    "debrief": "a timed debrief: what happened, what it means, what we do",
    "variations": "another way to run it",
    "remote": "how to run it by video call",
    "watch_outs": "what may go wrong between people, and what to do then",
    "ideas": "which ideas it is drawn from",
}
DEBRIEF = {
    "debrief.what": "what happened",
    "debrief.so_what": "what it means",
    "debrief.now_what": "what we do",
}
PITFALL = {
    "cost": "why it costs",
    "say": "a sentence to say aloud",
    "exercises": "which exercises help",
    "ideas": "which ideas it is drawn from",
}


def craft(loaded: Loaded) -> Iterator[Problem]:
    """Every warning and all advice on a kit without errors."""
    for item in loaded.kit.items():
        source = loaded.sources[item.kind, item.id]
        match item:
            case Workshop():
                yield from _workshop(loaded.kit, item, source)
            case Exercise():
                yield from _lacks(item, EXERCISE | (DEBRIEF if item.debrief else {}), source)
                yield from _steps(item, source)
            case Pitfall():
                yield from _lacks(item, PITFALL, source)
            case Deck():
                yield from _parts(item.prompts, ("follow_up", "ideas"), ("prompts",), "prompts", source)
            case Assessment():
                for at, dimension in enumerate(item.dimensions):
                    path: Path = ("dimensions", at, "statements")
                    yield from _parts(dimension.statements, ("ideas",), path, "statements", source)


def _value(item: Any, dotted: str) -> Any:
    for name in dotted.split("."):
        item = getattr(item, name)
    return item


def _names(names: Iterable[str]) -> str:
    *most, last = [f"`{name}`" for name in names]
    return f"{', '.join(most)} and {last}" if most else last


def _lacks(item: Item, wanted: Mapping[str, str], source: Source) -> Iterator[Problem]:
    """One problem for all that an item does not say: a warning for a workshop, advice for anything else."""
    if lacking := [name for name in wanted if not _value(item, name)]:
        message = f"`{item.title}` has no {_names(lacking)}"
        help = "add " + "; ".join(f"`{name}`, {wanted[name]}" for name in lacking)
        if isinstance(item, Workshop):
            yield source.problem("unsaid", message, ("title",), help=help, severity="warning")
        else:
            yield source.problem("worth-adding", message, ("title",), help=help, severity="advice")


def _parts(parts: Iterable[Any], wanted: Iterable[str], path: Path, noun: str, source: Source) -> Iterator[Problem]:
    """One piece of advice for each field that some parts of an item lack."""
    numbered = list(enumerate(parts))
    for name in wanted:
        if lacking := [(at, part.id) for at, part in numbered if not getattr(part, name)]:
            message = f"{noun} without `{name}`: {', '.join(id for _, id in lacking)}"
            place = (*path, lacking[0][0], "id")
            yield source.problem("worth-adding", message, place, severity="advice")


def _steps(item: Exercise, source: Source) -> Iterator[Problem]:
    yield from _parts(item.steps, ("say", "format"), ("steps",), "steps", source)
    paths = [("steps", at) for at, step in enumerate(item.steps) if step.least < step.minutes and not step.if_cut]
    if paths:
        yield _uncut([item.steps[at].title for _, at in paths], paths[0], source)


def _uncut(titles: list[str], path: Path, source: Source) -> Problem:
    message = f"nothing says what is lost when this is cut: {', '.join(titles)}"
    help = "add `if_cut`: what is lost, and why that is safe"
    return source.problem("worth-adding", message, path, help=help, severity="advice")


def _workshop(kit: Kit, item: Workshop, source: Source) -> Iterator[Problem]:
    yield from _lacks(item, WORKSHOP, source)
    yield from _arc(item, source)
    for number, session in enumerate(item.sessions):
        sheet = run_sheet(session, kit.exercises)
        yield from _pace(sheet, ("sessions", number), source)
        yield from _free(sheet, ("sessions", number), source)
    blocks = [(path, block) for path, _, block in placed_blocks(item) if not isinstance(block, BreakBlock | SlackBlock)]
    yield from _opening(kit, blocks[:1], source)
    yield from _by_call(kit, item, blocks, source)
    if droppable := [(path, block) for path, block in blocks if block.keep != "must" and not block.if_cut]:
        titles = [getattr(block, "title", None) or getattr(block, block.type) for _, block in droppable]
        yield _uncut(titles, droppable[0][0], source)


def _opening(kit: Kit, first: list[tuple[Path, Block]], source: Source) -> Iterator[Problem]:
    """Whether people speak or write in the first block, as far as its fields tell."""
    for path, block in first:
        begin = kit.exercises[block.exercise].steps[0] if isinstance(block, ExerciseBlock) else block
        asks = block.ask or begin.ask or not isinstance(block, ActivityBlock | ExerciseBlock)
        if not asks and getattr(begin, "format", None) in (None, "plenary"):
            message = "the first thing that people do in this workshop is listen"
            help = "begin with a question in pairs, or give this block an `ask`"
            yield source.problem("opening", message, path, help=help, severity="warning")


def _by_call(kit: Kit, item: Workshop, blocks: list[tuple[Path, Block]], source: Source) -> Iterator[Problem]:
    for path, block in blocks if item.remote else ():
        if isinstance(block, ExerciseBlock) and not kit.exercises[block.exercise].remote:
            message = f"this workshop is held by video call, and `{block.exercise}` does not say how that is done"
            help = "add `remote` to the exercise"
            yield source.problem("unsaid", message, (*path, "exercise"), help=help, severity="warning")


def _arc(item: Workshop, source: Source) -> Iterator[Problem]:
    """Open, explore, deepen, commit, close: all of them, and never back within a day."""

    def warn(message: str, path: Path, help: str = "") -> Problem:
        return source.problem("arc", message, path, help=help, severity="warning")

    blocks = [
        (session.day, path, block.phase)
        for path, session, block in placed_blocks(item)
        if block.phase and not isinstance(block, BreakBlock | SlackBlock)
    ]
    there = {phase for _, _, phase in blocks}
    if lacking := [phase for phase in PHASES if phase not in there]:
        help = "a workshop opens, explores, deepens, commits and closes; give each block its `phase`"
        yield warn(f"this workshop has no block for {_names(lacking)}", ("sessions",), help)
    for _, group in groupby(blocks, key=lambda entry: entry[0]):
        day = list(group)
        if day[0][2] != "open" and "open" in there:
            yield warn("this day does not begin with the phase `open`", day[0][1])
        if day[-1][2] != "close" and "close" in there:
            yield warn("this day does not end with the phase `close`", day[-1][1])
        for (_, _, before), (_, path, phase) in pairwise(day):
            if PHASES.index(phase) < PHASES.index(before):
                yield warn(f"`{phase}` comes after `{before}`", (*path, "phase"), f"the order is {_names(PHASES)}")


def _pace(sheet: RunSheet, path: Path, source: Source) -> Iterator[Problem]:
    """Breaks, and changes of the way of working."""
    for stretch in between_breaks(sheet):
        if stretch.span > NO_BREAK:
            message = f"there are {stretch.span} minutes without a break, {_clock(stretch)}"
            help = f"put a break before {clock_text(stretch.start + NO_BREAK)}, and another at least every {NO_BREAK} minutes"
            yield source.problem("no-break", message, (*path, "agenda", stretch.slot), help=help, severity="warning")
    for stretch in in_one_format(sheet):
        if stretch.minutes > ONE_FORMAT:
            message = f"the way of working is `{stretch.format}` for {stretch.minutes} minutes, {_clock(stretch)}"
            help = f"change it at least every {ONE_FORMAT} minutes, as from groups to all together"
            if stretch.format is None:
                message = f"no `format` is stated for {stretch.minutes} minutes, {_clock(stretch)}"
                help = f"state it, and change the way of working at least every {ONE_FORMAT} minutes"
            yield source.problem("one-format", message, (*path, "agenda", stretch.slot), help=help, severity="warning")


def _clock(stretch: Stretch) -> str:
    return f"from {clock_text(stretch.start)} to {clock_text(stretch.end)}"


def _free(sheet: RunSheet, path: Path, source: Source) -> Iterator[Problem]:
    """Time kept free, in percent of the working minutes."""
    free, working = free_minutes(sheet), working_minutes(sheet)
    low, high = FREE
    if working >= SHORT and not low * working <= 100 * free <= high * working:
        message = f"{free} of {working} working minutes are kept free"
        help = f"keep about a tenth as `slack`, here {round(working / 10)} minutes"
        yield source.problem("slack", message, path, help=help, severity="warning")
