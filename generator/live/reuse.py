"""Pages that need not be made again.

In: a site that was built before, as files, and what each of its pages was made from. Out: for MkDocs, which pages of the new build differ;
the others' files are copied. A page is kept only if its Markdown is the same and nothing changed that is on every page: the settings, the
theme's templates, the list of files (links lead to them). With a plugin, a hook or an extension that is not known here nothing is kept.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files

NAME = "workshop-kit-live"
PLUGINS = {"workshop-kit", "search", "material/search", "offline", "material/offline", NAME}
# They look at nothing but the text of the page that they are used on.
EXTENSIONS = {
    "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "meta", "sane_lists", "smarty", "tables",
    "toc", "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.critic", "pymdownx.mark",
}  # fmt: skip
SEARCH = Path("search", "search_index.json")


@dataclass(frozen=True)
class Kept:
    """A built site: its folder, a mark of what is on all of its pages, and one of each page's Markdown by its path.

    Nothing may be kept of a site where the mark `frame` is empty.
    """

    folder: Path
    frame: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)


class Reuse(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Tells MkDocs which pages are new. For one build; `kept` is what the next one may take over."""

    def __init__(self, before: Kept | None, address: str, later: Callable[[], Iterable[str]]) -> None:
        self.before, self.address, self.later = before, address, later
        self.kept: Kept | None = None
        self.made = 0

    @event_priority(-200)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The site is served from the root of `address`, wherever it will be published."""
        config.site_url = self.address
        return config

    @event_priority(-200)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Copy what is kept, and mark the rest as changed. Files that come `later` stand there empty, since pages link to them."""
        for path in self.later():
            files.append(File.generated(config, path, content=b""))
        pages = {file.src_uri: _digest(file.content_string) for file in files if file.is_documentation_page()}
        folder = Path(config.site_dir)
        self.kept = Kept(folder, _frame(config, files), pages)
        kept = set()
        if self.before and self.before.frame and self.before.frame == self.kept.frame:
            shutil.copytree(self.before.folder, folder, dirs_exist_ok=True)
            kept = {path for path, mark in pages.items() if self.before.pages.get(path) == mark}
        for file in files:
            if file.is_documentation_page():
                _say(file, file.src_uri not in kept or not Path(file.abs_dest_path).is_file())
        self.files = [file for file in files if file.is_documentation_page()]
        self.made = sum(file.is_modified() for file in self.files)
        return files

    @event_priority(-50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the pages that are kept back into the search, which knows only those that were made; before the search goes into a script."""
        index = Path(config.site_dir) / SEARCH
        if self.before is None or self.made == len(self.files) or not index.is_file():
            return
        found = json.loads(index.read_text(encoding="utf-8"))
        old = json.loads((self.before.folder / SEARCH).read_text(encoding="utf-8"))
        entries: dict[str, list[Any]] = {}
        made = {file.url for file in self.files if file.is_modified()}
        for entry in (*found["docs"], *(one for one in old["docs"] if _url(one) not in made)):
            entries.setdefault(_url(entry), []).append(entry)
        found["docs"] = [entry for file in self.files for entry in entries.get(file.url, [])]
        index.write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")


def _say(file: File, modified: bool) -> None:
    """Answer for a file whether it is modified."""
    setattr(file, "is_modified", lambda: modified)  # noqa: B010  (an instance's own method, which mypy does not know)


def _url(entry: Mapping[str, Any]) -> str:
    return str(entry["location"]).partition("#")[0]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _untitled(nav: Any) -> Iterator[str]:
    """The pages that a menu shows under the titles which they have themselves."""
    for entry in nav or ():
        if isinstance(entry, str):
            yield entry
        else:
            for below in entry.values():
                yield from _untitled(below if isinstance(below, list) else [])


def _title(file: File) -> str:
    return next((line for line in file.content_string.split("\n") if line.startswith(("title:", "# "))), "")


def _frame(config: MkDocsConfig, files: Files) -> str:
    """A mark of all that every page depends on, or an empty text where that cannot be known."""
    unknown = set(config.plugins) - PLUGINS or config.hooks or set(config.markdown_extensions) - EXTENSIONS
    if unknown:
        return ""
    parts: dict[str, Any] = {
        "written": Path(config.config_file_path).read_bytes().hex(),
        "files": sorted(file.dest_uri for file in files),
        "titles": [_title(file) for file in files if file.src_uri in set(_untitled(config.nav))],
        "templates": list(_templates(config)),
        "theme": {name: config.theme[name] for name in sorted(config.theme)},
    }
    for name in (
        "site_name",
        "site_description",
        "nav",
        "extra",
        "extra_css",
        "copyright",
        "markdown_extensions",
        "mdx_configs",
    ):
        parts[name] = config[name]
    parts["scripts"] = [repr(script) for script in config.extra_javascript]
    return _digest(json.dumps(parts, sort_keys=True, default=str))


def _templates(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """The templates of the theme that may change while we look: all but those that are installed with it, by path and content."""
    installed = Path(mkdocs.__file__).parent.parent
    for folder in map(Path, config.theme.dirs):
        if not folder.resolve().is_relative_to(installed.resolve()):
            for path in sorted(one for one in folder.rglob("*") if one.is_file()):
                yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()
