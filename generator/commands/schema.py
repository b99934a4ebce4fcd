"""`workshop-kit schema`: write schemas for your editor."""

import argparse
from pathlib import Path

from generator.commands.common import Commands, command, refuse, shown
from generator.editor.shelf import FOLDER, known_ids, write_schemas
from generator.errors import ToolError
from generator.publish import whole_path


def add(commands: Commands) -> None:
    """Its arguments."""
    make = command(
        commands,
        "schema",
        run,
        description="Write JSON Schemas (draft 7), from which editors complete and check what you type. "
        "Inside a kit they offer its own ids.",
    )
    make.add_argument("--out", type=Path, metavar="DIR", help=f"folder for them (default: {FOLDER})")


def run(root: Path, options: argparse.Namespace) -> int:
    """Write them all."""
    folder, content = root / (options.out or FOLDER), root / "content"
    if whole_path(folder).is_relative_to(content.resolve()):
        refuse("content/ holds what you write; name a folder beside it with --out")
    if not options.out and not content.is_dir():
        raise ToolError("there is no folder `content/` here; go to the folder of your kit, or name a folder with --out")
    ids = known_ids(content)
    names = write_schemas(folder, ids or {})
    print(f"Wrote {len(names)} schemas into {shown(folder, root)}.")
    if ids is None:
        print("There is no kit here that can be read, so they know no ids yet.")
    print("Files that `workshop-kit new` makes name theirs. In any other, the first line does it:")
    print("# yaml-language-server: $schema=../../schemas/exercises.schema.json")
    return 0
