"""Who sits where, for spreadsheets.

In: rounds and their groups. Out: the rows of `groups.csv`, one for each person.
"""

from collections.abc import Callable, Iterator

from generator.content.words import Words
from generator.files.table import Cell
from generator.occasion import Occasion


def seat_rows(
    occasion: Occasion, words: Words, called: Callable[[int], Cell] = lambda at: at + 1
) -> Iterator[list[Cell]]:
    """A head, and for each person a row: the name, or a number from 1, and for each round the group. `called` gives what
    a group is called, by its number from 0; its number from 1 where nobody says otherwise."""
    yield [words("pack.person"), *(round.title for round, _ in occasion.tables)]
    tables = [
        {person: called(at) for at, group in enumerate(groups) for person in group} for _, groups in occasion.tables
    ]
    for person in range(occasion.people):
        name: Cell = occasion.names[person] if person < len(occasion.names) else person + 1
        yield [name, *(table.get(person, "") for table in tables)]
