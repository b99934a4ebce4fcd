"""The program: content becomes pages, data and booklets, in memory.

discover, parse, load, check, link and time, render, compile. What becomes of the result is the doors' business: `plugin.py` gives it to
MkDocs, `web/plain.py` writes it to a folder, and `publish.py` exchanges the finished site for the old one.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from generator.audience import for_participants
from generator.content.find import with_text
from generator.content.load import Loaded
from generator.content.model import Kit
from generator.content.words import Words
from generator.errors import KitError, Place, Problem
from generator.paper.documents import Document, Wanted, documents
from generator.paper.families import FOR_PARTICIPANTS, ON_THE_SITE
from generator.paper.kept import Kept
from generator.paper.order import counted, orders
from generator.paper.press import Printed, print_all
from generator.paper.typesetter import Fault
from generator.reading import Means, amount, means_of, read, summary
from generator.web.assets import Assets, assets, named_by_content
from generator.web.data import kit_data
from generator.web.missing import missing
from generator.web.pages import navigation, render
from generator.web.prints import Print
from generator.web.site import Audience, Page, Site
from generator.web.style import font_files

LONG_TITLE = 150  # characters; a box that is full may be so because of it


class Progress(Protocol):
    """Somebody who is told how the work goes."""

    def did(self, text: str) -> None:
        """A part is done."""

    def doing(self, text: str) -> None:
        """What is going on at the moment; the next word takes its place."""


# What prints the documents that are wanted of a kit: `prints`, or who puts it off until somebody asks (then they have no pages yet).
Printing = Callable[[Means, Wanted, Progress, Kept], tuple[list[Printed], list[Problem]]]


@dataclass(frozen=True)
class Built:
    """All that a site is made of: Markdown pages, their navigation, and other files by their path from the site's root, as bytes or as a
    file to copy; `missing` is what the page for missing addresses says, `assets` the path under which each file of `assets/kit/` is
    published."""

    kit: Kit
    problems: tuple[Problem, ...]
    pages: tuple[Page, ...]
    navigation: list[Any]
    files: dict[str, bytes | Path]
    printed: tuple[Printed, ...]
    missing: dict[str, Any]
    words: Words
    assets: Mapping[str, str]


def build(
    content: Path,
    progress: Progress,
    audience: Audience = "everyone",
    printing: Printing | None = None,
    kept: Kept | None = None,
    for_ever: bool = True,
) -> Built:
    """Make everything, for everyone or for participants alone. What was `kept` of a build before is not printed again.

    With `for_ever` styles, scripts and fonts get names that change with them, so that browsers may keep them.

    Raises `KitError` for a fault in the kit and `ToolError` for one of a template.
    """
    loaded, problems = read(content)
    progress.did(f"Read {summary(loaded.kit)}.")
    hidden: frozenset[str] = frozenset()
    wanted = Wanted(editions=ON_THE_SITE)
    if audience == "participants":
        hidden = loaded.free.for_facilitators()
        loaded = replace(loaded, kit=for_participants(loaded.kit), free=loaded.free.for_participants())
        wanted = replace(wanted, names=FOR_PARTICIPANTS)
    means, kit, kept = means_of(loaded), loaded.kit, kept or Kept.of(content.parent)
    printed: list[Printed] = []
    if kit.settings.booklets:
        printed, found = (printing or prints)(means, wanted, progress, kept)
        problems += found
    shown = tuple(as_print(one.document, one.pages) for one in printed)
    texts, style = loaded.free.texts(), _assets(loaded, means.templates, for_ever)
    site = Site(kit, means.links, means.words, texts, means.templates, shown, audience, hidden, style.names)
    pages = render(site)
    progress.did(f"Wrote {len(pages)} pages.")
    files: dict[str, bytes | Path] = {
        "kit.json": _json(kit_data(kit, means.links)),
        "print/manifest.json": _json([one.entry() for one in printed]),
    }
    files |= {one.document.path: one.file for one in printed if one.file}
    if printed:
        from generator.paper.pictures import pictures

        files |= pictures(printed, kept)
    kept.forget_unused()
    files |= {name: path.read_bytes() for name, path in loaded.free.files.items()}
    files |= {name: data for page in pages for name, data in page.beside.items()}
    files |= style.published(pages)
    menu, lacking = navigation(pages), missing(site)
    return Built(kit, tuple(problems), tuple(pages), menu, files, tuple(printed), lacking, means.words, style.names)


def prints(
    means: Means, wanted: Wanted, progress: Progress, kept: Kept | None = None
) -> tuple[list[Printed], list[Problem]]:
    """Print the documents that are wanted, in the order of their families; with warnings. Raises `KitError` for what cannot be printed.

    Print-order sheets stand first and are made last: they count the pages of others, which are printed for that alone where
    nobody wants them.
    """
    kept = kept or Kept()
    every = documents(means.kit, means.links, means.words, wanted, means.logo, also=counted(wanted))

    def printed_of(found: Sequence[Document], what: str) -> list[Printed]:
        return print_all(
            found, means.templates, lambda done: progress.doing(f"Printed {done} {what}"), means.fonts, kept
        )

    made = printed_of(every, f"of {len(every)} documents")
    whole = wanted.subject(means.kit, means.links, means.words, means.logo)
    sheets = printed_of(list(orders(whole, made, wanted)), "print orders")
    printed = [*sheets, *(one for one in made if wanted.has(one.document))]
    problems = faults(means.loaded, printed, wanted.occasion.names if wanted.occasion else ())
    if any(problem.severity == "error" for problem in problems):
        raise KitError(problems)
    if printed:
        progress.did(_told(printed))
    return printed, problems


def _told(printed: Sequence[Printed]) -> str:
    """How much was printed, and how much of it was known from before."""
    pages, new = sum(one.pages for one in printed), sum(one.new for one in printed)
    before = f"; {new} of them anew, the others are as they were" if new < len(printed) else ""
    return f"Printed {amount(len(printed), 'document')}, {amount(pages, 'page')}{before}."


def as_files(printed: Iterable[Printed], workshop: str) -> dict[str, bytes | Path]:
    """The documents of a workshop as files of one folder, by their paths in it, with their manifest."""
    folder = f"print/{workshop}/"
    found = list(printed)
    entries = [one.entry() | {"path": one.document.path.removeprefix(folder)} for one in found]
    files: dict[str, bytes | Path] = {one.document.path.removeprefix(folder): one.file for one in found if one.file}
    return files | {"manifest.json": _json(entries)}


def faults(loaded: Loaded, printed: Iterable[Printed], names: Sequence[str] = ()) -> list[Problem]:
    """What only printing shows, as problems at their places, each once: an error, or a warning where all can still be read.
    `names` are those of an event's people."""
    found = dict.fromkeys(fault for one in printed for fault in one.faults)
    return [problem for fault in found for problem in (_of_an_event(fault, names) or _problems(loaded, fault))]


