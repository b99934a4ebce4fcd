"""The command line: arguments in, plain words out. What each command does stands in `commands/`.

Exit status: 0 when all is well, 1 when the kit or the set-up has a fault, 2 for wrong arguments, 130 after Ctrl-C.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from generator import __version__
from generator.commands import (
    build,
    check,
    draft,
    explain,
    fit,
    groups,
    init,
    new,
    pack,
    preflight,
    printing,
    schema,
    serve,
    template,
)
from generator.commands.common import say, show
from generator.commands.reporting import report_failure
from generator.errors import KitError, ToolError
from generator.publish import finish_all

DESCRIPTION = """\
Make a website and printed booklets from one folder of workshop content.

Run it in the folder that holds content/ and mkdocs.yml. Nothing is fetched from the internet."""

EPILOG = """\
examples:
  workshop-kit init my-kit            start a kit of your own, with a small example that works
  workshop-kit new exercise silo-walk write a file with every field explained
  workshop-kit template assets/css/kit.css
                                      copy a template into your kit, to change it there
  workshop-kit schema                 help your editor complete and check what you type
  workshop-kit check                  say what is wrong with the content, and where
  workshop-kit check --fix            mend what is safe to mend, and say what is left
  workshop-kit explain unknown-id     say what an error means and how to mend it
  workshop-kit build                  build the site and all booklets into site/
  workshop-kit build --site-dir out   the same, into out/
  workshop-kit build --for participants
                                      a site for participants, without facilitators' pages, into site-participants/
  workshop-kit draft notes.pdf --id silo-notes
                                      draft the ideas of an article, for you to write in your own words
  workshop-kit serve                  show the site in the browser while you write
  workshop-kit print half-day --people 20 --edition black
                                      print one workshop for 20 people in black ink, into print/half-day/
  workshop-kit fit half-day --minutes 150
                                      fit a workshop into the time that you have, and see what is lost
  workshop-kit preflight half-day --people 23 --start 13:30
                                      say what will go wrong tomorrow, and what to do about it
  workshop-kit pack half-day --people 23 --date 2026-12-03 --start 13:30
                                      everything for that day, ready to print, into pack/
  workshop-kit groups half-day --people 23
                                      deal people to groups so that they meet new people in every round

exit status:
  0 all is well, 1 something is wrong (and said), 2 wrong arguments, 130 stopped with Ctrl-C"""

BUILDING = ("build", "serve", "check", "print")
COMMANDS = (init, new, draft, build, serve, check, explain, printing, fit, preflight, pack, groups, schema, template)


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    found = argparse.ArgumentParser(
        prog="workshop-kit",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("--version", action="version", version=f"workshop-kit {__version__}")
    commands = found.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for each in COMMANDS:
        each.add(commands)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    try:
        finish_all(Path.cwd())
        status: int = options.run(Path.cwd(), options)
        sys.stdout.flush()
        return status
    except KitError as error:
        show(error.problems, options)
        say(f"\nNothing was {'built' if options.command in BUILDING else 'done'}: {error}.")
    except ToolError as error:
        report_failure(error, options)
    except BrokenPipeError:
        # Whoever read the output, such as `head` or `more`, wants no more of it. What is left must not be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError as error:
        say(f"error: {error.strerror or error}: {error.filename or ''}".rstrip(": "))
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    return 1
