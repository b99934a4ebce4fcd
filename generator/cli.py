"""The command line: arguments in, plain words out. What each command does stands in `commands/`.

Exit status: 0 when all is well, 1 when the kit or the set-up has a fault, 2 for wrong arguments, 130 after Ctrl-C.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from generator import __version__

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

# What a fault of the kit means for who typed a command; for all others: nothing was done.
OUTCOMES = {"check": "Nothing can be built yet", "build": "Nothing was built", "print": "Nothing was printed"}
# Each command: the file of `commands/` that it stands in, and what it is for.
COMMANDS = {
    "init": ("init", "start a kit of your own"),
    "new": ("new", "start a new item, with every field explained"),
    "template": ("template", "copy a template of the program into your kit, to change it"),
    "draft": ("draft", "make the draft of an article's ideas from its text"),
    "build": ("build", "build the site and all booklets"),
    "serve": ("serve", "show the site in the browser while you write"),
    "check": ("check", "say what is wrong with the content, and where"),
    "explain": ("explain", "say what an error means and how to mend it"),
    "print": ("printing", "make the documents of one workshop, for a headcount or in another edition"),
    "fit": ("fit", "fit a workshop into another length, and say what is lost"),
    "preflight": ("preflight", "say what will go wrong tomorrow, and what to do about it"),
    "pack": ("pack", "make everything for one event: to print, for calendars and spreadsheets, and the run of show"),
    "groups": ("groups", "deal people to groups, round after round, so that they meet new people"),
    "schema": ("schema", "write schemas for your editor"),
}


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """All commands, and the options of the one that is typed: only its file is loaded, so that the program starts quickly."""
    found = argparse.ArgumentParser(
        prog="workshop-kit",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("--version", action="version", version=f"workshop-kit {__version__}")
    commands = found.add_subparsers(dest="command", required=True, metavar="COMMAND")
    typed = next((word for word in arguments if not word.startswith("-")), "")
    for name, (module, help) in COMMANDS.items():
        if name == typed:
            import_module(f"generator.commands.{module}").add(commands)
        else:
            commands.add_parser(name, help=help)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    words = sys.argv[1:] if arguments is None else arguments
    return _run(parser(words).parse_args(words))


def _run(options: argparse.Namespace) -> int:
    """Run what was typed. All that only this needs is loaded here, so that help and wrong arguments are told at once."""
    from generator.commands.common import say, show
    from generator.commands.reporting import report_failure
    from generator.errors import KitError, ToolError
    from generator.publish import finish_all

    try:
        finish_all(Path.cwd())
        status: int = options.run(Path.cwd(), options)
        sys.stdout.flush()
        return status
    except KitError as error:
        show(error.problems, options)
        say(f"\n{OUTCOMES.get(options.command, 'Nothing was done')}: {error}.")
    except ToolError as error:
        report_failure(error, options)
    except BrokenPipeError:
        # Whoever read the output, such as `head` or `more`, wants no more of it. What is left must not be written at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError as error:
        report_failure(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), options)
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    return 1
