"""New files, all of them or none, and never in place of another.

Each is written whole beside its place under a name that a kit passes over, and takes its place only when all are written.
"""

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from generator.errors import ToolError


def place(files: Mapping[Path, bytes]) -> None:
    """Write files. Raises `ToolError` with their names when one of them is there already, and `OSError`; then nothing is left behind."""
    taken = [path for path in files if os.path.lexists(path)]
    if taken:
        names = "".join(f"\n  {path}" for path in taken)
        raise ToolError(
            f"nothing was written, since these are there already:{names}\nChoose another --id, or move them away."
        )
    mark = secrets.token_hex(4)
    staged = {path: path.with_name(f".{path.name}.{mark}.part") for path in files}
    placed: list[Path] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path].write_bytes(data)
        for path, part in staged.items():
            _take_place(part, path)
            placed.append(path)
    except BaseException:
        for path in (*staged.values(), *placed):
            with contextlib.suppress(OSError):
                path.unlink()
        raise


def _take_place(part: Path, path: Path) -> None:
    """Give a file its name, unless another has taken it meanwhile."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise ToolError(f"nothing was written, since this is there already: {path}") from None
    except OSError:  # a disk that knows no links
        if path.exists():
            raise ToolError(f"nothing was written, since this is there already: {path}") from None
        part.rename(path)
    else:
        part.unlink()
