"""The door to MkDocs, and the only file that knows it.

MkDocs asks; this hands over what `build.py` made: the kit's name and looks for the configuration, pages and files as generated files.
A site is built in a staging folder and takes the old one's place at the very end, so that a build that fails changes nothing.
"""

import atexit
import html
import importlib.resources
import logging
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.config_options import ExtraScript
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.build import Built, Printing, Progress, build
from generator.content.model import Settings
from generator.content.words import ENGLISH, load_words
from generator.errors import KitError, ToolError, as_text
from generator.errors.many import first_page, rest_of
from generator.mkdocs_file import CONFIG, Warnings, config_of
from generator.publish import as_tool_error, discard, exchange, staging_for, whole_path
from generator.templates import NAME, SHIPPED, templates_of
from generator.web import headers
from generator.web.assets import FOLDER, ON_ALL_PAGES
from generator.web.furniture import furniture, named
from generator.web.site import Audience

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

# In the order in which they are loaded: the kit's colours, the look of all pages, then what single features add.
STYLES = ("colours", "kit", "run", "find", "plan", "assess", "notes")

log = logging.getLogger("mkdocs.plugins.workshop-kit")


class _Log:
    """Tells MkDocs' log how the work goes."""

    def did(self, text: str) -> None:
        log.info(text)

    def doing(self, text: str) -> None:
        log.debug(text)


