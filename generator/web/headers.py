"""The headers file: what a host is to tell browsers of a site, as Netlify and Cloudflare Pages read it from `_headers`.

In: the HTML of all pages, and the paths of all files. Out: the file's text. Its content policy lets a page run the site's own scripts and
nothing else: scripts from files of the site, and those that stand in its pages, each by its hash. Files that have another name whenever
they change may be kept for ever; before a browser shows anything else again, it asks whether that is still the same.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

from generator.web.assets import FOLDER

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
OTHERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-cache"}
# Cloudflare joins what two rules say of one header, unless the later one takes it back first. Netlify passes over a line without a colon,
# and takes the last.
FOR_EVER = ("! Cache-Control", "Cache-Control: public, max-age=31536000, immutable")
# Of the theme's own files only these carry a hash.
OF_THE_THEME = re.compile(r"assets/(?:stylesheets|javascripts)/(?:\w+/)*\w+\.[0-9a-f]{8}\.min\.(?:css|js)")

# Tags are read as browsers read them: a quote begins a value right after `=`, and nowhere else.
ATTRIBUTE = r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+))?+)?+"""
ATTRIBUTES = rf"(?:[\s/]++|{re.sub(r'[(](?![?])', '(?:', ATTRIBUTE)})*+"
# Comments, elements in which browsers see no tags, and all other tags: so what looks like a script in a comment or an attribute is none.
PARTS = re.compile(
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|(script|style|textarea|title)(?=[\s/>])({ATTRIBUTES})>(.*?)</\1(?=[\s/>])"
    rf"|[a-z][^\s/>]*+{ATTRIBUTES}>)",
    re.DOTALL | re.IGNORECASE,
)


def inline_scripts(page: str) -> list[str]:
    """The texts of the scripts in a page that a browser runs."""
    found = PARTS.findall(page)
    return [text.replace("\r\n", "\n") for tag, said, text in found if tag.lower() == "script" and _is_run(said)]


def _is_run(attributes: str) -> bool:
    """Whether a script with these attributes stands in the page itself, and is not mere data."""
    values = {name.lower(): "".join(value) for name, *value in re.findall(ATTRIBUTE, attributes)}
    return "src" not in values and values.get("type", "").strip().lower() in RUN


def headers(pages: Iterable[str], files: Iterable[str]) -> str:
    """The text of `_headers` for a site with these pages, and with files at these paths."""
    scripts = {script for page in pages for script in inline_scripts(page)}
    allowed = {**POLICY, "script-src": " ".join([POLICY["script-src"], *sorted(map(_hash, scripts))])}
    policy = "; ".join(f"{name} {value}" for name, value in allowed.items())
    always = [f"{name}: {value}" for name, value in {"Content-Security-Policy": policy, **OTHERS}.items()]
    kept = [FOLDER + "*", *sorted(filter(OF_THE_THEME.fullmatch, files))]
    rules = {"*": always, **dict.fromkeys(kept, FOR_EVER)}
    return "".join(f"/{path}\n" + "".join(f"  {line}\n" for line in lines) for path, lines in rules.items())


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
