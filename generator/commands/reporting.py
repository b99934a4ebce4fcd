"""How a command tells of problems: for people where errors go, for programs on standard output.

In: problems, and the options of the command. Text for people is the first page of them, in colours on a terminal; `--all` shows the rest.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from generator.errors import KitError, Problem, ToolError, as_text
from generator.errors.colour import painter
from generator.errors.formats import FORMATS, as_github, as_json, as_short, failed
from generator.errors.many import first_page, rest_of

EXPLAINED = "`workshop-kit explain CODE` says more about each of them."


def reporting(command: argparse.ArgumentParser) -> None:
    """Add the options that say how problems are shown."""
    help = "how problems are shown: github (for its checks), json, or short (one on a line) are printed where output goes (default: text)"
    command.add_argument("--format", dest="problems_as", choices=FORMATS, default="text", help=help)
    command.add_argument(
        "--all", dest="all_problems", action="store_true", help="show all problems, however many there are"
    )


def format_of(options: argparse.Namespace | None) -> str:
    """One of FORMATS."""
    return str(getattr(options, "problems_as", "text"))


def words_to(options: argparse.Namespace) -> TextIO:
    """Where a command says what it did: beside the output, when that is for programs."""
    return sys.stdout if format_of(options) == "text" else sys.stderr


def report(problems: Sequence[Problem], options: argparse.Namespace | None = None) -> None:
    """Print problems as the options ask for."""
    match format_of(options):
        case "json":
            print(as_json(problems), end="")
        case "github":
            print(as_github(problems, _folder(Path.cwd())), end="")
        case "short":
            print(as_short(problems), end="")
        case _:
            _report_text(problems, everything=getattr(options, "all_problems", False))
    sys.stdout.flush()


def _report_text(problems: Sequence[Problem], everything: bool) -> None:
    paint = painter(sys.stderr)
    page = first_page(problems, len(problems)) if everything else first_page(problems)
    for problem in page.shown:
        print(as_text(problem, paint) + "\n", file=sys.stderr)
    if rest := rest_of(page):
        print(rest + "\n", file=sys.stderr)
    if problems:
        print(EXPLAINED, file=sys.stderr)


def report_failure(error: ToolError | KitError | str, options: argparse.Namespace) -> None:
    """Print why a command could not do its work, for reasons other than problems of the kit."""
    if format_of(options) in ("json", "github"):
        print(failed(str(error), format_of(options)), end="", flush=True)
    print(f"error: {error}", file=sys.stderr)


def _folder(root: Path) -> str:
    """Where the kit lies in the repository that GitHub checks, with a slash at the end; empty when it is the repository itself."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not workspace or not root.resolve().is_relative_to(Path(workspace).resolve()):
        return ""
    inside = root.resolve().relative_to(Path(workspace).resolve()).as_posix()
    return "" if inside == "." else f"{inside}/"
