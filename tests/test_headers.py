"""The headers file of a built site: what it says, and that every kind of page works under its content policy."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext

from generator.web.headers import headers, inline_scripts
from tests.conftest import Quiet, one_of_each, serve

HASH_OF_GO = "'sha256-uxztVBOu4I1US70toGMPbtpfckNKW9OzJ9C6/M5mIrI='"

HERE = ("http://127.0.0.1", "file:", "data:", "blob:")
# Notes each breach of the policy, from before the page's first script on.
LISTEN = """
window.breaches = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.breaches.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
"""


def rules_for(text: str, address: str) -> Iterator[list[str]]:
    """The lines of each rule of a headers file that counts for an address, which begins with a slash."""
    for path, lines in re.findall(r"^(/.*)\n((?:  .+\n)+)", text, re.MULTILINE):
        if re.fullmatch(re.escape(path).replace(r"\*", ".*"), address):
            yield [line.strip() for line in lines.splitlines()]


def by_cloudflare(text: str, address: str) -> dict[str, str]:
    """What Cloudflare Pages sends: values of one header are joined, and a line with `!` takes back what was said before."""
    found: dict[str, str] = {}
    for lines in rules_for(text, address):
        for name in (line[2:] for line in lines if line.startswith("! ")):
            found.pop(name, None)
        for name, value in (line.split(": ", 1) for line in lines if ": " in line):
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def by_netlify(text: str, address: str) -> dict[str, str]:
    """What Netlify sends: a line without a colon counts for nothing, and of two rules the last wins."""
    return dict(line.split(": ", 1) for lines in rules_for(text, address) for line in lines if ":" in line)


def said(text: str, address: str = "/") -> dict[str, str]:
    """What both send."""
    found = by_cloudflare(text, address)
    assert found == by_netlify(text, address)
    return found


def test_scripts_that_stand_in_pages_are_allowed_each_once_and_data_are_not() -> None:
    page = (
        '<p title="<script>no</script>">&lt;script&gt;no</p><script src="a.js">no</script>'
        '<script type="application/json">{"no": 1}</script><SCRIPT>go()\r\n</SCRIPT><!-- <script>no</script> -->'
    )
    assert inline_scripts(page) == ["go()\n"]
    policy = said(headers([page, page], []))["Content-Security-Policy"]
    assert policy.count("sha256-") == 1
    assert f"script-src 'self' {HASH_OF_GO};" in policy


NASTY = {
    "quotes in a name or without an equals sign": """<p class=it's><b a"b><i ="x>""",
    "a value without quotes": '<a href=x="y>z</a>"',
    "comments that end at once": "<!--><!--->",
    "a comment that ends oddly": "<!-- <script>no</script> --!>",
    "a sign for less": "1 < 2 <",
    "a title that looks like a comment": "<title><!-- <script>no</script></title>",
    "a tag that is not closed before": "<p title='>' <br",
    "data before": '<script type="application/json">"<!--"</script>',
}


@pytest.mark.parametrize("before", NASTY)
def test_no_script_that_a_browser_runs_is_overlooked(before: str) -> None:
    for script in ("<script>go()</script>", "<script\n>go()</script\n>", "<script type = module>go()</SCRIPT/>"):
        assert inline_scripts(f"<body>{NASTY[before]}{'>' * before.startswith('a tag')}{script}") == ["go()"]


