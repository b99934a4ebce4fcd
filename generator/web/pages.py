"""A kit becomes pages of Markdown.

In: a kit, its links and its fixed words. Out: `Page`s, each with its path, title and text. Templates place; what they show is
decided here. Whatever a template prints is escaped unless it is `Markdown` already, and a name that is missing fails.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import dirname, relpath
from typing import Any

import jinja2

from generator.content.model import WHOLE_KIT, Assessment, Deck, Item, Kit, Workshop
from generator.content.prose import Prose
from generator.content.words import Words
from generator.errors import ToolError
from generator.links import ITEM_LINK, Links, Source, Use, address, ideas_of
from generator.programme import (
    by_way_of_getting,
    cited_as,
    days,
    exercises_in,
    minutes_in,
    name_of,
    needs,
    pitfalls_in,
    sources_in,
)
from generator.timing.schedule import clock_text, minutes_of, range_of
from generator.web import markdown
from generator.web.markdown import Markdown
from generator.web.phrases import Phrases, depths_of
from generator.web.prints import Print, offers, on_request

WIDE = ("home", "index-")
# In the order in which readers meet them.
SHOWN = ("workshops", "exercises", "pitfalls", "tensions", "prompts", "assessments", "articles")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---(?:\n|\Z)", re.DOTALL)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^# +(.+?)(?: +#+)? *$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page: `path` is its Markdown file, as `exercises/silo-walk/index.md`; `label` what the navigation calls it, if it lists it."""

    path: str
    title: str
    text: str
    label: str = ""


@dataclass(frozen=True)
class Site:
    """All that pages are made from: `free` is the Markdown of the author's own pages by path, `templates` a folder."""

    kit: Kit
    links: Links
    words: Words
    free: Mapping[str, str]
    templates: Path
    prints: tuple[Print, ...] = ()


def render(site: Site) -> list[Page]:
    """Every page of the site: home, then each kind's index and items, with the print room after the workshops, then the free pages."""
    environment = _environment(site)
    pages = [_home(site, environment)]
    for kind in SHOWN:
        items = _items(site.kit, kind)
        if items:
            path, title = f"{kind}/index.md", site.words(f"kinds.{kind}.many")
            about = site.words(f"kinds.{kind}.about")
            pages.append(_page(site, environment, f"index-{kind}.md.j2", path, title, title, about, items=items))
            for at, item in enumerate(items):
                around = {
                    "previous": items[at - 1] if at else None,
                    "next": items[at + 1] if at + 1 < len(items) else None,
                }
                pages += _item(site, environment, item, around)
        if kind == "workshops" and site.prints:
            pages += _print_room(site, environment)
    return pages + list(_free_pages(site))


def _items(kit: Kit, kind: str) -> list[Item]:
    """The items of a kind in the order in which pages list them: by id, and workshops from short to long."""
    items = list(kit.of(kind).values())
    return sorted(items, key=lambda item: minutes_in(kit, item) if isinstance(item, Workshop) else 0)


def _count(kit: Kit, kind: str) -> int:
    """How many there are of a kind; of decks, how many prompts they hold."""
    return sum(len(item.prompts) if isinstance(item, Deck) else 1 for item in kit.of(kind).values())


class _Environment(jinja2.Environment):
    """Jinja's, in which what a macro puts together is `Markdown`: all its parts were escaped when they were printed."""

    @staticmethod
    def concat(parts: Iterable[str]) -> Markdown:
        return Markdown("".join(parts))


