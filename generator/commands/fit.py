"""`workshop-kit fit`: the best agenda of a workshop in the time that there is, and what is lost."""

import argparse
import json
from pathlib import Path

from generator.commands.common import Commands, clock, command, known, minutes, refuse
from generator.commands.fitted import Fitted, as_plain_text, too_short_text
from generator.commands.fitted_data import as_data, too_short_data
from generator.content.model import Session, Workshop
from generator.reading import read, words_of
from generator.timing.fit import TooShort, fit, shortest


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "fit",
        run,
        description="Find the best agenda of a workshop in the time that there is, and say what is lost and why that is safe. "
        "No file is changed.",
    )
    found.add_argument("workshop", metavar="WORKSHOP", help="id of a workshop")
    found.add_argument("--minutes", type=minutes, required=True, metavar="NUMBER", help="how long you have, in minutes")
    found.add_argument("--session", metavar="ID", help="which session, for a workshop of several")
    found.add_argument(
        "--start", type=clock, metavar="HH:MM", help="when you begin, such as 13:30 (default: as written)"
    )
    format = "text to read, or json for other programs (default: text)"
    found.add_argument("--format", choices=("text", "json"), default="text", help=format)


def run(root: Path, options: argparse.Namespace) -> int:
    """Print the agenda that fits; 1 when there is none."""
    loaded, _ = read(root / "content")
    kit = loaded.kit
    known("workshop", [options.workshop], kit.workshops)
    workshop = kit.workshops[options.workshop]
    session = _session(workshop, options.session)
    words = words_of(loaded)
    begun = session if options.start is None else session.model_copy(update={"start": options.start})
    asked = Fitted(kit, workshop, session, begun, words, options.minutes)
    try:
        found = fit(begun, kit.exercises, options.minutes, slack=words("fit.slack"))
        least = shortest(begun, kit.exercises)
    except TooShort as short:
        print(_json(too_short_data(asked, short)) if options.format == "json" else too_short_text(asked, short))
        return 1
    print(_json(as_data(asked, found, least)) if options.format == "json" else as_plain_text(asked, found, least))
    return 0


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _session(workshop: Workshop, id: str | None) -> Session:
    """The session that is meant; ends the program with status 2 where that is not clear."""
    sessions = {session.id: session for session in workshop.sessions}
    if id is None and len(sessions) > 1:
        titles = "\n".join(
            f"  --session {session.id}   {session.title or ''}".rstrip() for session in workshop.sessions
        )
        refuse(f"`{workshop.id}` has {len(sessions)} sessions; say which one is to be fitted:\n{titles}")
    known("session", [id] if id else [], sessions)
    return sessions[id] if id else workshop.sessions[0]
