"""Free pages are an author's own Markdown, and still no code.

In: the text of a page. Out: what may not stand in it, with line and column: elements and attributes that run something or fetch something,
links that lead elsewhere than to the web, to a mail address or into the kit, pictures that are not in the kit, and front matter that is
none. What is looked at is the HTML that the page becomes, tag by tag; a tag that is not written out fully is refused, so that no browser
can read it in another way.
"""

import html
import re
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

import markdown
import yaml

from generator.content.prose import MAIL, NESTED, is_web_address, snarled
from generator.content.source import Source, parse
from generator.errors import Place, Problem, did_you_mean

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# What the fields of a page are, and how to write them.
FIELDS: dict[str, tuple[tuple[type, ...], str, str]] = {
    "title": ((str,), "text", "put quotes around it"),
    "description": ((str,), "text", "put quotes around it"),
    "hide": ((list, str, type(None)), "a list", "write `hide: [toc]`"),
    "search": ((dict, type(None)), "a group of fields", "write `search: {exclude: true}`"),
}
KEYS = ("for", *FIELDS)
LONGEST = 100_000  # characters of a page
MOST_FAULTS = 20
# Those of mkdocs.yml, with those that MkDocs has always.
EXTENSIONS = (
    "toc", "tables", "fenced_code", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists",
)  # fmt: skip
ELEMENTS = frozenset(
    [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "table",
        "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup", "col", "em", "strong", "b", "i", "u", "s", "del",
        "ins", "mark", "small", "sub", "sup", "kbd", "abbr", "q", "cite", "dfn", "samp", "var", "time", "br", "hr", "wbr",
        "span", "div", "section", "article", "aside", "header", "footer", "nav", "figure", "figcaption", "details",
        "summary", "a", "img", "address", "ruby", "rt", "rp", "bdi", "bdo", "center",
    ]
)  # fmt: skip
ATTRIBUTES = frozenset(
    [
        "id", "class", "title", "lang", "dir", "alt", "width", "height", "colspan", "rowspan", "scope", "align", "valign",
        "start", "reversed", "type", "open", "role", "href", "src", "loading", "cite", "datetime", "name", "rel", "headers",
        "span", "value", "markdown",
    ]
)  # fmt: skip
# Elements that people know, and that cannot stand here; any other word between `<` and `>` is rather meant as text.
HTML = frozenset(
    [
        "script", "style", "iframe", "object", "embed", "form", "input", "button", "select", "textarea", "video", "audio", "svg", "math",
        "link", "meta", "base", "html", "head", "body", "font",
    ]
)  # fmt: skip
CLASSED = re.compile(r"aria-[a-z]+\Z")
ALIGNED = re.compile(r"text-align: ?(left|right|center);?\Z")
OURS = re.compile(r"(__|kit-)", re.IGNORECASE)  # ids by which scripts find their data
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
ATTRIBUTE = re.compile(r"""[ \t\n]+([A-Za-z_:][A-Za-z0-9_:.-]*)(?:[ \t]*=[ \t]*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
CLOSE = re.compile(r"[ \t\n]*/?>")
REMARK = re.compile(
    r"<!--(?!-?>)(?:(?!--!?>).)*-->", re.DOTALL
)  # as browsers end it, so that a passage can be taken out for now
HARMLESS = re.compile(r"<(?![A-Za-z/!?])")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\ufeff]")

WRITE = "write it as Markdown, or leave it out"
LINK = "link to https://..., to mailto:..., to a page as in handbook/room.md, or to an item as in exercises/waiting-room-sort"


def markup_faults(name: str, source: Source, known: frozenset[str]) -> list[Problem]:
    """What may not stand in a page; `name` is its path below `content/`, `known` the paths of all pages and files."""
    return _Page(name, source, known).faults


def _as_mkdocs_reads(text: str) -> dict[str, Any]:
    """Front matter in YAML 1.1, for which `no` and `1:30` are no texts; nothing where a value cannot be, as the date 2026-13-01."""
    try:
        found = yaml.safe_load(text)
    except (ValueError, yaml.YAMLError):
        found = None
    return found if isinstance(found, dict) else {}


class _Page:
    def __init__(self, name: str, source: Source, known: frozenset[str]) -> None:
        self.name, self.source, self.known = name, source, known
        self.faults: list[Problem] = []
        self.low = [line.lower() for line in source.lines]
        self.found: dict[str, tuple[int, int]] = {}
        text = "\n".join(source.lines)
        head = FRONT_MATTER.match(text)
        self.skipped = head[0].count("\n") if head else 0
        if head:
            self.front_matter(head[1])
        self.body(text[head.end() :] if head else text)

    def front_matter(self, text: str) -> None:
        """Fields above the page, by which the theme is told something. It prints them as they are."""
        head = parse(self.source.file, text.encode())
        self.faults += [self.lower(problem) for problem in head.problems]
        if head.problems or head.value is None:
            return
        if not isinstance(head.value, dict):
            place = self.source.at(2, 1, len(self.source.lines[1]))
            self.add("wrong-type", "between the two `---` stand fields", "write them as `title: ...`", place)
            return
        seen = _as_mkdocs_reads(text)
        for key, value in head.value.items():
            line, column, length = head.keys[(key,)]
            place = self.source.at(line + 1, column, length)
            if key not in KEYS:
                help = did_you_mean(key, KEYS) or f"a page may have: {', '.join(KEYS)}"
                self.add("unknown-field", f"unknown field `{key[:60]}` of a page", help, place)
            elif re.search(r'[<>"{}]', value if isinstance(value, str) else ""):
                message = f'`{key}` of a page is plain text, without `<`, `>`, `"` and braces'
                self.add("unsafe-markup", message, "leave the sign out, or write a word for it", place)
            elif key in FIELDS:
                types, what, help = FIELDS[key]
                if not isinstance(value, types) or value != seen.get(key):
                    self.add("wrong-type", f"`{key}` of a page is {what}", help, place)

    def lower(self, problem: Problem) -> Problem:
        """A problem of the front matter, whose first line is the second of the file."""
        place = self.source.at(problem.place.line + 1, problem.place.column, problem.place.length)
        also = problem.also and self.source.at(problem.also.line + 1, problem.also.column, problem.also.length)
        return Problem(problem.code, problem.message, place, problem.label, problem.help, also=also)

    def body(self, text: str) -> None:
        tangled = snarled(text, LONGEST)
        if tangled:
            self.add("prose", tangled.message, tangled.help, self.source.at(tangled.line + self.skipped))
            return
        try:
            shown = markdown.Markdown(extensions=list(EXTENSIONS)).convert(text)
        except RecursionError:
            self.add("prose", f"{NESTED} cannot stand here", "make it flatter", self.source.at(1))
            return
        at = shown.find("<")
        while at >= 0 and len(self.faults) < MOST_FAULTS:
            at = shown.find("<", self.tag(shown, at))

    def tag(self, shown: str, at: int) -> int:
        """Look at what begins with `<`, and give where it ends."""
        remark = REMARK.match(shown, at) or HARMLESS.match(shown, at)
        if remark:
            return remark.end()
        tag = TAG.match(shown, at)
        if not tag:
            what = shown[at : at + 20].split("\n")[0]
            self.refuse(
                f"`{what}` cannot stand in a page",
                "a remark is written `<!-- ... -->`; a plain `<` is written `&lt;`",
                what,
            )
            return at + 1
        name, end = tag[1].lower(), tag.end()
        values: dict[str, str] = {}
        while found := ATTRIBUTE.match(shown, end):
            values.setdefault(found[1].lower(), html.unescape((found[2] or "").strip("\"'")))
            end = found.end()
        close = CLOSE.match(shown, end)
        if not close:
            what = f"<{tag[1]}"
            self.refuse(f"the tag `{what}` is not written out as HTML", f"{WRITE}; a plain `<` is written `&lt;`", what)
            return end
        if shown.startswith("</", at):
            return close.end()
        if name not in ELEMENTS:
            help = WRITE if name in HTML else f"{WRITE}; a plain `<` is written `&lt;`"
            self.refuse(f"`<{tag[1][:40]}>` cannot stand in a page", help, f"<{tag[1]}")
        for attribute, value in values.items():
            self.attribute(name, attribute, value)
        return close.end()

    def attribute(self, tag: str, name: str, value: str) -> None:
        if (name == "style" and ALIGNED.match(value.strip())) or (
            name == "target" and tag == "a" and value == "_blank"
        ):
            return
        if name not in ATTRIBUTES and not CLASSED.match(name):
            self.refuse(f"the attribute `{name[:40]}` cannot stand in a page", "leave it out", name, _cut(value))
        elif name in ("id", "name") and OURS.match(value):
            self.refuse(f"the id `{_cut(value)}` is one of the program's own", "choose another", value)
        elif name == "src" or (name in ("href", "cite") and not self.is_link(value)):
            self.address(tag, value)

    def is_link(self, to: str) -> bool:
        """Whether an address leads to the web, to a mail address, or somewhere in the kit."""
        # As browsers read it: what cannot be seen does not count.
        plain = INVISIBLE.sub("", to)
        if is_web_address(plain) or MAIL.match(plain) or plain.startswith("#") or not plain:
            return True
        return not SCHEME.match(plain) and self.inside(plain) is not None

    def inside(self, to: str) -> str | None:
        """The path below `content/` that an address means; None when it leads out of the kit."""
        path = unquote(unquote(re.split("[#?]", to)[0]))
        if "\\" in path or path.startswith("/") or INVISIBLE.search(path.replace(" ", "")):
            return None
        found = normpath(join(dirname(self.name), path)) if path else self.name
        return None if found.startswith("..") else found

    def address(self, tag: str, value: str) -> None:
        if tag != "img":
            self.refuse(f"a link cannot go to `{_cut(value)}`", LINK, value)
            return
        path = None if SCHEME.match(INVISIBLE.sub("", value)) else self.inside(value)
        if path is None:
            help = (
                "put it into content/images/, and write it as in ../images/room.png; nothing is fetched from elsewhere"
            )
            self.refuse(f"the picture `{_cut(value)}` is not in the kit", help, value)
        elif path not in self.known:
            help = did_you_mean(path, [one for one in self.known if one.startswith("images/")][:500])
            self.refuse(
                f"there is no picture `{_cut(path)}`", help or "put it into content/images/", value, code="no-image"
            )

    def refuse(self, message: str, help: str, *near: str, code: str = "unsafe-markup") -> None:
        """Note a fault where the first of some texts stands that is found in the page."""
        place = next((place for text in near if (place := self.where(text))), self.source.at(self.skipped + 1))
        self.add(code, message, help, place)

    def where(self, text: str) -> Place | None:
        """The next place of a text, as it was typed or percent-encoded; each is used once."""
        for form in dict.fromkeys((text, unquote(text), html.escape(text, quote=False))):
            form = form.lower().split("\n")[0]
            line, column = self.found.get(form, (self.skipped, -1))
            for number in range(line, len(self.low) if form else 0):
                column = self.low[number].find(form, column + 1)
                if column >= 0:
                    self.found[form] = (number, column)
                    return self.source.at(number + 1, column + 1, len(form))
        last = self.found.get(
            text.lower()
        )  # every place of it is used: it was written in another way, most likely near the last
        return self.source.at(last[0] + 1, last[1] + 1, len(text)) if last else None

    def add(self, code: str, message: str, help: str, place: Place) -> None:
        self.faults.append(Problem(code, message, place, help=help))


def _cut(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
