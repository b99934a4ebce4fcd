"""An exercise as a sheet of its own.

In: a kit and one exercise of it. Out: plain JSON values: the recipe with the minutes that it is written with, without a workshop's clock.
"""

from typing import Any

from generator.paper.items import exercise_data
from generator.paper.subject import Subject


def exercise_sheet(subject: Subject) -> dict[str, Any]:
    """What the sheet of an exercise shows."""
    return {"exercise": exercise_data(subject.kit, subject.links, subject.the_exercise)}
