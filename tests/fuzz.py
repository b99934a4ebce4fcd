"""Hard inputs by the thousand: whatever stands in a file, it is read, or its faults are told.

    python -m tests.fuzz --cases 100000 --seed 1

Each case is one file put into a small kit: an item made from the model, valid or nearly so; a file that we ship, with lines and words
moved, doubled, cut or exchanged; or the same with bytes that are noise. The kit is read, and now and then its pages are drawn. A case fails
when anything but `KitError` or `ToolError` is raised, when it takes more than five seconds, or when a problem does not lie in its file. The
same seed makes the same cases. `tests/test_fuzz.py` runs 2,000 of them.
"""

import argparse
import faulthandler
import random
import shutil
import sys
import tempfile
import time
import traceback
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, PlainValidator

from generator.content import fields
from generator.content.model import BLOCKS, KINDS, Settings
from generator.errors import KitError, Problem, ToolError, as_text
from generator.links import link
from generator.reading import read, words_of
from generator.web.pages import render
from generator.web.site import Site

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 5.0
DRAWN = 40  # pages are drawn in one case of so many
SHOWN = "templates"

NASTY = [
    ": ",
    "- ",
    "#",
    "'",
    '"',
    ">",
    "|",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a ",
    "!x ",
    "? ",
    "<<: ",
    "%YAML 1.1\n",
    "@",
    "`",
    "0",
    "-1",
    "1e9",
    "010",
    "45.5",
    "45 minutes",
    "9:30",
    "yes",
    "no",
    "null",
    "true",
    "~",
    "99999999999999999999",
    ".nan",
    "[[[",
    "<b>",
    "](",
    "![",
    "](javascript:x)",
    "\\",
    "ß",
    "𝄞",
    "🎉",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "  ",
    "|\n",
    "\n---\n",
    "\n...\n",
    "\0",
    "\x0b",
    "\x0c",
    "\x1b",
    "\x85",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\ufffe",
    "e\u0301\u0301",
    "عربى",
    "{{ x }}",
    "{% x %}",
    "{: onclick=x }",
    "<script>",
    "=cmd()",
    "# ",
    "```\n",
    "id: x\n",
    "minutes: 0\n",
    "title: again\n",
    "a" * 3000,
    "*" * 300,
    "[" * 300,
    "> " * 100,
    "- " * 100,
    "|" * 100,
    "<!--",
    "&#0;",
    "&amp;",
    "\\u0000",
    '"\\ud800"',
    "exercises/nothing",
    "../../x",
    "not stated",
    "2026-02-30",
    "#fff",
    "images/logo.png",
]
WORDS = [
    "meeting",
    "silo walk",
    "Größe",
    "no",
    "9:30",
    "عربى",
    "🎉 party",
    "a: b",
    "x" * 200,
    "*stars* and `code`",
    "- dash",
    "1. one",
    "{{ x }}",
]


@dataclass
class Outcome:
    """What came of all cases: how often each code was told, what failed, and the slowest case in seconds."""

    codes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    cases: int = 0


@cache
def shipped() -> tuple[tuple[str, bytes], ...]:
    """Every file that we ship and a facilitator may write, by its path in a kit."""
    found = [*sorted((ROOT / "content").rglob("*")), *sorted((ROOT / "tests" / "kits" / "full" / "content").rglob("*"))]
    texts = [path for path in found if path.suffix in (".yml", ".md", ".fingerprint")]
    return tuple(
        (path.relative_to(next(up for up in path.parents if up.name == "content")).as_posix(), path.read_bytes())
        for path in texts
    )


def made(chance: random.Random) -> tuple[str, bytes]:
    """An item made from the model: each field as its type asks, now and then as it does not."""
    kind = chance.choice([*KINDS, "kit"])
    model: type[BaseModel] = Settings if kind == "kit" else KINDS[kind]
    value = _fields(model, chance, chance.choice((0.0, 0.0, 0.02, 0.2)))
    style = chance.choice((None, None, True))
    text = yaml.safe_dump(
        value,
        allow_unicode=chance.random() < 0.8,
        sort_keys=False,
        default_flow_style=style,
        width=chance.choice((40, 5000)),
    )
    return ("kit.yml" if kind == "kit" else f"{kind}/made.yml"), text.encode("utf-8", "replace")


