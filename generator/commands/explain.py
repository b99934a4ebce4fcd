"""`workshop-kit explain`: say what an error means and how to mend it."""

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from generator.commands.common import Commands, command, refuse
from generator.errors import did_you_mean
from generator.errors.colour import painter
from generator.errors.drawing import Paint
from generator.errors.pages import page_of, titles

NARROWEST, WIDEST = 40, 100  # characters of a line


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "explain",
        run,
        description="Say what an error, a warning or a piece of advice means, with an example of what is wrong and of what is right.",
    )
    found.add_argument(
        "code",
        nargs="?",
        metavar="CODE",
        help="what stands in brackets, as unknown-id in error[unknown-id]; without it, all codes are listed",
    )


def run(_: Path, options: argparse.Namespace) -> int:
    """Print one page, or the list of all."""
    known = titles()
    paint = painter(sys.stdout)
    if options.code is None:
        width = max(map(len, known))
        for code, title in known.items():
            print(f"{paint(f'{code:{width}}', 'message')}  {title}")
        return 0
    code = _code_in(options.code)
    if code not in known:
        guess = did_you_mean(code, known)
        said = "".join(sign for sign in options.code[:80] if sign.isprintable())
        refuse(f"there is no code `{said}`{f'; {guess}' if guess else ''}\n`workshop-kit explain` lists all codes")
    width = min(shutil.get_terminal_size().columns, WIDEST)
    print("\n".join(_readable(page_of(code), paint, max(width, NARROWEST))))
    return 0


def _code_in(text: str) -> str:
    """The code of `error[unknown-id]:` as people copy it, in small letters."""
    inside = text[text.find("[") + 1 :].split("]")[0] if "[" in text else text
    return inside.strip().strip("`").lower().replace("_", "-")


def _readable(page: str, paint: Paint, width: int) -> Iterator[str]:
    """A page of Markdown as a terminal shows it: paragraphs as wide as it is, examples indented below the name of their file, no fences."""
    for inside, lines in _parts(page):
        if not inside:
            yield from _paragraph(lines, paint, width)
        else:
            if title := lines[0].partition('title="')[2].rstrip('"'):
                yield paint(f"  {title}", "line")
            yield from (f"    {line}".rstrip() for line in lines[1:])


def _parts(page: str) -> Iterator[tuple[bool, list[str]]]:
    """Examples with the line that opens their fence (True), and what stands between empty lines (False); an empty line is a part."""
    found: list[str] = []
    inside = False
    for line in page.strip().split("\n"):
        if line.startswith("```") or not (line or inside):
            if found:
                yield inside, found
            inside = line.startswith("```") and not inside
            found = [line] if inside else []
            if not line:
                yield False, [""]
        else:
            found.append(line)
    if found:
        yield inside, found


def _paragraph(lines: list[str], paint: Paint, width: int) -> Iterator[str]:
    if lines[0].startswith("#"):
        yield paint(lines[0].lstrip("# "), "message")
    elif lines[0].startswith(("- ", "|", "1. ")):
        yield from lines
    else:
        yield from textwrap.wrap(" ".join(lines), width, break_long_words=False, break_on_hyphens=False) or [""]
