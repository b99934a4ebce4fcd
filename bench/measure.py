"""Runs a program with all that it starts, and says what it cost.

In: a command as a list of words, and a folder. Out: seconds of the processors and by the clock, the most memory at one time, and what the
program said. Memory is what all its processes hold together. On Linux what several of them share counts once; elsewhere it counts for each.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO
from urllib.error import HTTPError

import psutil

EVERY = 0.05  # seconds between two looks at a program
SELDOM = 5  # of so many looks one asks what is shared, which takes the system longer
LONGEST = 600.0  # seconds in which a page has to be served


@dataclass(frozen=True)
class Ran:
    """A program that has ended: `cpu` and `wall` in seconds, `peak` in bytes, its exit status and all that it said."""

    cpu: float
    wall: float
    peak: int
    status: int
    said: str


class Meter:
    """Looks at a program and all that it started, again and again, in a thread of its own."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._looks = 0
        self._root = psutil.Process(pid)
        self._used: dict[psutil.Process, float] = {self._root: 0.0}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> "Meter":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def cpu(self) -> float:
        """Seconds of the processors, as far as they were seen; a little is lost of each process that has ended."""
        return sum(list(self._used.values()))

    def look(self) -> None:
        """Take the figures as they are now."""
        # A process whose parent has ended is nobody's child, so those that were seen once are kept.
        with suppress(psutil.Error):
            for child in self._root.children(recursive=True):
                self._used.setdefault(child, 0.0)
        alive = [process for process in list(self._used) if process.is_running()]
        for process in alive:
            with suppress(psutil.Error):
                times = process.cpu_times()
                self._used[process] = times.user + times.system
        self._looks += 1
        if len(alive) == 1 or self._looks % SELDOM == 0:
            self.peak = max(self.peak, sum(_memory(process, len(alive) > 1) for process in alive))

    def _look_on(self) -> None:
        while True:
            self.look()
            if self._ended.wait(EVERY):
                return


def _memory(process: psutil.Process, shares: bool) -> int:
    """Bytes that a process holds; where it may share some with others, its part of them."""
    with suppress(psutil.Error):
        if shares and sys.platform == "linux":
            return int(process.memory_full_info().pss)
        return int(process.memory_info().rss)
    return 0


def run(command: Sequence[str], folder: Path, **environment: str) -> Ran:
    """Run a program in a folder until it ends."""
    with tempfile.TemporaryFile() as said:
        before, began = _of_children(), time.perf_counter()
        with _started(command, folder, said, environment) as program, Meter(program.pid) as meter:
            status = program.wait()
            wall = time.perf_counter() - began
        # The system counts exactly, and leaves out children that nobody waited for; of the two, the greater is nearer to the truth.
        cpu = max(_of_children() - before, meter.cpu)
        said.seek(0)
        return Ran(cpu, wall, meter.peak, status, said.read().decode("utf-8", "replace"))


def _started(
    command: Sequence[str], folder: Path, said: IO[bytes], environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    # MkDocs' theme advertises its successor otherwise.
    all_of_it = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **(environment or {})}
    # Installed programs have their modules compiled, and so has ours for all its users but the first time.
    all_of_it.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(
        command, cwd=folder, env=all_of_it, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
    )


def _of_children() -> float:
    """Seconds of the processors that all programs took which have ended; nothing on Windows, which does not count them."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def serving(command: Sequence[str], folder: Path) -> Iterator[tuple[str, Meter]]:
    """Run a server that says its address; yields that address and what looks at the server, and ends it afterwards."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "said")
        with file.open("wb") as said, _started(command, folder, said) as program:
            try:
                with Meter(program.pid) as meter:
                    yield _address(file, program), meter
            finally:
                program.terminate()


def _address(file: Path, program: "subprocess.Popen[bytes]") -> str:
    while program.poll() is None:
        words = file.read_text(encoding="utf-8", errors="replace").split()
        found = next((word for word in words if word.startswith("http://")), "")
        if found:
            return found
        time.sleep(EVERY)
    raise RuntimeError(file.read_text(encoding="utf-8", errors="replace"))


def wait_for(address: str, text: str) -> float:
    """Ask for a page until it holds a text; gives the seconds that it took. Raises `RuntimeError` for a page that tells of a fault."""
    began = time.perf_counter()
    while time.perf_counter() - began < LONGEST:
        try:
            with urllib.request.urlopen(address, timeout=LONGEST) as answer:
                if text in answer.read().decode("utf-8"):
                    return time.perf_counter() - began
        except HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise RuntimeError(f"{address} said {error.code}") from error
        time.sleep(EVERY)
    raise RuntimeError(f"{address} did not show `{text}` within {LONGEST:.0f} seconds")
