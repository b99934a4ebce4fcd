"""What may stand in a words file, and what a language still lacks.

In: a file of `templates/words/`, read with places, and English as the measure. Out: problems. A translation has the names of English and
no others, its texts fill the same places, a plural is a group of CLDR categories with `other`, and a list is as long as in English. Names
that are missing are no fault: English stands in, and one warning counts them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.content.source import Path as Where
from generator.content.source import Source
from generator.content.words import CATEGORIES, ENGLISH, FOLDER, PLACE, is_plural, layers, merged, read_words
from generator.errors import Problem, did_you_mean
from generator.templates import SHIPPED

# Lists that every language makes for itself, and texts that may be empty in another language.
OF_ITS_OWN = {("speech", "alike")}
MAY_BE_EMPTY = ("speech",)
NAMED = 4  # names of missing texts that a warning tells


def english() -> dict[str, Any]:
    """The words that every language is measured by."""
    tree = read_words(SHIPPED / FOLDER / f"{ENGLISH}.yml").value
    assert isinstance(tree, dict)
    return tree


def words_problems(templates: Path, language: str, kit: Source | None) -> Iterator[Problem]:
    """All that is wrong with the words files that a kit is made with, and a warning when texts of its language are missing.

    `kit` is the source of `kit.yml`, where the language stands.
    """
    files = list(layers(templates, language))
    own = [path for path in files if SHIPPED not in path.parents and not _is_shipped(path)]
    problems = [problem for path in own for problem in faults(read_words(path))]
    yield from problems
    if language.split("-")[0] == ENGLISH or kit is None or any(problem.severity == "error" for problem in problems):
        return
    theirs = [path for path in files if path.stem.split("-")[0] != ENGLISH]
    yield from _untranslated(theirs) if theirs else _no_words(templates, language, kit)


def _is_shipped(path: Path) -> bool:
    shipped = SHIPPED / FOLDER / path.name
    return shipped.is_file() and shipped.read_bytes() == path.read_bytes()


def faults(source: Source) -> list[Problem]:
    """What is wrong in one words file."""
    if source.problems:
        return source.problems
    if source.value is None or source.value == {}:
        return []
    return list(_compared(source, source.value, english(), ()))


def _compared(source: Source, found: Any, wanted: Any, path: Where) -> Iterator[Problem]:
    """A part of a file beside the same part of English."""
    if is_plural(wanted):
        yield from _plural(source, found, wanted, path)
    elif isinstance(wanted, dict):
        yield from _group(source, found, wanted, path)
    elif isinstance(wanted, list):
        yield from _list(source, found, wanted, path)
    else:
        yield from _text(source, found, path, _places(wanted), _places(wanted), may_be_empty=not wanted)


def _group(source: Source, found: Any, wanted: dict[str, Any], path: Where) -> Iterator[Problem]:
    if not isinstance(found, dict):
        help = f"it holds: {', '.join(wanted)}"
        yield source.problem("wrong-word", f"{_name(path)} is a group of texts", path, help=help)
        return
    for name, value in found.items():
        here = (*path, name)
        if name in wanted:
            yield from _compared(source, value, wanted[name], here)
        else:
            yield _unknown(source, here, list(wanted))


def _unknown(source: Source, path: Where, known: list[str]) -> Problem:
    name = str(path[-1])
    help = did_you_mean(name, known) or _elsewhere(name) or "templates/words/en.yml has all the names; delete this one"
    message = f"there is no text `{'.'.join(map(str, path))}`"
    return Problem("unknown-word", message, source.key(path), "not a name of en.yml", help)


def _elsewhere(name: str) -> str:
    """Where else English has a name, for one that stands in the wrong group."""
    found = [".".join(map(str, path)) for path in names(english()) if name in map(str, path)]
    return f"did you mean `{found[0]}`?" if len(found) == 1 else ""


def _plural(source: Source, found: Any, wanted: dict[str, Any], path: Where) -> Iterator[Problem]:
    """Each form has the places that all forms of English have, but for the number: `eine Seite` needs none."""
    help = "write `one:` and `other:`, and what else the language tells apart: zero, two, few, many"
    if not isinstance(found, dict):
        yield source.problem("wrong-word", f"{_name(path)} is a text in several forms", path, help=help)
        return
    if "other" not in found:
        yield source.problem(
            "wrong-word", f"{_name(path)} needs the form `other`", path, help="it is used where no other form fits"
        )
    forms = [_places(text) for text in wanted.values()]
    allowed, needed = set().union(*forms), set.intersection(*forms) - {"n"}
    for name, text in found.items():
        if name in CATEGORIES:
            yield from _text(source, text, (*path, name), allowed, needed)
        else:
            yield _unknown(source, (*path, name), sorted(CATEGORIES))


def _list(source: Source, found: Any, wanted: list[Any], path: Where) -> Iterator[Problem]:
    if not isinstance(found, list):
        yield source.problem("wrong-word", f"{_name(path)} is a list", path, help="write it as `[first, second]`")
        return
    if len(found) != len(wanted) and path not in OF_ITS_OWN:
        message = f"{_name(path)} has {len(wanted)} entries in English, and here {len(found)}"
        yield source.problem("wrong-word", message, path, help=f"in English: {', '.join(map(str, wanted))}")
    for at, text in enumerate(found):
        yield from _text(source, text, (*path, at), set(), set())


def _text(
    source: Source, found: Any, path: Where, allowed: set[str], needed: set[str], may_be_empty: bool = False
) -> Iterator[Problem]:
    if not isinstance(found, str):
        help = "delete the line to keep the English text" if found is None else "put quotes around it"
        yield source.problem("wrong-word", f"{_name(path)} is a text", path, help=help)
        return
    if not found.strip() and not may_be_empty and path[0] not in MAY_BE_EMPTY:
        help = "delete the line to keep the English text"
        yield source.problem("wrong-word", f"{_name(path)} is empty", path, help=help)
        return
    there = _places(found)
    rest = PLACE.sub("", found)
    if "{" in rest or "}" in rest:
        help = f"places are written {_shown(allowed)}" if allowed else "take the braces out; this text has no places"
        yield source.problem("wrong-place", "a brace here does not belong to a place", path, help=help)
    elif unknown := sorted(there - allowed):
        known = f"it may have {_shown(allowed)}" if allowed else "take it out; this text has no places"
        message = f"nothing fills the place {_shown(unknown[:1])} here"
        yield source.problem("wrong-place", message, path, help=did_you_mean(unknown[0], allowed) or known)
    elif missing := sorted(needed - there):
        message = f"the text needs {_shown(missing)}"
        yield source.problem("wrong-place", message, path, help="the program fills it in; put it where it belongs")


def _places(text: str) -> set[str]:
    return set(PLACE.findall(text))


def _shown(places: set[str] | list[str]) -> str:
    return ", ".join(f"`{{{name}}}`" for name in sorted(places))


def _name(path: Where) -> str:
    return f"`{'.'.join(map(str, path))}`" if path else "a words file"


def names(tree: dict[str, Any], path: Where = ()) -> Iterator[Where]:
    """The paths of all texts; a plural and a list are one text each."""
    for name, value in tree.items():
        if isinstance(value, dict) and not is_plural(value):
            yield from names(value, (*path, name))
        else:
            yield (*path, name)


def missing(files: list[Path]) -> list[str]:
    """The dotted names of English that none of some words files has."""
    tree: dict[str, Any] = {}
    for path in files:
        tree = merged(tree, read_words(path).value or {})
    there = set(names(tree))
    return [".".join(map(str, path)) for path in names(english()) if path not in there]


def _untranslated(files: list[Path]) -> Iterator[Problem]:
    lacking, last = missing(files), read_words(files[-1])
    if lacking:
        of, some = len(list(names(english()))), ", ".join(f"`{name}`" for name in lacking[:NAMED])
        verb = "is" if len(lacking) == 1 else "are"
        message = f"{len(lacking)} of {of} texts {verb} not translated, so English stands there"
        help = f"add what readers see most; missing {'first ' if len(lacking) > NAMED else ''}{verb} {some}"
        yield Problem("untranslated", message, last.at(1), help=help, severity="warning")


def _no_words(templates: Path, language: str, kit: Source) -> Iterator[Problem]:
    """Nothing is there for a language, or a file of nearly that name."""
    folder = templates / FOLDER
    there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    near = [name for name in there if name.lower() in (f"{language.lower()}.yml", f"{language.lower()}.yaml")]
    file = f"templates/words/{language}.yml"
    help = f"translate templates/words/en.yml, or as much of it as you like, into {file}"
    if near:
        help = f"rename templates/words/{near[0]} to {language}.yml"
    message = f"there are no fixed words in `{language}`, so English stands beside your texts"
    yield kit.problem("no-words", message, ("language",), help=help, severity="warning")
