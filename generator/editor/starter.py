"""A small kit that works, to start from.

In: a name, an id and a language. Out: the files of `templates/starter/` by their path, with these three in `kit.yml`, and how they are
put into a folder: all of them or none.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.errors import ToolError
from generator.publish import fill
from generator.templates import SHIPPED

STARTER = SHIPPED / "starter"
# A file that begins with a dot would be read by the tools that pack this program.
RENAMED = {"gitignore": ".gitignore"}
# What a folder may hold and still be empty for people.
UNSEEN = frozenset({".git", ".DS_Store", "Thumbs.db", "desktop.ini"})


def starter(id: str, name: str | None = None, language: str | None = None) -> dict[str, bytes]:
    """The files of a new kit by their path from its folder."""
    found = {
        path.relative_to(STARTER).as_posix(): path.read_bytes() for path in sorted(STARTER.rglob("*")) if path.is_file()
    }
    found = {RENAMED.get(path, path): data for path, data in found.items()}
    text = found["content/kit.yml"].decode()
    for field, value in (("id", id), ("name", name), ("language", language)):
        if value is not None:
            # A JSON string is YAML, too.
            line = f"{field}: {value if field == 'id' else json.dumps(value, ensure_ascii=False)}"
            text = re.sub(rf"^{field}: .*$", lambda _, line=line: line, text, count=1, flags=re.MULTILINE)  # type: ignore[misc]
    found["content/kit.yml"] = text.encode()
    return found


def refuse_inside(folder: Path) -> None:
    """Raises `ToolError` when `folder` would lie in another kit, where nobody looks for it."""
    for above in folder.resolve().parents:
        if (above / "content" / "kit.yml").is_file():
            raise ToolError(
                f"{above} is a kit already, and a kit does not lie in another\n"
                "go to a folder outside of it first; nothing was changed"
            )


def refuse_full(folder: Path) -> None:
    """Raises `ToolError`, which names what is there, when a kit cannot be started in `folder`."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ToolError(f"{folder.name or folder} is not a folder; name one that is empty or not there yet")
    held = sorted(entry.name for entry in folder.iterdir() if entry.name not in UNSEEN) if folder.is_dir() else []
    if held:
        more = f" and {len(held) - 3} more" if len(held) > 3 else ""
        raise ToolError(
            f"{folder.name or folder} is not empty: it holds {', '.join(held[:3])}{more}\n"
            "name a folder that is empty or not there yet; nothing was changed"
        )


def place(files: Mapping[str, bytes], folder: Path) -> None:
    """Write all files, in a folder beside `folder` first, so that what stops half-way leaves nothing."""
    refuse_full(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise ToolError(f"nothing can be written into {folder.parent}: {error.strerror}") from None
    try:
        fill(staging, files)
        staging.chmod(0o755)
        _move(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _move(staging: Path, folder: Path) -> None:
    """By one rename where there is no folder yet; else entry by entry, and back again when one cannot be moved."""
    if not folder.exists():
        staging.replace(folder)
        return
    moved: list[Path] = []
    try:
        for entry in sorted(staging.iterdir()):
            entry.rename(folder / entry.name)
            moved.append(folder / entry.name)
    except BaseException:
        for path in moved:
            path.rename(staging / path.name)
        raise
