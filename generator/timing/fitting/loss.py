"""What a change takes away inside a block.

In: a change of a fitted agenda (`fit.py`) and the exercises of the kit. Out: the steps that lose minutes by it. What the author says about
that stands in `if_cut` of the block and of each step.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.content.model import Exercise, ExerciseBlock, Step
from generator.timing.fit import Change
from generator.timing.schedule import share


@dataclass(frozen=True)
class StepCut:
    """A step, or the debrief (None), that has `minutes` instead of `was`; at 0 it is left out."""

    step: Step | None
    was: int
    minutes: int


def steps_cut(change: Change, exercises: Mapping[str, Exercise]) -> tuple[StepCut, ...]:
    """The steps of an exercise that is shortened, as far as they lose minutes; nothing for any other change."""
    if change.how != "shorten" or not isinstance(change.block, ExerciseBlock):
        return ()
    exercise = exercises[change.block.exercise]
    pairs = zip([*exercise.steps, None], share(exercise, change.was), share(exercise, change.minutes), strict=False)
    return tuple(StepCut(step, was, minutes) for step, was, minutes in pairs if minutes < was)
