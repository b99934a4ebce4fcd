"""A kit becomes a site for the browser at hand, or what is wrong with it; never an exception.

In: the folder of a kit, and what was made before. Out: a `State`. Booklets are not printed, pages that did not change are kept.
"""

import logging
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from generator.build import Built, Progress
from generator.errors import KitError, ToolError
from generator.live.booklets import Shelf
from generator.live.reuse import NAME, Kept, Reuse
from generator.live.watch import Print, print_of
from generator.mkdocs_file import CONFIG, written_config
from generator.plugin import WorkshopKitPlugin, run_mkdocs
from generator.templates import NAME as TEMPLATES
from generator.templates import SHIPPED

Failure = KitError | ToolError


@dataclass(frozen=True)
class State:
    """What is served: `site` is the last one that was complete, `failure` what keeps a newer one from being so. `made` pages are new."""

    number: int = 0
    site: Kept | None = None
    shelf: Shelf | None = None
    failure: Failure | None = None
    files: frozenset[str] = frozenset()  # of `site`, by their paths: nothing else is ever read for a browser
    made: int = 0
    built: Built | None = None
    passing: bool = False  # the disk said no, which may be over in a moment

    def is_whole(self) -> bool:
        """Whether the site still lies where it was built: systems clear their folder of temporary files now and then."""
        return self.site is None or self.site.folder.is_dir()


@dataclass
class Builder:
    """Builds the kit in `root` for a server at `address`, in folders below `space`."""

    root: Path
    space: Path
    progress: Progress
    address: str = ""
    more: tuple[Path, ...] = ()  # what `mkdocs.yml` names besides: a folder for the theme, hooks

    def __post_init__(self) -> None:
        logging.getLogger("mkdocs.commands.build").addFilter(_is_news)

    def look(self) -> Print:
        """All that the site depends on, as it lies there now."""
        return print_of(self.watched())

    def watched(self) -> Iterator[Path]:
        """The files and folders to look at."""
        yield from (self.root / "content", self.root / TEMPLATES, SHIPPED, self.root / CONFIG, *self.more)

    def next(self, state: State) -> State:
        """The state after a new build."""
        try:
            return self._built(state)
        except (KitError, ToolError) as error:
            return self._failed(state, error)
        except OSError as error:
            return self._failed(
                state, ToolError(f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")), passing=True
            )
        except (Exception, SystemExit) as error:
            return self._failed(state, ToolError(_unforeseen(error)))

    def _built(self, state: State) -> State:
        shelf = Shelf()
        self.space.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="site-", dir=self.space))
        reuse = Reuse(
            state.site if state.is_whole() else None, self.address, lambda: (*shelf.documents, *shelf.pictures)
        )

        hooks = written_config(self.root).get("hooks")
        self.more = tuple(self.root / str(name) for name in hooks) if isinstance(hooks, list) else ()

        def set_up(config: MkDocsConfig, plugin: WorkshopKitPlugin) -> None:
            self.more = tuple(_named(config))
            plugin.progress, plugin.audience, plugin.printing = self.progress, "everyone", shelf.put
            plugin.in_place = plugin.dirty = True  # each page says itself whether it is new
            config.plugins[NAME] = reuse

        built = run_mkdocs(self.root, set_up, site_dir=str(folder))
        files = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        return State(state.number + 1, reuse.kept, shelf, files=files, made=reuse.made, built=built)

    def _failed(self, state: State, failure: Failure, passing: bool = False) -> State:
        return replace(state, number=state.number + 1, failure=failure, made=0, built=None, passing=passing)


def _named(config: MkDocsConfig) -> Iterator[Path]:
    root = Path(config.config_file_path).parent
    yield from (Path(name) for name in (config.theme.custom_dir, *config.watch) if name)
    yield from (root / name for name in config.hooks)


def _is_news(record: logging.LogRecord) -> bool:
    """MkDocs warns of builds that keep pages; here it is known which may be kept."""
    return "'dirty' build" not in record.getMessage()


def _unforeseen(error: BaseException) -> str:
    """A fault of the program itself, in one line with its place: nobody who writes a kit has to read a traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"the program itself has failed here, please report it: {type(error).__name__}: {error}{place}"
