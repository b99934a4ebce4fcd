"""`workshop-kit pack`: all that a facilitator needs for one event, in one folder."""

import argparse
import time
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

from pydantic_core import PydanticCustomError

from generator.commands.common import (
    Commands,
    Console,
    clock,
    command,
    headcount,
    known,
    minutes,
    persons,
    refuse,
    say,
    seed,
    show,
    shown,
    starts,
)
from generator.content.event import Event, as_yaml, day_of, miscounted, read_event
from generator.content.fields import timezone_meant
from generator.content.model import Kit
from generator.content.names import read_names
from generator.errors import Problem, ToolError
from generator.files.readme import told
from generator.files.table import SEPARATORS
from generator.pack import MARK, make
from generator.paper.kept import Kept
from generator.publish import fill, staged, whole_path, write_file
from generator.reading import read, words_of

EDITIONS = ("standard", "black")


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "pack",
        run,
        description="Make the pack of an event in a folder of its own. A pack that lies there already goes; files of your own stay. "
        "With the file of an event, such as events/2026-12-03.yml, what you type counts before what stands in it.",
    )
    found.add_argument("what", metavar="WORKSHOP|FILE", help="id of a workshop, or the file of an event")
    each = "for a workshop of several sessions once for each, in order"
    found.add_argument(
        "--date", type=_day, action="append", metavar="DATE", help=f"the day, such as 2026-12-03; once, or {each}"
    )
    found.add_argument(
        "--start", type=clock, action="append", metavar="HH:MM", help=f"when you begin (default: as written); {each}"
    )
    people = "how many come (default: as many as there are names, or as the workshop plans for)"
    found.add_argument("--people", type=headcount, metavar="NUMBER", help=people)
    length = f"how long you have: the agenda is fitted to that (default: as written); once it counts for all sessions, or {each}"
    found.add_argument("--minutes", type=minutes, action="append", metavar="NUMBER", help=length)
    found.add_argument("--place", metavar="TEXT", help="where it takes place")
    found.add_argument(
        "--timezone", type=_zone, metavar="ZONE", help="such as Europe/Berlin (default: that of kit.yml)"
    )
    found.add_argument("--paper", metavar="PAPER", help="one of `papers` in kit.yml (default: the first of them)")
    found.add_argument("--edition", metavar="EDITION", help=f"{' or '.join(EDITIONS)} (default: standard)")
    found.add_argument("--names", metavar="FILE", help="a CSV file with the names of those who come")
    for name, what in (("together", "sit together"), ("apart", "do not sit together")):
        help = f"names who {what}, such as “Ann, Bo”; numbers where there are no names; may be given several times"
        found.add_argument(f"--{name}", type=persons, action="append", metavar="NAMES", help=help)
    found.add_argument("--seed", type=seed, metavar="NUMBER", help="another number deals other groups (default: 1)")
    separator = f"what stands between the cells of CSV files: {', '.join(SEPARATORS)} (default: ,)"
    found.add_argument("--separator", choices=SEPARATORS, default=",", metavar="SIGN", help=separator)
    found.add_argument("--keep", action="store_true", help="keep the event as events/DATE.yml, to pack it again")
    found.add_argument(
        "--out", type=Path, default=Path("pack"), metavar="DIR", help="folder for the pack (default: pack)"
    )


