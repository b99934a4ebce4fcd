"""How problems are shown: to people on a terminal, to programs, and when there are ten thousand of them."""

import io
import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from generator.errors import Place, Problem, as_text
from generator.errors.colour import coloured, painter
from generator.errors.drawing import END, FIRST_STRONG, LEFT_TO_RIGHT, cells
from generator.errors.formats import as_github, as_json, as_short, failed
from generator.errors.many import MOST, first_page, rest_of
from generator.errors.near import did_you_mean
from tests.conftest import ROOT, MakeKit, Run

SCHEMA = json.loads((ROOT / "docs" / "problems.schema.json").read_text(encoding="utf-8"))
KIT = "format: 1\nid: a\nname: A\n"


def problem(text: str, column: int, length: int = 1, label: str = "") -> Problem:
    return Problem("a-code", "this is wrong", Place("content/a.yml", 3, column, length, text), label)


@pytest.mark.parametrize(
    ("text", "column", "length", "below"),
    [
        ("title: silo", 8, 4, "       ^^^^"),
        ("題名: 会議", 5, 2, "      ^^^^"),
        ("a: 🎉 x", 6, 1, "      ^"),
        ("e\u0301te\u0301: x", 8, 1, "     ^"),
        ("👩\u200d💻 x", 5, 1, "   ^"),
        ("❤\ufe0f x", 4, 1, "   ^"),
        ("🇩🇪 x", 4, 1, "   ^"),
        ("👍🏽 x", 4, 1, "   ^"),
        ("\t- x", 4, 1, "   ^"),
        ("title: silo", 12, 1, "           ^"),
        ("", 1, 1, None),
    ],
)
def test_a_caret_stands_below_what_it_means(text: str, column: int, length: int, below: str | None) -> None:
    lines = as_text(problem(text, column, length)).split("\n")
    assert lines[1] == f" --> content/a.yml:3:{column}"
    assert lines[4:] == ([f"  | {below}"] if below else [])


def test_text_from_right_to_left_turns_nothing_around_it() -> None:
    found = as_text(Problem("a-code", "`שלום` is wrong", Place("content/a.yml", 3, 8, 4, "title: שלום")))
    assert f"3 | {LEFT_TO_RIGHT}title: שלום{END}\n" in found
    assert f"`{FIRST_STRONG}שלום{END}` is wrong" in found
    assert as_text(problem("title: silo", 8)).isascii()


def test_two_places_in_one_file_stand_in_one_excerpt_in_their_order() -> None:
    first, again = (Place("content/a.yml", number, 1, 5, "title: A") for number in (2, 9))
    found = Problem("duplicate-key", "twice", again, "again", "keep one", also=first, also_label="here first")
    assert as_text(found).split("\n") == [
        "error[duplicate-key]: twice",
        " --> content/a.yml:9:1",
        "  |",
        "2 | title: A",
        "  | ----- here first",
        "  ...",
        "9 | title: A",
        "  | ^^^^^ again",
        "help: keep one",
    ]


def test_two_places_in_one_line_are_marked_below_each_other() -> None:
    line = "{id: a, id: b}"
    found = Problem(
        "x", "twice", Place("a.yml", 1, 9, 2, line), "again", also=Place("a.yml", 1, 2, 2, line), also_label="first"
    )
    assert as_text(found).split("\n")[3:] == ["1 | {id: a, id: b}", "  |         ^^ again", "  |  -- first"]


def test_two_files_have_an_excerpt_each() -> None:
    found = Problem("x", "twice", Place("b.yml", 12, 1, 1, "b"), also=Place("a.yml", 3, 1, 1, "a"))
    assert as_text(found).split("\n")[1:] == [
        "  --> b.yml:12:1", "   |", "12 | b", "   | ^", "  ::: a.yml:3:1", "   |", " 3 | a", "   | - the other one",
    ]  # fmt: skip


def test_lines_above_and_lines_that_are_covered_are_shown() -> None:
    place = Place("a.yml", 9, 8, 5, "title: [a, b", ("purpose: x",), ("  c,", "  d,", "  e,", "  f", "sign: x"))
    assert as_text(Problem("x", "not closed", place, "from here")).split("\n")[2:] == [
        "   |", " 8 | purpose: x", " 9 | title: [a, b", "   |        ^^^^^ from here", "10 |   c,", "11 |   d,", "   ...",
        "14 | sign: x", "   | ^^^^^^^ to here",
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["x", "会", "🎉"])
def test_a_long_line_is_cut_around_what_is_wrong(sign: str) -> None:
    text = sign * 5000 + "WRONG" + sign * 5000
    lines = as_text(problem(text, 5001, 5)).split("\n")
    assert "WRONG" in lines[3]
    assert all(sum(width for _, width in cells(line)) < 130 for line in lines)
    before = lines[3][: lines[3].index("WRONG")]
    assert lines[4].index("^^^^^") == sum(width for _, width in cells(before))
    ends = as_text(problem(text, len(text) + 1)).split("\n")
    assert ends[4].endswith("^")


