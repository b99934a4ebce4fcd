"""Numbers of a kit in fixed words: how long, how many people, which sizes of group.

In: a kit's fixed words. Out: plain text, as templates show it. Nothing is worked out here but the choice of words.
"""

from dataclasses import dataclass

from generator.content.model import Deck, Exercise, Groups, Range
from generator.content.words import Words
from generator.timing.schedule import range_of

DEPTHS = ("opener", "dig", "commit")


@dataclass(frozen=True)
class Phrases:
    """Short texts in the language of `words`."""

    words: Words

    def duration(self, minutes: int) -> str:
        """`45 min`, `1 h`, `3 h 30 min`."""
        hours, rest = divmod(minutes, 60)
        if hours == 0:
            return self.words("site.time.minutes", minutes=minutes)
        name = "site.time.both" if rest else "site.time.hours"
        return self.words(name, hours=hours, minutes=rest)

    def people(self, range: Range) -> str:
        """`4 to 30 people`."""
        return self._range("people", range.min, range.max)

    def groups(self, groups: Groups) -> str:
        """`groups of 4 (3 to 5)`."""
        least, most = groups.min or groups.size, groups.max or groups.size
        name = "groups.of" if least == most else "groups.range"
        return self.words(name, size=groups.size, min=least, max=most)

    def formats(self, exercise: Exercise) -> str:
        """How people sit together in the steps, each once: `all together, alone, pairs`."""
        found = dict.fromkeys(step.format for step in exercise.steps if step.format)
        return self.words("lists.comma").join(self.words(f"format.{format}") for format in found)

    def facts(self, exercise: Exercise) -> list[str]:
        """What a list says of an exercise besides its minutes: people, groups, how far it bends, how people sit."""
        least, most = (self.duration(minutes) for minutes in range_of(exercise))
        bends = self.words("site.facts.range", least=least, most=most) if least != most else ""
        groups = self.groups(exercise.groups) if exercise.groups else ""
        return [fact for fact in (self.people(exercise.people), groups, bends, self.formats(exercise)) if fact]

    def _range(self, group: str, least: int | None, most: int | None) -> str:
        if least is None and most is None:
            return self.words(f"{group}.any")
        if least == most:
            return self.words(f"{group}.exactly", min=least)
        name = "to" if least is None else "from" if most is None else "range"
        return self.words(f"{group}.{name}", min=least, max=most)


def depths_of(deck: Deck) -> dict[str, int]:
    """How many prompts of each depth a deck has, from the light to the deep; prompts without a depth are left out."""
    counts = {depth: sum(prompt.depth == depth for prompt in deck.prompts) for depth in DEPTHS}
    return {depth: count for depth, count in counts.items() if count}
