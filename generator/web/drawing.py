"""A template and values become a page.

In: a site, the name of a template of `templates/pages/`, and what it shows. Out: a `Page`. Whatever a template prints is escaped unless
it is `Markdown` already, and a name that is missing fails. Data for scripts stands in the page as JSON, which cannot end its element.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import dirname
from typing import Any

import jinja2

from generator.content.model import Assessment, Deck, Item
from generator.content.prose import Prose
from generator.errors import ToolError
from generator.lengths import versions_of
from generator.links import Source, Use, address, ideas_of
from generator.programme import cited_as, minutes_in, name_of
from generator.templates import SHIPPED
from generator.timing.schedule import clock_text, minutes_of, range_of
from generator.web import markdown
from generator.web.assets import SCRIPTS
from generator.web.compiled import OWN_ONES, SHIPPED_ONES
from generator.web.markdown import Markdown
from generator.web.phrases import Phrases, depths_of
from generator.web.site import SHOWN, Audience, Page, Site

# Without a table of contents: of an article it would list each idea by its paragraph alone.
WIDE = ("home", "index-", "run", "articles")
ASIDE = "data.js"
LONGEST = 100_000  # signs of data that may stand in a page
PRINTED = (Markdown, int, jinja2.Undefined)  # as they are
EXERCISE = re.compile(r"(exercises/[a-z0-9-]+/)(?=#|$)")


class _Context(jinja2.runtime.Context):
    """Jinja's, which calls a macro or a function without looking for the marks of functions that want to know the context: we have none."""

    def call(self, obj: Any, /, *args: Any, **values: Any) -> Any:
        """What a function gives. A macro is told whether what it prints is escaped."""
        values.pop("_loop_vars", None)
        values.pop("_block_vars", None)
        return obj(self.eval_ctx, *args, **values) if isinstance(obj, jinja2.runtime.Macro) else obj(*args, **values)


class _Environment(jinja2.Environment):
    """Jinja's, in which what a macro puts together is `Markdown`: all its parts were escaped when they were printed."""

    context_class = _Context

    @staticmethod
    def concat(parts: Iterable[str]) -> Markdown:
        return Markdown("".join(parts))


