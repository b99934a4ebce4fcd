"""The pack of an event: all that a facilitator needs for one day, as files of one folder.

In: a kit, an event, and the names of those who come. Out: the files by their paths in the folder. The workshop is put on that day's clock
first, and into the kit that everything is made from; so paper, spreadsheets and the run of show need to know nothing of it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.build import Progress, prints
from generator.content.event import Event, dates_of
from generator.content.load import Loaded
from generator.content.model import WHOLE_KIT, Session, Workshop, frozen_mapping
from generator.content.names import numbers_of
from generator.content.words import Words, date_text
from generator.errors import Problem, ToolError
from generator.files.agenda import agenda_csv, rows
from generator.files.archive import archive
from generator.files.calendar import calendar
from generator.files.readme import read_me
from generator.files.seats import seat_rows
from generator.files.table import csv_bytes
from generator.files.workbook import agenda_xlsx
from generator.lengths import too_short
from generator.links import link
from generator.occasion import Occasion
from generator.paper.copies import ORDER, ordered
from generator.paper.documents import Wanted
from generator.paper.families import ORDERED
from generator.paper.jobs import jobs
from generator.paper.kept import Kept
from generator.paper.press import Printed
from generator.paper.subject import Subject
from generator.preflight import Finding, preflight
from generator.programme import expected
from generator.reading import means_of, templates_for, words_of
from generator.seating import rounds, seated, why
from generator.timing.fit import TooShort, fit
from generator.timing.groups import CannotDeal
from generator.web.alone import run_alone
from generator.web.site import Site
from generator.web.style import font_files

MARK = "documents/manifest.json"  # says that a folder is a pack


@dataclass(frozen=True)
class Pack:
    """`files` by path, with forward slashes; what stands in the way is in `findings`, worst first, and `problems` are of the kit."""

    name: str
    files: dict[str, bytes]
    occasion: Occasion
    findings: tuple[Finding, ...]
    problems: list[Problem]


def make(
    loaded: Loaded,
    event: Event,
    names: tuple[str, ...],
    progress: Progress,
    separator: str = ",",
    kept: Kept | None = None,
) -> Pack:
    """The pack of an event. `names` are empty where nobody knows them; of what is `kept` only the papers of the whole kit are used.

    Raises `ToolError` when the event cannot take place like that: minutes that are too few, names that are not as many as people, groups
    that cannot be. Raises `KitError` for what cannot be printed.
    """
    words = words_of(loaded)
    workshop = on_the_day(loaded, event, words)
    loaded = replace(
        loaded, kit=replace(loaded.kit, workshops=frozen_mapping({**loaded.kit.workshops, workshop.id: workshop}))
    )
    occasion = _occasion(loaded, event, workshop, words, names)
    paper = event.paper or loaded.kit.settings.papers[0]
    wanted = Wanted((workshop.id, WHOLE_KIT), ORDERED, (event.edition,), (paper,), occasion.people, occasion)
    means = means_of(loaded)
    printed, problems = prints(means, wanted, progress, kept)
    subject = replace(wanted.subject(loaded.kit, means.links, words, means.logo), workshop=workshop)
    found = preflight(loaded.kit, workshop, words, occasion.people, booked=_minutes(event, workshop), paper=paper)
    name = f"{workshop.id}-{occasion.dates[0].isoformat()}"
    files = _papers(subject, printed, event) | _for_programs(loaded, workshop, words, occasion, separator)
    files["read-me-first.txt"] = read_me(loaded.kit, workshop, words, occasion, found, [*files, f"{name}.zip"])
    return Pack(name, files | {f"{name}.zip": archive(files, name)}, occasion, found, problems)


def on_the_day(loaded: Loaded, event: Event, words: Words) -> Workshop:
    """The workshop with the starts and the minutes of an event. Raises `ToolError` when a session cannot be as short as that."""
    workshop = loaded.kit.workshops[event.workshop]
    sessions = list(workshop.sessions)
    starts = event.start * len(sessions) if len(event.start) == 1 else event.start
    for at, start in enumerate(starts):
        sessions[at] = sessions[at].model_copy(update={"start": start})
    for at, minutes in enumerate(_minutes(event, workshop)):
        sessions[at] = _fitted(loaded, workshop, sessions[at], minutes, words)
    return workshop.model_copy(update={"sessions": tuple(sessions), "lengths": ()})


def _minutes(event: Event, workshop: Workshop) -> tuple[int, ...]:
    """How long each session may take; none = as written. One number counts for all sessions."""
    return event.minutes * len(workshop.sessions) if len(event.minutes) == 1 else event.minutes


def _fitted(loaded: Loaded, workshop: Workshop, session: Session, minutes: int, words: Words) -> Session:
    try:
        return fit(session, loaded.kit.exercises, minutes, slack=words("fit.slack")).session
    except TooShort as error:
        help = words("fit.begin_earlier") if error.block else ""
        why = too_short(loaded.kit, workshop, session, minutes, error, words)
        raise ToolError(f"{why} {help}".rstrip()) from error


def _occasion(loaded: Loaded, event: Event, workshop: Workshop, words: Words, names: tuple[str, ...]) -> Occasion:
    """Who comes when. Names decide how many; who says a number as well has to say the same."""
    if names and event.people is not None and len(names) != event.people:
        raise ToolError(
            f"there are {len(names)} names, and {event.people} people are to come; make the two equal, or leave the number out"
        )
    people = len(names) or event.people or expected(workshop)
    apart, together = (
        [numbers_of(group, names, people) for group in groups] for groups in (event.apart, event.together)
    )
    try:
        tables = seated(loaded.kit, workshop, words, people, apart, together, event.seed)
    except CannotDeal as error:
        raise ToolError(why(error, rounds(loaded.kit, workshop, words), names, words)) from error
    zone = event.timezone or loaded.kit.settings.timezone
    return Occasion(dates_of(event, workshop), people, zone, names, tables, event.place or "")


def _papers(subject: Subject, printed: Sequence[Printed], event: Event) -> dict[str, bytes]:
    """The print order on top, what is ready to print, and every document on its own, with a list of all."""
    found = {}
    for one in printed:
        order = one.document.name == ORDER.name
        path = f"0-{one.document.path.rpartition('/')[2]}" if order else one.document.packed
        found[path] = one.pdf
    found |= {job.name: job.pdf for job in jobs(subject, printed)}
    found[MARK] = _manifest(subject, printed, event)
    return found


def _manifest(subject: Subject, printed: Sequence[Printed], event: Event) -> bytes:
    """Every document with its copies, as the print order counts them; `extra` ones are printed only if somebody wants them."""
    paper = event.paper or subject.kit.settings.papers[0]
    entries = [
        one.printed.entry() | {"path": one.printed.document.packed, "copies": one.copies, "extra": one.extra}
        for one in ordered(subject, printed, event.edition, paper)
    ]
    return (json.dumps(entries, ensure_ascii=False, indent=1) + "\n").encode()


def _for_programs(
    loaded: Loaded, workshop: Workshop, words: Words, occasion: Occasion, separator: str
) -> dict[str, bytes]:
    """Files for calendars and spreadsheets, and the run of show."""
    kit = loaded.kit
    agenda = list(rows(kit, workshop, words, occasion))
    found = {
        "run.html": _run(loaded, workshop, words, occasion),
        "event.ics": calendar(kit, workshop, words, occasion),
        "agenda.csv": agenda_csv(agenda, words, separator),
        "agenda.xlsx": agenda_xlsx(agenda, words, workshop.title),
    }
    return found | ({"groups.csv": csv_bytes(seat_rows(occasion, words), separator)} if occasion.tables else {})


def _run(loaded: Loaded, workshop: Workshop, words: Words, occasion: Occasion) -> bytes:
    """The run of show in one file. Names have no place in it."""
    site = Site(loaded.kit, link(loaded.kit), words, loaded.free.texts(), templates_for(loaded))
    files = loaded.free.files
    fonts = {name: files[name].read_bytes() for name in font_files(loaded.kit.settings) if name in files}
    return run_alone(site, workshop, [date_text(words, day) for day in occasion.dates], fonts)
