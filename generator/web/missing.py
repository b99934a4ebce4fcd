"""What the page says that a host shows for an address that is not there.

In: a kit and the fixed words. Out: texts, and the ways on from there: the home page and each kind's index.
"""

from typing import Any

from generator.content.model import Kit
from generator.content.words import Words
from generator.web.site import SHOWN


def missing(kit: Kit, words: Words) -> dict[str, Any]:
    """The words of `templates/theme/404.html`, with `ways`: each has a name, what it is about, and its file from the site's root."""
    home = {"name": words("nav.home"), "about": words("missing.home"), "to": "index.html"}
    kinds = [
        {"name": words(f"kinds.{kind}.many"), "about": words(f"kinds.{kind}.about"), "to": f"{kind}/index.html"}
        for kind in SHOWN
        if kit.of(kind)
    ]
    return {**words.tree["missing"], "ways": [home, *kinds]}
