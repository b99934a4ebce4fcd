"""The bench's door: `python -m bench.run`, which `make bench` calls.

In: which kits and cases, and how often. Out: a line of JSON for each run as soon as it was measured, and at the end the tables and goals
as Markdown. A bench that was stopped goes on with `--resume`.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from bench.cases import CASES, KITS, Case, Made
from bench.facts import facts
from bench.folders import At
from bench.make_kit import SHIPPED
from bench.report import report
from bench.rows import Row, load, medians, save

RESULTS = SHIPPED / "bench" / "results.md"
LONGEST = 160  # signs of a reason


def main() -> int:
    """Measure, and print what came of it."""
    options = _parser().parse_args()
    work: Path = options.work.resolve()
    rows, of_machine = work / "rows.jsonl", work / "facts.json"
    if not options.report:
        if not options.resume:
            _forget(work, rows)
        work.mkdir(parents=True, exist_ok=True)
        of_machine.write_text(json.dumps(facts(), ensure_ascii=False, indent=1), encoding="utf-8")
        for kit in options.kits:
            _measure(At(kit, work), options, rows)
    names = {case.name: case.what for case in CASES}
    found = report(medians(load(rows)), json.loads(of_machine.read_text(encoding="utf-8")), names)
    print(found)
    if options.save:
        RESULTS.write_text(found, encoding="utf-8")
    return 0


def _forget(work: Path, rows: Path) -> None:
    """Remove what was measured and made before, and nothing else that may lie in that folder."""
    rows.unlink(missing_ok=True)
    for kit in KITS:
        shutil.rmtree(work / kit, ignore_errors=True)


def _parser() -> argparse.ArgumentParser:
    names = tuple(case.name for case in CASES)
    parser = argparse.ArgumentParser(
        prog="make bench", description="Measure the program beside others that do a part of the same."
    )
    add = parser.add_argument
    add("--kits", type=_some(KITS), default=KITS, metavar="LIST", help=f"of {','.join(KITS)} (default: all)")
    add("--cases", type=_some(names), default=names, metavar="LIST", help=f"of {','.join(names)} (default: all)")
    add("--runs", type=int, default=5, metavar="NUMBER", help="how often each case is measured (default: 5)")
    patience = "a case that took so long with one kit is not measured again there (default: 1200)"
    add("--patience", type=float, default=1200, metavar="SECONDS", help=patience)
    again = parser.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="keep what was measured, and measure what is missing")
    again.add_argument("--report", action="store_true", help="measure nothing, and print what was measured")
    add("--save", action="store_true", help="write what is printed to bench/results.md too")
    folder = "folder to work in (default: build/bench)"
    add("--work", type=Path, default=SHIPPED / "build" / "bench", metavar="DIR", help=folder)
    return parser


def _some(known: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """The type of an argument that names some of what is known, with commas between."""

    def some(text: str) -> tuple[str, ...]:
        found = tuple(text.split(","))
        if unknown := set(found) - set(known):
            raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}")
        return found

    return some


def _measure(at: At, options: argparse.Namespace, file: Path) -> None:
    """Measure all cases once, then all a second time, and so on: what slows a machine down for a while then slows down all."""
    cases = [case for case in CASES if case.name in options.cases and at.kit in case.kits]
    for nth in range(options.runs):
        for case in cases:
            before = [row for row in load(file) if (row.kit, row.case) == (at.kit, case.name)]
            slow = sum(row.wall for row in before) >= options.patience
            if len(before) > nth or slow or any(row.failed for row in before):
                continue
            row = _row(at, case)
            save(row, file)
            told = row.failed or f"{row.cpu:.2f} s of the processors, {row.wall:.2f} s, {row.peak / 1e6:.0f} MB"
            print(f"{at.kit} {case.name} {nth + 1}/{options.runs}: {told}", file=sys.stderr, flush=True)


def _row(at: At, case: Case) -> Row:
    """One run; of one that failed, the last line that it said."""
    try:
        made = case.measure(at)
    except RuntimeError as error:
        return Row(at.kit, case.name, failed=_last(str(error)))
    ran = made.ran
    if ran.status:
        print(ran.said, file=sys.stderr)
        return Row(at.kit, case.name, failed=f"ended with {ran.status}: {_last(ran.said)}")
    return Row(at.kit, case.name, ran.cpu, ran.wall, ran.peak, _size(made.output), _numbers(made))


def _last(said: str) -> str:
    return (said.strip().splitlines() or ["it said nothing"])[-1].strip()[:LONGEST]


def _size(folder: Path | None) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder else 0


def _numbers(made: Made) -> dict[str, float]:
    """What only some cases have: how many PDFs, with how many pages, and how many words can be read on them."""
    found = dict(made.numbers)
    for path in made.pdfs:
        with pypdfium2.PdfDocument(path) as pdf:
            read = (page.get_textpage().get_text_bounded() for page in pdf)
            new = {"documents": 1, "pages": len(pdf), "words": sum(len(text.split()) for text in read)}
        found |= {name: found.get(name, 0) + number for name, number in new.items()}
    return found


if __name__ == "__main__":
    sys.exit(main())
