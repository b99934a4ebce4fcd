"""A kit becomes pages of Markdown.

In: a kit, its links and its fixed words. Out: `Page`s, each with its path, title and text. Which pages there are, and what each shows, is
decided here; templates place it.
"""

import html
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import dirname
from typing import Any

from generator.content.free import FRONT_MATTER, without_links
from generator.content.model import WHOLE_KIT, Assessment, Exercise, Item, Version, Workshop
from generator.content.prose import Prose
from generator.lengths import differences
from generator.links import ITEM_LINK
from generator.programme import by_way_of_getting, exercises_in, name_of, needs, pitfalls_in, sources_in
from generator.web import assess, notes
from generator.web.drawing import Drawer, Names
from generator.web.find import finder
from generator.web.lists import MOST, parts
from generator.web.markdown import Markdown, escape
from generator.web.plan import plan_page
from generator.web.prints import offers, on_request
from generator.web.run import run_of_show
from generator.web.site import SHOWN, Page, Site

STARTS = 12  # workshops on the home page
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
# MkDocs takes a first line such as `Note: bring pens` for a setting, and the theme prints settings as they are; not after an empty line.
LIKE_META = re.compile(r" {0,3}[A-Za-z0-9_-]+:")
HEADING = re.compile(r"^# +(.+?)(?: +#+)? *$", re.MULTILINE)


def render(site: Site) -> list[Page]:
    """Every page of the site: home, then each kind's index and items, with the print room after the workshops, then the free pages."""
    draw = Drawer(site)
    pages = [_home(site, draw)]
    for kind in SHOWN:
        items = site.items(kind)
        if items:
            pages += _list(site, draw, kind, items)
            for at, item in enumerate(items):
                around = {
                    "previous": items[at - 1] if at else None,
                    "next": items[at + 1] if at + 1 < len(items) else None,
                }
                pages += _item(site, draw, item, around)
        if kind == "workshops":
            for item in (one for one in site.workshops() if isinstance(one, Version)):
                pages += _item(site, draw, item, {"previous": None, "next": None})
        if kind == "workshops" and site.prints:
            pages += _print_room(site, draw)
        if kind == "workshops":
            pages += notes.pages(site, draw)
    return pages + list(_free_pages(site))


def _list(site: Site, draw: Drawer, kind: str, items: list[Item]) -> Iterator[Page]:
    """The pages that list the items of a kind; the finder stands on the first of them, and finds those of all."""
    name, about = site.words(f"kinds.{kind}.many"), site.about(kind)
    values = finder(site, kind, items[MOST:])
    for part in parts(kind, items):
        first = part.number == 1
        title = name if first else site.words("nav.page", title=name, n=part.number)
        path, label = f"{part.address}index.md", name if first else ""
        shown: dict[str, Any] = {"items": part.items, "part": part, **values}
        yield draw.page(f"index-{kind}.md.j2", path, title, label=label, about=about, found=first, **shown)


def _home(site: Site, draw: Drawer) -> Page:
    """The home page: the author's text and what the kit holds. A heading in that text takes the place of the kit's name."""
    settings = site.kit.settings
    text = FRONT_MATTER.sub("", site.free.get("index.md", "")).lstrip()
    heading = HEADING.match(text)
    title = _heading_text(heading[1]) if heading else settings.name
    body = Markdown(_free_text(site, "index.md", text[heading.end() :] if heading else text))
    if "index.md" in site.hidden:
        body = escape(site.words("site.home.welcome"))
    about = settings.description or ""
    values: dict[str, Any] = {"text": body, "starts": site.items("workshops")[:STARTS]}
    return draw.page("home.md.j2", "index.md", title, label=site.words("nav.home"), about=about, **values)


def _free_text(site: Site, path: str, text: str) -> str:
    """A free page's Markdown, with links to items by kind and id led to their pages, and without those to pages that are left out."""
    names = Names(site, path)
    shown = without_links(text, path, site.absent) if site.absent else text
    return ITEM_LINK.sub(lambda match: f"]({names.from_prose(match[1])})", shown)


