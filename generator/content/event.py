"""An event as a file: a workshop on its days, and what is known of the people who come.

In: `events/2026-12-03.yml`. Out: a frozen `Event`, or every fault with file, line and column. What the file leaves out comes from the
workshop and from `kit.yml`. Names stand in a file of their own (`names.py`).
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, Field, PlainValidator

from generator.content.fields import Clock, Id, Many, Minutes, Number, Text, Timezone, fail
from generator.content.load import is_fields, validated
from generator.content.model import Kit, Paper, Part, Workshop
from generator.content.names import MOST, refuse_published
from generator.content.names import read_names as read_names
from generator.content.source import Source, parse
from generator.errors import KitError, Problem, ToolError, did_you_mean

Edition = Literal["standard", "black"]
YEARS = (2000, 2199)


def day_of(text: object) -> date:
    """`2026-12-03` as a date. Raises a fault with help for anything else, and for years in which nobody holds a workshop."""
    try:
        found = date.fromisoformat(str(text))
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise fail("wrong-date", f"`{text}` is not a date", help="write year, month and day, as in 2026-12-03")
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise fail(
            "wrong-date", f"the year {found.year} cannot be", help=f"years lie between {YEARS[0]} and {YEARS[1]}"
        )
    return found


def _people(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST:
        raise fail(
            "wrong-number", f"`{value}` is not a number of people", help=f"write a whole number from 1 to {MOST}"
        )
    return value


def _person(value: Any) -> str:
    """A name, or a number where people have none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise fail("wrong-type", "this should be a name", help="write the names of a group as [Ann, Bo]")
    return " ".join(value.split())


def _one_or_more(value: Any) -> Any:
    return () if value is None else value if isinstance(value, list | tuple) else (value,)


Person = Annotated[str, PlainValidator(_person)]
Together = Annotated[Many[Annotated[Many[Person], Field(min_length=2)]], Field(max_length=MOST)]
OneOrMore = BeforeValidator(_one_or_more)


class Event(Part):
    """A workshop that takes place. `dates`, `start` and `minutes` have one entry for each session, in order, or one for all of them.

    `start` is minutes after midnight; no `start` and no `minutes` = as written. `names` is a path from the folder of the kit. None = what
    the workshop or the kit says.
    """

    workshop: Id
    dates: Annotated[tuple[Annotated[date, PlainValidator(day_of)], ...], OneOrMore, Field(alias="date", min_length=1)]
    people: Annotated[int, PlainValidator(_people)] | None = None
    start: Annotated[tuple[Clock, ...], OneOrMore] = ()
    minutes: Annotated[tuple[Minutes, ...], OneOrMore] = ()
    paper: Paper | None = None
    edition: Edition = "standard"
    timezone: Timezone | None = None
    place: Text | None = None
    names: Text | None = None
    together: Together = ()
    apart: Together = ()
    seed: Number = 1


def read_event(path: Path, kit: Kit, content: Path, shown: str) -> Event:
    """The event in a file. `content` is the published folder, in which it may not lie, `shown` the path as problems call it.

    Raises `KitError` with every fault, and `ToolError` when the file cannot be read.
    """
    refuse_published(path, content, "an event")
    try:
        source = parse(shown, path.read_bytes())
    except OSError as error:
        raise ToolError(f"the event cannot be read from {shown}: {error.strerror or error}") from None
    event = None
    if not source.problems and is_fields(source, "an event"):
        source.value = _dates_as_date(source)
        event = validated(Event, source.value, source, "an event")
        source.problems += _misfits(source, kit)
    if source.problems or not isinstance(event, Event):
        raise KitError(source.problems)
    return event


def _dates_as_date(source: Source) -> dict[str, Any]:
    """The fields, with `dates` read as `date`: one may write either."""
    raw: dict[str, Any] = dict(source.value)
    if "dates" in raw and "date" in raw:
        source.refuse(
            "wrong-date", "an event has `date` or `dates`, not both", source.key(("dates",)), help="delete one"
        )
        del raw["dates"]
    elif "dates" in raw:
        raw["date"] = raw.pop("dates")
        for found in (source.keys, source.values):
            places: dict[Any, Any] = found
            places.update({("date", *at[1:]): place for at, place in list(places.items()) if at[:1] == ("dates",)})
    return raw


