"""What has to lie on the tables: what is short or takes long to get, sheets that nobody can print, and what a video call needs.

In: a plan. Out: findings, each for all the things or exercises that it is about. Numbers are those of the kit list (`supplies.py`).
"""

from collections.abc import Iterator
from difflib import get_close_matches

from generator.content.model import Exercise
from generator.preflight.finding import Finding, Plan, Severity, spot
from generator.programme import WAYS, Line
from generator.supplies import Supply, supplies

NEAR = 0.75  # how alike two names have to be, from 0 to 1, for one to be meant by the other
FIRST = 3  # things that are named because getting them takes longest
COUNTED = (
    "buy",
)  # ways of getting things that are short when nobody counted them; other things are told of when they were counted


def things(plan: Plan) -> Iterator[Finding]:
    """Everything about materials, handouts, video calls and paper."""
    yield from _paper(plan)
    yield from _by_call(plan)
    yield from _handouts(plan)
    found = supplies(plan.kit, plan.workshop, plan.people, plan.words)
    if plan.have is None:
        yield from _get_first(plan, found)
    else:
        yield from _short(plan, found)
    yield from _unlisted(plan)


def _paper(plan: Plan) -> Iterator[Finding]:
    papers = plan.kit.settings.papers
    if plan.paper and plan.paper not in papers:
        names = plan.words("lists.comma").join(plan.words(f"papers.{paper}") for paper in papers)
        message = plan.text("paper.message", paper=plan.words(f"papers.{plan.paper}"), papers=names)
        yield Finding("error", "paper", message, plan.text("paper.help", paper=papers[0]))


def _about(plan: Plan, code: str, severity: Severity, lines: list[tuple[int, Line]]) -> Iterator[Finding]:
    """One finding for all lines of a kind."""
    if lines:
        titles = plan.titles(line for _, line in lines)
        count = len({line.title for _, line in lines})
        spots = tuple(spot(number, line) for number, line in lines)
        message, help = plan.text(f"{code}.message", count, titles=titles), plan.text(f"{code}.help")
        yield Finding(severity, code, message, help, spots)


def _by_call(plan: Plan) -> Iterator[Finding]:
    lines = [(number, line) for number, line, item in plan.exercises() if item.remote is None]
    yield from _about(plan, "no-remote", "error", lines if plan.workshop.remote else [])


def _handouts(plan: Plan) -> Iterator[Finding]:
    """Exercises that ask for a printed sheet for each person, and have none that could be printed."""
    lines = [(number, line) for number, line, item in plan.exercises() if item.handout is None and _asks_for_one(item)]
    yield from _about(plan, "no-handout", "warning", lines)


def _asks_for_one(item: Exercise) -> bool:
    return any(material.get == "print" and material.per == "participant" for material in item.materials)


def _unlisted(plan: Plan) -> Iterator[Finding]:
    """Exercises in a room that do not say what they need: the kit list cannot count it."""
    lines = [(number, line) for number, line, item in plan.exercises() if not item.materials]
    yield from _about(plan, "no-materials", "note", [] if plan.workshop.remote else lines)


def _get_first(plan: Plan, found: tuple[Supply, ...]) -> Iterator[Finding]:
    """The three things that take longest to get: of what is to be bought, printed or prepared, in this order, the most."""
    ways = [way for way in WAYS if way != "have"]
    wanted = sorted(
        (supply for supply in found if supply.get in ways), key=lambda supply: (ways.index(supply.get), -supply.number)
    )
    if wanted:
        parts = [
            plan.text(
                "get-first.way",
                way=plan.words(f"get.{way}"),
                things=plan.words("lists.semicolon").join(_counted(plan, wanted[:FIRST], way)),
            )
            for way in dict.fromkeys(supply.get for supply in wanted[:FIRST])
        ]
        help = plan.text(
            "get-first.help",
            command=plan.command("print", "--people", str(plan.people), "--document", "kit-list"),
        )
        message = plan.text("get-first.message", things=" ".join(parts))
        yield Finding("note", "get-first", message, help)


def _counted(plan: Plan, found: list[Supply], way: str) -> list[str]:
    return [plan.text("get-first.thing", number=one.number, item=one.item) for one in found if one.get == way]


def _short(plan: Plan, found: tuple[Supply, ...]) -> Iterator[Finding]:
    """What is needed and not there in that number; and names that were counted and that the kit list does not have, where one is near."""
    names = _names(found)
    there = {names.get(name.casefold(), name): number for name, number in (plan.have or {}).items()}
    lacking = [
        (supply, there.get(supply.item.casefold(), 0))
        for supply in found
        if (supply.get in COUNTED or supply.item.casefold() in there)
        and there.get(supply.item.casefold(), 0) < supply.number
    ]
    if lacking:
        parts = [_part(plan, supply, number) for supply, number in lacking]
        message = plan.text("short.message", len(parts), things=plan.words("lists.semicolon").join(parts))
        yield Finding("warning", "short", message, plan.text("short.help"))
    unknown = [name for name in plan.have or {} if name.casefold() not in names]
    whole = {supply.item.casefold(): supply.item for supply in found}
    near = [
        (name, names[each])
        for name in unknown
        for each in get_close_matches(name.casefold(), list(names), n=1, cutoff=NEAR)
    ]
    if meant := [plan.text("not-listed.part", name=name, meant=whole[each]) for name, each in near]:
        yield Finding(
            "note", "not-listed", plan.text("not-listed.message", names=plan.words("lists.semicolon").join(meant)), ""
        )


def _names(found: tuple[Supply, ...]) -> dict[str, str]:
    """What a thing may be called in a list of what is there: its name, or the part of it before a comma or a bracket where that is
    clear; each in small letters, with the whole name in small letters."""
    whole = {supply.item.casefold(): supply.item.casefold() for supply in found}
    short: dict[str, set[str]] = {}
    for name in whole:
        short.setdefault(name.split(",")[0].split("(")[0].strip(), set()).add(name)
    return {**{name: next(iter(names)) for name, names in short.items() if len(names) == 1}, **whole}


def _part(plan: Plan, supply: Supply, there: int) -> str:
    values = {"item": supply.item, "needed": supply.number, "short": supply.number - there}
    return plan.text("short.part", there=there, **values) if there else plan.text("short.none", **values)
