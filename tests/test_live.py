"""`workshop-kit serve`: what is changed is shown, what is broken is told, and nothing ends it but Ctrl-C."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from generator.commands.serve import Quiet, bound
from generator.errors import KitError, Place, Problem, ToolError
from generator.live.address import is_page, may_ask, path_of, type_of
from generator.live.builder import State
from generator.live.desk import Desk
from generator.live.problems import MOST, problems_page
from generator.live.reuse import SEARCH
from generator.live.server import Server
from generator.live.watch import changed, print_of, settled
from generator.mkdocs_file import config_of
from generator.paper.press import print_all
from tests.conftest import KITS, ROOT, CopyKit, copy_kit, write_files

DEADLINE = 60.0  # seconds in which a change must be shown, on the slowest machine
ITEM = "content/exercises/stop-list.yml"
PAGE = "exercises/stop-list/index.html"


@dataclass
class Heard:
    """Keeps what the loop tells."""

    files: list[list[str]] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    def building(self, files: list[str]) -> None:
        self.files.append(files)

    def ended(self, state: State, seconds: float) -> None:
        assert seconds >= 0
        self.states.append(state)


@dataclass
class Live:
    """A kit that is served within the tests."""

    root: Path
    desk: Desk
    server: Server
    heard: Heard

    def until(self, wanted: Callable[[State], bool]) -> State:
        """The first state that is wanted; fails after the deadline."""
        end, state = time.monotonic() + DEADLINE, self.desk.state
        while not wanted(state):
            assert time.monotonic() < end, f"nothing came of it: {state.failure}"
            state = self.desk.wait_for_news(state.number, 1)
        return state

    def good(self, text: str = "", path: str = PAGE) -> str:
        """A page as soon as it holds a text again."""

        def shown(state: State) -> bool:
            return state.failure is None and state.site is not None and text in self.get(path)[1]

        self.until(shown)
        return self.get(path)[1]

    def broken(self, text: str, path: str = PAGE) -> str:
        """The page with problems as soon as it tells of one."""
        self.until(lambda state: state.failure is not None and text in self.get(path)[1])
        status, page = self.get(path)
        assert status == 500
        return page

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
        """The status and the text at an address."""
        status, _, data = self.ask("/" + path, method, **headers)
        return status, data.decode("utf-8", "replace")

    def ask(self, target: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and data, of any target whatever."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=DEADLINE)
        try:
            connection.request(method, target, headers=headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def write(self, path: str, change: Callable[[str], str]) -> None:
        """Change a file as editors do: a new file takes the old one's place."""
        file = self.root / path
        other = file.with_name(f".{file.name}.tmp")
        other.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        other.replace(file)


