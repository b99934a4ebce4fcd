"""Where something stands in the files of a kit.

In: a loaded kit. Out: problems at the places where a text stands. For faults that show only when the text is printed.
"""

from collections.abc import Iterator
from typing import Any

from generator.content.load import Loaded
from generator.content.source import Path, Source


def with_text(loaded: Loaded, text: str) -> Iterator[tuple[Source, Path, int]]:
    """Every value of the kit's items and of `kit.yml` that holds `text`, and in which line of it (from 1)."""
    for source in loaded.sources.values():
        for path, value in texts(source.value, ()):
            if text in value:
                yield source, path, value[: value.index(text)].count("\n") + 1


def texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in a value as YAML gives it, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts(inner, (*path, key))
