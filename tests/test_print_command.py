"""`workshop-kit print`: the documents of one workshop, for a headcount, whole or not at all."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from generator.publish.made import NAME as LIST
from tests.conftest import KITS, CopyKit, Run

pytestmark = [pytest.mark.pdf, pytest.mark.slow]


def manifest(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert found
    return found


def text_of(pdf: Path) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(pdf).pages))


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != LIST}


def test_a_workshop_is_printed_for_a_headcount(copied: CopyKit, run: Run) -> None:
    kit = copied(KITS / "full")
    done = run("print", "two-days", "--people", "17", "--paper", "a4", cwd=kit)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = kit / "print" / "two-days"
    entries = manifest(folder)
    assert names(folder) == {entry["path"] for entry in entries} | {"manifest.json"}
    assert {"print-order", "kit-list", "participant-workbook"} <= {entry["document"] for entry in entries}
    assert {(entry["edition"], entry["paper"], entry["workshop"]) for entry in entries} == {
        ("standard", "a4", "two-days")
    }
    for entry in entries:
        assert len(PdfReader(folder / entry["path"]).pages) == entry["pages"]
        assert entry["path"] in done.stdout
    for name in ("kit-list", "print-order"):
        assert "For 17 people" in text_of(folder / f"{name}.a4.pdf")
    # `agenda-in-five` uses up ten notes for each participant, and `opening-round` two; it stands in the agenda twice.
    assert re.search(rf"{17 * 10 + 17 * 2 * 2} sticky notes", text_of(folder / "kit-list.a4.pdf"))
    assert not (kit / "site").exists()


def test_the_print_order_lists_each_file_of_the_pack_with_its_pages(copied: CopyKit, run: Run) -> None:
    kit = copied(KITS / "full")
    done = run("print", "two-days", "--paper", "a4", cwd=kit)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = kit / "print" / "two-days"
    order = text_of(folder / "print-order.a4.pdf")
    others = [entry for entry in manifest(folder) if entry["document"] != "print-order"]
    assert others
    for entry in others:
        assert re.search(rf"{re.escape(entry['path'])} \d+ {entry['pages']} ", order), (
            f"{entry['path']} is not in: {order}"
        )
    only = run("print", "two-days", "--paper", "a4", "--document", "print-order", "--out", "one", cwd=kit)
    assert only.returncode == 0, only.stdout + only.stderr
    assert names(kit / "one") == {"print-order.a4.pdf", "manifest.json"}
    assert text_of(kit / "one" / "print-order.a4.pdf") == order


def test_a_new_print_takes_the_place_of_the_old_one_only_when_it_is_complete(copied: CopyKit, run: Run) -> None:
    kit = copied(KITS / "full")
    words = ("print", "two-days", "--document", "kit-list", "--out", "out")
    assert run(*words, "--paper", "a4", cwd=kit).returncode == 0
    assert run(*words, "--edition", "black", "--paper", "a4", cwd=kit).returncode == 0
    assert names(kit / "out") == {"kit-list.black.a4.pdf", "manifest.json"}
    workshop = kit / "content" / "workshops" / "two-days.yml"
    workshop.write_text(
        workshop.read_text(encoding="utf-8").replace("item: name cards", "item: cards \U000131cb"), encoding="utf-8"
    )
    broken = run(*words, cwd=kit)
    assert broken.returncode == 1
    assert "no-glyph" in broken.stderr
    assert names(kit / "out") == {"kit-list.black.a4.pdf", "manifest.json"}
    assert {entry.name for entry in kit.iterdir()} == {"content", "mkdocs.yml", "out", ".cache"}


def test_a_folder_that_is_not_ours_is_left_alone(copied: CopyKit, run: Run) -> None:
    kit = copied(KITS / "full")
    (kit / "mine").mkdir()
    (kit / "mine" / "letter.txt").write_text("Dear all", encoding="utf-8")
    done = run("print", "two-days", "--document", "kit-list", "--out", "mine", cwd=kit)
    assert done.returncode == 1
    assert "letter.txt" in done.stderr
    assert names(kit / "mine") == {"letter.txt"}
