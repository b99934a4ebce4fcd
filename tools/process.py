"""Starting other programs. No shell is ever used, so spaces in paths need no care.

Comes in: a command as a list of words. Goes out: its exit status, and its words when asked for.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
GRACE = 10.0  # seconds a program gets to tidy up after Ctrl-C

Word = str | Path


class Failure(Exception):  # noqa: N818  (it is not an error of ours, but something the reader can put right)
    """Something that a person has to put right: the text says what is wrong and what to do."""


class Outcome(NamedTuple):
    """How a quiet program ended: its exit status, and all that it printed."""

    status: int
    output: str


def _environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    """The environment for a program: ours, UTF-8 on every system, and `extra`."""
    return {**os.environ, "PYTHONUTF8": "1", **(extra or {})}


def _status(code: int) -> int:
    """A program's end as a shell would put it: one ended by signal 9 gives 137."""
    return code if code >= 0 else 128 - code


def follow(command: Sequence[Word], extra: Mapping[str, str] | None = None) -> int:
    """Run a program in the project's folder, printing where we print; give its exit status.

    `extra` is added to the environment. On Ctrl-C the program gets `GRACE` seconds to end by itself.
    """
    with subprocess.Popen([str(word) for word in command], cwd=ROOT, env=_environment(extra)) as program:
        try:
            return _status(program.wait())
        except KeyboardInterrupt:
            _end(program)
            raise


def _end(program: subprocess.Popen[bytes]) -> None:
    """Wait for a program that was told to stop, and stop it by force when it does not."""
    try:
        program.wait(GRACE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        program.terminate()


def quietly(command: Sequence[Word], timeout: float | None = None) -> Outcome:
    """Run a program without showing what it prints; `timeout` in seconds.

    A program that cannot be started, or that takes too long, has an exit status too: 127 or 124.
    """
    try:
        program = _start_quietly([str(word) for word in command])
    except OSError as problem:
        return Outcome(127, str(problem))
    with program:
        try:
            output, _ = program.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            _end_family(program)
            return Outcome(124, f"no answer within {timeout:.0f} seconds")
        except BaseException:
            _end_family(program)
            raise
    return Outcome(_status(program.returncode), output)


def _start_quietly(words: list[str]) -> subprocess.Popen[str]:
    """Start a program in a family of its own, with nothing to read and its words going to us."""
    return subprocess.Popen(
        words,
        cwd=ROOT,
        env=_environment(None),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )


def _end_family(program: subprocess.Popen[str]) -> None:
    """End a program and those it started (a browser starts many), which would else hold its output open."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(program.pid)], capture_output=True, check=False)
    else:
        os.killpg(program.pid, signal.SIGKILL)
