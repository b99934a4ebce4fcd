"""Whose turn it is to build into a folder: one program at a time, and the next one waits.

In: the folder. Out: a lock that ends with the program, however that ends. The lock's file is `.site.lock` beside `site`, and is there only
as long as somebody builds.
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock

POLL = 0.1  # seconds between two looks at a lock that another program holds


@dataclass(frozen=True)
class Turn:
    """A lock that is held, and its file."""

    lock: "BaseFileLock"
    file: Path


def take(target: Path, tell: Callable[[str], None] | None) -> Turn:
    """Wait for the turn to build into `target`; `tell` hears of it when that takes a while. Raises `OSError`."""
    turn = take_if_free(target)
    if turn is not None:
        return turn
    if tell:
        tell(
            f"Another run makes {target.name}/ at the moment{_who(target)}. Waiting until it is done; Ctrl-C stops this one."
        )
    from filelock import FileLock

    file = lock_file(target)
    lock = FileLock(file, thread_local=False)
    lock.acquire(poll_interval=POLL)
    return Turn(lock, file)


def take_if_free(target: Path) -> Turn | None:
    """The turn to build into `target`; None while another program has it."""
    from filelock import FileLock, Timeout

    file = lock_file(target)
    lock = FileLock(file, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return Turn(lock, file)


def end(turn: Turn) -> None:
    """Let others have their turn. The lock's file goes while it is held, where the system allows that; those who wait make a new one."""
    if os.name == "posix":
        with suppress(OSError):
            turn.file.unlink()
    turn.lock.release()
    if os.name != "posix":
        with suppress(OSError):
            turn.file.unlink()


def lock_file(target: Path) -> Path:
    """The file of the lock on `target`."""
    return target.with_name(f".{target.name}.lock")


def _who(target: Path) -> str:
    """The number of the process that builds into `target`, as its staging folder says it."""
    found = re.compile(rf"\.{re.escape(target.name)}\.new-([0-9]+)-.{{8}}")
    for entry in target.parent.iterdir():
        if match := found.fullmatch(entry.name):
            return f" (process {match[1]})"
    return ""
