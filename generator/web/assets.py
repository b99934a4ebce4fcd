"""Styles, scripts and fonts that pages ask for, under names that browsers may keep for ever.

In: the folder of templates, and a kit's settings with its own fonts. Out: the files by their paths from the site's root. A name holds a
hash of what is in the file, as `assets/kit/css/kit.3f2a9c1d.css`, so that a file that changes has another name.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from posixpath import dirname, join, normpath, splitext
from urllib.parse import unquote

import rjsmin  # type: ignore[import-untyped]

from generator.content.model import Settings
from generator.errors import ToolError
from generator.web.site import Page
from generator.web.style import style

FOLDER = "assets/kit/"
SCRIPTS = FOLDER + "js/"
ON_ALL_PAGES = SCRIPTS + "theme.js"
# What a style asks for: the sign before the address, and the address up to its own `?` or `#`.
ASKED = re.compile(r"""(url\(\s*["']?|@import\s+["'])([^"')?#]+)""")
SCRIPT = re.compile(rf'src="[./]*({SCRIPTS}[\w.-]+\.js)"')


@dataclass(frozen=True)
class Assets:
    """Files by their plain paths, as `assets/kit/css/kit.css`, and the path under which each is published."""

    files: Mapping[str, bytes]
    names: Mapping[str, str]

    def published(self, pages: Iterable[Page]) -> dict[str, bytes]:
        """The files by the paths under which they are published, without the scripts that no page asks for."""
        asked = {name for page in pages for name in SCRIPT.findall(page.text)} | {self.names[ON_ALL_PAGES]}
        found = {self.names[plain]: data for plain, data in self.files.items()}
        return {name: data for name, data in found.items() if not name.startswith(SCRIPTS) or name in asked}


def assets(templates: Path, settings: Settings, fonts: Mapping[str, bytes]) -> Assets:
    """The files in `assets/` of the templates, and the kit's colours as a style of their own; under their plain names."""
    folder = templates / "assets"
    found = {
        FOLDER + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    found |= {name: rjsmin.jsmin(found[name].decode()).encode() for name in found if name.startswith(SCRIPTS)}
    found[FOLDER + "css/colours.css"] = style(settings, fonts).encode()
    return Assets(found, {name: name for name in found})


def named_by_content(plain: Assets) -> Assets:
    """The same files under names with a hash, and their styles with these names in them. Raises `ToolError` for styles that ask for each
    other in a circle."""
    asked = {name: _asked(name, data) & plain.files.keys() for name, data in plain.files.items()}
    files: dict[str, bytes] = {}
    marks: dict[str, str] = {}
    try:
        for name in TopologicalSorter(asked).static_order():
            files[name] = _with_marks(name, plain.files[name], marks) if asked[name] else plain.files[name]
            marks[name] = hashlib.sha256(files[name]).hexdigest()[:8]
    except CycleError as error:
        circle = ", ".join(name.replace(FOLDER, "templates/assets/", 1) for name in error.args[1][1:])
        raise ToolError(f"these styles ask for each other in a circle: {circle}") from error
    return Assets(files, {name: _marked(name, mark) for name, mark in marks.items()})


def _asked(name: str, data: bytes) -> set[str]:
    """The plain paths that a style asks for."""
    text = data.decode(errors="surrogateescape") if name.endswith(".css") else ""
    return {_target(name, match[2]) for match in ASKED.finditer(text)}


def _with_marks(name: str, data: bytes, marks: Mapping[str, str]) -> bytes:
    """A style with the marks of the files that it asks for."""

    def other(match: re.Match[str]) -> str:
        mark = marks.get(_target(name, match[2]))
        return match[1] + _marked(match[2], mark) if mark else match[0]

    return ASKED.sub(other, data.decode(errors="surrogateescape")).encode(errors="surrogateescape")


def _target(name: str, address: str) -> str:
    """The path of what a file asks for by an address."""
    return normpath(join(dirname(name), unquote(address.strip())))


def _marked(path: str, mark: str) -> str:
    """`css/kit.3f2a9c1d.css` for `css/kit.css`."""
    stem, suffix = splitext(path)
    return f"{stem}.{mark}{suffix}"
