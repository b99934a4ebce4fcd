"""Every code has a page, and its examples are true: what it calls wrong is told with that code, what it calls right is not."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import KitError, Problem
from generator.errors.pages import PAGES, titles
from generator.reading import read
from tests.conftest import KITS, ROOT, MakeKit, Run

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FENCE = re.compile(r"^```(\w+) title=\"([^\"]+)\"\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NO_EXAMPLE = re.compile(r"<!-- not an example: .{10,} -->")
PLACE_OF_CODE = {"Problem": 0, "fail": 0, "refuse": 0, "problem": 0, "_stop": 2}  # among the arguments of a call


def codes_in(tree: ast.AST) -> set[str]:
    """The codes that a module gives to problems."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = PLACE_OF_CODE.get(name)
            by_self = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "self"
            if at is not None and len(node.args) > max(at, 1 if name == "refuse" else 0) and not by_self:
                found.append(node.args[at])
            found += [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        elif isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "code" for target in node.targets):
            found.append(node.value)
    words = (part.value for each in found for part in _branches(each) if isinstance(part, ast.Constant))
    return {word for word in words if isinstance(word, str) and CODE.fullmatch(word)}


def _branches(node: ast.expr) -> list[ast.expr]:
    return [*_branches(node.body), *_branches(node.orelse)] if isinstance(node, ast.IfExp) else [node]


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "generator").rglob("*.py"))}
WRITTEN = {code for tree in TREES.values() for code in codes_in(tree)}
SHOWN = set(
    re.findall(
        r"^ *(?:error|warning|advice)\[([^\]]+)\]: ",
        "".join(path.read_text(encoding="utf-8") for path in (KITS.parent / "cases" / "errors").glob("*.yml")),
        re.MULTILINE,
    )
)
ALL_PAGES = sorted(path for path in PAGES.glob("*.md") if path.name != "README.md")


def test_every_code_has_a_page() -> None:
    assert len(WRITTEN) > 50
    assert len(SHOWN) > 40
    missing = sorted((WRITTEN | SHOWN) - {path.stem for path in ALL_PAGES})
    assert not missing, f"write docs/errors/<code>.md for: {missing}"


def test_no_page_is_left_over() -> None:
    constants = {node.value for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    left = [path.stem for path in ALL_PAGES if path.stem not in constants]
    assert not left, f"no code is called: {left}"


def test_the_index_lists_every_page_once_with_its_title() -> None:
    rows = re.findall(
        r"^- \[([^\]]+)\]\(([^)]+)\.md\): (.+)$", (PAGES / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert all(name == link for name, link, _ in rows)
    assert sorted((name, title) for name, _, title in rows) == sorted(titles().items())


@pytest.mark.parametrize("path", ALL_PAGES, ids=lambda path: path.stem)
def test_a_page_has_its_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert titles()[path.stem]
    headings = re.findall(r"^## (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
    assert headings in (["Wrong", "Right"], ["Wrong", "Right", "Why"])
    before, wrong, right = re.split(r"^## (?:Wrong|Right)\n", text, flags=re.MULTILINE)
    assert len(before.split()) > 15, "say in a few sentences what it means"
    assert wrong.strip()
    assert right.strip()
    assert NO_EXAMPLE.search(before) or FENCE.search(wrong), "show an example, or say why there is none"


def told(content: Path) -> list[Problem]:
    try:
        return read(content)[1]
    except KitError as error:
        return list(error.problems)


EXAMPLES = [path for path in ALL_PAGES if not NO_EXAMPLE.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_page_calls_wrong_is_told_and_what_it_calls_right_is_not(path: Path, make_kit: MakeKit) -> None:
    _, wrong, right = re.split(r"^## (?:Wrong|Right)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    minimal = {
        file.relative_to(KITS / "minimal").as_posix(): file.read_bytes() for file in (KITS / "minimal").rglob("*.yml")
    }
    examples = {name: text for _, name, text in FENCE.findall(wrong)}
    found = told(make_kit({**minimal, **examples}) / "content")
    assert path.stem in {problem.code for problem in found}, "the wrong example is told otherwise: " + str(found)
    mended = {name: text for _, name, text in FENCE.findall(right)}
    folder = make_kit({**minimal, **mended})
    for name in set(examples) - set(mended) - set(minimal):
        (folder / name).unlink()
        if not any((folder / name).parent.iterdir()):
            (folder / name).parent.rmdir()
    found = told(folder / "content")
    assert not [problem for problem in found if problem.severity == "error"], "the right example has errors"
    assert not [problem for problem in found if problem.code == path.stem and problem.place.file in mended]


def test_most_pages_have_examples_that_are_run() -> None:
    assert len(EXAMPLES) > 40


def test_a_code_is_explained(typed: Run, tmp_path: Path) -> None:
    done = typed("explain", "duplicate-key", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("duplicate-key: a field stands there twice\n")
    assert "  content/pitfalls/no-end.yml\n    title: " in done.stdout
    assert "```" not in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("300", 100), ("5", 40)])
def test_an_explanation_is_as_wide_as_the_terminal(
    columns: str, widest: int, typed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = typed("explain", "unsafe-image", cwd=tmp_path).stdout.splitlines()
    prose = [line for line in lines if not line.startswith("  ")]
    assert widest - 20 < max(map(len, prose[1:])) <= widest
    assert "    <svg xmlns=" in "\n".join(lines), "examples stay as they are"


@pytest.mark.parametrize("word", ["error[unknown-id]:", "Unknown_ID", " `unknown-id` ", "warning[unknown-id]"])
def test_a_code_may_be_typed_as_it_is_shown(word: str, typed: Run, tmp_path: Path) -> None:
    done = typed("explain", word, cwd=tmp_path)
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "unknown-id")


def test_a_code_that_does_not_exist_is_told(typed: Run, tmp_path: Path) -> None:
    done = typed("explain", "unknown-idd", cwd=tmp_path)
    assert done.returncode == 2
    assert "did you mean `unknown-id`?" in done.stderr
    for path in ("../README", "README", "/etc/passwd", "", "a" * 10_000):
        done = typed("explain", path, cwd=tmp_path)
        assert done.returncode == 2, path
        assert "there is no code" in done.stderr
        assert len(done.stderr) < 1000


def test_all_codes_are_listed(typed: Run, tmp_path: Path) -> None:
    lines = typed("explain", cwd=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in lines] == sorted(titles())


@pytest.mark.parametrize("folder", ["docs/errors", "generator/docs/errors"])
def test_pages_are_found_in_the_project_and_in_an_installed_package(folder: str, tmp_path: Path) -> None:
    package = tmp_path / "generator"
    (package / "errors").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "errors" / "__init__.py").touch()
    (package / "errors" / "pages.py").write_bytes((ROOT / "generator" / "errors" / "pages.py").read_bytes())
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "a-code.md").write_text("# a-code: What it is\n", encoding="utf-8")
    script = "from generator.errors.pages import titles; print(titles())"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "{'a-code': 'What it is'}"
