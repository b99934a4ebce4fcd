"""A kit becomes the data of printed documents.

In: a kit, its links and its fixed words. Out: `Document`s, each the name of a template and plain JSON values. Templates place; they
never compute a time, a sum or an order. Prose crosses as a tree of nodes (`prose.Node`), never as Typst. Lengths on paper are the
templates' business.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.content.model import (
    Article,
    Assessment,
    Dimension,
    Exercise,
    ExerciseBlock,
    Item,
    Kit,
    Pitfall,
    Side,
    Tension,
    Workshop,
)
from generator.content.prose import Node, Prose
from generator.content.words import Words
from generator.links import Links, Source, address, ideas_of
from generator.programme import (
    Day,
    Line,
    Need,
    bands,
    by_way_of_getting,
    cited_as,
    days,
    exercises_in,
    minutes_in,
    name_of,
    needs,
    pitfalls_in,
    points,
    sources_in,
)
from generator.timing.rhythm import sheets
from generator.timing.schedule import Span, clock_text, minutes_of, range_of

FAMILIES = ("facilitator-guide", "participant-workbook")


@dataclass(frozen=True)
class Document:
    """One PDF to be made: `name` is its family and its template, `data` what the template reads."""

    workshop: str
    name: str
    edition: str
    title: str
    paper: str
    data: dict[str, Any]

    @property
    def path(self) -> str:
        """Where it lies, from the site's root."""
        edition = "" if self.edition == "standard" else f".{self.edition}"
        return f"print/{self.workshop}/{self.name}{edition}.{self.paper}.pdf"


def documents(kit: Kit, links: Links, words: Words) -> list[Document]:
    """Every document of every workshop on every paper of the kit."""
    found = []
    for workshop in kit.workshops.values():
        shared = _workshop(kit, links, words, workshop)
        for name in FAMILIES:
            kind = words(f"documents.{name}")
            for paper in kit.settings.papers:
                data = {"paper": paper, "document": name, "document_title": kind, **shared}
                found.append(Document(workshop.id, name, "standard", f"{workshop.title}: {kind}", paper, data))
    return found


def _workshop(kit: Kit, links: Links, words: Words, workshop: Workshop) -> dict[str, Any]:
    """What guide and workbook share; each template takes what it shows."""
    settings = kit.settings
    sources, exercises = sources_in(kit, links, workshop), exercises_in(kit, workshop)
    return {
        "kit": {
            "name": settings.name,
            "language": settings.language,
            "licence": settings.licence,
            "credits": tree(settings.credits),
            "site": settings.site_address,
        },
        "colours": settings.colours.model_dump(),
        "logo": settings.logo,
        "words": words.tree,
        "workshop": {
            "id": workshop.id,
            "title": workshop.title,
            "promise": tree(workshop.promise),
            "audience": tree(workshop.audience),
            "not_for": tree(workshop.not_for),
            "people": workshop.people.model_dump(),
            "remote": workshop.remote,
            "minutes": minutes_in(kit, workshop),
            "prepare": {name: trees(getattr(workshop.prepare, name)) for name in ("four_weeks", "one_week", "one_day")},
            "after": trees(workshop.after),
            "credits": tree(workshop.credits),
            "url": address("workshops", workshop.id),
        },
        "days": [_day(kit, links, day) for day in days(kit, workshop, words)],
        "needs": [
            {"get": way, "items": [_need(need) for need in group]}
            for way, group in by_way_of_getting(needs(kit, workshop)).items()
        ],
        "exercises": [_exercise(links, exercise) for exercise in exercises],
        "pitfalls": [_pitfall(kit, links, pitfall, exercises) for pitfall in pitfalls_in(kit, links, workshop)],
        "sources": list(_articles(sources)),
        "promise_page": not _has_promise(kit, workshop),
    }


def _has_promise(kit: Kit, workshop: Workshop) -> bool:
    """Whether an exercise of the agenda already has people commit themselves on a handout."""
    blocks = [block for session in workshop.sessions for block in session.agenda if isinstance(block, ExerciseBlock)]
    return any(block.phase == "commit" and kit.exercises[block.exercise].handout is not None for block in blocks)


