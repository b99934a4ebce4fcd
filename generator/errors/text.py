"""A problem as lines of text for people: what is wrong, where, the lines themselves, and what helps."""

import re

from generator.errors.drawing import END, FIRST_STRONG, Mark, Paint, excerpt, plain, turns
from generator.errors.problem import Place, Problem

LONGEST = 600  # characters of a message or a help text
QUOTED = re.compile(r"`[^`\n]*`")


def as_text(problem: Problem, paint: Paint = plain) -> str:
    """A problem as several lines: code, place, the lines with carets, and help. Two places in one file share an excerpt."""
    place, also = problem.place, problem.also
    margin = len(str(max(_last(place), _last(also) if also else 0)))
    lines = [
        f"{paint(f'{problem.severity}[{problem.code}]', problem.severity)}: {paint(said(problem.message), 'message')}"
    ]
    marks = [Mark(place, problem.label)]
    together = also is not None and also.file == place.file and also.text.strip() and place.text.strip()
    if also and together:
        marks.append(Mark(also, problem.also_label, "-"))
    lines.append(_at(place, "-->", margin, paint))
    if place.text.strip():
        lines += excerpt(marks, margin, paint, problem.severity)
    if also and not together:
        where = _at(also, ":::", margin, paint)
        lines.append(where if also.text.strip() else f"{where} {problem.also_label}")
        if also.text.strip():
            lines += excerpt([Mark(also, problem.also_label, "-")], margin, paint, problem.severity)
    if problem.help:
        lines.append(f"{paint('help', 'help')}: {said(problem.help)}")
    return "\n".join(lines)


def said(text: str) -> str:
    """A message as it can be shown: not too long, no invisible characters, and words from right to left kept apart from ours."""
    text = "".join(sign if sign.isprintable() or sign in "\u200c\u200d" else " " for sign in text[: LONGEST + 1])
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return QUOTED.sub(lambda match: f"`{FIRST_STRONG}{match[0][1:-1]}{END}`", text) if turns(text) else text


def _last(place: Place) -> int:
    return place.line + len(place.below)


def _at(place: Place, arrow: str, margin: int, paint: Paint) -> str:
    return f"{' ' * margin}{paint(arrow, 'line')} {place.file}:{place.line}:{place.column}"
