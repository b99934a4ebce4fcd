"""A list that is too long for one page becomes several pages.

In: the items of a kind. Out: its parts, each with its address and those of the others. A short list is one part, at the kind's address.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.content.model import Item

MOST = 100  # items on a page


@dataclass(frozen=True)
class Part:
    """A part of a list: `items` stand on its page. `pages` are the addresses of all parts, `count` says how many items they hold."""

    number: int
    items: Sequence[Item]
    pages: tuple[str, ...]
    count: int

    @property
    def below(self) -> str:
        """The kind on whose own page it stands below: of the first part, which is that page, none."""
        return self.pages[0].rstrip("/") if self.number > 1 else ""

    @property
    def address(self) -> str:
        """Where it stands, from the site's root, as `exercises/` or `exercises/page_2/`."""
        return self.pages[self.number - 1]

    @property
    def first(self) -> int:
        """The place of its first item in the whole list, from 1."""
        return (self.number - 1) * MOST + 1


def parts(kind: str, items: Sequence[Item]) -> list[Part]:
    """The parts of the list of a kind. No id has the sign `_`, so that no item can stand at the address of a part."""
    starts = range(0, len(items), MOST)
    pages = tuple(f"{kind}/page_{number}/" if number > 1 else f"{kind}/" for number in range(1, len(starts) + 1))
    return [
        Part(number, items[start : start + MOST], pages, len(items)) for number, start in enumerate(starts, start=1)
    ]
