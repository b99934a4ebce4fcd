"""`check --fix`: what is safe is mended, all else of a file stays as it is, and nothing comes to mean another thing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.commands.check import problems_of
from generator.errors import KitError, Problem
from generator.errors.near import slip
from generator.mend.edits import Edit, Text
from generator.mend.kit import mend
from generator.reading import read
from tests.conftest import KITS, MakeKit, Run

KIT = "format: 1\nid: a\nname: A\n"
PITFALL = "title: No end\nsign: People leave.\ncounter_move: Say it.\n"
EXERCISE = "title: Walk\npurpose: See.\nsteps:\n  - title: Walk\n    minutes: 20\n    do: Walk.\n"
WORKSHOP = (
    "title: W\npromise: Less.\nsessions:\n  - start: 9:00\n    agenda:\n      - activity: Hello\n        minutes: 5\n"
)
X, P, W, K = (
    "content/exercises/silo-walk.yml",
    "content/pitfalls/no-end.yml",
    "content/workshops/w.yml",
    "content/kit.yml",
)


def fixed(make_kit: MakeKit, files: dict[str, str | bytes]) -> tuple[Path, list[str]]:
    """The folder of a kit with these files after it was mended, and what was said."""
    folder = make_kit({K: KIT, **files})
    return folder, list(mend(folder, lambda: problems_of(folder / "content")))


MENDED = [
    (X, EXERCISE, "minutes: 20", "minutes: 20 minutes"),
    (X, EXERCISE, "minutes: 20", 'minutes: "20" # a remark'),
    (X, EXERCISE, "minutes: 20", "minutes:   20min"),
    (X, EXERCISE, "minutes: 20", "minutes: 20 Minuten  # so lange"),
    (W, WORKSHOP, "start: 9:00", "start: 9.00"),
    (W, WORKSHOP, "start: 9:00", "start: '9h00'   # früh"),
    (W, WORKSHOP, "start: 9:00", "start: 9.00 Uhr"),
    (W, WORKSHOP.replace("9:00", "13:30"), "start: 13:30", "start: 1:30 pm"),
    (W, WORKSHOP.replace("9:00", "0:30"), "start: 0:30", "start: 12:30 am"),
    (K, KIT + "booklets: false\n", "booklets: false", "booklets: no"),
    (K, KIT + "booklets: true\n", "booklets: true", 'booklets: "Yes"'),
    (K, KIT + 'colours:\n  accent: "#0b5d66"\n', '"#0b5d66"', "#0b5d66"),
    (K, KIT + 'colours:\n  accent: "#0b5d66"\n', '"#0b5d66"', "0b5d66"),
    (P, PITFALL, "title", "titel"),
    (P, PITFALL, "counter_move", "counter-move"),
    (P, PITFALL, "counter_move", "Counter_Move"),
    (K, KIT + "papers: [us-letter]\n", "us-letter", "us-leter"),
    (P, PITFALL + "exercises: [silo-walk]\n", "silo-walk", "silo-wlak"),
    (P, PITFALL + "exercises:\n  - silo-walk # here\n", "- silo-walk", "- 'silo-walks'"),
    (P, PITFALL.replace("Say it.", "Do [it](exercises/silo-walk)."), "silo-walk", "silo-wlk"),
    (P, PITFALL, "People leave", "People\u2028leave"),
    (P, PITFALL, "People leave", "Peo\ufeffple leave"),
    (P, PITFALL + "exercises:\n  - silo-walk\n", "  - silo", "\t- silo"),
    (P, PITFALL.replace("No end", '"Mirror: a trio"'), '"Mirror: a trio"', "Mirror: a trio"),
    (
        X,
        EXERCISE.replace("do: Walk.", 'do: "say \\"yes\\": then go"'),
        'do: "say \\"yes\\": then go"',
        'do: say "yes": then go',
    ),
]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("file", "right", "was", "wrong"), MENDED, ids=lambda value: str(value)[:30])
def test_a_slip_is_mended_and_all_other_lines_stay(
    file: str, right: str, was: str, wrong: str, ends: str, make_kit: MakeKit
) -> None:
    right = "\ufeff# Über alles: ein Wort 🎉\n" + right + "# the end   \n\n"
    assert right.count(was) == 1
    broken = right.replace(was, wrong).replace("\n", ends)
    folder, said = fixed(make_kit, {X: EXERCISE, file: broken.encode()})
    found = (folder / file).read_bytes().decode()
    assert not problems_with_errors(folder), said
    before, after = broken.split(ends), found.split(ends)
    changed = [number for number, pair in enumerate(zip(before, after, strict=True), 1) if pair[0] != pair[1]]
    assert len(changed) == 1
    assert len(said) == 1
    assert said[0].startswith(f"{file}:{changed[0]}: ")
    remark = broken.split(ends)[changed[0] - 1].partition(" #")[2]
    assert remark == "0b5d66" or after[changed[0] - 1].endswith(remark)


def problems_with_errors(folder: Path) -> list[Problem]:
    return [problem for problem in problems_of(folder / "content") if problem.severity == "error"]


LEFT = [
    ("an hour in words", X, EXERCISE.replace("20", "an hour")),
    ("hours and minutes", X, EXERCISE.replace("20", "1:30")),
    ("a span", X, EXERCISE.replace("20", "15-20")),
    ("a half", X, EXERCISE.replace("20", "45.5")),
    ("octal or not", X, EXERCISE.replace("20", "010")),
    ("too many minutes in words", X, EXERCISE.replace("20", "9999 minutes")),
    ("no time of day", W, WORKSHOP.replace("9:00", "25.30")),
    ("a time with one digit", W, WORKSHOP.replace("9:00", "9.3")),
    ("thirteen in the morning", W, WORKSHOP.replace("9:00", "13:30 am")),
    ("a number for a word", P, PITFALL + "exercises: [walk-2]\n"),
    ("another word", P, PITFALL + "exercises: [silo-talk]\n"),
    ("another group", P, PITFALL + "exercises: [group-b]\n"),
    ("two words as near", P, PITFALL + "exercises: [silo-wxlk]\n"),
    ("a field that stands there rightly, too", P, PITFALL + "titel: Another\n"),
    ("a colour in words", K, KIT + "colours:\n  accent: teal\n"),
    ("fields on the line of their owner", X, EXERCISE + "people: min: 4\n"),
    ("a text with a remark behind it", P, PITFALL.replace("No end", "Mirror: a trio # new")),
    ("neither yes nor no", K, KIT + "booklets: maybe\n"),
    (
        "tabs of which nobody knows how wide they are",
        P,
        "title: A\nsign: x\ncounter_move: |\n  code:\n\tfour\n    blanks\n",
    ),
]


@pytest.mark.parametrize(("file", "text"), [case[1:] for case in LEFT], ids=[case[0] for case in LEFT])
def test_what_is_not_plain_is_left(file: str, text: str, make_kit: MakeKit) -> None:
    more = {f"content/exercises/{id}.yml": EXERCISE for id in ("silo-walk", "silo-welk", "walk-1", "group-a")}
    folder, said = fixed(make_kit, {**more, file: text})
    assert problems_with_errors(folder)
    assert (folder / file).read_text(encoding="utf-8") == text
    assert said == []


def test_several_faults_of_a_file_are_mended_one_after_the_other(make_kit: MakeKit) -> None:
    text = "# A\ntitle: A\npurpose: B\nsteps:\n\t- title: C # one\n\t  minuts: 5 minutes\n\t  do: |\n\t\tD\u2028E\n"
    folder, said = fixed(make_kit, {X: text})
    assert not problems_with_errors(folder)
    assert (folder / X).read_text(encoding="utf-8").split("\n")[3:6] == [
        "steps:",
        "    - title: C # one",
        "      minutes: 5",
    ]
    assert len(said) >= 4


def test_what_can_be_mended_is_mended_beside_what_cannot(make_kit: MakeKit) -> None:
    text = (
        EXERCISE.replace("20", "20 minutes")
        + "  - {title: B, minutes: an hour, do: b}\n  - {title: C, minutes: 5 min, do: c}\n"
    )
    folder, said = fixed(make_kit, {X: text})
    assert (folder / X).read_text(encoding="utf-8") == text.replace("20 minutes", "20").replace("5 min", "5")
    assert len(said) == 2


def test_files_are_renamed_when_nothing_speaks_of_the_old_name(make_kit: MakeKit) -> None:
    folder, said = fixed(
        make_kit,
        {
            "content/pitfalls/No End_now.yml": PITFALL,
            "content/pitfalls/late.yaml": PITFALL,
            "content/pitfalls/Named.yml": PITFALL,
            "content/pitfalls/other.yml": PITFALL.replace("Say it", "Say Named"),
            "content/pitfalls/other.yaml": PITFALL,
            "content/pitfalls/Größe.yml": PITFALL,
            "content/pages/Data.YML": "a: 1\n",
        },
    )
    assert (folder / "content" / "pages" / "Data.YML").exists(), "pages would pass over data.yml"
    names = sorted(path.name for path in (folder / "content" / "pitfalls").iterdir())
    assert names == sorted(["no-end-now.yml", "late.yml", "Named.yml", "other.yml", "other.yaml", "Größe.yml"])
    assert "content/pitfalls/late.yaml: renamed to late.yml" in said


def test_a_file_that_somebody_changes_meanwhile_is_left(make_kit: MakeKit) -> None:
    folder = make_kit({K: KIT, X: EXERCISE.replace("20", "20 minutes")})
    stale = problems_of(folder / "content")
    (folder / X).write_text("# mine\n" + EXERCISE.replace("20", "30 minutes"), encoding="utf-8")
    assert list(mend(folder, lambda: stale)) == []
    assert (folder / X).read_text(encoding="utf-8").startswith("# mine\n")
    assert "30 minutes" in (folder / X).read_text(encoding="utf-8")


def test_when_reading_is_broken_off_the_file_is_put_back(make_kit: MakeKit) -> None:
    text = EXERCISE.replace("20", "20 minutes")
    folder = make_kit({K: KIT, X: text})
    answers = iter([problems_of(folder / "content")])

    def reads() -> list[Problem]:
        found = next(answers, None)
        if found is None:
            assert (folder / X).read_text(encoding="utf-8") == EXERCISE
            raise KeyboardInterrupt
        return list(found)

    with pytest.raises(KeyboardInterrupt):
        list(mend(folder, reads))
    assert (folder / X).read_text(encoding="utf-8") == text
    assert [path.name for path in (folder / X).parent.iterdir()] == ["silo-walk.yml"]


def test_nothing_outside_the_kit_is_touched(make_kit: MakeKit, tmp_path: Path) -> None:
    outside = tmp_path / "mine.yml"
    outside.write_text(EXERCISE.replace("20", "20 minutes"), encoding="utf-8")
    folder = make_kit({K: KIT, P: PITFALL})
    (folder / "content" / "exercises").mkdir()
    (folder / X).symlink_to(outside)
    assert list(mend(folder, lambda: problems_of(folder / "content"))) == []
    assert "20 minutes" in outside.read_text(encoding="utf-8")


def test_the_command_says_what_it_changed_and_what_is_left(make_kit: MakeKit, typed: Run) -> None:
    kit = make_kit({K: KIT, X: EXERCISE.replace("20", "20 minutes"), P: PITFALL.replace("sign", "signal")})
    done = typed("check", "--fix", cwd=kit)
    assert done.returncode == 1
    assert f"{X}:5: minutes: 20 minutes -> minutes: 20\nMended 1 place.\n" in done.stdout
    assert "error[unknown-field]: unknown field `signal`" in done.stderr
    assert "wrong-minutes" not in done.stderr
    (kit / P).unlink()
    done = typed("check", "--fix", cwd=kit)
    assert (done.returncode, done.stdout.split("\n")[0]) == (0, "There is nothing that can be mended safely.")
    assert typed("check", cwd=kit).returncode == 0


def test_a_kit_that_is_well_stays_byte_for_byte(make_kit: MakeKit) -> None:
    files = {path.relative_to(KITS / "full").as_posix(): path.read_bytes() for path in (KITS / "full").rglob("*.*")}
    folder, said = fixed(make_kit, {name: data for name, data in files.items() if name.startswith("content/")})
    assert said == []
    assert all((folder / name).read_bytes() == data for name, data in files.items() if name.startswith("content/"))


LINES = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20), min_size=1)


@settings(max_examples=200, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_edits_change_their_own_characters_alone(lines: list[str], end: str, data: st.DataObject) -> None:
    text = Text(end.join(lines))
    at = data.draw(st.integers(0, len(lines) - 1))
    line = text.line(at + 1)
    start = data.draw(st.integers(0, len(line)))
    stop = data.draw(st.integers(start, len(line)))
    found = text.changed([text.edit(at + 1, start + 1, stop - start, "NEW")])
    wanted = [*lines]
    mark = "\ufeff" if at == 0 and lines[0].startswith("\ufeff") else ""
    wanted[at] = mark + line[:start] + "NEW" + line[stop:]
    assert found == end.join(wanted)


def test_of_two_edits_of_the_same_characters_one_is_made() -> None:
    assert Text("abcdef").changed([Edit(1, 4, "X"), Edit(2, 3, "Y"), Edit(4, 5, "Z")]) == "aXZf"


@pytest.mark.parametrize(
    ("wrong", "right"), [("titel", "title"), ("stepps", "steps"), ("Silo_Walk", "silo-walk"), ("walks", "walk")]
)
def test_a_slip_of_one_letter_is_known(wrong: str, right: str) -> None:
    assert slip(wrong, right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("talk", "walk"),
        ("idea-1", "idea-2"),
        ("group-a", "group-b"),
        ("do", "so"),
        ("walker", "walk"),
        ("silo-wander", "silo-under"),
    ],
)
def test_another_word_is_no_slip(wrong: str, right: str) -> None:
    assert not slip(wrong, right)
    assert not slip(right, wrong)


def test_the_broken_kit_has_fewer_errors_afterwards(make_kit: MakeKit) -> None:
    broken = KITS / "broken"
    folder = make_kit({path.relative_to(broken).as_posix(): path.read_bytes() for path in broken.rglob("*.y*ml")})
    with pytest.raises(KitError) as before:
        read(folder / "content")
    said = list(mend(folder, lambda: problems_of(folder / "content")))
    assert len(said) >= 5
    assert {problem.code for problem in problems_of(folder / "content")} <= {p.code for p in before.value.problems} | {
        "missing-field", "minutes", "people",
    }  # fmt: skip
