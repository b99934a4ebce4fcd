"""The posters of a kit: the ideas that their article's file has words for a wall for, and the tensions of two sides.

In: a kit. Out: JSON values. Each poster has an upper and a lower part, so that it can be printed on two sheets with no letter across
the edge.
"""

from typing import Any

from generator.content.model import Article, Idea, Tension
from generator.content.sentences import beginning, rest
from generator.links import address
from generator.paper.cards import cites, claim_of
from generator.paper.items import on_site, plain_tree
from generator.paper.subject import Subject
from generator.programme import name_of


def posters(subject: Subject) -> dict[str, Any]:
    """Every poster: ideas article by article, then contrasts."""
    kit = subject.kit
    ideas = [_idea(subject, article, idea) for article, idea in kit.ideas() if idea.poster]
    contrasts = [_contrast(subject, tension) for tension in kit.tensions.values() if len(tension.sides) == 2]
    return {"posters": ideas + contrasts} if ideas or contrasts else {}


def _idea(subject: Subject, article: Article, idea: Idea) -> dict[str, Any]:
    place = ("articles", article.id, "ideas", article.ideas.index(idea), "poster")
    parts = [_part(line, [*place, at]) for at, line in enumerate(idea.poster)]
    return {
        "title": None,
        "parts": parts,
        "cites": list(cites(subject.links, (idea.id,))),
        "from": name_of(article),
        "site": on_site(subject.kit, address("articles", article.id, idea.id)),
    }


def _contrast(subject: Subject, tension: Tension) -> dict[str, Any]:
    parts = []
    for at, side in enumerate(tension.sides):
        claim = claim_of(subject.links, side)
        place: list[str | int] = ["tensions", tension.id, "sides", at, "claim" if side.claim else "ideas"]
        parts.append(_part(beginning(claim, 1), place, rest(claim), list(cites(subject.links, side.ideas))))
    return {
        "title": tension.title,
        "parts": parts,
        "cites": [],
        "from": None,
        "site": on_site(subject.kit, address("tensions", tension.id)),
    }


def _part(
    line: str, field: list[str | int], more: str = "", drawn_from: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """One of the two parts: a line set large, and smaller what more there is to say."""
    return {"line": line, "more": plain_tree(more) if more else None, "cites": drawn_from or [], "field": field}
