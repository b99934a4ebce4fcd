"""The bench: kits of any size, and what is made of the figures. That figures are right shows in a run of it alone."""

from pathlib import Path

import pytest
import yaml

from bench import report as tables
from bench.goals import GOALS
from bench.make_kit import make_kit
from bench.report import report
from bench.rows import Row, load, medians, save
from generator.reading import read

NAMES = {"site": "site part", "mkdocs": "plain MkDocs", "to-pdf": "a PDF plugin", "check": "check"}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_kit_has_as_many_items_as_were_asked_for_and_no_errors(tmp_path: Path) -> None:
    counts = make_kit(100, tmp_path / "kit")
    assert sum(counts.values()) == 100
    kit = read(tmp_path / "kit" / "content")[0].kit
    found = {
        "articles": len(kit.articles),
        "ideas": sum(len(article.ideas) for article in kit.articles.values()),
        "tensions": len(kit.tensions),
        "pitfalls": len(kit.pitfalls),
        "exercises": len(kit.exercises),
        "prompts": sum(len(deck.prompts) for deck in kit.prompts.values()),
        "workshops": len(kit.workshops),
        "assessments": len(kit.assessments),
    }
    assert found == counts


def test_a_kit_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_kit(100, tmp_path / name)
    assert len(bytes_of(tmp_path / "one")) > 20
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_rows_are_kept_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [Row("100", "site", 1.5, 2.0, 3e6, 4e6, {"pages": 5}), Row("100", "zensical", failed="it is not there")]
    assert load(file) == []
    for row in rows:
        save(row, file)
    assert load(file) == rows


def test_the_median_is_that_of_the_runs_that_went_well() -> None:
    rows = [Row("100", "site", cpu, wall) for cpu, wall in ((3.0, 1.0), (1.0, 9.0), (2.0, 5.0))]
    found = medians([*rows, Row("100", "site", failed="stopped"), Row("100", "mkdocs", failed="it is not there")])
    assert found["100", "site"] == Row("100", "site", 2.0, 5.0, runs=3)
    assert found["100", "mkdocs"].failed == "it is not there"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A report of figures that were never measured."""
    (tmp_path / "reasons.yml").write_text("site-10000: the search index is large\n", encoding="utf-8")
    monkeypatch.setattr(tables, "REASONS", tmp_path / "reasons.yml")
    rows = [
        Row("1000", "site", 11.0, 12.0, 100e6, 5e6),
        Row("1000", "mkdocs", 10.0, 10.0, 90e6, 5e6),
        Row("10000", "site", 220.0, 230.0, 1000e6, 50e6),
        Row("10000", "mkdocs", 100.0, 100.0, 900e6, 50e6),
        Row("1000", "to-pdf", failed="ended with 1: no | Pango"),
    ]
    return report(medians(rows), {"Python": "3.11"}, NAMES)


@pytest.mark.parametrize(
    "line",
    [
        "- Python: 3.11",
        "| Site part, times plain MkDocs; 1,000 items | ≤ 1.15 | 1.10 | met |",
        "| The same; 10,000 items | ≤ 1.15 | 2.20 | **not met**: the search index is large |",
        "| Growth of time, site part: exponent | ≤ 1.1 | 1.30 | **not met** |",
        "| Growth of memory, site part: exponent | ≤ 1 | 1.00 | met |",
        "| `check`, part of plain MkDocs; 10,000 items | ≤ 0.2 | — | not measured |",
        "| site part | 1 | 220.00 | 230.00 | 1000 | 50.0 |  |",
        "| a PDF plugin | — | — | — | — | — | ended with 1: no \\| Pango |",
        "| plain MkDocs | 1.00 | 1.00 |",
    ],
)
def test_the_tables_say_what_was_measured_and_what_it_means(written: str, line: str) -> None:
    assert line in written.splitlines()


def test_a_page_of_a_peer_is_compared_without_what_both_do_besides() -> None:
    rows = [
        Row("shipped", "site", cpu=10.0), Row("shipped", "build", cpu=30.0, numbers={"pages": 200.0}),
        Row("shipped", "to-pdf-off", cpu=5.0), Row("shipped", "to-pdf", cpu=65.0, numbers={"pages": 60.0}),
    ]  # fmt: skip
    goal = next(goal for goal in GOALS if goal.name == "weasyprint")
    assert goal.figure(medians(rows)) == pytest.approx(1.0 / 0.1)


def test_a_reason_belongs_to_a_goal() -> None:
    reasons = yaml.safe_load(tables.REASONS.read_text(encoding="utf-8"))
    assert set(reasons) <= {goal.name for goal in GOALS}
    assert len({goal.name for goal in GOALS}) == len(GOALS)
