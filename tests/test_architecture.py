"""The floors of the house: a file of `generator/` imports from floors below its own and from its own wing, without circles."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "generator"

# From the ground up. A wing is named by its folder; `""` is the package itself, which holds its version.
FLOORS = (
    ("ground", {"", "errors", "publish", "templates"}),
    ("reading", {"content"}),
    (
        "knowing",
        {
            "timing",
            "links",
            "audience",
            "craft",
            "check",
            "programme",
            "seating",
            "supplies",
            "lengths",
            "scales",
            "occasion",
            "borrowed",
            "preflight",
        },
    ),
    ("showing", {"editor", "web", "paper", "files"}),
    ("program", {"build", "draft", "pack", "mend", "reading"}),
    ("doors", {"cli", "commands", "live", "mkdocs_file", "plugin", "__main__"}),
)
FLOOR_OF = {wing: number for number, (_, wings) in enumerate(FLOORS) for wing in wings}
ONLY_IN = {
    "typst": {"paper.typesetter"},
    "mkdocs": {"live.builder", "live.reuse", "mkdocs_file", "plugin"},
    "jinja2": {"web.compiled", "web.drawing"},
    "material": set(),
    "xlsxwriter": {"files.workbook"},
}


def name_of(path: Path) -> str:
    """`content.load` for generator/content/load.py, `web` for generator/web/__init__.py."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def wing(module: str) -> str:
    return module.split(".")[0]


def imported(module: str) -> list[str]:
    """The full names of all that a module imports, wherever in it: `from a import b` gives `a.b`."""
    found: list[str] = []
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by dots"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def modules_of(module: str) -> set[str]:
    """The modules of ours that a module imports."""
    found = set()
    for name in imported(module):
        if name.split(".")[0] == "generator":
            inside = name.removeprefix("generator").removeprefix(".")
            while inside not in FILES:
                inside = inside.rpartition(".")[0]
            found.add(inside)
    return found


IMPORTS = {module: modules_of(module) for module in FILES}


def test_every_module_was_found_and_has_a_floor() -> None:
    assert len(FILES) == len(list(PACKAGE.rglob("*.py"))) > 20
    assert {wing(module) for module in FILES} <= set(FLOOR_OF)
    for floor, wings in FLOORS:
        assert wings & {wing(module) for module in FILES}, f"nothing stands on the floor `{floor}`"
    assert sum(len(found) for found in IMPORTS.values()) > 40
    assert {"reading", "web.pages", "paper.documents"} <= IMPORTS["build"]


@pytest.mark.parametrize("module", FILES)
def test_a_module_imports_from_below_or_from_its_own_wing(module: str) -> None:
    own = FLOOR_OF[wing(module)]
    for other in IMPORTS[module]:
        floor = FLOOR_OF[wing(other)]
        beside = floor == own and (
            wing(other) == wing(module) or FLOORS[own][0] in ("knowing", "program", "doors", "ground")
        )
        assert floor < own or beside, f"generator.{module} imports generator.{other}"


def test_there_are_no_circles() -> None:
    order: list[str] = []
    while len(order) < len(IMPORTS):
        ready = [module for module in IMPORTS if module not in order and IMPORTS[module] - {module} <= set(order)]
        assert ready, f"these import each other: {sorted(set(IMPORTS) - set(order))}"
        order += ready
    assert FLOORS[FLOOR_OF[wing(order[-1])]][0] == "doors"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_to_one_module_only(library: str) -> None:
    users = {module for module in FILES if any(name.split(".")[0] == library for name in imported(module))}
    assert users == ONLY_IN[library]


def loaded_by(code: str, folder: Path) -> set[str]:
    """The libraries that are loaded after some lines of Python."""
    code = f"import sys\n{code}\nprint('loaded:', *{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, encoding="utf-8", check=True, cwd=folder, env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
    )  # fmt: skip
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_the_program_says_what_it_can_without_loading_what_does_it() -> None:
    loaded = loaded_by("from generator.cli import parser; parser([]).format_help()", PACKAGE.parent)
    assert "generator" in loaded
    assert not loaded & {
        "pydantic",
        "markdown",
        "yaml",
        "jinja2",
        "babel",
        "PIL",
        "pypdfium2",
        "bs4",
        "typst",
        "mkdocs",
        "filelock",
    }


@pytest.mark.slow
@pytest.mark.parametrize("folder", [".", "tests/kits/minimal"])
def test_a_check_loads_only_what_a_check_needs(folder: str) -> None:
    loaded = loaded_by("from generator.cli import main; main(['check'])", PACKAGE.parent / folder)
    assert {"generator", "pydantic", "yaml"} <= loaded
    assert not loaded & {"typst", "mkdocs", "material", "jinja2", "pypdfium2", "PIL", "bs4", "segno"}
