"""What a measurement depends on: the day, the machine, and which versions were measured.

Out: plain texts, which stand above the tables. A name of the machine or of a person is none of them.
"""

import importlib.metadata
import os
import platform
import subprocess
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.make_kit import SHIPPED

PACKAGES = (
    "mkdocs", "mkdocs-material", "markdown", "jinja2", "typst", "zensical",
    "mkdocs-to-pdf", "weasyprint", "playwright", "pypdfium2", "psutil",
)  # fmt: skip


def facts() -> dict[str, str]:
    """Each fact by its name."""
    return {
        "Day": datetime.now(UTC).date().isoformat(),
        "Commit": _says("git", "-C", str(SHIPPED), "describe", "--always", "--dirty") or "unknown",
        "System": f"{platform.system()}, {platform.machine()}",
        "Processors": f"{os.cpu_count()} × {_processor()}",
        "Memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "Python": platform.python_version(),
        "Chromium": _says(os.environ.get("CHROMIUM", "chromium"), "--version") or "none",
        "Packages": ", ".join(f"{name} {_version(name)}" for name in PACKAGES),
    }


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "is missing"


def _processor() -> str:
    """The kind of processor, as far as the system says it."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _says(*command: str) -> str:
    """What a program says of itself in one line; nothing when it cannot be run."""
    with suppress(OSError):
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout.strip()
    return ""
