"""The project's own `.venv`: made once, renewed when the locks, pyproject.toml, Python or the folder changes.

Comes in: which lock is wanted. Goes out: the path of `.venv`'s Python, ready to use. A stamp inside `.venv` holds
a fingerprint of all that it was made from, so that a second run starts no pip at all.
"""

import hashlib
import importlib.util
import sys
from pathlib import Path

from tools.process import ROOT, Failure, quietly

VENV = ROOT / ".venv"
RUNTIME = "requirements.lock"
TEST = "requirements-test.lock"  # all of the runtime lock, and what testing needs
BENCH = "requirements-bench.lock"  # all of the runtime lock, and what the bench needs; where it shares more with TEST, the same versions
PIP = ("-m", "pip", "--disable-pip-version-check", "-q", "install")


def venv_python(venv: Path = VENV) -> Path:
    """Where the Python of a virtual environment stands on this system."""
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def ready(lock: str = RUNTIME) -> Path:
    """The path of `.venv`'s Python, after installing `lock` and the project if that is still to do."""
    if not _is_current(lock):
        _set_up(lock)
    return venv_python()


def fingerprint(lock: str, root: Path = ROOT) -> str:
    """A text that changes when `.venv` has to: with the lock, pyproject.toml, Python, or the folder's place.

    The place counts because an editable install remembers it.
    """
    digest = hashlib.sha256(f"{_python_version()}\n{sys.platform}\n{root}\n".encode())
    for name in (lock, "pyproject.toml"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def _python_version() -> str:
    """This Python's version as `pyvenv.cfg` writes it: `3.11.7`."""
    return ".".join(str(part) for part in sys.version_info[:3])


def _stamp(lock: str) -> Path:
    return VENV / f"{lock}.stamp"


def _is_current(lock: str) -> bool:
    """Whether `.venv` was made from this very lock, and still has its Python."""
    try:
        return _stamp(lock).read_text(encoding="utf-8") == fingerprint(lock) and venv_python().exists()
    except OSError:
        return False


def _set_up(lock: str) -> None:
    """Make or renew `.venv` from `lock`, saying so in one line."""
    fits = _fits()
    print(f"Setting up .venv ({_occasion(lock, fits)}) ...", flush=True)
    for name in (RUNTIME, TEST, BENCH):
        _stamp(name).unlink(missing_ok=True)
    if not fits:
        create(VENV)
    install("-r", lock)
    install("--no-deps", "--no-build-isolation", "-e", ".")
    for name in {RUNTIME, lock}:
        _stamp(name).write_text(fingerprint(name), encoding="utf-8")


def _occasion(lock: str, fits: bool) -> str:
    """Why there is something to do, for the one line that is printed."""
    if not fits:
        return "first time: about a minute"
    if lock != RUNTIME and _is_current(RUNTIME):
        return f"adding what the {'tests need' if lock == TEST else 'bench needs'}"
    return "bringing it up to date"


def _fits() -> bool:
    """Whether there is a `.venv` of this very Python version that can be built upon."""
    try:
        lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return f"version = {_python_version()}" in lines and quietly([venv_python(), "-c", "import pip"]).status == 0


def create(venv: Path) -> None:
    """Make a virtual environment, emptying its folder first; Failure says what is missing."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Failure(_incomplete(f"its module `{module}` is missing"))
    outcome = quietly([sys.executable, "-m", "venv", "--clear", venv])
    if outcome.status:
        raise Failure(_incomplete(f"it said:\n{outcome.output.strip()}"))


def _incomplete(detail: str) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"error: this Python {version} ({sys.executable}) cannot make a virtual environment: {detail}\n"
        f"help: on Debian and Ubuntu run `sudo apt-get install python3-venv`\n"
        f"      (or python{version}-venv), then try again;\n"
        "      elsewhere install Python with its standard library complete."
    )


def install(*arguments: str, python: Path | None = None) -> None:
    """Let the pip of `python` (default: `.venv`'s) install what `arguments` name; its words are shown on failure."""
    outcome = quietly([python or venv_python(), *PIP, *arguments])
    if outcome.status:
        raise Failure(
            f"{outcome.output.strip()}\n\n"
            f"error: pip could not install {' '.join(arguments)}; its own words stand above.\n"
            "help: look whether this machine has internet access (a proxy is named by HTTPS_PROXY), then try again;\n"
            "      `python3 tools/make.py clean` starts from nothing."
        )
