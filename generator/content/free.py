"""Free pages, images and fonts: files that an author writes whole, beside the items.

In: the folder `content/`. Out: the text of `index.md` and of each page in `pages/`, and where the other files of `pages/`,
`images/` and `fonts/` lie. What systems and editors leave behind is passed over, and so is YAML. A link out of the kit is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from generator.content.attached import file_faults
from generator.content.disk import bytes_of, files_below, linked_folder, outside, place_of
from generator.content.markup import FRONT_MATTER as FRONT_MATTER
from generator.content.markup import markup_faults
from generator.content.source import LARGEST, Source, parse, read
from generator.errors import Problem

FOLDERS = ("pages", "images", "fonts")
FOR = re.compile(r"""^(["']?)for\1: +(["']?)facilitators\2 *(?: #.*)?$""", re.IGNORECASE | re.MULTILINE)
# What looks like it: any such key in the front matter, and above the first heading a line that names facilitators.
LIKE_KEY = re.compile(r"\W*for\W*:", re.IGNORECASE)
LIKE_FOR = re.compile(r"\W*for\W*:\W*facilitator", re.IGNORECASE)

# Links and images: in Markdown their words, and their target or the name of one, code passed over; targets by name; and in HTML.
CODE = r"^(?:```|~~~)[^\n]*\n.*?^(?:```|~~~)|`[^`\n]+`"
# Between them a few blanks at most, so that no text takes long to read.
GAP = r"[ \t]{0,9}"
TARGET = rf"""{GAP}(<[^<>\n]*>|[^()<>"'\s]*)(?:[ \t]{{1,9}}(?:"[^"\n]*"|'[^'\n]*'))?{GAP}"""
WORDS = rf"\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\({TARGET}\)|\[([^\[\]]*)\])?"
IMAGE, LINK = (re.compile(rf"{CODE}|{sign}{WORDS}", re.DOTALL | re.MULTILINE) for sign in ("!", r"(?<!!)(?<!\\)"))
NAMED = re.compile(rf"^ {{0,3}}\[([^\[\]]+)\]:{TARGET}(?:\n|\Z)", re.MULTILINE)
HTML = re.compile(r"<(a|img)\b([^<>]*)>", re.IGNORECASE)
HTML_TARGET = re.compile(r"""\b(?:href|src)\s*=\s*["']?([^"'\s]*)""", re.IGNORECASE)


@dataclass(frozen=True)
class Free:
    """Pages as read, and files still to be read, both by their path below `content/`, with forward slashes."""

    pages: Mapping[str, Source]
    files: Mapping[str, Path]

    def texts(self) -> dict[str, str]:
        """The Markdown of each page."""
        return {name: "\n".join(source.lines) for name, source in self.pages.items()}

    def for_facilitators(self) -> frozenset[str]:
        """The paths of pages and files that are for facilitators alone: a page says `for: facilitators` at its top, and what stands
        on the `index.md` of a folder counts for all that is in it."""
        marked = {name for name, text in self.texts().items() if for_facilitators(text)}
        folders = {str(PurePosixPath(name).parent) for name in marked if name.endswith("/index.md")}
        below = {
            name
            for name in (*self.pages, *self.files)
            if any(str(folder) in folders for folder in PurePosixPath(name).parents)
        }
        return frozenset(marked | below)

    def for_participants(self) -> "Free":
        """What is left for everybody."""
        hidden = self.for_facilitators()
        return Free(
            {name: source for name, source in self.pages.items() if name not in hidden},
            {name: path for name, path in self.files.items() if name not in hidden},
        )


def for_facilitators(text: str) -> bool:
    """Whether a page says at its top that it is for facilitators alone."""
    head = FRONT_MATTER.match(text)
    return bool(head and FOR.search(head[1]))


def unclear(text: str) -> int:
    """The line, from 1, in which a page seems to say for whom it is, but not as `for_facilitators` reads it; else 0."""
    if for_facilitators(text):
        return 0
    head = FRONT_MATTER.match(text)
    end = head[0].count("\n") if head else 0
    for number, line in enumerate(text.split("\n"), 1):
        if number > end and line.startswith("#"):
            break
        if (LIKE_KEY if number <= end else LIKE_FOR).match(line):
            return number
    keys = parse("", head[1].encode()).keys if head else {}
    return keys[("for",)][0] + 1 if ("for",) in keys else 0


def without_links(text: str, page: str, hidden: frozenset[str]) -> str:
    """The Markdown of a page with plain words in place of links and images that lead to `hidden` files."""

    def gone(to: str) -> bool:
        path = normpath(join(dirname(page), unquote(re.split("[#?]", to.strip("<>"))[0]))).lstrip("/")
        return not hidden.isdisjoint({path, path.removesuffix(".html") + ".md", f"{path}/index.md"})

    def words(match: re.Match[str]) -> str:
        said, to, name = match.groups()
        is_gone = said is not None and (gone(to) if to is not None else (name or said).casefold() in names)
        return said if is_gone else match[0]

    def element(match: re.Match[str]) -> str:
        target = HTML_TARGET.search(match[2])
        if not target or not gone(target[1]):
            return match[0]
        return "<a>" if match[1].lower() == "a" else ""  # without an address it is plain words

    names = {match[1].casefold() for match in NAMED.finditer(text) if gone(match[2])}
    text = NAMED.sub(lambda match: "" if gone(match[2]) else match[0], text)
    text = LINK.sub(words, IMAGE.sub(words, text))
    return HTML.sub(element, text)


def collect(content: Path, problems: list[Problem]) -> Free:
    """Find them all; what is wrong becomes a problem, and such a file is left out."""
    pages: dict[str, Source] = {}
    files: dict[str, Path] = {}
    for path in _files(content, problems):
        name = path.relative_to(content).as_posix()
        if path.suffix == ".md":
            source = _page(content, path)
            problems += source.problems
            pages[name] = source
        elif wrong := list(file_faults(content, path)):
            problems += wrong
        else:
            files[name] = path
    for name, source in pages.items():
        if not source.problems:
            problems += markup_faults(name, source, frozenset((*pages, *files)))
    return Free(pages, files)


def _page(content: Path, path: Path) -> Source:
    found, file = bytes_of(content, path, LARGEST), place_of(content, path).file
    return Source(file, [], problems=[found]) if isinstance(found, Problem) else read(file, found)[0]


def _files(content: Path, problems: list[Problem]) -> Iterator[Path]:
    """The files of free pages, in the order of their names."""
    index = content / "index.md"
    if index.exists() or index.is_symlink():
        yield index
    for folder in (content / name for name in FOLDERS):
        if not folder.is_dir():
            continue
        if wrong := outside(content, folder) or linked_folder(content, folder):
            problems.append(wrong)
            continue
        for path in sorted(files_below(folder, content, problems)):
            if path.suffix not in (".yml", ".yaml"):
                yield path
