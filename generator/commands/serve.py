"""`workshop-kit serve`: the site in the browser while its content is written."""

import argparse
import errno
import signal
import time
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from generator.commands.common import Commands, command, number, say, show, shown
from generator.errors import KitError, ToolError, count

if TYPE_CHECKING:
    from generator.live.builder import State
    from generator.live.desk import Desk
    from generator.live.server import Server

PORT, LAST = 8000, 8009
HERE = "127.0.0.1"
MOST_NAMED = 3


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "serve",
        run,
        description="Serve the site on this computer and build it anew at each change; open pages follow by themselves. Faults are "
        "shown in the browser. Booklets are printed when you open them. Stop with Ctrl-C.",
    )
    found.add_argument(
        "--port",
        type=_port,
        metavar="NUMBER",
        help=f"port of the address (default: the first free one from {PORT} to {LAST})",
    )
    found.add_argument(
        "--host",
        default=HERE,
        metavar="ADDRESS",
        help="0.0.0.0 shows the site to others on your network too, such as a phone",
    )
    found.add_argument("--open", action="store_true", help="open the site in the browser")


def _port(text: str) -> int:
    return number(text, "a port", 0, 65535)


def run(root: Path, options: argparse.Namespace) -> int:
    """Serve until it is stopped."""
    from generator.live.address import is_local
    from generator.live.desk import Desk
    from generator.mkdocs_file import require

    require(root)
    with Desk(root, Quiet(), Told(root.resolve())) as desk:
        _stop_at_signals(desk)
        server = bound(desk, options.host, (options.port,) if options.port is not None else range(PORT, LAST + 1))
        try:
            server.start()
            print(f"Serving on {server.address} (stop with Ctrl-C)", flush=True)
            if not is_local(options.host):
                say(
                    "warning: everybody on your network can read this site now; leave out `--host` to keep it on this computer"
                )
            if options.open:
                webbrowser.open(server.address)
            desk.run()
        finally:
            server.stop()
    raise KeyboardInterrupt


def bound(desk: "Desk", host: str, ports: Sequence[int]) -> "Server":
    """A server on the first of some ports that is free. Raises `ToolError` when none is, or when there is no such host."""
    from generator.live.server import Server

    for port in ports:
        try:
            return Server(desk, host, port)
        except OSError as error:
            # Windows says that access is denied where another program has a port for itself.
            if error.errno not in (
                errno.EADDRINUSE,
                errno.EACCES,
                getattr(errno, "WSAEADDRINUSE", 0),
                getattr(errno, "WSAEACCES", 0),
            ):
                raise ToolError(f"cannot serve on {host}: {error.strerror or error}") from error
    taken = f"port {ports[0]} is" if len(ports) == 1 else f"ports {ports[0]} to {ports[-1]} are"
    raise ToolError(f"{taken} in use by another program, or not allowed; name another one with `--port`")


def _stop_at_signals(desk: "Desk") -> None:
    """End at the first signal, wherever the work is; those that follow change nothing, so that what was written can be deleted."""

    def end(_: int, __: FrameType | None) -> None:
        if not desk.stopped.is_set():
            desk.stopped.set()
            raise KeyboardInterrupt

    for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP"):
        if hasattr(signal, name):
            # Only the main thread may ask for signals.
            with suppress(ValueError):
                signal.signal(getattr(signal, name), end)


class Quiet:
    """Hears how the work goes, and says nothing: one line at the end is enough here."""

    def did(self, text: str) -> None:
        """A part is done."""

    def doing(self, text: str) -> None:
        """What is going on."""


class Told:
    """Prints what happens: what changed, and what became of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def building(self, files: list[str]) -> None:
        """Which files changed."""
        names = ", ".join(shown(Path(name), self.root) for name in files[:MOST_NAMED])
        more = f" and {len(files) - MOST_NAMED} more" if len(files) > MOST_NAMED else ""
        print(f"{_now()} {names}{more} changed" if files else f"{_now()} building the site ...", flush=True)

    def ended(self, state: "State", seconds: float) -> None:
        """A site that is shown, or what keeps it from being so."""
        if isinstance(state.failure, KitError):
            # As in the browser: what has to be mended now. Warnings wait for `check`.
            problems = state.failure.problems
            show([problem for problem in problems if problem.severity == "error"] or problems)
            say(f"{_now()} not shown yet: {state.failure}. The browser shows them too.")
        elif state.failure:
            say(f"error: {state.failure}\n{_now()} not shown yet.")
        elif state.built:
            total = len(state.built.pages)
            warnings = [problem for problem in state.built.problems if problem.severity == "warning"]
            also = f"; {count(warnings)}, which `workshop-kit check` lists" if warnings else ""
            print(f"{_now()} shown: {state.made} of {total} pages made in {seconds:.1f} seconds{also}", flush=True)


def _now() -> str:
    return time.strftime("%H:%M:%S")
