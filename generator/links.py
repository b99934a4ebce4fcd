"""Who points at whom, and every address.

In: a kit. Out: the references an item makes, with their place in its file; the addresses of pages; and the links back. An address is
relative to the site's root, as `exercises/waiting-room-sort/`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.content.model import (
    KINDS,
    Article,
    Assessment,
    AssessmentBlock,
    Block,
    Deck,
    Exercise,
    ExerciseBlock,
    Idea,
    Item,
    Kit,
    Pitfall,
    PromptsBlock,
    Session,
    Tension,
    TensionBlock,
    Workshop,
)  # fmt: skip
from generator.content.prose import Prose

Path = tuple[str | int, ...]

# A link of a free page to an item, by its kind and id.
ITEM_LINK = re.compile(rf"\]\(((?:{'|'.join(KINDS)})/[a-z0-9-]+)\)")
LEAVES = (str, int, type(None), Prose)  # values of fields that hold no other
REFERRING = {"ideas": "ideas", "exercises": "exercises", "pitfalls": "pitfalls"}


class Reference(NamedTuple):
    """An id that an item names: where in its file (`path`), and of which kind (`ideas` for ideas)."""

    path: Path
    kind: str
    id: str
    part: str = ""


class Use(NamedTuple):
    """Something that draws on an idea; `part` is the prompt's or statement's id within its item."""

    kind: str
    id: str
    part: str = ""

    @property
    def address(self) -> str:
        """Where it can be read."""
        return address(self.kind, self.id, self.part)


@dataclass(frozen=True)
class Source:
    """An idea with the article it stands in."""

    article: Article
    idea: Idea

    @property
    def address(self) -> str:
        """Where the idea can be read."""
        return address("articles", self.article.id, self.idea.id)


@dataclass(frozen=True)
class Links:
    """All links back: ideas to their articles and uses, exercises to pitfalls and workshops, pitfalls to exercises."""

    sources: Mapping[str, Source]
    used_by: Mapping[str, tuple[Use, ...]]
    pitfalls_of: Mapping[str, tuple[str, ...]]
    exercises_for: Mapping[str, tuple[str, ...]]
    workshops_of: Mapping[str, tuple[str, ...]]

    def cited(self, ids: tuple[str, ...]) -> tuple[Source, ...]:
        """The sources of some ideas, each once, in the order given."""
        return tuple(self.sources[id] for id in dict.fromkeys(ids))

    def ideas_of(self, item: Item) -> tuple[str, ...]:
        """As `ideas_of`, worked out once: what an item is drawn from stands on the pages of all workshops that it is part of."""
        key = (item.kind, item.id)
        if key not in self._ideas:
            self._ideas[key] = ideas_of(item)
        return self._ideas[key]

    def in_order(self, ids: set[str]) -> tuple[Source, ...]:
        """The sources of some ideas, article by article."""
        return tuple(self.sources[id] for id in sorted(ids, key=self._places.__getitem__))

    @cached_property
    def _ideas(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {id: at for at, id in enumerate(self.sources)}


def address(kind: str, id: str = "", part: str = "") -> str:
    """The address of an item's page, or of the kind's index page when no id is given."""
    return f"{kind}/{id}/" + (f"#{part}" if part else "") if id else f"{kind}/"


def placed_blocks(workshop: Workshop) -> Iterator[tuple[Path, Session, Block]]:
    """Every block of every session, with its place in the file."""
    for number, session in enumerate(workshop.sessions):
        for at, block in enumerate(session.agenda):
            yield ("sessions", number, "agenda", at), session, block


def references(item: Item) -> Iterator[Reference]:
    """Every id that an item names, agenda blocks and links in prose included."""
    yield from _references(item, ())
    if isinstance(item, Workshop):
        for path, _, block in placed_blocks(item):
            if isinstance(block, ExerciseBlock):
                yield Reference((*path, "exercise"), "exercises", block.exercise)
            elif isinstance(block, PromptsBlock):
                yield Reference((*path, "prompts"), "prompts", block.prompts)
            elif isinstance(block, TensionBlock):
                yield Reference((*path, "tension"), "tensions", block.tension)
            elif isinstance(block, AssessmentBlock):
                yield Reference((*path, "assessment"), "assessments", block.assessment)


def _references(part: BaseModel, path: Path, within: str = "") -> Iterator[Reference]:
    for name, value in part:
        if name in REFERRING and value and isinstance(value[0], str):
            for at, id in enumerate(value):
                yield Reference((*path, name, at), REFERRING[name], id, within)
        else:
            for here, child in _inside(value, (*path, name)):
                yield from _references(child, here, vars(child).get("id", within))


def children(part: BaseModel, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """The parts of a part, each with its place in the file."""
    for name, value in part:
        yield from _inside(value, (*path, name))


def _inside(value: Any, path: Path) -> Iterator[tuple[Path, BaseModel]]:
    """The part, or the list of parts, that a field holds. What is a part is seen by what it is not, as most values are none, and to ask a
    model what it is takes long."""
    if isinstance(value, tuple):
        for at, entry in enumerate(value):
            if isinstance(entry, LEAVES):
                break
            yield (*path, at), entry
    elif not isinstance(value, LEAVES):
        yield path, value


def proses(part: BaseModel, path: Path = ()) -> Iterator[tuple[Path, Prose]]:
    """Every prose field of an item, with its place."""
    for name, value in part:
        here = (*path, name)
        if isinstance(value, Prose):
            yield here, value
        elif isinstance(value, tuple) and value and isinstance(value[0], Prose):
            yield from (((*here, at), entry) for at, entry in enumerate(value))
        else:
            for below, child in _inside(value, here):
                yield from proses(child, below)


def link(kit: Kit) -> Links:
    """All links back of a checked kit."""
    sources = {idea.id: Source(article, idea) for article, idea in kit.ideas()}
    used: dict[str, list[Use]] = {id: [] for id in sources}
    pitfalls: dict[str, list[str]] = {id: [] for id in kit.exercises}
    exercises: dict[str, list[str]] = {id: [] for id in kit.pitfalls}
    workshops: dict[str, list[str]] = {id: [] for id in kit.exercises}
    for item in (item for kind in KINDS for item in kit.written(kind)):
        for reference in references(item):
            if reference.kind == "ideas":
                part = reference.part if isinstance(item, Deck | Assessment) else ""
                used[reference.id].append(Use(item.kind, item.id, part))
            elif isinstance(item, Exercise) and reference.kind == "pitfalls":
                pitfalls[item.id].append(reference.id)
                exercises[reference.id].append(item.id)
            elif isinstance(item, Pitfall) and reference.kind == "exercises":
                exercises[item.id].append(reference.id)
                pitfalls[reference.id].append(item.id)
            elif isinstance(item, Workshop) and reference.kind == "exercises":
                workshops[reference.id].append(item.id)
    return Links(sources, _once(used), _once(pitfalls), _once(exercises), _once(workshops))


def _once(found: Mapping[str, list[Any]]) -> dict[str, tuple[Any, ...]]:
    return {id: tuple(dict.fromkeys(entries)) for id, entries in found.items()}


def ideas_of(item: Item) -> tuple[str, ...]:
    """The ids of all ideas that an item is drawn from, each once, in its own order."""
    if isinstance(item, Tension):
        bridge = item.bridge.ideas if item.bridge else ()
        return tuple(dict.fromkeys([*(id for side in item.sides for id in side.ideas), *bridge]))
    return tuple(dict.fromkeys(reference.id for reference in references(item) if reference.kind == "ideas"))
