"""A self-assessment as its pages answer it and show it.

In: an assessment. Out: the page on which one person answers, the facilitator's page for the team's codes, and the values that their
scripts read: statements with the points of each answer, and from which share of the points a result is no longer low, or is high.
The picture of a result is laid out here; the browser only places the values on it.
"""

import hashlib
import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from generator.content.model import Assessment, Dimension, Kit
from generator.programme import HIGH, LOW, name_of, points
from generator.web.drawing import Drawer
from generator.web.site import Page, Site

ROW, WORD = 5, 10  # a scale of so many answers with words of so many letters fits a phone side by side
VERSIONS = 36**4
# The picture, in units of its own: width, where its middle is, how long its axes are, and its lines of text.
WIDTH, X, Y, RADIUS = 400, 200, 172, 100
LINE, LETTERS = 17, 14


@dataclass(frozen=True)
class Name:
    """One line of the name of an axis."""

    y: float
    text: str


@dataclass(frozen=True)
class Axis:
    """One dimension of the picture: where its axis ends, and its name around `x`, with its share below at `share_y`."""

    end: tuple[float, float]
    x: float
    anchor: str
    names: tuple[Name, ...]
    share_y: float


def pages(site: Site, draw: Drawer, item: Assessment, about: str, values: dict[str, Any]) -> Iterator[Page]:
    """The page to answer on and, where the site is for facilitators, the page of the team."""
    path, name, words = f"assessments/{item.id}", name_of(item), site.words.tree
    values = {**values, "low": LOW, "high": HIGH}
    axes = radar(item)
    given = {
        "assessment": asked(site.kit, item) | {"axes": [(X, Y), *(axis.end for axis in axes)]},
        "words": words["assess"]["answer"]["script"] | {"band": words["band"]},
    }
    picture = (
        {"axes": axes, "box": _box(axes), "rings": [ring(len(axes), share) for share in (100, LOW, HIGH)]}
        if axes
        else {}
    )
    scale = list(enumerate(item.scale))
    yield draw.page(
        "assessments.md.j2", f"{path}/index.md", name, about=about, given=given, picture=picture, scale=scale,
        row=in_a_row(item), **values,
    )  # fmt: skip
    if site.for_facilitators:
        given = {"assessment": asked(site.kit, item), "words": words["assess"]["team"]["script"]}
        yield draw.page(
            "assessment-team.md.j2", f"{path}/team/index.md", site.words("assess.team.title", title=name), given=given,
            audience="facilitators", about=site.words("assess.team.lead"), found=False, **values,
        )  # fmt: skip


def asked(kit: Kit, assessment: Assessment) -> dict[str, Any]:
    """What the scripts read. `low` and `high` are shares in per cent, `enough` how many answers score a dimension, `points` those of each
    answer of the scale."""
    return {
        "id": assessment.id,
        "version": version(kit, assessment),
        "scale": list(assessment.scale),
        "none": assessment.no_evidence,
        "low": LOW,
        "high": HIGH,
        "dimensions": [
            {
                "id": dimension.id,
                "title": dimension.title,
                "enough": enough(dimension),
                "statements": [{"id": one.id, "points": points(assessment, one)} for one in dimension.statements],
            }
            for dimension in assessment.dimensions
        ],
    }


def enough(dimension: Dimension) -> int:
    """How many statements must be answered with evidence before a dimension is scored: more than half."""
    return len(dimension.statements) // 2 + 1


def version(kit: Kit, assessment: Assessment) -> str:
    """Four signs that change when a code could no longer be read aright: with the kit, the scale, or the statements and their order."""
    statements = [[one.id, one.reversed] for dimension in assessment.dimensions for one in dimension.statements]
    sizes = [len(dimension.statements) for dimension in assessment.dimensions]
    shape = json.dumps([kit.settings.id, assessment.id, len(assessment.scale), sizes, statements])
    number = int.from_bytes(hashlib.sha256(shape.encode()).digest()[:8]) % VERSIONS
    return "".join("0123456789abcdefghijklmnopqrstuvwxyz"[number // 36**place % 36] for place in (3, 2, 1, 0))


def in_a_row(assessment: Assessment) -> bool:
    """Whether the answers of the scale stand side by side, also on a phone."""
    words = " ".join(assessment.scale).split()
    return len(assessment.scale) <= ROW and all(len(word) <= WORD for word in words)


def radar(assessment: Assessment) -> tuple[Axis, ...]:
    """An axis for each dimension, clockwise from the top; none for fewer than three, since those make no area."""
    titles = [dimension.title for dimension in assessment.dimensions]
    if len(titles) < 3:
        return ()
    return tuple(_axis(title, at, len(titles)) for at, title in enumerate(titles))


def ring(axes: int, share: int) -> str:
    """The corners of the line that joins a share of all axes, as SVG wants them."""
    turns = (2 * pi * at / axes for at in range(axes))
    return " ".join(f"{x},{y}" for x, y in (_place(turn, RADIUS * share / 100) for turn in turns))


def _box(axes: tuple[Axis, ...]) -> str:
    """What of the picture is seen, as SVG wants it: from the highest line of text to the lowest."""
    top = min(axis.names[0].y for axis in axes) - LINE
    return f"0 {top} {WIDTH} {max(Y + RADIUS, *(axis.share_y for axis in axes)) + 8 - top:.1f}"


def _place(turn: float, length: float) -> tuple[float, float]:
    """So far from the middle, `turn` clockwise from the top."""
    return round(X + length * sin(turn), 1), round(Y - length * cos(turn), 1)


def _axis(title: str, at: int, axes: int) -> Axis:
    """Names stand over the picture at its top, under it at its bottom, and beside it else."""
    turn = 2 * pi * at / axes
    side, height = round(sin(turn), 3), round(cos(turn), 3)
    upright = abs(side) < 0.2
    # Where there are many axes, the names beside the topmost leave it little room.
    lines = textwrap.wrap(title, LETTERS if not upright else 30 if axes < 7 else 18)
    x, y = _place(turn, RADIUS + 12)
    # How far the whole name, with the share below it, is pushed up or down.
    top = y + 5 + (-LINE * len(lines) if height > 0.3 else LINE * 0.6 if height < -0.3 else -LINE * len(lines) / 2)
    names = tuple(Name(round(top + LINE * at, 1), line) for at, line in enumerate(lines))
    anchor = "middle" if upright else "start" if side > 0 else "end"
    return Axis(_place(turn, RADIUS), x, anchor, names, round(top + LINE * len(lines), 1))
