"""An exercise as a sheet of its own.

In: a kit and one exercise of it. Out: plain JSON values: the recipe with the minutes that it is written with, without a workshop's clock,
and whether a workshop uses it, for only then do workbooks and handouts have its sheet.
"""

from typing import Any

from generator.paper.items import exercise_data
from generator.paper.subject import Subject


def exercise_sheet(subject: Subject) -> dict[str, Any]:
    """What the sheet of an exercise shows."""
    exercise = subject.the_exercise
    used = exercise.id in subject.links.workshops_of
    return {"exercise": exercise_data(subject.kit, subject.links, exercise), "used": used}
