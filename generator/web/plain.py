"""The plain way out: the same pages as a folder of Markdown with a config, for any program that reads `mkdocs.yml`.

In: pages, files and the settings of `mkdocs.yml`. Out: files below a folder. Nothing of ours is needed to build that folder.
"""

from pathlib import Path
from typing import Any

import yaml

from generator.errors import ToolError
from generator.publish import fill
from generator.web.furniture import named
from generator.web.site import Page

PLUGIN = "workshop-kit"


def write(folder: Path, pages: tuple[Page, ...], files: dict[str, bytes | Path], config: dict[str, Any]) -> None:
    """Fill an empty folder with `mkdocs.yml` and `docs/`. Raises `ToolError` for settings that cannot be written as plain YAML."""
    fill(folder / "docs", {page.path: page.text.encode() for page in pages})
    fill(folder / "docs", files)
    try:
        text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False, width=120)
    except yaml.YAMLError as error:
        raise ToolError(f"mkdocs.yml holds a setting that cannot be written out: {error}") from error
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")


def plain_config(written: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of `mkdocs.yml` as written, without our plugin, and with what it would have set."""
    plugins = [plugin for plugin in written.get("plugins") or [] if plugin != PLUGIN and PLUGIN not in _names(plugin)]
    themed = written.get("theme") or {}
    theme = {**({"name": themed} if isinstance(themed, str) else themed), **settings["theme"]}
    if "palette" in theme:
        theme["palette"] = named(theme["palette"], settings["extra"]["words"])
    merged = {**settings, "extra": {**(written.get("extra") or {}), **settings["extra"]}, "theme": theme}
    kept = {name: value for name, value in written.items() if name not in ("docs_dir", "site_dir", "hooks")}
    return {**kept, **merged, "docs_dir": "docs", "plugins": plugins}


def _names(plugin: Any) -> list[str]:
    return list(plugin) if isinstance(plugin, dict) else []
