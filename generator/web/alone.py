"""The run of show in one file, which works offline by a double click.

In: a site and a workshop of it, as it takes place. Out: an HTML file that asks for nothing: style, fonts and scripts stand in it, and its
content policy forbids all else. The page's text is that of `run.py`. What leads to other pages leads to the site's address, or is plain
text where the kit has none.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import quote

import markdown
import rjsmin  # type: ignore[import-untyped]

from generator.content.free import FRONT_MATTER
from generator.content.model import Session, Workshop
from generator.errors import ToolError
from generator.programme import name_of
from generator.web.drawing import Drawer
from generator.web.markdown import Markdown
from generator.web.run import run_of_show
from generator.web.site import Site
from generator.web.style import ROOT, style

# Those of mkdocs.yml that the page needs, and what MkDocs always adds.
EXTENSIONS = ("attr_list", "fenced_code", "md_in_html", "sane_lists", "tables")
SCRIPTS = ("kit", "run")
STYLES = ("kit", "run", "alone")
FACE = re.compile(r'@font-face \{[^}]*?url\("([^"]+)"\)[^}]*\}\n?')
DARK = re.compile(r'@media screen \{(?=\s*\[data-md-color-scheme="slate"\])')
TYPES = {"woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf"}


def run_alone(
    site: Site, workshop: Workshop, dates: Sequence[str] = (), fonts: Mapping[str, bytes] | None = None
) -> bytes:
    """The file `run.html`. `dates` are the days of the sessions, as readers see them; `fonts` are the kit's own font files by their path.

    A run is kept on a device by agenda and day, apart from that of the site's page. Raises `ToolError` for a fault of the templates.
    """
    draw = Drawer(site)
    days = dict(zip((session.id for session in workshop.sessions), dates, strict=False))
    page = run_of_show(site, draw, workshop, kept=_mark(workshop.sessions, dates), dates=days)
    text = markdown.markdown(FRONT_MATTER.sub("", page.text), extensions=list(EXTENSIONS), output_format="html")
    body = with_links(text, page.path, site.kit.settings.site_address)
    scripts = [_script(site, name) for name in SCRIPTS]
    done = draw.environment.get_template("alone.html.j2").render(
        title=page.title,
        language=site.words.language,
        name=name_of(workshop),
        policy=_policy(scripts),
        style=Markdown(_style(site, body, fonts or {})),
        body=Markdown(body),
        scripts=[Markdown(script) for script in scripts],
    )
    return (done.strip() + "\n").encode()


def with_links(text: str, path: str, site_address: str | None) -> str:
    """HTML of the page at `path` (of its Markdown) whose links lead into the page, to the site, or elsewhere; others become plain text."""
    links = _Links(path, site_address)
    links.feed(text)
    links.close()
    return "".join(links.parts)


class _Links(HTMLParser):
    """Writes down what it reads, with other links."""

    def __init__(self, path: str, site_address: str | None) -> None:
        super().__init__(convert_charrefs=False)
        self.folder, self.site = dirname(path), site_address
        self.parts: list[str] = []
        self.dead = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        href = dict(attrs).get("href")
        if tag == "a" and href is not None:
            address = self._address(href)
            self.dead = address is None
            kept = [(name, address if name == "href" else value) for name, value in attrs]
            shown = "".join(f' {name}="{html.escape(value or "")}"' for name, value in kept)
            written = "" if self.dead else f"<a{shown}>"
        self.parts.append(written)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.dead:
            self.dead = False
        else:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Leave it out."""

    def _address(self, href: str) -> str | None:
        if href.startswith(("#", "?")) or re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
            return href
        if self.site is None:
            return None
        path, sign, part = href.partition("#")
        target = normpath(join(self.folder, path))
        target = re.sub(r"(^|/)index\.md$", r"\1", target) if target.endswith(".md") else target
        return f"{self.site.rstrip('/')}/{re.sub(r'[.]md$', '.html', target)}{sign}{part}"


def _mark(sessions: Iterable[Session], dates: Sequence[str]) -> str:
    """Changes with the agenda and its days."""
    agenda = [
        [
            session.id,
            session.start,
            [[block.id, getattr(block, "minutes", None), block.start] for block in session.agenda],
        ]
        for session in sessions
    ]
    return hashlib.sha256(json.dumps([agenda, list(dates)]).encode()).hexdigest()[:8]


def _script(site: Site, name: str) -> str:
    """A script for a page's own element, which nothing in it may end."""
    text: str = rjsmin.jsmin((site.templates / "assets" / "js" / f"{name}.js").read_text(encoding="utf-8"))
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ToolError(f"templates/assets/js/{name}.js holds `</script` or `<!--`, which would end its element")
    return text


def _policy(scripts: Sequence[str]) -> str:
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(f"'sha256-{found}'" for found in hashes),
        "style-src": "'unsafe-inline'",
        "font-src": "data:",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _style(site: Site, body: str, fonts: Mapping[str, bytes]) -> str:
    """Colours, the look of all pages and that of this one, with the fonts that it needs; dark where the device asks for it."""
    folder = site.templates / "assets"
    files = {ROOT + quote(name): data for name, data in fonts.items()}
    own = {name for name in ("text", "voice") if getattr(site.kit.settings.fonts, name)}
    italics = re.search(r"<(em|i|cite)\b", body)
    for name, family in (("text", "kit-sans"), ("voice", "kit-serif")):
        # Titles of breaks are in italics; the voice has them only where an author stressed a word.
        wanted = [family, f"{family}-italic"] if name == "text" or italics else [family]
        for file in wanted if name not in own else []:
            files[f"../fonts/{file}.woff2"] = (folder / "fonts" / f"{file}.woff2").read_bytes()
    sheets = [(folder / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES]
    text, found = DARK.subn("@media screen and (prefers-color-scheme: dark) {", "".join(sheets))
    if found != 1:
        raise ToolError(
            "templates/assets/css/kit.css has not one `@media screen` with the dark colours, but another number"
        )
    text = style(site.kit.settings, fonts) + text
    return FACE.sub(lambda face: _face(face, files), re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


def _face(face: re.Match[str], files: Mapping[str, bytes]) -> str:
    """A font face whose file stands in it; nothing where the file is not wanted."""
    name = face[1]
    if name not in files:
        return ""
    data = base64.b64encode(files[name]).decode()
    return face[0].replace(name, f"data:{TYPES[name.rpartition('.')[2]]};base64,{data}", 1)
