"""What commands share: kinds of arguments, how work and problems are shown, how names that do not exist are refused."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO, TypeAlias

from generator.commands.reporting import report
from generator.errors import Problem, did_you_mean

if TYPE_CHECKING:
    from generator.content.model import Workshop

# What `add_subparsers` gives.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run = Callable[[Path, argparse.Namespace], int]
MOST_SEED = 100_000
DAY = 24 * 60  # minutes


def command(commands: Commands, name: str, run: Run, description: str) -> argparse.ArgumentParser:
    """A new command, for its arguments to be added; `run` takes the folder of the kit and the options, and gives the exit status."""
    found = commands.add_parser(name, description=description)
    found.set_defaults(run=run)
    return found


def headcount(text: str) -> int:
    """The type of an argument that is a number of people."""
    from generator.content.names import MOST

    return number(text, "a number of people", 1, MOST)


def clock(text: str) -> int:
    """The type of an argument that is a time of day, such as 13:30; gives minutes after midnight."""
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text, re.ASCII)
    if not match:
        raise argparse.ArgumentTypeError(f"`{text}` is not a time of day; write it like 13:30")
    return int(match[1]) * 60 + int(match[2])


def minutes(text: str) -> int:
    """The type of an argument that is a length in minutes."""
    return number(text, "a number of minutes", 1, DAY)


def seed(text: str) -> int:
    """The type of an argument that says which groups are dealt."""
    return number(text, "a whole number", 1, MOST_SEED)


def number(text: str, what: str, least: int, most: int) -> int:
    """The number that an argument has to be; `what` says what it is for."""
    if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"`{text}` is not {what} from {least} to {most}")
    return int(text)


def persons(text: str) -> tuple[str, ...]:
    """The type of an argument that names several people, as in `Ann, Bo`; with semicolons where a name has a comma in it."""
    parts = text.split(";" if ";" in text else ",")
    found = tuple(name for part in parts if (name := " ".join(part.split())))
    if len(found) < 2:
        raise argparse.ArgumentTypeError(f"`{text}` needs two people or more, with commas between them")
    return found


def starts(workshop: "Workshop", given: Sequence[int] | None) -> tuple[int | None, ...]:
    """When each session starts, in order, as minutes after midnight; None = as written.

    One time counts for all sessions only where all are written to start at the same time. Any other number of times than there are
    sessions ends the program with status 2 and with what to type.
    """
    sessions, given = workshop.sessions, tuple(given or ())
    alike = len({session.start for session in sessions}) == 1
    if not given or (len(given) == 1 and alike):
        return (given or (None,)) * len(sessions)
    if len(given) != len(sessions):
        has = f"has {len(sessions)} sessions" if len(sessions) > 1 else "is one session"
        times = "once" if len(given) == 1 else f"{len(given)} times"
        what = "give it once for each, in order" if len(sessions) > 1 else "give it once"
        from generator.timing.schedule import clock_text

        example = " ".join(f"--start {clock_text(session.start)}" for session in sessions)
        refuse(f"`{workshop.id}` {has}, and `--start` is given {times}\n{what}: {example}")
    return given


def say(text: str) -> None:
    """Print where errors go."""
    print(text, file=sys.stderr)


def refuse(message: str) -> NoReturn:
    """End the program with status 2: the arguments are wrong."""
    say(f"workshop-kit: error: {message}")
    raise SystemExit(2)


def known(what: str, words: Sequence[str], known: Iterable[str]) -> None:
    """End the program with status 2, and with the word that may have been meant, when one of the words is not among the known ones."""
    names = list(known)
    for word in words:
        if word not in names:
            guess = did_you_mean(word.lower(), names)
            refuse(f"there is no {what} `{word}`{f'; {guess}' if guess else ''}\nknown: {', '.join(names)}")


def show(problems: Sequence[Problem], options: argparse.Namespace | None = None) -> None:
    """Print problems as the options ask for, else as text where errors go."""
    report(problems, options)


def shown(path: Path, root: Path) -> str:
    """A path as its reader would type it."""
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


class Console:
    """Shows how the work goes: a line for each part that is done, and on a terminal one more that changes."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout

    def did(self, text: str) -> None:
        """Print a line."""
        self.doing("")
        print(f"  {text}", flush=True, file=self.stream)

    def doing(self, text: str) -> None:
        """Write over the last line of the terminal."""
        if self.stream.isatty():
            print(f"\r{text:<60}\r", end="", flush=True, file=self.stream)
