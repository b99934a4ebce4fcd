"""Files become a frozen `Kit`, or every problem in them.

In: the folder `content/`. Out: the kit, and for each item the `Source` that knows where its values stand (for `check`). Doubt ends
here: unknown fields, wrong types, and files that do not belong are refused, all in one run. What could be read is handed on even so, for
`check` to find what else is wrong.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from generator.content.disk import bytes_of, entries, is_reserved, linked_folder, outside, place_of, shown
from generator.content.fields import cut
from generator.content.formats import CURRENT, wrong_format
from generator.content.free import Free, collect
from generator.content.ids import id_from
from generator.content.manual import models_in, written_fields
from generator.content.model import BLOCKS, KINDS, WHOLE_KIT, Font, Item, Kit, Settings, frozen_mapping
from generator.content.source import LARGEST, Source, parse
from generator.content.unwritten import without_unwritten
from generator.errors import KitError, Place, Problem, did_you_mean

FREE = {"kit.yml", "index.md", "pages", "images", "fonts"}
SINGULAR = {
    "articles": "an article", "tensions": "a tension", "pitfalls": "a pitfall", "exercises": "an exercise",
    "prompts": "a deck", "assessments": "an assessment", "workshops": "a workshop",
}  # fmt: skip

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Loaded:
    """A kit, the source of each item by (kind, id), and the folder that it was read from; `kit.yml` has the key ("kit", "").

    When there are `problems`, the kit lacks the items that they stand in; `unread` has the ids of those by kind. `check` is the gate: it
    reports these problems with its own, and no kit is used without it. `unwritten` has the ids of items and ideas that are left out, since
    they are still to be written.
    """

    kit: Kit
    sources: Mapping[tuple[str, str], Source]
    problems: tuple[Problem, ...]
    unread: Mapping[str, tuple[str, ...]]
    free: Free
    folder: Path
    unwritten: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load(content: Path) -> Loaded:
    """Read a kit, with all problems of all files. Raises `KitError` with one problem for a kit in another format than ours."""
    problems: list[Problem] = []
    sources: dict[tuple[str, str], Source] = {}
    items: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    unwritten: dict[str, tuple[str, ...]] = {}
    settings = _settings(content, sources, problems)
    for kind, path in discover(content, problems):
        source = _parsed(content, path)
        begun, ideas = (True, ()) if source.problems else without_unwritten(kind, source)
        unwritten["ideas"] = (*unwritten.get("ideas", ()), *ideas)
        if not begun:
            unwritten[kind] = (*unwritten.get(kind, ()), path.stem)
            problems += source.problems
            continue
        sources[kind, path.stem] = source
        item = (
            None
            if any(problem.severity == "error" for problem in source.problems)
            else item_of(kind, path.stem, source)
        )
        if item is not None:
            items[kind][path.stem] = item
        problems += source.problems
    free = collect(content, problems)
    settings = settings or Settings(format=1, id="unread", name="unread")
    kit = Kit(settings, **{kind: frozen_mapping(found) for kind, found in items.items()})
    unread = {kind: tuple(id for own, id in sources if own == kind and id not in items[kind]) for kind in KINDS}
    return Loaded(kit, frozen_mapping(sources), tuple(problems), unread, free, content, unwritten)


def _parsed(content: Path, path: Path) -> Source:
    """A file of the kit as plain values; that it cannot be read is one of its problems."""
    found, place = bytes_of(content, path, LARGEST), place_of(content, path)
    return Source(place.file, [], problems=[found]) if isinstance(found, Problem) else parse(place.file, found)


def discover(content: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """The item files of a kit as (kind, path), in the order of their names; what does not belong becomes a problem."""
    if not content.is_dir():
        help = "run the command in the folder that holds `content/`"
        problems.append(Problem("no-content", f"there is no folder `{content.name}/`", Place(content.name), help=help))
        return
    for entry in entries(content, content, problems):
        if entry.name in FREE:
            continue
        if entry.name not in KINDS or not entry.is_dir():
            help = did_you_mean(entry.name, [*KINDS, *FREE]) or f"a kit holds {', '.join(sorted([*KINDS, *FREE]))}"
            problems.append(
                Problem(
                    "unknown-file",
                    f"`{shown(entry.name)}` is not part of a kit",
                    place_of(content, entry),
                    help=help,
                )
            )
            continue
        if wrong := outside(content, entry) or linked_folder(content, entry):
            problems.append(wrong)
            continue
        for path in entries(entry, content, problems):
            if entry.name == "articles" and path.suffix == ".fingerprint":
                continue  # `borrowed.py` reads it
            problem = _misplaced(content, entry.name, path)
            if problem:
                problems.append(problem)
            else:
                yield entry.name, path


def _misplaced(content: Path, kind: str, path: Path) -> Problem | None:
    place, name = place_of(content, path), shown(path.name)
    astray = outside(content, path)
    if astray:
        return astray
    if path.suffix != ".yml" or not path.is_file():
        help = (
            "rename it to end in .yml"
            if path.suffix in (".yaml", ".YML") or path.name.lower().endswith((".yml.txt", ".yaml.txt"))
            else "items are files that end in .yml, without folders"
        )
        return Problem("unknown-file", f"`{name}` is not an item", place, help=help)
    wrong = wrong_id(kind, path.stem)
    return Problem("wrong-id", wrong[0], place, help=wrong[1]) if wrong else None


def wrong_id(kind: str, id: str) -> tuple[str, str] | None:
    """What is wrong with the id of an item, which is the name of its file, and what to do; None when it can be used."""
    if kind == "workshops" and id == WHOLE_KIT:
        help = "give the file another name; `all` stands for the whole kit among the printed documents"
        return f"a workshop cannot have the id `{WHOLE_KIT}`", help
    if is_reserved(f"{id}.yml"):
        help = f"Windows keeps this name for itself; give the file another, as {id.lower()}-{SINGULAR[kind].split()[-1]}.yml"
        return f"`{id}` cannot be an id", help
    if len(id) > 80:
        return f"`{shown(id)}` cannot be an id", f"it has {len(id)} characters, and an id has at most 80"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
        help = f"name it with small letters, digits and single hyphens, as {id_from(id) or 'silo-walk'}.yml"
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id.lower()):
            help = f"rename it to {id.lower()}.yml: on Windows and macOS capitals are the same as small letters"
        return f"`{shown(id)}` cannot be an id", help
    return None


def _settings(content: Path, sources: dict[tuple[str, str], Source], problems: list[Problem]) -> Settings | None:
    path = content / "kit.yml"
    if not path.is_file():
        if content.is_dir():
            help = "a kit needs at least `format: 1`, `id:` and `name:` there"
            problems.append(
                Problem("no-kit", "the file `kit.yml` is missing", Place(f"{content.name}/kit.yml"), help=help)
            )
        return None
    source = sources["kit", ""] = _parsed(content, path)
    settings = None
    if not source.problems and is_fields(source, "kit.yml"):
        if another := wrong_format(source):
            raise KitError([another])  # all else would be measured by rules that were not its own
        settings = validated(Settings, source.value, source, "a kit")
        if isinstance(settings, Settings):
            _need_files(content, settings, source)
    problems += source.problems
    return settings if isinstance(settings, Settings) else None


def _need_files(content: Path, settings: Settings, source: Source) -> None:
    """Refuse a logo and fonts that are not there."""
    wanted: list[tuple[str, str, Loc]] = [("no-image", settings.logo, ("logo",))] if settings.logo else []
    for name in ("text", "voice"):
        font: Font | None = getattr(settings.fonts, name)
        if font:
            wanted += [("no-font", file, ("fonts", name, "files", at)) for at, file in enumerate(font.files)]
    for code, file, path in wanted:
        if not (content / file).is_file():
            source.refuse(
                code, f"there is no file `{file}`", source.place(path), help="put it there, or delete the line"
            )


def is_fields(source: Source, what: str) -> bool:
    """Whether a file holds fields; when not, that is noted in its problems."""
    if isinstance(source.value, dict) and source.value:
        return True
    first = {"an event": "workshop: ...", "kit.yml": "format: 1"}.get(what, "title: ...")
    kind, help = type(source.value), f"write `{first}` on the first line"
    found = {dict: "nothing", type(None): "nothing", list: "a list", str: "a text alone"}.get(kind, "a value alone")
    if kind is list:
        help = "one file is one item: take the `- ` away, and the spaces below it"
    source.refuse(
        "wrong-type",
        f"{what} is made of fields, and this file holds {found}",
        source.at(1),
        help=help,
    )
    return False


def item_of(kind: str, stem: str, source: Source) -> Item | None:
    """The item of a parsed file, or None and every fault in the problems of its source."""
    if not is_fields(source, SINGULAR[kind]):
        return None
    raw = dict(source.value)
    _refuse_id(raw, (), source, "the name of the file is the id")
    item = validated(KINDS[kind], _with_ids(kind, raw, source) | {"id": stem}, source, SINGULAR[kind])
    return item if isinstance(item, Item) else None


def _refuse_id(raw: dict[str, Any], path: Loc, source: Source, help: str) -> None:
    if "id" in raw:
        source.refuse(
            "unknown-field", "this cannot have an `id` of its own", source.key((*path, "id")), help=f"delete it: {help}"
        )


def _with_ids(kind: str, raw: dict[str, Any], source: Source) -> dict[str, Any]:
    """The raw item with the ids that authors may leave out."""
    name = {"exercises": "steps", "prompts": "prompts"}.get(kind)
    if name and isinstance(raw.get(name), list):
        raw[name] = [
            {"id": f"{name[:-1]}-{number}", **part} if isinstance(part, dict) else part
            for number, part in enumerate(raw[name], 1)
        ]
    if kind == "workshops" and isinstance(raw.get("sessions"), list):
        taken = {f"session-{number}" for number, _ in enumerate(raw["sessions"], 1)}
        raw["sessions"] = [_session(part, number, taken, source) for number, part in enumerate(raw["sessions"])]
    return raw


def _session(raw: Any, number: int, taken: set[str], source: Source) -> Any:
    if not isinstance(raw, dict):
        return raw
    path: Loc = ("sessions", number)
    _refuse_id(raw, path, source, "sessions are counted")
    agenda = raw.get("agenda")
    if isinstance(agenda, list):
        blocks = []
        for at, block in enumerate(agenda):
            if isinstance(block, dict):
                _refuse_id(block, (*path, "agenda", at), source, "blocks are named by the program")
                block = {**block, "id": _block_id(block, taken)}
            blocks.append(block)
        raw = {**raw, "agenda": blocks}
    return {**raw, "id": f"session-{number + 1}"}


def _block_id(block: dict[str, Any], taken: set[str]) -> str:
    """A name for a block that stays the same while others come and go: what it is, and a number where that is not enough."""
    name = next((name for name in BLOCKS if name in block), "block")
    slug = id_from(str(block.get(name, "")), 60) or name
    if name in ("prompts", "tension", "assessment"):
        slug = f"{name}-{slug}"
    found, number = slug, 1
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    taken.add(found)
    return found


def validated(model: type[BaseModel], value: dict[str, Any], source: Source, what: str) -> BaseModel | None:
    """The value as a model, or None and every fault in the problems of its source; `what` is its name with an article."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        for found in errors:
            if not _follows(found, errors):
                source.problems += _problems(found, model, source, what)
        return None


