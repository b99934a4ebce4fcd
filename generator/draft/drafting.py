"""From the file of an article to the files of its draft.

In: a file in one of four formats, and the folder `content/`. Out: what was read and found, and new files by their paths. Nothing of the
article but hashes and first words is kept, and nothing is asked of a network.
"""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from generator import borrowed
from generator.draft import hypertext, marked, plain, portable
from generator.draft.article import LARGEST, Article, Sureness, one_line
from generator.draft.candidates import Candidate, candidates
from generator.draft.signs import language_of, signs_of
from generator.draft.stated import LONGEST, with_stated
from generator.draft.writing import article_file, pitfall_files, prompts_file
from generator.errors import ToolError

READERS = {
    ".txt": plain.read, ".text": plain.read, ".md": marked.read, ".markdown": marked.read,
    ".html": hypertext.read, ".htm": hypertext.read, ".xhtml": hypertext.read, ".pdf": portable.read,
}  # fmt: skip


@dataclass(frozen=True)
class Draft:
    """What was read and found in an article, and the files to write."""

    article: Article
    language: str
    language_sure: Sureness
    candidates: tuple[Candidate, ...]
    files: dict[Path, bytes]


def read(path: Path) -> Article:
    """The text of an article. Raises `ToolError` with a sentence for people when it cannot be read."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ToolError(f"`{path.name}` is not an article that can be read; save it as .txt, .md, .html or .pdf")
    if path.stat().st_size > LARGEST:
        raise ToolError(f"`{path.name}` is larger than {LARGEST // 1_000_000} MB")
    data = path.read_bytes()
    if not data.strip():
        raise ToolError(f"`{path.name}` is empty")
    try:
        article = reader(data)
    except ToolError as error:
        raise ToolError(f"`{path.name}`: {error}") from None
    except RecursionError:
        raise ToolError(f"`{path.name}` is nested too deeply to be read; copy its text into a text file") from None
    if not article.paragraphs:
        raise ToolError(f"`{path.name}` holds no text that could be read")
    return article


def draft(content: Path, id: str, article: Article, title: str = "", language: str = "") -> Draft:
    """The draft of an article. `title` and `language` say what the text does not. Raises `ToolError` for a text that is too long."""
    sure: Sureness = "sure"
    print_of_it = fingerprint(content, id, article)
    if not language:
        language, sure = language_of(article.text)
    signs = signs_of(language)
    article = with_stated(replace(article, title=one_line(title)[:LONGEST] or article.title), signs)
    found = candidates(article, signs)
    files = {content / "articles" / f"{id}.yml": article_file(id, article, found)}
    files |= {content / "pitfalls" / f"{name}.yml": text for name, text in pitfall_files(id, found).items()}
    if deck := prompts_file(id, article, found):
        files[content / "prompts" / f"{id}.yml"] = deck
    written = {path: text.encode() for path, text in files.items()} | print_of_it
    return Draft(article, language, sure, found, written)


def fingerprint(content: Path, id: str, article: Article) -> dict[Path, bytes]:
    """The fingerprint of an article, with the salt of those that are there. Raises `ToolError` for a text that is too long."""
    salt = borrowed.salt_of(content / "articles") or secrets.token_bytes(borrowed.SALT)
    try:
        return {content / "articles" / f"{id}{borrowed.SUFFIX}": borrowed.fingerprint(article.text, salt)}
    except ValueError:
        raise ToolError(f"this text has more than {borrowed.MOST_RUNS:,} words; draft a part of it") from None
