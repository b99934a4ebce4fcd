"""`workshop-kit print`: the documents of one workshop, in another edition or for a headcount."""

import argparse
import time
from pathlib import Path

from generator.build import as_files, prints
from generator.commands.common import Commands, Console, command, headcount, known, show, shown
from generator.commands.reporting import reporting, words_to
from generator.content.model import WHOLE_KIT, Kit
from generator.errors import ToolError
from generator.paper.documents import Wanted
from generator.paper.families import EDITIONS, FAMILIES
from generator.paper.kept import Kept
from generator.publish import fill, staged, whole_path
from generator.reading import amount, means_of, read


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "print",
        run,
        description="Make the documents of one workshop in a folder of their own. What this command made there before goes; "
        "files of your own stay.",
    )
    found.add_argument("workshop", metavar="WORKSHOP", help="id of a workshop, or `all`: what belongs to the whole kit")
    for name, what in (
        ("edition", f"{', '.join(EDITIONS)} (default: standard)"),
        ("paper", "one of `papers` in kit.yml (default: all of them)"),
        ("document", "only this document, such as run-sheet (default: all)"),
    ):
        help = f"{what}; may be given several times"
        found.add_argument(f"--{name}", action="append", default=[], metavar=name.upper(), help=help)
    people = "how many come (default: as many as the workshop plans for)"
    found.add_argument("--people", type=headcount, metavar="NUMBER", help=people)
    found.add_argument("--out", type=Path, metavar="DIR", help="folder for the documents (default: print/WORKSHOP)")
    reporting(found)


def run(root: Path, options: argparse.Namespace) -> int:
    """Print what is wanted into a folder of its own."""
    began = time.perf_counter()
    loaded, _ = read(root / "content")
    wanted = _wanted(loaded.kit, options)
    out = whole_path(options.out or root / "print" / options.workshop)
    console = Console(words_to(options))
    with staged(out, root / "content", mark="manifest.json", tell=console.did) as staging:
        printed, problems = prints(means_of(loaded), wanted, console, Kept.of(root))
        if not printed:
            raise ToolError(_nothing(options))
        files = as_files(printed, options.workshop)
        fill(staging, files)
    show(problems, options)
    for name in files:
        print(f"  {shown(out / name, root)}", file=words_to(options))
    made = (
        f"Made {amount(len(printed), 'document')} in {shown(out, root)}, in {time.perf_counter() - began:.1f} seconds."
    )
    print(made, file=words_to(options))
    return 0


def _wanted(kit: Kit, options: argparse.Namespace) -> Wanted:
    """What the options ask for. Wrong words end the program with status 2, and with the word that may have been meant."""
    scopes = ("kit", "exercise") if options.workshop == WHOLE_KIT else ("workshop",)
    known("workshop", [options.workshop], [*kit.workshops, WHOLE_KIT])
    known("edition", options.edition, EDITIONS)
    known("paper", options.paper, kit.settings.papers)
    known("document", options.document, dict.fromkeys(family.name for family in FAMILIES if family.scope in scopes))
    editions = tuple(edition for edition in EDITIONS if edition in (options.edition or ["standard"]))
    return Wanted((options.workshop,), tuple(options.document), editions, tuple(options.paper), options.people)


def _nothing(options: argparse.Namespace) -> str:
    """Why there is nothing to print: these documents do not come in these editions, or nothing would stand in them."""
    asked = [family for family in FAMILIES if family.name in options.document]
    editions = dict.fromkeys(edition for family in asked for edition in family.editions)
    wanted = options.edition or ["standard"]
    if not asked or any(edition in editions for edition in wanted):
        return f"`{options.workshop}` has nothing to print of {', '.join(options.document) or 'this'}"
    return f"{' and '.join(options.document)} comes as {', '.join(editions)}, not as {' or '.join(wanted)}"
