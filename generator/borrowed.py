"""Words of an article that stand in a kit as they stood in the article.

In: a kit and the fingerprints beside its articles. Out: a problem for each stretch of eight words or more that an article has too. A
fingerprint holds no text: only salted hashes of every eight words in a row, sorted, so that their order is lost. It can tell that a kit
repeats a sentence, and cannot give that sentence back. Up to seven words in a row may be quoted.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.content.find import texts
from generator.content.load import Loaded
from generator.content.source import LARGEST, Source, read
from generator.errors import Place, Problem

SUFFIX = ".fingerprint"
FIRST_LINE = "workshop-kit fingerprint 1"
RUN = 8  # words
HASH = 8  # bytes
SALT = 16  # bytes
MOST_RUNS = 100_000
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SALT_LINE = re.compile(rf"[0-9a-f]{{{2 * SALT}}}")
HASH_LINE = re.compile(rf"[0-9a-f]{{{2 * HASH}}}")
# Apostrophes become one sign; hyphens for breaking and signs without width are nothing.
ALIKE = str.maketrans("\u2019\u02bc\u00b4`\uff07", "'''''") | dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
ANEW = "make it anew from the article: workshop-kit draft --fingerprint-only {id} article.txt"


@dataclass(frozen=True)
class Words:
    """The words of a text, alike in whatever way they were typed, and where each begins and ends in `text`."""

    text: str
    words: Sequence[str]
    spans: Sequence[tuple[int, int]]

    @property
    def runs(self) -> Iterator[bytes]:
        """Every eight words in a row, in order."""
        for at in range(len(self.words) - RUN + 1):
            yield " ".join(self.words[at : at + RUN]).encode()


@dataclass(frozen=True)
class Known:
    """What all fingerprints of a kit with one salt hold: the article that each hash is of."""

    salt: bytes
    article: dict[str, str] = field(default_factory=dict)


def words_of(text: str) -> Words:
    """Split a text into words: letters and digits alone, in small letters, with apostrophes joined (Unicode NFKC, casefold)."""
    text = unicodedata.normalize("NFKC", text.translate(ALIKE))
    found = list(WORD.finditer(text))
    return Words(text, [match[0].casefold().replace("'", "") for match in found], [match.span() for match in found])


def fingerprint(text: str, salt: bytes) -> bytes:
    """The file that stands beside an article. Raises `ValueError` for a text of more than 100,000 words."""
    found = words_of(text)
    if len(found.words) > MOST_RUNS:
        raise ValueError("too many words")
    hashes = sorted({hashed(run, salt) for run in found.runs})
    return "".join(f"{line}\n" for line in (FIRST_LINE, salt.hex(), *hashes)).encode()


def hashed(run: bytes, salt: bytes) -> str:
    """The hash of eight words, as 16 hexadecimal digits (BLAKE2b, RFC 7693, keyed by the salt)."""
    return hashlib.blake2b(run, digest_size=HASH, key=salt).hexdigest()


def salt_of(articles: Path) -> bytes | None:
    """The salt that the fingerprints in a folder share, or None: then the next one brings its own."""
    for path in files(articles):
        hashes, _ = _read(path, "")
        if hashes:
            return hashes[0]
    return None


def files(articles: Path) -> list[Path]:
    """The fingerprints in a folder, in the order of their names."""
    return sorted(path for path in articles.glob(f"*{SUFFIX}") if not path.name.startswith("."))


def borrowed(loaded: Loaded) -> Iterator[Problem]:
    """What is wrong with the fingerprints of a kit, and every stretch of text in it that repeats an article."""
    known: dict[bytes, Known] = {}
    for path in files(loaded.folder / "articles"):
        name = f"{loaded.folder.name}/articles/{path.name}"
        if not path.with_suffix(".yml").is_file():
            help = f"delete it, or give it the name of its article; that would be articles/{path.stem}.yml"
            yield Problem("wrong-fingerprint", "this fingerprint has no article", Place(name), help=help)
            continue
        hashes, problem = _read(path, name)
        if problem:
            yield problem
        elif hashes:
            one = known.setdefault(hashes[0], Known(hashes[0]))
            one.article.update(dict.fromkeys(hashes[1], path.stem))
    if known:
        _allow_titles(loaded, known.values())
        yield from _in_items(loaded, list(known.values()))
        yield from _in_pages(loaded.free.pages, list(known.values()))


def _read(path: Path, name: str) -> tuple[tuple[bytes, list[str]] | None, Problem | None]:
    """The salt and the hashes of a fingerprint, or what is wrong with it."""
    help = ANEW.format(id=path.stem)
    if path.is_symlink() or not path.is_file():
        return None, Problem("wrong-fingerprint", "this is not a file of the kit", Place(name), help=help)
    if path.stat().st_size > LARGEST:
        return None, Problem("wrong-fingerprint", "this is too large for a fingerprint", Place(name), help=help)
    source, text = read(name, path.read_bytes())
    lines = source.lines[:-1] if source.lines[-1:] == [""] else source.lines
    if text is None or lines[:1] != [FIRST_LINE]:
        message = f"this is not a fingerprint: its first line should be `{FIRST_LINE}`"
        return None, Problem("wrong-fingerprint", message, source.at(1), help=help)
    if len(lines) < 2 or not SALT_LINE.fullmatch(lines[1]):
        return None, Problem("wrong-fingerprint", "the second line should be the salt", source.at(2), help=help)
    for number, line in enumerate(lines[2:], 3):
        if not HASH_LINE.fullmatch(line):
            message = f"this fingerprint is damaged: a line has {2 * HASH} digits from 0 to f"
            place = source.at(number, 1, max(1, len(line)))
            return None, Problem("wrong-fingerprint", message, place, help=help)
    return (bytes.fromhex(lines[1]), lines[2:]), None


def _allow_titles(loaded: Loaded, known: Iterable[Known]) -> None:
    """The name of an article may be named, however long it is."""
    for article in loaded.kit.articles.values():
        for run in (run for text in (article.title, article.name) for run in words_of(text).runs):
            for one in known:
                one.article.pop(hashed(run, one.salt), None)


def _in_items(loaded: Loaded, known: Sequence[Known]) -> Iterator[Problem]:
    for source in loaded.sources.values():
        for path, text in texts(source.value, ()):
            found = words_of(text)
            for first, end, article in _stretches(found, known):
                line = found.text.count("\n", 0, found.spans[first][0]) + 1
                place = _sharpened(source, source.place(path, line), found.words[first:end])
                yield _problem(place, article, end - first)


def _in_pages(pages: Mapping[str, Source], known: Sequence[Known]) -> Iterator[Problem]:
    for source in pages.values():
        found = words_of("\n".join(source.lines))
        for first, end, article in _stretches(found, known):
            place = source.at(found.text.count("\n", 0, found.spans[first][0]) + 1)
            yield _problem(_sharpened(source, place, found.words[first:end]), article, end - first)


def _stretches(found: Words, known: Sequence[Known]) -> Iterator[tuple[int, int, str]]:
    """Words that an article has too, as first, end (not included) and the article; stretches that touch each other are one."""
    first = end = 0
    of = ""
    for at, run in enumerate(found.runs):
        article = next((name for one in known if (name := one.article.get(hashed(run, one.salt)))), "")
        if article and at < end:
            end = at + RUN
        elif article:
            if of:
                yield first, end, of
            first, end, of = at, at + RUN, article
    if of:
        yield first, end, of


def _problem(place: Place, article: str, number: int) -> Problem:
    message = f"{number} words in a row stand in the article `{article}` too"
    help = "say it in your own words; up to seven words in a row may be quoted"
    return Problem("borrowed-words", message, place, "the article's words", help)


def _sharpened(source: Source, place: Place, wanted: Sequence[str]) -> Place:
    """The place of the first of the words: the line at or after `place` that holds the most of them in a row."""
    best, found = 0, place
    for number in range(place.line, min(place.line + 100, len(source.lines) + 1)):
        line = words_of(source.lines[number - 1])
        for at, word in enumerate(line.words):
            size = min(len(wanted), len(line.words) - at)
            if word == wanted[0] and size > best and line.words[at : at + size] == list(wanted[:size]):
                best, (start, end) = size, (line.spans[at][0], line.spans[at + size - 1][1])
                found = replace(source.at(number, start + 1), length=end - start)
        if best >= min(RUN, len(wanted)):
            break
    return found