def test_nothing_else_is_allowed_than_what_a_site_needs() -> None:
    found = said(headers([], []))
    policy = dict(part.split(" ", 1) for part in found["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert not [value for value in policy.values() if "http" in value or "*" in value or "unsafe-eval" in value]
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"]


@pytest.mark.slow
def test_files_whose_names_change_with_them_are_kept_for_ever_and_no_others(full_site: Path) -> None:
    text = (full_site / "_headers").read_text(encoding="utf-8")
    kept = set()
    for path in (path for path in full_site.rglob("*") if path.is_file()):
        name = path.relative_to(full_site).as_posix()
        found = said(text, f"/{name}")
        if found["Cache-Control"] == "public, max-age=31536000, immutable":
            kept.add(name)
            mark = re.search(r"\.([0-9a-f]{8})\.", path.name)
            assert mark, name
            assert not name.startswith("assets/kit/") or hashlib.sha256(path.read_bytes()).hexdigest()[:8] == mark[1]
        else:
            assert found["Cache-Control"] == "no-cache", name
        assert "default-src 'none'" in found["Content-Security-Policy"]
    loads = {
        (path.parent / unquote(address)).resolve().relative_to(full_site.resolve()).as_posix()
        for path in full_site.rglob("index.html")
        for address in re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+\.(?:js|css))"', path.read_text("utf-8"))
    }
    assert len(loads) > 15
    assert loads <= kept
    others = {"kit.json", "index.html", "print/manifest.json", "search/search_index.js", "assets/images/favicon.png"}
    assert others.isdisjoint(kept)
    assert all((full_site / name).is_file() for name in others)


@pytest.mark.slow
def test_the_page_for_missing_addresses_asks_below_the_folder_that_the_kit_names(full_site: Path) -> None:
    found = re.findall(r'(?:href|src)="(/[^"]*)"', (full_site / "404.html").read_text(encoding="utf-8"))
    assert len(found) > 15
    for address in found:
        assert address.startswith("/meetings/"), address
        assert (full_site / unquote(address.removeprefix("/meetings/"))).is_file(), address


@pytest.mark.slow
def test_the_headers_file_keeps_the_limits_of_cloudflare(shipped_site: Path) -> None:
    text = (shipped_site / "_headers").read_text(encoding="utf-8")
    assert 1 < len(re.findall(r"^/", text, re.MULTILINE)) <= 100
    assert max(map(len, text.splitlines())) <= 2000


class _Strict(Quiet):
    """Serves a folder with the headers of its headers file, and its 404.html for what is not there."""

    asked: ClassVar[list[str]] = []

    def log_request(self, *_: Any) -> None:
        self.asked.append(self.path)

    def end_headers(self) -> None:
        for name, value in said(Path(self.directory, "_headers").read_text(encoding="utf-8"), self.path).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, *_: Any) -> None:
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, shipped_site: Path) -> Path:
    """A copy of the built site, so that a test can spoil a page of it."""
    folder = tmp_path_factory.mktemp("strict") / "site"
    shutil.copytree(shipped_site, folder, ignore=shutil.ignore_patterns("*.pdf", "*.map"))
    page = (folder / "pages" / "about.html").read_text(encoding="utf-8")
    assert "</main>" in page
    bad = (
        "<script>document.title = 'injected'</script><a id=bad href=# onclick=\"document.title='clicked'\">x</a></main>"
    )
    (folder / "injected.html").write_text(page.replace("</main>", bad), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def strict(site: Path) -> Iterator[str]:
    yield from serve(site, _Strict)


@pytest.fixture
def watched(browser: Browser) -> Iterator[BrowserContext]:
    """A context whose pages note breaches of the policy; at the end it must have asked no other host."""
    context = browser.new_context()
    context.add_init_script(LISTEN)
    outside: list[str] = []
    context.on(
        "request",
        lambda asked: None if asked.url.startswith(HERE) else outside.append(asked.url),
    )
    yield context
    context.close()
    assert not outside, outside


class _Loaded(HTMLParser):
    """Collects the addresses that a page loads by itself; links that a reader may follow are none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {"src", "srcset", "poster", "data", "action"} | ({"href"} if tag in ("link", "base", "use") else set())
        if ("rel", "canonical") not in attrs:
            self.found += [value or "" for name, value in attrs if name in names]


@pytest.mark.slow
def test_no_page_and_no_style_of_a_site_loads_from_another_host(shipped_site: Path, full_site: Path) -> None:
    found: list[str] = []
    for page in [*shipped_site.rglob("*.html"), *full_site.rglob("*.html")]:
        loaded = _Loaded()
        loaded.feed(page.read_text(encoding="utf-8"))
        found += loaded.found
    for style in [*shipped_site.rglob("*.css"), *full_site.rglob("*.css")]:
        text = style.read_text(encoding="utf-8")
        found += re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""", text)
    assert len(found) > 1000
    assert not (outside := sorted({one for one in found if re.match(r"(?!data:)([a-z]+:)?//", one)})), outside


