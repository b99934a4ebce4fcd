"""`mkdocs.yml`: read, and what is wrong with it at its line and column.

In: the folder of a kit. Out: the settings as they are written, or the configuration that MkDocs makes of them. What the kit itself says
(`kit.yml`) is not in it yet.
"""

import logging
import os
import re
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.utils.yaml import yaml_load

from generator.content.source import Source, parse, read
from generator.errors import KitError, Problem, ToolError, did_you_mean

CONFIG = "mkdocs.yml"
OF_THE_FILE = {
    "yaml",
    "not-utf-8",
    "control-character",
    "file-too-large",
}  # the rest that items are refused for is allowed here
WRONG = re.compile(r"Config value '([\w.]+)': (.*)", re.DOTALL)
PLUGIN = re.compile(r'The "([^"]+)" plugin is not installed')
UNREADABLE = (yaml.YAMLError, ConfigurationError, UnicodeDecodeError, RecursionError, ValueError, TypeError)


class Warnings(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.messages.append(record.getMessage())


def written_config(root: Path) -> dict[str, Any]:
    """`mkdocs.yml` as it is written, read as MkDocs reads it. Raises `KitError` for its faults, `ToolError` when it is not there."""
    data = _bytes(root)
    source, text = read(CONFIG, data)
    if text is None:
        raise KitError(source.problems)
    try:
        found = yaml_load(text)
    except UNREADABLE as error:
        raise KitError([_unreadable(data, error)]) from error
    if not isinstance(found, dict):
        problem = Problem(
            "mkdocs", f"{CONFIG} holds no settings", source.at(1), help="write them as `name: value`, one a line"
        )
        raise KitError([problem])
    return found


def config_of(root: Path, **options: Any) -> MkDocsConfig:
    """What MkDocs makes of `mkdocs.yml`; `options` take the place of what is written. Raises `KitError` and `ToolError`."""
    written_config(root)
    warnings = Warnings()
    log = logging.getLogger("mkdocs")
    log.addHandler(warnings)
    try:
        return load_config(config_file=str(root / CONFIG), **options)
    except (Abort, ConfigurationError, ImportError, SyntaxError, *UNREADABLE) as error:  # two of them by hooks
        source = parse(CONFIG, _bytes(root))
        problems = [_wrong(source, *match.groups()) for said in warnings.messages if (match := WRONG.match(said))]
        said = [line for line in warnings.messages if line not in str(error)]
        raise KitError(problems or [Problem("mkdocs", "\n".join([str(error), *said]), source.at(1))]) from error
    finally:
        log.removeHandler(warnings)


def require(root: Path) -> None:
    """Raise `ToolError` where a folder holds no kit."""
    if not (root / CONFIG).is_file():
        raise ToolError(f"there is no {CONFIG} here; run the command in the folder that holds `content/`")
    if not (root / "content").is_dir():
        raise ToolError(f"there is no folder `content/` beside {CONFIG}")


def _bytes(root: Path) -> bytes:
    require(root)
    return (root / CONFIG).read_bytes()


def _unreadable(data: bytes, error: Exception) -> Problem:
    """Why it is no YAML: as of any file of a kit where that finds it, else in the words of the library."""
    source = parse(CONFIG, data)
    found = next((problem for problem in source.problems if problem.code in OF_THE_FILE), None)
    if found is not None:
        return found
    inner = error if isinstance(error, yaml.YAMLError) else error.__context__
    mark: Any = getattr(inner, "problem_mark", None)
    what = getattr(inner, "problem", None) or f"{type(error).__name__}: {error}".splitlines()[0]
    place = source.at(mark.line + 1, mark.column + 1) if mark is not None else source.at(1)
    return Problem(
        "yaml", f"{CONFIG} cannot be read: {what}", place, help="compare it with the mkdocs.yml of a new kit"
    )


def _wrong(source: Source, name: str, said: str) -> Problem:
    """A setting that MkDocs does not take, at its place; of a plugin that is not installed, with the one that may have been meant."""
    path: tuple[str | int, ...] = (*name.split("."),)
    if missing := PLUGIN.search(said):
        path = next((at for at in source.values if at[:1] == ("plugins",) and _is(source, at, missing[1])), path)
        guess = did_you_mean(missing[1], ("workshop-kit", "search", "offline"))
        help = guess or "take it out, or install the package that brings it"
        return Problem("mkdocs", f"the plugin `{missing[1]}` is not installed", source.place(path), help=help)
    while path and path not in source.keys and path not in source.values:
        path = path[:-1]
    return Problem("mkdocs", f"`{name}` in {CONFIG}: {' '.join(said.split())}", source.key(path))


def _is(source: Source, path: tuple[str | int, ...], name: str) -> bool:
    """Whether a plugin's name stands at a path, as an entry of a list or as a key."""
    if path and path[-1] == name:
        return True
    value: Any = source.value
    try:
        for part in path:
            value = value[part]
    except (KeyError, IndexError, TypeError):
        return False
    return bool(value == name)
