"""Names of files that a kit cannot have, and what they can be called instead.

In: problems of files as a whole. Out: which file to rename to what; none when something else has that name, or speaks of the old one.
"""

import re
import unicodedata
from pathlib import Path

from generator.content.model import KINDS
from generator.errors import Problem

STEM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def renamed(problem: Problem, root: Path) -> tuple[Path, Path] | None:
    """The file of a problem and its better name, or None. `root` is the folder of the kit."""
    path = root / problem.place.file
    if (
        problem.place.text
        or problem.code not in ("unknown-file", "wrong-id")
        or not path.is_file()
        or path.is_symlink()
    ):
        return None
    if path.suffix.lower() not in (".yml", ".yaml"):
        return None
    stem = _slug(path.stem)
    folders = problem.place.file.split("/")[1:-1]
    if not (folders[0] in KINDS if folders else stem == "kit"):  # elsewhere it would be passed over
        return None
    to = path.with_name(f"{stem}.yml")
    if not STEM.fullmatch(stem) or to == path or len(stem) > 80 or _taken(to, path):
        return None
    return None if stem != path.stem and _spoken_of(path.stem, path, root) else (path, to)


def _slug(stem: str) -> str:
    """Small letters, with hyphens for blanks and underscores; other signs stay, and make a name that cannot be."""
    return re.sub(r"[ _-]+", "-", unicodedata.normalize("NFC", stem).lower()).strip("-")


def _taken(to: Path, path: Path) -> bool:
    """Whether another file has this name, or one that differs by case only."""
    return any(other.name.lower() == to.name.lower() and other.name != path.name for other in path.parent.iterdir())


def _spoken_of(stem: str, path: Path, root: Path) -> bool:
    """Whether some file of the content names the old name."""
    for other in (root / "content").rglob("*"):
        if (
            other != path
            and other.suffix in (".yml", ".md")
            and other.is_file()
            and stem.encode() in other.read_bytes()
        ):
            return True
    return False
