"""Fixed words: everything a reader sees that no author wrote.

In: `templates/words/<language>.yml`. Out: `Words`, which answers a dotted name with a text. Another language is one more file.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.errors import ToolError


@dataclass(frozen=True)
class Words:
    """`tree` holds texts in named groups; a text may hold `{name}` places, and a plural is a group of `one` and `other`."""

    language: str
    tree: dict[str, Any]

    def __call__(self, name: str, /, n: int | None = None, **values: object) -> str:
        """The text with a dotted `name`. With `n`, its plural form for that number, which also fills `{n}`."""
        found: Any = self.tree
        for part in name.split("."):
            if not isinstance(found, dict) or part not in found:
                raise ToolError(f"words/{self.language}.yml has no text `{name}`")
            found = found[part]
        if n is not None and isinstance(found, dict):
            found = found["one" if n == 1 else "other"]
        if not isinstance(found, str):
            raise ToolError(f"words/{self.language}.yml: `{name}` is not a text")
        return found.format(n=n, **values) if n is not None or values else found


def load_words(templates: Path, language: str) -> Words:
    """The words of a language; English where there is no file for it."""
    folder = templates / "words"
    names = (language, language.split("-")[0], "en")
    path = next((folder / f"{name}.yml" for name in names if (folder / f"{name}.yml").is_file()), folder / "en.yml")
    return Words(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))


def date_text(words: Words, day: date) -> str:
    """`Thursday 3 December 2026`: a date as it is written in the language of the words."""
    names = words.tree["dates"]
    weekday, month = names["weekdays"][day.weekday()], names["months"][day.month - 1]
    return words("dates.full", weekday=weekday, day=day.day, month=month, year=day.year)
