"""`workshop-kit build`: the site and all booklets."""

import argparse
import time
from pathlib import Path

from generator.build import Built, build
from generator.commands.common import Commands, Console, command, show, shown
from generator.commands.reporting import format_of, reporting, words_to
from generator.errors import count
from generator.publish import staged
from generator.reading import amount


def add(commands: Commands) -> None:
    """Its arguments."""
    make = command(
        commands,
        "build",
        run,
        description="Check the content, then build the site and all booklets. The old site stays as it is until the new one is complete.",
    )
    where = make.add_mutually_exclusive_group()
    where.add_argument(
        "--site-dir",
        type=Path,
        metavar="DIR",
        help="folder of the site (default: site, and for participants site-participants)",
    )
    where.add_argument(
        "--pages-only",
        type=Path,
        metavar="DIR",
        help="write the pages as plain Markdown with a mkdocs.yml into DIR, for other site generators, and build no site",
    )
    make.add_argument(
        "--for",
        dest="audience",
        choices=("everyone", "participants"),
        default="everyone",
        help="participants: leave out the facilitators' pages, words to say and debriefs (default: everyone, with both)",
    )
    reporting(make)


def run(root: Path, options: argparse.Namespace) -> int:
    """Build a site, or pages alone."""
    return _pages(root, options) if options.pages_only else _site(root, options)


def _site(root: Path, options: argparse.Namespace) -> int:
    began = time.perf_counter()
    from generator.plugin import build_site

    built, target = build_site(root, options.site_dir, Console(words_to(options)), options.audience)
    whom = " for participants" if options.audience == "participants" else ""
    _finish(built, f"{len(built.pages)} pages{whom} in {shown(target, root)}", began, options)
    booklets = f"; booklets are in {shown(target / 'print', root)}" if built.printed else ""
    print(f"Open {shown(target / 'index.html', root)} in a browser{booklets}.", file=words_to(options))
    return 0


def _pages(root: Path, options: argparse.Namespace) -> int:
    began = time.perf_counter()
    from generator.mkdocs_file import written_config
    from generator.plugin import site_settings
    from generator.web.plain import plain_config, write

    written = written_config(root)
    folder: Path = options.pages_only
    console = Console(words_to(options))
    with staged(folder, root / "content", mark="docs/kit.json", tell=console.did) as staging:
        built = build(root / "content", console, audience=options.audience)
        write(staging, built.pages, built.files, plain_config(written, site_settings(built)))
    _finish(built, f"{len(built.pages)} pages of Markdown in {folder}", began, options)
    return 0


def _finish(built: Built, what: str, began: float, options: argparse.Namespace) -> None:
    booklets = amount(len(built.printed), "printed document")
    # Only printing shows what spills, so `check` cannot.
    text = format_of(options) == "text"
    show([problem for problem in built.problems if not text or problem.code == "spills"], options)
    out = words_to(options)
    print(f"Made {what}, and {booklets}, in {time.perf_counter() - began:.1f} seconds.", file=out)
    if built.problems:
        print(f"`workshop-kit check` lists {count(built.problems)}.", file=out)
