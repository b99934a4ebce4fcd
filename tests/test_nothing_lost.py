"""Whatever stops a run, the site is the old one or the new one, whole; nobody's own files are lost; two runs do not mix."""

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import publish
from generator.cli import main
from generator.errors import ToolError
from generator.publish import made, swap
from tests.conftest import ROOT, CopyKit, run_generator
from tests.publisher import FILES
from tests.test_publish import DATED, beside, fingerprints, old_site

OWN = {"CNAME": "kit.example", "3/notes.txt": "notes of a facilitator", ".well-known/security.txt": "mail me"}
WAYS = pytest.mark.parametrize("way", [(), ("--two-steps",)], ids=["at once", "in two steps"])
posix = pytest.mark.skipif(os.name == "nt", reason="links and modes of POSIX")


def command(target: Path, version: str, *words: str) -> list[str]:
    return [sys.executable, "-X", "utf8", "-m", "tests.publisher", str(target), version, *words]


def published(target: Path, version: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `publisher.py` on a folder."""
    return subprocess.run(
        command(target, version, *words), cwd=ROOT, capture_output=True, encoding="utf-8", timeout=100, check=False
    )


def version_of(site: Path) -> str:
    """The one version that every file of a site holds; that it is whole, and holds what others put there, is asserted."""
    texts = {name: (site / name).read_text(encoding="utf-8") for name in fingerprints(site) if name != made.NAME}
    own = {name: texts.pop(name) for name in OWN if name in texts}
    assert len(texts) == FILES
    versions = {text[: len(text) // 100] for text in texts.values()}
    assert len(versions) == 1, f"a mixed site: {versions}"
    assert {len(text) for text in texts.values()} == {100 * len(version) for version in versions}
    assert own in ({}, OWN)
    assert set(json.loads((site / made.NAME).read_text(encoding="utf-8"))["files"]) == set(texts)
    return versions.pop()


def first(folder: Path) -> Path:
    """A site of the version `000`, with files of somebody else in it."""
    site = folder / "site"
    assert published(site, "000").returncode == 0
    for name, text in OWN.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


# kill -9


@pytest.mark.slow
@WAYS
def test_a_site_is_whole_after_kill_9_at_any_of_25_moments(way: tuple[str, ...], tmp_path: Path) -> None:
    """Which makes 50 of both ways."""
    site = first(tmp_path)
    moments = int(published(site, "001", *way).stdout)
    assert moments > 100
    dice, now, new = random.Random(20261123), "001", 0
    for number in range(2, 27):
        died = published(site, f"{number:03}", *way, "--kill", str(dice.randint(1, moments)))
        assert died.returncode != 0
        assert died.stdout == ""
        assert site.exists() or way, "one call exchanges both names: there is always a site"
        publish.finish(site)
        found = version_of(site)
        assert found in (now, f"{number:03}")
        new += found != now
        now = found
    assert 0 < new < 25
    assert published(site, "100", *way).returncode == 0
    assert version_of(site) == "100"
    assert (site / "CNAME").read_text(encoding="utf-8") == "kit.example"
    assert beside(site) == {"site"}


@pytest.mark.slow
@WAYS
def test_a_site_is_whole_after_kill_9_around_the_exchange(
    way: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment is searched for by halves; between two steps there is no site until the next command, whichever that is."""
    monkeypatch.chdir(tmp_path)
    site = first(tmp_path)
    moments = int(published(site, "000", *way).stdout)
    gone = 0

    def killed(moment: int) -> bool:
        """Whether the new site is there when the run dies at a moment."""
        nonlocal gone
        before, version = version_of(site), f"{moment:03}"
        assert published(site, version, *way, "--kill", str(moment)).returncode != 0
        gone += not site.exists()
        assert main(["explain", "unknown-id"]) == 0
        found = version_of(site)
        assert found in (before, version)
        publish.finish(site)
        return found == version

    old, new = 1, moments - 1
    while new - old > 1:
        middle = (old + new) // 2
        old, new = (old, middle) if killed(middle) else (middle, new)
    assert {moment: killed(moment) for moment in range(new - 4, new + 3)} == {
        moment: moment >= new for moment in range(new - 4, new + 3)
    }
    assert bool(gone) == bool(way)
    assert beside(site) == {"site"}


@pytest.mark.slow
def test_a_site_is_whole_after_kill_9_of_real_builds(copied: CopyKit, kits: Path) -> None:
    kit = copied(kits / "minimal")
    settings = kit / "content" / "kit.yml"
    text = settings.read_text(encoding="utf-8")
    sites: list[dict[str, str]] = []
    runs = [("One name", 0), ("Other name", 0), ("One name", 0.5), ("One name", 0.98)]
    moments, killed = 0, 0
    for name, share in runs:
        settings.write_text(re.sub(r"(?m)^name: .*$", f"name: {name}", text), encoding="utf-8")
        words = ("--build", *(["--kill", str(int(moments * share))] if share else []))
        done = subprocess.run(
            command(kit / "site", "-", *words), cwd=kit, env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, encoding="utf-8", timeout=100, check=False,
        )  # fmt: skip
        found = {path: value for path, value in fingerprints(kit / "site").items() if path not in DATED}
        killed += done.returncode != 0
        if not share:
            assert done.returncode == 0, done.stderr
            moments = int(done.stdout.split()[-1])
            sites.append(found)
        assert found in sites
    assert sites[0] != sites[1]
    assert killed == 2
    publish.finish(kit / "site")
    assert beside(kit / "site") == {"content", "mkdocs.yml", "site"}


# A full disk, and a disk that says no


@pytest.mark.slow
@WAYS
def test_a_full_disk_leaves_the_old_site_and_says_so(way: tuple[str, ...], tmp_path: Path) -> None:
    site = first(tmp_path)
    before = fingerprints(site)
    moments = int(published(site, "000", *way).stdout)
    full = 0
    for moment in range(1, moments, moments // 30):
        done = published(site, "001", *way, "--full", str(moment))
        assert "Traceback" not in done.stderr
        if done.returncode == 0:
            break
        full += 1
        assert re.fullmatch(
            rf"the disk is full .*; {re.escape(str(site))} is as it was\. Make room, and try again\n", done.stderr
        )
        assert fingerprints(site) == before
        assert beside(site) == {"site"}
    assert full > 8


@posix
@pytest.mark.parametrize("words", [("build",), ("print", "first-hour"), ("pack", "first-hour", "--date", "2099-01-07")])
def test_a_place_that_cannot_be_written_to_is_told_at_once(
    words: tuple[str, ...],
    copied: CopyKit,
    kits: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kit = copied(kits / "minimal")
    monkeypatch.chdir(kit)

    def refused(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied", str(kit))

    monkeypatch.setattr("tempfile.mkdtemp", refused)
    before = fingerprints(kit)
    assert main(words) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: the system does not let this program write here: Permission denied")
    assert "is as it was. Close programs" in said
    assert fingerprints(kit) == before
    assert beside(kit / "content") == {"content", "mkdocs.yml"}


# Two runs at once


@pytest.mark.slow
@WAYS
def test_a_second_run_waits_for_the_first_and_says_so(way: tuple[str, ...], tmp_path: Path) -> None:
    site = first(tmp_path)
    runs = []
    for version in ("111", "222"):
        run = subprocess.Popen(
            command(site, version, *way, "--wait"),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert run.stdout is not None
        runs.append((run, run.stdout.readline()))
    (one, ready), (two, waiting) = runs
    assert ready == "ready\n"
    assert (
        waiting
        == f"Another run makes site/ at the moment (process {one.pid}). Waiting until it is done; Ctrl-C stops this one.\n"
    )
    assert version_of(site) == "000"
    one.communicate("\n", timeout=100)
    assert two.stdout is not None
    assert two.stdout.readline() == "ready\n"
    assert version_of(site) == "111"
    two.communicate("\n", timeout=100)
    assert (one.returncode, two.returncode) == (0, 0)
    assert version_of(site) == "222"
    assert beside(site) == {"site"}


@pytest.mark.slow
def test_a_run_that_waits_gets_its_turn_when_the_other_is_killed(tmp_path: Path) -> None:
    site = first(tmp_path)
    one = subprocess.Popen(
        command(site, "111", "--wait"), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert one.stdout is not None
    assert one.stdout.readline() == "ready\n"
    two = subprocess.Popen(command(site, "222"), cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
    assert two.stdout is not None
    assert "Another run" in two.stdout.readline()
    one.kill()
    one.communicate(timeout=100)
    two.communicate(timeout=100)
    assert two.returncode == 0
    assert version_of(site) == "222"
    assert beside(site) == {"site"}


@pytest.mark.slow
@WAYS
def test_many_runs_at_once_leave_one_whole_site(way: tuple[str, ...], tmp_path: Path) -> None:
    site = first(tmp_path)
    runs = [
        subprocess.Popen(command(site, f"{number:03}", *way), cwd=ROOT, stdout=subprocess.DEVNULL)
        for number in range(8)
    ]
    assert [run.wait(timeout=100) for run in runs] == [0] * 8
    assert version_of(site) in {f"{number:03}" for number in range(8)}
    assert beside(site) == {"site"}


# Work of others


def new_site(site: Path, files: dict[str, str]) -> None:
    with publish.staged(site, site.parent / "content") as staging:
        publish.fill(staging, {name: text.encode() for name, text in files.items()})


def test_files_of_somebody_else_move_along(tmp_path: Path) -> None:
    site = old_site(tmp_path)
    (site / "CNAME").write_text("kit.example", encoding="utf-8")
    (site / "gone" / "deep").mkdir(parents=True)
    (site / "gone" / "deep" / "notes.txt").write_text("mine", encoding="utf-8")
    for text in ("new", "newer"):
        new_site(site, {"kit.json": "{}", "index.html": text})
        assert set(fingerprints(site)) == {
            ".gitignore",
            made.NAME,
            "CNAME",
            "gone/deep/notes.txt",
            "index.html",
            "kit.json",
        }
        assert (site / "index.html").read_text(encoding="utf-8") == text
        assert (site / "gone" / "deep" / "notes.txt").read_text(encoding="utf-8") == "mine"


@posix
def test_links_of_somebody_else_move_along_and_are_not_followed(tmp_path: Path) -> None:
    site = old_site(tmp_path)
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "thesis.txt").write_text("years of work", encoding="utf-8")
    (site / "far").symlink_to(tmp_path / "far")
    new_site(site, {"kit.json": "{}"})
    assert (site / "far").is_symlink()
    assert (tmp_path / "far" / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_a_file_that_was_changed_by_hand_stops_the_run_before_any_work(tmp_path: Path) -> None:
    site = old_site(tmp_path)
    (site / "index.html").write_text("my own words", encoding="utf-8")
    before = fingerprints(site)
    with pytest.raises(ToolError, match=r"index\.html was changed since this program made it, and would be lost"):
        publish.staging_for(site, tmp_path / "content")
    assert fingerprints(site) == before
    assert beside(site) == {"site"}


def test_a_file_that_is_changed_while_the_site_is_made_stops_the_exchange(tmp_path: Path) -> None:
    site = old_site(tmp_path)
    staging = publish.staging_for(site, tmp_path / "content")
    (staging / "kit.json").write_text("{}", encoding="utf-8")
    (site / "index.html").write_text("my own words", encoding="utf-8")
    (site / "gone.html").write_text("these too", encoding="utf-8")
    with pytest.raises(ToolError, match=r"gone\.html, index\.html were changed since this program made them"):
        publish.exchange(staging, site)
    publish.discard(staging)
    assert (site / "index.html").read_text(encoding="utf-8") == "my own words"
    assert beside(site) == {"site"}


def test_other_ends_of_lines_are_no_change(tmp_path: Path) -> None:
    new_site(tmp_path / "site", {"kit.json": "{\n}\n"})
    (tmp_path / "site" / "kit.json").write_bytes(b"{\r\n}\r\n")
    new_site(tmp_path / "site", {"kit.json": "[]"})
    assert (tmp_path / "site" / "kit.json").read_text(encoding="utf-8") == "[]"


@pytest.mark.parametrize("taken", ["robots.txt", "robots.txt/deep", "sub"])
def test_a_name_that_both_want_stops_the_exchange(taken: str, tmp_path: Path) -> None:
    site = old_site(tmp_path)
    (site / taken).parent.mkdir(exist_ok=True)
    (site / taken).write_text("mine", encoding="utf-8")
    with pytest.raises(ToolError, match="was not made by this program, which is about to make a file of that name"):
        new_site(site, {"kit.json": "{}", "robots.txt": "ours", "sub/page.html": "ours"})
    assert (site / taken).read_text(encoding="utf-8") == "mine"
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
    assert beside(site) == {"site"}


@pytest.mark.parametrize("mark", ["kit.json", "manifest.json", "documents/manifest.json"])
def test_a_folder_that_only_looks_like_ours_is_left_alone(mark: str, tmp_path: Path) -> None:
    (tmp_path / "app" / mark).parent.mkdir(parents=True)
    (tmp_path / "app" / mark).write_text("{}", encoding="utf-8")
    with pytest.raises(ToolError, match="was not made by this program"):
        publish.staging_for(tmp_path / "app", tmp_path / "content", mark)
    assert beside(tmp_path / "app") == {"app"}


def test_a_pack_is_no_place_for_a_site(tmp_path: Path) -> None:
    with publish.staged(tmp_path / "pack", tmp_path / "content", mark="documents/manifest.json") as staging:
        publish.fill(staging, {"documents/manifest.json": b"[]"})
    with pytest.raises(ToolError, match="was not made by this program"):
        publish.staging_for(tmp_path / "pack", tmp_path / "content")


@pytest.mark.parametrize(
    "folder", [".site.new-settings", ".site.new-12-old", ".site-abcdefgh", ".site.old-1-abcdefghi"]
)
def test_folders_with_a_name_like_ours_are_not_cleared_away(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    new_site(tmp_path / "site", {"kit.json": "{}"})
    assert (tmp_path / folder / "thesis.txt").is_file()


# Where a site can be


@posix
def test_a_site_that_is_a_link_is_exchanged_where_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    real = old_site(tmp_path / "disk")
    link = tmp_path / "site"
    link.symlink_to(real)
    new_site(link, {"kit.json": "new"})
    assert link.is_symlink()
    assert (real / "kit.json").read_text(encoding="utf-8") == "new"
    assert beside(link) == {"disk", "site"}
    assert beside(real) == {"site"}


@posix
def test_a_link_in_a_circle_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(ToolError, match="a link that points to itself"):
        publish.staging_for(tmp_path / "a", tmp_path / "content")


def test_a_disk_of_its_own_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = old_site(tmp_path)
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == site)
    with pytest.raises(ToolError, match=r"is a disk of its own.*name a folder inside it"):
        publish.staging_for(site, tmp_path / "content")


@pytest.mark.parametrize("target", ["templates", "templates/site", "content/pages", ".", ".."])
def test_what_a_kit_is_made_of_is_never_replaced(target: str, tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    (kit / "content" / "pages").mkdir(parents=True)
    with pytest.raises(ToolError, match="is not apart from"):
        publish.staging_for(kit / target, kit / "content")
    assert fingerprints(tmp_path) == {}


def test_a_home_and_the_root_are_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for target in (home, Path(tmp_path.anchor)):
        with pytest.raises(ToolError, match=r"is no folder for this|is not apart from"):
            publish.staging_for(target, tmp_path / "kit" / "content")


def test_read_only_files_of_the_old_site_do_not_stay_behind(tmp_path: Path) -> None:
    site = old_site(tmp_path)
    for path in site.iterdir():
        path.chmod(0o444)
    new_site(site, {"kit.json": "new"})
    assert (site / "kit.json").read_text(encoding="utf-8") == "new"
    assert beside(site) == {"site"}


def test_a_run_that_fails_leaves_no_folders_that_it_made(tmp_path: Path) -> None:
    target = tmp_path / "print" / "half-day"
    publish.discard(publish.staging_for(target, tmp_path / "content"))
    assert list(tmp_path.iterdir()) == []


# Systems that cannot exchange two folders at once


@pytest.mark.parametrize("number", sorted(swap.NOT_HERE))
def test_a_file_system_without_the_exchange_gets_two_steps(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Library:
        def renameat2(self, *_: object) -> int:
            return -1

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: Library())
    monkeypatch.setattr("ctypes.get_errno", lambda: number)
    monkeypatch.setattr("os.name", "posix")
    site = old_site(tmp_path)
    new_site(site, {"kit.json": "new"})
    assert (site / "kit.json").read_text(encoding="utf-8") == "new"
    assert beside(site) == {"site"}


def test_a_journal_that_was_not_written_to_its_end_undoes_nothing(tmp_path: Path) -> None:
    site = old_site(tmp_path)
    before = fingerprints(site)
    for text in ("", '{"old": ', '{"old": "../../etc"}', "[]", '{"old": 3}'):
        (tmp_path / ".site.journal").write_text(text, encoding="utf-8")
        publish.finish(site)
        assert fingerprints(site) == before
        assert beside(site) == {"site"}


def test_a_file_that_is_only_named_like_a_journal_stays(
    copied: CopyKit, kits: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = copied(kits / "minimal")
    monkeypatch.chdir(kit)
    for text in ("my diary", "{}", '{"old": "content"}'):
        (kit / ".notes.journal").write_text(text, encoding="utf-8")
        assert main(("check",)) == 0
        assert (kit / ".notes.journal").read_text(encoding="utf-8") == text


@posix
@pytest.mark.parametrize(
    "words",
    [
        ("build", "--site-dir", "loop/x"),
        ("print", "first-hour", "--out", "loop/x"),
        ("pack", "first-hour", "--date", "2099-01-07", "--out", "loop/x"),
        ("schema", "--out", "loop"),
        ("groups", "--names", "loop", "--size", "2", "--rounds", "2"),
    ],
)
def test_a_link_that_leads_to_itself_is_told(
    words: tuple[str, ...],
    copied: CopyKit,
    kits: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kit = copied(kits / "minimal")
    monkeypatch.chdir(kit)
    (kit / "loop").symlink_to("loop")
    assert main(words) == 1
    assert "loop" in capsys.readouterr().err


# The plugin


HOOKS = """\
from pathlib import Path

def on_post_build(config):
    (Path(config.site_dir) / "index.html").write_text("half done")
    raise OSError(28, "No space left on device")
"""


@pytest.mark.slow
def test_mkdocs_publishes_nothing_when_a_hook_fails_at_the_very_end(copied: CopyKit, kits: Path) -> None:
    kit = copied(kits / "minimal")
    assert run_generator("build", cwd=kit, module="mkdocs").returncode == 0
    before = fingerprints(kit / "site")
    (kit / "hooks.py").write_text(
        HOOKS.replace("def on", "import mkdocs.plugins\n\n@mkdocs.plugins.event_priority(-5000)\ndef on"),
        encoding="utf-8",
    )
    with (kit / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("\nhooks: [hooks.py]\n")
    for module in ("mkdocs", "generator"):
        done = run_generator("build", cwd=kit, module=module)
        assert done.returncode == 1
        assert "the disk is full" in done.stderr
        assert "Traceback" not in done.stderr
        assert fingerprints(kit / "site") == before
        assert beside(kit / "site") - {"__pycache__"} == {"content", "hooks.py", "mkdocs.yml", "site"}


@pytest.mark.slow
def test_the_ways_of_mkdocs_all_publish_a_whole_site(copied: CopyKit, kits: Path) -> None:
    kit = copied(kits / "minimal")
    assert run_generator("build", cwd=kit, module="mkdocs").returncode == 0
    whole = fingerprints(kit / "site")
    (kit / "site" / "CNAME").write_text("kit.example", encoding="utf-8")
    assert run_generator("build", "--dirty", cwd=kit, module="mkdocs").returncode == 0
    assert set(fingerprints(kit / "site")) == {*whole, "CNAME"}
    (kit / "site" / "index.html").write_text("by hand", encoding="utf-8")
    for words in ((), ("--dirty",)):
        done = run_generator("build", *words, cwd=kit, module="mkdocs")
        assert done.returncode == 1
        assert "index.html was changed" in done.stderr
    assert run_generator("build", "-d", "out/there", "--no-directory-urls", cwd=kit, module="mkdocs").returncode == 0
    assert len(fingerprints(kit / "out" / "there")) == len(whole)
    assert beside(kit / "site") == {"content", "mkdocs.yml", "site", "out"}


@pytest.mark.slow
def test_gh_deploy_sends_a_whole_site(copied: CopyKit, kits: Path, tmp_path: Path) -> None:
    kit = copied(kits / "minimal")

    def git(*words: str, cwd: Path = kit) -> str:
        named = ["-c", "user.name=A", "-c", "user.email=a@kit.example", "-c", "init.defaultBranch=main"]
        return subprocess.run(
            ["git", *named, *words], cwd=cwd, capture_output=True, encoding="utf-8", check=True
        ).stdout

    git("init", "--bare", str(tmp_path / "host.git"))
    git("init")
    git("config", "user.name", "A")
    git("config", "user.email", "a@kit.example")
    git("remote", "add", "origin", str(tmp_path / "host.git"))
    git("add", "mkdocs.yml")
    git("commit", "-m", "kit")
    done = run_generator("gh-deploy", "--force", cwd=kit, module="mkdocs")
    assert done.returncode == 0, done.stderr
    sent = set(git("ls-tree", "-r", "--name-only", "gh-pages", cwd=tmp_path / "host.git").split("\n")) - {""}
    assert sent == {*fingerprints(kit / "site"), ".nojekyll"}
    assert beside(kit / "site") == {"content", "mkdocs.yml", "site", ".git"}
