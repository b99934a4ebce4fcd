"""The printed documents there are: what each is about, its editions, the paper it lies on, and how it is meant to be printed.

Nothing is made here; `documents.py` fills them, and templates of the same names draw them. Lengths are millimetres.
"""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["workshop", "kit", "exercise"]
Edition = Literal["standard", "black", "large", "booklet", "duplex"]
Copies = Literal["one", "participant", "group"]

EDITIONS: tuple[Edition, ...] = ("standard", "black", "large", "booklet", "duplex")
ON_THE_SITE: tuple[Edition, ...] = (
    "standard",
    "large",
    "duplex",
)  # the others are printed on request: they double the time of a build
FOR_PARTICIPANTS = ("participant-workbook", "handouts")  # what a site for participants has
SIZES: dict[str, tuple[float, float]] = {
    "a4": (210, 297), "us-letter": (215.9, 279.4), "a3": (297, 420), "us-tabloid": (279.4, 431.8),
}  # fmt: skip
HALF: dict[str, tuple[float, float]] = {"a4": (148.5, 210), "us-letter": (139.7, 215.9)}  # two of them lie on the sheet
DOUBLE = {"a4": "a3", "us-letter": "us-tabloid"}  # twice the sheet, for posters


@dataclass(frozen=True)
class Family:
    """A kind of document, named as its template.

    `copies` says for whom one is printed, and `serves` how many of them one copy is enough for. `sides` are those of the paper that are
    printed, `stock` is what it is printed on, `finish` what is done with it after. `ink` is black where colour adds
    nothing. `by_call`: a workshop by video call needs it too. `doubled`: it comes on paper of twice the size as well. `personal`: where
    people have names or numbers, there is one for each person in the file, which then is printed once.
    """

    name: str
    scope: Scope = "workshop"
    editions: tuple[Edition, ...] = ("standard", "black")
    copies: Copies = "one"
    serves: int = 1
    sides: Literal["one", "two"] = "one"
    stock: Literal["paper", "card"] = "paper"
    finish: Literal["none", "staple", "cut", "cut-fold", "glue"] = "none"
    ink: Literal["colour", "black"] = "colour"
    by_call: bool = True
    doubled: bool = False
    personal: bool = False


# In the order in which they are wanted: what is read first, what people get, what lies on the tables, what comes after.
FAMILIES = (
    Family("print-order", ink="black"),
    Family("run-sheet"),
    Family("facilitator-guide", editions=("standard", "black", "booklet"), sides="two", finish="staple"),
    Family(
        "participant-workbook", editions=("standard", "black", "large", "booklet"), copies="participant", sides="two", finish="staple"
    ),
    Family("handouts", editions=("standard", "black", "large"), copies="participant"),
    Family("cards", editions=("standard", "black", "duplex"), copies="group", stock="card", finish="cut-fold"),
    Family("promise-cards", copies="participant", serves=3, stock="card", finish="cut"),
    Family("name-tents", copies="participant", serves=2, stock="card", finish="cut-fold", by_call=False, personal=True),
    Family("group-tables", ink="black"),
    Family("sign-in", ink="black", by_call=False),
    Family("kit-list", ink="black"),
    Family("feedback-slip", copies="participant", serves=2, finish="cut", ink="black"),
    Family("days-after", ink="black"),
    Family("exercise-sheet", scope="exercise", sides="two"),
    Family("cards", scope="kit", editions=("standard", "black", "duplex"), stock="card", finish="cut-fold"),
    Family("posters", scope="kit", finish="glue", doubled=True),
)  # fmt: skip

# What a print order may list: all but the sheets of single exercises.
ORDERED = tuple(dict.fromkeys(family.name for family in FAMILIES if family.scope != "exercise"))


def size_of(paper: str, edition: Edition) -> tuple[float, float]:
    """Width and height in mm of the page that is set: for a booklet half the sheet that it is imposed on."""
    return HALF[paper] if edition == "booklet" else SIZES[paper]


def sheets(pages: int, sides: Literal["one", "two"]) -> int:
    """Sheets of paper for a document of so many pages."""
    return -(-pages // 2) if sides == "two" else pages
