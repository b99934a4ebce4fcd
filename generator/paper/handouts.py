"""The handouts of a workshop: the sheet of each of its exercises that has one.

In: a subject. Out: plain JSON values. How a sheet is drawn and fills its pages is the template's business.
"""

from typing import Any

from generator.paper.items import exercise_data
from generator.paper.subject import Subject
from generator.programme import exercises_in

SHOWN = ("id", "title", "handout", "ideas", "site")  # nothing of what only the facilitator reads


def handouts(subject: Subject) -> dict[str, Any]:
    """The sheets in the order of the agenda; no values when no exercise has one."""
    found = [
        exercise_data(subject.kit, subject.links, exercise)
        for exercise in exercises_in(subject.kit, subject.the_workshop)
        if exercise.handout
    ]
    return {"sheets": [{name: sheet[name] for name in SHOWN} for sheet in found]} if found else {}
