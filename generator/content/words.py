"""Fixed words: everything a reader sees that no author wrote.

In: `templates/words/<language>.yml`. Out: `Words`, which answers a dotted name with a text. Another language is one more file, and it may
be a part of one: what it lacks is taken from the language around it (`pt` for `pt-BR`) and in the end from English. Places such as
`{title}` are filled by name and nothing more, since `str.format` would also read attributes and widths. What may stand in such a file is
checked in `words_file.py`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from generator.content.source import Source, parse
from generator.errors import KitError, ToolError
from generator.templates import NAME, SHIPPED

ENGLISH = "en"
FOLDER = "words"
PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
# The scripts in use today that run from right to left, by their ISO 15924 codes.
RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Syrj", "Thaa"})
# The kinds of number that languages tell apart, by the names of the Unicode CLDR; each language has `other`.
CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})


@dataclass(frozen=True)
class Words:
    """`tree` holds texts in named groups; a text may hold `{name}` places. A plural is a group of CLDR categories, `other` among them."""

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
            found = found.get(category(self.language, n), found.get("other"))
        if not isinstance(found, str):
            raise ToolError(f"words/{self.language}.yml: `{name}` is not a text")
        if n is None and not values:
            return found
        return _filled(found, name, values if n is None else {"n": n, **values})


def _filled(text: str, name: str, values: Mapping[str, object]) -> str:
    def value(place: re.Match[str]) -> str:
        if place[1] not in values:
            raise ToolError(f"the text `{name}` has a place {place[0]} that nothing fills")
        return str(values[place[1]])

    return PLACE.sub(value, text)


def category(language: str, number: int) -> str:
    """The kind of plural that a language has for a whole number, as CLDR calls it; English where the language is not known."""
    return _locale(language).plural_form(number)


@lru_cache(maxsize=8)
def plural_forms(language: str) -> tuple[str, ...]:
    """The category of each number from 0 to 199, for what cannot ask: those of larger numbers come again with their last two digits."""
    return tuple(category(language, number) for number in range(200))


def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left; its script counts where it is named, as in `az-Arab`."""
    parts = language.split("-")
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    if script:
        return script.title() in RIGHT_TO_LEFT
    return bool(_locale(language).character_order == "right-to-left")


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        shorter = language.rpartition("-")[0]
        return _locale(shorter or ENGLISH)


def is_plural(group: Any) -> bool:
    """Whether a part of a words file is one text in several forms, and not a group of texts."""
    return isinstance(group, dict) and "other" in group and set(group) <= CATEGORIES


def load_words(templates: Path, language: str) -> Words:
    """The words of a language. Raises `KitError` for a file that cannot be read; the rest of its faults is not looked for here."""
    tree: dict[str, Any] = {}
    found = ENGLISH
    for path in layers(templates, language):
        source = read_words(path)
        if source.problems:
            raise KitError(source.problems)
        if isinstance(source.value, dict):
            tree, found = merged(tree, source.value), path.stem
    return Words(found, tree)


def layers(templates: Path, language: str) -> Iterator[Path]:
    """The words files that make up a language, each over the one before: English, the language, its regional form; of each the one that
    is shipped, and then the kit's own."""
    parts = language.split("-")
    names = [ENGLISH, *("-".join(parts[:end]) for end in range(1, len(parts) + 1))]
    for name in dict.fromkeys(names):
        for folder in dict.fromkeys([SHIPPED, templates]):
            path = folder / FOLDER / f"{name}.yml"
            if path.is_file():
                yield path


def read_words(path: Path) -> Source:
    """A words file with the places of its texts; nobody may change what is given, since it is read once."""
    return _read(f"{NAME}/{FOLDER}/{path.name}", path.read_bytes())


@lru_cache(maxsize=16)
def _read(file: str, data: bytes) -> Source:
    return parse(file, data)


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """A tree of words with another over it. A plural is taken as a whole, since its forms belong to one language."""
    found = dict(below)
    for name, value in above.items():
        old = below.get(name)
        both = isinstance(old, dict) and isinstance(value, dict) and not is_plural(old)
        found[name] = merged(old, value) if both and isinstance(old, dict) else value
    return found


def date_text(words: Words, day: date) -> str:
    """`Thursday 3 December 2026`: a date as it is written in the language of the words."""
    names = words.tree["dates"]
    weekday, month = names["weekdays"][day.weekday()], names["months"][day.month - 1]
    return words("dates.full", weekday=weekday, day=day.day, month=month, year=day.year)
