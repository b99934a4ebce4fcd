"""Documents that were printed before, kept in a folder from run to run.

In: a key, which is a hash of all that a document depends on. Out: its PDF as a file, its pages, what was found on the way, and the picture
of its first page; or nothing, when anything of it is missing or not as it was written. So the folder may be deleted at any time, and is
never trusted: each entry carries hashes of itself and of its PDF. Where it cannot be written, a temporary folder takes its place.
"""

import atexit
import base64
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.publish.disk import replace_file

NAME = ".cache/workshop-kit"  # below the folder of a kit
ABOUT = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"  # bford.info/cachedir: backups leave such folders out
    "# Documents that workshop-kit has printed before. This folder may be deleted; the next build is slower then, and that is all.\n"
)
UNUSED = 30 * 24 * 3600  # seconds after which an entry that no build asked for is deleted


@dataclass(frozen=True)
class Entry:
    """What is known of a document: its PDF as a file (None: it could not be made), and plain values that whoever kept it gave."""

    file: Path | None
    values: Mapping[str, Any]

    def picture(self, by: str) -> bytes | None:
        """The picture of its first page, if there is one that was drawn in the way `by`."""
        drawn = self.values.get("picture", {})
        return base64.b64decode(drawn["png"]) if drawn.get("by") == by else None


class Kept:
    """A folder of entries by their keys; without a folder, a temporary one that goes with the program. Safe for threads and for several
    programs at once, since an entry is always the same for its key."""

    def __init__(self, folder: Path | None = None) -> None:
        self.lasting = folder
        self._temporary: Path | None = None

    @classmethod
    def of(cls, root: Path) -> "Kept":
        """That of a kit; a folder that leads out of the kit, or nowhere, is not used."""
        folder = root / NAME
        with suppress(OSError, RuntimeError):
            if folder.resolve().is_relative_to(root.resolve()):
                return cls(folder)
        return cls()

    def get(self, key: str) -> Entry | None:
        """What is kept under a key, if it is whole."""
        for folder in (self.lasting, self._temporary):
            found = _read(folder, key) if folder else None
            if found:
                return found
        return None

    def put(self, key: str, pdf: bytes, values: Mapping[str, Any], lasting: bool = True) -> Entry:
        """Keep a document; not beyond this run where it is not to be `lasting`. Raises `OSError` when no disk takes it."""
        if lasting and self.lasting:
            with suppress(OSError):
                return _write(_prepared(self.lasting), key, pdf, values)
        return _write(self._for_now(), key, pdf, values)

    def put_picture(self, key: str, by: str, png: bytes) -> None:
        """Keep the picture of a document that is kept; nothing is lost when that fails."""
        entry = self.get(key)
        if entry and entry.file:
            values = {**entry.values, "picture": {"by": by, "png": base64.b64encode(png).decode()}}
            with suppress(OSError):
                _write_values(entry.file.parent, key, values)

    def forget_unused(self) -> None:
        """Delete what nobody has asked for in a long time."""
        if self.lasting is None or not self.lasting.is_dir():
            return
        before = time.time() - UNUSED
        for path in (*self.lasting.glob("*.json"), *self.lasting.glob("*.pdf"), *self.lasting.glob("*.part")):
            with suppress(OSError):
                if path.stat().st_mtime < before:
                    path.unlink()

    def _for_now(self) -> Path:
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="workshop-kit-printed-"))
            atexit.register(shutil.rmtree, self._temporary, ignore_errors=True)
        return self._temporary


def _prepared(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        (folder / "CACHEDIR.TAG").write_text(ABOUT, encoding="utf-8")
    return folder


def _read(folder: Path, key: str) -> Entry | None:
    """An entry whose hashes hold. It counts as used today."""
    path, file = folder / f"{key}.json", folder / f"{key}.pdf"
    try:
        mark, _, text = path.read_text(encoding="utf-8").partition("\n")
        if mark != _hash(text.encode()):
            return None
        values = json.loads(text)
        if values["pdf"] and _hash(file.read_bytes()) != values["pdf"]:
            return None
    except (OSError, ValueError):
        return None
    with suppress(OSError):  # where it can only be read, it is as good
        for used in (path, file) if values["pdf"] else (path,):
            os.utime(used)
    return Entry(file if values["pdf"] else None, values)


def _write(folder: Path, key: str, pdf: bytes, values: Mapping[str, Any]) -> Entry:
    file = folder / f"{key}.pdf"
    if pdf:
        replace_file(file, pdf)
    values = {**values, "pdf": _hash(pdf) if pdf else ""}
    _write_values(folder, key, values)
    return Entry(file if pdf else None, values)


def _write_values(folder: Path, key: str, values: Mapping[str, Any]) -> None:
    text = json.dumps(values, ensure_ascii=False) + "\n"
    replace_file(folder / f"{key}.json", f"{_hash(text.encode())}\n{text}".encode())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
