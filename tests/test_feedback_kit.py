"""A kit on a subject of its own (`tests/kits/feedback`), made only with the commands and the docs: `init`, `draft`, `new`, `check`."""

import json
from pathlib import Path
from typing import Any

from generator.content.model import KINDS
from generator.draft.drafting import draft
from generator.draft.drafting import read as read_article
from generator.errors import as_text
from generator.reading import read
from tests.conftest import copy_kit


def test_it_is_whole_and_nothing_is_to_be_said_about_it(kits: Path) -> None:
    loaded, problems = read(kits / "feedback" / "content")
    assert [as_text(problem) for problem in problems] == []
    assert all(loaded.kit.written(kind) for kind in KINDS)
    assert "handover" not in json.dumps([path.read_text("utf-8") for path in (kits / "feedback").rglob("*.yml")])


def test_its_site_builds_and_is_all_its_own(typed: Any, kits: Path, tmp_path: Path) -> None:
    kit = copy_kit(kits / "feedback", tmp_path / "kit")
    with (kit / "content" / "kit.yml").open("a", encoding="utf-8") as settings:
        settings.write("booklets: false\n")  # they are printed for other kits
    done = typed("build", cwd=kit)
    assert done.returncode == 0, done.stderr
    page = (kit / "site" / "workshops" / "ninety-minutes" / "index.html").read_text(encoding="utf-8")
    assert "What the camera saw" in page
    assert (kit / "site" / "images" / "logo.svg").is_file()


def test_its_source_says_what_the_kit_says_of_it(kits: Path, tmp_path: Path) -> None:
    folder = kits / "feedback"
    written = read(folder / "content")[0].kit.articles["hundred-pieces"]
    article = read_article(folder / "sources" / "hundred-pieces.txt")
    found = draft(tmp_path, "hundred-pieces", article).article
    assert (found.title, found.author, found.date) == (written.title, written.author, written.date)
    cited = {number for idea in written.ideas for number in idea.paragraphs}
    assert max(cited) <= len(found.paragraphs)
