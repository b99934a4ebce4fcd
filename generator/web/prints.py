"""Printed documents as the pages of the print room show them.

In: `Print`s, each one PDF that was made. Out: `Offer`s, each one document with all its editions and papers, and what could be made besides.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Print:
    """One PDF: `path` and `picture` (of its first page) from the site's root, `pages` how many it has; 0 where it is not printed yet.

    `workshop` is an id, or `all`; `exercise` the id of the exercise it is about, else empty. `sides`, `copies`, `serves`, `stock` and
    `finish` say how to print it, and `editions` which ones can be made. `volume` is (2, 5) for the second of five files.
    """

    workshop: str
    document: str
    edition: str
    title: str
    paper: str
    path: str
    pages: int
    exercise: str = ""
    picture: str = ""
    editions: tuple[str, ...] = ("standard",)
    sides: str = "one"
    copies: str = "one"
    serves: int = 1
    stock: str = "paper"
    finish: str = "none"
    for_participants: bool = False
    volume: tuple[int, int] | None = None


@dataclass(frozen=True)
class Edition:
    """A document in one edition, on each of its papers."""

    name: str
    prints: tuple[Print, ...]


@dataclass(frozen=True)
class Offer:
    """A document in its editions, the standard one first where it was made; `print` stands for them all."""

    editions: tuple[Edition, ...]

    @property
    def print(self) -> Print:
        """Its first edition on the kit's first paper."""
        return self.editions[0].prints[0]


@dataclass(frozen=True)
class OnRequest:
    """An edition that was not made, and of which documents it could be."""

    edition: str
    documents: tuple[str, ...]


def offers(prints: Iterable[Print]) -> list[Offer]:
    """The documents, in the order in which they come."""
    groups: dict[tuple[str, str, str], dict[str, list[Print]]] = {}
    for print in prints:
        editions = groups.setdefault((print.workshop, print.document, print.exercise), {})
        editions.setdefault(print.edition, []).append(print)
    return [Offer(_editions(group)) for group in groups.values()]


def _editions(group: dict[str, list[Print]]) -> tuple[Edition, ...]:
    """The editions in the order in which their family names them."""
    known = next(iter(group.values()))[0].editions
    names = sorted(group, key=lambda name: known.index(name) if name in known else len(known))
    return tuple(Edition(name, _by_paper(group[name])) for name in names)


def _by_paper(prints: list[Print]) -> tuple[Print, ...]:
    """All files for one paper, then all for the next: who has one kind of paper wants all that come for it."""
    papers = list(dict.fromkeys(print.paper for print in prints))
    return tuple(sorted(prints, key=lambda print: papers.index(print.paper)))


def on_request(offers: Iterable[Offer]) -> list[OnRequest]:
    """The editions that could be made of these documents, and were not."""
    found: dict[str, dict[str, None]] = {}
    for offer in offers:
        for edition in set(offer.print.editions) - {edition.name for edition in offer.editions}:
            found.setdefault(edition, {})[offer.print.document] = None
    return [OnRequest(edition, tuple(documents)) for edition, documents in sorted(found.items())]
