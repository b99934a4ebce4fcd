"""The text file on top of a pack: what to look at before the day, and what lies in the folder.

In: the workshop as it takes place, what pre-flight found, and the names of the files. Out: text in lines of 80 characters, as any editor
opens it.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from generator.content.model import Kit, Workshop
from generator.content.words import Words, date_text
from generator.occasion import Occasion
from generator.preflight import Finding
from generator.programme import Day, days
from generator.timing.schedule import clock_text

WIDE = 80
# What a name in the folder begins with, and the text that says what it is.
KINDS = (
    ("0-print-order", "order"), ("print-instead", "instead"), ("print-", "job"), ("documents/", "documents"),
    ("whole-kit/", "whole_kit"), ("run.html", "run"), ("event.ics", "calendar"), ("agenda.xlsx", "workbook"),
    ("agenda.csv", "table"), ("groups.csv", "groups"), (".zip", "zip"),
)  # fmt: skip
ORDER = ("order", "job", *(kind for _, kind in KINDS if kind not in ("order", "job")))


def read_me(
    kit: Kit, workshop: Workshop, words: Words, occasion: Occasion, found: Sequence[Finding], names: Iterable[str]
) -> bytes:
    """`read-me-first.txt`: UTF-8 with a mark and Windows line ends, so that no editor has to guess."""
    text = "\n".join(
        [*_head(kit, workshop, words, occasion), "", words("pack.look").upper(), *told(words, found), ""]
        + [words("pack.here").upper(), *_contents(words, names)]
        + (["", words("pack.names")] if occasion.names else [])
    )
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b"\r\n"


def _head(kit: Kit, workshop: Workshop, words: Words, occasion: Occasion) -> Iterator[str]:
    yield workshop.title
    shown = days(kit, workshop, words)
    for day, date in zip(shown, occasion.dates, strict=True):
        yield _sitting(day, date_text(words, date), words)
    yield " · ".join([words("units.people", occasion.people), occasion.timezone, *filter(None, [occasion.place])])


def _sitting(day: Day, date: str, words: Words) -> str:
    title = day.sheet.session.title
    text = words("pack.sitting", date=date, start=clock_text(day.sheet.start), end=clock_text(day.sheet.end))
    return f"{text}: {title}" if title else text


def told(words: Words, found: Sequence[Finding]) -> Iterator[str]:
    """What pre-flight found, worst first, each with what to do about it, as lines."""
    if not found:
        yield ""
        yield f"  {words('pack.well')}"
    for finding in found:
        yield ""
        yield from _wrapped(f"{words(f'preflight.severity.{finding.severity}')}: {finding.message}", "  ", "  ")
        yield from _wrapped(finding.help, "      ", "      ")


def _contents(words: Words, names: Iterable[str]) -> Iterator[str]:
    """The files of the folder by what they are for; of a folder in it only its name."""
    kinds: dict[str, list[str]] = {}
    for name in sorted(names):
        kind = next((kind for begin, kind in KINDS if name.startswith(begin) or name.endswith(begin)), None)
        shown = name.split("/")[0] + ("/" if "/" in name else "")
        if kind and shown not in kinds.setdefault(kind, []):
            kinds[kind].append(shown)
    for kind in (kind for kind in ORDER if kind in kinds):
        yield ""
        yield from (f"  {name}" for name in kinds[kind])
        yield from _wrapped(words(f"pack.files.{kind}"), "      ", "      ")


def _wrapped(text: str, first: str, later: str) -> list[str]:
    """Lines of 80 characters; what stands in backticks, to be typed, stays on one line."""
    whole = re.sub(r"`[^`]*`", lambda typed: typed[0].replace(" ", "\0"), text.strip())
    lines = textwrap.wrap(
        whole, WIDE, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace("\0", " ") for line in lines]
