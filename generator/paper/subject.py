"""What a printed document is about."""

from dataclasses import dataclass

from generator.content.model import Exercise, Kit, Workshop
from generator.content.words import Words
from generator.links import Links


@dataclass(frozen=True)
class Subject:
    """A kit, and the workshop or the exercise of it that a document is about; neither for a document of the whole kit.

    `people` is a headcount, None = as many as the workshop expects (`programme.expected`).
    """

    kit: Kit
    links: Links
    words: Words
    workshop: Workshop | None = None
    exercise: Exercise | None = None
    people: int | None = None

    @property
    def the_workshop(self) -> Workshop:
        """The workshop, for documents that are of one."""
        assert self.workshop is not None
        return self.workshop

    @property
    def the_exercise(self) -> Exercise:
        """The exercise, for documents that are of one."""
        assert self.exercise is not None
        return self.exercise
