"""What is written about the formats is what the program does: `docs/content-format.md` and `docs/kit.schema.json`, both ways."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import jsonschema
import pytest
import yaml
from pydantic import BaseModel

from generator.content import model
from generator.content.manual import MANUAL, described, what_is
from generator.content.model import (
    Article,
    Assessment,
    Bridge,
    Colours,
    Debrief,
    Deck,
    Dimension,
    Exercise,
    Font,
    Fonts,
    Groups,
    Handout,
    HandoutField,
    Headcount,
    Idea,
    Item,
    Material,
    Part,
    Pitfall,
    Preparation,
    Prompt,
    Range,
    Result,
    Results,
    Session,
    Settings,
    Side,
    Statement,
    Step,
    Tension,
    TimedBlock,
    Workshop,
)  # fmt: skip
from generator.links import link, references
from generator.reading import read
from generator.timing.schedule import clock_text
from generator.web.data import kit_data

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "content-format.md").read_text(encoding="utf-8")

Row = tuple[str, str]

# Each table of the page by the line that stands before it.
TABLES: dict[str, type[Part]] = {
    "## kit.yml": Settings, "## articles": Article, "An **idea**": Idea, "## tensions": Tension, "## pitfalls": Pitfall,
    "## exercises": Exercise, "A **step**": Step, "A **debrief**": Debrief, "A **material**": Material, "A **handout field**": HandoutField,
    "## prompts": Deck, "A **prompt**": Prompt, "## assessments": Assessment, "A **dimension**": Dimension, "## workshops": Workshop,
    "A **session**": Session,
}  # fmt: skip
# Small parts, described in the row of the field that holds them (table, field), or in a sentence.
IN_A_ROW: dict[tuple[str, str], set[type[Part]]] = {
    ("## kit.yml", "colours"): {Colours}, ("## kit.yml", "fonts"): {Fonts, Font},
    ("## tensions", "sides"): {Side}, ("## tensions", "bridge"): {Bridge},
    ("## exercises", "people"): {Range}, ("## exercises", "groups"): {Groups}, ("## workshops", "people"): {Headcount},
    ("## workshops", "prepare"): {Preparation}, ("A **dimension**", "results"): {Results, Result},
}  # fmt: skip
IN_A_SENTENCE: dict[str, type[Part]] = {"A **handout** has": Handout, "A **statement** has": Statement}
# No file holds these: what others have in common, and what is made of a workshop.
BASES: set[type[Part]] = {Part, Item, model.Block, TimedBlock, model.Version}
IN_WORDS = {
    "none": (None, (), Preparation()),
    "both": (("a4", "us-letter"),),
    "built in": (Colours(), Fonts()),
    "the title": (None,),
    "any number": (Range(), Headcount()),
}


def table_after(mark: str) -> dict[str, Row]:
    """The table after a line that starts so: field -> (what, default)."""
    text = PAGE[PAGE.index(mark) :]
    lines = text[text.index("\n|") + 1 :].split("\n")
    rows: dict[str, Row] = {}
    for line in lines[2 : next(number for number, line in enumerate(lines) if not line.startswith("|"))]:
        fields, what, *default = (cell.strip() for cell in line.strip("|").split(" | "))
        for name in re.findall(r"`(\w+)`", fields):
            assert name not in rows
            rows[name] = what, default[0].strip(" |") if default else ""
    assert rows
    return rows


def named(text: str) -> set[str]:
    """The words in backticks that could be fields."""
    return {word for word in re.findall(r"`([a-z_]+)`", text) if word not in ("true", "false")}


def models() -> set[type[Part]]:
    """All that the format is made of, with the bases."""
    return {found for found in vars(model).values() if isinstance(found, type) and issubclass(found, Part)}


def fields_of(part: type[BaseModel]) -> dict[str, Any]:
    """The fields of a model by the names that authors write, without an id that no author may write."""
    unwritten = issubclass(part, (Item, Session, model.Block))
    return {field.alias or name: field for name, field in part.model_fields.items() if not (name == "id" and unwritten)}


def inner(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from inner(part)


def choices(annotation: Any) -> set[str]:
    return {str(value) for part in inner(annotation) if get_origin(part) is Literal for value in get_args(part)}


@pytest.mark.parametrize("mark", TABLES)
def test_every_field_is_documented_and_every_documented_field_exists(mark: str) -> None:
    assert set(table_after(mark)) == set(fields_of(TABLES[mark]))


@pytest.mark.parametrize("mark", TABLES)
def test_the_page_says_what_the_manual_says(mark: str) -> None:
    words = described(TABLES[mark])
    for name, (what, _) in table_after(mark).items():
        assert what == words[name].what, f"{name}: the page and generator/content/manual.yml differ"


def test_the_page_says_of_blocks_what_the_manual_says() -> None:
    kinds, common = table_after("A **block** is"), table_after("Every block may also have")
    shared = described(model.ActivityBlock)
    assert len(common) == 12
    for name, (what, _) in common.items():
        assert what == shared[name].what, name
    for name in ("exercise", "tension", "assessment", "activity", "break", "slack"):
        assert kinds[name][0].split(";")[0] == described(model.BLOCKS[name])[name].what.split(";")[0], name


def test_the_manual_describes_all_that_there_is_and_nothing_else() -> None:
    manual = yaml.safe_load(MANUAL.read_text(encoding="utf-8"))
    named = {part.__name__: part for part in models()}
    assert set(manual) <= set(named)
    used: dict[str, set[str]] = {name: set() for name in manual}
    for part in models() - {Part, Item, TimedBlock, model.Version}:
        assert len(what_is(part)) > 5
        for name, words in described(part).items():
            assert words.what, f"{part.__name__}.{name}"
            owner = next(
                base.__name__ for base in part.__mro__ if name in manual.get(base.__name__, {"fields": {}})["fields"]
            )
            used[owner].add(name)
    assert used == {name: set(entry["fields"]) for name, entry in manual.items()}


def test_the_manual_knows_which_fields_hold_ids(kits: Path) -> None:
    kit = read(kits / "full" / "content")[0].kit
    found = {(name, words.of) for part in models() - BASES for name, words in described(part).items() if words.of}
    named = {(name, reference.kind) for item in kit.items() for reference in references(item)
             for name in [part for part in reference.path if isinstance(part, str)][-1:]}  # fmt: skip
    assert named == found


@pytest.mark.parametrize("place", IN_A_ROW, ids=lambda place: place[1])
def test_a_small_part_is_documented_in_the_row_of_its_field(place: tuple[str, str]) -> None:
    assert named(table_after(place[0])[place[1]][0]) == {name for part in IN_A_ROW[place] for name in fields_of(part)}


@pytest.mark.parametrize("mark", IN_A_SENTENCE)
def test_a_part_is_documented_in_a_sentence(mark: str) -> None:
    at = PAGE.index("\n" + mark) + 1
    end = PAGE.index("A **handout field**" if "handout" in mark else "\n\n", at)
    assert named(PAGE[at:end]) == set(fields_of(IN_A_SENTENCE[mark]))


def test_every_model_has_a_place_on_the_page() -> None:
    known = {*TABLES.values(), *IN_A_SENTENCE.values(), *(part for parts in IN_A_ROW.values() for part in parts)}
    assert len(models()) > 30
    assert models() == known | BASES | set(model.BLOCKS.values())


@pytest.mark.parametrize("mark", TABLES)
def test_what_is_documented_as_required_and_as_the_default_is(mark: str) -> None:
    fields = fields_of(TABLES[mark])
    for name, (_, default) in table_after(mark).items():
        field = fields[name]
        if default.startswith(("`step-1`", "`prompt-1`")):  # `load` makes it; see the next test
            assert field.is_required()
        elif default == "required":
            assert field.is_required(), f"{name} has a default"
        elif default == "the same as `minutes`":
            assert field.default_factory({"minutes": 7}) == 7
        elif default in IN_WORDS:
            assert not field.is_required(), f"{name} is required"
            assert field.default in IN_WORDS[default], f"{name}: {field.default}"
        else:
            stated = re.findall(r"`([^`]*)`", default)
            value = field.default
            if name == "start":
                value = clock_text(value)
            shown = [str(each) for each in (value if isinstance(value, tuple) else (value,))]
            assert stated == [text.lower() if isinstance(value, bool) else text for text in shown], name


def test_ids_that_are_left_out_are_made(kits: Path) -> None:
    kit = read(kits / "full" / "content")[0].kit
    assert [step.id for step in kit.exercises["agenda-in-five"].steps] == ["write", "step-2", "step-3"]
    assert [prompt.id for prompt in kit.prompts["first-words"].prompts] == ["best-meeting", "prompt-2", "one-less"]


def test_every_choice_is_documented() -> None:
    checked = 0
    for mark, part in TABLES.items():
        for name, (what, default) in table_after(mark).items():
            annotation = fields_of(part)[name].annotation
            if any(isinstance(found, type) and issubclass(found, Part) for found in inner(annotation)):
                continue  # a part with a description of its own
            missing = {choice for choice in choices(annotation) if f"`{choice}`" not in what + default}
            assert not missing, f"{name} may also be {missing}"
            checked += bool(choices(annotation))
    assert checked >= 9


def test_blocks_are_documented() -> None:
    kinds, common = table_after("A **block** is"), table_after("Every block may also have")
    assert set(kinds) == set(model.BLOCKS)
    timed_only = {name for name, (what, _) in common.items() if "not for an exercise" in what}
    assert timed_only == {"format", "least", "most"}
    for name, block in model.BLOCKS.items():
        own = {name} | {extra for extra in ("pick", "title") if f"`{extra}`" in kinds[name][0]}
        shared = set(common) - (timed_only if name == "exercise" else set())
        assert set(fields_of(block)) == own | shared, name
        assert fields_of(block)["minutes"].is_required() == (name != "exercise")
        assert fields_of(block)["keep"].default == common["keep"][1].strip("`")
    for name in ("phase", "keep", "format"):
        assert choices(fields_of(model.ActivityBlock)[name].annotation) == named(common[name][0])
    assert choices(fields_of(model.BreakBlock)["break"].annotation) == named(kinds["break"][0])


def test_the_recipe_of_ten_lines_on_the_page_is_enough(make_kit: Any) -> None:
    recipe = PAGE[PAGE.index("```yaml\ntitle: The stop list") + 8 :].split("```")[0]
    assert recipe.count("\n") <= 10
    folder = make_kit({"content/kit.yml": "format: 1\nid: kit\nname: Kit\n", "content/exercises/stop.yml": recipe})
    assert list(read(folder / "content")[0].kit.exercises) == ["stop"]


# The full kit uses the whole format, so that goldens show it


def test_the_full_kit_uses_every_field_and_every_choice(kits: Path) -> None:
    kit = read(kits / "full" / "content")[0].kit
    written: dict[type[BaseModel], set[str]] = {}
    chosen: set[tuple[str, str]] = set()

    def look(value: Any, name: str = "") -> None:
        if isinstance(value, BaseModel):
            written.setdefault(type(value), set()).update(value.model_fields_set)
            for field in type(value).model_fields:
                look(getattr(value, field), field)
        elif isinstance(value, tuple):
            for entry in value:
                look(entry, name)
        else:
            chosen.add((name, str(value)))

    look((kit.settings, *(item for kind in model.KINDS for item in kit.written(kind))))
    parts = models() - BASES
    assert set(written) == parts
    shared = set(TimedBlock.model_fields) - {"id", "minutes"}  # one block shows it
    assert shared <= {name for part, names in written.items() if issubclass(part, model.Block) for name in names}
    for part, names in written.items():
        wanted = set(part.model_fields) - (shared if issubclass(part, model.Block) else set())
        assert wanted <= names, f"{part.__name__}: the kit `full` does not use {sorted(wanted - names)}"
    for part in parts:
        for name, field in part.model_fields.items():
            if not issubclass(part, Settings) and get_origin(field.annotation) in (Literal, Union, UnionType):
                unused = {choice for choice in choices(field.annotation) if (name, choice) not in chosen}
                assert not unused, f"{part.__name__}.{name}: the kit `full` does not use {unused}"


# kit.json and its schema


@cache
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs" / "kit.schema.json").read_text(encoding="utf-8"))
    return found


@cache
def data_of(content: Path) -> dict[str, Any]:
    kit = read(content)[0].kit
    found: dict[str, Any] = json.loads(json.dumps(kit_data(kit, link(kit))))
    return found


def faults(data: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(schema()).iter_errors(data)]


def test_the_schema_is_a_schema() -> None:
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    "kit", ["content", "tests/kits/minimal/content", "tests/kits/full/content", "tests/kits/unicode/content"]
)
def test_kit_json_fits_its_schema(kit: str) -> None:
    data = data_of(ROOT / kit)
    assert faults(data) == []
    assert data["exercises"]
    assert data["workshops"]


def test_the_schema_describes_everything_and_lets_nothing_else_in() -> None:
    objects, described = 0, 0

    def look(node: Any, place: str) -> None:
        nonlocal objects, described
        if isinstance(node, list):
            for entry in node:
                look(entry, place)
        if not isinstance(node, dict):
            return
        if node.get("type") == "object":
            objects += 1
            assert node.get("additionalProperties") is False, place
            assert set(node["required"]) <= set(node["properties"]), place
            for name, found in node["properties"].items():
                described += 1
                assert found.get("description"), f"{place}.{name}"
        for name, found in node.items():
            look(found, f"{place}.{name}")

    look(schema(), "")
    assert objects > 30
    assert described > 150


def test_the_schema_has_every_field_of_the_models() -> None:
    definitions = schema()["$defs"]
    derived = {"url", "type", "used_by", "end", "fixed", "original", "length"}
    named_otherwise = {Settings: "settings", HandoutField: "handout_field", Range: "people", Headcount: "headcount"}
    inline = {
        Side,
        Bridge,
        Groups,
        Debrief,
        Colours,
        Fonts,
        Font,
        Results,
        Preparation,
    }  # described where they stand; kit.json of `full` holds them
    blocks = {block: f"{name}_block" for name, block in model.BLOCKS.items()}
    pairs = [(part, (named_otherwise | blocks).get(part, part.__name__.lower())) for part in models() - BASES - inline]
    assert len(pairs) > 25
    for part, name in pairs:
        fields = {field.alias or own for own, field in part.model_fields.items()}
        sums = {"minutes", "least", "most"} if part in (Exercise, Workshop, Session) else set()
        assert fields <= set(definitions[name]["properties"]), name
        assert set(definitions[name]["properties"]) <= fields | derived | sums, name


CHANGES: dict[str, Any] = {
    "a kit without a name": lambda data: data["kit"].pop("name"),
    "a kit of another format": lambda data: data.update(format=2),
    "an unknown field at the top": lambda data: data.update(more=[]),
    "an unknown field of an exercise": lambda data: data["exercises"][0].update(titel="x"),
    "minutes as text": lambda data: data["exercises"][0].update(minutes="35"),
    "minutes below zero": lambda data: data["exercises"][0]["steps"][0].update(minutes=-1),
    "half a minute": lambda data: data["exercises"][0]["steps"][0].update(minutes=0.5),
    "a step without an address": lambda data: data["exercises"][0]["steps"][0].pop("url"),
    "an address outside the site": lambda data: data["exercises"][0].update(url="../x/"),
    "an id with capitals": lambda data: data["articles"][0]["ideas"][0].update(id="Time Fills"),
    "a voice that there is not": lambda data: data["articles"][0]["ideas"][0].update(voice="editor"),
    "a tension of one side": lambda data: data["tensions"][0].update(sides=data["tensions"][0]["sides"][:1]),
    "a clock time that is none": lambda data: data["workshops"][0]["sessions"][0].update(start="9.30"),
    "an empty agenda": lambda data: data["workshops"][0]["sessions"][0].update(agenda=[]),
    "a block of an unknown kind": lambda data: data["workshops"][0]["sessions"][0]["agenda"][0].update(type="talk"),
    "a block without its own field": lambda data: data["workshops"][0]["sessions"][0]["agenda"][0].pop("prompts"),
    "a pale word for a colour": lambda data: data["kit"]["colours"].update(accent="red"),
    "nothing where a list belongs": lambda data: data.update(pitfalls=None),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_schema_refuses_what_has_been_changed(change: str, kits: Path) -> None:
    data = copy.deepcopy(data_of(kits / "full" / "content"))
    assert faults(data) == []
    CHANGES[change](data)
    assert faults(data)
