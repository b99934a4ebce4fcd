"""The plain way out: the same pages as a folder of Markdown with a config, for any program that reads `mkdocs.yml`.

In: pages, files and the settings of `mkdocs.yml`. Out: files below a folder. Nothing of ours is needed to build that folder.
"""

from pathlib import Path
from typing import Any

import yaml

from generator.web.pages import Page

PLUGIN = "workshop-kit"


def write(folder: Path, pages: tuple[Page, ...], files: dict[str, bytes], images: Path, config: dict[str, Any]) -> None:
    """Fill an empty folder with `mkdocs.yml` and `docs/`."""
    docs = folder / "docs"
    found = {page.path: page.text.encode() for page in pages} | files
    found |= {
        f"images/{path.relative_to(images).as_posix()}": path.read_bytes()
        for path in sorted(images.rglob("*"))
        if path.is_file()
    }
    for name, data in found.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False, width=120)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")


def plain_config(written: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of `mkdocs.yml` as written, without our plugin, and with what it would have set."""
    plugins = [plugin for plugin in written.get("plugins", []) if plugin != PLUGIN]
    theme = {**written.get("theme", {}), **settings.pop("theme", {})}
    kept = {name: value for name, value in written.items() if name not in ("docs_dir", "site_dir", "hooks")}
    return {**kept, **settings, "docs_dir": "docs", "theme": theme, "plugins": plugins}