def tree(prose: Prose | None) -> list[dict[str, Any]] | None:
    """Prose as a list of nodes for Typst, None when there is none."""
    return [_node(block) for block in prose.blocks] if prose else None


def trees(proses: tuple[Prose, ...]) -> list[Any]:
    """Several fields of prose, each as a list of nodes."""
    return [tree(prose) for prose in proses]


def _node(node: Node) -> dict[str, Any]:
    return {"kind": node.kind, "text": node.text, "to": node.to, "children": [_node(child) for child in node.children]}


def _cited(links: Links, ids: tuple[str, ...]) -> list[dict[str, str]]:
    """The ideas that something is drawn from: how they are cited, and in which voice."""
    return [{"id": source.idea.id, "cite": cited_as(source), "voice": source.idea.voice} for source in links.cited(ids)]


def _day(kit: Kit, links: Links, day: Day) -> dict[str, Any]:
    sheet = day.sheet
    return {
        "title": sheet.session.title,
        "day": sheet.session.day,
        "start": clock_text(sheet.start),
        "end": clock_text(sheet.end),
        "minutes": sheet.minutes,
        "lines": [{"day": sheet.session.day, **_line(kit, links, line)} for line in day.lines],
        "sheets": [
            {"from": first, "to": last, "end": clock_text(sheet.slots[last - 1].end)} for first, last in sheets(sheet)
        ],
    }


def _line(kit: Kit, links: Links, line: Line) -> dict[str, Any]:
    """One block of an agenda. `type` is the block's; `phase`, `format`, `lead` and the prose may be None."""
    slot, block = line.slot, line.slot.block
    return {
        "id": block.id,
        "type": block.type,
        "title": line.title,
        "item": line.item.id if line.item else None,
        "start": clock_text(slot.start),
        "end": clock_text(slot.end),
        "minutes": slot.minutes,
        "waiting": slot.waiting,
        "phase": block.phase,
        "keep": block.keep,
        "lead": block.lead,
        "format": getattr(block, "format", None),
        "least": getattr(block, "least", None),
        "most": getattr(block, "most", None),
        "do": tree(block.do),
        "say": tree(block.say),
        "ask": tree(block.ask),
        "if_cut": tree(block.if_cut),
        "spans": [_span(span) for span in slot.spans],
        "prompts": [
            {
                "text": tree(prompt.text),
                "depth": prompt.depth,
                "follow_up": tree(prompt.follow_up),
                "ideas": _cited(links, prompt.ideas),
            }
            for prompt in line.prompts
        ],
        "shown": _shown(kit, links, line.item),
    }


def _shown(kit: Kit, links: Links, item: Item | None) -> dict[str, Any] | None:
    """What a tension or an assessment puts before the group; None for a block that shows neither."""
    if isinstance(item, Tension):
        return {
            "title": item.title,
            "question": tree(item.question),
            "sides": [_side(links, side) for side in item.sides],
            "bridge": tree(item.bridge.text) if item.bridge else None,
            "note": tree(item.note),
            "ideas": _cited(links, ideas_of(item)),
        }
    if isinstance(item, Assessment):
        return {
            "title": item.title,
            "about": tree(item.about),
            "scale": list(item.scale),
            "no_evidence": item.no_evidence,
            "dimensions": [_dimension(kit, item, dimension) for dimension in item.dimensions],
            "ideas": _cited(links, ideas_of(item)),
        }
    return None


def _dimension(kit: Kit, assessment: Assessment, dimension: Dimension) -> dict[str, Any]:
    """Statements with the points of each answer, and what the bands of points suggest, from low to high."""
    found = [
        {
            "name": name,
            "from": least,
            "to": most,
            "text": tree(result.text),
            "pitfalls": [kit.pitfalls[id].title for id in result.pitfalls],
            "exercises": [kit.exercises[id].title for id in result.exercises],
        }
        for name, (least, most) in bands(assessment, dimension).items()
        if dimension.results and (result := getattr(dimension.results, name))
    ]
    statements = [{"text": one.text, "points": points(assessment, one)} for one in dimension.statements]
    return {
        "title": dimension.title,
        "statements": statements,
        "results": found,
        "most": bands(assessment, dimension)["high"][1],
    }


