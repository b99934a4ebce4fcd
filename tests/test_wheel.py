"""What `pip install` brings: the program works from its wheel alone, in a folder that knows nothing of this project."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import write_files

ROOT = Path(__file__).resolve().parent.parent
OWN_SLIP = '#import "lib/look.typ": set-in-type\n#show: set-in-type.with("Ours")\nA slip of our own.\n'
Typed = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [pytest.mark.slow, pytest.mark.pdf]


def ran(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program without anything that leads it back to this project."""
    around = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "PIP_"))
    }
    command = [str(word) for word in words]
    return subprocess.run(
        command, cwd=cwd, env=around | {"PYTHONUTF8": "1", "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True, encoding="utf-8", timeout=400, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    done = ran(
        sys.executable, "-m", "pip", "wheel", ROOT, "--no-deps", "--no-build-isolation", "-w", folder, cwd=folder
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Typed:
    """`workshop-kit` of an environment that has the wheel, and the libraries of this one after it."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    where = sysconfig.get_paths(vars={"base": str(home), "platbase": str(home)}, scheme="venv")
    done = ran(sys.executable, "-m", "pip", f"--python={home}", "install", "--no-deps", wheel, cwd=home)
    assert done.returncode == 0, done.stdout + done.stderr
    # A plain path: the editable install of this project, which is a .pth file in that folder, is not followed.
    (Path(where["purelib"]) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    scripts = Path(where["scripts"])
    found = ran(scripts / "python", "-c", "import generator; print(generator.__file__)", cwd=home)
    assert Path(found.stdout.strip()).is_relative_to(home), found.stdout + found.stderr
    return lambda *words, cwd: ran(scripts / "workshop-kit", *words, cwd=cwd)


@pytest.fixture(scope="module")
def kit(installed: Typed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit made by the installed program, with one template of each kind of its own, and built."""
    folder = tmp_path_factory.mktemp("desk")
    done = installed("init", "my-kit", "--name", "Nothing gets lost", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "my-kit"


def test_the_wheel_has_all_that_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in (
        ("templates", "generator/templates"),
        ("docs/errors", "generator/docs/errors"),
        ("generator", "generator"),
    ):
        there = {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        there = {name for name in there if "__pycache__" not in name}
        assert len(there) > 40
        assert {f"{inside}/{name}" for name in there} <= names
    assert not [name for name in names if name.startswith(("tests/", "content/", "site/"))]


def test_a_new_kit_has_no_problems_and_becomes_a_site_and_booklets(installed: Typed, kit: Path) -> None:
    checked = installed("check", cwd=kit)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "no problems" in checked.stdout
    built = installed("build", cwd=kit)
    assert (built.returncode, built.stderr) == (0, ""), built.stdout + built.stderr
    assert "workshop-kit check" not in built.stdout  # no warnings that only printing shows
    assert "Nothing gets lost" in (kit / "site" / "index.html").read_text(encoding="utf-8")
    for name in ("facilitator-guide", "participant-workbook"):
        assert list((kit / "site" / "print" / "one-hour").glob(f"{name}*.pdf")), name
    assert list((kit / "site" / "assets" / "kit" / "fonts").iterdir())


def test_other_commands_work_from_the_wheel(installed: Typed, kit: Path) -> None:
    assert installed("explain", "unknown-id", cwd=kit).stdout.startswith("unknown-id: ")
    assert installed("schema", cwd=kit).returncode == 0
    done = installed("new", "exercise", "silo-walk", cwd=kit)
    assert done.returncode == 0, done.stderr
    assert installed("check", cwd=kit).returncode == 0
    (kit / "content" / "exercises" / "silo-walk.yml").unlink()
    drafted = installed("draft", "sources/notes-on-handing-over.txt", "--id", "drafted", cwd=kit)
    assert drafted.returncode == 0, drafted.stderr
    assert (kit / "content" / "articles" / "drafted.yml").is_file()


def test_own_templates_take_the_place_of_ours_one_by_one(installed: Typed, tmp_path: Path) -> None:
    assert installed("init", "own", cwd=tmp_path).returncode == 0
    own = tmp_path / "own"
    settings = own / "content" / "kit.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[a4, us-letter]", "[a4]"), encoding="utf-8")
    page = (ROOT / "templates" / "pages" / "tensions.md.j2").read_text(encoding="utf-8")
    write_files(
        own / "templates",
        {
            "pages/tensions.md.j2": page + "\nA sentence of our own.\n",
            "booklets/feedback-slip.typ": OWN_SLIP,
            "assets/css/find.css": "/* a style of our own */\n",
        },
    )
    done = installed("build", cwd=own)
    assert done.returncode == 0, done.stdout + done.stderr
    site = own / "site"
    assert "A sentence of our own." in (site / "tensions" / "write-or-talk" / "index.html").read_text(encoding="utf-8")
    assert "A sentence of our own." not in (site / "pitfalls" / "silent-desk" / "index.html").read_text(
        encoding="utf-8"
    )
    (slip,) = (site / "print" / "one-hour").glob("feedback-slip.a4.pdf")
    assert "A slip of our own." in " ".join(PdfReader(slip).pages[0].extract_text().split())
    (guide,) = (site / "print" / "one-hour").glob("facilitator-guide.a4.pdf")
    assert "An hour on our handovers" in " ".join(PdfReader(guide).pages[0].extract_text().split())
    (style,) = (site / "assets" / "kit" / "css").glob("find.*.css")
    assert "a style of our own" in style.read_text(encoding="utf-8")
