"""`workshop-kit schema`: write schemas for your editor."""

import argparse
from pathlib import Path

from generator.commands.common import Commands, command
from generator.errors import ToolError


def add(commands: Commands) -> None:
    """Its arguments."""
    command(commands, "schema", run, help="write schemas for your editor", description="write schemas for your editor")


def run(root: Path, options: argparse.Namespace) -> int:
    """To be written."""
    raise ToolError(f"`schema` is not there yet ({root}, {options})")
