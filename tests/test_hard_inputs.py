"""Hard inputs that no text can show: special files, links, files that go away, texts that would take a parser for ever."""

import os
from pathlib import Path

import pytest

from generator.check import MOST_IN_ALL, check
from generator.content import disk, prose
from generator.content.load import load
from generator.content.vector import svg_faults
from generator.errors import KitError, Place, Problem, as_text, drawing
from generator.reading import read
from tests.conftest import KITS, MakeKit, copy_kit


def codes(content: Path) -> set[str]:
    try:
        return {problem.code for problem in read(content)[1] if problem.severity == "error"}
    except KitError as error:
        return {problem.code for problem in error.problems}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_kit(KITS / "minimal", tmp_path / "kit") / "content"


def test_a_pipe_is_not_opened(content: Path) -> None:
    os.mkfifo(content / "exercises" / "pipe.yml")
    (content / "pages").mkdir()
    os.mkfifo(content / "pages" / "pipe.md")
    assert codes(content) == {"unknown-file", "unreadable"}


def test_a_folder_that_is_a_link_out_of_the_kit_is_not_read(content: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yml").write_text("title: Secret\n", encoding="utf-8")
    (content / "pitfalls").symlink_to(outside)
    (content / "images").symlink_to(outside)
    assert codes(content) == {"outside"}


def test_a_file_that_goes_away_is_told(content: Path) -> None:
    found = disk.bytes_of(content, content / "exercises" / "gone.yml", 100)
    assert isinstance(found, Problem)
    assert found.code == "unreadable"


def test_ten_thousand_faults_of_one_item_are_all_found(make_kit: MakeKit) -> None:
    unknown = "".join(f"field-{number}: x\n" for number in range(10_000))
    folder = make_kit(
        {"content/kit.yml": "format: 1\nid: a\nname: A\n", "content/pitfalls/a.yml": "title: A\n" + unknown}
    )
    assert len(load(folder / "content").problems) >= 10_000


def test_of_a_very_long_line_only_the_neighbourhood_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    cells = drawing.cells
    monkeypatch.setattr(drawing, "cells", lambda text: looked_at.append(len(text)) or cells(text))
    drawn = as_text(Problem("a", "b", Place("f", 1, 50_001, 3, "x" * 50_000 + "abc" + "x" * 50_000)))
    row, marks = drawn.split("\n")[3:5]
    assert row.index("abc") == marks.index("^^^")
    assert row.count("…") == 2
    assert max(looked_at) < 3000


def test_thousands_of_items_with_a_wrong_id_each_are_told_soon(content: Path) -> None:
    for number in range(600):
        text = f"title: A\nsign: See [it](pitfalls/trp-{number}).\ncounter_move: x\nexercises: [stop-lst]\n"
        (content / "pitfalls").mkdir(exist_ok=True)
        (content / "pitfalls" / f"trap-{number}.yml").write_text(text, encoding="utf-8")
    problems = check(load(content))
    assert len(problems) == 1200
    assert sum(problem.help.startswith("did you mean") for problem in problems) <= MOST_IN_ALL
    assert all(problem.help.startswith("did you mean") for problem in problems[:100])


@pytest.mark.parametrize(
    "text", ["> " * 4000, "- " * 4000, "1. " * 3000, "[" * 9000, "![" * 4000, "[a](" * 2000, "<a " * 3000, "x" * 20_000]
)
def test_a_text_that_would_take_for_ever_is_refused(text: str) -> None:
    found, faults = prose.parse(text)
    assert found is None
    assert len(faults) == 1


def test_a_drawing_that_doubles_itself_is_refused() -> None:
    layers = "".join(f'<g id="l{n}"><use href="#l{n + 1}"/><use href="#l{n + 1}"/></g>' for n in range(40))
    data = f'<svg xmlns="http://www.w3.org/2000/svg">{layers}<g id="l40"><path d="M0 0"/></g></svg>'
    assert [fault.code for fault in svg_faults("content/images/a.svg", data.encode())] == ["unsafe-image"]
    plain = '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><path d="M0 0"/></g><use href="#a"/></svg>'
    assert svg_faults("content/images/a.svg", plain.encode()) == []


@pytest.mark.parametrize(
    "inside",
    [
        '<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=https://example.org"/>',
        '<h:img xmlns:h="http://www.w3.org/1999/xhtml" srcset="https://example.org/a.png"/>',
        "<style>rect{background:ur<g/>l(https://example.org/a.png)}</style>",
        "<style>rect{background:image-set('https://example.org/a.png' 1x)}</style>",
        '<rect fill="u\\72l(https://example.org/a.svg#b)"/>',
        '<a href="#b" ping="https://example.org"><path d="M0 0"/></a>',
    ],
)
def test_a_drawing_does_not_lead_out_of_its_file(inside: str) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    assert "unsafe-image" in {fault.code for fault in svg_faults("content/images/a.svg", data.encode())}


def test_a_drawing_of_a_drawing_program_is_taken() -> None:
    data = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
        ' inkscape:export-filename="C:\\My pictures\\plan (1).png"><style>rect{fill:url(#a)}</style><rect fill="url(#a)"/></svg>'
    )
    assert svg_faults("content/images/a.svg", data.encode()) == []


@pytest.mark.parametrize(
    "line",
    [
        "search: true",
        "hide: true",
        "hide: {toc: yes}",
        "title: no",
        "title: 1:30",
        "title: 2026-13-45",
        "search: {exclude: yes}",
    ],
)
def test_a_field_that_the_theme_cannot_read_is_refused(content: Path, line: str) -> None:
    (content / "pages").mkdir(exist_ok=True)
    page = content / "pages" / "room.md"
    page.write_text(f"---\n{line}\n---\n\n# Room\n", encoding="utf-8")
    assert [(problem.code, problem.place.line) for problem in load(content).problems] == [("wrong-type", 2)]
    page.write_text("---\nhide: [toc]\nsearch: {exclude: true}\ntitle: 'no'\n---\n\n# Room\n", encoding="utf-8")
    assert not load(content).problems
