"""What a kit is made of. The only home of which fields there are.

Everything here is frozen: after loading nobody checks, defaults or patches it again. Minutes are whole numbers. Prose is parsed
(`prose.Prose`). `manual.yml` says of each field what it is, and `docs/content-format.md` shows that to authors; tests hold them together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StrictBool, Tag

from generator.content.fields import (
    NOT_STATED,
    Address,
    Clock,
    Colour,
    Date,
    FontFile,
    Id,
    Image,
    Language,
    Many,
    Minutes,
    Number,
    Prose,
    Rows,
    SiteAddress,
    Some,
    Text,
    Timezone,
    fail,
)  # fmt: skip

Phase = Literal["open", "explore", "deepen", "commit", "close"]
Format = Literal["solo", "pairs", "trios", "groups", "plenary"]
Keep = Literal["must", "should", "could"]
Depth = Literal["opener", "dig", "commit"]
Paper = Literal["a4", "us-letter"]
WHOLE_KIT = "all"  # stands for a workshop where a document belongs to the whole kit; no workshop has this id
IdeaKind = Literal["pitfall", "contrast", "question", "principle", "example", "metric", "counterpoint"]


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


class Headcount(Range):
    """The same for a workshop; `usual` is how many one plans for, as long as nobody knows better."""

    usual: Number | None = None


class Colours(Part):
    """`#rrggbb`, each dark enough for white text on it."""

    accent: Colour = "#0b5d66"
    warm: Colour = "#a63d12"


class Font(Part):
    """A font of the kit's own: the name of its family, and the files that hold it."""

    family: Text
    files: Some[FontFile]


class Fonts(Part):
    """`text` is what instructs, `voice` is titles and sentences to say aloud; None = ours."""

    text: Font | None = None
    voice: Font | None = None


class Settings(Part):
    """`kit.yml`."""

    format: Literal[1]
    id: Id
    name: Text
    description: Text | None = None
    language: Language = "en"
    timezone: Timezone = "UTC"
    site_address: SiteAddress | None = None
    papers: Some[Paper] = ("a4", "us-letter")
    booklets: StrictBool = True
    colours: Colours = Colours()
    fonts: Fonts = Fonts()
    logo: Image | None = None
    licence: Text | None = None
    credits: Prose | None = None


class Idea(Part):
    """One point of an article in our own words; its paragraphs count from 1."""

    id: Id
    text: Prose
    paragraphs: Many[Number] = ()
    kind: IdeaKind | None = None
    voice: Literal["author", "reader"] = "author"
    poster: Annotated[Many[Text], Field(max_length=2)] = ()


class Article(Item):
    """A source text, as far as it says what it is."""

    kind: ClassVar[str] = "articles"
    known_as: Text | None = None
    author: Text = NOT_STATED
    publisher: Text = NOT_STATED
    date: Date = NOT_STATED
    address: Address = NOT_STATED
    summary: Prose | None = None
    missing: Many[Prose] = ()
    ideas: Some[Idea]

    @property
    def name(self) -> str:
        """What the kit calls it."""
        return self.known_as or self.title


class Side(Part):
    """One side of a tension."""

    ideas: Some[Id]
    claim: Prose | None = None


class Bridge(Part):
    """A thought that joins the sides of a tension."""

    text: Prose
    ideas: Many[Id] = ()


class Tension(Item):
    """Ideas that pull against each other. It asks, and does not decide."""

    kind: ClassVar[str] = "tensions"
    sides: Annotated[Many[Side], Field(min_length=2)]
    question: Prose
    bridge: Bridge | None = None
    note: Prose | None = None


class Pitfall(Item):
    """A trap, found by its sign."""

    kind: ClassVar[str] = "pitfalls"
    sign: Prose
    counter_move: Prose
    also: Many[Text] = ()
    cost: Prose | None = None
    say: Prose | None = None
    ideas: Many[Id] = ()
    exercises: Many[Id] = ()


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
    what: Many[Prose] = ()
    so_what: Many[Prose] = ()
    now_what: Many[Prose] = ()


class Material(Part):
    """A thing that an exercise or a workshop needs: so many per participant, group or room."""

    item: Text
    quantity: Number = 1
    per: Literal["participant", "group", "room"] = "room"
    used_up: StrictBool = False
    get: Literal["have", "buy", "print", "prepare"] = "have"


Space = Literal["lines", "box", "table", "grid", "ladder", "chain", "columns", "card"]


class HandoutField(Part):
    """A place to write in. `rows` are lines to write on: of a table its rows, of a ladder, a chain or a card those for each name, of a box,
    a grid or columns the height. `corners` are the names of a grid's four corners, row by row."""

    id: Id
    label: Text
    hint: Prose | None = None
    space: Space = "lines"
    rows: Rows = 3
    columns: Many[Text] = ()
    row_labels: Many[Text] = ()
    corners: Many[Text] = ()


