"""The run sheet: what the facilitator looks at while the clock runs.

In: a workshop on the clock. Out: JSON values for each page of it: blocks and steps with what has to lie ready, when to be where, what
may give way. Which session takes two pages is decided by `sheets.py`, what may give way by `timing/late.py`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from generator.content.model import Exercise, Material
from generator.content.sentences import beginning
from generator.paper.sheets import sheets
from generator.paper.subject import Subject
from generator.paper.workshop import agenda
from generator.programme import Day, Line, days, exercises_in
from generator.timing.late import Checkpoint, Cut, checkpoints, cuts
from generator.timing.schedule import clock_text

NAMED = re.compile(
    r"[^:\"“„«'‘\s]+ [^:\"“„«]+(?=: )"
)  # two words or more; a single one, as in "Handout: ...", says too little
ASIDE = re.compile(r"\s*\([^()]*\)\s*$")


def run_sheet_of(subject: Subject) -> dict[str, Any]:
    """The pages of the run sheet, session after session."""
    shown = days(subject.kit, subject.the_workshop, subject.words)
    drawn = agenda(subject)
    pages = [
        page
        for at, (day, values) in enumerate(zip(shown, drawn, strict=True))
        for page in _pages(subject, at, day, values)
    ]
    return {"days": drawn, "pages": pages}


def _pages(subject: Subject, number: int, day: Day, drawn: dict[str, Any]) -> list[dict[str, Any]]:
    """The pages of session number `number` (from 0); each has the checkpoints and cuts of its own blocks."""
    exercises = subject.kit.exercises
    points, ways = checkpoints(day.sheet, exercises), cuts(day.sheet, exercises)
    parts, ready = sheets(day.sheet), _ready(subject)
    lines = [_line(line, ready) for line in drawn["lines"]]
    return [
        {
            "day": number,
            "part": part,
            "parts": len(parts),
            "lines": lines[first:last],
            "end": clock_text(day.sheet.slots[last - 1].end),
            "then": day.lines[last].title if last < len(lines) else None,
            "checkpoints": [_point(day, point) for point in points if first <= point.slot < last],
            "cuts": [_cut(day, cut) for cut in ways if first <= cut.slot < last],
            **_at_hand(subject, day.lines[first:last]),
        }
        for part, (first, last) in enumerate(parts, 1)
    ]


def _line(drawn: dict[str, Any], ready: dict[str, list[str]]) -> dict[str, Any]:
    """A block with the steps that get minutes, and what has to lie ready for it alone."""
    return {
        **drawn,
        "spans": [span for span in drawn["spans"] if span["minutes"]],
        "ready": ready.get(drawn["item"], []),
    }


def _point(day: Day, point: Checkpoint) -> dict[str, Any]:
    return {
        "at": clock_text(point.at),
        "title": day.lines[point.slot].title,
        "free": point.free,
        "cut": _cut(day, point.cut) if point.cut else None,
    }


def _cut(day: Day, cut: Cut) -> dict[str, Any]:
    """What gives way, the minutes that it saves and leaves, and in one sentence what is lost."""
    line = day.lines[cut.slot]
    lost = line.slot.block.if_cut
    return {
        "how": cut.how,
        "title": line.title,
        "saves": cut.saves,
        "leaves": line.slot.minutes - cut.saves,
        "lost": beginning(lost, 1) if lost and cut.how != "use" else None,
    }


def _ready(subject: Subject) -> dict[str, list[str]]:
    """By exercise, what is made or printed for it alone and lies ready when it begins. By video call nothing lies ready in a room."""
    workshop = subject.the_workshop
    if workshop.remote:
        return {}
    exercises = exercises_in(subject.kit, workshop)
    users = Counter(item for exercise in exercises for item in {material.item for material in exercise.materials})
    users.update({material.item for material in workshop.materials})
    return {
        exercise.id: _names(
            one for one in exercise.materials if one.get in ("print", "prepare") and users[one.item] == 1
        )
        for exercise in exercises
    }


def _at_hand(subject: Subject, lines: Sequence[Line]) -> dict[str, list[str]]:
    """Materials of the workshop and of the exercises in these lines: `all` of them, `through` those that do not lie ready for one block."""
    own = subject.the_workshop.materials
    exercises = [line.item for line in lines if isinstance(line.item, Exercise) and not subject.the_workshop.remote]
    whole = _names([*own, *(one for exercise in exercises for one in exercise.materials)])
    ready = {name for names in _ready(subject).values() for name in names}
    return {"through": [name for name in whole if name not in ready], "all": whole}


def _names(materials: Iterable[Material]) -> list[str]:
    """The names of things, each once, without what is said of them after a colon or in brackets."""
    return list(dict.fromkeys(_short(material.item) for material in materials))


def _short(item: str) -> str:
    name = ASIDE.sub("", item)
    found = NAMED.match(name)
    return found[0] if found else name or item
