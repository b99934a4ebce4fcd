"""What each field is, in words for authors.

In: a model. Out: for each of its fields, by the name that authors write, the words of `manual.yml`. New files, schemas for editors and
the tables of `docs/content-format.md` say the same since all of them come from there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.content.model import Block, Item, Session

MANUAL = Path(__file__).with_name("manual.yml")


# What only leads to another place of the page on the format.
SEE = re.compile(r" \(see [^()]*(?:\([^()]*\))?\)|; see below")


@dataclass(frozen=True)
class Described:
    """A field in words: Markdown that says `what` it is, an `example` as YAML has it (None = it is made of other fields), and `of` which
    kind the ids in it are, named as the kind's folder is or `ideas` (empty = it holds no ids)."""

    name: str
    what: str
    example: Any = None
    of: str = ""

    @property
    def alone(self) -> str:
        """What it is, for a place where nothing else stands around it."""
        return SEE.sub("", self.what)


def written_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the names that authors write, without an id that no author may write."""
    unwritten = issubclass(model, Item | Session | Block)
    return {
        field.alias or name: field for name, field in model.model_fields.items() if not (name == "id" and unwritten)
    }


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models in the annotation of a field."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    arguments = getattr(annotation, "__args__", ())
    return [model for part in arguments for model in models_in(part)]


def described(model: type[BaseModel]) -> dict[str, Described]:
    """The fields of a model in words, in the order in which an author best reads them. Raises `KeyError` for one that has none."""
    words: dict[str, Mapping[str, Any]] = {}
    for base in model.__mro__:
        for name, entry in _manual().get(base.__name__, {"fields": {}})["fields"].items():
            words.setdefault(name, entry)
    wanted = written_fields(model)
    order = [name for name in words if name in wanted]
    return {name: Described(name, **words[name]) for name in (*order, *(name for name in wanted if name not in words))}


def what_is(model: type[BaseModel]) -> str:
    """One sentence on what a model is."""
    text: str = _manual()[model.__name__]["is"]
    return text


@cache
def _manual() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(MANUAL.read_text(encoding="utf-8"))
    return found
