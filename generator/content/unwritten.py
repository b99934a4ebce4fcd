"""Texts that are still to be written: what `workshop-kit draft` leaves empty for an author to fill in.

In: the source of an item. Out: the same source without the ideas and prompts whose `text:` is empty, a warning that counts them, and their
ids. An item of which nothing is written yet is left out whole. An item that has been begun is checked like any other: a field that is
empty there is an error.
"""

from typing import Any

from generator.content.source import Path, Source
from generator.errors import Problem

ENTRIES = {"articles": ("ideas", "idea"), "prompts": ("prompts", "prompt")}
WHOLE = {"pitfalls": ("title", "sign", "counter_move")}
HELP = "write it after `{name}:` in your own words, or delete {what}; until then it is left out"


def without_unwritten(kind: str, source: Source) -> tuple[bool, tuple[str, ...]]:
    """Take out what is still to be written, and warn of it; whether anything is left of the item, and the ids of ideas that went."""
    value = source.value
    if not isinstance(value, dict):
        return True, ()
    if names := WHOLE.get(kind):
        if all(name in value and value[name] is None for name in names):
            _warn(source, "this pitfall is still to be written", (names[1],), "the file")
            return False, ()
        return True, ()
    name, noun = ENTRIES.get(kind, ("", ""))
    entries = value.get(name)
    gone = [at for at, entry in enumerate(entries) if _is_empty(entry)] if isinstance(entries, list) else []
    if not entries or not gone:
        return True, ()
    message = f"{len(gone)} of {len(entries)} {noun}{'' if len(entries) == 1 else 's'} here are still to be written"
    _warn(source, message, (name, gone[0], "text"), f"the {noun}")
    ids = tuple(str(entries[at].get("id")) for at in gone)
    _take_out(source, name, frozenset(gone))
    return len(gone) < len(entries), ids if kind == "articles" else ()


def _is_empty(entry: Any) -> bool:
    return isinstance(entry, dict) and "text" in entry and entry["text"] is None


def _warn(source: Source, message: str, path: Path, what: str) -> None:
    help = HELP.format(name=path[-1], what=what)
    source.problems.append(Problem("still-to-write", message, source.key(path), help=help, severity="warning"))


def _take_out(source: Source, name: str, gone: frozenset[int]) -> None:
    """Take entries of a list out of a source; those after them move up, and keep their places in the file."""
    entries = source.value[name]
    kept = {old: new for new, old in enumerate(at for at in range(len(entries)) if at not in gone)}

    def moved(path: Path) -> Path | None:
        if len(path) < 2 or path[0] != name or not isinstance(path[1], int):
            return path
        return (name, kept[path[1]], *path[2:]) if path[1] in kept else None

    source.keys = {new: place for path, place in source.keys.items() if (new := moved(path)) is not None}
    source.values = {new: place for path, place in source.values.items() if (new := moved(path)) is not None}
    source.value = {**source.value, name: [entries[at] for at in kept]}