@contextmanager
def served(root: Path) -> Iterator[Live]:
    """Serve a kit until the test is done."""
    heard = Heard()
    with Desk(root, Quiet(), heard) as desk:
        server = bound(desk, "127.0.0.1", (0,))
        loop = threading.Thread(target=desk.run)
        server.start()
        loop.start()
        try:
            yield Live(root, desk, server, heard)
        finally:
            desk.stop()
            loop.join(DEADLINE)
            server.stop()
            assert not loop.is_alive()
    assert not desk.space.exists()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The kit `minimal`, served. A test leaves it as it found it."""
    with served(copy_kit(KITS / "minimal", tmp_path_factory.mktemp("live"))) as found:
        found.good("The stop list")
        yield found


# Addresses


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", ""),
        ("/index.html", "index.html"),
        ("/exercises/silo-walk/?x=1#y", "exercises/silo-walk/"),
        ("//exercises//", "exercises//"),
        ("/images/gr%C3%BC%C3%9Fe%20a.png", "images/grüße a.png"),
        ("http://localhost:8000/index.html", None),
        ("/../secret", None),
        ("/%2e%2e/secret", None),
        ("/a/%2E%2E%2Fsecret", None),
        ("/..%5c..%5csecret", None),
        ("/C:/secret", None),
        ("/a%00b", None),
        ("/a%0d%0aSet-Cookie:x", None),
        ("/%ff", None),
        ("/.git/config", None),
        ("/a. ", None),
        ("/" + "a" * 5000, None),
    ],
)
def test_an_address_never_leads_out_of_the_site(target: str, path: str | None) -> None:
    assert path_of(target) == path


@pytest.mark.parametrize(
    ("host", "bound_to", "may"),
    [
        (None, "127.0.0.1", True),
        ("localhost:8000", "127.0.0.1", True),
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("[::1]:8000", "127.0.0.1", True),
        ("evil.example:8000", "127.0.0.1", False),
        ("192.168.1.20:8000", "127.0.0.1", False),
        ("[", "127.0.0.1", False),
        ("192.168.1.20:8000", "0.0.0.0", True),
        ("evil.example", "0.0.0.0", False),
        (socket.gethostname() + ".local:8000", "0.0.0.0", True),
    ],
)
def test_no_other_site_can_ask_in_its_own_name(host: str | None, bound_to: str, may: bool) -> None:
    assert may_ask(host, bound_to) is may


def test_what_is_a_page_and_of_which_type() -> None:
    assert [is_page(path) for path in ("", "a/", "a", "a.html", "a.pdf", "a.css", "search/search_index.js")] == [
        True
    ] * 5 + [False] * 2
    assert type_of("a.JS") == "text/javascript; charset=utf-8"
    assert type_of("a.unknown") == "application/octet-stream"


# Changes on the disk


def test_every_kind_of_change_is_seen(tmp_path: Path) -> None:
    folder, other = tmp_path / "content", tmp_path / "mkdocs.yml"
    assert print_of([folder, other]) == {}
    folder.mkdir()
    (folder / "a.yml").write_text("one")
    (folder / "b.yml").write_text("two")
    before = print_of([folder, other])
    assert len(before) == 2
    (tmp_path / "new").write_text("eno")
    os.utime(tmp_path / "new", ns=((folder / "a.yml").stat().st_mtime_ns,) * 2)
    (tmp_path / "new").replace(folder / "a.yml")
    (folder / "b.yml").unlink()
    other.write_text("x")
    found = changed(before, print_of([folder, other]))
    assert [Path(name).name for name in found] == ["a.yml", "b.yml", "mkdocs.yml"]
    shutil.rmtree(folder)
    assert [Path(name).name for name in print_of([folder, other])] == ["mkdocs.yml"]


def test_a_file_that_is_saved_in_steps_is_one_change() -> None:
    looks = iter([{"a": (1, 1, 1)}, {}, {"a": (2, 2, 2)}, {"a": (2, 2, 2)}, {"a": (3, 3, 3)}])
    assert settled(lambda: next(looks), lambda _: None) == {"a": (2, 2, 2)}


def test_changes_without_end_do_not_keep_a_build_waiting() -> None:
    numbers = iter(range(1000))
    assert settled(lambda: {"a": (next(numbers), 0, 0)}, lambda _: None)
    assert next(numbers) < 100


# Problems as a page


def test_problems_are_shown_with_their_places_and_nothing_of_an_author_is_code() -> None:
    place = Place("content/exercises/a.yml", 3, 8, 5, "title: <script>alert(1)</script>")
    page = problems_page(
        KitError([Problem("unknown-field", "unknown field `<b>`", place, "not here", "did you mean `x`?")])
    )
    assert "content/exercises/a.yml:3:8" in page
    assert "title: &lt;script&gt;alert(1)" in page
    assert "^^^^^ not here" in page
    assert "did you mean `x`?" in page
    assert "workshop-kit explain unknown-field" in page
    assert "<script" not in page
    assert "<b>`" not in page


def test_thousands_of_problems_give_a_page_that_can_be_read() -> None:
    page = problems_page(KitError(Problem("a", f"no {at}", Place("x.yml", at + 1)) for at in range(10_000)))
    assert page.count("<article>") == MOST
    assert "9,950 more" in page
    assert len(page) < 60_000


# mkdocs.yml


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        ("site_name: Kit\nplugins: [workshop-kit\nnav:\n", "yaml", 3, "this is not YAML"),
        ("site_name: Kit\n\tplugins:\n", "yaml", 2, "this is not YAML"),
        ("site_name: Kit\nextra:\n  a: !nothing x\n", "yaml", 3, "mkdocs.yml cannot be read"),
        ("just words\n", "mkdocs", 1, "holds no settings"),
        ("site_name: Kit\nplugins:\n  - workshop-kit\n  - serch\n", "mkdocs", 4, "the plugin `serch` is not installed"),
        ("site_name: Kit\nplugins:\n  - workshop-kit:\n      none: 1\n", "mkdocs", 2, "none"),
        ("site_name: Kit\n\ntheme:\n  name: nowhere\n", "mkdocs", 3, "nowhere"),
        ("site_name: Kit\nuse_directory_urls: [a]\n", "mkdocs", 2, "use_directory_urls"),
        ("site_name: Kit\nmarkdown_extensions:\n  - nothing_such\n", "mkdocs", 2, "nothing_such"),
    ],
)
def test_a_fault_in_mkdocs_yml_is_told_at_its_line(
    text: str, code: str, line: int, says: str, copied: CopyKit, kits: Path
) -> None:
    root = copied(kits / "minimal")
    (root / "mkdocs.yml").write_text(text + "docs_dir: content\n" * text.startswith("site"), encoding="utf-8")
    with pytest.raises(KitError) as error:
        config_of(root, strict=True)
    problem = error.value.problems[0]
    assert (problem.code, problem.place.file, problem.place.line) == (code, "mkdocs.yml", line)
    assert says in problem.message
    assert "Traceback" not in problem.message


def test_a_plugin_that_is_misspelt_is_guessed(copied: CopyKit, kits: Path) -> None:
    root = copied(kits / "minimal")
    (root / "mkdocs.yml").write_text(
        "site_name: a\ndocs_dir: content\nplugins:\n  - workshop-kit\n  - serch\n", encoding="utf-8"
    )
    with pytest.raises(KitError) as error:
        config_of(root)
    assert error.value.problems[0].help == "did you mean `search`?"


# A server


@pytest.mark.slow
def test_a_change_is_shown_and_pages_that_did_not_change_are_kept(live: Live) -> None:
    live.write(ITEM, lambda text: text.replace("The stop list", "The stop list, again"))
    page = live.good("The stop list, again")
    assert page.count("workshop-kit-live/reload.js") == 1
    state = live.desk.state
    assert state.built is not None
    assert 0 < state.made < len(state.built.pages)
    assert [Path(name).name for name in live.heard.files[-1]] == ["stop-list.yml"]
    live.write(ITEM, lambda text: text.replace("The stop list, again", "The stop list"))
    live.good()
    live.until(lambda _: "The stop list, again" not in live.get(PAGE)[1])


@pytest.mark.slow
def test_a_menu_of_ones_own_follows_the_titles_of_its_pages(live: Live) -> None:
    settings = (live.root / "mkdocs.yml").read_text(encoding="utf-8")
    about = live.root / "content" / "pages" / "about.md"
    write_files(
        live.root,
        {"content/pages/about.md": "# Who we are\n", "mkdocs.yml": f"{settings}\nnav: [index.md, pages/about.md]\n"},
    )
    live.good("Who we are", "index.html")
    live.write("content/pages/about.md", lambda text: text.replace("we", "they"))
    live.good("Who they are", "index.html")
    about.unlink()
    (live.root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    live.until(lambda state: state.failure is None and "Who they are" not in live.get("index.html")[1])


@pytest.mark.slow
def test_a_broken_hook_is_told_and_followed_when_it_is_mended(copied: CopyKit, kits: Path) -> None:
    root = copied(kits / "minimal")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write_files(root, {"hook.py": "def on_config(:\n", "mkdocs.yml": f"{settings}\nhooks: [hook.py]\n"})
    with served(root) as mending:
        assert "hook.py" in mending.broken("invalid syntax")
        mending.write("hook.py", lambda _: "def on_config(config):\n    return config\n")
        mending.good("The stop list")


@pytest.mark.slow
def test_a_site_with_kept_pages_is_the_same_as_one_made_at_once(live: Live) -> None:
    live.write(ITEM, lambda text: text.replace("The stop list", "A list of stops"))
    live.good("A list of stops")
    kept = live.desk.state
    assert kept.built is not None
    assert kept.site is not None
    assert kept.made < len(kept.built.pages)
    with served(live.root) as other:
        other.good("A list of stops")
        new = other.desk.state
        assert new.built is not None
        assert new.site is not None
        assert new.made == len(new.built.pages)
        assert kept.files == new.files
        assert SEARCH.as_posix() in new.files
        mine, others = (f"127.0.0.1:{one.server.server_port}".encode() for one in (live, other))
        compared = 0
        for name in sorted(new.files - {"sitemap.xml.gz"}):
            old_bytes, new_bytes = ((one.folder / name).read_bytes() for one in (kept.site, new.site))
            if name == SEARCH.as_posix():
                assert json.loads(old_bytes) == json.loads(new_bytes)
            elif name != "search/search_index.js":
                assert old_bytes.replace(mine, others) == new_bytes, name
            compared += 1
        assert compared > 30
    live.write(ITEM, lambda text: text.replace("A list of stops", "The stop list"))
    live.until(lambda state: state.failure is None and "The stop list" in live.get(PAGE)[1])


BREAKAGES: dict[str, tuple[str, Callable[[str], str], str]] = {
    "an item": (ITEM, lambda text: text + "titel: x\n", "unknown field `titel`"),
    "kit.yml": ("content/kit.yml", lambda text: text + "x: [\n", "this is not YAML"),
    "mkdocs.yml": ("mkdocs.yml", lambda text: text + "nav: [\n", "mkdocs.yml:"),
    "a plugin": (
        "mkdocs.yml",
        lambda text: text.replace("- offline", "- ofline"),
        "the plugin `ofline` is not installed",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", BREAKAGES)
def test_what_is_broken_is_told_in_the_browser_and_comes_back_when_mended(what: str, live: Live) -> None:
    path, change, says = BREAKAGES[what]
    whole = (live.root / path).read_text(encoding="utf-8")
    live.write(path, change)
    page = live.broken(says)
    assert re.search(rf"{re.escape(path)}:\d+:\d+", page)
    assert live.get("no/such/page/")[0] == 500, "every page tells of it"
    assert live.get("assets/kit/css/kit.css")[0] == 200, "parts of pages are still there"
    live.write(path, lambda _: whole)
    live.good("The stop list")


@pytest.mark.slow
def test_content_and_settings_may_go_and_come_back(live: Live) -> None:
    for name, says in (("content", "no folder `content/`"), ("mkdocs.yml", "no mkdocs.yml")):
        (live.root / name).rename(live.root / "away")
        live.broken(says)
        (live.root / "away").rename(live.root / name)
        live.good("The stop list")


@pytest.mark.slow
def test_a_system_that_clears_its_temporary_files_ends_nothing(live: Live) -> None:
    shutil.rmtree(live.desk.space)
    live.good("The stop list")


@pytest.mark.slow
def test_templates_of_the_kit_are_followed_and_their_faults_are_told_with_file_and_line(live: Live) -> None:
    own = live.root / "templates" / "pages" / "exercises.md.j2"
    shipped = (ROOT / "templates" / "pages" / "exercises.md.j2").read_text(encoding="utf-8")
    own.parent.mkdir(parents=True)
    own.write_text(shipped + "\nMade by hand.\n", encoding="utf-8")
    live.good("Made by hand.")
    own.write_text("one\n{% if %}\n", encoding="utf-8")
    live.broken("templates/pages/exercises.md.j2:2")
    shutil.rmtree(live.root / "templates")
    live.good("The stop list")
    assert "Made by hand." not in live.get(PAGE)[1]


@pytest.mark.slow
def test_fixed_words_and_styles_are_followed(live: Live) -> None:
    words = live.root / "templates" / "words" / "en.yml"
    words.parent.mkdir(parents=True)
    words.write_text("nav: [\n", encoding="utf-8")
    live.broken("words/en.yml")
    shutil.rmtree(live.root / "templates")
    live.good("The stop list")
    css = live.root / "templates" / "assets" / "css" / "kit.css"
    css.parent.mkdir(parents=True)
    css.write_text("body{color:#123456}", encoding="utf-8")
    live.until(lambda _: "#123456" in live.get("assets/kit/css/kit.css")[1])
    shutil.rmtree(live.root / "templates")
    live.until(lambda _: "#123456" not in live.get("assets/kit/css/kit.css")[1])


@pytest.mark.slow
def test_a_change_during_a_build_is_built_next_and_requests_do_not_wait(live: Live) -> None:
    began, go = threading.Event(), threading.Event()
    real = live.desk.builder.next

    def slow(state: State) -> State:
        found = real(state)
        began.set()
        assert go.wait(DEADLINE)
        return found

    live.desk.builder.next = slow  # type: ignore[method-assign]
    try:
        live.write(ITEM, lambda text: text.replace("The stop list", "The first list"))
        assert began.wait(DEADLINE)
        assert "The stop list" in live.get(PAGE)[1], "the last good site answers during a build"
        live.write(ITEM, lambda text: text.replace("The first list", "The second list"))
    finally:
        go.set()
        live.desk.builder.next = real  # type: ignore[method-assign]
    live.good("The second list")
    live.write(ITEM, lambda text: text.replace("The second list", "The stop list"))
    live.good("The stop list")


@pytest.mark.slow
def test_a_fault_of_the_program_itself_ends_nothing(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("by accident")

    monkeypatch.setattr(live.desk.builder, "_built", fail)
    live.write(ITEM, lambda text: text + "# a\n")
    page = live.broken("RuntimeError: by accident")
    assert "please report it" in page
    assert "Traceback" not in page
    monkeypatch.undo()
    live.write(ITEM, lambda text: text.replace("# a\n", ""))
    live.good("The stop list")


@pytest.mark.slow
def test_odd_requests_are_answered_and_end_nothing(live: Live) -> None:
    assert live.get("exercises/stop-list")[0] == 301
    assert "The stop list" in live.get("exercises/stop-list/")[1]
    assert live.get("no/such/page/")[0] == 404
    assert live.get("../../etc/passwd")[0] == 404
    assert live.get("con")[0] == 404
    assert live.get("EXERCISES/stop-list/index.html")[0] == 404, "as on a host that tells capitals apart"
    assert live.get("", Host="evil.example")[0] == 421
    assert live.get("", "POST")[0] == 501
    status, headers, data = live.ask("/" + PAGE, "HEAD")
    assert (status, data) == (200, b"")
    assert int(headers["content-length"]) > 1000
    assert headers["cache-control"] == "no-store"
    for text in (b"\x16\x03\x01\x00", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b""):
        with socket.create_connection(("127.0.0.1", live.server.server_port)) as line:
            line.sendall(text)
    assert live.get(PAGE)[0] == 200


def test_a_port_that_is_taken_leads_to_the_next_one_or_to_what_can_be_done(tmp_path: Path) -> None:
    with Desk(tmp_path, Quiet(), Heard()) as desk, socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        server = bound(desk, "127.0.0.1", (port, 0))
        assert server.server_port != port
        server.stop()
        with pytest.raises(ToolError, match=rf"port {port} is in use.*--port"):
            bound(desk, "127.0.0.1", (port,))
        with pytest.raises(ToolError, match=r"cannot serve on no\.such\.host\.example"):
            bound(desk, "no.such.host.example", (0,))


# Booklets


@pytest.mark.slow
@pytest.mark.pdf
def test_booklets_are_printed_when_asked_for_and_once(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []
    real = print_all

    def count(documents, *rest):  # type: ignore[no-untyped-def]
        made = real(documents, *rest)
        printed.extend(one.document.path for one in made if one.new)
        return made

    monkeypatch.setattr("generator.live.booklets.print_all", count)
    shelf = live.desk.state.shelf
    assert shelf is not None
    path = next(path for path in shelf.documents if path.endswith("run-sheet.a4.pdf"))
    picture = shelf.documents[path].picture
    assert not printed, "nothing is printed before somebody asks"
    assert live.ask("/" + picture)[1]["content-type"] == "image/svg+xml"
    answers: list[bytes] = []
    threads = [threading.Thread(target=lambda: answers.append(live.ask("/" + path)[2])) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    assert len(answers) == 3
    assert len(set(answers)) == 1
    assert answers[0].startswith(b"%PDF")
    assert printed == [path]
    assert live.ask("/" + picture)[1]["content-type"] == "image/png"
    order = path.replace("run-sheet", "print-order")
    assert live.ask("/" + order)[2].startswith(b"%PDF")
    room = live.get("print/first-hour/index.html")[1]
    assert "run-sheet.a4.pdf" in room
    assert "0 pages" not in room


@pytest.mark.slow
@pytest.mark.pdf
def test_a_fault_in_a_template_of_a_booklet_is_told_when_it_is_asked_for(live: Live) -> None:
    own = live.root / "templates" / "booklets" / "feedback-slip.typ"
    own.parent.mkdir(parents=True)
    own.write_text("#let x = (\n", encoding="utf-8")
    state = live.desk.state
    live.until(lambda now: now.number > state.number and now.failure is None)
    assert state.shelf is not None
    path = next(path for path in state.shelf.documents if path.endswith("feedback-slip.a4.pdf"))
    status, page = live.get(path)
    assert status == 500
    assert "This booklet cannot be made" in page
    assert "feedback-slip.typ:1" in page
    assert live.get(PAGE)[0] == 200
    shutil.rmtree(live.root / "templates")
    live.until(lambda now: now.number > state.number + 1 and now.failure is None)
    assert live.ask("/" + path)[2].startswith(b"%PDF")


# In the browser


@pytest.mark.slow
@pytest.mark.browser
def test_an_open_page_follows_by_itself_and_stays_where_it_was(live: Live, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 400, "height": 300})
    try:
        page.goto(live.server.address + PAGE)
        page.get_by_role("heading", level=1, name="The stop list").wait_for()
        page.evaluate("scrollTo(0, 200)")
        assert page.evaluate("scrollY") == 200
        live.write(ITEM, lambda text: text.replace("The stop list", "The open list"))
        page.get_by_role("heading", level=1, name="The open list").wait_for(timeout=DEADLINE * 1000)
        page.wait_for_function("scrollY === 200")
        live.write(ITEM, lambda text: text + "titel: x\n")
        page.get_by_text("unknown field `titel`").wait_for(timeout=DEADLINE * 1000)
        assert "stop-list.yml:" in page.inner_text("article code")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it fits a phone"
        live.write(ITEM, lambda text: text.replace("titel: x\n", "").replace("The open list", "The stop list"))
        page.get_by_role("heading", level=1, name="The stop list").wait_for(timeout=DEADLINE * 1000)
        page.wait_for_function("scrollY === 200")
    finally:
        page.close()


# The command


@pytest.mark.slow
@pytest.mark.parametrize("after", ["building the site", "shown:"])
def test_ctrl_c_ends_it_at_once_and_leaves_nothing(after: str, copied: CopyKit, kits: Path, tmp_path: Path) -> None:
    root, space = copied(kits / "minimal"), tmp_path / "space"
    space.mkdir()
    command = [sys.executable, "-X", "utf8", "-m", "generator", "serve", "--port", "0"]
    kit = {**os.environ, "TMPDIR": str(space)}
    with subprocess.Popen(
        command, cwd=root, env=kit, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if after in line:
                break
        assert urlsplit(re.findall(r"http://\S+", lines[0])[0]).hostname == "127.0.0.1"
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=DEADLINE)
    assert process.returncode == 130
    assert "Traceback" not in rest
    assert "Stopped." in rest
    assert list(space.iterdir()) == []
