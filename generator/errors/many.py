"""Of very many problems, those that are worth reading first.

In: all problems. Out: some of them in their order, and what is left out, counted by code. The worst come first; among equals every code has
its turn, and for each code every file, so that a flood of one kind in one file hides no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from generator.errors.problem import RANK, Problem

MOST = 50


@dataclass(frozen=True)
class FirstPage:
    """`shown` in their order, and of the rest for each code: its name, how many there are, and in how many files."""

    shown: tuple[Problem, ...]
    left: tuple[tuple[str, int, int], ...]


def first_page(problems: Sequence[Problem], most: int = MOST) -> FirstPage:
    """At most so many problems, and what is left."""
    groups: dict[tuple[int, str], list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: problem.order):
        groups.setdefault((RANK[problem.severity], problem.code), []).append(problem)
    turns = [[_by_turns(group) for (rank, _), group in groups.items() if rank == wanted] for wanted in RANK.values()]
    chosen = list(islice(chain.from_iterable(_alternately(each) for each in turns), most))
    taken = set(map(id, chosen))
    left = []
    for (_, code), group in groups.items():
        if rest := [problem.place.file for problem in group if id(problem) not in taken]:
            left.append((code, len(rest), len(set(rest))))
    return FirstPage(tuple(sorted(chosen, key=lambda problem: problem.order)), tuple(left))


def _by_turns(problems: Sequence[Problem]) -> list[Problem]:
    """The first of each file, then the second of each, and so on."""
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        files.setdefault(problem.place.file, []).append(problem)
    return _alternately(list(files.values()))


def _alternately(lists: Sequence[Sequence[Problem]]) -> list[Problem]:
    return [problem for row in zip_longest(*lists) for problem in row if problem is not None]


def rest_of(page: FirstPage, how: str = "`--all` shows all") -> str:
    """What is left out, in words, and how to see it; an empty text when nothing is."""
    if not page.left:
        return ""
    number = sum(many for _, many, _ in page.left)
    lines = [f"{number:,} more {'is' if number == 1 else 'are'} not shown; {how}:"]
    for code, many, files in page.left:
        lines.append(f"  {many:,} more of `{code}` in {files:,} file{'' if files == 1 else 's'}")
    return "\n".join(lines)
