"""What a kit is made of. The only home of which fields there are.

Everything here is frozen: after loading nobody checks, defaults or patches it again. Minutes are whole numbers. Prose is parsed
(`prose.Prose`). `docs/content-format.md` describes each field for authors, and a test holds the two together.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date as calendar_date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, PlainValidator, StrictBool, Tag
from pydantic_core import PydanticCustomError

from generator.content import prose as prose_reader
from generator.content.prose import Prose as ParsedProse

NOT_STATED = "not stated"

Phase = Literal["open", "explore", "deepen", "commit", "close"]
Format = Literal["solo", "pairs", "trios", "groups", "plenary"]
Keep = Literal["must", "should", "could"]
Depth = Literal["opener", "dig", "commit"]
Paper = Literal["a4", "us-letter"]
IdeaKind = Literal["pitfall", "contrast", "question", "principle", "example", "metric", "counterpoint"]


def _fail(code: str, message: str, **context: Any) -> PydanticCustomError:
    return PydanticCustomError(code, "{message}", {"message": message, **context})


def _shown(value: Any) -> str:
    """A value of the wrong type as authors wrote it."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a group of fields"
    if isinstance(value, str):
        return f'the text `"{value}"`' if re.fullmatch(r"-?[0-9.]+", value) else f"`{value}`"
    if value is None:
        return "nothing"
    return f"`{str(value).lower()}`"


def _text(value: Any) -> str:
    if isinstance(value, dict):
        help = "put quotes around a text that contains `: `"
        raise _fail("wrong-type", "this should be text, and reads as a field with a value", help=help)
    if not isinstance(value, str):
        words = {True: "true", False: "false", None: "nothing"}
        shown = "a list" if isinstance(value, list) else words.get(value, value)
        help = "" if isinstance(value, list) or value is None else f'put quotes around it: "{shown}"'
        raise _fail("wrong-type", f"this should be text, not {shown}", help=help)
    text = " ".join(value.split())
    if not text:
        raise _fail("empty-text", "this text is empty", help="write something, or delete the field")
    return text


def _prose(value: Any) -> ParsedProse:
    if not isinstance(value, str):
        _text(value)
    if not value.strip():
        raise _fail("empty-text", "this text is empty", help="write something, or delete the field")
    found, faults = prose_reader.parse(value)
    if found is None:
        raise _fail("prose", faults[0].message, faults=faults)
    return found


def _minutes(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        help = "write a whole number of minutes, as in `minutes: 45`"
        raise _fail("wrong-minutes", f"minutes are a whole number, not {_shown(value)}", help=help)
    if not 0 <= value <= 1440:
        raise _fail("wrong-minutes", f"{value} minutes cannot be", help="minutes lie between 0 and 1440 (a day)")
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _fail("wrong-type", f"this should be a whole number, not {_shown(value)}")
    if not 1 <= value <= 100_000:
        raise _fail("wrong-number", f"{value} cannot be: write a whole number from 1 up")
    return value


def _clock(value: Any) -> int:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value) if isinstance(value, str) else None
    if not match:
        raise _fail("wrong-clock", f"`{value}` is not a clock time", help="write it as `start: 13:30`")
    return int(match[1]) * 60 + int(match[2])


