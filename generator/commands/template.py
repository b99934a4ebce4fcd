"""`workshop-kit template`: copy a template of the program into the kit, to change it there."""

import argparse
from pathlib import Path

from generator.commands.common import Commands, command, refuse
from generator.errors import ToolError, did_you_mean
from generator.templates import NAME, SHIPPED, own_templates

STARTER = "starter/"


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "template",
        run,
        description="Copy one of the program's templates into templates/, where it takes the place of the program's. "
        "Delete the copy, and all is as before. A file that is there is never overwritten.",
    )
    found.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="such as assets/css/kit.css; without it, all are listed, yours with a star",
    )


def run(root: Path, options: argparse.Namespace) -> int:
    """Copy one, or list all."""
    names = [path.relative_to(SHIPPED).as_posix() for path in sorted(SHIPPED.rglob("*")) if path.is_file()]
    names = [name for name in names if not name.startswith(STARTER)]
    if options.name is None:
        own = own_templates(root)
        print("\n".join(f"{'*' if name in own else ' '} {name}" for name in sorted({*names, *own})))
        return 0
    name = options.name.replace("\\", "/").removeprefix(f"{NAME}/")
    if name not in names:
        guess = did_you_mean(name, names)
        refuse(
            f"there is no template `{name}`{f'; {guess}' if guess else ''}\nthis lists all of them: workshop-kit template"
        )
    if not (root / "content").is_dir():
        raise ToolError("there is no folder `content/` here; go to the folder of your kit")
    path = root / NAME / name
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise ToolError(f"{NAME}/ points outside the kit; nothing was written")
    if path.resolve() == (SHIPPED / name).resolve() or path.exists():
        raise ToolError(f"{NAME}/{name} is there already, and was left as it is")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write((SHIPPED / name).read_bytes())
    print(f"Wrote {NAME}/{name}. It takes the place of the program's; delete it, and all is as before.")
    return 0
