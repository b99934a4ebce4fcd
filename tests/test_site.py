"""The built site as files: what is there, where links lead, and what must not be there."""

import importlib.resources
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT, CopyKit, copy_kit, run_generator
from tests.links import Page, followed, pages_of

pytestmark = pytest.mark.slow

OWN = re.compile(r"https?://(?:www\.w3\.org/|squidfunk\.github\.io|example\.org)")


@pytest.fixture(scope="module")
def pages(shipped_site: Path) -> dict[Path, Page]:
    return pages_of(shipped_site)


def test_every_link_and_anchor_leads_somewhere(shipped_site: Path, pages: dict[Path, Page]) -> None:
    links = list(followed(shipped_site, pages))
    assert not [problem for _, problem in links if problem]
    assert len(links) > 500


def test_nothing_is_loaded_from_another_host(shipped_site: Path, pages: dict[Path, Page]) -> None:
    assert pages
    for path, page in pages.items():
        outside = [address for address in page.loads if urlsplit(address).scheme in ("http", "https")]
        assert not outside, f"{path} loads {outside}"
        assert not page.handlers, f"{path} has inline handlers: {page.handlers}"
    styles = list(shipped_site.rglob("*.css"))
    assert styles
    for style in styles:
        text = style.read_text(encoding="utf-8")
        assert not re.findall(r"(?:url\(|@import)\s*[\"']?https?:", text), f"{style} loads from another host"


def test_each_item_has_a_page_at_its_address(shipped_site: Path) -> None:
    data = json.loads((shipped_site / "kit.json").read_text(encoding="utf-8"))
    kinds = ("articles", "tensions", "pitfalls", "exercises", "decks", "assessments", "workshops")
    items = [item for name in kinds for item in data[name]]
    assert len(items) >= 70
    written = {name: [item for item in data[name] if "original" not in item] for name in kinds}
    assert {name: data["counts"][name] for name in kinds} == {name: len(found) for name, found in written.items()}
    for item in items:
        assert (shipped_site / item["url"] / "index.html").is_file(), item["url"]
    for workshop in data["workshops"]:
        assert (shipped_site / workshop["url"] / "facilitator" / "index.html").is_file()


def test_the_shipped_kit_is_whole(shipped_site: Path) -> None:
    data = json.loads((shipped_site / "kit.json").read_text(encoding="utf-8"))
    counts = data["counts"]
    assert (counts["articles"], counts["ideas"], counts["tensions"], counts["statements"]) == (5, 124, 12, 20)
    assert counts["pitfalls"] >= 20
    assert counts["exercises"] >= 20
    assert counts["prompts"] >= 60
    assert {prompt["depth"] for deck in data["decks"] for prompt in deck["prompts"]} == {"opener", "dig", "commit"}
    assert [len(part["statements"]) for part in data["assessments"][0]["dimensions"]] == [4, 4, 4, 4, 4]
    minutes = {workshop["id"]: workshop["minutes"] for workshop in data["workshops"]}
    written = {workshop["id"] for workshop in data["workshops"] if "original" not in workshop}
    assert written == {"starter-60", "half-day", "full-day", "leadership-retreat", "remote-series", "stamina-90"}
    assert minutes["half-day-180"] == 180
    assert (minutes["starter-60"], minutes["half-day"], minutes["stamina-90"]) == (60, 210, 90)
    calls = next(workshop for workshop in data["workshops"] if workshop["id"] == "remote-series")
    assert calls["remote"]
    assert [session["day"] for session in calls["sessions"]] == [1, 8, 15, 22]