def _fields(model: type[BaseModel], chance: random.Random, wrong: float) -> Any:
    found: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if (name == "id" and not issubclass(model, Settings)) and chance.random() < 0.9 and model.__name__ in IDLESS:
            continue
        if info.is_required() or chance.random() < 0.5:
            found[info.alias or name] = _value(info.annotation, info.metadata, chance, wrong)
        if chance.random() < wrong / 4:
            found.pop(info.alias or name, None)
            found[chance.choice(NASTY)] = chance.choice(NASTY)
    return found


IDLESS = {model.__name__ for model in (*KINDS.values(), *BLOCKS.values())} | {"Session"}


def _value(annotation: Any, metadata: list[Any], chance: random.Random, wrong: float) -> Any:
    if chance.random() < wrong:
        return chance.choice([chance.choice(NASTY), None, [], {}, 5, -1, 1.5, True, [[]], [{"x": None}], {"id": 1}])
    plain = next((each.func for each in metadata if isinstance(each, PlainValidator)), None)
    if plain is not None:
        return _plain(plain, chance)
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _value(inner[0], list(inner[1:]), chance, wrong)
    if origin in (typing.Union, types.UnionType):
        some = [each for each in inner if each is not type(None)]
        return _value(chance.choice(some), [], chance, wrong)
    if origin is typing.Literal:
        return chance.choice(inner)
    if origin is tuple:
        return [_value(inner[0], [], chance, wrong) for _ in range(chance.choice((1, 1, 2, 3)))]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _fields(annotation, chance, wrong)
    return chance.random() < 0.5 if annotation is bool else _words(chance)


def _plain(reads: Callable[[Any], Any], chance: random.Random) -> Any:
    """A value that one of the functions in `fields.py` reads."""
    match reads.__name__:
        case "_minutes":
            return chance.choice((0, 1, 5, 10, 45, 90, 1440))
        case "_number" | "_rows":
            return chance.choice((1, 2, 3, 12, 30))
        case "_clock":
            return chance.choice(("9:00", "13:30", "23:59", "0:00"))
        case "_id":
            return chance.choice(("a", "stop-list", "first-hour", "silo-walk", "x1"))
        case "_date":
            return chance.choice(("2015-10-19", "not stated"))
        case "_colour":
            return chance.choice(("#0b5d66", "#000000"))
        case name:
            known = {
                "_address": "https://example.org/x", "_site_address": "https://example.org/", "_timezone": "Europe/Berlin",
                "_language": "en", "_image": "images/logo.png", "_font_file": "fonts/meeting-sans.ttf",
            }  # fmt: skip
            return known.get(name) or _words(chance)


def _words(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.choice((1, 1, 3, 8))))


def changed(chance: random.Random) -> tuple[str, bytes]:
    """A file that we ship with one to four changes."""
    name, data = chance.choice(shipped())
    lines = data.decode().split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        to = min(len(lines), at + chance.randint(1, 5))
        match chance.randrange(8):
            case 0:
                del lines[at:to]
            case 1:
                lines[at:at] = lines[at:to]
            case 2:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = chance.choice((" ", "  ", "\t", "- ")) + lines[at]
            case 4:
                lines[at] = lines[at][chance.choice((1, 2, 4)) :]
            case 5:
                words = lines[at].split(" ")
                words[chance.randrange(len(words))] = chance.choice(NASTY)
                lines[at] = " ".join(words)
            case _:
                cut = chance.randint(0, len(lines[at]))
                lines[at] = lines[at][:cut] + chance.choice(NASTY) + lines[at][cut + chance.randint(0, 3) :]
        lines = lines or [""]
    return name, chance.choice(("\n", "\n", "\r\n", "\r")).join(lines).encode("utf-8", "surrogatepass")


def noisy(chance: random.Random) -> tuple[str, bytes]:
    """A file that we ship, or nothing, with bytes that are noise."""
    name, data = chance.choice(shipped())
    match chance.randrange(6):
        case 0:
            return name, chance.randbytes(chance.choice((0, 1, 7, 100, 3000)))
        case 1:
            return name, data.decode().encode(
                chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-7"))
            )
        case 2:
            return name, data.decode().encode("cp1252", "replace").replace(b"a", b"\xe4", 3)
        case _:
            for _ in range(chance.randint(1, 6)):
                at = chance.randint(0, len(data))
                data = data[:at] + chance.randbytes(chance.randint(0, 5)) + data[at + chance.randint(0, 5) :]
            return name, data


