"""The printed booklets, read back: what stands in them, and that a screen reader and a printer can use them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from tests.conftest import ROOT, CopyKit, MakeKit, copy_kit, run_generator
from tests.pdf import read, run_of_words

pytestmark = [pytest.mark.pdf, pytest.mark.slow]


def _text(pdf: Path) -> str:
    return read(pdf).words


def _manifest(site: Path) -> list[dict[str, Any]]:
    """The guides and workbooks; `test_pdfs.py` looks at all documents."""
    entries: list[dict[str, Any]] = json.loads((site / "print" / "manifest.json").read_text(encoding="utf-8"))
    booklets = {"facilitator-guide", "participant-workbook"}
    found = [one for one in entries if one["document"] in booklets and one["edition"] == "standard"]
    assert found, "nothing was printed"
    return found


def _kit(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "kit.json").read_text(encoding="utf-8"))
    return found


def _exercises(site: Path, workshop: str) -> list[dict[str, Any]]:
    kit = _kit(site)
    agenda = [
        block
        for each in kit["workshops"]
        if each["id"] == workshop
        for session in each["sessions"]
        for block in session["agenda"]
    ]
    ids = {block["exercise"] for block in agenda if block["type"] == "exercise"}
    return [exercise for exercise in kit["exercises"] if exercise["id"] in ids]


def test_a_guide_holds_each_exercise_each_step_and_the_clock(shipped_site: Path) -> None:
    for entry in _manifest(shipped_site):
        text = _text(shipped_site / entry["path"])
        workshop = next(each for each in _kit(shipped_site)["workshops"] if each["id"] == entry["workshop"])
        exercises = _exercises(shipped_site, entry["workshop"])
        assert exercises
        for exercise in exercises:
            assert run_of_words(exercise["title"]) in text, f"{entry['path']}: {exercise['title']}"
            if entry["document"] == "facilitator-guide":
                for step in exercise["steps"]:
                    assert run_of_words(step["title"]) in text, f"{entry['path']}: {step['title']}"
                for material in [] if workshop["remote"] else exercise["materials"]:
                    assert run_of_words(material["item"]) in text, f"{entry['path']}: {material['item']}"
        for block in [block for session in workshop["sessions"] for block in session["agenda"]]:
            assert run_of_words(block["start"]) in text, f"{entry['path']}: {block['start']}"


def test_a_guide_has_what_its_setting_needs_a_call_or_a_room(full_site: Path) -> None:
    looked = set()
    for entry in _manifest(full_site):
        if entry["document"] == "facilitator-guide":
            text = _text(full_site / entry["path"])
            call = entry["workshop"].startswith("one-call")
            told = [one for one in _exercises(full_site, entry["workshop"]) if "remote" in one]
            assert told
            assert ("stickynotes" in text) != call, "things to carry into a room belong to a room"
            for exercise in told:
                assert text.count(run_of_words(exercise["remote"])) == call
                if call:
                    assert text.index(run_of_words(exercise["remote"])) < text.index(
                        run_of_words(exercise["steps"][0]["do"])[:20]
                    )
            looked.add(call)
    assert looked == {True, False}


def test_a_self_assessment_can_be_scored_on_paper(full_site: Path) -> None:
    looked = 0
    for entry in _manifest(full_site):
        if (entry["workshop"], entry["document"]) == ("two-days", "participant-workbook"):
            text = _text(full_site / entry["path"])
            dimension = _kit(full_site)["assessments"][0]["dimensions"][0]
            plain, reversed = (run_of_words(statement["text"]) for statement in dimension["statements"])
            assert f"{plain}0123" in text, "the circles of a statement carry no points"
            assert f"{reversed}3210" in text, "a reversed statement must score the other way round"
            assert all(run_of_words(result["text"]) in text for result in dimension["results"].values())
            assert "mypointsof6" in text
            assert re.findall(r"\d+to\d+points", text) == ["0to2points", "3to4points", "5to6points"]
            looked += 1
    assert looked


def test_a_workbook_holds_every_field_and_none_of_the_facilitators_words(shipped_site: Path) -> None:
    looked = 0
    for entry in _manifest(shipped_site):
        if entry["document"] != "participant-workbook":
            continue
        text = _text(shipped_site / entry["path"])
        for exercise in _exercises(shipped_site, entry["workshop"]):
            for field in exercise.get("handout", {}).get("fields", []):
                assert run_of_words(field["label"]) in text, f"{entry['path']}: {field['label']}"
            secrets = [step["say"] for step in exercise["steps"] if "say" in step] + exercise["debrief"]["what"]
            for secret in secrets:
                assert run_of_words(secret)[:60] not in text, f"{entry['path']} tells: {secret}"
                looked += 1
    assert looked > 10


def test_bookmarks_lead_to_each_exercise(shipped_site: Path) -> None:
    path = next(entry["path"] for entry in _manifest(shipped_site) if entry["document"] == "facilitator-guide")

    def titles(outline: list[Any]) -> list[str]:
        return [title for part in outline for title in (titles(part) if isinstance(part, list) else [part.title])]

    marks = {run_of_words(title) for title in titles(PdfReader(shipped_site / path).outline)}
    exercises = _exercises(shipped_site, path.split("/")[1])
    assert exercises
    for exercise in exercises:
        assert any(run_of_words(exercise["title"]) in mark for mark in marks), exercise["title"]


def test_every_item_is_traced_to_article_and_paragraph(shipped_site: Path) -> None:
    articles = _kit(shipped_site)["articles"]
    cites = {
        idea["id"]: run_of_words(f"{article['id']} {' '.join(map(str, idea['paragraphs']))}")
        for article in articles
        for idea in article["ideas"]
    }
    for entry in _manifest(shipped_site):
        text = _text(shipped_site / entry["path"])
        exercises = _exercises(shipped_site, entry["workshop"])
        assert exercises
        for id in {id for exercise in exercises for id in exercise["ideas"]}:
            assert cites[id] in text, f"{entry['path']}: {cites[id]}"


def test_the_same_kit_prints_the_same_bytes(tmp_path: Path) -> None:
    sites = []
    for name in ("one", "two"):
        folder = copy_kit(ROOT / "tests" / "kits" / "full", tmp_path / name)
        done = run_generator("build", cwd=folder)
        assert done.returncode == 0, done.stderr
        sites.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.pdf")})
    assert sites[0]
    assert sites[0] == sites[1]


def test_what_an_author_types_is_printed_as_typed(tmp_path: Path) -> None:
    folder = copy_kit(ROOT / "tests" / "kits" / "unicode", tmp_path / "unicode")
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    titles = [exercise["title"] for exercise in _kit(site)["exercises"]]
    guide = next(entry["path"] for entry in _manifest(site) if entry["document"] == "facilitator-guide")
    raw = "".join(page.extract_text() for page in PdfReader(site / guide).pages)
    assert titles
    for title in titles:
        assert run_of_words(title) in run_of_words(raw), title
    for sign in "#$*@<":
        if any(sign in title for title in titles):
            assert sign in raw, f"the sign {sign} was not printed"


def test_a_plain_recipe_gives_booklets_with_nothing_empty(copied: CopyKit) -> None:
    folder = copied(ROOT / "tests" / "kits" / "minimal")
    done = run_generator("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    words = yaml.safe_load((ROOT / "templates" / "words" / "en.yml").read_text(encoding="utf-8"))
    empty = [words["kinds"]["pitfalls"]["many"], words["kinds"]["tensions"]["many"], words["source"]["heading"]]
    for entry in _manifest(folder / "site"):
        text = "".join(page.extract_text() for page in PdfReader(folder / "site" / entry["path"]).pages)
        lines = {line.strip().lower() for line in text.splitlines()}
        for heading in empty:
            assert heading.lower() not in lines, f"{entry['path']} has an empty part `{heading}`"
        assert "none" not in lines


def test_a_sign_that_no_font_has_is_a_clear_error(make_kit: MakeKit) -> None:
    recipe = "title: Look\npurpose: See \U0001f9ff here.\nsteps:\n  - {title: Look, minutes: 5, do: Look.}\n"
    agenda = "title: Hour\npromise: An hour.\nsessions:\n  - agenda:\n      - exercise: look\n"
    folder = make_kit(
        {
            "content/kit.yml": "format: 1\nid: k\nname: K\n",
            "content/exercises/look.yml": recipe,
            "content/workshops/hour.yml": agenda,
        }
    )
    done = run_generator("build", cwd=folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "error[no-glyph]" in done.stderr
    assert "content/exercises/look.yml:2:10" in done.stderr, "the item is named, and the line"
    assert "U+1F9FF" in done.stderr
    assert not (folder / "site").exists()
