"""A kit's own templates take the place of those that come with the program, one by one."""

import json
from pathlib import Path

import pytest

from generator.build import build
from generator.commands.common import Console
from generator.errors import ToolError
from generator.reading import read, words_of
from generator.templates import SHIPPED, templates_of
from tests import pdf
from tests.conftest import KITS, CopyKit, Run, write_files


@pytest.fixture
def kit(copied: CopyKit) -> Path:
    return copied(KITS / "minimal")


def test_a_kit_without_templates_uses_those_of_the_program(kit: Path) -> None:
    assert templates_of(kit) == SHIPPED


def test_the_project_itself_is_not_a_kit_with_templates_of_its_own() -> None:
    assert templates_of(SHIPPED.parent) == SHIPPED


def test_a_file_of_the_kits_own_takes_the_place_of_one_and_leaves_the_others(kit: Path) -> None:
    write_files(kit, {"templates/assets/css/kit.css": "body { color: red }", "templates/pages/_mine.md.j2": "mine"})
    found = templates_of(kit)
    assert (found / "assets/css/kit.css").read_text(encoding="utf-8") == "body { color: red }"
    assert (found / "pages/_mine.md.j2").is_file()
    theirs = {path.relative_to(SHIPPED) for path in SHIPPED.rglob("*") if path.is_file()}
    same = [name for name in theirs if (found / name).read_bytes() == (SHIPPED / name).read_bytes()]
    assert set(same) == theirs - {Path("assets/css/kit.css")}


def test_a_changed_and_a_deleted_file_are_noticed(kit: Path) -> None:
    own = kit / "templates" / "assets" / "css" / "kit.css"
    write_files(kit, {"templates/assets/css/kit.css": "a {}"})
    assert (templates_of(kit) / "assets/css/kit.css").read_text(encoding="utf-8") == "a {}"
    own.write_text("b { }", encoding="utf-8")
    assert (templates_of(kit) / "assets/css/kit.css").read_text(encoding="utf-8") == "b { }"
    own.unlink()
    shipped = (SHIPPED / "assets/css/kit.css").read_bytes()
    assert (templates_of(kit) / "assets/css/kit.css").read_bytes() == shipped
    own.parent.rmdir()


def test_a_template_may_not_lie_outside_the_kit(kit: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (kit / "templates" / "pages").mkdir(parents=True)
    (kit / "templates" / "pages" / "secret.md.j2").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(ToolError, match=r"templates/pages/secret\.md\.j2 points outside the kit"):
        templates_of(kit)


@pytest.mark.parametrize("name", ["templates/assets/css/kit.css/a.css", "templates/assets"])
def test_a_template_and_a_folder_do_not_share_a_name(kit: Path, typed: Run, name: str) -> None:
    write_files(kit, {name: "a {}"})
    done = typed("check", "--format", "json", cwd=kit)
    assert done.returncode == 1
    assert f"{name} is a file where the program has a folder" in json.loads(done.stdout)["failure"]


def test_a_template_is_copied_into_the_kit_by_a_command_and_never_overwritten(kit: Path, typed: Run) -> None:
    done = typed("template", "templates/assets/css/kit.css", cwd=kit)
    own = kit / "templates" / "assets" / "css" / "kit.css"
    assert (done.returncode, own.read_bytes()) == (0, (SHIPPED / "assets/css/kit.css").read_bytes())
    own.write_text("mine", encoding="utf-8")
    again = typed("template", "assets/css/kit.css", cwd=kit)
    assert (again.returncode, own.read_text(encoding="utf-8")) == (1, "mine")
    assert "is there already, and was left as it is" in again.stderr
    listed = typed("template", cwd=kit).stdout.splitlines()
    assert "* assets/css/kit.css" in listed
    assert "  booklets/cards.typ" in listed


@pytest.mark.parametrize(
    "name", ["assets/css/kitt.css", "../content/kit.yml", "/etc/passwd", "starter/content/kit.yml"]
)
def test_only_templates_of_the_program_are_copied(name: str, kit: Path, typed: Run) -> None:
    done = typed("template", name, cwd=kit)
    assert (done.returncode, (kit / "templates").exists()) == (2, False)


@pytest.mark.pdf
@pytest.mark.slow
def test_pages_words_and_booklets_are_made_with_the_kits_own(kit: Path) -> None:
    words = (SHIPPED / "words/en.yml").read_text(encoding="utf-8").replace("home: Home\n", "home: Our front door\n")
    exercise = (SHIPPED / "pages/exercises.md.j2").read_text(encoding="utf-8") + "\nOur own last line.\n"
    slip = (SHIPPED / "booklets/feedback-slip.typ").read_text(encoding="utf-8")
    slip = slip.replace("words.would_tell", '"Our own question"')
    write_files(
        kit,
        {
            "templates/words/en.yml": words,
            "templates/pages/exercises.md.j2": exercise,
            "templates/booklets/feedback-slip.typ": slip,
        },
    )
    built = build(kit / "content", Console())
    assert words_of(read(kit / "content")[0])("nav.home") == "Our front door"
    pages = {page.path: page for page in built.pages}
    assert pages["index.md"].label == "Our front door"
    assert "Our own last line." in pages["exercises/stop-list/index.md"].text
    slip_printed = built.files["print/first-hour/feedback-slip.a4.pdf"]
    assert isinstance(slip_printed, Path)
    assert pdf.run_of_words("Our own question") in pdf.read(slip_printed).words
