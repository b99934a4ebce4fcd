"""The headers file: what a host is to tell browsers of a site, as Netlify and Cloudflare Pages read it from `_headers`.

In: the HTML of all pages. Out: the file's text. Its content policy lets a page run the site's own scripts and nothing else: scripts from
files of the site, and those that stand in its pages, each by its hash.
"""

import base64
import hashlib
from collections.abc import Iterable
from html.parser import HTMLParser

NAME = "_headers"
# What browsers run; a script of any other type is data to them.
RUN = frozenset({"", "text/javascript", "application/javascript", "module", "importmap", "speculationrules"})
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    # Timelines are drawn by `style` attributes.
    "style-src": "'self' 'unsafe-inline'",
    # The theme's icons are `data:` images in its style.
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    # The search reads its index, in a worker.
    "connect-src": "'self'",
    "worker-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
OTHERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


class _Scripts(HTMLParser):
    """Collects the scripts that stand in a page and are run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.inside = tag == "script" and "src" not in values and (values.get("type") or "").strip().lower() in RUN
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def inline_scripts(page: str) -> list[str]:
    """The texts of the scripts in a page that a browser runs."""
    scripts = _Scripts()
    scripts.feed(page.replace("\r\n", "\n"))
    scripts.close()
    return scripts.found


def headers(pages: Iterable[str]) -> str:
    """The text of `_headers` for a site with these pages."""
    scripts = {script for page in pages for script in inline_scripts(page)}
    allowed = {**POLICY, "script-src": " ".join([POLICY["script-src"], *sorted(map(_hash, scripts))])}
    policy = "; ".join(f"{name} {value}" for name, value in allowed.items())
    lines = {"Content-Security-Policy": policy, **OTHERS}
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in lines.items())


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
