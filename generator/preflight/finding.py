"""What pre-flight finds, and what it looks at.

In: a workshop as it takes place. Out: `Plan`, the view that all finders read, and `Finding`, what each of them gives. No finder prints.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.content.model import Exercise, Kit, Workshop
from generator.content.words import Words
from generator.programme import Day, Line, days

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
SHOWN = 8  # places that a sentence names; more of them nobody reads


@dataclass(frozen=True)
class Spot:
    """Where in the agenda: session number `session` (from 0), the ids of a block and of a step of its exercise, and when that begins
    (minutes after midnight)."""

    session: int
    block: str | None = None
    step: str | None = None
    clock: int | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that may go wrong: what, and what to do about it. An error cannot work as it stands, a warning will hurt, a note is good
    to know. `spots` are all the places that it is about, none when it is about the whole workshop."""

    severity: Severity
    code: str
    message: str
    help: str
    spots: tuple[Spot, ...] = ()

    @property
    def session(self) -> int | None:
        """The number of the first session that it is about, from 0."""
        return self.spots[0].session if self.spots else None

    @property
    def block(self) -> str | None:
        """The id of the first block that it is about."""
        return self.spots[0].block if self.spots else None

    @property
    def step(self) -> str | None:
        """The id of the first step that it is about."""
        return self.spots[0].step if self.spots else None


@dataclass(frozen=True)
class Plan:
    """A workshop as it takes place: `workshop` has that day's starts, `days` are its sessions on that day's clock, for `people` people.

    `booked` has the minutes that each session may take, None where nobody said. `have` is what is there already: numbers by the name of
    the thing, None where nobody counted. `paper` is what will be printed on.
    """

    kit: Kit
    workshop: Workshop
    words: Words
    people: int
    days: tuple[Day, ...]
    booked: tuple[int | None, ...]
    have: Mapping[str, int] | None = None
    paper: str | None = None

    def text(self, name: str, number: int | None = None, /, **values: object) -> str:
        """A text of the group `preflight`; with a number its plural form, which has the number as `{n}`."""
        return self.words(f"preflight.{name}", number, **values)

    def minutes(self, number: int) -> str:
        """`11 minutes`."""
        return self.words("units.minutes", number)

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Every line of every session, with the number of its session from 0."""
        for number, day in enumerate(self.days):
            for line in day.lines:
                yield number, line

    def exercises(self) -> Iterator[tuple[int, Line, Exercise]]:
        """The lines that are exercises, with the number of their session from 0."""
        for number, line in self.lines():
            if isinstance(line.item, Exercise):
                yield number, line, line.item

    def command(self, name: str, *words: str) -> str:
        """What to type: `workshop-kit fit half-day --minutes 150`."""
        return " ".join(("workshop-kit", name, self.workshop.id, *words))

    def in_session(self, number: int, text: str) -> str:
        """`Session 2: ...`, where there are several."""
        return self.text("session", number + 1, text=text) if len(self.days) > 1 else text

    def titles(self, lines: Iterable[Line]) -> str:
        """The titles of lines in quotation marks, each once."""
        return self.listed(dict.fromkeys(self.text("title", title=line.title) for line in lines))

    def listed(self, parts: Iterable[str], between: str = ", ") -> str:
        """The first eight parts, and how many more there are."""
        found = list(parts)
        shown = between.join(found[:SHOWN])
        return self.text("more", len(found) - SHOWN, shown=shown) if len(found) > SHOWN else shown


def plan_of(
    kit: Kit,
    workshop: Workshop,
    words: Words,
    people: int,
    starts: Sequence[int | None],
    booked: Sequence[int | None],
    have: Mapping[str, int] | None,
    paper: str | None,
) -> Plan:
    """The plan of a workshop whose sessions start at `starts` (minutes after midnight, None = as written)."""
    sessions = list(workshop.sessions)
    for number, start in enumerate(starts):
        if start is not None:
            sessions[number] = sessions[number].model_copy(update={"start": start})
    shifted = workshop.model_copy(update={"sessions": tuple(sessions)})
    minutes = (*booked, *(None,) * (len(sessions) - len(booked)))
    return Plan(kit, shifted, words, people, days(kit, shifted, words), minutes, have, paper)


def spot(number: int, line: Line, step: str | None = None, clock: int | None = None) -> Spot:
    """A line of session number `number`, or a step of it."""
    return Spot(number, line.slot.block.id, step, line.slot.start if clock is None else clock)
