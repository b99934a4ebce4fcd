"""What `workshop-kit fit` says: a fitted agenda as text to read.

In: what was asked for, and what was found. Out: text of at most 88 columns. `fitted_data.py` says the same to other programs.
"""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.content.model import BreakBlock, Kit, Session, SlackBlock, Workshop
from generator.content.prose import Prose
from generator.content.words import Words
from generator.lengths import called, too_short
from generator.programme import days, expected
from generator.timing.fit import Change, Fit, TooShort
from generator.timing.fitting.loss import StepCut, steps_cut
from generator.timing.rhythm import NO_BREAK, between_breaks, free_minutes
from generator.timing.schedule import DAY, RunSheet, block_minutes, clock_text, run_sheet

WIDE = 88  # columns of text
INDENT = "  "
PARTS = ("gone", "break_gone", "slack_gone", "shorter", "longer", "added")


@dataclass(frozen=True)
class Fitted:
    """What was asked for: `minutes` for a session, which is written as `session` and begins as `begun` does."""

    kit: Kit
    workshop: Workshop
    session: Session
    begun: Session
    words: Words
    minutes: int

    def sheet(self, session: Session) -> RunSheet:
        """A session on the clock."""
        return run_sheet(session, self.kit.exercises)

    @cached_property
    def written(self) -> Mapping[str, int]:
        """The minutes of each block as written, by its id."""
        return {block.id: block_minutes(block, self.kit.exercises) for block in self.session.agenda}

    def titles(self, session: Session) -> dict[str, str]:
        """What each block is called, by its id."""
        workshop = self.workshop.model_copy(update={"sessions": (session,)})
        lines = days(self.kit, workshop, self.words)[0].lines
        return {line.slot.block.id: line.title for line in lines}

    def span(self, sheet: RunSheet) -> str:
        """`9:00 to 11:30`."""
        return self.words("fit.span", start=clock_text(sheet.start), end=clock_text(sheet.end))

    @property
    def name(self) -> str:
        """The workshop, and which session where it has several."""
        return called(self.workshop, self.session)

    def command(self, minutes: int) -> str:
        """What to type for another length."""
        return f"workshop-kit fit {self.workshop.id} --minutes {minutes}{self._which}{self._begin}"

    @property
    def _which(self) -> str:
        return f" --session {self.session.id}" if len(self.workshop.sessions) > 1 else ""

    @property
    def _begin(self) -> str:
        return "" if self.begun.start == self.session.start else f" --start {clock_text(self.begun.start)}"

    @property
    def pack(self) -> str:
        """What to type to print it: minutes and starts for each session in order, the others as they are written."""
        sessions = self.workshop.sessions
        here = [session.id == self.session.id for session in sessions]
        lengths = [
            self.minutes if own else self.sheet(other).minutes for own, other in zip(here, sessions, strict=True)
        ]
        starts = [clock_text((self.begun if own else other).start) for own, other in zip(here, sessions, strict=True)]
        found = [f"workshop-kit pack {self.workshop.id}", *(f"--minutes {minutes}" for minutes in lengths)]
        found += [f"--start {start}" for start in starts if self._begin]
        return " ".join([*found, f"--people {expected(self.workshop)}", "--date YYYY-MM-DD"])


def too_short_text(asked: Fitted, short: TooShort) -> str:
    """Why it cannot be done, and what can."""
    why = _filled(too_short(asked.kit, asked.workshop, asked.begun, asked.minutes, short, asked.words))
    if short.block is None:
        return f"{why}\n\n{asked.words('fit.instead')}\n{INDENT}{asked.command(short.shortest)}"
    help = asked.words("fit.blocked_help", file=f"content/workshops/{asked.workshop.id}.yml")
    return f"{why}\n\n{_filled(help)}"


def as_plain_text(asked: Fitted, found: Fit, least: int) -> str:
    """The agenda, what changed and what is lost, and what to do next."""
    parts = ["\n".join(_head(asked, found, least)), "\n".join(_table(asked, found))]
    parts += list(_changes(asked, found))
    if not free_minutes(asked.sheet(found.session)):
        parts.append(_filled(asked.words("fit.no_slack")))
    parts.append(f"{asked.words('fit.next')}\n{INDENT}{asked.pack}")
    return "\n\n".join(parts)


def _head(asked: Fitted, found: Fit, least: int) -> Iterator[str]:
    words, now, before = asked.words, asked.sheet(found.session), asked.sheet(asked.session)
    yield from textwrap.wrap(words("fit.head", name=asked.name, minutes=asked.minutes, span=asked.span(now)), WIDE)
    yield _filled(
        words("fit.written", minutes=words("units.minutes", before.minutes), span=asked.span(before), least=least)
    )
    if now.end > DAY:
        yield _filled(words("fit.midnight"))
    if (early := asked.minutes - now.minutes) > 0:
        yield _filled(words("fit.early", early))


