"""The loop: look, build when something changed, tell the browsers.

It runs in the thread that calls it, so that Ctrl-C ends a build at once; requests are answered by threads of the server, which read one
`State` and never wait for a build.
"""

import shutil
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from generator.build import Progress
from generator.live.builder import Builder, State
from generator.live.watch import EVERY, Print, changed, settled

TRIES = 3  # how often a build is tried again when the disk said no


class Teller(Protocol):
    """Somebody who is told what happens."""

    def building(self, files: list[str]) -> None:
        """These files changed; none at the start."""

    def ended(self, state: State, seconds: float) -> None:
        """A build is over."""


class Desk:
    """A kit that is being written: `state` is what is served. Use it as a context: its folder is deleted at the end."""

    def __init__(self, root: Path, progress: Progress, teller: Teller) -> None:
        # One change after another is told of with this; it guards `state`, which is read without it.
        self.news = threading.Condition()
        self.state = State()
        self.stopped = threading.Event()
        self.space = Path(tempfile.mkdtemp(prefix="workshop-kit-live-"))
        self.builder = Builder(root.resolve(), self.space, progress)
        self.teller = teller

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.space, ignore_errors=True)

    def stop(self) -> None:
        """End the loop, and whoever waits for news."""
        self.stopped.set()
        with self.news:
            self.news.notify_all()

    def run(self) -> None:
        """Build, and build again after each change, until `stop`."""
        seen: Print = {}
        while not self.stopped.is_set():
            now = settled(self.builder.look, self.stopped.wait)
            if self.stopped.is_set():
                return
            self._build([] if self.state.number == 0 else changed(seen, now))
            # A change during the build differs from `now`, so it is built next.
            seen = now
            self._wait_for_change(now)

    def _build(self, files: list[str]) -> None:
        began = time.perf_counter()
        self.teller.building(files)
        state = self.builder.next(self.state)
        for _ in range(TRIES):
            if not state.passing or self.stopped.wait(1):
                break
            state = self.builder.next(self.state)
        before = self.state
        with self.news:
            self.state = state
            self.news.notify_all()
        self._clear(before, state)
        self.teller.ended(state, time.perf_counter() - began)

    def _clear(self, before: State, now: State) -> None:
        """Delete all sites but this one and the one before: answers to requests may still be read from that."""
        keep = {state.site.folder for state in (before, now) if state.site}
        with suppress(OSError):
            for folder in self.space.iterdir():
                if folder not in keep:
                    shutil.rmtree(folder, ignore_errors=True)

    def _wait_for_change(self, seen: Print) -> None:
        while not self.stopped.wait(EVERY) and self.builder.look() == seen and self.state.is_whole():
            pass

    def wait_for_news(self, number: int, seconds: float) -> State:
        """The state as soon as it is another than that of a number, or as it is after so many seconds."""
        with self.news:
            self.news.wait_for(lambda: self.state.number != number or self.stopped.is_set(), seconds)
        return self.state
