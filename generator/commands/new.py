"""`workshop-kit new`: start a new item, with every field explained."""

import argparse
from pathlib import Path

from generator.commands.common import Commands, command, known, refuse
from generator.content.ids import LONGEST, id_from
from generator.content.load import wrong_id
from generator.content.model import KINDS
from generator.editor.item import needs, new_item
from generator.editor.shelf import FOLDER, known_ids, write_schemas
from generator.errors import ToolError

NAMES = {"article": "articles", "tension": "tensions", "pitfall": "pitfalls", "exercise": "exercises", "deck": "prompts",
         "assessment": "assessments", "workshop": "workshops"}  # fmt: skip
# What people may look for among the kinds, and where it is.
ELSEWHERE = {
    "idea": "ideas stand in the file of their article; try: workshop-kit new article",
    "handout": "a handout stands in the file of its exercise; try: workshop-kit new exercise",
    "page": "a page of your own is a Markdown file in content/pages/, with a heading in its first line",
    "kit": "a kit is started with: workshop-kit init",
    "template": "a template is copied with: workshop-kit template",
}
ALSO = {"prompt": "prompts", "decks": "prompts", "self-assessment": "assessments", "self-assessments": "assessments"}


def add(commands: Commands) -> None:
    """Its arguments."""
    make = command(
        commands,
        "new",
        run,
        description="Write a file into content/ that has every field of its kind, each with what it is and an example. "
        "A file that is there is never overwritten.",
    )
    make.add_argument("kind", metavar="KIND", help=", ".join(NAMES))
    make.add_argument("id", metavar="ID", help="name of the file, such as silo-walk: small letters, digits and hyphens")


def run(root: Path, options: argparse.Namespace) -> int:
    """Write the file, and schemas that know it."""
    content = root / "content"
    kind = _kind(options.kind)
    if wrong := wrong_id(kind, options.id):
        better = id_from(options.id)
        can_be = better not in ("", options.id) and len(options.id) <= LONGEST and not wrong_id(kind, better)
        help = f"ids are small letters, digits and single hyphens: workshop-kit new {options.kind} {better}"
        refuse(f"{wrong[0]}\n{help if can_be else wrong[1]}")
    if not content.is_dir():
        raise ToolError(
            "there is no folder `content/` here; go to the folder of your kit, or start one: workshop-kit init my-kit"
        )
    path = content / kind / f"{options.id}.yml"
    _refuse_taken(path, content)
    ids = known_ids(content) or {}
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(new_item(kind, options.id, ids))
    print(f"Wrote content/{kind}/{path.name}. Write over the examples, then type: workshop-kit check")
    for other in needs(kind):
        if not ids.get(other):
            print(
                f"It names {other}, and your kit has none that can be read yet: put yours in where it says `of-yours`."
            )
    _renew_schemas(root)
    return 0


def _kind(word: str) -> str:
    """The kind that a word names; ends the program when there is none."""
    names = {**NAMES, **ALSO, **{kind: kind for kind in KINDS}}
    if word.lower() in ELSEWHERE:
        refuse(f"there is no kind `{word}`: {ELSEWHERE[word.lower()]}")
    if word.lower() not in names:
        known("kind", [word], NAMES)
    return names[word.lower()]


def _refuse_taken(path: Path, content: Path) -> None:
    """Raises `ToolError` when a file of that name is there, in whatever case or with another ending, or the folder leads elsewhere."""
    if not path.parent.resolve().is_relative_to(content.resolve()):
        raise ToolError(f"content/{path.parent.name} points outside the kit; nothing was written")
    for entry in sorted(path.parent.iterdir()) if path.parent.is_dir() else ():
        if entry.suffix.lower() in (".yml", ".yaml") and entry.stem.lower() == path.stem:
            raise ToolError(
                f"content/{path.parent.name}/{entry.name} is there already, and was left as it is; choose another id"
            )


def _renew_schemas(root: Path) -> None:
    """The new file names its schema, so there has to be one, and other files may name the new id."""
    try:
        write_schemas(root / FOLDER, known_ids(root / "content") or {})
    except ToolError as error:
        print(f"Schemas for your editor were not renewed: {error}")
