"""Files as one zip.

In: files by their path in a folder. Out: the bytes of the zip, the same for the same files: it has no clock of its own.
"""

import io
import zipfile
from collections.abc import Mapping

MADE = (2026, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
UNIX = 3


def archive(files: Mapping[str, bytes], folder: str) -> bytes:
    """A zip of all files, in one folder. Names use forward slashes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as found:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", MADE)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, READABLE, UNIX
            found.writestr(entry, files[name])
    return data.getvalue()
