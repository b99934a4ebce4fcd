"""Problems for programs: for GitHub's checks, as JSON, and one on a line."""

import json
from collections.abc import Sequence
from typing import Any

from generator.errors.problem import RANK, Place, Problem, count
from generator.errors.text import said

FORMATS = ("text", "github", "json", "short")
LEVELS = {"error": "error", "warning": "warning", "advice": "notice"}


def as_short(problems: Sequence[Problem]) -> str:
    """`file:line:column: error[code]: message`, one on a line."""
    return "".join(
        f"{each.place.file}:{each.place.line}:{each.place.column}: {each.severity}[{each.code}]: {said(each.message)}\n"
        for each in problems
    )


def as_github(problems: Sequence[Problem], folder: str = "") -> str:
    """Commands that GitHub Actions shows beside the lines of a change; `folder` is where the kit lies in its repository, with a slash.

    Signs are escaped as GitHub's own toolkit does it (actions/toolkit, `packages/core/src/command.ts`).
    """
    return "".join(_command(problem, folder) for problem in problems)


def _command(problem: Problem, folder: str) -> str:
    place = problem.place
    values = {
        "file": folder + place.file,
        "line": place.line,
        "col": place.column,
        "endColumn": place.column + max(0, place.length - 1),
        "title": problem.code,
    }
    also = problem.also
    second = f"\n{problem.also_label}: {folder}{also.file}:{also.line}:{also.column}" if also else ""
    help = f"\nhelp: {problem.help}" if problem.help else ""
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items())
    return f"::{LEVELS[problem.severity]} {properties}::{_data(problem.message + second + help)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Sequence[Problem]) -> str:
    """All problems as one document, described by `docs/problems.schema.json`."""
    return _document(problems, {"summary": count(problems)})


def failed(why: str, format: str) -> str:
    """A command that could do nothing for a reason outside of the content, as `json` or `github`."""
    if format == "github":
        return f"::error::{_data(why)}\n"
    return _document([], {"summary": "failed", "failure": why})


def _document(problems: Sequence[Problem], more: dict[str, Any]) -> str:
    counts = {severity: sum(each.severity == severity for each in problems) for severity in RANK}
    found = {"format": 1, **more, "counts": counts, "problems": [_entry(each) for each in problems]}
    return json.dumps(found, ensure_ascii=True, indent=1) + "\n"


def _entry(problem: Problem) -> dict[str, Any]:
    found: dict[str, Any] = {"code": problem.code, "severity": problem.severity, "message": problem.message}
    found |= {"place": _place(problem.place)}
    if problem.label:
        found["label"] = problem.label
    if problem.help:
        found["help"] = problem.help
    if problem.also:
        found["also"] = _place(problem.also) | {"label": problem.also_label}
    return found


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column, "length": place.length, "text": place.text}