def _heading_text(heading: str) -> str:
    """The words of a heading of the author's own, without its marks."""
    return re.sub(r"[*_`]|\s*\{[^}]*\}$", "", heading).strip()


def _free_pages(site: Site) -> Iterator[Page]:
    for path, text in site.free.items():
        if path != "index.md":
            heading = HEADING.search(FENCE.sub("", text))
            title = _heading_text(heading[1]) if heading else PurePosixPath(path).stem
            shown = _free_text(site, path, text)
            yield Page(path, title, f"\n{shown}" if LIKE_META.match(shown) else shown, title)


def _item(site: Site, draw: Drawer, item: Item, values: dict[str, Any]) -> Iterator[Page]:
    """An item's page; of a workshop and an exercise also the facilitator's page, where the site has those."""
    path, name = f"{item.kind}/{item.id}/index.md", name_of(item)
    values = {**values, "item": item, "sources": site.links.cited(site.links.ideas_of(item))}
    title = name
    if isinstance(item, Workshop):
        found: dict[str, Any] = {
            "days": site.days(item),
            "needs": by_way_of_getting(needs(site.kit, item)),
            "exercises": exercises_in(site.kit, item),
            "pitfalls": pitfalls_in(site.kit, site.links, item),
            "sources": sources_in(site.kit, site.links, item),
            "prints": offers(print for print in site.prints_of(item.id) if print.edition == "standard"),
            "changed": differences(site.kit, item, site.words) if isinstance(item, Version) else (),
        }
        values |= found
        title = site.words("workshop.facilitator_title", title=name)
    elif isinstance(item, Exercise):
        values["sheet_prints"] = [one for one in site.sheets_of(item.id) if one.edition == "standard"]
    elif isinstance(item, Assessment):
        yield from assess.pages(site, draw, item, _about(item), values)
        return
    else:
        yield draw.page(f"{item.kind}.md.j2", path, name, about=_about(item), **values)
        return
    # The search leads to one page of an item: to the recipe where there is one, to the programme of a workshop as it is written.
    found_here = not ((site.for_facilitators and isinstance(item, Exercise)) or isinstance(item, Version))
    listed = isinstance(item, Workshop) and not isinstance(item, Version) and site.menu_has_workshops
    about = _about(item)
    places = notes.Places(site.words)
    yield draw.page(
        f"{item.kind}.md.j2",
        path,
        name,
        label=name if listed else "",
        about=about,
        audience="participants",
        found=found_here,
        places=places,
        **values,
    )
    if site.for_facilitators:
        yield draw.page(
            f"facilitator-{item.kind}.md.j2",
            f"{item.kind}/{item.id}/facilitator/index.md",
            title,
            audience="facilitators",
            found=isinstance(item, Exercise),
            **values,
        )
        if isinstance(item, Workshop):
            yield run_of_show(site, draw, item)
            if not isinstance(item, Version):
                yield plan_page(site, draw, item)


def _print_room(site: Site, draw: Drawer) -> Iterator[Page]:
    """The print room: a page for the documents of the whole kit, and one for those of each workshop."""
    title, about = site.words("site.prints.title"), site.words("site.prints.about")
    workshops = [item for item in site.workshops() if site.prints_of(item.id)]
    values = _printed(site, WHOLE_KIT) | {"workshops": workshops}
    yield draw.page("print-room.md.j2", "print/index.md", title, label=title, about=about, **values)
    for item in workshops:
        title = site.words("site.prints.title_of", title=name_of(item))
        path = f"print/{item.id}/index.md"
        values = _printed(site, item.id)
        yield draw.page("print-workshop.md.j2", path, title, about=about, found=False, item=item, **values)


def _printed(site: Site, workshop: str) -> dict[str, Any]:
    """The documents of a workshop or of the whole kit: `sheets` are those of one exercise each."""
    found = offers(site.prints_of(workshop))
    sheets = [offer for offer in found if offer.print.exercise]
    return {
        "offers": [offer for offer in found if not offer.print.exercise],
        "sheets": sheets,
        "listed": MOST,
        "requests": on_request(found) if site.for_facilitators else [],
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