def _environment(site: Site) -> jinja2.Environment:
    environment = _Environment(
        loader=jinja2.FileSystemLoader(site.templates / "pages"),
        undefined=jinja2.StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    phrases = Phrases(site.words)
    environment.globals.update(
        kit=site.kit, links=site.links, w=site.words, kinds=SHOWN, prints=site.prints, ideas_of=ideas_of, name_of=name_of,
        minutes_of=minutes_of, range_of=range_of, minutes_in=lambda workshop: minutes_in(site.kit, workshop),
        days_of=lambda workshop: days(site.kit, workshop, site.words), duration=phrases.duration, people_of=phrases.people,
        groups_of=phrases.groups, formats_of=phrases.formats, depths_of=depths_of,
        items_of=lambda kind: _items(site.kit, kind), count_of=lambda kind: _count(site.kit, kind),
    )  # fmt: skip
    environment.filters.update(attr=markdown.attribute, clock=clock_text, plain=Prose.plain)
    return environment


def _safe(value: Any) -> Any:
    """What a template prints: `Markdown` and numbers as they are, all other text escaped; anything else is a template's mistake."""
    if isinstance(value, Markdown | int | jinja2.Undefined):
        return value
    if isinstance(value, str):
        return markdown.escape(value)
    raise ToolError(
        f"a template prints a {type(value).__name__}: print `prose(...)` or `line(...)` of it, or test it first"
    )


class _Names:
    """What a template can call on one page; links are relative to the page."""

    def __init__(self, site: Site, path: str) -> None:
        self.site, self.path = site, path

    def to(self, target: str) -> Markdown:
        """A relative link to a file or a page of the site, given from the site's root, as `exercises/silo-walk/#step-1`."""
        path, _, part = target.partition("#")
        path = path + "index.md" if not path or path.endswith("/") else path
        return Markdown(relpath(path, dirname(self.path) or ".") + (f"#{part}" if part else ""))

    def prose(self, prose: Prose) -> Markdown:
        """Prose as blocks."""
        return markdown.blocks(prose, self._from_prose)

    def line(self, prose: Prose) -> Markdown:
        """Prose as one run of words."""
        return markdown.inline(prose, self._from_prose)

    def first(self, prose: Prose) -> Markdown:
        """The first block of some prose as one run of words."""
        return markdown.inline(Prose(prose.source, prose.blocks[:1]), self._from_prose)

    def link(self, item: Item) -> Markdown:
        """A link to an item, with its name."""
        return self._link(name_of(item), address(item.kind, item.id))

    def cite(self, source: Source) -> Markdown:
        """A link to an idea, as `perfection ¶7`."""
        return self._link(cited_as(source), source.address)

    def used(self, use: Use) -> Markdown:
        """A link to what draws on an idea, with its name; of a prompt or a statement with its number, as `Openers 3`."""
        item = self.site.kit.of(use.kind)[use.id]
        return self._link(" ".join([name_of(item), *_number(item, use.part)]), use.address)

    def _link(self, name: str, target: str) -> Markdown:
        return Markdown(f"[{markdown.escape(name)}]({self.to(target)})")

    def _from_prose(self, to: str) -> str:
        return to if ":" in to else self.to(to + "/")

    def all(self) -> dict[str, Any]:
        """The names by which templates call them."""
        return {name: getattr(self, name) for name in ("to", "prose", "line", "first", "link", "cite", "used")}


def _number(item: Item, part: str) -> list[str]:
    """The number of a prompt in its deck or of a statement in its assessment, if `part` is one."""
    parts: list[str] = []
    if isinstance(item, Deck):
        parts = [prompt.id for prompt in item.prompts]
    elif isinstance(item, Assessment):
        parts = [statement.id for dimension in item.dimensions for statement in dimension.statements]
    return [str(parts.index(part) + 1)] if part in parts else []


def _page(
    site: Site,
    environment: jinja2.Environment,
    template: str,
    path: str,
    title: str,
    label: str,
    description: str,
    **values: Any,
) -> Page:
    """One page from one template. Raises `ToolError` with the template's file and line."""
    try:
        body = environment.get_template(template).render(title=title, path=path, **_Names(site, path).all(), **values)
    except jinja2.TemplateNotFound as error:
        raise ToolError(f"the template templates/pages/{error.name} is missing") from error
    except (jinja2.TemplateError, ToolError) as error:
        raise ToolError(f"templates/pages/{_where(error, template)}: {error}") from error
    head = "---\n" + (f'title: "{_front(title)}"\n' if title != site.kit.settings.name else "")
    head += f'description: "{_front(description)}"\n' if description else ""
    head += ("hide: [toc]\n" if template.startswith(WIDE) else "") + "---\n\n"
    return Page(path, title, head + re.sub(r"\n{3,}", "\n\n", body).strip() + "\n", label)


def _where(error: BaseException, template: str) -> str:
    """`exercises.md.j2:12`: the template and line that an error comes from."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.name or template}:{error.lineno}"
    where, trace = f"{template}:1", error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return where


def _front(text: str) -> str:
    """Text for the front matter, HTML-escaped, since the theme prints titles and descriptions as they are."""
    return html.escape(" ".join(text.split()), quote=True).replace("\\", "\\\\")


def _home(site: Site, environment: jinja2.Environment) -> Page:
    """The home page: the author's text and what the kit holds. A heading in that text takes the place of the kit's name."""
    settings = site.kit.settings
    text = FRONT_MATTER.sub("", site.free.get("index.md", "")).lstrip()
    heading = HEADING.match(text)
    title = _heading_text(heading[1]) if heading else settings.name
    values = {"text": Markdown(_free_text(site, "index.md", text[heading.end() :] if heading else text))}
    return _page(
        site, environment, "home.md.j2", "index.md", title, site.words("nav.home"), settings.description or "", **values
    )


def _free_text(site: Site, path: str, text: str) -> str:
    """A free page's Markdown, with links to items by kind and id led to their pages."""
    names = _Names(site, path)
    return ITEM_LINK.sub(lambda match: f"]({names.to(match[1] + '/')})", text)


def _heading_text(heading: str) -> str:
    """The words of a heading of the author's own, without its marks."""
    return re.sub(r"[*_`]|\s*\{[^}]*\}$", "", heading).strip()


def _free_pages(site: Site) -> Iterator[Page]:
    for path, text in site.free.items():
        if path != "index.md":
            heading = HEADING.search(FENCE.sub("", text))
            title = _heading_text(heading[1]) if heading else PurePosixPath(path).stem
            yield Page(path, title, _free_text(site, path, text), title)


def _item(site: Site, environment: jinja2.Environment, item: Item, values: dict[str, Any]) -> Iterator[Page]:
    """An item's page; for a workshop the facilitator's page as well."""
    path, name = f"{item.kind}/{item.id}/index.md", name_of(item)
    values = {**values, "item": item, "sources": site.links.cited(ideas_of(item))}
    if isinstance(item, Workshop):
        found: dict[str, Any] = {
            "days": days(site.kit, item, site.words),
            "needs": by_way_of_getting(needs(site.kit, item)),
            "exercises": exercises_in(site.kit, item),
            "pitfalls": pitfalls_in(site.kit, site.links, item),
            "sources": sources_in(site.kit, site.links, item),
            "prints": offers(print for print in _of(site, item.id) if print.edition == "standard"),
        }
        values |= found
        title = site.words("workshop.facilitator_title", title=name)
        yield _page(site, environment, "workshops.md.j2", path, name, name, _about(item), **values)
        yield _page(
            site, environment, "facilitator.md.j2", f"workshops/{item.id}/facilitator/index.md", title, "", "", **values
        )
    else:
        sheet = [print for print in site.prints if print.exercise == item.id and print.edition == "standard"]
        yield _page(site, environment, f"{item.kind}.md.j2", path, name, "", _about(item), sheet_prints=sheet, **values)


def _print_room(site: Site, environment: jinja2.Environment) -> Iterator[Page]:
    """The print room: a page for the documents of the whole kit, and one for those of each workshop."""
    title, about = site.words("site.prints.title"), site.words("site.prints.about")
    values = _printed(site, WHOLE_KIT) | {
        "workshops": [item for item in _items(site.kit, "workshops") if _of(site, item.id)]
    }
    yield _page(site, environment, "print-room.md.j2", "print/index.md", title, title, about, **values)
    for item in values["workshops"]:
        title = site.words("site.prints.title_of", title=name_of(item))
        path = f"print/{item.id}/index.md"
        yield _page(
            site, environment, "print-workshop.md.j2", path, title, "", about, item=item, **_printed(site, item.id)
        )


def _of(site: Site, workshop: str) -> list[Print]:
    """What is printed for a workshop, or for the whole kit."""
    return [print for print in site.prints if print.workshop == workshop]


def _printed(site: Site, workshop: str) -> dict[str, Any]:
    """The documents of a workshop or of the whole kit: `sheets` are those of one exercise each."""
    found = offers(_of(site, workshop))
    sheets = [offer for offer in found if offer.print.exercise]
    return {
        "offers": [offer for offer in found if not offer.print.exercise],
        "sheets": sheets,
        "requests": on_request(found),
        "whose": workshop,
    }


def _about(item: Item) -> str:
    """At most 200 characters for search engines: the first prose field that says what an item is about."""
    fields = (getattr(item, name, None) for name in ("promise", "purpose", "sign", "question", "summary", "about"))
    return next((" ".join(prose.plain().split())[:200] for prose in fields if isinstance(prose, Prose)), "")


def navigation(pages: list[Page]) -> list[Any]:
    """MkDocs' `nav`: home, workshops, the other index pages and free pages. A folder of free pages with an `index.md` is a group."""
    shown = [page for page in pages if page.label]
    paths = {page.path for page in shown}
    groups: dict[str, list[Page]] = {}
    for page in shown:
        folder = "workshops" if page.path.startswith("workshops/") else dirname(page.path)
        groups.setdefault(folder if folder and f"{folder}/index.md" in paths else page.path, []).append(page)
    return [_entry(folder, group) for folder, group in groups.items()]


def _entry(folder: str, group: list[Page]) -> dict[str, Any]:
    """One entry of the menu; the pages of a group stand in the order in which its index page links to them."""
    head = next((page for page in group if page.path == f"{folder}/index.md"), group[0])

    def place(page: Page) -> int:
        name = re.escape(PurePosixPath(page.path).name)
        found = re.search(rf"\]\(<?(?:\./)?{name}", head.text)
        return found.start() if found else len(head.text)

    rest = sorted((page for page in group if page is not head), key=place)
    items = [{html.escape(page.label, quote=False): page.path} for page in rest]
    return {html.escape(head.label, quote=False): [head.path, *items] if items else head.path}
