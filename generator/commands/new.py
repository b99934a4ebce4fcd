"""`workshop-kit new`: start a new item, with every field explained."""

import argparse
from pathlib import Path

from generator.commands.common import Commands, command
from generator.errors import ToolError


def add(commands: Commands) -> None:
    """Its arguments."""
    command(
        commands,
        "new",
        run,
        help="start a new item, with every field explained",
        description="start a new item, with every field explained",
    )


def run(root: Path, options: argparse.Namespace) -> int:
    """To be written."""
    raise ToolError(f"`new` is not there yet ({root}, {options})")
