"""From nothing to a kit: `init`, `new`, and a kit in another format than the program's."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from generator.cli import parser
from generator.content.formats import CHANGES, CURRENT, Change, wrong_format
from generator.content.load import item_of, load
from generator.content.manual import described, written_fields
from generator.content.model import BLOCKS, KINDS, Block, Settings
from generator.content.source import parse
from generator.editor.item import new_item
from generator.editor.schema import ids_of, models_in
from generator.editor.starter import STARTER, starter
from generator.errors import as_text
from generator.reading import read

ROOT = Path(__file__).resolve().parent.parent
WORDS = {"articles": "article", "tensions": "tension", "pitfalls": "pitfall", "exercises": "exercise", "prompts": "deck",
         "assessments": "assessment", "workshops": "workshop"}  # fmt: skip


@pytest.fixture
def started(typed: Any, tmp_path: Path) -> Path:
    """A kit that `init` has just made."""
    done = typed("init", "my-kit", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "my-kit"


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# init


def test_a_new_kit_has_one_of_each_kind_and_nothing_to_complain_of(started: Path) -> None:
    loaded, problems = read(started / "content")
    assert [as_text(problem) for problem in problems] == []
    assert {kind: len(loaded.kit.written(kind)) for kind in KINDS} == dict.fromkeys(KINDS, 1)
    assert loaded.kit.settings.id == "my-kit"
    assert loaded.kit.settings.logo
    assert set(files_in(started)) >= {
        "mkdocs.yml",
        "README.md",
        ".gitignore",
        "schemas/workshops.schema.json",
        "content/index.md",
    }


def test_a_new_kit_teaches_by_remarks_and_names_its_schemas(started: Path) -> None:
    looked = 0
    for path in sorted((started / "content").rglob("*.yml")):
        first, *rest = path.read_text(encoding="utf-8").split("\n")
        named = re.fullmatch(r"# yaml-language-server: \$schema=(.*)", first)
        assert named, path
        assert (path.parent / named[1]).is_file(), path
        assert sum(line.lstrip().startswith("# ") for line in rest) >= 1, path
        looked += 1
    assert looked == len(KINDS) + 1


def test_the_settings_of_mkdocs_are_ours() -> None:
    ours, theirs = ((folder / "mkdocs.yml").read_text(encoding="utf-8") for folder in (ROOT, STARTER))
    assert yaml.safe_load(ours) == yaml.safe_load(theirs), "copy mkdocs.yml to templates/starter/"


@pytest.mark.parametrize("name", ['Über "gut" & böse', "a: b # c", "- 5", "{{ x }}", "yes"])
def test_a_name_is_taken_as_it_is_typed(typed: Any, tmp_path: Path, name: str) -> None:
    done = typed("init", "Mein Kit", f"--name={name}", "--language", "de", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    settings = load(tmp_path / "Mein Kit" / "content").kit.settings
    assert (settings.name, settings.language, settings.id) == (name, "de", "mein-kit")
    assert 'cd "Mein Kit"' in done.stdout


def test_three_commands_are_named_to_go_on_with(typed: Any, tmp_path: Path) -> None:
    printed = typed("init", "my-kit", cwd=tmp_path).stdout
    assert re.findall(r"^  (cd my-kit|workshop-kit \w+)", printed, re.MULTILINE) == [
        "cd my-kit", "workshop-kit serve", "workshop-kit build",
    ]  # fmt: skip


@pytest.mark.parametrize("held", ["notes.txt", ".hidden", "content/kit.yml"])
def test_a_folder_that_is_not_empty_stays_as_it_is(typed: Any, make_kit: Any, held: str) -> None:
    folder = make_kit({f"own/{held}": "mine"})
    done = typed("init", "own", cwd=folder)
    assert done.returncode == 1
    assert f"own is not empty: it holds {held.split('/')[0]}" in done.stderr
    assert files_in(folder / "own") == {held: b"mine"}
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("place", ["inner", "content/inner", "content/pages/a/b"])
def test_a_kit_does_not_begin_in_another(typed: Any, started: Path, place: str) -> None:
    before = files_in(started)
    done = typed("init", place, cwd=started)
    assert done.returncode == 1
    assert "my-kit is a kit already" in done.stderr
    assert files_in(started) == before


def test_where_nothing_can_be_written_the_folder_is_named(typed: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = typed("init", "file/kit", cwd=tmp_path)
    assert done.returncode == 1
    assert re.search(r"nothing can be written into .*file: \w", done.stderr)


def test_an_empty_folder_is_filled_and_a_file_is_no_folder(typed: Any, tmp_path: Path) -> None:
    (tmp_path / "here" / ".git").mkdir(parents=True)
    assert typed("init", ".", cwd=tmp_path / "here").returncode == 0
    assert (tmp_path / "here" / "content" / "kit.yml").is_file()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert typed("init", "file", cwd=tmp_path).returncode == 1
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_what_stops_half_way_leaves_nothing(typed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    moved: list[str] = []
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if len(moved) == 2 and target.parent == tmp_path / "here":
            raise OSError(28, "No space left on device")
        moved.append(target.name)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    done = typed("init", "here", cwd=tmp_path)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert len(moved) == 4  # two there, and two back
    assert [path.name for path in tmp_path.iterdir()] == ["here"]
    assert list((tmp_path / "here").iterdir()) == []


@pytest.mark.parametrize("words", [["--language", "German"], ["--language", ""], ["--name", " "], ["--name", "A\x7fB"]])
def test_wrong_arguments_make_nothing(typed: Any, tmp_path: Path, words: list[str]) -> None:
    assert typed("init", "my-kit", *words, cwd=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_source_of_the_starter_holds_the_paragraphs_that_are_cited() -> None:
    lines = [line for line in starter("kit")["sources/notes-on-handing-over.txt"].decode().split("\n") if line.strip()]
    cited = [number for _, idea in load(STARTER / "content").kit.ideas() for number in idea.paragraphs]
    assert len(cited) >= 7
    assert max(cited) <= len(lines)


def test_the_page_on_a_kit_of_ones_own_names_only_what_there_is() -> None:
    page = (ROOT / "docs" / "own-kit.md").read_text(encoding="utf-8")
    commands = re.findall(r"^workshop-kit (.+)$|`workshop-kit ([^`]+)`", page, re.MULTILINE)
    typed_ones = [shlex.split(block or inline) for block, inline in commands]
    assert len(typed_ones) > 12
    for words in typed_ones:
        if "--help" not in words:
            assert parser(words).parse_args(words).run, words  # ends the test when there is no such command or argument
    links = re.findall(r"\]\(([a-z-]+\.md)\)", page)
    assert len(links) >= 4
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []
    steps = [words[0] for words in typed_ones if not words[0].startswith("-")]
    assert {"init", "serve", "draft", "new", "check", "explain", "build", "preflight", "pack", "schema"} <= set(steps)


# new


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_checks_without_errors(typed: Any, started: Path, kind: str) -> None:
    done = typed("new", WORDS[kind], "silo-walk", cwd=started)
    assert done.returncode == 0, done.stderr
    loaded, _ = read(started / "content")
    assert "silo-walk" in loaded.kit.of(kind)
    schema = (started / "schemas" / f"{'pitfalls' if kind == 'exercises' else 'workshops'}.schema.json").read_text(
        encoding="utf-8"
    )
    if kind in ("exercises", "prompts", "tensions", "assessments"):
        assert '"silo-walk"' in schema  # it is offered at once


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_has_every_field_and_all_of_them_can_be_switched_on(kind: str) -> None:
    text = new_item(kind, "silo-walk", ids_of(load(STARTER / "content").kit))
    switched = re.sub(r"^( *)#(?! )", r"\1", text, flags=re.MULTILINE)
    assert switched.count("\n# ") + switched.count("  # ") > 5
    source = parse("item.yml", switched.encode())
    item = item_of(kind, "silo-walk", source)
    assert [problem.message for problem in source.problems] == []
    assert item is not None
    written: dict[type[BaseModel], set[str]] = {}

    def look(value: Any) -> None:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, BaseModel):
                written.setdefault(type(one), set()).update(one.model_fields_set)
                for field in type(one).model_fields:
                    look(getattr(one, field))

    look(item)
    wanted = [KINDS[kind]]
    for model in wanted:
        wanted += [
            part for field in model.model_fields.values() for part in models_in(field.annotation) if part not in wanted
        ]
    assert set(written) == set(wanted)
    common = {name for names in (written[one] for one in written if issubclass(one, Block)) for name in names}
    for model in wanted:
        names = {name for name in model.model_fields if name in written_fields(model) or name == "pause"}
        assert names <= written[model] | (common if issubclass(model, Block) else set()), model.__name__
    if kind == "workshops":
        assert {type(block) for block in item.sessions[0].agenda} == set(BLOCKS.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_of_a_new_file_is_explained(kind: str) -> None:
    lines = new_item(kind, "silo-walk", {}).split("\n")
    explained = 0
    for name, words in described(KINDS[kind]).items():
        at = next(number for number, line in enumerate(lines) if re.match(rf"#?{name}:", line))
        above = []
        while lines[at - 1].startswith("# "):
            at -= 1
            above.insert(0, lines[at].removeprefix("# "))
        assert " ".join(above) == words.alone + ".", name
        explained += 1
    assert explained >= 3


@pytest.mark.parametrize(
    ("word", "where"), [("idea", "new article"), ("Page", "content/pages/"), ("kit", "workshop-kit init")]
)
def test_what_is_no_kind_is_shown_its_place(typed: Any, started: Path, word: str, where: str) -> None:
    done = typed("new", word, "a", cwd=started)
    assert done.returncode == 2
    assert where in done.stderr


def test_words_for_kinds_and_wrong_ones(typed: Any, started: Path) -> None:
    for number, word in enumerate(("exercises", "Exercise", "prompts", "deck", "self-assessment")):
        assert typed("new", word, f"one-{number}", cwd=started).returncode == 0, word
    done = typed("new", "exercize", "a", cwd=started)
    assert done.returncode == 2
    assert "there is no kind `exercize`; did you mean `exercise`?" in done.stderr


@pytest.mark.parametrize(
    ("kind", "id", "told"),
    [
        ("exercise", "Silo Walk", "workshop-kit new exercise silo-walk"),
        ("exercise", "Größe", "workshop-kit new exercise grosse"),
        ("exercise", "-", "name it with small letters"),
        ("exercise", "../walk", "cannot be an id"),
        ("exercise", "nul", "Windows keeps this name"),
        ("exercise", "a" * 81, "at most 80"),
        ("workshop", "all", "a workshop cannot have the id `all`"),
    ],
)
def test_an_id_that_cannot_be_is_refused(typed: Any, started: Path, kind: str, id: str, told: str) -> None:
    before = files_in(started)
    done = typed("new", kind, id, cwd=started)
    assert done.returncode == 2
    assert told in done.stderr
    assert files_in(started) == before


@pytest.mark.parametrize("there", ["walk.yml", "WALK.yml", "walk.yaml", "Walk.YML"])
def test_nothing_is_overwritten(typed: Any, started: Path, there: str) -> None:
    (started / "content" / "exercises" / there).write_text("title: mine\n", encoding="utf-8")
    before = files_in(started)
    done = typed("new", "exercise", "walk", cwd=started)
    assert done.returncode == 1
    assert f"content/exercises/{there} is there already" in done.stderr
    assert files_in(started) == before


def test_a_folder_that_leads_out_of_the_kit_is_not_written_to(typed: Any, make_kit: Any) -> None:
    folder = make_kit({"content/kit.yml": "format: 1\nid: kit\nname: Kit\n"})
    (folder / "elsewhere").mkdir()
    (folder / "content" / "exercises").symlink_to(folder / "elsewhere", target_is_directory=True)
    assert typed("new", "exercise", "walk", cwd=folder).returncode == 1
    assert list((folder / "elsewhere").iterdir()) == []


def test_new_works_in_a_kit_with_errors_and_says_what_is_lacking(typed: Any, make_kit: Any, tmp_path: Path) -> None:
    folder = make_kit({"content/kit.yml": "format: 1\nid: kit\nname: Kit\n", "content/pitfalls/bad.yml": "titel: A\n"})
    done = typed("new", "tension", "one-or-two", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "It names ideas, and your kit has none" in done.stdout
    done = typed("new", "tension", "one-or-two", cwd=tmp_path)
    assert done.returncode == 1
    assert "workshop-kit init my-kit" in done.stderr


# Templates of one's own


@pytest.mark.pdf
def test_a_printed_template_of_ones_own_that_reports_no_pages_is_told_of(typed: Any, started: Path) -> None:
    own = started / "templates" / "booklets"
    own.mkdir(parents=True)
    (own / "feedback-slip.typ").write_text('#set document(title: "Ours")\nA slip of our own.\n', encoding="utf-8")
    done = typed("print", "one-hour", "--document", "feedback-slip", cwd=started)
    assert done.returncode == 1
    assert "its template booklets/feedback-slip.typ does not report how many pages it has" in done.stderr


# A kit in another format

OLDER = (
    Change(2, "`groups` was called `teams`", "Write `groups:` where it says `teams:`."),
    Change(3, "minutes of a break count", "Add them to `minutes`."),
    Change(4, "nothing of this matters yet", "Wait."),
)


def kit_in(format: str) -> Any:
    return parse("content/kit.yml", f"# a kit\n{format}id: kit\nname: Kit\n".encode())


def test_an_older_kit_is_told_all_that_changed_since() -> None:
    found = wrong_format(kit_in("format: 1\n"), current=3, changes=OLDER)
    assert found is not None
    assert (found.code, found.place.line, found.place.column) == ("old-format", 2, 9)
    assert found.message == "this kit is written in format 1, and this program reads format 3"
    assert found.help.split("\n") == [
        "change this, then write `format: 3`:",
        "  - format 2: `groups` was called `teams`. Write `groups:` where it says `teams:`.",
        "  - format 3: minutes of a break count. Add them to `minutes`.",
    ]
    later = wrong_format(kit_in("format: 2\n"), current=3, changes=OLDER)
    assert later is not None
    assert "teams" not in later.help
    assert "minutes of a break" in later.help


def test_every_change_of_the_format_is_in_the_table() -> None:
    assert sorted({change.format for change in CHANGES}) == list(range(2, CURRENT + 1))
    assert wrong_format(kit_in(f"format: {CURRENT}\n")) is None
    assert Settings(format=CURRENT, id="kit", name="Kit").format == CURRENT


def test_a_kit_in_another_format_is_told_nothing_else(typed: Any, make_kit: Any) -> None:
    folder = make_kit({"content/kit.yml": "format: 9\nid: Kit\nnames: Kit\n", "content/pitfalls/bad.yml": "titel: A\n"})
    done = typed("check", cwd=folder)
    assert done.returncode == 1
    assert done.stderr.count("error[") == 1
    assert "error[new-format]: this kit is written in format 9" in done.stderr