def test_check_finds_nothing_to_say_about_the_shipped_kit() -> None:
    done = run_generator("check", cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_exercise_that_we_ship_can_be_run_and_most_have_a_sheet(shipped_site: Path) -> None:
    exercises = json.loads((shipped_site / "kit.json").read_text(encoding="utf-8"))["exercises"]
    assert sum("handout" in exercise for exercise in exercises) >= 12
    for exercise in exercises:
        assert all({"do", "say"} <= set(step) for step in exercise["steps"]), exercise["id"]
        assert exercise["materials"], exercise["id"]
        assert all(exercise[name] for name in ("variations", "remote", "watch_outs", "ideas")), exercise["id"]
        assert all(exercise["debrief"][name] for name in ("what", "so_what", "now_what")), exercise["id"]


def test_the_readme_counts_what_is_there(shipped_site: Path) -> None:
    counts = json.loads((shipped_site / "kit.json").read_text(encoding="utf-8"))["counts"]
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    for number, what in (
        (counts["ideas"], "ideas"), (counts["tensions"], "tensions between them"), (counts["exercises"], "exercises"),
        (counts["pitfalls"], "pitfalls"), (counts["prompts"], "questions"),
    ):  # fmt: skip
        assert f" {number} {what}" in readme, what


def test_the_handbook_gives_the_minutes_that_the_kit_has(shipped_site: Path) -> None:
    data = json.loads((shipped_site / "kit.json").read_text(encoding="utf-8"))
    minutes = {exercise["id"]: exercise["minutes"] for exercise in data["exercises"]}
    page = (ROOT / "content" / "pages" / "handbook" / "choosing.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"\(exercises/([a-z-]+)\) *\| *(\d+) min", page))
    assert {id: int(number) for id, number in told.items()} == minutes


def test_every_idea_links_to_what_was_drawn_from_it(shipped_site: Path) -> None:
    data = json.loads((shipped_site / "kit.json").read_text(encoding="utf-8"))
    checked = 0
    for article in data["articles"]:
        page = (shipped_site / article["url"] / "index.html").read_text(encoding="utf-8")
        for idea in article["ideas"]:
            assert f'id="{idea["id"]}"' in page
            for use in idea["used_by"]:
                folder, _, part = use["url"].partition("#")
                folder += "facilitator/" if folder.startswith("exercises/") else ""
                assert f"{folder}index.html{'#' + part if part else ''}" in page, (idea["id"], use)
                checked += 1
    assert checked > 100


def test_no_yaml_is_published_and_the_search_knows_the_exercises(shipped_site: Path) -> None:
    assert not [path for path in shipped_site.rglob("*") if path.suffix in (".yml", ".yaml", ".j2", ".typ")]
    index = json.loads((shipped_site / "search" / "search_index.json").read_text(encoding="utf-8"))
    titles = {entry["title"] for entry in index["docs"]}
    assert "The waiting-room sort" in titles


def test_workshop_pages_link_to_their_booklets(shipped_site: Path) -> None:
    manifest = json.loads((shipped_site / "print" / "manifest.json").read_text(encoding="utf-8"))
    data = json.loads((shipped_site / "kit.json").read_text(encoding="utf-8"))
    found = {entry["workshop"] for entry in manifest} - {"all"}
    assert found == {workshop["id"] for workshop in data["workshops"]}
    for entry in manifest:
        assert (shipped_site / entry["path"]).is_file()
        if entry["workshop"] != "all" and entry["edition"] == "standard":
            folder, link = shipped_site / "workshops" / entry["workshop"], entry["path"].removeprefix("print/")
            assert link in (folder / "facilitator" / "index.html").read_text(encoding="utf-8")
            theirs = entry["document"] in ("participant-workbook", "handouts")
            assert (link in (folder / "index.html").read_text(encoding="utf-8")) == theirs, link


@pytest.mark.parametrize("kit", ["shipped", "full"])
def test_the_plain_pages_build_elsewhere_at_the_same_addresses(kit: str, tmp_path: Path) -> None:
    source = ROOT if kit == "shipped" else copy_kit(ROOT / "tests" / "kits" / kit, tmp_path / "kit")
    plain = tmp_path / "plain"
    done = run_generator("build", "--pages-only", str(plain), cwd=source)
    assert done.returncode == 0, done.stderr
    addresses = []
    for engine, words in (("mkdocs", ["-q"]), ("zensical", [])):
        run = subprocess.run(
            [sys.executable, "-m", engine, "build", "--strict", *words],
            cwd=plain, capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout + run.stderr
        addresses.append({path.relative_to(plain / "site").as_posix() for path in (plain / "site").rglob("*.html")})
    assert addresses[0] == addresses[1]
    assert "exercises/index.html" in addresses[0]
    assert len(addresses[0]) > 15


def test_a_language_with_a_country_builds(copied: CopyKit, kits: Path) -> None:
    folder = copied(kits / "minimal")
    with (folder / "content" / "kit.yml").open("a", encoding="utf-8") as kit:
        kit.write("language: en-GB\n")
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stderr


def test_our_search_dialog_is_the_themes_own_with_a_name() -> None:
    ours = (ROOT / "templates" / "theme" / "partials" / "search.html").read_text(encoding="utf-8")
    theme = Path(str(importlib.resources.files("material"))) / "templates" / "partials" / "search.html"
    named = re.compile(r' aria-label="[^"]*"(?=>)')
    comment = re.compile(r"<!--.*?-->|\{#-.*?-#\}", re.DOTALL)
    start, shown = '<div class="md-search"', comment.sub("", ours)
    assert named.search(shown, shown.index(start)), "the dialog has no name"
    original = comment.sub("", theme.read_text(encoding="utf-8"))
    assert named.sub("", shown, count=1).split() == original.split(), "the theme's search.html has changed"


def test_scripts_and_the_data_of_a_workshop_stay_small(shipped_site: Path) -> None:
    scripts = list((shipped_site / "assets" / "kit" / "js").glob("*.js"))
    assert len(scripts) > 10
    assert sum(script.stat().st_size for script in scripts) < 62_000
    assert not [script.name for script in scripts if b"\n// " in script.read_bytes()], (
        "comments are for us, not for phones"
    )
    for workshop in (shipped_site / "workshops").iterdir():
        pages = [path.read_text(encoding="utf-8") for path in workshop.rglob("index.html")] if workshop.is_dir() else []
        tables = [
            table
            for page in pages
            for table in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
        ]
        assert len(tables) >= 2 or not pages, workshop.name
        assert sum(len(table.encode()) for table in tables) < 40_000, workshop.name