def test_a_message_has_a_bound_and_no_signs_that_steer_a_terminal() -> None:
    found = as_text(Problem("x", "\x1b[2J`" + "y" * 100_000 + "\u202e`", Place("a.yml"), help="z\x07" * 100_000))
    assert len(found) < 1500
    assert not [sign for sign in found if unicodedata.category(sign).startswith("C") and sign != "\n"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.integers(1, 310), st.integers(0, 400))
def test_any_line_can_be_drawn(text: str, column: int, length: int) -> None:
    lines = as_text(problem(text, column, length)).split("\n")
    assert len(lines) in (2, 5)
    assert len(lines) == 2 or "^" in lines[4]
    assert "\x1b" not in "".join(lines)


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_colours_are_for_terminals_only_and_nobody_who_says_no() -> None:
    for stream, environment, wanted in (
        (Terminal(), {}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ):
        assert (painter(stream, environment) is coloured) == wanted, environment
    text = as_text(problem("title: silo", 8, 4, "here"), coloured)
    assert "\x1b[1;31merror[a-code]\x1b[0m" in text
    assert re.sub(r"\x1b\[[0-9;]*m", "", text) == as_text(problem("title: silo", 8, 4, "here"))


def test_a_command_shows_colours_on_a_terminal(make_kit: MakeKit, typed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    kit = make_kit({"content/kit.yml": KIT + "nam: x\n"})
    assert "\x1b" not in typed("check", cwd=kit).stderr
    monkeypatch.setattr("generator.commands.reporting.painter", lambda _: coloured)
    assert "\x1b[1;31merror[unknown-field]\x1b[0m" in typed("check", cwd=kit).stderr


# For programs.


def test_github_reads_places_and_no_sign_breaks_out_of_a_command() -> None:
    place = Place("content/a,b:%.yml", 3, 5, 4, "x")
    found = as_github([Problem("a-code", "100 % ::error::\r\nx", place, help="do, this: that")])
    assert found == (
        "::error file=content/a%2Cb%3A%25.yml,line=3,col=5,endColumn=8,title=a-code"
        "::100 %25 ::error::%0D%0Ax%0Ahelp: do, this: that\n"
    )
    assert [line.split(" ")[0] for line in as_github(ALL_KINDS).splitlines()] == ["::error", "::warning", "::notice"]


ALL_KINDS = [
    Problem("a-code", "no", Place("a.yml", 1, 1, 1, "é"), "here", "help", also=Place("b.yml")),
    Problem("a-code", "hm", Place("a.yml"), severity="warning"),
    Problem("a-code", "well", Place("a.yml"), severity="advice"),
]


def test_json_is_as_its_schema_says() -> None:
    Draft7Validator.check_schema(SCHEMA)
    for text in (as_json(ALL_KINDS), as_json([]), failed("the disk is full", "json")):
        Draft7Validator(SCHEMA).validate(json.loads(text))
    assert not Draft7Validator(SCHEMA).is_valid(json.loads(as_json(ALL_KINDS)) | {"more": 1})
    assert json.loads(as_json(ALL_KINDS))["counts"] == {"error": 1, "warning": 1, "advice": 1}


def test_one_problem_is_one_short_line() -> None:
    lines = as_short([*ALL_KINDS, Problem("x", "a\nb\x85c", Place("a.yml", 2, 3))]).split("\n")
    assert lines == [
        "a.yml:1:1: error[a-code]: no", "a.yml:1:1: warning[a-code]: hm", "a.yml:1:1: advice[a-code]: well",
        "a.yml:2:3: error[x]: a b c", "",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["check", "build"])
def test_programs_read_problems_from_standard_output(command: str, make_kit: MakeKit, typed: Run) -> None:
    kit = make_kit({"content/kit.yml": KIT + "nam: x\n"})
    done = typed(command, "--format", "json", cwd=kit)
    assert done.returncode == 1
    document = json.loads(done.stdout)
    Draft7Validator(SCHEMA).validate(document)
    assert [found["code"] for found in document["problems"]] == ["unknown-field"]
    done = typed(command, "--format", "short", cwd=kit)
    assert (done.returncode, done.stdout) == (1, "content/kit.yml:4:1: error[unknown-field]: unknown field `nam`\n")
    done = typed(command, "--format", "github", cwd=kit)
    assert done.stdout.startswith("::error file=content/kit.yml,line=4,col=1,endColumn=3,title=unknown-field::")


def test_paths_for_github_begin_at_the_repository(
    make_kit: MakeKit, typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = make_kit({"content/kit.yml": KIT + "nam: x\n"})
    for workspace, path in (
        (kit.parent, "kit/content/kit.yml"),
        (kit, "content/kit.yml"),
        ("/no/where", "content/kit.yml"),
    ):
        monkeypatch.setenv("GITHUB_WORKSPACE", str(workspace))
        assert f"file={path}," in typed("check", "--format", "github", cwd=kit).stdout


def test_a_kit_that_is_well_gives_an_empty_list(make_kit: MakeKit, typed: Run) -> None:
    kit = make_kit({"content/kit.yml": KIT})
    assert typed("check", "--format", "github", cwd=kit).stdout == ""
    assert json.loads(typed("check", "--format", "json", cwd=kit).stdout)["problems"] == []


def test_warnings_end_with_a_fault_only_when_that_is_asked_for(make_kit: MakeKit, typed: Run) -> None:
    idea = "title: A\nideas:\n  - id: less\n    text: Less is more.\n"
    kit = make_kit({"content/kit.yml": KIT, "content/articles/a.yml": idea})
    assert typed("check", cwd=kit).returncode == 0
    assert typed("check", "--strict", cwd=kit).returncode == 1
    (kit / "content" / "articles" / "a.yml").unlink()
    assert typed("check", "--strict", cwd=kit).returncode == 0


def test_a_fault_of_the_set_up_is_a_document_too(make_kit: MakeKit, typed: Run) -> None:
    kit = make_kit({"content/kit.yml": KIT})
    (kit / "mkdocs.yml").unlink()
    done = typed("build", "--format", "json", cwd=kit)
    assert done.returncode == 1
    assert json.loads(done.stdout)["failure"]


# Very many.


def flood() -> list[Problem]:
    """Ten thousand of one kind in one file, and a few others elsewhere."""
    most = [Problem("unknown-id", f"no `{at}`", Place("content/a.yml", at, 1, 1, "x")) for at in range(1, 10_001)]
    more = [Problem("yaml", "no", Place(f"content/z{at}.yml")) for at in range(3)]
    return [*most, *more, Problem("slack", "hm", Place("content/b.yml"), severity="warning")]


def test_a_flood_of_one_kind_hides_no_other() -> None:
    page = first_page(flood())
    assert len(page.shown) == MOST
    assert [found.place.file for found in page.shown if found.code == "yaml"] == [
        f"content/z{at}.yml" for at in range(3)
    ]
    assert list(page.shown) == sorted(page.shown, key=lambda found: found.order)
    assert page.left == (("unknown-id", 10_000 - MOST + 3, 1), ("slack", 1, 1))
    assert "9,953 more of `unknown-id` in 1 file\n" in rest_of(page)


def test_of_one_kind_every_file_has_its_turn() -> None:
    found = [Problem("x", "no", Place(f"{file:03}.yml", line)) for file in range(80) for line in range(1, 200)]
    page = first_page(found)
    assert [problem.place.file for problem in page.shown] == [f"{file:03}.yml" for file in range(MOST)]


def test_fifty_problems_are_all_shown() -> None:
    found = flood()[:MOST]
    assert first_page(found).shown == tuple(found)
    assert rest_of(first_page(found)) == ""


@pytest.mark.slow
def test_ten_thousand_problems_give_a_first_page(make_kit: MakeKit, typed: Run) -> None:
    wrong = {
        f"content/pitfalls/flood-{file}.yml": "title: F\nsign: x\ncounter_move: y\nexercises:\n"
        + "".join(f"  - no-such-thing-{file}-{at}\n" for at in range(200))
        for file in range(50)
    }
    kit = make_kit({"content/kit.yml": KIT, **wrong, "content/pitfalls/zz.yml": "titel: Z\n"})
    done = typed("check", cwd=kit)
    assert done.returncode == 1
    assert len(done.stderr) < 20_000
    assert done.stderr.count("error[") == MOST
    assert "content/pitfalls/zz.yml:1:1" in done.stderr
    assert re.search(r"9,95\d more of `unknown-id` in 50 files", done.stderr)
    assert done.stderr.count("workshop-kit explain CODE") == 1
    assert re.search(r"10,?00\d errors", done.stderr)
    assert typed("check", "--all", cwd=kit).stderr.count("error[unknown-id]") == 10_000
    assert len(typed("check", "--format", "short", cwd=kit).stdout.splitlines()) >= 10_001
    assert len(json.loads(typed("check", "--format", "json", cwd=kit).stdout)["problems"]) >= 10_001


# Did you mean.


def test_the_word_that_was_meant_is_found_among_few_and_among_thousands() -> None:
    many = [f"exercise-about-{at}" for at in range(5000)]
    assert did_you_mean("titel", ["title", "sign"]) == "did you mean `title`?"
    assert did_you_mean("silo-wlak", [*many, "silo-walk"]) == "did you mean `silo-walk`?"
    assert did_you_mean("zzzz", many) == ""
    alike = [f"meeting-trap-{number}" for number in range(10_000)]
    assert did_you_mean("meeting-trp-4711", alike) == "did you mean `meeting-trap-4711`?"
    assert did_you_mean("walx", ["walk", "wall"]) == "did you mean `walk` or `wall`?"
    assert did_you_mean("x" * 100_000, ["walk"]) == ""
