"""What will go wrong tomorrow: a workshop with that day's headcount and clock, looked at from all sides.

In: a kit, a workshop of it, how many people come and when each session starts. Out: findings in plain words, worst first, each with
what to do about it. docs/preflight.md lists them. Nothing is printed or changed here.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from generator.content.model import Kit, Workshop
from generator.content.words import Words
from generator.preflight.finding import SEVERITIES, Finding, Plan, plan_of
from generator.preflight.groups import groups
from generator.preflight.hours import hours
from generator.preflight.pace import pace
from generator.preflight.people import headcount
from generator.preflight.things import things

__all__ = ["CODES", "SEVERITIES", "Finding", "Plan", "findings", "plan_of", "preflight"]

# Every kind of finding, the gravest first.
CODES = (
    "overlap", "before-start", "overrun", "over", "midnight", "too-few", "too-many", "no-remote", "paper",
    "no-break", "no-lunch", "lunch-hour", "groups", "waiting", "no-slack", "short", "no-handout",
    "odd-pairs", "odd-trios", "one-group", "no-materials", "break-at-edge", "early", "late", "time-left", "not-listed", "get-first",
)  # fmt: skip
TOLD = 3  # findings of one kind that are told one by one; of more it is said how many there are


def preflight(
    kit: Kit,
    workshop: Workshop,
    words: Words,
    people: int,
    starts: Sequence[int | None] = (),
    booked: Sequence[int | None] = (),
    have: Mapping[str, int] | None = None,
    paper: str | None = None,
) -> tuple[Finding, ...]:
    """All findings, worst first; those of one kind share a finding.

    `starts` and `booked` have an entry for each session, in order: when it starts (minutes after midnight, None = as written), and how
    many minutes it may take (None = nobody said). Both may be left out. `have` are numbers of things by name, and `paper` is a4 or
    us-letter.
    """
    return findings(plan_of(kit, workshop, words, people, starts, booked, have, paper))


def findings(plan: Plan) -> tuple[Finding, ...]:
    """All findings about a plan, worst first; those of one kind share a finding."""
    found = chain(hours(plan), pace(plan), headcount(plan), groups(plan), things(plan))
    return _merged(plan, sorted(found, key=_order))


def _order(finding: Finding) -> tuple[int, int]:
    return SEVERITIES.index(finding.severity), CODES.index(finding.code)


def _merged(plan: Plan, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each kind: up to three messages in the order of the agenda, and each help once."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        kinds.setdefault((finding.severity, finding.code), []).append(finding)
    return tuple(_joined(plan, kind) for kind in kinds.values())


def _joined(plan: Plan, kind: list[Finding]) -> Finding:
    first, told = kind[0], kind[:TOLD]
    message = " ".join(finding.message for finding in told)
    if len(kind) > TOLD:
        message += " " + plan.text("again", len(kind) - TOLD)
    help = " ".join(dict.fromkeys(finding.help for finding in told))
    spots = tuple(spot for finding in kind for spot in finding.spots)
    return Finding(first.severity, first.code, message, help, spots)
