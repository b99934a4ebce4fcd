"""A new site takes the old one's place only when all of it is there.

In: a staging folder that is filled, and the folder of the old site. The two lie side by side on one disk, so the exchange is one or two
renames. What a site's folder holds on its own account (`.gitignore`) stays.
"""

import shutil
import tempfile
from pathlib import Path

from generator.errors import ToolError

KEPT = (".gitignore",)
MARK = "kit.json"


def staging_for(target: Path, content: Path, mark: str = MARK) -> Path:
    """A new empty folder beside `target`, where it can be built anew.

    Raises `ToolError` when `target` holds files, and no `mark` among them (a path below it) that says that they are ours to replace, and
    when it is not apart from the folder `content`.
    """
    target, content = target.resolve(), content.resolve()
    if target.is_relative_to(content) or content.is_relative_to(target):
        raise ToolError(f"{target} is not apart from {content.name}/, and would be replaced; name another folder")
    _refuse_foreign(target, mark)
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))


def _refuse_foreign(target: Path, mark: str) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise ToolError(f"{target} is a file; name a folder")
    others = [entry.name for entry in target.iterdir() if entry.name not in KEPT]
    if others and not (target / mark).is_file():
        raise ToolError(f"{target} holds {others[0]} and was not made by this program; name an empty folder")


def exchange(staging: Path, target: Path) -> None:
    """Put the new site where the old one is. When a rename fails, the old site is back in its place."""
    for name in KEPT:
        if (target / name).is_file():
            shutil.copy2(target / name, staging / name)
    staging.chmod(0o755)
    old = staging.with_name(staging.name + ".old")
    had = target.exists()
    if had:
        target.replace(old)
    try:
        staging.replace(target)
    except BaseException:
        if had and not target.exists():
            old.replace(target)
        raise
    if had:
        shutil.rmtree(old, ignore_errors=True)


def discard(staging: Path) -> None:
    """Delete a staging folder that will not be used."""
    shutil.rmtree(staging, ignore_errors=True)
