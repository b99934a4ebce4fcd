"""`workshop-kit serve`: the site in the browser while its content is written."""

import argparse
from pathlib import Path

from generator.commands.common import Commands, command


def add(commands: Commands) -> None:
    """It takes no arguments."""
    command(
        commands,
        "serve",
        run,
        help="show the site in the browser while you write",
        description="Serve the site on this computer and build it anew at each change. Faults are shown in the browser. Stop with Ctrl-C.",
    )


def run(root: Path, _: argparse.Namespace) -> int:
    """Serve until it is stopped."""
    from generator.plugin import serve_site

    serve_site(root)
    return 0
