"""JSON Schemas (draft 7), from which an editor completes and checks while one types.

In: the models of `content/`, and the ids that a kit has. Out: a schema for each kind of item and one for `kit.yml`, as plain values. A
schema refuses nothing that the program accepts; what only the whole kit can tell (minutes that add up, ids that are taken twice) is for
`check`. Ids of the kit are offered, and others are let through, since a schema is older than the file that was made after it.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from generator.content.load import SINGULAR
from generator.content.manual import Described, described, models_in, what_is
from generator.content.model import BLOCKS, KINDS, Kit, Prompt, Settings, Step

DRAFT = "http://json-schema.org/draft-07/schema#"
MARK = "made by `workshop-kit schema`"
MADE_IDS = {Step, Prompt}  # `load` gives these an id when they have none

Schema = dict[str, Any]
Ids = Mapping[str, Mapping[str, str]]  # titles by id, for each kind


def ids_of(kit: Kit) -> dict[str, dict[str, str]]:
    """The ids of a kit, of its ideas too, each with what it stands for in a line."""
    found = {kind: {item.id: item.title for item in kit.written(kind)} for kind in KINDS}
    return found | {"ideas": {idea.id: idea.text.source.split("\n")[0] for _, idea in kit.ideas()}}


def schemas(ids: Ids) -> dict[str, Schema]:
    """All schemas by the name of what they describe: the kinds as their folders are named, and `kit`."""
    return {"kit": _schema(Settings, "kit.yml", ids)} | {
        kind: _schema(model, SINGULAR[kind], ids) for kind, model in KINDS.items()
    }


def _schema(model: type[BaseModel], title: str, ids: Ids) -> Schema:
    found = model.model_json_schema(ref_template="{model}")
    parts = found.pop("$defs", {})
    models = {part.__name__: part for part in _models(model)}
    return {
        "$schema": DRAFT,
        "$comment": MARK,
        "title": title,
        **_part(model, found, parts, models, ids),
    }


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A model with all that it is made of."""
    found = [model]
    for one in found:
        for field in one.model_fields.values():
            found += [part for part in models_in(field.annotation) if part not in found]
    return found


def _part(model: type[BaseModel], found: Schema, parts: Schema, models: Mapping[str, Any], ids: Ids) -> Schema:
    """The schema of a model: only fields that authors write, each with its words."""
    fields = described(model)
    values = found["properties"]
    properties = {name: _field(words, _value(values[name], parts, models, ids), ids) for name, words in fields.items()}
    required = [name for name in fields if name in found["required"]] if "required" in found else []
    if model in MADE_IDS:
        required.remove("id")
    return {
        "description": what_is(model),
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _value(found: Schema, parts: Schema, models: Mapping[str, Any], ids: Ids) -> Schema:
    """What pydantic says of a value, in draft 7, with every part in its place."""
    if "$ref" in found:
        name = found["$ref"]
        return _part(models[name], parts[name], parts, models, ids)
    if "anyOf" in found:
        value, *_ = (_value(one, parts, models, ids) for one in found["anyOf"] if one != {"type": "null"})
        return _or_nothing(value) | _default(found)
    if "oneOf" in found:
        return _block([_value(one, parts, models, ids) for one in found["oneOf"]])
    kept = {name: found[name] for name in found if name not in ("title", "default", "items", "minLength", "maxLength")}
    lengths: Schema = {name: found[name] for name in ("minLength", "maxLength") if name in found}
    if found.get("type") == "array":
        kept["items"] = _value(found["items"], parts, models, ids)
        lengths = {name.replace("Length", "Items"): number for name, number in lengths.items()}
    return kept | lengths | _default(found)


def _default(found: Schema) -> Schema:
    """A default that an author could write: no minutes after midnight, no nothing."""
    default, kind = found.get("default"), found.get("type")
    plain = isinstance(default, bool) or (isinstance(default, str) and kind == "string")
    return {"default": default} if plain or (type(default) is int and kind == "integer") else {}


def _or_nothing(value: Schema) -> Schema:
    """A field without a value is the same as no field."""
    found = value | {"type": [value["type"], "null"]}
    if "enum" in value:
        found["enum"] = [*value["enum"], None]
    return found


def _block(kinds: list[Schema]) -> Schema:
    """A line of an agenda: the field that says what it is decides which others it may have."""
    every: Schema = {}
    rules = []
    for name, kind in zip(BLOCKS, kinds, strict=True):
        every |= {field: {"description": value["description"]} for field, value in kind["properties"].items()}
        rules.append({"if": {"type": "object", "required": [name]}, "then": kind})
    return {
        "description": f"One line of an agenda. It has exactly one of {', '.join(f'`{name}`' for name in BLOCKS)}.",
        "type": "object",
        "properties": every,
        "oneOf": [{"required": [name]} for name in BLOCKS],
        "allOf": rules,
    }


def _field(words: Described, value: Schema, ids: Ids) -> Schema:
    """A field with its description and an example; one that holds ids offers those of the kit."""
    found = {"description": words.alone, **{name: part for name, part in value.items() if name != "description"}}
    if words.example is not None:
        found["examples"] = [words.example]
    if known := ids.get(words.of):
        if found["type"] == "array":
            found["items"] = _offered(found["items"], known)
        else:
            found |= _offered({"type": found.pop("type"), "pattern": found.pop("pattern")}, known)
    return found


def _offered(value: Schema, known: Mapping[str, str]) -> Schema:
    return {"anyOf": [{"enum": list(known), "enumDescriptions": list(known.values())}, value]}
