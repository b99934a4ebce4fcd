"""Documents are set by several processes side by side, each with a typesetter and a memory of its own.

In: groups of documents of the same layout. Out: what comes of each group, in their order. A process imports little, so that it begins soon;
it ends with the program that began it, however that ends.
"""

import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from multiprocessing.connection import wait
from pathlib import Path

from generator.errors import ToolError
from generator.paper.typesetter import Copy, Proof, Typesetter

FEW = 2  # so many documents are set sooner here than by processes, which have to begin first
MOST = 4  # processes, each of which may take a few hundred MB

_here: list[Callable[[], Typesetter]] = []  # that of a process which was begun to set documents


def set_all(groups: Sequence[Sequence[Copy]], templates: Path, fonts: tuple[Path, ...] = ()) -> Iterator[list[Proof]]:
    """What comes of each group, in their order. Raises `ToolError` with the template's file, line and column."""
    if not groups:
        return
    with tempfile.TemporaryDirectory(prefix="workshop-kit-press-", ignore_cleanup_errors=True) as folder:
        if sum(map(len, groups)) <= FEW:
            here = Typesetter(templates, Path(folder, "here"), fonts)
            yield from map(here.set_alike, groups)
            return
        processes = min(len(groups), os.cpu_count() or 1, MOST)
        begin = (templates, Path(folder), fonts)
        with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _begin, begin) as pool:
            try:
                yield from pool.map(_set_alike, groups)
            except BrokenProcessPool as error:
                why = "a process that sets documents ended too early; when memory is short, close other programs"
                raise ToolError(f"the documents cannot be printed: {why}, and try again") from error


def _begin(templates: Path, folder: Path, fonts: tuple[Path, ...]) -> None:
    """What a process does first. Ctrl-C is for the program that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Made for the first documents: only what fails then is told to the program.
    _here.append(cache(partial(Typesetter, templates, folder / str(os.getpid()), fonts)))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _set_alike(copies: Sequence[Copy]) -> list[Proof]:
    return _here[0]().set_alike(copies)