def _environment(site: Site) -> jinja2.Environment:
    environment = _Environment(
        loader=jinja2.FileSystemLoader(site.templates / "pages"),
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        finalize=_safe,
        bytecode_cache=SHIPPED_ONES if site.templates == SHIPPED else OWN_ONES,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    phrases = Phrases(site.words)
    environment.globals.update(
        site=site, kit=site.kit, links=site.links, w=site.words, kinds=SHOWN, prints=site.prints, ideas_of=ideas_of, name_of=name_of,
        minutes_of=minutes_of, range_of=range_of, minutes_in=lambda workshop: minutes_in(site.kit, workshop),
        days_of=site.days, duration=phrases.duration, people_of=phrases.people,
        groups_of=phrases.groups, formats_of=phrases.formats, facts_of=phrases.facts, depths_of=depths_of, items_of=site.items,
        count_of=site.count, lengths_of=lambda workshop: versions_of(site.kit, workshop), about_of=site.about,
    )  # fmt: skip
    environment.filters.update(attr=markdown.attribute, clock=clock_text, plain=Prose.plain)
    return environment


def _safe(value: Any) -> Any:
    """What a template prints: `Markdown` and numbers as they are, all other text escaped; anything else is a template's mistake."""
    if isinstance(value, PRINTED):
        return value
    if isinstance(value, str):
        return markdown.escape(value)
    raise ToolError(
        f"a template prints a {type(value).__name__}: print `prose(...)` or `line(...)` of it, or test it first"
    )


def way(path: str, folder: str) -> str:
    """The relative path to a file from a folder; both are given from the site's root, and have no dots in them."""
    to, here = [name for name in path.split("/") if name], [name for name in folder.split("/") if name]
    shared = 0
    for one, other in zip(to, here, strict=False):
        if one != other:
            break
        shared += 1
    return "/".join([".."] * (len(here) - shared) + to[shared:]) or "."


class Names:
    """What a template can call on one page; links are relative to the page."""

    def __init__(self, site: Site, path: str, audience: Audience = "everyone") -> None:
        self.site, self.folder = site, dirname(path)
        self.aside = ""
        # A page for participants leads to pages for participants; every other leads to an exercise's recipe, where the site has one.
        self.to_recipes = site.for_facilitators and audience != "participants"

    def to(self, target: str) -> Markdown:
        """A relative link to a file or a page of the site, given from the site's root, as `exercises/silo-walk/#step-1`."""
        path, _, part = target.partition("#")
        path = path + "index.md" if not path or path.endswith("/") else self.site.assets.get(path, path)
        return Markdown(way(path, self.folder) + (f"#{part}" if part else ""))

    def lead(self, target: str) -> Markdown:
        """The same to an item's page; of an exercise to the page that is meant for readers of this one."""
        return self.to(EXERCISE.sub(r"\1facilitator/", target) if self.to_recipes else target)

    def prose(self, prose: Prose) -> Markdown:
        """Prose as blocks."""
        return markdown.blocks(prose, self.from_prose)

    def line(self, prose: Prose) -> Markdown:
        """Prose as one run of words."""
        return markdown.inline(prose, self.from_prose)

    def first(self, prose: Prose) -> Markdown:
        """The first block of some prose as one run of words."""
        return markdown.inline(Prose(prose.source, prose.blocks[:1]), self.from_prose)

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

    def from_prose(self, to: str) -> str:
        """Where a link in an author's prose leads: an address, or an item by kind and id."""
        return to if ":" in to else self.lead(to + "/")

    def script(self, *names: str) -> Markdown:
        """Scripts of `templates/assets/js/`, after the one that all of them use."""
        tags = (f'<script defer src="{self.to(f"{SCRIPTS}{name}.js")}"></script>' for name in ("kit", *names))
        return Markdown("\n".join(tags))

    def data(self, values: Mapping[str, Any], grows: bool = False) -> Markdown:
        """What the scripts of this page read, with the kit's id, the way to the site's root, and the words for notes on a device.

        What `grows` with the kit stands in a script beside the page once it is long; the page is shown before that.
        """
        settings = self.site.kit.settings
        root = way("", self.folder)
        found = {
            "kit": settings.id,
            "name": settings.name,
            "root": root,
            "comma": self.site.words("lists.comma"),
            "device": self.site.words.tree["device"],
            **values,
        }
        text = _json(found)
        if not grows or len(text) <= LONGEST:
            return Markdown(f'<script type="application/json" id="kit-data">{text}</script>')
        self.aside = f"workshopData={text}\n"
        return Markdown(f'<script defer src="{ASIDE}"></script>')

    def _link(self, name: str, target: str) -> Markdown:
        return Markdown(f"[{markdown.escape(name)}]({self.lead(target)})")

    def all(self) -> dict[str, Any]:
        """The names by which templates call them."""
        names = ("to", "lead", "prose", "line", "first", "link", "cite", "used", "script", "data")
        return {name: getattr(self, name) for name in names}


def _json(values: Mapping[str, Any]) -> str:
    """JSON on one line, in which no sign could end the element that it stands in, or mean anything to Markdown's parser."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"[<>&\u2028\u2029]", lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _number(item: Item, part: str) -> list[str]:
    """The number of a prompt in its deck or of a statement in its assessment, if `part` is one."""
    parts: list[str] = []
    if isinstance(item, Deck):
        parts = [prompt.id for prompt in item.prompts]
    elif isinstance(item, Assessment):
        parts = [statement.id for dimension in item.dimensions for statement in dimension.statements]
    return [str(parts.index(part) + 1)] if part in parts else []


class Drawer:
    """Draws the pages of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.environment = _environment(site)

    def page(
        self,
        template: str,
        path: str,
        title: str,
        *,
        label: str = "",
        about: str = "",
        audience: Audience = "everyone",
        found: bool = True,
        **values: Any,
    ) -> Page:
        """One page from one template; `about` is for search engines, and the site's own search finds it if it is to be `found`.

        Raises `ToolError` with the template's file and line.
        """
        names = Names(self.site, path, audience)
        try:
            body = self.environment.get_template(template).render(
                title=title, path=path, audience=audience, **names.all(), **values
            )
        except jinja2.TemplateNotFound as error:
            raise ToolError(f"the template templates/pages/{error.name} is missing") from error
        except (jinja2.TemplateError, ToolError) as error:
            raise ToolError(f"templates/pages/{_where(error, template)}: {error}") from error
        head = "---\n" + (
            f'title: "{_front(title, False)}"\n' if path != "index.md" or title != self.site.kit.settings.name else ""
        )
        head += f'description: "{_front(about, True)}"\n' if about else ""
        head += "" if found else "search:\n  exclude: true\n"
        head += ("hide: [toc]\n" if template.startswith(WIDE) else "") + "---\n\n"
        text = head + re.sub(r"\n\n\n+", "\n\n", body).strip() + "\n"
        beside = {f"{dirname(path)}/{ASIDE}": names.aside.encode()} if names.aside else {}
        return Page(path, title, text, label, beside)


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


def _front(text: str, in_attribute: bool) -> str:
    """Text for the front matter, HTML-escaped, since the theme prints it as it is: a description in an attribute. The search reads titles
    and would not find a word with `&quot;` before it."""
    return html.escape(" ".join(text.split()), quote=in_attribute).replace("\\", "\\\\").replace('"', '\\"')
