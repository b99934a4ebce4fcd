"""`workshop-kit explain`: say what an error means and how to mend it."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.commands.common import Commands, command, refuse
from generator.errors import did_you_mean
from generator.errors.colour import painter
from generator.errors.drawing import Paint
from generator.errors.pages import page_of, titles


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "explain",
        run,
        help="say what an error means and how to mend it",
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
    print("\n".join(_readable(page_of(code), paint)))
    return 0


def _code_in(text: str) -> str:
    """The code of `error[unknown-id]:` as people copy it, in small letters."""
    inside = text[text.find("[") + 1 :].split("]")[0] if "[" in text else text
    return inside.strip().strip("`").lower().replace("_", "-")


def _readable(page: str, paint: Paint) -> Iterator[str]:
    """A page of Markdown as a terminal shows it: examples indented below the name of their file, no fences."""
    inside = False
    for line in page.strip().split("\n"):
        if line.startswith("```"):
            inside = not inside
            if inside and (title := line.partition('title="')[2].rstrip('"')):
                yield paint(f"  {title}", "line")
        elif inside:
            yield f"    {line}".rstrip()
        else:
            yield paint(line.lstrip("# "), "message") if line.startswith("#") else line
