"""The theme's files that we override: but for our own changes they must be the installed theme's, or a new theme breaks unseen."""

import re
from pathlib import Path

import material
import pytest

from tests.conftest import ROOT

OURS = ROOT / "templates" / "theme"
THEIRS = Path(material.__path__[0]) / "templates"
COMMENT = re.compile(r"\A\{#-.*?-#\}\n", re.DOTALL)

# What each file of ours has, and what stands in its place in the theme's file. The comment at the top differs always.
CHANGES = {
    "partials/search.html": [(""" role="dialog" aria-label="{{ lang.t('search') }}">""", ' role="dialog">')],
    "partials/logo.html": [
        ('alt=""', 'alt="logo"'),
        (
            re.compile(r"  <svg .*</svg>\n"),
            """  {% set icon = config.theme.icon.logo or "material/library" %}\n  {% include ".icons/" ~ icon ~ ".svg" %}\n""",
        ),
    ],
    "partials/language.html": [("{% set own = config.extra.words or {} %}\n", ""), ("own[key] or ", "")],
    "main.html": [(re.compile(r"\n\{% block htmltitle %\}.*?\{% endblock %\}\n", re.DOTALL), "")],
    "404.html": [
        (re.compile(r"\{% set words.*?\{% endblock %\}\n", re.DOTALL), ""),
        (
            re.compile(r"\{% block content %\}.*?\{% endblock %\}\n", re.DOTALL),
            "{% block content %}\n  <h1>404 - Not found</h1>\n{% endblock %}\n",
        ),
        (re.compile(r"\{% block scripts %\}.*?\{% endblock %\}\n", re.DOTALL), ""),
    ],
}  # fmt: skip


def _without_comment(text: str) -> str:
    return COMMENT.sub("", text).rstrip("\n")


def test_every_file_that_overrides_the_theme_s_is_compared_with_it() -> None:
    found = {path.relative_to(OURS).as_posix() for path in OURS.rglob("*.html")}
    overrides = {name for name in found if (THEIRS / name).is_file()}
    assert overrides == set(CHANGES), "say in CHANGES what each override changes in the theme's file of its name"
    assert found == overrides, f"the theme has no file {sorted(found - overrides)}, so nothing uses ours"


@pytest.mark.parametrize("name", CHANGES)
def test_an_override_is_the_theme_s_file_but_for_our_changes(name: str) -> None:
    text = (OURS / name).read_text(encoding="utf-8")
    for ours, theirs in CHANGES[name]:
        found = re.findall(ours if isinstance(ours, re.Pattern) else re.escape(ours), text)
        assert len(found) == 1, f"templates/theme/{name} no longer has our change `{ours}`: mend it, or CHANGES"
        text = text.replace(found[0], theirs)
    assert _without_comment(text) == _without_comment((THEIRS / name).read_text(encoding="utf-8")), (
        f"the installed theme's {name} has changed: copy it to templates/theme/{name} and make our changes in it again: {CHANGES[name]}"
    )


@pytest.mark.parametrize("block", re.findall(r"\{% block (\w+) %\}", (OURS / "404.html").read_text(encoding="utf-8")))
def test_the_theme_has_each_part_that_the_page_for_missing_addresses_fills(block: str) -> None:
    assert f"{{% block {block} %}}" in (THEIRS / "base.html").read_text(encoding="utf-8")
