"""What was read of an article: its paragraphs, and what it says of itself.

Paragraphs count from 1 in the order of reading; whatever stands in a line of its own counts, a title, a heading and an entry of a list too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.errors import ToolError

Sureness = Literal["sure", "fairly sure", "a guess"]

LARGEST = 20_000_000  # bytes of a file
MOST_SIGNS = 1_000_000  # of its text
MOST_WORDS = 100_000
MOST_PARAGRAPHS = 5_000


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as plain text on one line; `bold` are the words in bold type that it begins with."""

    text: str
    heading: bool = False
    listed: bool = False
    bold: str = ""


@dataclass(frozen=True)
class Article:
    """The text of an article. `title`, `author` and `date` are empty where the text does not state them; `sure` is about where paragraphs
    begin and end, and `notes` say what had to be guessed."""

    paragraphs: tuple[Paragraph, ...]
    sure: Sureness
    title: str = ""
    author: str = ""
    date: str = ""
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it, for fingerprints."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


def one_line(text: str) -> str:
    """A text on one line, without signs that cannot be seen; signs without width go, so that words stay whole."""
    text = text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def within_bounds(signs: int, paragraphs: int) -> None:
    """Raise `ToolError` for a text that is larger than an article."""
    if signs > MOST_SIGNS:
        raise ToolError(f"this text has {signs:,} signs, and an article has at most {MOST_SIGNS:,}; draft a part of it")
    if paragraphs > MOST_PARAGRAPHS:
        raise ToolError(f"this text has more than {MOST_PARAGRAPHS:,} paragraphs; draft a part of it")


def made(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Paragraphs that hold letters or digits, within bounds."""
    found = tuple(one for one in paragraphs if any(sign.isalnum() for sign in one.text))
    within_bounds(sum(len(one.text) for one in found), len(found))
    if sum(len(one.text.split()) for one in found) > MOST_WORDS:
        raise ToolError(f"this text has more than {MOST_WORDS:,} words; draft a part of it")
    return found
