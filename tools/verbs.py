"""What `tools/make.py` can do: one function a verb, and the table that names them.

Comes in: the words after `make.py`. Goes out: an exit status. A verb prepares `.venv` and hands over to a program in
it; that program's exit status is ours.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tools import browser, environment
from tools.process import ROOT, Failure, follow, quietly

BUILD_GROUP = ("--group", "build")
COMPILE = ("pip", "compile", "-q", "--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade")
HEADER = ("--custom-compile-command", "python tools/make.py lock")
CACHES = ("__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")
REMADE = (".venv", "dist", "build", "site-participants", ".cache")


def _generator(*words: str) -> Callable[[list[str]], int]:
    """A verb of the generator's own command line."""
    return lambda rest: follow([environment.ready(), "-m", "generator", *words, *rest])


def test(rest: list[str]) -> int:
    """Run all the tests, in a real browser too."""
    python = environment.ready(environment.TEST)
    found = browser.find(python)
    print(f"Browser for the tests: {found}", flush=True)
    return follow([python, "-m", "pytest", *rest], {"CHROMIUM": found})


def golden(rest: list[str]) -> int:
    """Renew the golden files; no test of theirs needs a browser."""
    python = environment.ready(environment.TEST)
    return follow([python, "-m", "pytest", "--golden", "-m", "not browser", *rest])


def bench(rest: list[str]) -> int:
    """Measure the program beside others. A browser that is not there is told in the tables, as any other program is."""
    python = environment.ready(environment.BENCH)
    try:
        found = {"CHROMIUM": browser.find(python)}
    except Failure as failure:
        print(failure, file=sys.stderr)
        found = {}
    return follow([python, "-m", "bench.run", *rest], found)


def lint(_: list[str]) -> int:
    """Run every checker, also when an earlier one complains; 0 when none does."""
    python = environment.ready(environment.TEST)
    checks = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])
    return max(follow([python, "-m", *words]) for words in checks)


def setup(_: list[str]) -> int:
    """Make `.venv` and run nothing."""
    environment.ready()
    print(f"Ready: {environment.venv_python().relative_to(ROOT)}")
    return 0


def lock(_: list[str]) -> int:
    """Renew the locks to the newest versions that pyproject.toml allows, by uv in a throwaway environment."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment.create(Path(folder) / "venv")
        python = environment.venv_python(Path(folder) / "venv")
        environment.install("uv", python=python)
        _compile(python, environment.RUNTIME, [])
        _compile(python, environment.TEST, ["--extra", "test", "--constraints", environment.RUNTIME])
        _compile(python, environment.BENCH, ["--extra", "bench", "--constraints", environment.TEST])
    print(
        f"Renewed {environment.RUNTIME}, {environment.TEST} and {environment.BENCH}; `make test` tries the first two."
    )
    return 0


def _compile(python: Path, name: str, extra: list[str]) -> None:
    """Write one lock; on failure uv's words are the message."""
    said = quietly([python, "-m", "uv", *COMPILE, *HEADER, *BUILD_GROUP, *extra, "pyproject.toml", "-o", name])
    if said.status:
        raise Failure(f"{said.output.strip()}\n\nerror: {name} could not be renewed; uv's own words stand above")


def clean(_: list[str]) -> int:
    """Remove all that can be made again: `.venv`, caches, and the built site."""
    doomed = [ROOT / name for name in REMADE]
    doomed += [entry for entry in (ROOT / "site").glob("*") if entry.name != ".gitignore"]
    _remove(doomed)
    _remove([found for name in CACHES for found in ROOT.rglob(name)])
    return 0


def _remove(paths: list[Path]) -> None:
    """Remove files and folders; a link goes, and what it points to stays."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


class Verb(NamedTuple):
    """One verb: what it does in words, its function, and whether it hands further arguments on."""

    does: str
    function: Callable[[list[str]], int]
    takes_more: bool = False


VERBS = {
    "site": Verb("build the website and the booklets into site/", _generator("build"), True),
    "participants": Verb(
        "build a site for participants alone into site-participants/",
        _generator("build", "--for", "participants"),
        True,
    ),
    "serve": Verb("show the website on this machine while you write", _generator("serve"), True),
    "check": Verb("check the content without building", _generator("check"), True),
    "pack": Verb("make all that is printed for one event", _generator("pack"), True),
    "preflight": Verb("say what may go wrong with an event, before it does", _generator("preflight"), True),
    "fit": Verb("find the best agenda of a workshop in a time", _generator("fit"), True),
    "groups": Verb("say who works with whom, so that people meet new people", _generator("groups"), True),
    "test": Verb("run the tests; what follows goes to pytest", test, True),
    "golden": Verb("renew the golden files: read the diff before you commit it", golden, True),
    "bench": Verb("measure the program beside others; what follows goes to the bench", bench, True),
    "lint": Verb("check style and types (ruff, mypy)", lint),
    "setup": Verb("make .venv, and nothing more", setup),
    "lock": Verb("renew requirements.lock, requirements-test.lock and requirements-bench.lock", lock),
    "clean": Verb("remove what can be made again: .venv, caches, the built site", clean),
}


def _parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:14}{verb.does}" for name, verb in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="make.py",
        description="Set the workshop kit up and run it.",
        epilog=f"verbs:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=VERBS, metavar="verb", help="one of those below")
    parser.add_argument("more", nargs=argparse.REMAINDER, help="handed on, by all but lint, setup, lock and clean")
    return parser


def run(arguments: list[str]) -> int:
    """Run the verb that `arguments` begin with and give its exit status; without a verb, print the help and give 2."""
    parser = _parser()
    if not arguments:
        parser.print_help()
        return 2
    chosen = parser.parse_args(arguments)
    verb = VERBS[chosen.verb]
    if chosen.more and not verb.takes_more:
        parser.error(f"`{chosen.verb}` takes nothing more, but got: {' '.join(chosen.more)}")
    try:
        return verb.function(chosen.more)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
