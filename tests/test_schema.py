"""`workshop-kit schema`: what editors complete and check with agrees with what the program accepts."""

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.content.formats import wrong_format
from generator.content.load import SINGULAR, item_of, load, validated
from generator.content.model import BLOCKS, KINDS, Settings
from generator.content.source import parse
from generator.editor.schema import MARK, ids_of, schemas

ROOT = Path(__file__).resolve().parent.parent
CONTENTS = [ROOT / "content", *(ROOT / "tests" / "kits" / name / "content" for name in ("minimal", "full", "unicode")),
            ROOT / "templates" / "starter" / "content"]  # fmt: skip
GENERAL = schemas({})
CHECKERS = {kind: jsonschema.Draft7Validator(found) for kind, found in GENERAL.items()}
MODELS = {"kit": Settings, **KINDS}


def faults(kind: str, value: Any) -> list[str]:
    return [error.message for error in CHECKERS[kind].iter_errors(value)]


def accepted(kind: str, value: Any) -> bool:
    """Whether the program takes a file that holds `value`."""
    source = parse(f"content/{kind}/item.yml", yaml.safe_dump(value, allow_unicode=True).encode())
    if source.problems or not isinstance(source.value, dict) or (kind == "kit" and wrong_format(source)):
        return False
    found = validated(Settings, source.value, source, "a kit") if kind == "kit" else item_of(kind, "item", source)
    return found is not None and not source.problems


@cache
def shipped() -> dict[tuple[str, str, str], Any]:
    """Every item of all kits, as plain values, by kit, kind and id."""
    return {
        (str(content), kind, id): source.value
        for content in CONTENTS
        for (kind, id), source in load(content).sources.items()
    }


