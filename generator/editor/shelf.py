"""Schemas as files in `schemas/`, beside `content/`.

In: a folder and the ids of a kit. Out: the files, of which only those are replaced that an earlier run made. A file that somebody else
made stops it before anything is written.
"""

import json
from pathlib import Path

from generator.content.load import load
from generator.editor.schema import MARK, Ids, ids_of, schemas
from generator.errors import KitError, ToolError
from generator.publish import write_file

FOLDER = "schemas"


def known_ids(content: Path) -> Ids | None:
    """The ids of all that can be read of the kit in `content`, whatever else is wrong with it; None when that is nothing."""
    try:
        return ids_of(load(content).kit) if content.is_dir() else None
    except (KitError, OSError):
        return None


def schema_files(ids: Ids) -> dict[str, bytes]:
    """Each schema as a file, by its name."""
    return {
        f"{name}.schema.json": (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
        for name, found in schemas(ids).items()
    }


def write_schemas(folder: Path, ids: Ids) -> tuple[str, ...]:
    """Write all schemas into `folder`; their names. Raises `ToolError` when one would replace a file that is not ours."""
    files = schema_files(ids)
    if folder.exists() and not folder.is_dir():
        raise ToolError(f"{folder.name} is a file; name a folder with --out")
    for name in files:
        if (folder / name).exists() and not _is_ours(folder / name):
            raise ToolError(
                f"{folder.name}/{name} was not made by this program, and would be replaced; name another folder with --out"
            )
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_file(folder / name, data)
    return tuple(files)


def _is_ours(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return MARK.encode() in file.read(400)
