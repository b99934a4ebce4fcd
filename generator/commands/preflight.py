"""`workshop-kit preflight`: what will go wrong tomorrow, in plain words, worst first."""

import argparse
import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from generator.commands.common import Commands, clock, command, headcount, known, minutes, refuse, starts
from generator.content.model import Paper, Workshop
from generator.content.words import Words
from generator.errors import ToolError, as_text
from generator.preflight import SEVERITIES, Finding, Plan, findings, plan_of
from generator.preflight.have import read_have
from generator.programme import expected
from generator.reading import read, words_of
from generator.timing.schedule import clock_text

WIDE = 88  # columns of text


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "preflight",
        run,
        description="Look at a workshop with that day's headcount and clock, and say what will go wrong, worst first. "
        "The exit status is 1 when something has to be mended.",
    )
    found.add_argument("workshop", metavar="WORKSHOP", help="id of a workshop")
    people = "how many come (default: as many as the workshop plans for)"
    found.add_argument("--people", type=headcount, metavar="NUMBER", help=people)
    each = "for a workshop of several sessions give it once for each, in order"
    start = f"when you begin, such as 13:30 (default: as written); {each}"
    found.add_argument("--start", type=clock, action="append", metavar="HH:MM", help=start)
    booked = found.add_mutually_exclusive_group()
    booked.add_argument(
        "--minutes",
        type=minutes,
        action="append",
        metavar="NUMBER",
        help=f"how long you have, in minutes; given once it counts for all sessions, or {each}",
    )
    end = f"when you have to end, such as 16:30, in place of --minutes; {each}"
    booked.add_argument("--end", type=clock, action="append", metavar="HH:MM", help=end)
    have = "a file that says how many of each thing you have, in lines such as `Index cards: 60`"
    found.add_argument("--have", type=Path, metavar="FILE", help=have)
    found.add_argument("--paper", metavar="PAPER", help="what you print on: a4 or us-letter")
    format = "text to read, or json for other programs (default: text)"
    found.add_argument("--format", choices=("text", "json"), default="text", help=format)


def run(root: Path, options: argparse.Namespace) -> int:
    """Print every finding; 1 when one is an error."""
    loaded, _ = read(root / "content")
    kit = loaded.kit
    known("workshop", [options.workshop], kit.workshops)
    known("paper", [options.paper] if options.paper else [], get_args(Paper))
    workshop = kit.workshops[options.workshop]
    begin = starts(workshop, options.start)
    words = words_of(loaded)
    people = options.people or expected(workshop)
    booked = _booked(workshop, begin, options)
    plan = plan_of(kit, workshop, words, people, begin, booked, _have(options.have), options.paper)
    found = findings(plan)
    print(as_json(plan, found) if options.format == "json" else as_plain_text(plan, found))
    return int(any(finding.severity == "error" for finding in found))


def _booked(workshop: Workshop, begin: Sequence[int | None], options: argparse.Namespace) -> Sequence[int | None]:
    """The minutes that each session may take. Too many or too few times end the program with status 2."""
    sessions = workshop.sessions
    given: list[int] = options.minutes or options.end or []
    if len(given) == 1 and options.minutes:
        given = given * len(sessions)
    if given and len(given) != len(sessions):
        name = "--minutes" if options.minutes else "--end"
        has = f"has {len(sessions)} sessions" if len(sessions) > 1 else "is one session"
        refuse(f"`{workshop.id}` {has}; give `{name}` once for each, in order")
    if options.minutes or not given:
        return given
    first = [session.start if start is None else start for session, start in zip(sessions, begin, strict=True)]
    for start, end in zip(first, given, strict=True):
        if end <= start:
            refuse(f"the end, {clock_text(end)}, is not after the start, {clock_text(start)}")
    return [end - start for start, end in zip(first, given, strict=True)]


def _have(path: Path | None) -> Mapping[str, int] | None:
    """What is there already. Raises ToolError with every fault of the file."""
    if path is None:
        return None
    try:
        found, problems = read_have(path.name, path.read_bytes())
    except OSError as error:
        raise ToolError(f"what you have cannot be read from {path}: {error.strerror or error}") from None
    if problems:
        raise ToolError("\n".join([f"{path} cannot be used", *(as_text(problem) for problem in problems)]))
    return found


def as_plain_text(plan: Plan, found: Sequence[Finding]) -> str:
    """The day in a line or two, a paragraph for each finding, and a line that sums up; 88 columns wide."""
    title = plan.workshop.title
    parts = [_wrapped(plan.text("head", title=title, people=plan.words("units.people", plan.people)), "")]
    for number, day in enumerate(plan.days, 1):
        which = plan.text("number", number, day=day.sheet.session.day) if len(plan.days) > 1 else ""
        times = {"start": clock_text(day.sheet.start), "end": clock_text(day.sheet.end)}
        parts.append(plan.text("sitting", number=which, minutes=plan.minutes(day.sheet.minutes), **times))
    blocks = ["\n".join(parts)]
    for finding in found:
        label = plan.text(f"severity.{finding.severity}")
        blocks.append(_wrapped(f"{label}: {finding.message}", "") + _wrapped("\n" + finding.help, "  "))
    return "\n\n".join([*blocks, summary(plan.words, found)])


def _wrapped(text: str, indent: str) -> str:
    """Lines of 88 columns; what stands in backticks, to be typed, stays on one line. Empty for no text."""
    whole = re.sub(r"`[^`]*`", lambda typed: typed[0].replace(" ", "\0"), text.strip())
    lines = textwrap.wrap(
        whole,
        WIDE,
        initial_indent=indent,
        subsequent_indent=indent or "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    start = "\n" if text.startswith("\n") and lines else ""
    return start + "\n".join(lines).replace("\0", " ")


def summary(words: Words, found: Sequence[Finding]) -> str:
    """`2 things to mend, 3 to look at.`"""
    counts = {severity: sum(finding.severity == severity for finding in found) for severity in SEVERITIES}
    if not found:
        return words("preflight.sum.well")
    if not counts["error"] and not counts["warning"]:
        return words("preflight.sum.only_notes", counts["note"])
    names = {"warning": "warning" if counts["error"] else "warning_alone"}
    parts = [words(f"preflight.sum.{names.get(each, each)}", count) for each, count in counts.items() if count]
    return words("lists.comma").join(parts) + "."


def as_json(plan: Plan, found: Sequence[Finding]) -> str:
    """The same as data; docs/preflight.schema.json describes it."""
    sessions = [
        {
            "id": day.sheet.session.id,
            "day": day.sheet.session.day,
            "start": clock_text(day.sheet.start),
            "end": clock_text(day.sheet.end),
            "minutes": day.sheet.minutes,
            "minutes_booked": booked,
        }
        for day, booked in zip(plan.days, plan.booked, strict=True)
    ]
    data = {
        "workshop": plan.workshop.id,
        "people": plan.people,
        "sessions": sessions,
        "ok": not any(finding.severity == "error" for finding in found),
        "summary": summary(plan.words, found),
        "findings": [_finding(plan, finding) for finding in found],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _finding(plan: Plan, finding: Finding) -> dict[str, Any]:
    spots = [
        {
            "session": plan.workshop.sessions[spot.session].id,
            "block": spot.block,
            "step": spot.step,
            "clock": None if spot.clock is None else clock_text(spot.clock),
        }
        for spot in finding.spots
    ]
    return {
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "help": finding.help,
        "places": spots,
    }
