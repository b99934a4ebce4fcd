"""The run of show: a page from which a facilitator leads a workshop while its clock runs.

In: a site and a workshop of it. Out: the page, with its run sheet, and with all that the script looks up: minutes of blocks and steps, and
the plans for whoever runs late. Minutes are whole; a clock time is minutes after midnight. What a plan is, is decided in `replan.py`.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from generator.content.model import Exercise, ExerciseBlock, Workshop
from generator.programme import Day, Line, name_of
from generator.timing.late import cuts
from generator.timing.replan import plans
from generator.timing.schedule import share
from generator.web.drawing import Drawer
from generator.web.site import Page, Site


def run_of_show(
    site: Site, draw: Drawer, workshop: Workshop, *, kept: str = "", dates: Mapping[str, str] | None = None
) -> Page:
    """The page at `workshops/<id>/run/`, or, with `kept`, its text for a file that stands alone: without ways to other pages.

    `kept` tells runs on a device apart from those of the site's page; `dates` has the day of each session, by its id, as readers see it.
    """
    shown = site.days(workshop)
    run = {
        "workshop": workshop.id,
        "store": "/".join(["run", workshop.id, *([kept] if kept else [])]),
        "title": name_of(workshop),
        "sessions": [session_data(site, day, several=len(shown) > 1) for day in shown],
    }
    return draw.page(
        "run.md.j2",
        f"workshops/{workshop.id}/run/index.md",
        site.words("run.title", title=name_of(workshop)),
        audience="facilitators",
        found=False,
        item=workshop,
        days=shown,
        alone=bool(kept),
        dates=dates or {},
        run={"run": run, "words": {**site.words.tree["run"], "keep": site.words.tree["keep"]}},
    )


def session_data(site: Site, day: Day, *, several: bool = False) -> dict[str, Any]:
    """A session for the script: `start` and `end`, its `blocks`, and the tables of its plans (see `replan.Plans`), flat: slot, minutes,
    slot, minutes. `mark` changes with the agenda, so that a run that was kept for another one is not taken up."""
    session = day.sheet.session
    found = plans(day.sheet, site.kit.exercises)
    number = site.words("site.facts.day", n=session.day) if several else ""
    values: dict[str, Any] = {
        "id": session.id,
        "name": ": ".join(part for part in (number, session.title) if part),
        "start": day.sheet.start,
        "end": day.sheet.end,
        "blocks": [_block(site, day, at) for at in range(len(day.lines))],
        "plans": [[number for give in plan for number in give] for plan in found.plans],
        "rows": [list(row) for row in found.rows],
    }
    return values | {"mark": hashlib.sha256(json.dumps(values).encode()).hexdigest()[:8]}


def _block(site: Site, day: Day, at: int) -> dict[str, Any]:
    """A block: `steps` are pairs of title and minutes; `shares` the minutes of each step when the block gives 1, 2, 3 ... minutes."""
    line = day.lines[at]
    block = line.slot.block
    values: dict[str, Any] = {
        "id": block.id,
        "title": line.title,
        "type": block.type,
        "keep": block.keep,
        "start": line.slot.start,
        "minutes": line.slot.minutes,
        "fixed": block.start is not None,
        "steps": _steps(site, line),
    }
    most = next(
        (cut.saves for cut in cuts(day.sheet, site.kit.exercises) if cut.slot == at and cut.how == "shorten"), 0
    )
    if isinstance(block, ExerciseBlock) and isinstance(line.item, Exercise):
        values["shares"] = [share(line.item, line.slot.minutes - given) for given in range(1, most + 1)]
    return values


def _steps(site: Site, line: Line) -> list[tuple[str, int]]:
    """The steps of an exercise, with its debrief; any other block is one step."""
    debrief = site.words("site.exercise.debrief")
    found = [(span.step.title if span.step else debrief, span.minutes) for span in line.slot.spans]
    return found or [(line.title, line.slot.minutes)]
