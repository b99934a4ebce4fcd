"""What the page says that a host shows for an address that is not there.

In: a site. Out: texts, and the ways on from there: the home page and each kind's index.
"""

from typing import Any

from generator.web.site import SHOWN, Site


def missing(site: Site) -> dict[str, Any]:
    """The words of `templates/theme/404.html`, with `ways`: each has a name, what it is about, and its file from the site's root."""
    words = site.words
    home = {"name": words("nav.home"), "about": words("missing.home"), "to": "index.html"}
    kinds = [
        {"name": words(f"kinds.{kind}.many"), "about": site.about(kind), "to": f"{kind}/index.html"}
        for kind in SHOWN
        if site.kit.of(kind)
    ]
    return {**words.tree["missing"], "ways": [home, *kinds]}
