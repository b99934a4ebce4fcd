"""Page templates are compiled once, and what was compiled is used only where it is what would be compiled now."""

import os
import sys
from pathlib import Path

import jinja2
import pytest

from generator.web.compiled import Compiled


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where templates lie; they may be kept beside."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "pages").mkdir()
    write(tmp_path, "Hello {{ name }}!")
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "pages" / "page.j2").write_text(text, encoding="utf-8")


def drawn(folder: Path, monkeypatch: pytest.MonkeyPatch | None = None) -> str:
    """What a run of the program draws that has not drawn anything before; with a monkeypatch it may compile nothing."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder / "pages"), bytecode_cache=Compiled(folder / "kept")
    )
    if monkeypatch:
        monkeypatch.setattr(environment, "compile", lambda *_: pytest.fail("it was compiled again"))
    return environment.get_template("page.j2").render(name="Ada")


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "kept").iterdir())


def test_a_second_run_compiles_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(folder) == "Hello Ada!"
    assert drawn(folder, monkeypatch) == "Hello Ada!"


def test_a_template_that_changed_is_compiled_anew(folder: Path) -> None:
    drawn(folder)
    write(folder, "Goodbye {{ name }}!")
    assert drawn(folder) == "Goodbye Ada!"
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("damage", ["half", "one", "empty", "folder"])
def test_what_is_damaged_is_compiled_anew(folder: Path, damage: str) -> None:
    drawn(folder)
    (file,) = kept(folder)
    data = file.read_bytes()
    if damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        at = len(data) // 2
        file.write_bytes(
            {"half": data[:at], "one": data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], "empty": b""}[damage]
        )
    assert drawn(folder) == "Hello Ada!"


def test_a_change_of_the_program_makes_all_of_it_old(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "program"
    program.mkdir()
    (program / "one.py").write_text("", encoding="utf-8")
    monkeypatch.setattr("generator.web.compiled.PACKAGE", program)
    drawn(folder)
    before = kept(folder)[0].read_bytes()
    os.utime(program / "one.py", (0, 0))
    assert drawn(folder) == "Hello Ada!"
    assert kept(folder)[0].read_bytes() != before


def test_where_nothing_may_be_written_pages_are_drawn_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "kept").write_text("a file stands in the way", encoding="utf-8")
    assert drawn(folder) == "Hello Ada!"
    (folder / "kept").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert drawn(folder) == "Hello Ada!"
    assert not (folder / "kept").exists()