Makers = tuple[Callable[[random.Random], tuple[str, bytes]], ...]
MAKERS: Makers = (made, changed, changed, noisy)


def wrong_places(problems: list[Problem], name: str, data: bytes) -> Iterator[str]:
    """Problems of a file that do not lie in it."""
    text = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:200]:
        return  # lines of another encoding are not counted
    lines = text.decode("utf-8-sig", "replace").split("\n")
    for problem in problems:
        for place in filter(None, (problem.place, problem.also)):
            if place.file != f"content/{name}":
                continue
            shown = place.text or (lines[place.line - 1] if 1 <= place.line <= len(lines) else "")
            if not 1 <= place.line <= len(lines):
                yield f"{problem.code}: line {place.line} of {len(lines)}"
            elif not 1 <= place.column <= len(shown) + 1 or place.length < 1:
                yield f"{problem.code}: column {place.column} of {len(shown)}, length {place.length}"


def one(content: Path, chance: random.Random, outcome: Outcome, label: str, makers: Makers = MAKERS) -> None:
    """One case: the file is put into the kit, read, and what was there before put back."""
    name, data = chance.choice(makers)(chance)
    path = content / name
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    started = time.process_time()
    problems: list[Problem] = []
    try:
        loaded, problems = read(content)
        if chance.randrange(DRAWN) == 0:
            site = Site(loaded.kit, link(loaded.kit), words_of(loaded), loaded.free.texts(), ROOT / SHOWN)
            assert render(site)
        outcome.codes["(read)"] += 1
    except KitError as error:
        problems = list(error.problems)
    except ToolError:
        outcome.codes["(ToolError)"] += 1
    except BaseException:
        outcome.failures.append(f"{label} {name}\n{traceback.format_exc()}")
    finally:
        took = time.process_time() - started
        path.write_bytes(before) if before is not None else path.unlink()
    outcome.slowest = max(outcome.slowest, (took, f"{label} {name}"))
    outcome.codes.update({problem.code for problem in problems})
    outcome.failures += [f"{label} {name}: {wrong}" for wrong in wrong_places(problems, name, data)]
    outcome.failures += [f"{label} {name}: took {took:.1f} s"] if took > MOST_SECONDS else []
    for problem in problems[:3]:
        assert as_text(problem)
    outcome.cases += 1


def small_kit(folder: Path) -> Path:
    """The kit that files are put into: its folder `content`, below `folder`."""
    return Path(shutil.copytree(ROOT / "tests" / "kits" / "minimal" / "content", folder / "content"))


def run(cases: int, seed: int, tell: Callable[[str], None] = lambda _: None) -> Outcome:
    """Run so many cases in a kit of its own."""
    outcome = Outcome()
    fields.prose_reader.parse = _remembered()  # type: ignore[assignment]
    try:
        with tempfile.TemporaryDirectory() as folder:
            content = small_kit(Path(folder))
            for number in range(cases):
                faulthandler.dump_traceback_later(60, exit=True)  # a case that hangs says where
                one(content, random.Random(f"{seed}-{number}"), outcome, f"{seed}-{number}")
                if number % 1000 == 999:
                    tell(f"{number + 1} cases, {len(outcome.failures)} failures")
    finally:
        faulthandler.cancel_dump_traceback_later()
        fields.prose_reader.parse = _PARSE
    return outcome


_PARSE = fields.prose_reader.parse


def _remembered() -> Callable[[str], Any]:
    """Prose is parsed anew only where it is new: most of a changed file is as it was."""
    known: dict[str, Any] = {}

    def parse(source: str) -> Any:
        if source not in known:
            if len(known) > 20_000:
                known.clear()
            known[source] = _PARSE(source)
        return known[source]

    return parse


def summary(outcome: Outcome) -> str:
    """How often each code was told, the slowest case, and every failure."""
    lines = [f"{count:>7}  {code}" for code, count in outcome.codes.most_common()]
    took, name = outcome.slowest
    lines += [
        f"{outcome.cases} cases; slowest {took:.2f} s: {name}",
        f"{len(outcome.failures)} failures",
        *outcome.failures[:30],
    ]
    return "\n".join(lines)


def main() -> int:
    """The command line; status 1 when a case failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    outcome = run(given.cases, given.seed, lambda text: print(text, file=sys.stderr, flush=True))
    print(summary(outcome))
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
