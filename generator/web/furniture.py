"""What the theme's own furniture says and which way it reads: the language of the page, its direction, the names of its switches.

In: a kit's language and its fixed words. Out: plain values for `extra.words` of `mkdocs.yml`, which `templates/theme/` reads, and the
palette with a name at each switch.
"""

import html
from collections.abc import Mapping
from typing import Any

from generator.content.words import Words, is_right_to_left

DARK = "slate"  # the theme's name of its dark scheme


def furniture(words: Words, language: str) -> dict[str, str]:
    """The language and direction of all pages, and what the switches between light and dark are called, escaped: the theme prints them."""
    return {
        "language": language,
        "direction": "rtl" if is_right_to_left(language) else "ltr",
        "to_dark": html.escape(words("nav.to_dark")),
        "to_light": html.escape(words("nav.to_light")),
    }


def named(palette: Any, said: Mapping[str, str]) -> Any:
    """A palette as `mkdocs.yml` has it, each switch with a name; what an author named stays. What is no list of schemes stays as it is."""
    return [_named(scheme, said) for scheme in palette] if isinstance(palette, list) else palette


def _named(scheme: Any, said: Mapping[str, str]) -> Any:
    toggle = scheme.get("toggle") if isinstance(scheme, dict) else None
    if not isinstance(toggle, dict):
        return scheme
    name = said["to_light" if scheme.get("scheme") == DARK else "to_dark"]
    return {**scheme, "toggle": {"name": name, **toggle}}
