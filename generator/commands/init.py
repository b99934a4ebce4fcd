"""`workshop-kit init`: start a kit of your own."""

import argparse
import tempfile
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from generator.commands.common import Commands, command, refuse
from generator.content.fields import Language
from generator.content.ids import id_from
from generator.content.source import HIDDEN
from generator.editor.shelf import FOLDER, known_ids, schema_files
from generator.editor.starter import place, refuse_full, refuse_inside, starter
from generator.templates import SHIPPED


def add(commands: Commands) -> None:
    """Its arguments."""
    make = command(
        commands,
        "init",
        run,
        description="Write a small kit that works into a new folder, to change into your own. A folder that is not empty is left as it is.",
    )
    make.add_argument(
        "folder", type=Path, metavar="FOLDER", help="a folder that is empty or not there yet, such as my-kit"
    )
    make.add_argument("--name", help='what the kit is called, such as "Handing over well"')
    make.add_argument(
        "--language",
        metavar="CODE",
        help="the language that you will write in, such as de (default: en); the example stays English",
    )


def run(root: Path, options: argparse.Namespace) -> int:
    """Write the files, and say what to type next."""
    folder = (root / options.folder).absolute()
    name = " ".join(options.name.split()) if options.name is not None else None
    if name == "":
        refuse("`--name` is empty")
    if name and HIDDEN.search(name):
        refuse("`--name` holds a character that cannot be shown")
    if options.language is not None and not _is_language(options.language):
        refuse(f"`{options.language}` is not a language code; write it as en or de")
    refuse_full(folder)
    refuse_inside(folder)
    files = starter(id_from(folder.name) or "my-kit", name, options.language)
    place(files | _schemas(files), folder)
    print(f"Started a kit in {options.folder}: an example to change into your own.")
    if options.language and not (SHIPPED / "words" / f"{options.language.split('-')[0]}.yml").is_file():
        print(
            f"There are no fixed words in `{options.language}` yet, so pages say them in English. `templates/words/{options.language}.yml` "
            "in your kit takes their place."
        )
    print(f"\nNext:\n  cd {_quoted(str(options.folder))}\n  workshop-kit serve     look at it while you write\n"
          "  workshop-kit build     make the site and all booklets")  # fmt: skip
    return 0


def _schemas(files: dict[str, bytes]) -> dict[str, bytes]:
    """Schemas that know the ids of the new kit."""
    with tempfile.TemporaryDirectory() as made:
        place(files, Path(made) / "kit")
        ids = known_ids(Path(made) / "kit" / "content")
    return {f"{FOLDER}/{name}": data for name, data in schema_files(ids or {}).items()}


def _is_language(text: str) -> bool:
    try:
        TypeAdapter[str](Language).validate_python(text)
    except ValidationError:
        return False
    return True


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text
