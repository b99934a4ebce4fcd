"""What a printed document is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.content.model import Exercise, Kit, Workshop
from generator.content.words import Words
from generator.links import Links
from generator.occasion import Occasion

Logo = Mapping[str, Any] | None  # `format` and either `text` or `bytes`


@dataclass(frozen=True)
class Subject:
    """A kit, and the workshop or the exercise of it that a document is about; neither for a document of the whole kit.

    `people` is a headcount, None = as many as the workshop expects (`programme.expected`). `logo` is the kit's, as
    `pictures.logo` gives it. `occasion` is the event that a pack is printed for.
    """

    kit: Kit
    links: Links
    words: Words
    workshop: Workshop | None = None
    exercise: Exercise | None = None
    people: int | None = None
    logo: Logo = None
    occasion: Occasion | None = None

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
