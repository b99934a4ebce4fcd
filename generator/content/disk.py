"""What the files of a kit are, before anybody reads them.

In: a folder. Out: its files and their bytes, or what is wrong with them: links that lead out of the kit, names that another system cannot
keep, two names that are one on another system, files that are too large, gone, or not to be read. What the bytes mean is not asked here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import Place, Problem

RESERVED = {
    "con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"),
}  # fmt: skip
# What Windows does not allow in names (Microsoft, Naming Files, Paths, and Namespaces).
NOT_IN_NAMES = re.compile(r'[<>:"|?*\\\x00-\x1f]')
LONGEST_NAME = 150  # characters; systems take 255 bytes, of which a sign may need four
LONGEST_PATH = 200  # characters below `content/`
DEEPEST = 12  # folders in one another
MOST_FILES = 20_000
MB = 1_000_000


def shown(name: str) -> str:
    """A file's name as it can be printed: what is not printable, or no Unicode at all, becomes `?`."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def place_of(content: Path, path: Path) -> Place:
    """The beginning of a file of the kit."""
    return Place(shown(path.relative_to(content.parent).as_posix()))


def left_behind(name: str) -> bool:
    """Whether a system or an editor left a file of this name."""
    return name.startswith((".", "~")) or name.endswith(("~", ".bak", ".swp")) or name in ("Thumbs.db", "desktop.ini")


def outside(content: Path, path: Path) -> Problem | None:
    """What is wrong when a file or folder of the kit is a link that leads out of it, or round in a circle."""
    help = "delete the link, and put the file itself here"
    try:
        if path.resolve().is_relative_to(content.resolve()):
            return None
        message = f"`{shown(path.name)}` points outside the kit"
    except (OSError, RuntimeError):  # a circle of links is a RuntimeError before Python 3.13
        message = f"`{shown(path.name)}` is a link that leads nowhere"
    return Problem("outside", message, place_of(content, path), help=help)


def bytes_of(content: Path, path: Path, most: int) -> bytes | Problem:
    """The bytes of a file of the kit, at most `most` of them, or why they cannot be had. Never reads more than that."""
    found = outside(content, path)
    if found:
        return found
    place = place_of(content, path)
    try:
        if not path.is_file():
            return Problem("unreadable", f"`{shown(path.name)}` is not a file", place, help="put a plain file here")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        help = "look whether it is still there, whether you may open it, and whether another program holds it"
        return Problem("unreadable", f"this file cannot be read: {error.strerror or 'it is gone'}", place, help=help)
    return data if len(data) <= most else too_large(place, most)


def too_large(place: Place, most: int) -> Problem:
    """What is told of a file of more than `most` bytes."""
    size = f"{most // MB} MB" if most >= MB else f"{most // 1000} kB"
    help = "a text of a kit is far smaller: take out what was pasted into it, or make several files of it"
    if not place.file.endswith((".yml", ".md")):
        help = "save it smaller, or link to a place where it can be fetched"
    return Problem("file-too-large", f"this file is larger than {size}", place, help=help)


def entries(folder: Path, content: Path, problems: list[Problem]) -> list[Path]:
    """What a folder holds, in the order of names, without what systems and editors leave behind. Names that clash become problems."""
    try:
        names = sorted(entry.name for entry in folder.iterdir() if not left_behind(entry.name))
    except OSError as error:
        help = "look whether you may open it"
        place = place_of(content, folder)
        problems.append(Problem("unreadable", f"this folder cannot be read: {error.strerror}", place, help=help))
        return []
    problems += _clashes(names, folder, content)
    return [folder / name for name in names]


def files_below(folder: Path, content: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every file of a folder and of those in it; what cannot be part of a kit becomes a problem, and links are not followed to folders."""
    waiting, found = [folder], 0
    while waiting:
        for path in entries(waiting.pop(), content, problems):
            wrong = outside(content, path) or _misnamed(content, path)
            if wrong is None and path.is_dir():
                wrong = _misplaced_folder(content, path)
                waiting += [] if wrong else [path]
            elif wrong is None:
                found += 1
                yield path
            problems += [wrong] if wrong else []
            if found >= MOST_FILES:
                message = f"there are more than {MOST_FILES:,} files here"
                problems.append(
                    Problem("too-many", message, place_of(content, folder), help="a kit holds what its pages show")
                )
                return


def linked_folder(content: Path, path: Path) -> Problem | None:
    """What is wrong with a folder that is a link."""
    if not path.is_symlink():
        return None
    message = f"the folder `{shown(path.name)}` is a link"
    return Problem("outside", message, place_of(content, path), help="put the folder itself here")


def _misplaced_folder(content: Path, path: Path) -> Problem | None:
    if wrong := linked_folder(content, path):
        return wrong
    if len(path.relative_to(content).parts) > DEEPEST:
        message = f"folders lie more than {DEEPEST} levels deep here"
        return Problem("too-deep", message, place_of(content, path), help="make it flatter")
    return None


def _misnamed(content: Path, path: Path) -> Problem | None:
    """A name that Windows cannot keep, or that is not text at all."""
    name, place = path.name, place_of(content, path)
    if is_reserved(name):
        return Problem("file-name", f"Windows keeps the name `{shown(name)}` for itself", place, help="rename the file")
    if name != name.rstrip(". ") or NOT_IN_NAMES.search(name):
        signs = 'a name holds none of `< > : " | ? * \\`, and does not end in a dot or a space'
        return Problem("file-name", f"Windows cannot keep the name `{shown(name)}`", place, help=signs)
    if not name.isprintable():
        message = f"the name `{shown(name)}` holds characters that cannot be shown"
        return Problem("file-name", message, place, help="rename the file")
    if len(name) > LONGEST_NAME or len(path.relative_to(content).as_posix()) > LONGEST_PATH:
        help = f"a name has up to {LONGEST_NAME} characters, and {LONGEST_PATH} with its folders"
        return Problem("file-name", f"the name `{name[:40]}…` is too long", place, help=help)
    return None


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a file's name for a device, whatever it ends in."""
    return name.split(".")[0].rstrip(" ").casefold() in RESERVED


def _clashes(names: Iterable[str], folder: Path, content: Path) -> Iterator[Problem]:
    """Names that are one and the same where capitals do not count (Windows, macOS), or where letters are kept in parts (macOS)."""
    seen: dict[str, str] = {}
    for name in names:
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            message = f"`{shown(name)}` and `{shown(seen[key])}` are one and the same file on Windows and macOS"
            yield Problem(
                "name-clash",
                message,
                place_of(content, folder / name),
                help="rename one of the two",
                also=place_of(content, folder / seen[key]),
            )
        seen.setdefault(key, name)
