"""What pages are made from, and what a page is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from generator.content.model import Deck, Item, Kit, Workshop
from generator.content.words import Words
from generator.lengths import versions_of
from generator.links import Links
from generator.programme import minutes_in
from generator.web.prints import Print

# For whom a page is, or a whole site: a site for `everyone` has the facilitators' pages too.
Audience = Literal["everyone", "participants", "facilitators"]
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

    `hidden` are the paths of free pages that this site leaves out, since they are for facilitators.
    """

    kit: Kit
    links: Links
    words: Words
    free: Mapping[str, str]
    templates: Path
    prints: tuple[Print, ...] = ()
    audience: Audience = "everyone"
    hidden: frozenset[str] = frozenset()

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

    def count(self, kind: str) -> int:
        """How many there are of a kind; of decks, how many prompts they hold."""
        return sum(len(item.prompts) if isinstance(item, Deck) else 1 for item in self.kit.written(kind))

    def prints_of(self, workshop: str) -> list[Print]:
        """What is printed for a workshop, or for the whole kit."""
        return [print for print in self.prints if print.workshop == workshop]
