"""An agenda becomes a run sheet.

In: sessions and exercises of a kit. Out: when each block and each step begins. All times are whole minutes; a clock time is minutes
after midnight. Nothing is stored: every total and every clock time comes from here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.content.model import Block, Exercise, ExerciseBlock, Session, Step, TimedBlock

DAY = 24 * 60  # minutes


@dataclass(frozen=True)
class Span:
    """A stretch of time for one step, or for the debrief where `step` is None."""

    step: Step | None
    start: int
    minutes: int


@dataclass(frozen=True)
class Slot:
    """A block at its place in the day. `waiting` is the idle time before a fixed start, `late` how far that start is overrun."""

    block: Block
    start: int
    minutes: int
    waiting: int = 0
    late: int = 0
    spans: tuple[Span, ...] = ()

    @property
    def end(self) -> int:
        """When it is over."""
        return self.start + self.minutes


@dataclass(frozen=True)
class RunSheet:
    """A session with a clock."""

    session: Session
    slots: tuple[Slot, ...]

    @property
    def start(self) -> int:
        """When the session begins."""
        return self.session.start

    @property
    def end(self) -> int:
        """When it is over."""
        return self.slots[-1].end

    @property
    def minutes(self) -> int:
        """From beginning to end, breaks and waiting included."""
        return self.end - self.start


def minutes_of(exercise: Exercise) -> int:
    """The sum of its steps and its debrief."""
    return sum(minutes for _, minutes, _ in bounds(exercise))


def range_of(exercise: Exercise) -> tuple[int, int]:
    """The fewest and the most minutes that it works in."""
    return sum(least for least, _, _ in bounds(exercise)), sum(most for _, _, most in bounds(exercise))


def bounds(exercise: Exercise) -> list[tuple[int, int, int]]:
    """(least, minutes, most) of each step, and of the debrief at the end when there is one."""
    found = [(step.least, step.minutes, step.most) for step in exercise.steps]
    if exercise.debrief:
        found.append((exercise.debrief.least, exercise.debrief.minutes, exercise.debrief.minutes))
    return found


def share(exercise: Exercise, minutes: int) -> list[int]:
    """Minutes for each step and the debrief, `minutes` in all: what is cut or added is spread by how much each can give or take.

    Each minute goes to the part that is furthest behind its fair share, ties to the earlier; so a minute more for the whole never takes
    one from a part. Minutes out of range give the nearest possible.
    """
    return list(_shared(tuple(bounds(exercise)), minutes))


@lru_cache(maxsize=4096)
def _shared(parts: tuple[tuple[int, int, int], ...], minutes: int) -> tuple[int, ...]:
    """Shared out once for the same numbers: the run of show and the planner ask for each exercise in many lengths, on several pages."""
    chosen = [part[1] for part in parts]
    change = minutes - sum(chosen)
    room = [abs((least if change < 0 else most) - now) for least, now, most in parts]
    total = sum(room)
    moved = [0] * len(parts)
    for minute in range(1, min(abs(change), total) + 1):
        behind = [minute * each - done * total for each, done in zip(room, moved, strict=True)]
        moved[behind.index(max(behind))] += 1
    sign = -1 if change < 0 else 1
    return tuple(now + sign * each for now, each in zip(chosen, moved, strict=True))


def block_minutes(block: Block, exercises: Mapping[str, Exercise]) -> int:
    """How long a block takes: what its agenda says, else what its exercise adds up to."""
    if isinstance(block, ExerciseBlock):
        return minutes_of(exercises[block.exercise]) if block.minutes is None else block.minutes
    assert isinstance(block, TimedBlock)
    return block.minutes


def run_sheet(session: Session, exercises: Mapping[str, Exercise], start: int | None = None) -> RunSheet:
    """The session on the clock, from `start` (minutes after midnight) or its own."""
    clock = session.start if start is None else start
    slots: list[Slot] = []
    for block in session.agenda:
        waiting = late = 0
        if block.start is not None:
            waiting, late = max(0, block.start - clock), max(0, clock - block.start)
            clock += waiting
        minutes = block_minutes(block, exercises)
        slots.append(Slot(block, clock, minutes, waiting, late, _spans(block, exercises, clock, minutes)))
        clock += minutes
    return RunSheet(session, tuple(slots))


def _spans(block: Block, exercises: Mapping[str, Exercise], clock: int, minutes: int) -> tuple[Span, ...]:
    if not isinstance(block, ExerciseBlock):
        return ()
    exercise = exercises[block.exercise]
    steps: Sequence[Step | None] = [*exercise.steps, None]
    spans = []
    for step, length in zip(steps, share(exercise, minutes), strict=False):
        spans.append(Span(step, clock, length))
        clock += length
    return tuple(spans)


def clock_text(minutes: int) -> str:
    """`13:30`; midnight at the end of a day is `24:00`."""
    if minutes == DAY:
        return "24:00"
    return f"{minutes // 60 % 24}:{minutes % 60:02}"