def run(root: Path, options: argparse.Namespace) -> int:
    """Make the pack, and say what stands in the way before the day."""
    began = time.perf_counter()
    content = root / "content"
    loaded, _ = read(content)
    event, inputs = _event(root, loaded.kit, options)
    odd: list[Problem] = []
    names = read_names(root / event.names, content, odd.append, event.names) if event.names else ()
    show(odd)
    if event.dates[0] < date.today():
        say(f"{event.dates[0].isoformat()} is over. Is that the day you mean? The pack is made for it.\n")
    kept = _kept(root, loaded.kit, event) if options.keep else None
    out = whole_path(root / options.out)
    for path in (*inputs, *([root / event.names] if event.names else [])):
        if path.resolve().is_relative_to(out):
            raise ToolError(f"{path.name} lies in {shown(out, root)}, which is made anew; move it out of there")
    console = Console()
    with staged(out, content, mark=MARK, tell=console.did) as staging:
        pack = make(loaded, event, names, console, SEPARATORS[options.separator], Kept.of(root))
        fill(staging, pack.files)
    show(pack.problems)
    words = words_of(loaded)
    print("\n".join(told(words, pack.findings)) + "\n")
    if kept:
        write_file(kept, as_yaml(event).encode())
        print(f"Kept the event as {shown(kept, root)}.")
    where = f"{shown(out, root)}, in {time.perf_counter() - began:.1f} seconds"
    print(f"Made the pack in {where}. Open read-me-first.txt there.")
    return 0


def _event(root: Path, kit: Kit, options: argparse.Namespace) -> tuple[Event, list[Path]]:
    """The event that is meant, and the files that it was read from. Wrong arguments end the program with status 2."""
    path = root / options.what
    if options.what.endswith((".yml", ".yaml")) or "/" in options.what or "\\" in options.what or path.is_file():
        event, inputs = read_event(path, kit, root / "content", Path(options.what).as_posix()), [path]
    else:
        known("workshop", [options.what], kit.workshops)
        if not options.date:
            refuse("say on which day, as in --date 2026-12-03")
        event, inputs = Event.model_validate({"workshop": options.what, "date": options.date}), []
    return _with_options(root, kit, event, options), inputs


def _with_options(root: Path, kit: Kit, event: Event, options: argparse.Namespace) -> Event:
    """The event with what was typed in place of what it says."""
    workshop = kit.workshops[event.workshop]
    known("paper", [options.paper] if options.paper else [], kit.settings.papers)
    known("edition", [options.edition] if options.edition else [], EDITIONS)
    given = {name: getattr(options, name) for name in ("people", "place", "timezone", "paper", "edition", "seed")}
    for name in ("date", "minutes"):
        if values := getattr(options, name):
            if fault := miscounted(workshop, name, len(values)):
                refuse(f"--{name}: {fault[0]}; {fault[1]}")
            given["dates" if name == "date" else name] = tuple(values)
    if options.start:
        given["start"] = tuple(start for start in starts(workshop, options.start) if start is not None)
    given |= {name: tuple(getattr(options, name) or ()) or None for name in ("together", "apart")}
    given["names"] = _from(root, options.names) if options.names else None
    if options.date:
        given["dates"] = tuple(day_of(day) for day in options.date)
        if list(given["dates"]) != sorted(given["dates"]):
            refuse("--date: these dates are not in order; the first session comes first")
    return event.model_copy(update={name: value for name, value in given.items() if value is not None})


def _from(root: Path, name: str) -> str:
    """A path as an event keeps it: from the folder of the kit where it lies there."""
    path = (root / name).resolve()
    return path.relative_to(root.resolve()).as_posix() if path.is_relative_to(root.resolve()) else path.as_posix()


def _kept(root: Path, kit: Kit, event: Event) -> Path | None:
    """Where to keep an event; None where it stands there already. Raises `ToolError` when another one does."""
    path = root / "events" / f"{event.dates[0].isoformat()}.yml"
    if not path.exists():
        return path
    if read_event(path, kit, root / "content", shown(path, root)) != event:
        raise ToolError(
            f"{shown(path, root)} holds another event; change it there, give that file another name, or leave out --keep"
        )
    return None


def _day(text: str) -> str:
    """The type of an argument that is a date."""
    try:
        return day_of(text).isoformat()
    except PydanticCustomError as error:
        help = (error.context or {}).get("help", "")
        raise argparse.ArgumentTypeError(f"{error.message()}; {help}") from None


def _zone(text: str) -> str:
    if text not in available_timezones():
        guess = timezone_meant(text) or "write it as Europe/Berlin"
        raise argparse.ArgumentTypeError(f"`{text}` is not a time zone; {guess}")
    return text
