"""What pages are made from, and what a page is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from generator.content.model import Deck, Item, Kit, Workshop
from generator.content.words import Words
from generator.lengths import versions_of
from generator.links import Links
from generator.programme import Day, days, minutes_in
from generator.web.prints import Print

# For whom a page is, or a whole site: a site for `everyone` has the facilitators' pages too.
Audience = Literal["everyone", "participants", "facilitators"]
MOST_IN_MENU = 50  # workshops; MkDocs goes through the menu for every page, and nobody reads a longer one
# In the order in which readers meet them.
SHOWN = ("workshops", "exercises", "pitfalls", "tensions", "prompts", "assessments", "articles")


@dataclass(frozen=True)
class Page:
    """A page: `path` is its Markdown file, as `exercises/silo-walk/index.md`; `label` what the navigation calls it, if it lists it.

    `beside` are files that it reads, by their path from the site's root.
    """

    path: str
    title: str
    text: str
    label: str = ""
    beside: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """All that pages are made from: `free` is the Markdown of the author's own pages by path, `templates` a folder.

    `hidden` are the paths of free pages that this site leaves out, since they are for facilitators; `assets` are the paths under which
    files of `assets/kit/` are published, by their plain ones.
    """

    kit: Kit
    links: Links
    words: Words
    free: Mapping[str, str]
    templates: Path
    prints: tuple[Print, ...] = ()
    audience: Audience = "everyone"
    hidden: frozenset[str] = frozenset()
    assets: Mapping[str, str] = field(default_factory=dict)

    @property
    def for_facilitators(self) -> bool:
        """Whether it has the facilitators' pages."""
        return self.audience != "participants"

    def about(self, kind: str) -> str:
        """What a kind is, in the words of those for whom the site is."""
        own = "for_participants" in self.words.tree["kinds"][kind] and not self.for_facilitators
        return self.words(f"kinds.{kind}.{'for_participants' if own else 'about'}")

    def items(self, kind: str) -> list[Item]:
        """The items of a kind in the order in which pages list them: by id, and workshops from short to long, but no versions of them."""
        items = self.kit.written(kind)
        return sorted(items, key=lambda item: minutes_in(self.kit, item) if isinstance(item, Workshop) else 0)

    def workshops(self) -> list[Workshop]:
        """Every workshop in this order, each followed by its versions."""
        found = [item for item in self.items("workshops") if isinstance(item, Workshop)]
        return [one for item in found for one in versions_of(self.kit, item) or (item,)]

    @cached_property
    def menu_has_workshops(self) -> bool:
        """Whether the menu lists every workshop; where there are very many, only the index page does."""
        return len(self.kit.written("workshops")) <= MOST_IN_MENU

    def count(self, kind: str) -> int:
        """How many there are of a kind; of decks, how many prompts they hold."""
        return sum(len(item.prompts) if isinstance(item, Deck) else 1 for item in self.kit.written(kind))

    def prints_of(self, workshop: str) -> list[Print]:
        """What is printed for a workshop, or for the whole kit."""
        return self._prints.get((workshop, None), [])

    def sheets_of(self, exercise: str) -> list[Print]:
        """What is printed of an exercise, for any workshop."""
        return self._prints.get((None, exercise), [])

    @cached_property
    def absent(self) -> frozenset[str]:
        """Pages that an author may link to and that this site does not have: for facilitators alone, or about paper where there is none."""
        paper = {f"print/{id}/index.md" for id in self.kit.workshops if not self.prints_of(id)}
        return self.hidden | paper | (frozenset() if self.prints else {"print/index.md"})

    @cached_property
    def _prints(self) -> Mapping[tuple[str | None, str | None], list[Print]]:
        found: dict[tuple[str | None, str | None], list[Print]] = {}
        for print in self.prints:
            found.setdefault((print.workshop, None), []).append(print)
            found.setdefault((None, print.exercise), []).append(print)
        return found

    def days(self, workshop: Workshop) -> tuple[Day, ...]:
        """The sessions of a workshop on the clock; worked out once, since all its pages show them."""
        if workshop.id not in self._days:
            self._days[workshop.id] = days(self.kit, workshop, self.words)
        return self._days[workshop.id]

    @cached_property
    def _days(self) -> dict[str, tuple[Day, ...]]:
        return {}