def _of_an_event(fault: Fault, names: Sequence[str]) -> list[Problem]:
    """A name or a place of an event that is too long for its box on paper, or a name that no font can print."""
    place = Place("event")
    if fault.what == "too-long" and fault.field[:1] == ("event",):
        message = f"`{fault.field[1]}` is too long for its box on paper, even in the smallest type (9 pt)"
        return [Problem("too-long", message, place, help="write a shorter form of it")]
    if fault.what == "no-glyph" and (found := [name for name in names if fault.text in name]):
        message = f"no font can print `{fault.text}` in the name `{found[0]}`"
        return [
            Problem(
                "no-glyph",
                message,
                place,
                help="write the name in Latin letters, or use a font of your own that has them",
            )
        ]
    return []


def _problems(loaded: Loaded, fault: Fault) -> Iterator[Problem]:
    if fault.what == "no-glyph":
        message = f"no font can print `{fault.text}` ({', '.join(f'U+{ord(sign):04X}' for sign in fault.text)})"
        help = "take it out, or write it as a word"
        places = [source.place(path, line) for source, path, line in with_text(loaded, fault.text)]
        if fault.text.isalpha():  # a letter: the first place says it for all of its script
            help = "name fonts that have it under `fonts` in kit.yml, or leave out all booklets there with `booklets: false`"
            places = places[:1]
        for place in places or [Place("templates/words")]:
            yield Problem("no-glyph", message, place, help=help)
        return
    kind, id, *path = fault.field
    source = loaded.sources[str(kind), str(id)]
    if fault.what == "too-long":
        message = "this text is too long for its box on paper, even in the smallest type (9 pt)"
        yield source.problem("too-long", message, _too_long(source.value, tuple(path)), help="say it in fewer words")
    else:
        message = (
            "this recipe runs over to another page by less than a fifth of it, though it was set as tight as can be"
        )
        yield source.problem("spills", message, tuple(path), help="shorten its texts a little", severity="warning")


def _too_long(value: Any, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Where to make a text shorter: at its own place, or at the title above it when that is very long, and the longer of the two."""
    title, text = str(value.get("title", "")), value
    for step in path:
        text = text[step]
    return ("title",) if len(title) > max(LONG_TITLE, len(str(text))) else path


def as_print(document: Document, pages: int) -> Print:
    """A document as pages show it."""
    family = document.family
    return Print(
        document.workshop, document.name, document.edition, document.title, document.paper, document.path, pages,
        exercise=document.item, picture=document.picture, editions=family.editions, sides=family.sides,
        copies=family.copies, serves=family.serves, stock=family.stock, finish=family.finish,
        for_participants=family.name in FOR_PARTICIPANTS, volume=document.volume,
    )  # fmt: skip


def _json(value: Any) -> bytes:
    # Without line breaks, for which Python would take its slow way.
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()


def _assets(loaded: Loaded, templates: Path, for_ever: bool) -> Assets:
    """Style, fonts and scripts of the pages."""
    settings, files = loaded.kit.settings, loaded.free.files
    fonts = {name: files[name].read_bytes() for name in font_files(settings) if name in files}
    plain = assets(templates, settings, fonts)
    return named_by_content(plain) if for_ever else plain
