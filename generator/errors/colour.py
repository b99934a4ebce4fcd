"""Whether and how a terminal shows colours."""

import os
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from generator.errors.drawing import Paint, plain

RESET = "\x1b[0m"
CODES = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "advice": "\x1b[1;36m",
    "message": "\x1b[1m",
    "line": "\x1b[34m",
    "help": "\x1b[32m",
}


def painter(stream: TextIO, environment: Mapping[str, str] = os.environ) -> Paint:
    """How texts are coloured on a stream: not at all unless it is a terminal that can, and `NO_COLOR` is not set (no-color.org)."""
    wanted = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return coloured if wanted and stream.isatty() and _understood(stream) else plain


def coloured(text: str, what: str) -> str:
    """A text between the codes of its colour."""
    return f"{CODES[what]}{text}{RESET}" if what in CODES else text


def _understood(stream: TextIO) -> bool:
    """Whether the terminal understands such codes: a Windows console has to be asked for it (`ENABLE_VIRTUAL_TERMINAL_PROCESSING`)."""
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    kernel: Any = ctypes.windll.kernel32
    try:
        handle, mode = msvcrt.get_osfhandle(stream.fileno()), ctypes.c_uint32()
        return bool(kernel.GetConsoleMode(handle, ctypes.byref(mode)) and kernel.SetConsoleMode(handle, mode.value | 4))
    except OSError:
        return False
