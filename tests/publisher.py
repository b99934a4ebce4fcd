"""A program that makes a site of many small files and can be stopped at any moment; `test_nothing_lost.py` runs it.

    python -m tests.publisher TARGET VERSION [--two-steps] [--kill N] [--full N] [--wait] [--build]

Every file of the site holds VERSION. What the program asks the system for is counted from the moment it takes its turn: `--kill N` dies at
the N-th of these as by `kill -9`, `--full N` finds the disk full from then on. `--two-steps` takes the way of systems that cannot exchange
two folders at once. `--wait` says `ready` when half of the site is written, and goes on after a line of input. `--build` builds the kit in
the working folder instead, without its booklets. The last line it prints is the number of things asked for.
"""

import argparse
import errno
import os
import signal
import sys
from pathlib import Path
from typing import Any

from generator import publish
from generator.errors import ToolError
from generator.publish import swap

FILES = 40
ASKED = {
    "open",
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.chmod",
    "os.scandir",
    "shutil.rmtree",
    "ctypes.dlsym",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Asked:
    """Counts what is asked of the system, and does what the options say at the N-th time."""

    def __init__(self, kill: int, full: int) -> None:
        self.kill, self.full, self.count, self.began = kill, full, 0, False

    def __call__(self, event: str, values: tuple[Any, ...]) -> None:
        if event not in ASKED:
            return
        self.began = self.began or (event == "open" and str(values[0]).endswith(".lock"))
        self.count += self.began
        if self.kill and self.count >= self.kill:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        writes = event == "os.mkdir" or (event == "open" and isinstance(values[2], int) and values[2] & WRITING)
        if self.full and self.count >= self.full and writes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(values[0]))


def make(target: Path, version: str, wait: bool) -> None:
    """Publish one version."""
    with publish.staged(target, target.parent / "content", tell=lambda text: print(text, flush=True)) as staging:
        for number in range(FILES):
            if wait and number == FILES // 2:
                print("ready", flush=True)
                sys.stdin.readline()
            name = "kit.json" if not number else f"{number % 5}/{number}.html"
            publish.fill(staging, {name: version.encode() * 100})


def main() -> int:
    """Run it; the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target", type=Path)
    parser.add_argument("version")
    for name in ("two-steps", "wait", "build"):
        parser.add_argument(f"--{name}", action="store_true")
    for name in ("kill", "full"):
        parser.add_argument(f"--{name}", type=int, default=0)
    options = parser.parse_args()
    if options.two_steps:
        swap.swap_at_once = lambda *_: False
    asked = Asked(options.kill, options.full)
    sys.addaudithook(asked)
    status = 0
    try:
        if options.build:
            from generator import build
            from generator.cli import main as workshop_kit

            build.prints = lambda *_: ([], [])
            status = workshop_kit(["build"])
        else:
            make(options.target, options.version, options.wait)
    except ToolError as error:
        print(error, file=sys.stderr)
        status = 1
    print(asked.count)
    return status


if __name__ == "__main__":
    sys.exit(main())
