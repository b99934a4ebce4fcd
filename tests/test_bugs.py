"""Known bugs. Each test here fails, and says what should be. Mend the bug, take the mark off, and move the test to its topic."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import markdown
import pytest
from mkdocs.config import load_config

from generator.content import prose
from generator.web.markdown import blocks, escape
from tests.conftest import ROOT, run_generator


@cache
def site_markdown() -> markdown.Markdown:
    config = load_config(str(ROOT / "mkdocs.yml"))
    return markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def on_site(text: str) -> str:
    return site_markdown().reset().convert(text)


@pytest.mark.xfail(reason="web/markdown.py: a heading loses a `#` at its end; then test_prose.py need not leave it out")
def test_a_heading_keeps_a_sharp_at_its_end() -> None:
    assert "How to learn C#</h2>" in on_site("## " + escape("How to learn C#"))


@pytest.mark.xfail(
    reason="web/markdown.py: a name with `]:` makes a reference definition of a link at the start of a line, and vanishes"
)
def test_a_link_with_a_bracket_and_a_colon_in_its_name_is_shown() -> None:
    assert "a]: b</a>" in on_site(f"[{escape('a]: b')}](a.md)")


@pytest.mark.xfail(reason="web/markdown.py: `!` before a link makes an image of it")
def test_a_link_after_an_exclamation_mark_stays_a_link() -> None:
    found = prose.parse("Look!<https://example.org>")[0]
    assert found is not None
    shown = on_site(blocks(found, lambda to: to))
    assert "<img" not in shown
    assert 'href="https://example.org"' in shown


@pytest.mark.slow
@pytest.mark.xfail(reason="plugin.py: the format allows `en-GB`, and Material has no such language: fall back to `en`")
def test_a_language_with_a_country_builds(copied: Callable[[Path], Path], kits: Path) -> None:
    folder = copied(kits / "minimal")
    with (folder / "content" / "kit.yml").open("a", encoding="utf-8") as kit:
        kit.write("language: en-GB\n")
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stderr
