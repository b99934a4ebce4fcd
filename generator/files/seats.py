"""Who sits where, for spreadsheets.

In: rounds and their groups. Out: the rows of `groups.csv`, one for each person.
"""

from collections.abc import Iterator

from generator.content.words import Words
from generator.files.table import Cell
from generator.occasion import Occasion
from generator.seating import letter


def seat_rows(occasion: Occasion, words: Words) -> Iterator[list[Cell]]:
    """A head, and for each person a row: the name, or a number from 1, and for each round the letter of the group."""
    yield [words("pack.person"), *(round.title for round, _ in occasion.tables)]
    tables = [
        {person: letter(at) for at, group in enumerate(groups) for person in group} for _, groups in occasion.tables
    ]
    for person in range(occasion.people):
        name: Cell = occasion.names[person] if person < len(occasion.names) else person + 1
        yield [name, *(table.get(person, "") for table in tables)]