class WorkshopKitPlugin(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Makes a kit's pages, data and booklets part of a MkDocs build."""

    def __init__(self) -> None:
        self.progress: Progress = _Log()
        self.command: Literal["build", "gh-deploy", "serve"] = "build"
        self.dirty = False
        self.built: Built | None = None
        self.error: KitError | ToolError | None = None
        self.audience: Audience = "everyone"
        # `workshop-kit serve` prints when somebody asks, and builds into a folder that is shown to nobody before it is complete.
        self.printing: Printing | None = None
        self.in_place = False
        self.target: Path | None = None
        self.staging: Path | None = None
        self.complete = False
        self.config: MkDocsConfig | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs was asked to do."""
        self.command, self.dirty = command, dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and make everything, before MkDocs touches a file."""
        self.built, self.error = None, None
        try:
            content = _content(config)
            if self.command != "serve" and not self.in_place and self.staging is None:
                self.stage(config, content)
            self.built = build(content, self.progress, self.audience, self.printing, for_ever=not self.in_place)
        except (KitError, ToolError) as error:
            self.error = error
            self.discard()
            if self.command != "serve":
                raise PluginError(message(error)) from error
            log.error(message(error))
        config.theme.dirs.insert(0, str(templates_of(_root(config)) / "theme"))
        settings: dict[str, Any] = {"site_name": "Problems", "nav": [{"Problems": "index.md"}]}
        if self.built:
            settings = site_settings(self.built)
        theme, extra = settings.pop("theme", {}), settings.pop("extra", {})
        said = extra.get("words") or furniture(load_words(SHIPPED, ENGLISH), ENGLISH)
        theme["palette"] = named(config.theme.get("palette"), said)
        for name, value in theme.items():
            config.theme[name] = value
        config.extra.update(extra)
        names = self.built.assets if self.built else {}
        own = [names.get(style, style) for style in config.extra_css]  # a style of the kit's own in templates/assets/
        settings["extra_css"] = [*settings.get("extra_css", []), *own]
        as_script = ExtraScript()  # type: ignore[no-untyped-call]
        scripts = [as_script.run_validation(script) for script in settings.get("extra_javascript", [])]
        settings["extra_javascript"] = [*scripts, *config.extra_javascript]
        settings["nav"] = config.nav or settings["nav"]
        for name, value in settings.items():
            config[name] = value
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give MkDocs our pages and files in place of the YAML they were made from."""
        kept = Files([file for file in files if file.src_dir != config.docs_dir])
        if self.built is None:
            assert self.error is not None
            kept = Files([])
            kept.append(File.generated(config, "index.md", content=problem_page(self.error)))
            return kept
        for page in self.built.pages:
            level = InclusionLevel.INCLUDED if page.label else InclusionLevel.NOT_IN_NAV
            kept.append(File.generated(config, page.path, content=page.text, inclusion=level))
        for path, data in self.built.files.items():
            kept.append(_generated(config, path, data))
        return kept

    def on_serve(self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: Any) -> "LiveReloadServer":
        """Watch the templates as well as the content."""
        for folder in (SHIPPED, _root(config) / NAME):
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def stage(self, config: MkDocsConfig, content: Path) -> None:
        """Let MkDocs build beside the site's folder; with `--dirty` too, where it would mix old and new. Raises `ToolError`."""
        self.target = Path(config.site_dir)
        self.staging = staging_for(self.target, content, tell=self.progress.did)
        self.complete, self.config = False, config
        atexit.register(self.discard)
        config.site_dir = str(self.staging)

    @event_priority(-1000)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Every page is written."""
        self.complete = True

    def on_shutdown(self) -> None:
        """Publish when all is done: after every other plugin and hook, and after MkDocs counted warnings for `--strict`."""
        if not self.complete or sys.exception() is not None:
            self.discard()
            return
        try:
            self.publish()
        except ToolError as error:
            raise PluginError(message(error)) from error

    def publish(self) -> None:
        """Exchange the finished site for the old one; does nothing when there is none. Raises `ToolError`."""
        if self.target is None or self.staging is None or self.config is None:
            return
        # What `gh-deploy` sends off is read after this: nobody may exchange it until this program ends.
        sent = self.command == "gh-deploy"
        self.config.site_dir = str(self.target)
        try:
            write_headers(self.staging)
            exchange(self.staging, self.target, keep_turn=sent)
        except OSError as error:
            raise as_tool_error(error, self.target) from error
        finally:
            if not sent:
                self.discard()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind of a site that was not finished; a fault of the disk is told in plain words."""
        target = self.target
        self.discard()
        if isinstance(error, OSError) and target is not None:
            raise PluginError(message(as_tool_error(error, target))) from error

    def discard(self) -> None:
        """Delete the staging folder of this build, if there is one."""
        if self.staging is not None:
            discard(self.staging)
        self.target = self.staging = self.config = None
        self.complete = False


def _generated(config: MkDocsConfig, path: str, data: bytes | Path) -> File:
    """A file of the site, of bytes or as a copy of another."""
    if isinstance(data, Path):
        return File.generated(config, path, abs_src_path=str(data))
    return File.generated(config, path, content=data)


def _root(config: MkDocsConfig) -> Path:
    """The folder of the kit."""
    return Path(config.config_file_path).resolve().parent


def _content(config: MkDocsConfig) -> Path:
    """The folder of the kit. Raises `ToolError` when `docs_dir` names another than `content`."""
    content, wanted = Path(config.docs_dir).resolve(), _root(config) / "content"
    if content != wanted.resolve():
        raise ToolError(f"{CONFIG} has `docs_dir: {content.name}`; a kit's folder is always `content`")
    return Path(config.docs_dir)


def message(error: KitError | ToolError) -> str:
    """All that is wrong, as text."""
    if isinstance(error, KitError):
        page = first_page(error.problems)
        rest = rest_of(page, "`workshop-kit check --all` shows all")
        parts = ["the kit cannot be built:", *(as_text(problem) for problem in page.shown), rest, str(error)]
        return "\n\n".join(part for part in parts if part)
    return str(error)


def problem_page(error: KitError | ToolError) -> str:
    """A page that shows the problems while `serve` waits for them to be mended."""
    return f"# The kit cannot be built\n\n<pre>{html.escape(message(error))}</pre>\n"


def write_headers(site: Path) -> None:
    """The headers file of a site that is complete."""
    files = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    pages = ((site / path).read_text(encoding="utf-8", errors="replace") for path in files if path.endswith(".html"))
    (site / headers.NAME).write_text(headers.headers(pages, files), encoding="utf-8", newline="\n")


def site_settings(built: Built) -> dict[str, Any]:
    """What `kit.yml` says, in the words of `mkdocs.yml`."""
    settings: Settings = built.kit.settings
    theme: dict[str, Any] = {"language": _theme_language(settings.language)}
    if settings.logo:
        theme |= {"logo": settings.logo, "favicon": settings.logo}
    found: dict[str, Any] = {
        "site_name": html.escape(settings.name),
        "site_description": html.escape(settings.description or settings.name),
        "nav": built.navigation,
        "extra_css": [built.assets[f"{FOLDER}css/{name}.css"] for name in STYLES],
        "extra_javascript": [{"path": built.assets[ON_ALL_PAGES], "defer": True}],
        "extra": {
            "generator": False,
            "polyfills": [built.assets[f"{FOLDER}vendor/iframe-worker-shim.js"]],
            "kit": settings.id,
            "missing": built.missing,
            "words": furniture(built.words, settings.language) | _search(theme["language"]),
        },
        "theme": theme,
    }
    if settings.site_address:
        found["site_url"] = settings.site_address
    if settings.licence:
        found["copyright"] = html.escape(settings.licence, quote=False)
    return found


def _search(language: str) -> dict[str, str]:
    """English for the search where the theme names a language that it has no word stems for, since no search starts then."""
    folder = Path(str(importlib.resources.files("material"))) / "templates"
    text = (folder / "partials" / "languages" / f"{language}.html").read_text(encoding="utf-8")
    named = re.search(r'"search\.config\.lang": "(\w+)"', text)
    stems = folder / "assets" / "javascripts" / "lunr" / "min"
    lacking = named and named[1] != ENGLISH and not (stems / f"lunr.{named[1]}.min.js").is_file()
    return {"search.config.lang": ENGLISH} if lacking else {}


def _theme_language(language: str) -> str:
    """The theme's own language file nearest to a language, as `en` for `en-GB`."""
    folder = Path(str(importlib.resources.files("material"))) / "templates" / "partials" / "languages"
    return next((name for name in (language, language.split("-")[0]) if (folder / f"{name}.html").is_file()), "en")


def build_site(root: Path, site_dir: Path | None, progress: Progress, audience: Audience) -> tuple[Built, Path]:
    """Build a site with MkDocs, strict: what was built, and the site's folder. Raises `KitError` and `ToolError`."""
    if audience == "participants" and site_dir is None:
        site_dir = root / "site-participants"
    options = {"site_dir": str(whole_path(site_dir))} if site_dir else {}
    targets: list[Path] = []

    def set_up(config: MkDocsConfig, plugin: WorkshopKitPlugin) -> None:
        plugin.progress, plugin.audience = progress, audience
        plugin.printing, plugin.in_place = None, False
        targets.append(Path(config.site_dir))

    return run_mkdocs(root, set_up, **options), targets[0]


def run_mkdocs(root: Path, set_up: Callable[[MkDocsConfig, WorkshopKitPlugin], None], **options: Any) -> Built:
    """Build a site, strict, with `options` in place of what `mkdocs.yml` says; `set_up` has the last word before MkDocs begins.

    Raises `KitError` and `ToolError`.
    """
    plugin: WorkshopKitPlugin | None = None
    warnings = Warnings()
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        config = config_of(root, strict=True, **options)
        found = config.plugins.get("workshop-kit")
        if not isinstance(found, WorkshopKitPlugin):
            raise ToolError(f"{CONFIG} does not name the plugin `workshop-kit`")
        plugin = found
        config.plugins.on_startup(command="build", dirty=False)
        set_up(config, plugin)
        mkdocs_build.build(config, dirty=plugin.dirty)
        plugin.publish()
    except (Abort, ConfigurationError, PluginError) as error:
        if plugin is not None and plugin.error is not None:
            raise plugin.error from None
        said = [line for line in warnings.messages if line not in str(error)]
        raise ToolError("\n".join([str(error), *said])) from error
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)
        if plugin is not None:
            plugin.discard()
    assert plugin.built is not None
    return plugin.built