def _misfits(source: Source, kit: Kit) -> Iterator[Problem]:
    """What does not fit the kit or the workshop."""
    raw = source.value
    paper = raw.get("paper")
    if paper in ("a4", "us-letter") and paper not in kit.settings.papers:
        help = f"write one of: {', '.join(kit.settings.papers)}; or add it to `papers` in kit.yml"
        yield source.problem("wrong-choice", f"this kit is not printed on `{paper}`", ("paper",), help=help)
    id = raw.get("workshop")
    if not isinstance(id, str):
        return
    if id not in kit.workshops:
        help = did_you_mean(id, kit.workshops) or f"there are: {', '.join(kit.workshops)}"
        yield source.problem("unknown-id", f"there is no workshop `{id}`", ("workshop",), help=help)
        return
    workshop = kit.workshops[id]
    for name in ("date", "start", "minutes"):
        if isinstance(raw.get(name), list) or (name != "date" and name in raw):
            given = raw[name] if isinstance(raw[name], list) else [raw[name]]
            fault = miscounted(workshop, name, len(given))
            if fault:
                yield source.problem("wrong-count", fault[0], (name,), help=fault[1])
    dates = raw.get("date")
    if isinstance(dates, list) and all(isinstance(each, str) for each in dates) and dates != sorted(dates):
        yield source.problem(
            "wrong-date", "these dates are not in order", ("date",), help="the first session comes first"
        )


def miscounted(workshop: Workshop, name: str, number: int) -> tuple[str, str] | None:
    """What is wrong with so many dates, starts or minutes, and what helps; None when they can be used.

    One date and one number of minutes are enough for any workshop, one start where all sessions begin at the same time.
    """
    sessions = len(workshop.sessions)
    alike = name == "start" and len({session.start for session in workshop.sessions}) == 1
    if number == sessions or (number == 1 and (name != "start" or alike)):
        return None
    what = {
        "date": ("date", "dates"),
        "start": ("start", "starts"),
        "minutes": ("number of minutes", "numbers of minutes"),
    }
    given = f"{number} {what[name][number != 1]}"
    has = "one session" if sessions == 1 else f"{sessions} sessions"
    help = "write one" if sessions == 1 else f"write {sessions} of them, one for each session, in order"
    return f"`{workshop.id}` has {has}, and here {'is' if number == 1 else 'are'} {given}", help


def dates_of(event: Event, workshop: Workshop) -> tuple[date, ...]:
    """The day of each session: as written, or counted from the first by the `day` of the sessions. Any other number is a `ToolError`."""
    if len(event.dates) == len(workshop.sessions):
        return event.dates
    if len(event.dates) != 1:
        raise ToolError(": ".join(miscounted(workshop, "date", len(event.dates)) or ()))
    first = workshop.sessions[0].day
    return tuple(event.dates[0] + timedelta(days=session.day - first) for session in workshop.sessions)


def as_yaml(event: Event) -> str:
    """An event as its file, without what nobody stated. What is read back from it is the same event."""
    found: dict[str, Any] = {"workshop": event.workshop}
    for name, values in (
        ("date", [day.isoformat() for day in event.dates]),
        ("start", [f"{minutes // 60}:{minutes % 60:02}" for minutes in event.start]),
        ("minutes", list(event.minutes)),
    ):
        if values:
            found[name] = values[0] if len(values) == 1 else values
    rest: Mapping[str, Any] = event.model_dump(
        mode="json", exclude_defaults=True, exclude={"workshop", "dates", "start", "minutes"}
    )
    text = yaml.safe_dump(found | dict(rest), allow_unicode=True, sort_keys=False, width=10_000)
    return f"# An event of this kit. To make its pack again: workshop-kit pack events/{event.dates[0]}.yml\n{text}"
