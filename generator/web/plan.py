"""The planner: a page on which a facilitator tries another start, length and headcount for a workshop.

In: a site and a workshop of it. Out: the page, with the programme, groups and kit list as they are written, and tables of what they become:
the script only looks up and adds. A clock time is minutes after midnight. Which minutes a block gets is found in
`plan_lengths.py`, who sits with whom in `seating.py`, and how many there have to be of a thing in `supplies.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.content.model import Block, ExerciseBlock, Groups, Kit, Material, Workshop
from generator.content.words import Words
from generator.occasion import Seated
from generator.programme import WAYS, Day, expected, name_of
from generator.seating import Round, dealt, rounds, seated
from generator.supplies import Supply, supplies
from generator.timing.people import SMALLEST_GROUP, TABLE, group_sizes
from generator.web.drawing import Drawer
from generator.web.plan_lengths import Timed, session_data, suffix, timed
from generator.web.site import Page, Site

MOST = 40  # people that the page plans for, or a few more than the workshop takes
BEYOND, BELOW = 8, 2  # people more and fewer than the workshop takes, for whom the page has tables
LIMIT = 120  # people; for more of them the tables would grow too large for a page
BUDGET = 20_000  # pairs that are looked at for one headcount: a glance, since the pack deals anew
SEATS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PARTICIPANT, ROOM, TABLES, KINDS = 0, 1, 2, 3  # what a material counts by; from KINDS on the groups of a kind


@dataclass(frozen=True)
class Meeting:
    """A round as it is shown: in which session (from 0) and when it begins, the sizes of its groups in words, and the numbers of
    the people in each, from 1."""

    session: int
    at: int
    title: str
    sizes: str
    groups: tuple[tuple[int, ...], ...]


@dataclass
class Kinds:
    """The sizes of group that a workshop works in, each with its place in the list."""

    found: list[Groups] = field(default_factory=list)

    def of(self, groups: Groups) -> int:
        """Its place."""
        if groups not in self.found:
            self.found.append(groups)
        return self.found.index(groups)


def plan_page(site: Site, draw: Drawer, workshop: Workshop) -> Page:
    """The page at `workshops/<id>/plan/`."""
    shown = site.days(workshop)
    people = expected(workshop)
    times = [timed(site.kit, session, site.words) for session in workshop.sessions]
    found = supplies(site.kit, workshop, people, site.words)
    tree = site.words.tree
    return draw.page(
        "plan.md.j2",
        f"workshops/{workshop.id}/plan/index.md",
        site.words("plan.title", title=name_of(workshop)),
        audience="facilitators",
        found=False,
        item=workshop,
        days=shown,
        people=people,
        most=most_people(workshop),
        times=times,
        suffix=suffix,
        meetings=meetings(site.kit, workshop, site.words, shown, people),
        things=by_way(found),
        plan={
            "plan": tables(site, workshop, times, found),
            "words": {**tree["site"]["time"], **tree["plan"]["script"]},
        },
    )


def most_people(workshop: Workshop) -> int:
    """The largest headcount that the page takes."""
    return min(LIMIT, max(MOST, expected(workshop), (workshop.people.max or 0) + BEYOND))


def by_way(found: Sequence[Supply]) -> Mapping[str, list[tuple[int, Supply]]]:
    """Supplies by what has to be done about them, each with its place in the kit list."""
    ways = {way: [(at, one) for at, one in enumerate(found) if one.get == way] for way in WAYS}
    return {way: group for way, group in ways.items() if group}


def meetings(kit: Kit, workshop: Workshop, words: Words, shown: Sequence[Day], people: int) -> list[Meeting]:
    """The rounds of a workshop for a headcount."""
    return [
        Meeting(
            one.session,
            shown[one.session].lines[one.slot].slot.start,
            one.title,
            sizes_text(words, [len(group) for group in groups]),
            tuple(tuple(person + 1 for person in group) for group in groups),
        )
        for one, groups in seated(kit, workshop, words, people, budget=BUDGET)
    ]


def sizes_text(words: Words, sizes: Sequence[int]) -> str:
    """`5 fours and a three`."""
    counts = {size: sizes.count(size) for size in sorted(set(sizes), reverse=True)}
    known = words.tree["plan"]["script"]["sizes"]
    named = (
        words(f"plan.script.sizes.{size}", n=n) if str(size) in known else words("plan.script.size", n=n, size=size)
        for size, n in counts.items()
    )
    return words("plan.script.and").join(named)


def tables(site: Site, workshop: Workshop, times: Sequence[Timed], found: Sequence[Supply]) -> dict[str, Any]:
    """What the script looks up. Lines are counted over all sessions, from 0; -1 is the workshop as a whole.

    `kinds` has for each kind of group how many there are of it for 1, 2, 3 ... people, `tables` which kinds make tables, and for which
    line. `rounds` are pairs of line and kind; `seats` has for a headcount, round by round, the sign of each person's group. `things` has
    for each thing of the kit list its uses: line, what is used up there, and what is used again, both as pairs of quantity and what it
    counts by.
    """
    kinds = Kinds()
    shown = site.days(workshop)
    places = _places(times)
    held = rounds(site.kit, workshop, site.words)
    met = [(places[one.session, one.slot], kinds.of(one.groups)) for one in held]
    things = [_uses(site.kit, workshop, supply, kinds, places) for supply in found]
    at_tables = _at_tables(site.kit, workshop, kinds, places)
    most = most_people(workshop)
    return {
        "workshop": workshop.id,
        "usual": _usual(workshop, shown),
        "most": most,
        "range": [workshop.people.min or 1, workshop.people.max or most],
        "sessions": [session_data(site.kit, one, at, times[at]) for at, one in enumerate(workshop.sessions)],
        "rounds": met,
        "seats": seats(workshop, held) if held else {},
        "things": things,
        "tables": at_tables,
        "kinds": [[len(group_sizes(people, groups)) for people in range(1, most + 1)] for groups in kinds.found],
    }


Places = Mapping[tuple[int, int], int]


def _places(times: Sequence[Timed]) -> Places:
    """The place of each session's blocks among the lines of all sessions."""
    lines = [(number, block) for number, time in enumerate(times) for block in time.order]
    return {(number, block): at for at, (number, block) in enumerate(lines) if block is not None}


