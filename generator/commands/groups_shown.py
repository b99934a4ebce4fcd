"""What `workshop-kit groups` prints: as text, as JSON (`docs/groups.schema.json`), as CSV.

In: rounds, and people dealt over them. Out: a text, or bytes.
"""

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.content.model import Workshop
from generator.content.words import Words
from generator.files.seats import seat_rows
from generator.files.table import csv_bytes
from generator.occasion import Occasion
from generator.seating import Round, called_by, joined, letter, listed, round_called
from generator.timing.groups import Dealt

WIDE = 88  # columns of text
Wishes = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Shown:
    """All that is printed. `workshop` is None for rounds of one size; `names` are empty where people are numbers."""

    words: Words
    workshop: Workshop | None
    session: str | None
    rounds: tuple[Round, ...]
    dealt: Dealt
    names: tuple[str, ...]
    together: Wishes
    apart: Wishes
    seed: int

    @property
    def people(self) -> int:
        """How many there are."""
        return len(self.dealt.met)


def as_text(shown: Shown) -> str:
    """The groups round by round, then how well people are mixed."""
    return "\n".join([*_head(shown), *_rounds(shown), *_parted(shown), *_sum(shown)])


def _head(shown: Shown) -> Iterator[str]:
    words, people = shown.words, shown.words("units.people", n=shown.people)
    if shown.workshop:
        yield textwrap.fill(words("seating.head", title=shown.workshop.title, people=people), WIDE)
    else:
        yield words("seating.plain", rounds=words("seating.rounds", n=len(shown.rounds)), people=people)
    if not shown.names:
        yield words("seating.numbers", n=shown.people)
    yield ""


def _rounds(shown: Shown) -> Iterator[str]:
    words, before = shown.words, None
    for number, (each, groups) in enumerate(zip(shown.rounds, shown.dealt.rounds, strict=True), 1):
        if shown.workshop and len(shown.workshop.sessions) > 1 and each.session != before:
            yield from (_session(shown.workshop, each.session, words), "")
        before = each.session
        yield words("seating.heading", n=number, title=each.title) if shown.workshop else each.title
        for at, group in enumerate(groups):
            people = words("lists.comma").join(called_by(person, shown.names) for person in group)
            yield "  " + words("seating.table", letter=letter(at), people=people)
        yield ""


def _session(workshop: Workshop, number: int, words: Words) -> str:
    title = workshop.sessions[number].title
    if title:
        return words("seating.session_title", n=number + 1, title=title)
    return words("seating.session", n=number + 1)


def _parted(shown: Shown) -> Iterator[str]:
    """One line for all who belong together and are parted in some rounds."""
    words = shown.words
    for unit in dict.fromkeys(parted.people for parted in shown.dealt.parted):
        rounds = [round_called(shown.rounds, each.round, words) for each in shown.dealt.parted if each.people == unit]
        yield words("seating.parted", people=listed(unit, shown.names, words), rounds=joined(rounds, words))


def _sum(shown: Shown) -> Iterator[str]:
    words, dealt = shown.words, shown.dealt
    if dealt.repeats:
        most = words("seating.sum.twice") if dealt.most == 2 else words("seating.sum.times", n=dealt.most)
        yield words("seating.sum.again", n=dealt.pairs, most=most)
        if dealt.fewest:
            yield words("seating.sum.fewest")
    else:
        yield words("seating.sum.once")
    if shown.together:
        yield words("seating.sum.kept")
    if shown.people > 1 and min(dealt.met) == shown.people - 1:
        yield words("seating.sum.all")
    elif shown.people > 1:
        yield words("seating.sum.met", average=f"{_average(dealt):g}", others=shown.people - 1)


def _average(dealt: Dealt) -> float:
    """How many others a person works with, to one decimal."""
    tenths = (20 * sum(dealt.met) + len(dealt.met)) // (2 * len(dealt.met))
    return tenths / 10


def as_json(shown: Shown) -> str:
    """The same as data; people and rounds count from 1."""
    dealt = shown.dealt
    found = {
        "workshop": shown.workshop.id if shown.workshop else None,
        "session": shown.session,
        "people": shown.people,
        "names": list(shown.names),
        "seed": shown.seed,
        "together": [_numbers(wish) for wish in shown.together],
        "apart": [_numbers(wish) for wish in shown.apart],
        "rounds": [_round(shown, at) for at in range(len(shown.rounds))],
        "repeated_meetings": dealt.repeats,
        "pairs_that_meet_again": dealt.pairs,
        "most_meetings_of_a_pair": dealt.most,
        "fewest_possible": dealt.fewest,
        "others_met": list(dealt.met),
        "others_met_on_average": _average(dealt),
        "parted": [{"round": each.round + 1, "people": _numbers(each.people)} for each in dealt.parted],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _round(shown: Shown, at: int) -> dict[str, Any]:
    each, session = shown.rounds[at], None
    block = None
    if shown.workshop:
        session = shown.workshop.sessions[each.session]
        block = session.agenda[each.slot].id
    return {
        "round": at + 1,
        "session": session.id if session else None,
        "block": block,
        "title": each.title,
        "groups": [_numbers(group) for group in shown.dealt.rounds[at]],
    }


def _numbers(people: Sequence[int]) -> list[int]:
    return [person + 1 for person in people]


def as_csv(shown: Shown, separator: str) -> bytes:
    """A row for each person, a column for each round with the letter of the group."""
    tables = tuple(zip(shown.rounds, shown.dealt.rounds, strict=True))
    occasion = Occasion(dates=(), people=shown.people, timezone="UTC", names=shown.names, tables=tables)
    return csv_bytes(seat_rows(occasion, shown.words), separator)
