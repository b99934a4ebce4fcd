"""`workshop-kit check`: what is wrong with the content, and where."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from generator.commands.common import Commands, command, show
from generator.commands.reporting import reporting, words_to
from generator.errors import KitError, Problem, count
from generator.reading import amount, read, summary


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "check",
        run,
        description="Read the content and list every error, every warning and all advice, each with its place. Nothing is built.",
    )
    found.add_argument(
        "--fix",
        action="store_true",
        help="mend what is safe in your files, say what was changed, and show what is left; comments and layout stay",
    )
    found.add_argument("--strict", action="store_true", help="end with status 1 when there are warnings, too")
    reporting(found)


def run(root: Path, options: argparse.Namespace) -> int:
    """List all problems."""
    if options.fix:
        _fix(root, options)
    loaded, problems = read(root / "content")
    show(problems, options)
    print(f"Checked {summary(loaded.kit)}: {count(problems)}.", file=words_to(options))
    return int(options.strict and any(problem.severity == "warning" for problem in problems))


def _fix(root: Path, options: argparse.Namespace) -> None:
    """Mend what can be mended, and say what was."""
    from generator.mend.kit import mend

    lines = 0
    for said in mend(root, lambda: problems_of(root / "content")):
        print(said, file=words_to(options), flush=True)
        lines += 1
    what = f"Mended {amount(lines, 'place')}." if lines else "There is nothing that can be mended safely."
    print(f"{what}\n", file=words_to(options))


def problems_of(content: Path) -> Sequence[Problem]:
    """Every problem of a kit, whether it can be built or not."""
    try:
        return read(content)[1]
    except KitError as error:
        return error.problems
