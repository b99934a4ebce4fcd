"""The disk: files written and folders deleted, faults of it in plain words.

In: paths and bytes. Out: files, or an `OSError` as a message for people.
"""

import errno
import os
import shutil
import signal
import stat
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import ToolError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
MOUNTED = {errno.EBUSY, errno.EXDEV}


def as_tool_error(error: OSError, target: Path) -> ToolError:
    """What the disk refused while `target` was made anew, and that the old one is untouched."""
    why = error.strerror or str(error)
    file = f" ({error.filename})" if error.filename else ""
    still = f"{target} is as it was"
    if error.errno in FULL:
        return ToolError(f"the disk is full{file}; {still}. Make room, and try again")
    if error.errno in FORBIDDEN:
        return ToolError(
            f"the system does not let this program write here: {why}{file}; {still}. "
            "Close programs that show files of that folder, see whether you may write there, or name another folder"
        )
    if error.errno in MOUNTED:
        return ToolError(
            f"{target} cannot be exchanged: {why}; {still}. If it is a disk of its own, name a folder inside it"
        )
    if error.errno == errno.ENAMETOOLONG:
        return ToolError(f"this path is too long for the system{file}; {still}. Name a folder with a shorter path")
    return ToolError(f"{why}{file}; {still}")


def whole_path(path: Path) -> Path:
    """A path without links in it: what a link points to is exchanged, not the link. Raises `ToolError` for links that go in a circle."""
    try:
        return path.resolve()
    except (RuntimeError, OSError) as error:
        raise ToolError(f"{path} cannot be followed: it is a link that points to itself, or to nowhere") from error


def fill(folder: Path, files: Mapping[str, bytes] | Mapping[str, bytes | Path]) -> None:
    """Write files by their paths below a folder, of bytes or as copies of others."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, Path):
            shutil.copyfile(data, path)
        else:
            path.write_bytes(data)


def write_file(path: Path, data: bytes) -> None:
    """Write one file, whole or not at all: what stood there before is replaced in one step."""
    path = whole_path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        written.replace(path)
    except BaseException:
        with suppress(OSError):
            written.unlink()
        raise


def replace_file(path: Path, data: bytes) -> None:
    """Write a file in one step, so that nobody reads half of it. What is made anew when it is lost need not wait for the disk."""
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(data)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def remove(folder: Path) -> None:
    """Delete a folder with all in it, read-only files too. What cannot be deleted stays; links are never followed."""
    if folder.is_symlink() or not folder.is_dir():
        return
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for path, names, files in os.walk(folder):
            for each in (Path(path), *(Path(path, name) for name in (*names, *files))):
                with suppress(OSError):
                    if not each.is_symlink():
                        each.chmod(stat.S_IRWXU)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C does nothing in here: for moments that must not be cut in two."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)
