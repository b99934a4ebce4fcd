"""`workshop-kit draft`: make the draft of an article's ideas from its text."""

import argparse
from pathlib import Path

from generator.commands.common import Commands, command
from generator.errors import ToolError


def add(commands: Commands) -> None:
    """Its arguments."""
    command(
        commands,
        "draft",
        run,
        help="make the draft of an article's ideas from its text",
        description="make the draft of an article's ideas from its text",
    )


def run(root: Path, options: argparse.Namespace) -> int:
    """To be written."""
    raise ToolError(f"`draft` is not there yet ({root}, {options})")