class Handout(Part):
    """A sheet that an exercise needs on the table."""

    title: Text
    intro: Prose | None = None
    fields: Some[HandoutField]


class Groups(Part):
    """Sizes of a group in people."""

    size: Number
    min: Number | None = None
    max: Number | None = None


class Exercise(Item):
    """A recipe of timed steps."""

    kind: ClassVar[str] = "exercises"
    purpose: Prose
    steps: Some[Step]
    outcome: Prose | None = None
    people: Range = Range()
    groups: Groups | None = None
    materials: Many[Material] = ()
    prepare: Many[Prose] = ()
    debrief: Debrief | None = None
    variations: Many[Prose] = ()
    remote: Prose | None = None
    watch_outs: Many[Prose] = ()
    pitfalls: Many[Id] = ()
    ideas: Many[Id] = ()
    handout: Handout | None = None


class Prompt(Part):
    """A question for discussion."""

    id: Id
    text: Prose
    depth: Depth | None = None
    follow_up: Prose | None = None
    ideas: Many[Id] = ()


class Deck(Item):
    """A set of prompts."""

    kind: ClassVar[str] = "prompts"
    about: Prose | None = None
    prompts: Some[Prompt]


class Statement(Part):
    """A sentence to agree with; `reversed` when agreeing is the worse answer."""

    id: Id
    text: Text
    reversed: StrictBool = False
    ideas: Many[Id] = ()


class Result(Part):
    """What one band of a dimension suggests."""

    text: Prose
    pitfalls: Many[Id] = ()
    exercises: Many[Id] = ()


class Results(Part):
    """Bands by the share of points: low under 40 %, high from 70 %, middle between."""

    low: Result | None = None
    middle: Result | None = None
    high: Result | None = None


class Dimension(Part):
    """One direction that an assessment looks in."""

    id: Id
    title: Text
    statements: Some[Statement]
    results: Results | None = None


class Assessment(Item):
    """A self-assessment; its scale goes from the worst to the best answer."""

    kind: ClassVar[str] = "assessments"
    about: Prose | None = None
    dimensions: Some[Dimension]
    scale: Annotated[Many[Text], Field(min_length=2, max_length=11)] = (
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
    title: Text | None = None
    prompts: Id
    pick: Many[Id] = ()


class TensionBlock(TimedBlock):
    """A tension put to the group."""

    type: ClassVar[str] = "tension"
    title: Text | None = None
    tension: Id


class AssessmentBlock(TimedBlock):
    """Time to answer a self-assessment."""

    type: ClassVar[str] = "assessment"
    title: Text | None = None
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
        raise fail("wrong-block", what, help=f"a block has exactly one of {wanted}")
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

    agenda: Some[AnyBlock]
    id: Id
    title: Text | None = None
    day: Number = 1
    start: Clock = 9 * 60


class Preparation(Part):
    """What to do before, by when."""

    four_weeks: Many[Prose] = ()
    one_week: Many[Prose] = ()
    one_day: Many[Prose] = ()


class Workshop(Item):
    """What is offered."""

    kind: ClassVar[str] = "workshops"
    promise: Prose
    sessions: Some[Session]
    audience: Prose | None = None
    not_for: Prose | None = None
    people: Headcount = Headcount()
    lengths: Many[Minutes] = ()
    remote: StrictBool = False
    materials: Many[Material] = ()
    prepare: Preparation = Preparation()
    after: Many[Prose] = ()
    credits: Prose | None = None


class Version(Workshop):
    """A workshop in another of its `lengths`: made by `lengths.py`, never written. `original` is the workshop that it was made from."""

    original: Id
    length: Minutes


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

    def written(self, kind: str) -> list[Item]:
        """The items of a kind that have a file: no versions of workshops."""
        return [item for item in self.of(kind).values() if type(item) is not Version]

    @cached_property
    def versions(self) -> Mapping[str, tuple[Version, ...]]:
        """The versions of each workshop that has any, by its id, from short to long."""
        found: dict[str, list[Version]] = {}
        for item in self.workshops.values():
            if isinstance(item, Version):
                found.setdefault(item.original, []).append(item)
        return frozen_mapping({id: tuple(versions) for id, versions in found.items()})

    def ideas(self) -> Iterator[tuple[Article, Idea]]:
        """Every idea with its article."""
        for article in self.articles.values():
            for idea in article.ideas:
                yield article, idea


def frozen_mapping(items: dict[Any, Any]) -> Mapping[Any, Any]:
    """A read-only view of `items`."""
    return MappingProxyType(items)
