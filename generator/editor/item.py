"""A new file of `content/` with every field of its kind, each explained.

In: a kind, an id, and the ids that the kit has. Out: YAML. Fields that are required stand there with an example to write over; the others
are switched off by a `#` right before them. A remark has a space after its `#`, so that the two can be told apart, by people and by tests.
"""

from collections.abc import Iterator
from textwrap import wrap
from types import UnionType
from typing import Any, Union, get_args, get_origin

import yaml
from annotated_types import MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.content.load import SINGULAR
from generator.content.manual import Described, described, models_in, what_is, written_fields
from generator.content.model import BLOCKS, KINDS, ActivityBlock, Block, Idea, Item, Side
from generator.editor.schema import MADE_IDS, Ids

WIDTH = 110
HEAD = """\
{kind}: {what}
A field that begins with `#` may be left out: delete the sign, and it counts. Fields indented below it have signs of their own.
The others are needed; write over the examples.
`workshop-kit check` says what does not fit."""


def modeline(kind: str, up: str = "../../") -> str:
    """The line that tells an editor which schema a file has; `up` leads from the file to the folder that holds `schemas/`."""
    return f"# yaml-language-server: $schema={up}schemas/{kind}.schema.json\n"


def new_item(kind: str, id: str, ids: Ids) -> str:
    """The text of a new file. Ids that it needs are those of the kit, as far as there are any."""
    model = KINDS[kind]
    name = SINGULAR[kind]
    what = what_is(model)
    head = HEAD.format(kind=name[0].upper() + name[1:], what=what[0].lower() + what[1:]).split("\n")
    lines = [line for text in head for line in _remark(text, 0)]
    return modeline(kind) + "\n".join([*lines, "", *_Writer(id, ids).fields(model, 0, True)]) + "\n"


def needs(kind: str) -> tuple[str, ...]:
    """Of which kinds a new item has to name others, so that it can be checked without errors."""
    return ("ideas",) if kind == "tensions" else ()


def _remark(text: str, indent: int) -> list[str]:
    return [
        f"{' ' * indent}# {line}" for line in wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    ]


def _yaml(value: Any) -> str:
    """A value on one line. Quotes stand where any program that reads YAML needs them."""
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...")


class _Writer:
    """Writes the fields of an item that has the id `id`; `used` counts how many ids of the kit the sides of a tension have named."""

    def __init__(self, id: str, ids: Ids) -> None:
        self.id, self.ids = id, ids
        self.used: dict[str, int] = {}

    def fields(self, model: type[BaseModel], indent: int, on: bool, entry: bool = False) -> Iterator[str]:
        """The lines of a model's fields; of an `entry` of a list the first one begins with a dash. `on` = they count."""
        for number, (name, field) in enumerate(written_fields_in_order(model)):
            first = entry and number == 0
            active = on and (first or (field.is_required() and not (name == "id" and model in MADE_IDS)))
            words = described(model)[name]
            yield from _remark(words.alone + ".", indent)
            sign = "" if active else "#"
            lead = f"{' ' * (indent - 2)}{sign}- " if first else f"{' ' * indent}{sign}"
            yield from self._field(model, lead, words, field, indent, active)

    def _field(
        self, model: type[BaseModel], lead: str, words: Described, field: FieldInfo, indent: int, on: bool
    ) -> Iterator[str]:
        parts = models_in(field.annotation)
        if not parts:
            yield from self._plain(model, lead, words, field, indent, on)
        elif not _is_list(field.annotation):
            yield f"{lead}{words.name}:"
            yield from self.fields(parts[0], indent + 2, on)
        elif issubclass(parts[0], Block):
            yield f"{lead}{words.name}:"
            yield from self._agenda(indent + 4, on)
        else:
            yield f"{lead}{words.name}:"
            for _ in range(max(1, _least(field))):
                yield from self.fields(parts[0], indent + 4, on, entry=True)

    def _plain(
        self, model: type[BaseModel], lead: str, words: Described, field: FieldInfo, indent: int, on: bool
    ) -> Iterator[str]:
        value = self._value(model, words, _is_list(field.annotation))
        if not isinstance(value, list) or not any(" " in str(part) for part in value):
            yield f"{lead}{words.name}: {_yaml(value)}"
            return
        yield f"{lead}{words.name}:"
        for part in value:
            yield f"{' ' * (indent + 2)}{'' if on else '#'}- {_yaml(part)}"

    def _value(self, model: type[BaseModel], words: Described, many: bool) -> Any:
        """The example of a field; where it names other items, one of the kit."""
        if words.of:
            known = list(self.ids.get(words.of, {})) or [f"an-{'idea' if words.of == 'ideas' else 'id'}-of-yours"]
            at = self.used.get(words.of, 0) if model is Side else 0
            self.used[words.of] = at + 1
            return [known[at % len(known)]] if many else known[at % len(known)]
        if issubclass(model, Item) and words.name == "title":
            return self.id.replace("-", " ").capitalize()
        if model is Idea and words.name == "id":
            return self._own_idea()
        return words.example

    def _own_idea(self) -> str:
        """An id for an idea that no other idea of the kit has."""
        taken, number = self.ids.get("ideas", {}), 1
        while (found := f"{self.id[:70]}-idea-{number}") in taken:
            number += 1
        return found

    def _agenda(self, indent: int, on: bool) -> Iterator[str]:
        """A block of each kind: one with all that blocks may have, the others with what only they have."""
        yield from self.fields(ActivityBlock, indent, on, entry=True)
        shared = set(described(ActivityBlock)) - {"minutes"}
        for name, block in BLOCKS.items():
            if block is ActivityBlock:
                continue
            yield ""
            yield from _remark(what_is(block), indent - 2)
            for field, words in described(block).items():
                if field in shared:
                    continue
                lead = f"{' ' * (indent - 2)}#- " if field == name else f"{' ' * indent}#"
                yield from _remark(words.alone + "." if field != "minutes" else "", indent)
                yield f"{lead}{field}: {_yaml(self._value(block, words, False))}"


def written_fields_in_order(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a model as authors write them, in the order of the manual."""
    fields = written_fields(model)
    for name in described(model):
        yield name, fields[name]


def _is_list(annotation: Any) -> bool:
    """Whether a field holds several values, or None."""
    if get_origin(annotation) in (Union, UnionType):
        return any(_is_list(part) for part in get_args(annotation))
    return get_origin(annotation) is tuple


def _least(field: FieldInfo) -> int:
    """How many entries a list has at least."""
    return max((rule.min_length for rule in field.metadata if isinstance(rule, MinLen)), default=0)
