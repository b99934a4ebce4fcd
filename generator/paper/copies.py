"""How often each document of a workshop is printed, and how: the one place that decides it.

In: printed documents of one workshop, for an edition and a paper, and a headcount. Out: the same with their copies. The print-order sheet
lists them, and the print jobs are made of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.content.model import WHOLE_KIT
from generator.paper.families import DOUBLE, FAMILIES, Edition, Family, sheets
from generator.paper.press import Printed
from generator.paper.subject import Subject
from generator.programme import expected, tables

ORDER = next(family for family in FAMILIES if family.name == "print-order")
IN_THE_WORKBOOK = ("handouts",)  # printed alone only where there are no workbooks


@dataclass(frozen=True)
class Ordered:
    """A document and how many copies of it are wanted. `extra`: it is printed only if somebody wants it, and not in the totals."""

    printed: Printed
    copies: int
    extra: bool

    @property
    def sides(self) -> str:
        """As `sides_of` says."""
        return sides_of(self.printed.document.family, self.printed.document.edition)

    @property
    def sheets(self) -> int:
        """Sheets of paper for all copies."""
        return self.copies * sheets(self.printed.pages, "one" if self.sides == "one" else "two")


def ordered(subject: Subject, found: Iterable[Printed], edition: Edition, paper: str) -> list[Ordered]:
    """What is printed of a workshop, of one edition and on one paper, in the order of the families."""
    mine = [one for one in found if _belongs(one, subject.the_workshop.id, edition, paper)]
    mine.sort(key=lambda one: FAMILIES.index(one.document.family))
    return [
        Ordered(one, copies(subject, one.document.family), _is_extra(one) or is_sent(subject, one.document.family))
        for one in mine
    ]


def headcount(subject: Subject) -> int:
    """For how many people it is printed."""
    return subject.people or expected(subject.the_workshop)


def copies(subject: Subject, family: Family) -> int:
    """How often a document is printed for the headcount and the groups that it makes."""
    people, event = headcount(subject), subject.occasion
    if family.personal and event and (event.names or event.tables):
        return 1
    groups = tables(subject.kit, subject.the_workshop, people)
    return -(-{"one": 1, "participant": people, "group": groups}[family.copies] // family.serves)


def is_sent(subject: Subject, family: Family) -> bool:
    """Whether people get it as a file: by video call nobody can be handed a paper. It is printed only for those who ask."""
    return subject.occasion is not None and subject.the_workshop.remote and family.copies != "one"


def sides_of(family: Family, edition: Edition) -> str:
    """`one` side of the paper, or two that turn over the `long` or the `short` edge."""
    if edition == "booklet":
        return "short"
    return "long" if family.sides == "two" or edition == "duplex" else "one"


def _belongs(one: Printed, workshop: str, edition: Edition, paper: str) -> bool:
    """Whether it lies on the tables of a workshop, or could: what is of the whole kit in one file, but no sheets of single exercises."""
    document = one.document
    if (
        document.family.scope == "exercise"
        or document.volume
        or document.name == ORDER.name
        or document.edition != edition
    ):
        return False
    return document.workshop in (workshop, WHOLE_KIT) and document.paper in (paper, DOUBLE[paper])


def _is_extra(one: Printed) -> bool:
    return one.document.workshop == WHOLE_KIT or one.document.name in IN_THE_WORKBOOK