def _id(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 80:
        raise _fail(
            "wrong-id",
            f"`{value}` cannot be an id",
            help="ids are small letters, digits and single hyphens, as `silo-walk`",
        )
    return value


def _address(value: Any) -> str:
    text = _text(value)
    if text != NOT_STATED and not re.fullmatch(r"https?://[^\s<>\"'`{}|\\^]+", text):
        raise _fail("wrong-address", f"`{text}` is not a web address", help="write it as https://example.org/page")
    return text


def _site_address(value: Any) -> str:
    text = _address(value)
    return text if text.endswith("/") else text + "/"


def _date(value: Any) -> str:
    text = _text(value)
    try:
        if text != NOT_STATED:
            calendar_date.fromisoformat(text)
    except ValueError:
        raise _fail("wrong-date", f"`{text}` is not a date", help="write it as 2015-10-19, or `not stated`") from None
    return text


def _timezone(value: Any) -> str:
    text = _text(value)
    if text not in available_timezones():
        raise _fail("wrong-timezone", f"`{text}` is not a time zone", help="write it as Europe/Berlin")
    return text


def _luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(value: Any) -> str:
    if value is None:
        raise _fail(
            "wrong-colour", "there is no colour here: without quotes, `#` begins a remark", help='write it as "#0b5d66"'
        )
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise _fail("wrong-colour", f"`{value}` is not a colour", help='write it with quotes, as "#0b5d66"')
    contrast = 1.05 / (_luminance(value) + 0.05)
    if contrast < 4.5:
        raise _fail(
            "pale-colour",
            f"white text on {value} has a contrast of {int(contrast * 100) / 100:.2f}, and needs 4.5",
            help="choose a darker one",
        )
    return value.lower()


def _image(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(r"images/[\w-]+(/[\w-]+)*\.(png|jpg|jpeg|svg)", text):
        raise _fail("wrong-image", f"`{text}` is not an image of the kit", help="write it as images/logo.svg")
    return text


def _list(value: Any) -> Any:
    if value is not None and not isinstance(value, list | tuple):
        raise _fail("wrong-type", "this should be a list", help="start each entry on a line of its own with `- `")
    return value


def _language(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise _fail("wrong-language", f"`{text}` is not a language code", help="write it as en or de")
    return text


Text = Annotated[str, PlainValidator(_text)]
Prose = Annotated[ParsedProse, PlainValidator(_prose)]
Minutes = Annotated[int, PlainValidator(_minutes)]
Number = Annotated[int, PlainValidator(_number)]
Clock = Annotated[int, PlainValidator(_clock)]
Id = Annotated[str, PlainValidator(_id)]


Proses = Annotated[tuple[Prose, ...], BeforeValidator(_list)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_list)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_list)]


class Part(BaseModel):
    """Anything an author writes: frozen, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Item(Part):
    """A file of `content/`. `id` is the file's name, so no file states it."""

    kind: ClassVar[str]
    id: Id
    title: Text


class Range(Part):
    """How many people may be in the room; None = no limit."""

    min: Number | None = None
    max: Number | None = None


class Colours(Part):
    """`#rrggbb`, each dark enough for white text on it."""

    accent: Annotated[str, PlainValidator(_colour)] = "#0b5d66"
    warm: Annotated[str, PlainValidator(_colour)] = "#a63d12"


class Settings(Part):
    """`kit.yml`."""

    format: Literal[1]
    id: Id
    name: Text
    description: Text | None = None
    language: Annotated[str, PlainValidator(_language)] = "en"
    timezone: Annotated[str, PlainValidator(_timezone)] = "UTC"
    site_address: Annotated[str, PlainValidator(_site_address)] | None = None
    papers: Annotated[tuple[Paper, ...], BeforeValidator(_list), Field(min_length=1)] = ("a4", "us-letter")
    colours: Colours = Colours()
    logo: Annotated[str, PlainValidator(_image)] | None = None
    licence: Text | None = None
    credits: Prose | None = None


class Idea(Part):
    """One point of an article in our own words; its paragraphs count from 1."""

    id: Id
    text: Prose
    paragraphs: Annotated[tuple[Number, ...], BeforeValidator(_list)] = ()
    kind: IdeaKind | None = None
    voice: Literal["author", "reader"] = "author"


class Article(Item):
    """A source text, as far as it says what it is."""

    kind: ClassVar[str] = "articles"
    known_as: Text | None = None
    author: Text = NOT_STATED
    publisher: Text = NOT_STATED
    date: Annotated[str, PlainValidator(_date)] = NOT_STATED
    address: Annotated[str, PlainValidator(_address)] = NOT_STATED
    summary: Prose | None = None
    missing: Proses = ()
    ideas: Annotated[tuple[Idea, ...], BeforeValidator(_list), Field(min_length=1)]

    @property
    def name(self) -> str:
        """What the kit calls it."""
        return self.known_as or self.title


class Side(Part):
    """One side of a tension."""

    ideas: Annotated[tuple[Id, ...], BeforeValidator(_list), Field(min_length=1)]
    claim: Prose | None = None


class Bridge(Part):
    """A thought that joins the sides of a tension."""

    text: Prose
    ideas: Ids = ()


class Tension(Item):
    """Ideas that pull against each other. It asks, and does not decide."""

    kind: ClassVar[str] = "tensions"
    sides: Annotated[tuple[Side, ...], BeforeValidator(_list), Field(min_length=2)]
    question: Prose
    bridge: Bridge | None = None
    note: Prose | None = None


class Pitfall(Item):
    """A trap, found by its sign."""

    kind: ClassVar[str] = "pitfalls"
    sign: Prose
    counter_move: Prose
    cost: Prose | None = None
    say: Prose | None = None
    ideas: Ids = ()
    exercises: Ids = ()


class Step(Part):
    """A timed step of an exercise. `least` 0 means that it may be dropped."""

    id: Id
    title: Text
    minutes: Minutes
    do: Prose
    least: Minutes = Field(default_factory=lambda data: data["minutes"])
    most: Minutes = Field(default_factory=lambda data: data["minutes"])
    format: Format | None = None
    say: Prose | None = None
    ask: Prose | None = None
    if_cut: Prose | None = None


class Debrief(Part):
    """The talk after an exercise; its minutes count in the exercise's."""

    minutes: Minutes
    least: Minutes = Field(default_factory=lambda data: data["minutes"])
    what: Proses = ()
    so_what: Proses = ()
    now_what: Proses = ()


class Material(Part):
    """A thing that an exercise needs: so many per participant, group or room."""

    item: Text
    quantity: Number = 1
    per: Literal["participant", "group", "room"] = "room"
    used_up: StrictBool = False
    get: Literal["have", "buy", "print", "prepare"] = "have"


def _rows(value: Any) -> int:
    number = _number(value)
    if number > 30:
        raise _fail("wrong-number", f"{number} rows do not fit on a sheet", help="rows lie between 1 and 30")
    return number


class HandoutField(Part):
    """A place to write in. A box is as tall as `rows` lines."""

    id: Id
    label: Text
    hint: Prose | None = None
    space: Literal["lines", "box", "table"] = "lines"
    rows: Annotated[int, PlainValidator(_rows)] = 3
    columns: Texts = ()
    row_labels: Texts = ()


class Handout(Part):
    """A sheet that an exercise needs on the table."""

    title: Text
    intro: Prose | None = None
    fields: Annotated[tuple[HandoutField, ...], BeforeValidator(_list), Field(min_length=1)]


class Groups(Part):
    """Sizes of a group in people."""

    size: Number
    min: Number | None = None
    max: Number | None = None


class Exercise(Item):
    """A recipe of timed steps."""

    kind: ClassVar[str] = "exercises"
    purpose: Prose
    steps: Annotated[tuple[Step, ...], BeforeValidator(_list), Field(min_length=1)]
    outcome: Prose | None = None
    people: Range = Range()
    groups: Groups | None = None
    materials: Annotated[tuple[Material, ...], BeforeValidator(_list)] = ()
    prepare: Proses = ()
    debrief: Debrief | None = None
    variations: Proses = ()
    remote: Prose | None = None
    watch_outs: Proses = ()
    pitfalls: Ids = ()
    ideas: Ids = ()
    handout: Handout | None = None


class Prompt(Part):
    """A question for discussion."""

    id: Id
    text: Prose
    depth: Depth | None = None
    follow_up: Prose | None = None
    ideas: Ids = ()


class Deck(Item):
    """A set of prompts."""

    kind: ClassVar[str] = "prompts"
    about: Prose | None = None
    prompts: Annotated[tuple[Prompt, ...], BeforeValidator(_list), Field(min_length=1)]


class Statement(Part):
    """A sentence to agree with; `reversed` when agreeing is the worse answer."""

    id: Id
    text: Text
    reversed: StrictBool = False
    ideas: Ids = ()


class Result(Part):
    """What one band of a dimension suggests."""

    text: Prose
    pitfalls: Ids = ()
    exercises: Ids = ()


class Results(Part):
    """Bands by the share of points: low under 40 %, high from 70 %, middle between."""

    low: Result | None = None
    middle: Result | None = None
    high: Result | None = None


class Dimension(Part):
    """One direction that an assessment looks in."""

    id: Id
    title: Text
    statements: Annotated[tuple[Statement, ...], BeforeValidator(_list), Field(min_length=1)]
    results: Results | None = None


class Assessment(Item):
    """A self-assessment; its scale goes from the worst to the best answer."""

    kind: ClassVar[str] = "assessments"
    about: Prose | None = None
    dimensions: Annotated[tuple[Dimension, ...], BeforeValidator(_list), Field(min_length=1)]
    scale: Annotated[tuple[Text, ...], BeforeValidator(_list), Field(min_length=2, max_length=11)] = (
        "never", "seldom", "sometimes", "often", "always",
    )  # fmt: skip
    no_evidence: StrictBool = True


class Block(Part):
    """One line of an agenda; what all blocks share. `id` is made by `load`. `start` is minutes after midnight."""

    type: ClassVar[str]
    id: Id
    phase: Phase | None = None
    keep: Keep = "should"
    start: Clock | None = None
    lead: Text | None = None
    do: Prose | None = None
    say: Prose | None = None
    ask: Prose | None = None
    if_cut: Prose | None = None


class ExerciseBlock(Block):
    """An exercise at its place in the day; without minutes it takes what its steps add up to."""

    type: ClassVar[str] = "exercise"
    exercise: Id
    minutes: Minutes | None = None


class TimedBlock(Block):
    """A block whose minutes stand in the agenda."""

    minutes: Minutes
    least: Minutes = Field(default_factory=lambda data: data["minutes"])
    most: Minutes = Field(default_factory=lambda data: data["minutes"])
    format: Format | None = None


class PromptsBlock(TimedBlock):
    """Prompts of a deck; `pick` empty = all of them."""

    type: ClassVar[str] = "prompts"
    prompts: Id
    pick: Ids = ()


class TensionBlock(TimedBlock):
    """A tension put to the group."""

    type: ClassVar[str] = "tension"
    tension: Id


class AssessmentBlock(TimedBlock):
    """Time to answer a self-assessment."""

    type: ClassVar[str] = "assessment"
    assessment: Id


class ActivityBlock(TimedBlock):
    """Something written in place."""

    type: ClassVar[str] = "activity"
    activity: Text


class BreakBlock(TimedBlock):
    """A break."""

    type: ClassVar[str] = "break"
    pause: Literal["coffee", "lunch"] = Field(alias="break")


class SlackBlock(TimedBlock):
    """Time kept free."""

    type: ClassVar[str] = "slack"
    slack: Text


BLOCKS: dict[str, type[Block]] = {
    block.type: block
    for block in (ExerciseBlock, PromptsBlock, TensionBlock, AssessmentBlock, ActivityBlock, BreakBlock, SlackBlock)
}


def _kinds_of_block(value: Any) -> list[str]:
    return [name for name in BLOCKS if name in value] if isinstance(value, dict) else []


def _one_kind(value: Any) -> Any:
    names = _kinds_of_block(value)
    if len(names) != 1:
        wanted = ", ".join(f"`{name}`" for name in BLOCKS)
        what = f"this block is both {' and '.join(names)}" if names else "this block does not say what it is"
        raise _fail("wrong-block", what, help=f"a block has exactly one of {wanted}")
    return value


def _block_type(value: Any) -> str:
    """The tag of a block; a discriminator may not raise, so that `_one_kind` has looked at it before."""
    return f"<{_kinds_of_block(value)[0]}>"


AnyBlock = Annotated[
    Annotated[ExerciseBlock, Tag("<exercise>")]
    | Annotated[PromptsBlock, Tag("<prompts>")]
    | Annotated[TensionBlock, Tag("<tension>")]
    | Annotated[AssessmentBlock, Tag("<assessment>")]
    | Annotated[ActivityBlock, Tag("<activity>")]
    | Annotated[BreakBlock, Tag("<break>")]
    | Annotated[SlackBlock, Tag("<slack>")],
    Discriminator(_block_type),
    BeforeValidator(_one_kind),
]


class Session(Part):
    """One sitting with a clock of its own; `start` is minutes after midnight, `day` counts from 1."""

    agenda: Annotated[tuple[AnyBlock, ...], BeforeValidator(_list), Field(min_length=1)]
    id: Id
    title: Text | None = None
    day: Number = 1
    start: Clock = 9 * 60


class Preparation(Part):
    """What to do before, by when."""

    four_weeks: Proses = ()
    one_week: Proses = ()
    one_day: Proses = ()


class Workshop(Item):
    """What is offered."""

    kind: ClassVar[str] = "workshops"
    promise: Prose
    sessions: Annotated[tuple[Session, ...], BeforeValidator(_list), Field(min_length=1)]
    audience: Prose | None = None
    not_for: Prose | None = None
    people: Range = Range()
    prepare: Preparation = Preparation()
    after: Proses = ()
    credits: Prose | None = None


KINDS: dict[str, type[Item]] = {
    kind.kind: kind for kind in (Article, Tension, Pitfall, Exercise, Deck, Assessment, Workshop)
}


@dataclass(frozen=True)
class Kit:
    """A whole kit, by id in the order of the file names."""

    settings: Settings
    articles: Mapping[str, Article]
    tensions: Mapping[str, Tension]
    pitfalls: Mapping[str, Pitfall]
    exercises: Mapping[str, Exercise]
    prompts: Mapping[str, Deck]
    assessments: Mapping[str, Assessment]
    workshops: Mapping[str, Workshop]

    def of(self, kind: str) -> Mapping[str, Item]:
        """The items of a kind, named as its folder is."""
        items: Mapping[str, Item] = getattr(self, kind)
        return items

    def items(self) -> Iterator[Item]:
        """Every item, kind by kind."""
        for kind in KINDS:
            yield from self.of(kind).values()

    def ideas(self) -> Iterator[tuple[Article, Idea]]:
        """Every idea with its article."""
        for article in self.articles.values():
            for idea in article.ideas:
                yield article, idea


def frozen_mapping(items: dict[Any, Any]) -> Mapping[Any, Any]:
    """A read-only view of `items`."""
    return MappingProxyType(items)
