"""The command line: arguments in, plain words out.

Exit status: 0 when all is well, 1 when the kit or the set-up has a fault, 2 for wrong arguments, 130 after Ctrl-C.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator import __version__
from generator.build import Built, build, pack, prints, read, summary
from generator.content.model import WHOLE_KIT, Kit
from generator.errors import KitError, Problem, ToolError, as_text, count, did_you_mean
from generator.paper.documents import Wanted
from generator.paper.families import EDITIONS, FAMILIES
from generator.publish import discard, exchange, staging_for
from generator.web.site import Audience

DESCRIPTION = """\
Make a website and printed booklets from one folder of workshop content.

Run it in the folder that holds content/ and mkdocs.yml. Nothing is fetched from the internet."""

MOST_PEOPLE = 1000
EPILOG = """\
examples:
  workshop-kit check                  say what is wrong with the content, and where
  workshop-kit build                  build the site and all booklets into site/
  workshop-kit build --site-dir out   the same, into out/
  workshop-kit build --for participants
                                      a site for participants, without facilitators' pages, into site-participants/
  workshop-kit serve                  show the site in the browser while you write
  workshop-kit print half-day --people 20 --edition black
                                      print one workshop for 20 people in black ink, into print/half-day/

exit status:
  0 all is well, 1 something is wrong (and said), 2 wrong arguments, 130 stopped with Ctrl-C"""


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    found = argparse.ArgumentParser(
        prog="workshop-kit",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("--version", action="version", version=f"workshop-kit {__version__}")
    commands = found.add_subparsers(dest="command", required=True, metavar="COMMAND")
    make = commands.add_parser(
        "build",
        help="build the site and all booklets",
        description="Check the content, then build the site and all booklets. The old site stays as it is until the new one is complete.",
    )
    where = make.add_mutually_exclusive_group()
    where.add_argument(
        "--site-dir",
        type=Path,
        metavar="DIR",
        help="folder of the site (default: site, and for participants site-participants)",
    )
    where.add_argument(
        "--pages-only",
        type=Path,
        metavar="DIR",
        help="write the pages as plain Markdown with a mkdocs.yml into DIR, for other site generators, and build no site",
    )
    _add_audience(make)
    _add_print(commands.add_parser(
        "print",
        help="make the documents of one workshop, for a headcount or in another edition",
        description="Make the documents of one workshop in a folder of their own. What this command made there before goes.",
    ))  # fmt: skip
    commands.add_parser(
        "serve",
        help="show the site in the browser while you write",
        description="Serve the site on this computer and build it anew at each change. Faults are shown in the browser. Stop with Ctrl-C.",
    )
    commands.add_parser(
        "check",
        help="say what is wrong with the content, and where",
        description="Read the content and list every error, every warning and all advice, each with its place. Nothing is built.",
    )
    return found


def _add_audience(found: argparse.ArgumentParser) -> None:
    found.add_argument(
        "--for",
        dest="audience",
        choices=("everyone", "participants"),
        default="everyone",
        help="participants: leave out the facilitators' pages, words to say and debriefs (default: everyone, with both)",
    )


def _add_print(found: argparse.ArgumentParser) -> None:
    found.add_argument("workshop", metavar="WORKSHOP", help="id of a workshop, or `all`: what belongs to the whole kit")
    for name, what in (
        ("edition", f"{', '.join(EDITIONS)} (default: standard)"),
        ("paper", "one of `papers` in kit.yml (default: all of them)"),
        ("document", "only this document, such as run-sheet (default: all)"),
    ):
        help = f"{what}; may be given several times"
        found.add_argument(f"--{name}", action="append", default=[], metavar=name.upper(), help=help)
    people = "how many come (default: as many as the workshop plans for)"
    found.add_argument("--people", type=_headcount, metavar="NUMBER", help=people)
    found.add_argument("--out", type=Path, metavar="DIR", help="folder for the documents (default: print/WORKSHOP)")


def _headcount(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PEOPLE:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of people from 1 to {MOST_PEOPLE}")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    root = Path.cwd()
    try:
        if options.command == "check":
            return _check(root)
        if options.command == "print":
            return _print(root, options)
        if options.command == "serve":
            from generator.plugin import serve_site

            serve_site(root)
            return 0
        if options.pages_only:
            return _pages(root, options.pages_only, options.audience)
        return _build(root, options.site_dir, options.audience)
    except KitError as error:
        _show(error.problems)
        print(f"\nNothing was built: {error}.", file=sys.stderr)
        return 1
    except ToolError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"error: {error.strerror or error}: {error.filename or ''}".rstrip(": "), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _show(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(as_text(problem), end="\n\n", file=sys.stderr)


def _check(root: Path) -> int:
    loaded, problems = read(root / "content")
    _show(problems)
    print(f"Checked {summary(loaded.kit)}: {count(problems)}.")
    return 0


def _build(root: Path, site_dir: Path | None, audience: Audience) -> int:
    began = time.perf_counter()
    from generator.plugin import build_site

    built, target = build_site(root, site_dir, Console(), audience)
    whom = " for participants" if audience == "participants" else ""
    _finish(built, f"{len(built.pages)} pages{whom} in {_shown(target, root)}", began)
    print(f"Open {_shown(target / 'index.html', root)} in a browser; booklets are in {_shown(target / 'print', root)}.")
    return 0


def _pages(root: Path, folder: Path, audience: Audience) -> int:
    began = time.perf_counter()
    from generator.plugin import site_settings, written_config
    from generator.web.plain import plain_config, write

    written = written_config(root)
    staging = staging_for(folder.resolve(), root / "content", mark="docs/kit.json")
    try:
        built = build(root / "content", Console(), audience=audience)
        write(staging, built.pages, built.files, plain_config(written, site_settings(built)))
        exchange(staging, folder.resolve())
    finally:
        discard(staging)
    _finish(built, f"{len(built.pages)} pages of Markdown in {folder}", began)
    return 0


def _print(root: Path, options: argparse.Namespace) -> int:
    began = time.perf_counter()
    loaded, _ = read(root / "content")
    wanted = _wanted(loaded.kit, options)
    out = (options.out or root / "print" / options.workshop).resolve()
    staging = staging_for(out, root / "content", mark="manifest.json")
    try:
        printed, problems = prints(loaded, wanted, Console())
        if not printed:
            raise ToolError(_nothing(options))
        files = pack(printed, options.workshop)
        for name, data in files.items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(data)
        exchange(staging, out)
    finally:
        discard(staging)
    _show(problems)
    for name in files:
        print(f"  {_shown(out / name, root)}")
    print(f"Made {len(printed)} documents in {_shown(out, root)}, in {time.perf_counter() - began:.1f} seconds.")
    return 0


def _wanted(kit: Kit, options: argparse.Namespace) -> Wanted:
    """What the options ask for. Wrong words end the program with status 2, and with the word that may have been meant."""
    scopes = ("kit", "exercise") if options.workshop == WHOLE_KIT else ("workshop",)
    _known("workshop", [options.workshop], [*kit.workshops, WHOLE_KIT])
    _known("edition", options.edition, EDITIONS)
    _known("paper", options.paper, kit.settings.papers)
    _known("document", options.document, dict.fromkeys(family.name for family in FAMILIES if family.scope in scopes))
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


def _known(what: str, words: Sequence[str], known: Iterable[str]) -> None:
    """End the program when one of the words is not among the known ones."""
    names = list(known)
    for word in words:
        if word not in names:
            guess = did_you_mean(word, names)
            parser().error(f"there is no {what} `{word}`{f'; {guess}' if guess else ''}\nknown: {', '.join(names)}")


class Console:
    """Shows how the work goes: a line for each part that is done, and on a terminal one more that changes."""

    def did(self, text: str) -> None:
        """Print a line."""
        self.doing("")
        print(f"  {text}", flush=True)

    def doing(self, text: str) -> None:
        """Write over the last line of the terminal."""
        if sys.stdout.isatty():
            print(f"\r{text:<60}\r", end="", flush=True)


def _finish(built: Built, what: str, began: float) -> None:
    booklets = f"{len(built.printed)} printed document{'' if len(built.printed) == 1 else 's'}"
    _show(
        [problem for problem in built.problems if problem.code == "spills"]
    )  # only printing shows it, so `check` cannot
    print(f"Made {what}, and {booklets}, in {time.perf_counter() - began:.1f} seconds.")
    if built.problems:
        print(f"`workshop-kit check` lists {count(built.problems)}.")


def _shown(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
