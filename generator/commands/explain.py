"""`workshop-kit explain`: say what an error means and how to mend it."""

import argparse
from pathlib import Path

from generator.commands.common import Commands, command
from generator.errors import ToolError


def add(commands: Commands) -> None:
    """Its arguments."""
    command(
        commands,
        "explain",
        run,
        help="say what an error means and how to mend it",
        description="say what an error means and how to mend it",
    )


def run(root: Path, options: argparse.Namespace) -> int:
    """To be written."""
    raise ToolError(f"`explain` is not there yet ({root}, {options})")
