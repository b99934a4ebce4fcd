"""Finding a browser of the Chromium family for the tests, and proving that it runs.

Comes in: the environment variable CHROMIUM, PATH, the usual places, and `.venv`'s Python to ask Playwright.
Goes out: the path of a browser that has just shown an empty page; Failure, naming every way, when there is none.
Nothing here skips a test: a missing browser is an error.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.process import Failure, quietly

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
WINDOWS_APPS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
START = 60.0  # seconds a browser gets to show an empty page
DOWNLOAD = 300.0  # seconds Playwright gets to download its own browser
PACKAGES = 900.0  # seconds the system's package manager gets
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright:\n"
    "    print(playwright.chromium.executable_path)"
)


def find(python: Path) -> str:
    """The path of a browser that runs; `python` is the Python that has Playwright. Failure when there is none."""
    named = os.environ.get("CHROMIUM", "").strip()
    if named:
        return _the_named(named)
    for candidate in _candidates(python):
        if not complaint(candidate):
            return candidate
    raise Failure(
        "error: the tests need a browser of the Chromium family, and none that runs was found or could be installed.\n"
        "help: one of these will do:\n"
        "      - install Chromium, Google Chrome or Microsoft Edge in the usual way for this system\n"
        "      - on Debian or Ubuntu: `sudo apt-get update && sudo apt-get install -y chromium`\n"
        f'      - let Playwright download one: `"{python}" -m playwright install chromium`\n'
        "      - set the environment variable CHROMIUM to the path of one that you have"
    )


def complaint(browser: str) -> str:
    """Why this browser is of no use; empty when it shows an empty page. It never touches a profile of yours."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}"]
        outcome = quietly([browser, *flags, "--dump-dom", "about:blank"], START)
    if outcome.status == 0 and "<html" in outcome.output.lower():
        return ""
    return f"exit status {outcome.status}: {outcome.output.strip()[-500:] or 'it printed no page'}"


def _the_named(named: str) -> str:
    """The browser that CHROMIUM names: that one or none."""
    path = shutil.which(named)
    if path is None:
        problem = (
            "there is no such file or program" if not Path(named).exists() else "it is not a program that can be run"
        )
    else:
        problem = complaint(path)
    if problem or path is None:
        raise Failure(
            f"error: CHROMIUM names `{named}`, but {problem}\n"
            "help: set CHROMIUM to the path of a browser that runs, or unset it and let one be found"
        )
    return path


def _candidates(python: Path) -> Iterator[str]:
    """Browsers that may be there, the cheapest to try first; later ones are installed only when asked for."""
    yield from filter(None, map(shutil.which, NAMES))
    yield from (str(place) for place in _usual_places() if place.is_file())
    yield from _of_playwright(python)
    yield from _of_the_system()


def _usual_places() -> list[Path]:
    """Where macOS and Windows put browsers; empty elsewhere."""
    if sys.platform == "darwin":
        folders = (Path("/Applications"), Path.home() / "Applications")
        return [folder / f"{app}.app" / "Contents" / "MacOS" / app for folder in folders for app in MAC_APPS]
    if sys.platform == "win32":
        folders = tuple(Path(os.environ[name]) for name in WINDOWS_FOLDERS if name in os.environ)
        return [folder / place for place in WINDOWS_APPS for folder in folders]
    return []


def _of_playwright(python: Path) -> Iterator[str]:
    """Playwright's own browser, downloaded if need be; nothing on networks that do not let it through."""
    asked = quietly([python, "-c", ASK_PLAYWRIGHT], START)
    if asked.status or not asked.output.strip():
        return
    path = Path(asked.output.strip().splitlines()[-1])
    if path.is_file():
        yield str(path)
        return
    print("No browser found; asking Playwright to download one ...", flush=True)
    if quietly([python, "-m", "playwright", "install", "chromium"], DOWNLOAD).status == 0:
        yield str(path)


def _of_the_system() -> Iterator[str]:
    """Debian's Chromium, installed when we are root or sudo asks for no password; nothing elsewhere."""
    apt = shutil.which("apt-get")
    if apt is None:
        return
    prefix = _as_root()
    if prefix is None:
        return
    print("Installing the package `chromium` with apt-get ...", flush=True)
    quietly([*prefix, apt, "update"], PACKAGES)
    quietly([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", apt, "install", "-y", "chromium"], PACKAGES)
    installed = shutil.which("chromium")
    if installed:
        yield installed


def _as_root() -> list[str] | None:
    """What to put before a command so that it runs as root; None when we cannot."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and quietly([sudo, "-n", "true"], START).status == 0 else None
