"""What the tests share: kits in folders, kits made on the spot, golden files, and one built site."""

import http.server
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator.cli import COMMANDS, main
from generator.content.load import Loaded
from generator.errors import Problem
from generator.reading import read

ROOT = Path(__file__).resolve().parent.parent
KITS = ROOT / "tests" / "kits"
GOLDEN = ROOT / "tests" / "golden"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

Files = Mapping[str, str | bytes]
MakeKit = Callable[[Files], Path]
CopyKit = Callable[[Path], Path]
Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="renew the golden files instead of comparing with them")


def pytest_configure() -> None:
    """A shell that begins the tests in the background has them ignore Ctrl-C, and all programs that they begin."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def write_files(folder: Path, files: Files) -> None:
    """Write files by their path below `folder`, text as UTF-8 and bytes as they are."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


def run_generator(*words: str, cwd: Path, module: str = "generator") -> subprocess.CompletedProcess[str]:
    """Run the program as its users do, in the folder of a kit."""
    command = [sys.executable, "-X", "utf8", "-m", module, *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", timeout=400, check=False)


def copy_kit(source: Path, folder: Path) -> Path:
    """Copy the content of a kit, with the mkdocs.yml of this project, into a new folder."""
    shutil.copytree(source / "content", folder / "content")
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


@pytest.fixture(scope="session")
def kits() -> Path:
    """The folder of the small kits that tests read: minimal, full, unicode and broken."""
    return KITS


@pytest.fixture
def make_kit(tmp_path: Path) -> MakeKit:
    """Make a kit from a dict of files; names are paths from the kit's folder, as `content/kit.yml`."""

    def make(files: Files) -> Path:
        folder = tmp_path / "kit"
        write_files(folder, {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), **files})
        return folder

    return make


@pytest.fixture
def copied(tmp_path: Path) -> CopyKit:
    """Copy a kit, so that a test may break it."""
    return lambda source: copy_kit(source, tmp_path / "copy")


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `python -m generator`, or another module, in a folder."""
    return run_generator


@cache
def read_once(content: Path) -> tuple[Loaded, list[Problem]]:
    """A kit that no test changes."""
    return read(content)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program as `run` does, but within the tests: much faster, and the content that we ship is read once for all."""

    def run_here(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(cwd)
        if cwd == ROOT:
            for module, _ in COMMANDS.values():
                monkeypatch.setattr(import_module(f"generator.commands.{module}"), "read", read_once, raising=False)
        try:
            status = main(words)
        except SystemExit as error:
            status = error.code if isinstance(error.code, int) else 1
        return subprocess.CompletedProcess(words, status, *capsys.readouterr())

    return run_here


@pytest.fixture(scope="session")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the kit `full`, made once. Tests read it; a test that changes it copies it first."""
    folder = copy_kit(KITS / "full", tmp_path_factory.mktemp("full"))
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the kit that we ship, made once; only to be read."""
    folder = copy_kit(ROOT, tmp_path_factory.mktemp("shipped"))
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Callable[[str, Mapping[str, str]], None]:
    """Compare files with those of a golden folder: none may be missing, changed or left over. `--golden` renews them."""
    renew = bool(request.config.getoption("--golden"))

    def compare(name: str, found: Mapping[str, str]) -> None:
        folder = GOLDEN / name
        assert found, "there is nothing to compare"
        if renew:
            shutil.rmtree(folder, ignore_errors=True)
            write_files(folder, found)
        kept = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        advice = "read the difference; if it is right, run `make golden`"
        assert not (missing := sorted(set(found) - set(kept))), f"no golden file for {missing}; {advice}"
        assert not (surplus := sorted(set(kept) - set(found))), (
            f"golden files that belong to nothing: {surplus}; {advice}"
        )
        for path, text in found.items():
            assert text == kept[path].read_bytes().decode(), f"tests/golden/{name}/{path} differs; {advice}"

    return compare


def one_of_each(site: Path) -> list[str]:
    """An address of each kind of page: of the folders that are items of one kind, and of an author's own pages, the first."""
    kinds: dict[tuple[str, ...], str] = {}
    for page in sorted(site.rglob("*.html")):
        path = page.relative_to(site)
        kind = path.parts if len(path.parts) < 3 else (path.parts[0], "*", *path.parts[2:])
        kinds.setdefault(("pages",) if kind[0] == "pages" else kind, path.as_posix())
    return list(kinds.values())


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""


def serve(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder on this computer; yields its address, with a slash at the end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser; that there is none is an error."""
    path = os.environ.get("CHROMIUM")
    assert path, "CHROMIUM names no browser; `make test` finds one"
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page, as wide as a laptop; an error of a script and a file that is not there are faults."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found, faults = context.new_page(), list[str]()
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("response", lambda answer: faults.append(answer.url) if answer.status >= 400 else None)
    yield found
    context.close()
    assert not faults, faults


@pytest.fixture(scope="session")
def shipped(shipped_site: Path) -> Iterator[str]:
    """The address of the built site of the kit that we ship."""
    yield from serve(shipped_site)


@pytest.fixture(scope="session")
def full(full_site: Path) -> Iterator[str]:
    """The address of the built site of the kit `full`."""
    yield from serve(full_site)
