"""A saved web page: what stands between the page's own furniture becomes paragraphs.

Nothing is fetched: pictures, styles, scripts and entities of others are passed over. The page is made plain first, so that broken and
malicious markup takes no longer to read than any other; then its tree is walked without recursion, however deep it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from generator.draft.article import Article, Paragraph, made, one_line, within_bounds
from generator.draft.plain import decoded
from generator.errors import ToolError

FURNITURE = frozenset((
    "script", "style", "nav", "aside", "footer", "header", "form", "noscript", "template", "svg", "math", "iframe",
    "object", "button", "select", "textarea", "figure", "head", "dialog",
))  # fmt: skip
BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "body", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd",
    "blockquote", "pre", "table", "tr", "td", "th", "hr", "figcaption", "address", "details", "summary",
))  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
TAG_NAME = re.compile(r"/?[a-zA-Z]")
LONGEST_TAG = 10_000
CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([\w-]{2,20})", re.IGNORECASE)
MOST_TAGS = 40_000


@dataclass
class Gathered:
    """Paragraphs that are done, and the text and the look of the one that is being read."""

    done: list[Paragraph] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)
    plain: bool = False  # some of it is not bold
    heading: bool = False
    listed: bool = False
    breaks: int = 0

    def end(self) -> None:
        """The paragraph ends here."""
        if text := one_line("".join(self.parts)):
            bold = one_line("".join(self.bold))
            self.done.append(Paragraph(text, self.heading, self.listed, bold if text.startswith(bold) else ""))
            self.listed = False
        self.parts, self.bold, self.plain, self.breaks = [], [], False, 0

    def take(self, text: str, is_bold: bool) -> None:
        """More text of this paragraph."""
        if text.strip():
            self.plain = self.plain or not is_bold
            if not self.plain:
                self.bold.append(text)
            self.breaks = 0
        self.parts.append(text)


def read(data: bytes) -> Article:
    """Read an HTML file. Raises `ToolError`."""
    text, notes = _decoded(data)
    soup = BeautifulSoup(_plain(text), "html.parser")
    gathered = Gathered()
    _walk(_body(soup), gathered)
    return Article(made(gathered.done), "sure", _title(soup), _author(soup), _date(soup), notes)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text in the encoding that the page names, where it is not UTF-8."""
    named = CHARSET.search(data[:4096])
    name = named[1].decode().lower() if named else ""
    if name in ("iso-8859-1", "windows-1252", "latin1", "iso-8859-15"):
        return decoded(data.decode("cp1252", "replace").encode("utf-8"))
    return decoded(data)


def _plain(text: str) -> str:
    """The same page without comments, declarations, scripts and styles, and with every `<` that opens no tag as text."""
    kept: list[str] = []
    at, tags, signs = 0, 0, 0
    while (start := text.find("<", at)) >= 0:
        kept.append(text[at:start])
        signs += start - at + 4
        within_bounds(signs // 2, 0)
        if text.startswith("<!--", start):
            end = text.find("-->", start)
            at = end + 3 if end >= 0 else len(text)
        elif text.startswith(("<!", "<?"), start):
            end = text.find(">", start)
            at = end + 1 if end >= 0 else len(text)
        elif (end := _end_of_tag(text, start)) >= 0:
            at, tag = end + 1, text[start : end + 1]
            if len(tag) < LONGEST_TAG:  # pictures that stand in the page itself are longer
                tags += 1
                kept.append(tag)
            hidden = next((name for name in ("script", "style") if tag[1:8].lower().startswith(name)), "")
            if hidden:
                at = _after(text, at, f"</{hidden}")
        else:
            kept.append("&lt;")
            at = start + 1
    kept.append(text[at:])
    if tags > MOST_TAGS:
        raise ToolError(f"this page has {tags:,} tags, too many for an article; copy its text into a text file")
    within_bounds((signs + len(text) - at) // 2, 0)
    return "".join(kept)


def _end_of_tag(text: str, start: int) -> int:
    """Where the tag that seems to open at `start` ends, or -1 when there is none."""
    if not TAG_NAME.match(text, start + 1):
        return -1
    following = text.find("<", start + 1)
    return text.find(">", start, following if following >= 0 else len(text))


def _after(text: str, at: int, closing: str) -> int:
    """Where a closing tag begins at or after `at`; the end of the text when there is none."""
    found = re.compile(re.escape(closing), re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)


def _body(soup: BeautifulSoup) -> Tag:
    """The part of the page that holds the article: of the elements `article` the one with most text, else `main`, else all."""
    articles = soup.find_all("article", limit=50)
    if articles:
        sizes = [sum(len(text) for text in tag.strings) for tag in articles]
        return articles[sizes.index(max(sizes))]
    for found in (soup.find("main"), soup.find(None, attrs={"role": "main"}), soup.find("body")):
        if isinstance(found, Tag):
            return found
    return soup


def _walk(root: Tag, gathered: Gathered) -> None:
    """Go through a tree in the order of reading; the stack holds the open elements, and how many of them are in bold type."""
    stack: list[tuple[Tag, Iterator[object], bool]] = [(root, iter(root.contents), False)]
    while stack:
        tag, inner, bold = stack[-1]
        node = next(inner, None)
        if node is None:
            stack.pop()
            if tag.name in BLOCKS:
                gathered.end()
                gathered.heading = False
        elif isinstance(node, Tag):
            if node.name == "br":
                gathered.breaks += 1
                gathered.parts.append("\n")
                if gathered.breaks == 2:
                    gathered.end()
            elif node.name not in FURNITURE and node.get("hidden") is None:
                if node.name in BLOCKS:
                    gathered.end()
                    gathered.heading = node.name in HEADINGS
                    gathered.listed = node.name == "li" or (gathered.listed and node.name in ("p", "div"))
                stack.append((node, iter(node.contents), bold or node.name in ("b", "strong")))
        elif type(node) is NavigableString:
            gathered.take(str(node), bold)
    gathered.end()
    within_bounds(0, len(gathered.done))


def _title(soup: BeautifulSoup) -> str:
    return _meta(soup, "og:title", "citation_title", "dc.title") or _words(soup, "h1") or _words(soup, "title")


def _author(soup: BeautifulSoup) -> str:
    named = _meta(soup, "author", "citation_author", "dc.creator") or _meta(soup, "article:author")
    if not named or named.startswith("http"):
        found = soup.find(None, attrs={"rel": "author"}) or soup.find(None, attrs={"itemprop": "author"})
        named = one_line(found.get_text())[:200] if isinstance(found, Tag) else ""
    return named


def _date(soup: BeautifulSoup) -> str:
    named = _meta(soup, "article:published_time", "date", "citation_publication_date", "dc.date", "datepublished")
    found = soup.find("time", attrs={"datetime": True})
    return named or (str(found.get("datetime")) if isinstance(found, Tag) else "")


def _meta(soup: BeautifulSoup, *names: str) -> str:
    """The content of the first `meta` of one of these names."""
    for tag in soup.find_all("meta", limit=500):
        if isinstance(tag, Tag):
            name = str(tag.get("name") or tag.get("property") or tag.get("itemprop") or "").lower()
            if name in names and (content := one_line(str(tag.get("content") or ""))):
                return content[:300]
    return ""


def _words(soup: BeautifulSoup, name: str) -> str:
    found = soup.find(name)
    return one_line(found.get_text())[:300] if isinstance(found, Tag) else ""
