"""`workshop-kit groups`: who works with whom, so that people meet new people in every round."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.commands.common import Commands, command, headcount, known, number, persons, refuse, say, seed, show
from generator.commands.groups_shown import Shown, as_csv, as_json, as_text
from generator.content.model import Groups, Kit, Workshop
from generator.content.names import MOST, numbers_of, read_names
from generator.content.words import Words, load_words
from generator.errors import ToolError
from generator.files.table import SEPARATORS
from generator.reading import read, words_of
from generator.seating import Round, dealt, rounds, why
from generator.templates import SHIPPED
from generator.timing.groups import CannotDeal
from generator.web.phrases import Phrases

FORMATS = ("text", "json", "csv")
MOST_ROUNDS = 50


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "groups",
        run,
        description="Deal people to the groups of a workshop's exercises and talks, so that they meet new people in every round. "
        "Without a workshop: groups of one size, for as many rounds as you like.",
    )
    found.add_argument("workshop", nargs="?", metavar="WORKSHOP", help="id of a workshop")
    found.add_argument("--people", type=headcount, metavar="NUMBER", help="how many come; not needed with --names")
    found.add_argument("--session", metavar="ID", help="only this session of the workshop (default: all, dealt as one)")
    found.add_argument("--size", type=_size, metavar="NUMBER", help="without a workshop: people in a group")
    found.add_argument("--rounds", type=_rounds, metavar="NUMBER", help="without a workshop: how many rounds")
    found.add_argument("--names", type=Path, metavar="FILE", help="a CSV file with a name on each line")
    for name, what in (("together", "in one group in every round"), ("apart", "never in one group")):
        help = (
            f'people who are {what}, as "Ann, Bo", or as numbers where there are no names; may be given several times'
        )
        found.add_argument(f"--{name}", type=persons, action="append", default=[], metavar="PEOPLE", help=help)
    found.add_argument(
        "--seed", type=seed, default=1, metavar="NUMBER", help="another number, other groups (default: 1)"
    )
    found.add_argument("--format", choices=FORMATS, default="text", help="how to print them (default: text)")
    found.add_argument(
        "--separator",
        choices=tuple(SEPARATORS),
        default=",",
        metavar="SIGN",
        help="what stands between the cells of csv: , or ; or tab (default: ,)",
    )


def run(root: Path, options: argparse.Namespace) -> int:
    """Deal, and print the groups."""
    _fitting(options)
    names = read_names(options.names, root / "content", lambda problem: show([problem])) if options.names else ()
    people = _people(options, names)
    asked = _of_workshop(root, options, people) if options.workshop else _of_size(options)
    together, apart = (_wishes(name, getattr(options, name), people, names) for name in ("together", "apart"))
    try:
        found = dealt(asked.rounds, people, apart, together, options.seed)
    except CannotDeal as error:
        refuse(why(error, asked.rounds, names, asked.words))
    shown = Shown(
        asked.words, asked.workshop, options.session, asked.rounds, found, names, together, apart, options.seed
    )
    if options.format == "csv":
        sys.stdout.flush()
        sys.stdout.buffer.write(as_csv(shown, SEPARATORS[options.separator]))
        sys.stdout.buffer.flush()
    else:
        print(as_json(shown) if options.format == "json" else as_text(shown))
    return 0


@dataclass(frozen=True)
class _Asked:
    """The rounds to deal over, of a workshop where there is one."""

    words: Words
    rounds: tuple[Round, ...]
    workshop: Workshop | None = None


def _size(text: str) -> int:
    return number(text, "a size of group", 2, MOST)


def _rounds(text: str) -> int:
    return number(text, "a number of rounds", 1, MOST_ROUNDS)


def _fitting(options: argparse.Namespace) -> None:
    """End the program when options are given that do not belong together, or when some are missing."""
    if options.workshop and (options.size or options.rounds):
        refuse("a workshop says itself which groups there are; leave out --size and --rounds, or the workshop")
    if not options.workshop and options.session:
        refuse("--session needs a workshop: workshop-kit groups WORKSHOP --session ID --people 16")
    if not options.workshop and not (options.size and options.rounds):
        refuse("name a workshop, or give --size and --rounds: workshop-kit groups --people 16 --size 4 --rounds 5")
    if options.people is None and options.names is None:
        refuse("say how many come, as in --people 16, or give their names, as in --names names.csv")


def _people(options: argparse.Namespace, names: Sequence[str]) -> int:
    if names and options.people not in (None, len(names)):
        refuse(f"{options.names} has {len(names)} names, and --people says {options.people}; leave out --people")
    return len(names) or int(options.people)


def _of_workshop(root: Path, options: argparse.Namespace, people: int) -> _Asked:
    """The rounds of a workshop, or of one session of it."""
    loaded, _ = read(root / "content")
    kit: Kit = loaded.kit
    known("workshop", [options.workshop], kit.workshops)
    workshop, words = kit.workshops[options.workshop], words_of(loaded)
    ids = [session.id for session in workshop.sessions]
    known("session", [options.session] if options.session else [], ids)
    every = rounds(kit, workshop, words)
    found = tuple(each for each in every if options.session in (None, ids[each.session]))
    if not every:
        refuse(words("seating.none", title=workshop.title))
    if not found:
        refuse(words("seating.none_of_session", title=workshop.title, session=options.session))
    _warn(workshop, words, people)
    return _Asked(words, found, workshop)


def _warn(workshop: Workshop, words: Words, people: int) -> None:
    """Say so when the workshop is for other numbers of people."""
    if (workshop.people.min or 0) <= people <= (workshop.people.max or people):
        return
    wanted = Phrases(words).people(workshop.people)
    command = f"workshop-kit preflight {workshop.id} --people {people}"
    say(words("seating.outside", range=wanted, command=command) + "\n")


def _of_size(options: argparse.Namespace) -> _Asked:
    """Rounds that are all alike, of no workshop; with one person more or less in a group where people do not come out."""
    words = load_words(SHIPPED, "en")
    groups = Groups(size=options.size, min=max(2, options.size - 1), max=options.size + 1)
    return _Asked(words, tuple(Round(0, at, words("seating.round", n=at + 1), groups) for at in range(options.rounds)))


def _wishes(
    option: str, given: Sequence[Sequence[str]], people: int, names: Sequence[str]
) -> tuple[tuple[int, ...], ...]:
    """People as numbers from 0. Whoever is not among them, or named twice in one wish, ends the program."""
    try:
        return tuple(numbers_of(wish, names, people) for wish in given)
    except ToolError as error:
        refuse(f"--{option}: {error}")
