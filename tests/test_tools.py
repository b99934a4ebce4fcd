"""The tools that set the project up: what they promise to someone who has just fetched it."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import browser, environment, make, process, verbs

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (environment.RUNTIME, environment.TEST, environment.BENCH)


def run_make(*words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "tools/make.py", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **extra},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(requirements: list[str]) -> set[str]:
    names = {normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0]) for requirement in requirements}
    assert names
    return names


def pins(lock: str) -> dict[str, set[str]]:
    """Each package of a lock with its versions: more than one when they depend on the system or Python."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(normal(name), set()).add(version)
    assert found
    return found


@pytest.fixture(scope="module")
def pyproject() -> dict[str, dict]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# The door


def test_help_lists_every_verb_with_its_words() -> None:
    shown = run_make("--help")
    assert shown.returncode == 0
    assert len(verbs.VERBS) == 15
    for name, verb in verbs.VERBS.items():
        assert re.search(rf"^  {name} +{re.escape(verb.does)}$", shown.stdout, re.MULTILINE), name


def test_no_verb_shows_help_and_an_unknown_verb_is_named() -> None:
    assert "verbs:" in run_make().stdout
    unknown = run_make("sight")
    assert unknown.returncode == 2
    assert "'sight'" in unknown.stderr


def test_a_verb_that_takes_nothing_more_says_so() -> None:
    refused = run_make("setup", "everything")
    assert refused.returncode == 2
    assert "`setup` takes nothing more, but got: everything" in refused.stderr


@pytest.mark.parametrize(
    ("version", "named"), [((3, 10, 13), "3.10"), ((3, 9, 18), "3.9"), ((3, 8), "3.8"), ((2, 7, 18), "2.7")]
)
def test_an_old_python_is_told_what_is_needed_and_what_it_is(version: tuple[int, ...], named: str) -> None:
    message = make.too_old(version)
    assert "needs Python 3.11 or newer" in message
    assert f"this is Python {named} " in message
    assert "help:" in message


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 14), (4, 0)])
def test_a_new_python_is_let_in(version: tuple[int, ...]) -> None:
    assert make.too_old(version) == ""


def test_the_oldest_python_is_the_one_that_pyproject_asks_for(pyproject: dict[str, dict]) -> None:
    assert pyproject["project"]["requires-python"] == ">=" + ".".join(map(str, make.OLDEST))


def test_the_makefile_has_a_target_and_a_line_of_help_for_every_verb() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = " ".join(re.findall(r"^([a-z ]+):$", makefile, re.MULTILINE)).split()
    assert sorted(targets) == sorted(["help", *verbs.VERBS])
    for name in verbs.VERBS:
        assert f'@echo "make {name} ' in makefile, name


# The browser


def test_chromium_naming_a_missing_file_is_an_error_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "no such browser")
    monkeypatch.setenv("CHROMIUM", missing)
    monkeypatch.setattr(environment, "ready", lambda _: Path(sys.executable))
    monkeypatch.setattr(verbs, "follow", lambda *_: pytest.fail("pytest was started without a browser"))
    assert verbs.run(["test"]) == 1
    message = capsys.readouterr().err
    assert missing in message
    assert "there is no such file" in message


def test_chromium_naming_a_program_that_is_no_browser_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    with pytest.raises(process.Failure, match=r"CHROMIUM names .*, but exit status"):
        browser.find(Path(sys.executable))


def test_no_browser_anywhere_is_an_error_that_names_every_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "_candidates", lambda _: iter(()))
    with pytest.raises(process.Failure) as raised:
        browser.find(Path(sys.executable))
    for way in ("Google Chrome", "apt-get install -y chromium", "playwright install chromium", "variable CHROMIUM"):
        assert way in str(raised.value)


def test_a_candidate_that_does_not_run_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "_candidates", lambda _: iter(("broken", "whole")))
    monkeypatch.setattr(browser, "complaint", lambda name: "it fell over" if name == "broken" else "")
    assert browser.find(Path(sys.executable)) == "whole"


@pytest.mark.browser
def test_the_browser_of_this_run_shows_a_page() -> None:
    assert browser.complaint(os.environ["CHROMIUM"]) == ""


# Other programs


def test_the_exit_status_is_passed_through() -> None:
    assert process.follow([sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_a_program_that_takes_too_long_is_ended() -> None:
    assert process.quietly([sys.executable, "-c", "import time; time.sleep(60)"], timeout=0.5).status == 124


def test_a_program_that_is_not_there_has_a_status_and_a_reason(tmp_path: Path) -> None:
    outcome = process.quietly([tmp_path / "nothing"])
    assert outcome.status == 127
    assert outcome.output


def test_what_pip_says_is_shown_when_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    said = process.Outcome(1, "no space left")
    monkeypatch.setattr(environment, "quietly", lambda *_: said)
    with pytest.raises(process.Failure, match=r"no space left\n\nerror: pip could not install -r a\.lock"):
        environment.install("-r", "a.lock")


def test_a_python_without_ensurepip_is_told_which_package_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(process.Failure, match="python3-venv"):
        environment.create(tmp_path / "venv")


# The stamp


@pytest.mark.parametrize("changed", [environment.RUNTIME, "pyproject.toml"])
def test_the_fingerprint_changes_with_what_the_environment_is_made_from(tmp_path: Path, changed: str) -> None:
    for name in (environment.RUNTIME, "pyproject.toml"):
        (tmp_path / name).write_text("as it was", encoding="utf-8")
    before = environment.fingerprint(environment.RUNTIME, tmp_path)
    assert environment.fingerprint(environment.RUNTIME, tmp_path) == before
    (tmp_path / changed).write_text("something else", encoding="utf-8")
    assert environment.fingerprint(environment.RUNTIME, tmp_path) != before


# The locks


def test_the_runtime_lock_holds_every_dependency_and_the_build_backend(pyproject: dict[str, dict]) -> None:
    needed = wanted(pyproject["project"]["dependencies"])
    backend = wanted(pyproject["build-system"]["requires"]) | wanted(pyproject["dependency-groups"]["build"])
    assert {"hatchling", "editables"} <= backend
    assert (needed | backend) - pins(environment.RUNTIME).keys() == set()


def test_the_test_lock_adds_the_test_group_to_the_runtime_lock(pyproject: dict[str, dict]) -> None:
    runtime, test = pins(environment.RUNTIME), pins(environment.TEST)
    assert wanted(pyproject["project"]["optional-dependencies"]["test"]) - test.keys() == set()
    assert {name: test.get(name) for name in runtime} == runtime


def test_the_bench_lock_adds_the_bench_group_with_the_versions_of_the_other_locks(pyproject: dict[str, dict]) -> None:
    runtime, test, bench = pins(environment.RUNTIME), pins(environment.TEST), pins(environment.BENCH)
    assert wanted(pyproject["project"]["optional-dependencies"]["bench"]) - bench.keys() == set()
    assert {name: bench.get(name) for name in runtime} == runtime
    assert {name: bench[name] for name in test if name in bench} == {name: test[name] for name in test if name in bench}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_hashes_every_package(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.findall(r"://|^-|\.(?:org|com|io|net)\b", text, re.MULTILINE)
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) >= len(pins(lock))
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