def _blocks(workshop: Workshop, places: Places) -> list[tuple[int, Block]]:
    """Every block with its place among all lines."""
    return [
        (places[number, at], one)
        for number, session in enumerate(workshop.sessions)
        for at, one in enumerate(session.agenda)
    ]


def _usual(workshop: Workshop, shown: Sequence[Day]) -> dict[str, int | str]:
    """What the fields say at first."""
    found: dict[str, int | str] = {"people": expected(workshop)}
    for at, day in enumerate(shown):
        found["start" + suffix(at)] = f"{day.sheet.start // 60 % 24:02}:{day.sheet.start % 60:02}"
        found["minutes" + suffix(at)] = day.sheet.minutes
    return found


def seats(workshop: Workshop, found: Sequence[Round]) -> dict[str, list[str]]:
    """For each headcount that a workshop takes, and a few more and fewer: round by round the sign of each person's group."""
    least, most = workshop.people.min or 2, workshop.people.max or MOST
    counts = range(max(2, least - BELOW), min(most + BEYOND, most_people(workshop)) + 1)
    return {
        str(people): [_signs(people, groups) for groups in dealt(found, people, budget=BUDGET).rounds]
        for people in counts
    }


def _signs(people: int, groups: Seated) -> str:
    """Empty where there are more groups than signs."""
    if len(groups) > len(SEATS):
        return ""
    at = {person: sign for sign, group in zip(SEATS, groups, strict=False) for person in group}
    return "".join(at[person] for person in range(people))


def _at_tables(kit: Kit, workshop: Workshop, kinds: Kinds, places: Places) -> list[tuple[int, int]]:
    """Kinds of group that sit at tables, each with the block that has them: see `programme.tables`."""
    found = [(-1, kinds.of(TABLE))]
    for at, block in _blocks(workshop, places):
        groups = kit.exercises[block.exercise].groups if isinstance(block, ExerciseBlock) else None
        if groups and groups.size >= SMALLEST_GROUP:
            found.append((at, kinds.of(groups)))
    return found


Terms = list[tuple[int, int]]


def _uses(kit: Kit, workshop: Workshop, supply: Supply, kinds: Kinds, places: Places) -> list[tuple[int, Terms, Terms]]:
    """Where a thing is used: as `supplies.supplies` counts, but for any headcount."""
    found = [(-1, *_terms(workshop.materials, supply, TABLES))]
    for at, block in [] if workshop.remote else _blocks(workshop, places):
        if isinstance(block, ExerciseBlock):
            exercise = kit.exercises[block.exercise]
            by = KINDS + kinds.of(exercise.groups) if exercise.groups else TABLES
            found.append((at, *_terms(exercise.materials, supply, by)))
    return [(at, gone, again) for at, gone, again in found if gone or again]


def _terms(materials: Iterable[Material], supply: Supply, group: int) -> tuple[Terms, Terms]:
    """What is used up, and what is used again, of a thing: pairs of quantity and what it counts by."""
    by = {"participant": PARTICIPANT, "room": ROOM, "group": group}
    same = [one for one in materials if (one.item.casefold(), one.get) == (supply.item.casefold(), supply.get)]
    gone, again = ([(one.quantity, by[one.per]) for one in same if one.used_up is used] for used in (True, False))
    return gone, again
