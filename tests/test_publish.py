"""A new site takes the old one's place only when all of it is there; the command line says what happened."""

import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import publish
from generator.cli import main
from generator.commands.reporting import EXPLAINED
from generator.errors import ToolError
from generator.publish import made, swap
from tests.conftest import ROOT, CopyKit, Run, copy_kit, run_generator


def fingerprints(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def beside(folder: Path) -> set[str]:
    """What lies in the folder that holds `folder`, but for the cache, which every build may leave."""
    return {entry.name for entry in folder.parent.iterdir()} - {".cache"}


def old_site(folder: Path) -> Path:
    """A site that this program made, as far as `publish` can tell, with a .gitignore of its own."""
    site = folder / "site"
    site.mkdir()
    for name, text in {"kit.json": "{}", "index.html": "old", "gone.html": "old"}.items():
        (site / name).write_text(text, encoding="utf-8")
    made.write_list(site)
    (site / ".gitignore").write_text("*\n", encoding="utf-8")
    return site


# The exchange


def test_the_new_site_takes_the_place_of_the_old_one_and_keeps_its_gitignore(tmp_path: Path) -> None:
    site = old_site(tmp_path)
    staging = publish.staging_for(site, site.parent / "content")
    (staging / "index.html").write_text("new", encoding="utf-8")
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    publish.exchange(staging, site)
    assert {entry.name: entry.read_text(encoding="utf-8") for entry in site.iterdir() if entry.name != made.NAME} == {
        "index.html": "new",
        ".gitignore": "*\n",
    }
    assert beside(site) == {"site"}


@pytest.mark.parametrize("there", [(), (".gitignore",)], ids=["nothing", "only a gitignore"])
def test_a_site_can_be_made_where_none_was(there: tuple[str, ...], tmp_path: Path) -> None:
    site = tmp_path / "new" / "site"
    if there:
        site.mkdir(parents=True)
    for name in there:
        (site / name).write_text("*\n", encoding="utf-8")
    staging = publish.staging_for(site, site.parent / "content")
    (staging / "index.html").write_text("new", encoding="utf-8")
    publish.exchange(staging, site)
    assert {entry.name for entry in site.iterdir()} == {"index.html", made.NAME, *there}
    assert beside(site) == {"site"}


def test_others_can_read_the_published_folder(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish.exchange(publish.staging_for(site, site.parent / "content"), site)
    if os.name == "posix":
        assert site.stat().st_mode & 0o777 == 0o755
    assert site.is_dir()


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(ToolError, match=r"holds thesis\.txt and was not made by this program"):
        publish.staging_for(tmp_path, tmp_path.parent / "content")
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_a_file_is_no_folder_for_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file", encoding="utf-8")
    with pytest.raises(ToolError, match="is a file"):
        publish.staging_for(tmp_path / "site", tmp_path / "content")


def test_the_old_site_is_back_when_the_exchange_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = old_site(tmp_path)
    before = fingerprints(site)
    staging = publish.staging_for(site, site.parent / "content")
    rename = Path.rename

    def failing(source: Path, target: Path) -> Path:
        if source == staging:
            raise PermissionError(errno.EACCES, "the folder is open in another program")
        return rename(source, target)

    monkeypatch.setattr(swap, "swap_at_once", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ToolError, match=r"open in another program.*is as it was.*Close programs"):
        publish.exchange(staging, site)
    publish.discard(staging)
    assert fingerprints(site) == before
    assert beside(site) == {"site"}


# The command line


Told = tuple[int, str, str]
Command = Callable[..., Told]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run `workshop-kit` in a folder, within this process: the exit status, and what it prints as result and as messages."""

    def run(*words: str, cwd: Path = ROOT) -> Told:
        monkeypatch.chdir(cwd)
        try:
            status = main(words)
        except SystemExit as left:
            status = int(left.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_help_names_every_command(command: Command) -> None:
    status, out, err = command("--help")
    assert (status, err) == (0, "")
    assert all(re.search(rf"^    {name} ", out, re.MULTILINE) for name in ("build", "serve", "check"))


def test_the_version_is_told(command: Command) -> None:
    status, out, _ = command("--version")
    assert status == 0
    assert re.fullmatch(r"workshop-kit \d+\.\d+\.\d+\n", out)


WRONG = ["", "bulid", "build --colour", "check more", "build --site-dir", "build --site-dir a --pages-only b"]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_arguments_give_2(words: str, command: Command) -> None:
    status, out, err = command(*words.split())
    assert (status, out) == (2, "")
    assert err.startswith("usage: workshop-kit")


@pytest.mark.parametrize("words", ["build", "serve", "build --pages-only pages"])
def test_a_folder_without_mkdocs_yml_is_told(words: str, command: Command, tmp_path: Path) -> None:
    status, _, err = command(*words.split(), cwd=tmp_path)
    assert (status, err) == (
        1,
        "error: there is no mkdocs.yml here; run the command in the folder that holds `content/`\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_content_is_told(command: Command, tmp_path: Path) -> None:
    status, _, err = command("check", cwd=tmp_path)
    assert status == 1
    assert err.startswith("error[no-content]: there is no folder `content/`")


BROKEN_CONFIGS = {
    "site_name: [Kit\n": "this is not YAML",
    "just words\n": "mkdocs.yml holds no settings",
    "site_name: Kit\ndocs_dir: content\n": "mkdocs.yml does not name the plugin `workshop-kit`",
}


@pytest.mark.parametrize("config", BROKEN_CONFIGS)
def test_a_mkdocs_yml_that_cannot_be_used_is_told(config: str, command: Command, copied: CopyKit, kits: Path) -> None:
    folder = copied(kits / "minimal")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    status, _, err = command("build", cwd=folder)
    assert status == 1
    assert err.startswith("error")
    assert BROKEN_CONFIGS[config] in err
    assert beside(folder / "mkdocs.yml") == {"content", "mkdocs.yml"}


def test_check_lists_faults_on_one_channel_and_the_result_on_the_other(command: Command, kits: Path) -> None:
    status, out, err = command("check", cwd=kits / "minimal")
    assert (status, out) == (0, "Checked 1 exercise, 1 workshop: 4 warnings, 4 pieces of advice.\n")
    assert err.count("advice[worth-adding]") == 4
    told = (ROOT / "tests" / "golden" / "broken" / "problems.txt").read_text(encoding="utf-8")
    faults, number = told.rstrip("\n").rsplit("\n\n", 1)
    expected = f"{faults}\n\n{EXPLAINED}\n\nNothing can be built yet: {number}.\n"
    assert command("check", cwd=kits / "broken") == (1, "", expected)


# Whole builds

DATED = {"sitemap.xml", "sitemap.xml.gz", made.NAME}  # hold the day they were made, or the hash of one that does


@pytest.fixture
def published(full_site: Path, tmp_path: Path, kits: Path) -> Path:
    """A folder with the kit `full` and its site, to be changed by a test."""
    folder = copy_kit(kits / "full", tmp_path / "kit")
    shutil.copytree(full_site, folder / "site")
    (folder / "site" / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_build_that_fails_tells_all_faults_and_leaves_the_site_as_it_was(full_site: Path, tmp_path: Path) -> None:
    folder = copy_kit(ROOT, tmp_path / "kit")
    shutil.copytree(full_site, folder / "site")
    before = fingerprints(folder / "site")
    workshop, pitfall, exercise = (
        folder / "content" / name
        for name in ("workshops/starter-60.yml", "pitfalls/polished-till.yml", "exercises/said-and-did.yml")
    )
    broken_id, id_line = broken(workshop, "- exercise: waiting-room-sort", "- exercise: waiting-room-sotr")
    broken_indent, indent_line = broken(pitfall, "sign: ", "  sign: ")
    broken_minutes, minutes_line = broken(exercise, "    minutes: ", "    minutes: about ")
    done = run_generator("build", cwd=folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert re.findall(r"^error\[([\w-]+)\]", done.stderr, re.MULTILINE) == ["wrong-minutes", "yaml", "unknown-id"]
    assert re.findall(r"--> content/(\S+?):(\d+):", done.stderr) == [
        (broken_minutes, str(minutes_line)),
        (broken_indent, str(indent_line)),
        (broken_id, str(id_line)),
    ]
    assert "did you mean `waiting-room-sort`?" in done.stderr
    assert done.stderr.endswith("Nothing was built: 3 errors.\n")
    assert fingerprints(folder / "site") == before
    assert beside(folder / "site") == {"content", "mkdocs.yml", "site"}


def broken(file: Path, right: str, wrong: str) -> tuple[str, int]:
    """Break the first place of a file that reads `right`: the file as it is named in messages, and the line."""
    text = file.read_text(encoding="utf-8")
    before, found, after = text.partition(right)
    assert found, f"{file.name} has no {right!r}"
    file.write_text(before + wrong + after, encoding="utf-8")
    return f"{file.parent.name}/{file.name}", before.count("\n") + 1


@pytest.mark.slow
def test_a_build_that_succeeds_replaces_the_site_and_keeps_its_gitignore(published: Path) -> None:
    site = published / "site"
    (published / "content" / "pages" / "about.md").unlink()
    assert (site / "pages" / "about.html").is_file()
    kit = published / "content" / "kit.yml"
    kit.write_text(kit.read_text(encoding="utf-8").replace("Good Meetings & Co.", "Better Meetings"), encoding="utf-8")
    done = run_generator("build", cwd=published)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Better Meetings</title>" in (site / "index.html").read_text(encoding="utf-8")
    assert not (site / "pages" / "about.html").exists()
    assert (site / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert beside(site) == {"content", "mkdocs.yml", "site"}


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(published: Path) -> None:
    before = fingerprints(published / "site")
    done = run_generator("build", "--site-dir", "again", cwd=published)
    assert done.returncode == 0
    after = fingerprints(published / "again")
    assert len(after) > 40
    assert set(before) - set(after) == {".gitignore"}
    assert {name for name in after if after[name] != before.get(name)} <= DATED


@pytest.mark.slow
def test_a_site_is_not_built_over_a_foreign_folder(published: Path) -> None:
    thesis = published / "papers" / "thesis.txt"
    thesis.parent.mkdir()
    thesis.write_text("years of work", encoding="utf-8")
    for words in (["--site-dir", "papers"], ["--pages-only", "papers"]):
        done = run_generator("build", *words, cwd=published)
        assert done.returncode == 1
        assert "holds thesis.txt and was not made by this program" in done.stderr
        assert "Traceback" not in done.stderr
    assert [entry.name for entry in thesis.parent.iterdir()] == ["thesis.txt"]
    assert beside(thesis.parent) == {"content", "mkdocs.yml", "site", "papers"}


@pytest.mark.slow
def test_mkdocs_build_does_the_whole_job(full_site: Path, tmp_path: Path, kits: Path) -> None:
    folder = copy_kit(kits / "full", tmp_path / "kit")
    done = run_generator("build", "--strict", cwd=folder, module="mkdocs")
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    assert set(fingerprints(site)) == set(fingerprints(full_site))
    mine, ours = fingerprints(site), fingerprints(full_site)
    assert {name for name in mine if mine[name] != ours[name]} <= DATED
    assert beside(site) == {"content", "mkdocs.yml", "site"}


@pytest.mark.slow
def test_what_authors_write_is_not_published(full_site: Path) -> None:
    names = set(fingerprints(full_site))
    assert {
        "index.html",
        "kit.json",
        "print/manifest.json",
        "exercises/agenda-in-five/index.html",
        "images/logo.png",
    } <= names
    assert not [name for name in names if name.endswith((".yml", ".yaml", ".j2", ".typ", ".md"))]


@pytest.mark.slow
def test_mkdocs_build_tells_the_faults_of_a_kit_and_leaves_nothing(kits: Path, tmp_path: Path) -> None:
    folder = copy_kit(kits / "broken", tmp_path / "kit")
    done = run_generator("build", cwd=folder, module="mkdocs")
    assert done.returncode == 1
    assert "--> content/exercises/round.yml:6:1" in done.stderr
    assert "Traceback" not in done.stderr
    assert beside(folder / "mkdocs.yml") == {"content", "mkdocs.yml"}


@pytest.mark.slow
def test_strict_mkdocs_publishes_nothing_when_a_free_page_links_nowhere(published: Path) -> None:
    before = fingerprints(published / "site")
    page = published / "content" / "pages" / "about.md"
    page.write_text("# About\n\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    for module, words in (("generator", ["build"]), ("mkdocs", ["build", "--strict"])):
        done = run_generator(*words, cwd=published, module=module)
        assert done.returncode == 1
        assert "nowhere.md" in done.stderr
        assert "Traceback" not in done.stderr
        assert fingerprints(published / "site") == before
        assert beside(published / "site") == {"content", "mkdocs.yml", "site"}


@pytest.mark.slow
def test_a_kit_in_a_folder_with_spaces_and_signs_is_built(kits: Path, tmp_path: Path) -> None:
    folder = copy_kit(kits / "minimal", tmp_path / "Meine Treffen & mehr (ä) #1")
    done = run_generator("build", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "site" / "workshops" / "first-hour" / "index.html").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("folder", [".", "", "content", "content/pages", "..", "docs"])
def test_plain_pages_never_take_the_place_of_a_kit(folder: str, copied: CopyKit, kits: Path, run: Run) -> None:
    kit = copied(kits / "minimal")
    (kit / "docs").mkdir()
    (kit / "docs" / "notes.txt").write_text("mine", encoding="utf-8")
    before = fingerprints(kit)
    done = run("build", "--pages-only", folder, cwd=kit)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert fingerprints(kit) == before


@pytest.mark.slow
def test_plain_pages_can_be_written_again(copied: CopyKit, kits: Path, run: Run) -> None:
    kit = copied(kits / "minimal")
    for _ in range(2):
        done = run("build", "--pages-only", "plain", cwd=kit)
        assert done.returncode == 0, done.stderr
    assert (kit / "plain" / "docs" / "exercises" / "stop-list" / "index.md").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("theme: {name: nonsuch}", "nonsuch"),
        ("docs_dir: elsewhere", "docs_dir"),
        ("plugins: [search]", "does not name the plugin `workshop-kit`"),
    ],
)
def test_a_wrong_mkdocs_yml_is_explained(settings: str, says: str, copied: CopyKit, kits: Path, run: Run) -> None:
    kit = copied(kits / "minimal")
    (kit / "elsewhere").mkdir()
    text = (kit / "mkdocs.yml").read_text(encoding="utf-8")
    name = settings.split(":")[0]
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if line.startswith(f"{name}:")), len(lines))
    end = next((at for at in range(start + 1, len(lines)) if lines[at][:1].isalpha()), len(lines))
    (kit / "mkdocs.yml").write_text("\n".join([*lines[:start], settings, *lines[end:]]), encoding="utf-8")
    done = run("build", cwd=kit)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a signal that Windows does not have")
def test_ctrl_c_leaves_the_old_site_and_nothing_else(copied: CopyKit, kits: Path, run: Run) -> None:
    kit = copied(kits / "full")
    assert run("build", cwd=kit).returncode == 0
    before = fingerprints(kit)
    stopped = 0
    for after in (0.4, 0.8, 1.2, 1.6):
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "-q"],
            cwd=kit, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        stopped += process.wait(timeout=60) != 0
        assert not [entry for entry in kit.iterdir() if entry.name.startswith(".site")]
        if stopped:
            assert (kit / "site" / "index.html").is_file()
    assert stopped
    assert set(fingerprints(kit)) == set(before)
