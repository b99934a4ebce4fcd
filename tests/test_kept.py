"""What was printed is kept, and used again only where it is what would be printed now."""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from generator.build import prints
from generator.commands.common import Console
from generator.occasion import Occasion
from generator.paper.documents import Wanted
from generator.paper.kept import NAME, UNUSED, Kept
from generator.paper.press import Printed
from generator.reading import means_of, read
from tests.conftest import KITS, copy_kit, run_generator

pytestmark = [pytest.mark.pdf, pytest.mark.slow]

FEW = Wanted(names=("run-sheet", "exercise-sheet", "kit-list"), editions=("standard",), papers=("a4",))


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A kit of which nothing was printed yet."""
    return copy_kit(KITS / "full", tmp_path / "kit")


def printed(kit: Path, wanted: Wanted = FEW) -> list[Printed]:
    found, _ = prints(means_of(read(kit / "content")[0]), wanted, Console(), Kept.of(kit))
    assert found
    return found


def new(found: Sequence[Printed]) -> set[str]:
    return {one.document.path for one in found if one.new}


def pdfs(found: Sequence[Printed]) -> dict[str, str]:
    return {one.document.path: hashlib.sha256(one.pdf).hexdigest() for one in found}


def kept_files(kit: Path, end: str) -> list[Path]:
    return sorted((kit / NAME).glob(f"*{end}"))


def test_only_documents_that_show_a_changed_exercise_are_printed_again(kit: Path) -> None:
    before = printed(kit)
    assert len(new(before)) == len(before)
    again = printed(kit)
    assert not new(again)
    as_they_were = pdfs(before)
    assert pdfs(again) == as_they_were
    path = next(iter(sorted((kit / "content" / "exercises").glob("*.yml"))))
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: Another ", 1), encoding="utf-8")
    after = printed(kit)
    showing = {
        one.document.path
        for one in after
        if path.stem in one.document.path or "Another" in json.dumps(dict(one.document.data))
    }
    assert new(after) == showing
    assert 0 < len(showing) < len(after)
    assert {name for name, pdf in pdfs(after).items() if pdf != as_they_were[name]} <= showing


def test_a_template_or_a_word_of_ones_own_makes_documents_anew(kit: Path) -> None:
    before = printed(kit)
    own = kit / "templates" / "booklets" / "lib" / "signs.typ"
    own.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).parent.parent / "templates" / "booklets" / "lib" / "signs.typ", own)
    assert not new(printed(kit)), "the same template under another address is the same"
    own.write_text(own.read_text(encoding="utf-8") + "// mine\n", encoding="utf-8")
    assert len(new(printed(kit))) == len(before)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "half a PDF": lambda kit: [path.write_bytes(path.read_bytes()[:900]) for path in kept_files(kit, ".pdf")],
    "another PDF": lambda kit: [
        path.write_bytes(kept_files(kit, ".pdf")[0].read_bytes()) for path in kept_files(kit, ".pdf")[1:]
    ],
    "no PDFs": lambda kit: [path.unlink() for path in kept_files(kit, ".pdf")],
    "another number of pages": lambda kit: [
        path.write_text(path.read_text(encoding="utf-8").replace('"pages": ', '"pages": 9'), encoding="utf-8")
        for path in kept_files(kit, ".json")
    ],
    "no text": lambda kit: [path.write_bytes(b"\xff\x00{") for path in kept_files(kit, ".json")],
    "a folder for a file": lambda kit: [(path.unlink(), path.mkdir()) for path in kept_files(kit, ".json")],
    "all is gone": lambda kit: shutil.rmtree(kit / ".cache"),
    "a file for the folder": lambda kit: (shutil.rmtree(kit / ".cache"), (kit / ".cache").write_text("mine")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_is_damaged_or_gone_is_printed_again(kit: Path, damage: Callable[[Path], object]) -> None:
    wanted = Wanted(names=("run-sheet", "kit-list"), editions=("standard",), papers=("a4",))
    before = printed(kit, wanted)
    as_they_were = pdfs(before)
    assert not new(printed(kit, wanted))
    damage(kit)
    after = printed(kit, wanted)
    assert new(after)
    assert pdfs(after) == as_they_were
    assert [one.pages for one in after] == [one.pages for one in before]


def test_nothing_is_kept_outside_of_the_kit(kit: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (kit / ".cache").symlink_to(outside, target_is_directory=True)
    printed(kit)
    assert not list(outside.rglob("*"))


def test_a_cache_that_leads_to_itself_is_no_cache(kit: Path) -> None:
    (kit / ".cache").symlink_to(".cache")
    wanted = Wanted(names=("run-sheet",), editions=("standard",), papers=("a4",))
    assert len(new(printed(kit, wanted))) == len(printed(kit, wanted))


def test_papers_that_name_people_are_not_kept(kit: Path) -> None:
    occasion = Occasion(
        (date(2026, 12, 3), date(2026, 12, 3), date(2026, 12, 4)), 2, "Europe/Berlin", ("Ada Quell", "Ben Ost"), (), ""
    )
    wanted = Wanted(("two-days",), ("sign-in",), ("standard",), ("a4",), occasion=occasion)
    assert len(new(printed(kit, wanted))) == 1
    assert not list((kit / ".cache").rglob("*.pdf"))
    assert len(new(printed(kit, wanted))) == 1


def test_what_nobody_asked_for_in_a_month_goes(kit: Path) -> None:
    wanted = Wanted(names=("run-sheet",), editions=("standard",), papers=("a4",))
    found = printed(kit, wanted)
    old = time.time() - UNUSED - 60
    for path in (kit / NAME).iterdir():
        os.utime(path, (old, old))
    used = found[0].key
    assert Kept.of(kit).get(used)
    Kept.of(kit).forget_unused()
    assert {path.stem for path in (kit / NAME).glob("*.pdf")} == {used}


def test_a_build_says_how_much_was_printed_anew(tmp_path: Path) -> None:
    kit = copy_kit(KITS / "minimal", tmp_path / "kit")
    assert "anew" not in run_generator("build", cwd=kit).stdout
    made = (kit / "site/print/manifest.json").read_bytes()
    second = run_generator("build", cwd=kit)
    assert "; 0 of them anew" in second.stdout
    assert (kit / "site/print/manifest.json").read_bytes() == made
    assert (kit / NAME / ".gitignore").read_text(encoding="utf-8") == "*\n"
