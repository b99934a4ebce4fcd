"""A new site takes the old one's place only when all of it is there. The same holds for printed documents and packs.

In: a folder beside the old site, filled bit by bit (`staging_for`), and the old site's folder. Out: the new site under the old one's name
(`exchange`). Whatever stops the program, that name holds the old site or the new one, each of them whole; what is left beside it is
cleared away by the next run. One program at a time builds into a folder: the next one waits. Files that somebody else put into the
folder move along; the folder is left as it is when files that were made here have been changed since.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.errors import ToolError
from generator.publish import made, turn
from generator.publish.disk import as_tool_error, fill, remove, uninterrupted, whole_path, write_file
from generator.publish.swap import is_cut, put_in_place, recover, traces

__all__ = [
    "MARK",
    "as_tool_error",
    "discard",
    "exchange",
    "fill",
    "finish",
    "finish_all",
    "staged",
    "staging_for",
    "whole_path",
    "write_file",
]

MARK = "kit.json"
Tell = Callable[[str], None]


@dataclass
class _Staging:
    """What belongs to a staging folder: whose turn it is, and the folders that were made to hold it."""

    turn: turn.Turn
    parents: tuple[Path, ...]


_open: dict[Path, _Staging] = {}


def staging_for(target: Path, content: Path, mark: str = MARK, tell: Tell | None = None) -> Path:
    """A new empty folder beside `target`, where it can be built anew. What an interrupted run left there is put right first.

    Waits while another program builds into `target`, and says so once, to `tell`. `mark` is a path below `target` that says what kind of
    folder it is. Raises `ToolError` when `target` cannot be replaced: it holds files and was not made by this program, files in it were
    changed by hand, it is not apart from `content` or the kit's templates, or the disk does not let us.
    """
    target = whole_path(target)
    _refuse_place(target, content.resolve())
    try:
        parents = _make_parents(target.parent)
        mine = turn.take(target, tell)
        try:
            recover(target)
            made.refuse_foreign(target, mark)
            staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-{os.getpid()}-", dir=target.parent))
        except BaseException:
            turn.end(mine)
            _unmake(parents)
            raise
    except OSError as error:
        raise as_tool_error(error, target) from error
    _open[staging] = _Staging(mine, parents)
    return staging


def exchange(staging: Path, target: Path, keep_turn: bool = False) -> None:
    """Put the new site where the old one is. Raises `ToolError`, and leaves the old site in its place, when that cannot be done.

    With `keep_turn` others go on waiting, so that the site can still be read in peace; `discard` ends it.
    """
    target = whole_path(target)
    try:
        made.write_list(staging)
        made.carry_over(target, staging)
        staging.chmod((target.stat().st_mode & 0o777) | 0o700 if target.exists() else 0o755)
        with uninterrupted():
            put_in_place(staging, target)
            opened = _open.get(staging)
            if opened is not None:
                opened.parents = ()
            if not keep_turn:
                discard(staging)
    except OSError as error:
        raise as_tool_error(error, target) from error


def discard(staging: Path) -> None:
    """Delete a staging folder that will not be used (or holds what has been replaced), and let others have their turn."""
    with uninterrupted():
        remove(staging)
        opened = _open.pop(staging, None)
        if opened is not None:
            turn.end(opened.turn)
            _unmake(opened.parents)


@contextmanager
def staged(target: Path, content: Path, mark: str = MARK, tell: Tell | None = None) -> Iterator[Path]:
    """A staging folder to fill, which takes the place of `target` at the end, and goes when something is raised. As `staging_for`."""
    staging = staging_for(target, content, mark, tell)
    try:
        yield staging
        exchange(staging, target)
    except OSError as error:
        raise as_tool_error(error, target) from error
    finally:
        discard(staging)


def finish(target: Path) -> None:
    """Put right what an interrupted run left beside `target`, if anything and if nobody is at work there; never waits."""
    target = whole_path(target)
    if not traces(target) and not turn.lock_file(target).exists():
        return
    with suppress(OSError):
        mine = turn.take_if_free(target)
        if mine is not None:
            try:
                recover(target)
            finally:
                turn.end(mine)


def finish_all(folder: Path) -> None:
    """Put right every exchange in `folder` that was interrupted between its two steps."""
    with suppress(OSError):
        for entry in sorted(folder.glob(".*.journal")):
            target = folder / entry.name[1:].removesuffix(".journal")
            if is_cut(target):
                finish(target)


def _refuse_place(target: Path, content: Path) -> None:
    kit = content.parent
    for folder, name in ((content, content.name), (kit / "templates", "templates")):
        if target.is_relative_to(folder) or folder.is_relative_to(target):
            raise ToolError(f"{target} is not apart from {name}/, and would be replaced; name another folder")
    if target in (_home(), target.parent):
        raise ToolError(f"{target} is no folder for this; name another one")
    if target.exists() and not target.is_dir():
        raise ToolError(f"{target} is a file; name a folder")
    if os.path.ismount(target):
        raise ToolError(f"{target} is a disk of its own, which cannot be exchanged; name a folder inside it")


def _home() -> Path | None:
    with suppress(RuntimeError):
        return Path.home().resolve()
    return None


def _make_parents(folder: Path) -> tuple[Path, ...]:
    """Make a folder with those that hold it: the new ones, innermost first."""
    missing = tuple(one for one in (folder, *folder.parents) if not one.exists())
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _unmake(folders: tuple[Path, ...]) -> None:
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()