@pytest.mark.browser
@pytest.mark.slow
def test_from_a_stick_no_kind_of_page_asks_for_anything_that_is_not_on_it(browser: Browser, shipped_site: Path) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    addresses = [address for address in one_of_each(shipped_site) if address != "404.html"]
    assert len(addresses) > 20
    for address in addresses:
        page.goto((shipped_site / address).as_uri())
    page.context.close()
    own = (shipped_site.as_uri(), "data:", "blob:")
    assert len(asked) > len(addresses)
    assert not (outside := sorted({one for one in asked if not one.startswith(own)})), outside


@pytest.mark.browser
@pytest.mark.slow
def test_every_kind_of_page_keeps_the_policy(watched: BrowserContext, site: Path, strict: str) -> None:
    addresses = [address for address in one_of_each(site) if address != "injected.html"]
    assert len(addresses) > 20
    page = watched.new_page()
    faults: list[str] = []
    page.on("console", lambda line: faults.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    for address in addresses:
        page.goto(strict + address)
        faults += [f"{address}: {breach}" for breach in page.evaluate("window.breaches")]
        started = page.evaluate("document.documentElement.classList.contains('js')")
        assert started, f"{address}: the theme's own script did not start"
    assert not faults, "\n".join(faults)


@pytest.mark.browser
@pytest.mark.slow
def test_search_and_the_switch_of_colours_work_under_the_policy(watched: BrowserContext, strict: str) -> None:
    page = watched.new_page()
    page.goto(strict + "workshops/half-day/index.html")
    before = page.evaluate("document.body.dataset.mdColorScheme")
    page.locator("[data-md-component=palette] label:visible").click()
    page.wait_for_function("before => document.body.dataset.mdColorScheme !== before", arg=before)
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") != before, "the choice of colours is forgotten"
    page.keyboard.press("/")
    page.keyboard.type("waiting-room sort")
    page.locator(".md-search-result__link", has_text="waiting-room sort").first.click(timeout=15_000)
    page.wait_for_url("**/exercises/waiting-room-sort/**")
    assert page.evaluate("window.breaches") == []


@pytest.mark.browser
@pytest.mark.slow
def test_who_comes_back_fetches_no_style_font_or_script_again(watched: BrowserContext, strict: str) -> None:
    asked: list[set[str]] = []
    for _ in range(2):
        _Strict.asked.clear()
        page = watched.new_page()
        page.goto(strict + "workshops/half-day/index.html", wait_until="networkidle")
        page.close()
        asked.append({path.rpartition(".")[2] for path in _Strict.asked})
    assert {"html", "css", "js", "woff2"} <= asked[0]
    assert "html" in asked[1]
    assert {"css", "js", "woff2"}.isdisjoint(asked[1])


@pytest.mark.browser
@pytest.mark.slow
def test_a_script_that_someone_put_into_a_page_is_blocked(watched: BrowserContext, strict: str) -> None:
    page = watched.new_page()
    page.goto(strict + "injected.html")
    page.locator("#bad").click()
    assert page.title() not in ("injected", "clicked")
    breaches = page.evaluate("window.breaches")
    assert [breach.split(":")[0] for breach in breaches] == ["script-src-elem", "script-src-attr"], breaches


@pytest.mark.browser
@pytest.mark.slow
def test_a_missing_address_at_any_depth_leads_on(watched: BrowserContext, strict: str) -> None:
    page = watched.new_page()
    for address in ("nothing", "exercises/none/there/at-all/"):
        answer = page.goto(strict + address)
        assert answer is not None
        assert answer.status == 404
        page.locator("article").get_by_role("link", name="Workshops").click()
        page.wait_for_url(strict + "workshops/index.html")
        page.go_back()
        page.locator("article").get_by_role("link", name="Home").click()
        page.wait_for_url(strict + "index.html")


@pytest.mark.browser
@pytest.mark.slow
def test_the_page_for_missing_addresses_leads_on_from_a_stick_too(watched: BrowserContext, site: Path) -> None:
    page = watched.new_page()
    page.goto((site / "404.html").as_uri())
    page.locator("article").get_by_role("link", name="Workshops").click()
    page.wait_for_url((site / "workshops" / "index.html").as_uri())
    assert page.locator("h1").inner_text() == "Workshops"