def _side(links: Links, side: Side) -> dict[str, Any]:
    """One side of a tension: its claim, else the ideas that it stands for."""
    ideas = [{"text": tree(source.idea.text), "cite": cited_as(source)} for source in links.cited(side.ideas)]
    return {"claim": tree(side.claim), "ideas": ideas}


def _span(span: Span) -> dict[str, Any]:
    """A step on the clock; `step` is None for the debrief."""
    step = {"id": span.step.id, "title": span.step.title, "format": span.step.format} if span.step else None
    return {"step": step, "start": clock_text(span.start), "minutes": span.minutes}


def _need(need: Need) -> dict[str, Any]:
    return {
        "item": need.item,
        "quantity": need.quantity,
        "per": need.per,
        "size": need.size,
        "used_up": need.used_up,
        "exercises": [exercise.title for exercise in need.exercises],
    }


def _exercise(links: Links, exercise: Exercise) -> dict[str, Any]:
    """A recipe: minutes as written, not as the agenda may stretch them (those are in the lines' spans)."""
    least, most = range_of(exercise)
    debrief = exercise.debrief
    return {
        "id": exercise.id,
        "title": exercise.title,
        "minutes": minutes_of(exercise),
        "least": least,
        "most": most,
        "purpose": tree(exercise.purpose),
        "outcome": tree(exercise.outcome),
        "people": exercise.people.model_dump(),
        "groups": exercise.groups.model_dump() if exercise.groups else None,
        "materials": [material.model_dump() for material in exercise.materials],
        "prepare": trees(exercise.prepare),
        "steps": [
            {
                **{name: getattr(step, name) for name in ("id", "title", "minutes", "least", "most", "format")},
                **{name: tree(getattr(step, name)) for name in ("do", "say", "ask", "if_cut")},
            }
            for step in exercise.steps
        ],
        "debrief": {
            "minutes": debrief.minutes,
            "least": debrief.least,
            **{name: trees(getattr(debrief, name)) for name in ("what", "so_what", "now_what")},
        }
        if debrief
        else None,
        "variations": trees(exercise.variations),
        "remote": tree(exercise.remote),
        "watch_outs": trees(exercise.watch_outs),
        "handout": _handout(exercise),
        "ideas": _cited(links, exercise.ideas),
        "url": address("exercises", exercise.id),
    }


def _handout(exercise: Exercise) -> dict[str, Any] | None:
    handout = exercise.handout
    if handout is None:
        return None
    fields = [{**field.model_dump(exclude={"hint"}), "hint": tree(field.hint)} for field in handout.fields]
    return {"title": handout.title, "intro": tree(handout.intro), "fields": fields}


def _pitfall(kit: Kit, links: Links, pitfall: Pitfall, exercises: tuple[Exercise, ...]) -> dict[str, Any]:
    """A pitfall; of the exercises that help, whether they stand in this workshop."""
    return {
        "id": pitfall.id,
        "title": pitfall.title,
        **{name: tree(getattr(pitfall, name)) for name in ("sign", "cost", "counter_move", "say")},
        "exercises": [
            {"title": kit.exercises[id].title, "here": kit.exercises[id] in exercises}
            for id in links.exercises_for[pitfall.id]
        ],
        "ideas": _cited(links, pitfall.ideas),
    }


def _articles(sources: tuple[Source, ...]) -> Iterator[dict[str, Any]]:
    """The articles behind a workshop, each with the ideas of it that were drawn on."""
    articles: dict[str, Article] = {source.article.id: source.article for source in sources}
    for article in articles.values():
        yield {
            "id": article.id,
            "name": name_of(article),
            **{name: getattr(article, name) for name in ("title", "author", "publisher", "date", "address")},
            "missing": trees(article.missing),
            "ideas": [
                {"cite": cited_as(source), "text": tree(source.idea.text), "voice": source.idea.voice}
                for source in sources
                if source.article.id == article.id
            ],
        }
