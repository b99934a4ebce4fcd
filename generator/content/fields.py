"""The kinds of value that fields hold, and what is told when a value is of another kind.

In: plain values as YAML gives them. Out: values of the model (text on one line, parsed prose, minutes as whole numbers, clock times as
minutes after midnight). A wrong value raises a `PydanticCustomError` whose context may hold `help`, or the `faults` of prose.
"""

import re
from datetime import date as calendar_date
from functools import cache
from typing import Annotated, Any, TypeVar
from zoneinfo import available_timezones

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.content import prose as prose_reader
from generator.content.ids import id_from
from generator.content.prose import LONGEST
from generator.content.prose import Prose as ParsedProse
from generator.errors import did_you_mean

NOT_STATED = "not stated"


def fail(code: str, message: str, **context: Any) -> PydanticCustomError:
    """An error to raise: its code, what is wrong, and `help`."""
    return PydanticCustomError(code, "{message}", {"message": message, **context})


def shown_value(value: Any) -> str:
    """A value of the wrong type as authors wrote it."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a group of fields"
    if isinstance(value, str):
        return f"{'the text ' if re.fullmatch('[0-9]+', value) else ''}`{cut(value)}`"
    if value is None:
        return "nothing"
    return f"`{str(value).lower()}`"


def cut(text: str) -> str:
    """A text as messages show it: its beginning, when it is long."""
    return text if len(text) <= 60 else f"{text[:50]}… ({len(text):,} characters)"


def _plain_number(value: Any) -> str:
    """What to write in place of something that is nearly a whole number."""
    if isinstance(value, float) and 0 <= value < 100_000:
        return f"write a whole number, as {max(1, int(value))} or {max(1, int(value)) + 1}"
    text = value.strip() if isinstance(value, str) else ""
    if match := re.fullmatch(r"0+([0-9]{1,5})", text):
        return f"write it without the nought before it: {int(match[1])}"
    if match := re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text):
        return f"that is a time of day; as a length in minutes it would be {int(match[1]) * 60 + int(match[2])}"
    if match := re.fullmatch(r"([0-9]{1,5})(?:\s*[^0-9.,:\s]{1,20})?", text):
        return f"write the number alone, without quotes: {int(match[1])}"
    return ""


def _text(value: Any) -> str:
    if isinstance(value, dict):
        help = "put quotes around a text that contains `: `"
        raise fail("wrong-type", "this should be text, and reads as a field with a value", help=help)
    if not isinstance(value, str):
        shown = "a list" if isinstance(value, list) else "nothing" if value is None else str(value).lower()
        help = "" if isinstance(value, list) or value is None else f'put quotes around it: "{shown}"'
        raise fail("wrong-type", f"this should be text, not {shown}", help=help)
    text = " ".join(value.split())
    if not text:
        raise fail("empty-text", "this text is empty", help="write something, or delete the field")
    if len(text) > LONGEST:
        what = f"this text has {len(text):,} characters, and at most {LONGEST:,} can be read"
        raise fail("too-long", what, help="say it in fewer words")
    return text


def _prose(value: Any) -> ParsedProse:
    if not isinstance(value, str):
        _text(value)
    if not value.strip():
        raise fail("empty-text", "this text is empty", help="write something, or delete the field")
    found, faults = prose_reader.parse(value)
    if found is None:
        raise fail("prose", faults[0].message, faults=faults)
    return found


def _minutes(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        help = _plain_number(value) or "write a whole number of minutes, as in `minutes: 45`"
        raise fail("wrong-minutes", f"minutes are a whole number, not {shown_value(value)}", help=help)
    if not 0 <= value <= 1440:
        raise fail("wrong-minutes", f"{value} minutes cannot be", help="minutes lie between 0 and 1440 (a day)")
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise fail("wrong-type", f"this should be a whole number, not {shown_value(value)}", help=_plain_number(value))
    if not 1 <= value <= 100_000:
        raise fail("wrong-number", f"{value} cannot be: write a whole number from 1 up")
    return value


def _clock(value: Any) -> int:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value) if isinstance(value, str) else None
    if not match:
        raise fail("wrong-clock", f"`{cut(str(value))}` is not a clock time", help="write it as `start: 13:30`")
    return int(match[1]) * 60 + int(match[2])


def _id(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 80:
        raise fail(
            "wrong-id",
            f"`{cut(str(value))}` cannot be an id",
            help=f"ids are small letters, digits and single hyphens, as `{id_from(text) or 'silo-walk'}`",
        )
    return text


def _address(value: Any) -> str:
    text = _text(value)
    if text != NOT_STATED and not prose_reader.is_web_address(text):
        raise fail("wrong-address", f"`{cut(text)}` is not a web address", help="write it as https://example.org/page")
    return text


def _site_address(value: Any) -> str:
    text = _address(value)
    if text == NOT_STATED:
        raise fail("wrong-address", "the site's address is an address", help="delete the field until there is one")
    return text if text.endswith("/") else text + "/"


def _date(value: Any) -> str:
    text = _text(value)
    try:
        if text != NOT_STATED and calendar_date.fromisoformat(text).isoformat() != text:
            raise ValueError
    except ValueError:
        raise fail(
            "wrong-date", f"`{cut(text)}` is not a date", help="write it as 2015-10-19, or `not stated`"
        ) from None
    return text


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def _timezone(value: Any) -> str:
    text = _text(value)
    if text not in _timezones():
        raise fail(
            "wrong-timezone",
            f"`{cut(text)}` is not a time zone",
            help=timezone_meant(text) or "write it as Europe/Berlin",
        )
    return text


def timezone_meant(text: str) -> str:
    """Which time zone was meant, as a help text: the one of that city, else the nearest name; empty when none is near."""
    city = text.rpartition("/")[2].strip().replace(" ", "_").casefold()
    of_city = [zone for zone in sorted(_timezones()) if "/" in zone and zone.rpartition("/")[2].casefold() == city]
    return f"did you mean `{of_city[0]}`?" if of_city else did_you_mean(text, sorted(_timezones()))


def _luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(value: Any) -> str:
    if value is None:
        raise fail(
            "wrong-colour", "there is no colour here: without quotes, `#` begins a remark", help='write it as "#0b5d66"'
        )
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise fail("wrong-colour", f"`{cut(str(value))}` is not a colour", help='write it with quotes, as "#0b5d66"')
    contrast = 1.05 / (_luminance(value) + 0.05)
    if contrast < 4.5:
        raise fail(
            "pale-colour",
            f"white text on {value} has a contrast of {int(contrast * 100) / 100:.2f}, and needs 4.5",
            help="choose a darker one",
        )
    return value.lower()


def _image(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(r"images/[\w-]+(/[\w-]+)*\.(png|jpg|jpeg|svg)", text):
        raise fail("wrong-image", f"`{cut(text)}` is not an image of the kit", help="write it as images/logo.svg")
    return text


def _font_file(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(r"fonts/[\w.,[\]-]+(/[\w.,[\]-]+)*\.(ttf|otf)", text) or ".." in text:
        raise fail(
            "wrong-font",
            f"`{cut(text)}` is not a font of the kit",
            help="write it as fonts/our-sans.ttf; .ttf and .otf can be used",
        )
    return text


def _list(value: Any) -> Any:
    if value is None:
        help = "start each entry on a line of its own with `- `, or delete the field"
        raise fail("wrong-type", "this should be a list, and nothing stands here", help=help)
    if not isinstance(value, list | tuple):
        raise fail("wrong-type", "this should be a list", help="start each entry on a line of its own with `- `")
    return value


def _language(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise fail("wrong-language", f"`{cut(text)}` is not a language code", help="write it as en or de")
    return text


def _rows(value: Any) -> int:
    number = _number(value)
    if number > 30:
        raise fail("wrong-number", f"{number} rows do not fit on a sheet", help="rows lie between 1 and 30")
    return number


T = TypeVar("T")


def _json(kind: str, **words: Any) -> WithJsonSchema:
    """What a JSON Schema can say of a value; it refuses nothing that is accepted here. Patterns are those of ECMAScript."""
    return WithJsonSchema({"type": kind, **words})


Text = Annotated[str, PlainValidator(_text), _json("string", pattern=r"\S")]
Prose = Annotated[ParsedProse, PlainValidator(_prose), _json("string", pattern=r"\S")]
Minutes = Annotated[int, PlainValidator(_minutes), _json("integer", minimum=0, maximum=1440)]
Number = Annotated[int, PlainValidator(_number), _json("integer", minimum=1, maximum=100_000)]
Rows = Annotated[int, PlainValidator(_rows), _json("integer", minimum=1, maximum=30)]
Clock = Annotated[int, PlainValidator(_clock), _json("string", pattern="^([01]?[0-9]|2[0-3]):[0-5][0-9]$")]
Id = Annotated[str, PlainValidator(_id), _json("string", pattern="^[a-z0-9]+(-[a-z0-9]+)*$", maxLength=80)]
Address = Annotated[
    str, PlainValidator(_address), _json("string", pattern=r"^\s*(not\s+stated|[Hh][Tt][Tt][Pp][Ss]?:\S.*)\s*$")
]
SiteAddress = Annotated[str, PlainValidator(_site_address), _json("string", pattern=r"^\s*[Hh][Tt][Tt][Pp][Ss]?:\S.*$")]
Date = Annotated[
    str, PlainValidator(_date), _json("string", pattern=r"^\s*(not\s+stated|[0-9]{4}-[0-9]{2}-[0-9]{2})\s*$")
]
Timezone = Annotated[str, PlainValidator(_timezone), _json("string", pattern=r"^\s*[A-Za-z0-9_+/-]+\s*$")]
Language = Annotated[str, PlainValidator(_language), _json("string", pattern=r"^\s*[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\s*$")]
Colour = Annotated[str, PlainValidator(_colour), _json("string", pattern="^#[0-9a-fA-F]{6}$")]
Image = Annotated[str, PlainValidator(_image), _json("string", pattern=r"^\s*images/.+\.(png|jpg|jpeg|svg)\s*$")]
FontFile = Annotated[str, PlainValidator(_font_file), _json("string", pattern=r"^\s*fonts/.+\.(ttf|otf)\s*$")]

Many = Annotated[tuple[T, ...], BeforeValidator(_list)]
Some = Annotated[tuple[T, ...], BeforeValidator(_list), Field(min_length=1)]
