"""The items of a kit as plain values for booklets.

In: exercises, pitfalls, tensions, assessments and articles of a kit, with its links. Out: JSON values; prose as a tree of nodes
(`prose.Node`), never as Typst.
"""

from collections.abc import Iterator
from typing import Any

import segno

from generator.content.model import Article, Assessment, Dimension, Exercise, Item, Kit, Pitfall, Side, Tension
from generator.content.prose import Node, Prose
from generator.links import Links, Source, address, ideas_of
from generator.programme import bands, cited_as, name_of, points
from generator.timing.schedule import minutes_of, range_of


def tree(prose: Prose | None) -> list[dict[str, Any]] | None:
    """Prose as a list of nodes for Typst, None when there is none."""
    return [_node(block) for block in prose.blocks] if prose else None


def plain_tree(text: str) -> list[dict[str, Any]] | None:
    """Plain words as a paragraph for Typst."""
    return tree(Prose(text, (Node("paragraph", children=(Node("text", text),)),)))


def trees(proses: tuple[Prose, ...]) -> list[Any]:
    """Several fields of prose, each as a list of nodes."""
    return [tree(prose) for prose in proses]


def _node(node: Node) -> dict[str, Any]:
    return {"kind": node.kind, "text": node.text, "to": node.to, "children": [_node(child) for child in node.children]}


def cited(links: Links, ids: tuple[str, ...]) -> list[dict[str, str]]:
    """The ideas that something is drawn from: how they are cited, and in which voice."""
    return [{"id": source.idea.id, "cite": cited_as(source), "voice": source.idea.voice} for source in links.cited(ids)]


def on_site(kit: Kit, path: str) -> dict[str, str] | None:
    """The address of a page of the site and its QR code as an SVG; None when the site has no address.

    The code has error level M or better. Two modules of white are around it, and the paper has the rest.
    """
    if kit.settings.site_address is None:
        return None
    url = kit.settings.site_address + path
    code = segno.make(url, error="m", micro=False)
    return {"url": url, "qr": code.svg_inline(border=2, scale=1, omitsize=True)}


def exercise_data(kit: Kit, links: Links, exercise: Exercise) -> dict[str, Any]:
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
        "ideas": cited(links, exercise.ideas),
        "site": on_site(kit, address("exercises", exercise.id)),
    }


def _handout(exercise: Exercise) -> dict[str, Any] | None:
    handout = exercise.handout
    if handout is None:
        return None
    fields = [{**field.model_dump(exclude={"hint"}), "hint": tree(field.hint)} for field in handout.fields]
    return {"title": handout.title, "intro": tree(handout.intro), "fields": fields}


def pitfall_data(kit: Kit, links: Links, pitfall: Pitfall, exercises: tuple[Exercise, ...]) -> dict[str, Any]:
    """A pitfall; of the exercises that help, whether they stand in this workshop."""
    return {
        "id": pitfall.id,
        "title": pitfall.title,
        **{name: tree(getattr(pitfall, name)) for name in ("sign", "cost", "counter_move", "say")},
        "exercises": [
            {"title": kit.exercises[id].title, "here": kit.exercises[id] in exercises}
            for id in links.exercises_for[pitfall.id]
        ],
        "ideas": cited(links, pitfall.ideas),
    }


def shown(kit: Kit, links: Links, item: Item | None) -> dict[str, Any] | None:
    """What a tension or an assessment puts before the group; None for a block that shows neither."""
    if isinstance(item, Tension):
        return {
            "title": item.title,
            "question": tree(item.question),
            "sides": [_side(links, side) for side in item.sides],
            "bridge": tree(item.bridge.text) if item.bridge else None,
            "note": tree(item.note),
            "ideas": cited(links, ideas_of(item)),
        }
    if isinstance(item, Assessment):
        return {
            "title": item.title,
            "about": tree(item.about),
            "scale": list(item.scale),
            "no_evidence": item.no_evidence,
            "dimensions": [_dimension(kit, item, dimension) for dimension in item.dimensions],
            "ideas": cited(links, ideas_of(item)),
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


def article_data(sources: tuple[Source, ...]) -> Iterator[dict[str, Any]]:
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
