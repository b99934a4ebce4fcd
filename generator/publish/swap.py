"""One folder takes another's place: in one step where the system has a call for it, else in two with a journal.

In: two folders side by side. Out: the new one under the old one's name; the old one under the new one's, or deleted.

Linux exchanges two names at once by `renameat2` with `RENAME_EXCHANGE` (rename(2)), macOS by `renamex_np` with `RENAME_SWAP`
(rename(2) there). Windows and some file systems have neither: there the old folder gets another name, then the new one its name, and
`.site.journal` says so until both are done. `recover` undoes what was cut in two: the old folder gets its name back.
"""

import ctypes
import errno
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from generator.publish.disk import remove

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
RENAME_SWAP = 2  # sys/stdio.h of macOS
NOT_HERE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
TRIES, PAUSE = 20, 0.15  # a scanner or a preview lets go of a folder within seconds


def put_in_place(staging: Path, target: Path) -> None:
    """`staging` gets the name `target`. Raises `OSError` when that cannot be done; then both are as they were."""
    if not target.exists():
        _rename(staging, target)
    elif not swap_at_once(staging, target):
        _swap_in_two(staging, target)


def swap_at_once(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; False where that is not possible. Raises `OSError`."""
    system = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    names = os.fsencode(one), os.fsencode(other)
    if system is not None and sys.platform.startswith("linux") and hasattr(system, "renameat2"):
        failed = system.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE)
    elif system is not None and sys.platform == "darwin" and hasattr(system, "renamex_np"):
        failed = system.renamex_np(*names, RENAME_SWAP)
    else:
        return False
    number = ctypes.get_errno()
    if failed and number not in NOT_HERE:
        raise OSError(number, os.strerror(number), str(other))
    return not failed


def _swap_in_two(staging: Path, target: Path) -> None:
    old = target.with_name(staging.name.replace(f".{target.name}.new-", f".{target.name}.old-", 1))
    journal = _journal(target)
    _write_journal(journal, old)
    try:
        _rename(target, old)
        try:
            _rename(staging, target)
        except BaseException:
            _rename(old, target)
            raise
    finally:
        if target.exists():
            journal.unlink(missing_ok=True)
    remove(old)


def _rename(source: Path, target: Path) -> None:
    """Rename a folder; on Windows several times, since programs that look at new files hold them for a moment."""
    for tries_left in reversed(range(TRIES if os.name == "nt" else 1)):
        try:
            source.rename(target)
            return
        except PermissionError:
            if not tries_left:
                raise
            time.sleep(PAUSE)


def _journal(target: Path) -> Path:
    return target.with_name(f".{target.name}.journal")


def _write_journal(journal: Path, old: Path) -> None:
    with journal.open("w", encoding="utf-8", newline="\n") as file:
        json.dump({"old": old.name}, file)
        file.flush()
        os.fsync(file.fileno())


def recover(target: Path) -> None:
    """Finish or undo what a run that was stopped left beside `target`. Only for who has the turn. Raises `OSError`."""
    journal = _journal(target)
    if journal.is_file() and not target.exists():
        old = _old_in(journal, target)
        if old is not None and old.is_dir():
            _rename(old, target)
    journal.unlink(missing_ok=True)
    for folder in _left(target):
        if target.exists() or ".new-" in folder.name:
            remove(folder)


def is_cut(target: Path) -> bool:
    """Whether a journal of ours says that an exchange was cut in two. Anybody's file may have such a name."""
    return _journal(target).is_file() and _old_in(_journal(target), target) is not None


def traces(target: Path) -> bool:
    """Whether there is anything to recover."""
    return target.parent.is_dir() and (_journal(target).exists() or any(_left(target)))


def _old_in(journal: Path, target: Path) -> Path | None:
    """The folder that a journal names; None for one that was not written to its end, when nothing was renamed yet."""
    try:
        name = json.loads(journal.read_text(encoding="utf-8"))["old"]
    except (ValueError, KeyError, TypeError):
        return None
    return target.with_name(name) if isinstance(name, str) and _ours(target).fullmatch(name) else None


def _ours(target: Path) -> re.Pattern[str]:
    return re.compile(rf"\.{re.escape(target.name)}\.(new|old)-[0-9]+-[a-z0-9_]{{8}}")


def _left(target: Path) -> Iterator[Path]:
    """Folders of runs before, beside `target`."""
    name = _ours(target)
    for entry in sorted(target.parent.iterdir()):
        if name.fullmatch(entry.name) and entry.is_dir() and not entry.is_symlink():
            yield entry
