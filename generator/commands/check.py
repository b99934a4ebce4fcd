"""`workshop-kit check`: what is wrong with the content, and where."""

import argparse
from pathlib import Path

from generator.build import read, summary
from generator.commands.common import Commands, command, show
from generator.errors import count


def add(commands: Commands) -> None:
    """It takes no arguments."""
    command(
        commands,
        "check",
        run,
        help="say what is wrong with the content, and where",
        description="Read the content and list every error, every warning and all advice, each with its place. Nothing is built.",
    )


def run(root: Path, _: argparse.Namespace) -> int:
    """List all problems."""
    loaded, problems = read(root / "content")
    show(problems)
    print(f"Checked {summary(loaded.kit)}: {count(problems)}.")
    return 0
