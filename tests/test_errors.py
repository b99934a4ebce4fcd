"""What a facilitator is told when something in a kit is wrong.

The words stand in `tests/cases/errors/`, where anybody can add to them. Here stands what must hold for every fault: no other exception than
`KitError`, and a place inside the file.
"""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content import prose
from generator.content.source import parse
from generator.errors import KitError, Problem, as_text
from generator.reading import read

CASES = sorted((Path(__file__).parent / "cases" / "errors").glob("*.yml"))

Case = dict[str, Any]


def cases() -> list[Any]:
    found = []
    for file in CASES:
        entries: list[Case] = yaml.safe_load(file.read_text(encoding="utf-8"))
        found += [pytest.param(case, id=f"{file.stem}: {case['name']}") for case in entries]
    return found


def written(data: str | dict[str, Any], encoding: str) -> bytes:
    """A file of a case: a text, its bytes as `hex`, or a text that is repeated."""
    if isinstance(data, str):
        return data.encode(encoding)
    if "hex" in data:
        return bytes.fromhex(data["hex"])
    return (data.get("before", "") + data["repeat"] * data["times"] + data.get("after", "")).encode(encoding)


def told(content: Path) -> list[Problem]:
    """Every error of a kit; when there is none, every warning and all advice."""
    try:
        return read(content)[1]
    except KitError as error:
        return list(error.problems)


@pytest.mark.parametrize("case", cases())
def test_a_fault_is_told_word_for_word(case: Case, kits: Path, make_kit: Callable[[Mapping[str, bytes]], Path]) -> None:
    assert set(case) <= {"name", "files", "without", "encoding", "links", "says"}
    minimal = kits / "minimal"
    files = {path.relative_to(minimal).as_posix(): path.read_bytes() for path in minimal.rglob("*.yml")}
    files = {name: data for name, data in files.items() if name not in case.get("without", [])}
    files |= {name: written(data, case.get("encoding", "utf-8")) for name, data in case["files"].items()}
    folder = make_kit(files)
    for name, target in case.get("links", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target)
    found = told(folder / "content")
    says = "\n\n".join(as_text(problem) for problem in found)
    assert [line.rstrip() for line in says.split("\n")] == case["says"].rstrip("\n").split("\n")


def test_there_are_cases_for_every_topic() -> None:
    assert {file.stem for file in CASES} == {
        "blocks",
        "craft",
        "fields",
        "files",
        "hard",
        "ids",
        "kit",
        "minutes",
        "prose",
        "yaml",
    }
    names = [case.id for case in cases()]
    assert len(names) == len(set(names)) > 60


def test_a_folder_without_content_is_told(tmp_path: Path) -> None:
    assert [(problem.code, problem.place.file) for problem in told(tmp_path / "content")] == [("no-content", "content")]


def test_an_item_may_not_lie_outside_the_kit(make_kit: Callable[[Mapping[str, str]], Path], tmp_path: Path) -> None:
    content = make_kit({"content/kit.yml": "format: 1\nid: a\nname: A\n", "content/pitfalls/a.yml": ""}) / "content"
    outside = tmp_path / "secret.yml"
    outside.write_text("title: Secret\n", encoding="utf-8")
    (content / "pitfalls" / "a.yml").unlink()
    (content / "pitfalls" / "a.yml").symlink_to(outside)
    assert [problem.code for problem in told(content)] == ["outside"]


@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000, b"{a: " * 100_000, b"- " * 100_000, b"? " * 50_000],
    ids=["lists", "fields", "entries", "keys"],
)
def test_a_trap_of_brackets_is_told_and_not_fallen_into(data: bytes) -> None:
    assert [problem.code for problem in parse("content/a.yml", b"title: " + data).problems] in (
        ["too-deep"],
        ["yaml"],
        ["yaml-key"],
    )


def test_a_file_of_more_than_two_megabytes_is_told() -> None:
    assert [problem.code for problem in parse("content/a.yml", b"a: " + b"x" * 2_000_000).problems] == [
        "file-too-large"
    ]


# Whatever stands in a file: it is read, or the fault is told.

SIGNS = (
    ": ~: ~- ~#~'~\"~>~{~}~[~]~,~&a ~*a~!x ~? ~<<: ~%YAML 1.1~@~`~0~-1~1e9~null~true~[[[~<b>~](~![~](javascript:x)~\\~ß~𝄞~\t~\n"
    "~\r~  ~|\n~---\n~\n...\n~\x00~\u2028~\ufeff~# x\n"
)
NASTY = st.sampled_from([b"\xff", *SIGNS.encode().split(b"~")])


@pytest.fixture(scope="session")
def mutable(kits: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mutable") / "content"
    shutil.copytree(kits / "full" / "content", folder)
    return folder


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_damaged_kit_is_read_or_its_faults_are_told(data: st.DataObject, mutable: Path) -> None:
    files = sorted(mutable.rglob("*.yml"))
    assert len(files) > 10
    file = data.draw(st.sampled_from(files))
    before = file.read_bytes()
    after = before
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(after)))
        to = data.draw(st.integers(at, min(len(after), at + 30)))
        after = after[:at] + data.draw(st.one_of(NASTY, st.binary(max_size=4))) + after[to:]
    try:
        file.write_bytes(after)
        found = told(mutable)
    finally:
        file.write_bytes(before)
    name = file.relative_to(mutable.parent).as_posix()
    lines = after.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in found:
        for place in (problem.place, problem.also):
            if place and place.file == name:
                assert 1 <= place.line <= len(lines)
                assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert as_text(problem).startswith(problem.severity)


MARKS = "ab \n\t*_`#->|[]()!<&;{}:=.1~\\^\"'+"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(MARKS, max_size=60))
def test_any_text_is_prose_or_has_faults(text: str) -> None:
    found, faults = prose.parse(text)
    assert (found is None) == bool(faults)
    lines = text.split("\n")
    assert all(1 <= fault.line <= len(lines) for fault in faults)
