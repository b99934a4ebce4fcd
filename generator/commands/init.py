"""`workshop-kit init`: start a kit of your own."""

import argparse
from pathlib import Path

from generator.commands.common import Commands, command
from generator.errors import ToolError


def add(commands: Commands) -> None:
    """Its arguments."""
    command(commands, "init", run, help="start a kit of your own", description="start a kit of your own")


def run(root: Path, options: argparse.Namespace) -> int:
    """To be written."""
    raise ToolError(f"`init` is not there yet ({root}, {options})")
