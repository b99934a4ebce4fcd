"""A kit is read and checked, which is all that most commands need of it.

In: the folder `content/`. Out: the kit with its warnings and advice, or all that is wrong with it; and what it is made with: fixed words,
templates, logo, fonts. The libraries that read pictures and fonts are loaded only for a kit that has them, so that a check is quick.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.borrowed import borrowed
from generator.check import check
from generator.content.load import Loaded, load
from generator.content.model import Kit
from generator.content.words import Words, load_words
from generator.content.words_file import words_problems
from generator.errors import KitError, Problem
from generator.lengths import with_lengths
from generator.links import Links, link
from generator.scales import with_scales
from generator.templates import templates_of
from generator.web.style import font_files

if TYPE_CHECKING:
    from generator.paper.subject import Logo


def read(content: Path) -> tuple[Loaded, list[Problem]]:
    """Read and check a kit: the kit with workshops in all their lengths, and warnings and advice. Raises `KitError` for errors."""
    loaded = load(content)
    problems = [*check(loaded), *_unusable(loaded), *_of_words(loaded), *borrowed(loaded)]
    if any(problem.severity == "error" for problem in problems):
        raise KitError(problems)
    words = words_of(loaded)
    return replace(loaded, kit=with_lengths(with_scales(loaded.kit, words), words)), problems


@dataclass(frozen=True)
class Means:
    """A kit, and all that it is shown with on the screen and on paper."""

    loaded: Loaded
    links: Links
    words: Words
    templates: Path
    logo: "Logo"
    fonts: tuple[Path, ...]

    @property
    def kit(self) -> Kit:
        """The kit."""
        return self.loaded.kit


def means_of(loaded: Loaded) -> Means:
    """A kit with what it is shown with. Raises `ToolError` for templates that cannot be used."""
    return Means(
        loaded, link(loaded.kit), words_of(loaded), templates_for(loaded), logo_of(loaded), font_folders(loaded)
    )


def words_of(loaded: Loaded) -> Words:
    """The fixed words in the language of a kit."""
    return load_words(templates_for(loaded), loaded.kit.settings.language)


def _of_words(loaded: Loaded) -> Iterator[Problem]:
    """What is wrong with the words files that a kit is made with, and what its language lacks."""
    source = loaded.sources.get(("kit", ""))
    yield from words_problems(templates_for(loaded), loaded.kit.settings.language, source)


def templates_for(loaded: Loaded) -> Path:
    """The folder of templates that a kit is made with."""
    return templates_of(loaded.folder.parent)


def logo_of(loaded: Loaded) -> "Logo":
    """The kit's logo as templates take it. Raises `ValueError` when the file is no image."""
    name = loaded.kit.settings.logo
    if not name or name not in loaded.free.files:
        return None
    from generator.paper.pictures import logo

    return logo(name, loaded.free.files[name].read_bytes())


def _unusable(loaded: Loaded) -> Iterator[Problem]:
    """A logo that is no image, and fonts whose files do not hold them: only their libraries can tell."""
    settings = loaded.kit.settings
    try:
        logo_of(loaded)
    except ValueError:
        source = loaded.sources["kit", ""]
        yield source.problem(
            "broken-image",
            f"`{settings.logo}` cannot be read as an image",
            ("logo",),
            help="save it anew as PNG, JPEG or SVG",
        )
    for name, font in (("text", settings.fonts.text), ("voice", settings.fonts.voice)):
        files = [loaded.free.files[file] for file in font.files if file in loaded.free.files] if font else []
        if font and files and font.family not in (found := _families(files)):
            message = f"the files hold no font of the family `{font.family}`"
            help = f"they hold {', '.join(sorted(found))}" if found else "they cannot be read as fonts"
            yield loaded.sources["kit", ""].problem("no-font", message, ("fonts", name, "family"), help=help)


def _families(files: Sequence[Path]) -> Collection[str]:
    from generator.paper.typesetter import families

    return families(files)


def font_folders(loaded: Loaded) -> tuple[Path, ...]:
    """The folders that hold the kit's own fonts."""
    files = (loaded.free.files[file] for file in font_files(loaded.kit.settings) if file in loaded.free.files)
    return tuple(dict.fromkeys(file.parent.resolve() for file in files))


def amount(number: int, thing: str) -> str:
    """`1 page`, `2 pages`: how many of a thing whose plural ends in s, for what the program says."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def summary(kit: Kit) -> str:
    """`5 articles, 12 tensions, 4 exercises`: how many there are of each kind."""
    nouns = {"articles": "article", "tensions": "tension", "pitfalls": "pitfall", "exercises": "exercise", "prompts": "deck of prompts",
             "assessments": "self-assessment", "workshops": "workshop"}  # fmt: skip
    plural = {"deck of prompts": "decks of prompts"}
    counts = ((len(kit.written(kind)), noun) for kind, noun in nouns.items())
    found = ", ".join(
        f"{number} {noun if number == 1 else plural.get(noun, noun + 's')}" for number, noun in counts if number
    )
    return found or "an empty kit"
