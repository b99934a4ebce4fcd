"""Templates as they were compiled before, so that they need not be again.

In: the texts of templates. Out: their code, from memory, and for those that come with the program from a folder beside Python's own
compiled files. Whoever can write there can change the program anyway; a kit's own templates are never kept on the disk. What is damaged
there, or was made by another version of the program or of Jinja, is made anew.
"""

import hashlib
import importlib.metadata
import sys
from contextlib import suppress
from functools import cached_property
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from generator.publish.disk import replace_file
from generator.templates import PACKAGE

MOST = 500  # far more than there are; the folder of a kit's own templates changes its name with each change
MARK = hashlib.sha256().digest_size


class Compiled(jinja2.BytecodeCache):
    """Code by a template's name and place, as long as its text is the same. With a `folder` it is kept for the next run too."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.kept: dict[str, bytes] = {}

    def get_source_checksum(self, source: str) -> str:
        """Of a template, and of all that may have become part of its code."""
        return hashlib.sha256(f"{self._made_by}\0{source}".encode()).hexdigest()

    @cached_property
    def _made_by(self) -> str:
        """Another one after each change of the program: what a filter makes of a constant stands in the code."""
        if self.folder is None:
            return ""
        found = [(path.as_posix(), path.stat()) for path in sorted(PACKAGE.rglob("*.py"))]
        files = "".join(f"{path} {one.st_mtime_ns} {one.st_size}\n" for path, one in found)
        return f"{importlib.metadata.version('jinja2')}\n{files}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in the code, if there is any."""
        data = self.kept.get(bucket.key) or self._read(bucket.key)
        if data:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code; where the disk takes none, for this run alone."""
        if len(self.kept) >= MOST:
            self.kept.clear()
        data = self.kept[bucket.key] = bucket.bytecode_to_string()
        if self.folder and not sys.dont_write_bytecode:
            with suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                replace_file(self.folder / bucket.key, hashlib.sha256(data).digest() + data)

    def _read(self, key: str) -> bytes:
        data = b""
        if self.folder:
            with suppress(OSError):
                data = (self.folder / key).read_bytes()
        return data[MARK:] if hashlib.sha256(data[MARK:]).digest() == data[:MARK] else b""


SHIPPED_ONES = Compiled(Path(cache_from_source(__file__)).parent / "pages")
OWN_ONES = Compiled()
