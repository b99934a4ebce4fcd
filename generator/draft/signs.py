"""The words by which ideas are found, and which language a text is in. `signs.yml` has the words; here they become patterns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from generator.borrowed import words_of
from generator.draft.article import Sureness

Finding = Literal["question", "point", "warning", "contrast", "example", "measure"]
FINDINGS: tuple[Finding, ...] = ("question", "point", "warning", "contrast", "example", "measure")
GAP = r"(?: \w+){0,12}?"
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Signs:
    """The signs of one language: for each finding a pattern of strong and one of weak signs, to be used on words with blanks between."""

    language: str
    name: str
    strong: Mapping[Finding, re.Pattern[str]]
    weak: Mapping[Finding, re.Pattern[str]]
    counted: re.Pattern[str]
    by: tuple[str, ...]
    months: tuple[str, ...]
    literal: frozenset[str]


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "signs.yml").read_text(encoding="utf-8"))
    return found


def languages() -> tuple[str, ...]:
    """The languages that signs are known for."""
    return tuple(_data())


@cache
def signs_of(language: str) -> Signs:
    """The signs of a language; of one that is not known there are none but question marks, numbers and lists."""
    data = _data().get(language, {"name": language})
    counts, counted = "|".join(data.get("counts", ())), "|".join(data.get("counted", ()))
    return Signs(
        language,
        data["name"],
        {finding: _pattern(data.get(finding, {}).get("strong", ())) for finding in FINDINGS},
        {finding: _pattern(data.get(finding, {}).get("weak", ())) for finding in FINDINGS},
        re.compile(rf"(?<= )(?:{counts}|\d)(?: \w+)? (?:{counted})(?= )") if counts else NOTHING,
        tuple(data.get("by", ())),
        tuple(data.get("months", ())),
        frozenset(sign for finding in FINDINGS for signs in data.get(finding, {}).values() for sign in signs),
    )


def _pattern(signs: Sequence[str]) -> re.Pattern[str]:
    """Any of the signs, the longest first; a gap between words is bounded, so that no text takes long."""
    texts = [
        re.escape(sign).replace(r"\ \.\.\.", GAP).replace(r"\*", r"\w*")
        for sign in sorted(signs, key=len, reverse=True)
    ]
    return re.compile(rf"(?<= )(?:{'|'.join(texts)})(?= )") if texts else NOTHING


def language_of(text: str) -> tuple[str, Sureness]:
    """The language whose most common words a text has most of, and how sure that is; an empty one when it has hardly any."""
    words = words_of(text[:50_000]).words
    common = {name: frozenset(data["common"]) for name, data in _data().items()}
    shares = {name: sum(word in known for word in words) / max(1, len(words)) for name, known in common.items()}
    best, *others = sorted(shares, key=lambda name: -shares[name])
    if shares[best] < 0.08:
        return "", "a guess"
    clear = shares[best] > 3 * max(shares[other] for other in others)
    return best, "sure" if clear and len(words) > 50 else "fairly sure"
