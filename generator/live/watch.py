"""What changes on the disk.

In: files and folders, which need not be there. Out: a print of them all, which differs after any change. Looking anew a few times a
second is dearer than being told by the system, by some milliseconds; but it also works on network drives, in containers, with replaced
folders, and the same everywhere.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

EVERY = 0.25  # seconds between two looks
QUIET = 0.15  # seconds without a change before one counts as complete: editors save in several steps
LONGEST = 3.0  # seconds to wait for quiet

Print = dict[
    str, tuple[int, int, int]
]  # each file's path; size in bytes, time of change in nanoseconds, number on the disk


def print_of(paths: Iterable[Path]) -> Print:
    """What lies at some paths now, folders with all that is in them; links to folders are not followed."""
    return {name: found for path in paths for name, found in _files(path)}


def _files(path: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    names: Iterable[Path] = [path]
    if path.is_dir():
        names = (Path(folder, name) for folder, _, files in os.walk(path) for name in files)
    for name in names:
        try:
            found = name.stat()
        except OSError:
            continue
        yield str(name), (found.st_size, found.st_mtime_ns, found.st_ino)


def settled(look: Callable[[], Print], wait: Callable[[float], object] = time.sleep) -> Print:
    """A print once nothing has changed for a moment, or after three seconds of changes."""
    found = look()
    for _ in range(int(LONGEST / QUIET)):
        wait(QUIET)
        before, found = found, look()
        if found == before:
            break
    return found


def changed(before: Print, after: Print) -> list[str]:
    """The paths of files that are new, gone or different, sorted."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
