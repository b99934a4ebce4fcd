"""The folder of templates of a kit: those that come with the program, with files of the kit's own in place of theirs, one by one.

In: the folder of a kit. Out: a folder that holds every template. Where a kit has templates of its own, that is a copy of both in one,
made anew when one of its files changes and deleted when the program ends; the program's own folder is never written to.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.errors import ToolError

PACKAGE = Path(__file__).resolve().parent
# In an installed package they lie in it; in the project they lie beside it.
SHIPPED = next(folder for folder in (PACKAGE / "templates", PACKAGE.parent / "templates") if folder.is_dir())
NAME = "templates"

Print = tuple[tuple[str, int, int], ...]  # each file's path, size in bytes and time of change in nanoseconds

_made: dict[Path, tuple[Print, Path]] = {}


def templates_of(root: Path) -> Path:
    """The templates of the kit in the folder `root`. Raises `ToolError` when a file of the kit's own lies outside of it."""
    own = root / NAME
    if not own.is_dir() or own.resolve() == SHIPPED.resolve():
        return SHIPPED
    files = dict(_files(own.resolve()))
    found = tuple((name, path.stat().st_size, path.stat().st_mtime_ns) for name, path in files.items())
    if own not in _made or _made[own][0] != found or not _made[own][1].is_dir():
        _forget(own)
        folder = Path(tempfile.mkdtemp(prefix="workshop-kit-")) / NAME
        atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
        shutil.copytree(SHIPPED, folder)
        for name, path in files.items():
            try:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / name)
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                what = "is a file where the program has a folder, or lies in a folder where it has a file"
                raise ToolError(f"{NAME}/{name} {what}; give it another name") from None
        _made[own] = (found, folder)
    return _made[own][1]


def own_templates(root: Path) -> tuple[str, ...]:
    """The paths of a kit's own templates, below its folder of them."""
    own = root / NAME
    return tuple(name for name, _ in _files(own)) if own.is_dir() and own.resolve() != SHIPPED.resolve() else ()


def _files(own: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(own.rglob("*")):
        if path.is_file():
            name = path.relative_to(own).as_posix()
            if not path.resolve().is_relative_to(own.resolve()):
                raise ToolError(f"{NAME}/{name} points outside the kit; put the file itself there")
            yield name, path


def _forget(own: Path) -> None:
    if own in _made:
        shutil.rmtree(_made.pop(own)[1].parent, ignore_errors=True)
