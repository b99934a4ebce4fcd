"""What this program made in a folder, and what somebody else put there.

In: a folder. Out: a list in it of our files with their hashes (`.made-by-workshop-kit`), and by that list: files of others, which move
along into the new folder, and files of ours that were changed by hand, which stop us, so that nobody's work is lost.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from generator.errors import ToolError

NAME = ".made-by-workshop-kit"
ABOUT = "workshop-kit made these files and replaces them. Files of your own stay when it does. Do not delete this list."
ALONE = (
    ".gitignore",
    ".gitkeep",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
)  # may stand in a folder that is empty otherwise
SHOWN = 3


def write_list(folder: Path) -> None:
    """List all files of a folder that has just been made."""
    found = {name: _hash(folder / name) for name in _files(folder) if name != NAME}
    text = json.dumps({"about": ABOUT, "files": found}, ensure_ascii=False, indent=0)
    (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def refuse_foreign(target: Path, mark: str) -> None:
    """Raises `ToolError` when `target` holds anything and is not of our making, as its list and `mark` say, or was changed by hand."""
    if not target.exists():
        return
    others = sorted(entry.name for entry in target.iterdir() if entry.name not in ALONE)
    if not others:
        return
    listed = _listed(target)
    if listed is None or not (target / mark).is_file():
        hint = (
            f" (or before it kept a list of its files, {NAME}: then delete the folder)"
            if (target / mark).is_file()
            else ""
        )
        raise ToolError(f"{target} holds {others[0]} and was not made by this program{hint}; name an empty folder")
    _refuse_changed(target, listed)


def carry_over(target: Path, staging: Path) -> None:
    """Copy files of others from the old folder into the new one. Raises `ToolError` when they cannot both be there."""
    if not target.exists():
        return
    listed = _listed(target) or {}
    _refuse_changed(target, listed)
    for name in _files(target):
        if name not in listed and name != NAME:
            _carry(target / name, staging / name, target)


def _carry(source: Path, copy: Path, target: Path) -> None:
    if not source.is_symlink() and not source.is_file():
        raise ToolError(f"{source} is neither a file nor a folder, and cannot be kept; move it out of {target}")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        taken = os.path.lexists(copy)
    except (FileExistsError, NotADirectoryError):
        taken = True
    if taken:
        raise ToolError(
            f"{source} was not made by this program, which is about to make a file of that name; move yours away"
        )
    shutil.copy2(source, copy, follow_symlinks=False)


def _refuse_changed(target: Path, listed: dict[str, str]) -> None:
    changed = [name for name in _files(target) if name in listed and _changed(target / name, listed[name])]
    if changed:
        more = f" and {len(changed) - SHOWN} more" if len(changed) > SHOWN else ""
        raise ToolError(
            f"in {target}, {', '.join(changed[:SHOWN])}{more} "
            f"{'was' if len(changed) == 1 else 'were'} changed since this program made {'it' if len(changed) == 1 else 'them'}, "
            "and would be lost; move away what you want to keep, or delete it"
        )


def _changed(path: Path, known: str) -> bool:
    return path.is_symlink() or not path.is_file() or _hash(path) != known


def _listed(target: Path) -> dict[str, str] | None:
    """The files that we made, with their hashes; None where there is no such list."""
    try:
        found = json.loads((target / NAME).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return {str(name): str(known) for name, known in found.items()} if isinstance(found, dict) else None


def _files(folder: Path) -> Iterator[str]:
    """The paths below a folder of everything in it but folders, with forward slashes, in order; links are not followed."""
    for path, folders, files in os.walk(folder, onerror=_raise):
        folders.sort()
        within = Path(path).relative_to(folder).as_posix()
        links = [name for name in folders if Path(path, name).is_symlink()]
        for name in sorted((*files, *links)):
            yield name if within == "." else f"{within}/{name}"


def _raise(error: OSError) -> None:
    raise error


def _hash(path: Path) -> str:
    """Of what a file holds; git may have changed the ends of its lines."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:32]