def each(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every schema in a schema, with where it stands."""
    if isinstance(schema, dict):
        yield path, schema
        for name, part in schema.items():
            if name in ("properties", "items", "then", "allOf", "anyOf"):
                parts = part.items() if name == "properties" else enumerate(part if isinstance(part, list) else [part])
                for key, one in parts:
                    yield from each(one, f"{path}/{name}/{key}")


# What they are


@pytest.mark.parametrize("kind", MODELS)
def test_each_kind_has_a_schema_of_draft_7(kind: str) -> None:
    assert set(GENERAL) == set(MODELS)
    assert GENERAL[kind]["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(GENERAL[kind])
    assert "$ref" not in json.dumps(GENERAL[kind])


def test_every_field_says_what_it_is_and_parts_refuse_unknown_fields() -> None:
    described, closed, shown = 0, 0, 0
    for kind, schema in GENERAL.items():
        for path, part in each(schema):
            for name, field in part.get("properties", {}).items():
                assert len(field.get("description", "")) > 8, f"{kind}{path}/{name}"
                assert "see below" not in field["description"], f"{kind}{path}/{name}"
                described += 1
                shown += "examples" in field
            if "properties" in part and "oneOf" not in part:
                assert part["additionalProperties"] is False, f"{kind}{path}"
                closed += 1
    assert described > 150
    assert closed > 25
    assert shown > 120


def test_examples_are_examples() -> None:
    looked = 0
    for kind, schema in GENERAL.items():
        for path, part in each(schema):
            for example in part.get("examples", []):
                assert not list(jsonschema.Draft7Validator(part).iter_errors(example)), f"{kind}{path}: {example}"
                looked += 1
    assert looked > 120


# Whatever the program accepts, a schema accepts


def test_every_item_of_every_kit_is_accepted() -> None:
    wrong = {place: found for place, value in shipped().items() if (found := faults(place[1], value))}
    assert wrong == {}
    assert len(shipped()) > 80
    assert len(SMALL) > 60
    assert {kind for _, kind, _ in shipped()} == set(MODELS)


def mutated(value: Any, data: st.DataObject) -> Any:
    """The value with one of its parts taken away, put twice, renamed or replaced."""
    value = copy.deepcopy(value)
    here = value
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        below = here[key]
        if isinstance(below, dict | list) and below and data.draw(st.booleans()):
            here = below
            continue
        break
    what = data.draw(st.sampled_from(["replace", "remove", "rename", "add"]))
    if what == "remove":
        del here[key]
    elif what == "rename" and isinstance(here, dict):
        here[data.draw(st.sampled_from(["titel", "id", "minutes", "start", "exercise", "break"]))] = here.pop(key)
    elif what == "add" and isinstance(here, dict):
        here[data.draw(st.sampled_from(["ideas", "least", "title", "format", "pick"]))] = data.draw(VALUES)
    else:
        here[key] = data.draw(VALUES)
    return value


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 2000), st.just(45.5), st.text(max_size=12), st.lists(st.text(max_size=5), max_size=3),
    st.sampled_from(["9:30", "24:00", "coffee", "pairs", "not stated", "2015-10-19", "silo-walk", "#0b5d66", "a4", "https://example.org/"]),
    st.just({}), st.just({"title": "A"}),
)  # fmt: skip


SMALL = sorted(place for place in shipped() if len(str(shipped()[place])) < 6000)


@given(st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_schema_refuses_nothing_that_the_program_accepts(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(SMALL))
    value = mutated(shipped()[place], data)
    if accepted(place[1], value):
        assert faults(place[1], value) == [], value


# What the program refuses, as far as one file shows it

EXERCISE = {"title": "A", "purpose": "B", "steps": [{"title": "C", "minutes": 5, "do": "D"}]}
WORKSHOP = {"title": "A", "promise": "B", "sessions": [{"agenda": [{"activity": "C", "minutes": 5}]}]}
STEP = EXERCISE["steps"][0]
KIT = {"format": 1, "id": "kit", "name": "Kit"}


def with_block(**block: Any) -> dict[str, Any]:
    return {**WORKSHOP, "sessions": [{"agenda": [block]}]}


REFUSED: list[tuple[str, Any]] = [
    ("exercises", []),
    ("exercises", {**EXERCISE, "titel": "A"}),
    ("exercises", {key: EXERCISE[key] for key in ("title", "purpose")}),
    ("exercises", {**EXERCISE, "steps": []}),
    ("exercises", {**EXERCISE, "steps": "C"}),
    ("exercises", {**EXERCISE, "title": ""}),
    ("exercises", {**EXERCISE, "title": "  "}),
    ("exercises", {**EXERCISE, "title": 5}),
    ("exercises", {**EXERCISE, "id": "own"}),
    *(("exercises", {**EXERCISE, "steps": [{**STEP, "minutes": value}]}) for value in ("5", 5.5, True, -1, 1441, "9:30", None)),
    ("exercises", {**EXERCISE, "steps": [{**STEP, "format": "crowd"}]}),
    ("exercises", {**EXERCISE, "steps": [{**STEP, "id": "Not An Id"}]}),
    ("exercises", {**EXERCISE, "pitfalls": ["Not An Id"]}),
    ("exercises", {**EXERCISE, "people": {"min": 0}}),
    ("exercises", {**EXERCISE, "handout": {"title": "A", "fields": [{"id": "a", "label": "B", "rows": 31}]}}),
    ("exercises", {**EXERCISE, "materials": [{"item": "A", "used_up": "yes"}]}),
    ("workshops", with_block(minutes=5)),
    ("workshops", with_block(activity="A", exercise="b", minutes=5)),
    ("workshops", with_block(activity="A")),
    ("workshops", with_block(**{"break": "tea", "minutes": 5})),
    ("workshops", with_block(exercise="a", format="pairs")),
    ("workshops", with_block(activity="A", minutes=5, pick=["a"])),
    ("workshops", with_block(activity="A", minutes=5, start="25:00")),
    ("workshops", with_block(activity="A", minutes=5, start=540)),
    ("tensions", {"title": "A", "question": "B", "sides": [{"ideas": ["a"]}]}),
    ("tensions", {"title": "A", "question": "B", "sides": [{"ideas": []}, {"ideas": ["a"]}]}),
    ("articles", {"title": "A", "ideas": [{"id": "a", "text": "B", "paragraphs": [0]}]}),
    ("articles", {"title": "A", "date": "19.10.2015", "ideas": [{"id": "a", "text": "B"}]}),
    ("articles", {"title": "A", "address": "example.org", "ideas": [{"id": "a", "text": "B"}]}),
    ("assessments", {"title": "A", "scale": ["one"], "dimensions": [{"id": "a", "title": "A", "statements": [{"id": "b", "text": "B"}]}]}),
    ("prompts", {"title": "A", "prompts": [{"text": "B", "depth": "deep"}]}),
    ("pitfalls", {"title": "A", "sign": "B"}),
    ("kit", {**KIT, "format": 2}),
    ("kit", {**KIT, "format": "1"}),
    ("kit", {**KIT, "colours": {"accent": "teal"}}),
    ("kit", {**KIT, "language": "English"}),
    ("kit", {**KIT, "papers": ["letter"]}),
    ("kit", {**KIT, "logo": "logo.gif"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), REFUSED, ids=str)
def test_what_the_program_refuses_a_schema_refuses(kind: str, value: Any) -> None:
    assert not accepted(kind, value)
    assert faults(kind, value)


def test_the_cases_begin_with_what_is_right() -> None:
    for kind, value in (("exercises", EXERCISE), ("workshops", WORKSHOP), ("kit", KIT)):
        assert accepted(kind, value)
        assert faults(kind, value) == []


def test_a_block_is_told_of_by_what_it_is() -> None:
    for name in BLOCKS:
        told = faults("workshops", with_block(**{name: "coffee" if name == "break" else "a", "minutes": 5, "oops": 1}))
        assert told == ["Additional properties are not allowed ('oops' was unexpected)"], name


# In a kit


def test_ids_of_the_kit_are_offered_and_later_ones_let_through() -> None:
    kit = load(ROOT / "tests" / "kits" / "full" / "content").kit
    found = schemas(ids_of(kit))
    offered, through = found["pitfalls"]["properties"]["exercises"]["items"]["anyOf"]
    assert offered["enum"] == list(kit.exercises)
    assert offered["enumDescriptions"] == [item.title for item in kit.exercises.values()]
    assert list(jsonschema.Draft7Validator(through).iter_errors("made-later")) == []
    blocks = found["workshops"]["properties"]["sessions"]["items"]["properties"]["agenda"]["items"]["allOf"]
    by_name = {rule["if"]["required"][0]: rule["then"]["properties"] for rule in blocks}
    for name, kind in (
        ("exercise", "exercises"),
        ("prompts", "prompts"),
        ("tension", "tensions"),
        ("assessment", "assessments"),
    ):
        assert by_name[name][name]["anyOf"][0]["enum"] == list(kit.of(kind)), name
    assert found["tensions"]["properties"]["bridge"]["properties"]["ideas"]["items"]["anyOf"][0]["enum"]


# The command


def test_the_command_writes_one_file_a_kind_and_renews_them(typed: Any, make_kit: Any) -> None:
    folder = make_kit({"content/kit.yml": "format: 1\nid: kit\nname: Kit\n"})
    (folder / "schemas").mkdir()
    (folder / "schemas" / "notes.txt").write_text("mine", encoding="utf-8")
    for _ in range(2):
        done = typed("schema", cwd=folder)
        assert done.returncode == 0, done.stderr
    names = {path.name for path in (folder / "schemas").iterdir()}
    assert names == {"kit.schema.json", "notes.txt", *(f"{kind}.schema.json" for kind in SINGULAR)}
    for kind in MODELS:
        text = (folder / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
        assert MARK in text
        assert json.loads(text) == GENERAL[kind]


def test_a_file_that_somebody_else_made_stays(typed: Any, make_kit: Any) -> None:
    folder = make_kit({"content/kit.yml": "format: 1\nid: kit\nname: Kit\n", "own/kit.schema.json": "{}"})
    done = typed("schema", "--out", "own", cwd=folder)
    assert done.returncode == 1
    assert "own/kit.schema.json was not made by this program" in done.stderr
    assert [path.name for path in (folder / "own").iterdir()] == ["kit.schema.json"]
    assert typed("schema", "--out", "content/schemas", cwd=folder).returncode == 2
    assert not (folder / "content" / "schemas").exists()


def test_without_a_kit_schemas_know_no_ids(typed: Any, tmp_path: Path) -> None:
    done = typed("schema", "--out", "here", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "here" / "pitfalls.schema.json").read_text(encoding="utf-8")) == GENERAL["pitfalls"]