def _follows(found: Any, errors: list[Any]) -> bool:
    """Whether an error only follows from another: a default from a field with an error, or a missing field that stands there misspelt."""
    if found["type"] == "default_factory_not_called":
        return True
    *parent, name = found["loc"] or ("",)
    unknown = (other["loc"] for other in errors if other["type"] == "extra_forbidden")
    near = (loc[-1] for loc in unknown if list(loc[:-1]) == parent and did_you_mean(str(loc[-1]), [str(name)]))
    return found["type"] == "missing" and any(near)


def _problems(found: Any, model: type[BaseModel], source: Source, what: str) -> Iterator[Problem]:
    """One error of pydantic's as problems of ours, at the place in the file."""
    loc: Loc = found["loc"]
    path = _path(loc, source.value)
    context = found.get("ctx") or {}
    match found["type"]:
        case "extra_forbidden":
            owner = _model_at(model, loc[:-1])
            known = list(written_fields(owner))
            noun = what if owner is model else f"this part of {what}"
            name = cut(str(loc[-1]))
            help = did_you_mean(name, known) or f"it may have: {', '.join(known)}"
            yield Problem("unknown-field", f"unknown field `{name}`", source.key(path), f"not a field of {noun}", help)
        case "missing":
            owner = _model_at(model, loc[:-1])
            noun = what if owner is model else "this"
            yield Problem(
                "missing-field",
                f"{noun} needs the field `{loc[-1]}`",
                source.place(path),
                help=f"add `{loc[-1]}:{f' {CURRENT}' if loc == ('format',) else ''}` here",
            )
        case "literal_error":
            value = found["input"]
            choices = re.findall(r"'([^']*)'", context.get("expected", "")) or [context.get("expected", "")]
            help = did_you_mean(str(value), choices) or f"write one of: {', '.join(choices)}"
            yield Problem("wrong-choice", f"`{cut(str(value))}` is not possible here", source.place(path), help=help)
        case "too_short":
            yield Problem(
                "too-few", f"`{loc[-1]}` needs at least {_entries_of(context['min_length'])}", source.key(path)
            )
        case "too_long":
            yield Problem(
                "too-many", f"`{loc[-1]}` can have at most {_entries_of(context['max_length'])}", source.key(path)
            )
        case "bool_type":
            yield Problem(
                "wrong-type", f"this should be true or false, not `{cut(str(found['input']))}`", source.place(path)
            )
        case "model_type" | "model_attributes_type":
            yield Problem(
                "wrong-type",
                "fields are expected here",
                source.place(path),
                help="write them as `name: value`, indented below",
            )
        case "prose":
            for fault in context["faults"]:
                yield Problem("prose", fault.message, source.place(path, fault.line), help=fault.help)
        case code:
            yield Problem(code.replace("_", "-"), found["msg"], source.place(path), help=context.get("help", ""))


def _entries_of(number: int) -> str:
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _path(loc: Loc, value: Any) -> Loc:
    """pydantic's location as a path in the file: without the names of union members, cut where the file has nothing."""
    path: list[str | int] = []
    for part in loc:
        if isinstance(part, str) and part.startswith("<"):
            continue
        entries = len(value) if isinstance(value, list) else 0
        if not (part in value if isinstance(value, dict) else isinstance(part, int) and part < entries):
            break
        value = value[part]
        path.append(part)
    return tuple(path)


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The model of the part of an item that a location leads to."""
    for part in loc:
        if isinstance(part, str) and part.startswith("<"):
            model = BLOCKS[part[1:-1]]
        elif isinstance(part, str) and part in model.model_fields:
            model = next(iter(models_in(model.model_fields[part].annotation)), model)
    return model