def _table(asked: Fitted, found: Fit) -> Iterator[str]:
    """A line for each block: when it begins, how long it takes, and what it took before where that is something else."""
    titles, sheet = asked.titles(found.session), asked.sheet(found.session)
    for slot in sheet.slots:
        if slot.waiting:
            yield f"{clock_text(slot.start - slot.waiting):>7} {slot.waiting:>4}  {asked.words('fit.waiting')}"
        was = asked.written.get(slot.block.id)
        note = "" if was == slot.minutes else asked.words("fit.new") if was is None else asked.words("fit.was", was)
        begin = f"{clock_text(slot.start):>7} {slot.minutes:>4}  "
        text = f"{titles[slot.block.id]}  {note}".rstrip()
        yield textwrap.fill(text, WIDE, initial_indent=begin, subsequent_indent=" " * len(begin))
    yield f"{clock_text(sheet.end):>7}       {asked.words('fit.end')}"


def part_of(change: Change) -> str:
    """Under which heading a change is told."""
    if change.how == "drop":
        return {BreakBlock.type: "break_gone", SlackBlock.type: "slack_gone"}.get(change.block.type, "gone")
    return {"shorten": "shorter", "grow": "longer", "add": "added"}[change.how]


def _changes(asked: Fitted, found: Fit) -> Iterator[str]:
    if not found.changes:
        yield asked.words("fit.nothing")
    for part in PARTS:
        if changes := [change for change in found.changes if part_of(change) == part]:
            lines = [asked.words(f"fit.parts.{part}")]
            for change in changes:
                lines += _change(asked, found, change)
            yield "\n".join(lines)


def _change(asked: Fitted, found: Fit, change: Change) -> Iterator[str]:
    """A change, and below it what is lost."""
    words = asked.words
    title = (asked.titles(asked.session) | asked.titles(found.session))[change.block.id]
    moved = words(
        "fit.moved" if change.was and change.minutes else "fit.minutes",
        _more(change),
        was=change.was,
        now=change.minutes,
    )
    yield _filled(f"{title}: {moved}", 1)
    for text in losses(asked, found, change):
        yield _filled(text, 3)


def _more(change: Change) -> int:
    """The number that decides between singular and plural: that which is named last."""
    return change.minutes or change.was


def losses(asked: Fitted, found: Fit, change: Change) -> Iterator[str]:
    """What is lost by a change, and why that is safe, as far as anybody says it."""
    if change.how in ("grow", "add"):
        return
    told = change.block.if_cut
    if told:
        yield from paragraphs(told)
    cuts = steps_cut(change, asked.kit.exercises)
    for cut in cuts:
        yield _step(asked.words, cut)
    if (minutes := without_break(asked, found, change)) is not None:
        yield asked.words("fit.break_safe", minutes, most=NO_BREAK)
    silent = not told and not any(cut.step and cut.step.if_cut for cut in cuts)
    if silent and not isinstance(change.block, BreakBlock | SlackBlock):
        yield asked.words("fit.unsaid")


def _step(words: Words, cut: StepCut) -> str:
    title = cut.step.title if cut.step else words("fit.debrief")
    moved = (
        words("fit.moved", cut.minutes, was=cut.was, now=cut.minutes) if cut.minutes else words("fit.left_out", cut.was)
    )
    told = " ".join(paragraphs(cut.step.if_cut)) if cut.step and cut.step.if_cut else ""
    return f"{title}: {moved}. {told}".rstrip()


def without_break(asked: Fitted, found: Fit, change: Change) -> int | None:
    """How long people go without a break where one is gone, in minutes; None where none is."""
    if change.how != "drop" or not isinstance(change.block, BreakBlock):
        return None
    ids = [block.id for block in asked.session.agenda]
    later = ids[ids.index(change.block.id) :]
    agenda = found.session.agenda
    place = next((at for at, block in enumerate(agenda) if block.id in later), len(agenda))
    spans = [stretch.span for stretch in between_breaks(asked.sheet(found.session)) if stretch.slot <= place]
    return spans[-1] if spans else 0


def paragraphs(prose: Prose) -> list[str]:
    """Each block of a text without its markup."""
    return [" ".join(Prose("", (block,)).plain().split()) for block in prose.blocks]


def _filled(text: str, depth: int = 0) -> str:
    indent = INDENT * depth
    return textwrap.fill(text, WIDE, initial_indent=indent, subsequent_indent=indent)
