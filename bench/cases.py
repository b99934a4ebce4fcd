"""What is measured: for each case its commands, and what has to be there before.

In: the folders of a kit. Out: what a case cost, what it wrote, and numbers of its own. What is not to be measured (to write the pages
that another program builds, to remove what the last run left) is done while no clock runs.
"""

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

import yaml

from bench.folders import OURS, TO_PDF, At, well
from bench.make_kit import SHIPPED, Writer, words_of_shipped
from bench.measure import Ran, run, serving, wait_for

MKDOCS = (sys.executable, "-m", "mkdocs")
CACHES = (".cache",)  # what a build keeps for the next one, in the folder of a kit or of plain pages
ANEW = re.compile(r"(\d+) of them anew")  # how a build says how many documents it compiled
CHANGE = "Changed by the bench."
PEOPLE = ("--people", "23")

KITS = ("shipped", "100", "1000", "10000")
MADE = KITS[1:]
SHORT = KITS[:2]  # for peers that would need days for more
FIRST = KITS[:1]


@dataclass(frozen=True)
class Made:
    """What came of a case: what it cost, the folder that it wrote, its PDFs, and numbers that only this case has."""

    ran: Ran
    output: Path | None = None
    pdfs: tuple[Path, ...] = ()
    numbers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One thing that is measured: its name, in words what it is, how, and of which kits."""

    name: str
    what: str
    measure: Callable[[At], Made]
    kits: tuple[str, ...] = KITS


def _remove(*paths: Path) -> None:
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)


def _clean(folder: Path, name: str) -> Path:
    """Remove the output of that name and all caches; gives where the output will be."""
    _remove(folder / name, *(folder / cache for cache in CACHES))
    return folder / name


def _pdfs(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.rglob("*.pdf")))


def _says(*command: str) -> Callable[[At], Made]:
    """A command that writes nothing."""
    return lambda at: Made(run(command, at.full))


def _of_workshop(verb: str, *more: str) -> Callable[[At], Made]:
    """A command of ours about the workshop that writes nothing."""
    return lambda at: Made(run([*OURS, verb, at.workshop, *more], at.full))


def _pages(at: At) -> Made:
    out = _clean(at.site, "bench-pages")
    return Made(run([*OURS, "build", "--pages-only", str(out)], at.site), out)


def _site(at: At) -> Made:
    out = _clean(at.site, "site")
    return Made(run([*OURS, "build"], at.site), out)


def _mkdocs(at: At) -> Made:
    out = _clean(at.pages, "site-mkdocs")
    return Made(run([*MKDOCS, "build", "-q", "-d", out.name], at.pages), out)


def _zensical(at: At) -> Made:
    out = _clean(at.pages, "site")
    return Made(run([sys.executable, "-m", "zensical", "build"], at.pages), out)


def _build(at: At) -> Made:
    out = _clean(at.full, "site")
    ran = run([*OURS, "build"], at.full)
    return Made(ran, out, _pdfs(out / "print"))


def _again(at: At) -> Made:
    _built(at)
    return Made(run([*OURS, "build"], at.full), at.full / "site")


def _edit(at: At) -> Made:
    """How many documents were compiled, and how many had to be: those whose PDF is another one now."""
    _built(at)
    out = at.full / "site"
    before = _hashes(out)
    undo = _change(at.full, at.exercises[0])
    try:
        ran = run([*OURS, "build"], at.full)
    finally:
        undo()
    after = _hashes(out)
    changed = sum(before.get(name) != found for name, found in after.items())
    # What is there now is not what the kit says any more.
    _remove(out)
    return Made(ran, None, (), {"compiled": _compiled(ran.said, len(after)), "changed": changed})


def _compiled(said: str, documents: int) -> int:
    """How many documents a build compiled; all, where it does not say."""
    found = ANEW.search(said)
    return int(found[1]) if found else documents


def _built(at: At) -> None:
    if not (at.full / "site" / "index.html").exists():
        well(run([*OURS, "build"], at.full))


def _hashes(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest() for path in _pdfs(site / "print")}


def _change(folder: Path, exercise: str) -> Callable[[], object]:
    """Put a sentence before the first step of an exercise as an editor does, by a new file in the old one's place. Gives what undoes it."""
    file = folder / "content" / "exercises" / f"{exercise}.yml"
    before = file.read_bytes()
    if CHANGE.encode() in before:
        raise RuntimeError(f"{file.name} was left changed by a bench that was stopped; begin without --resume")
    value = yaml.safe_load(before)
    step = value["steps"][0]
    step["do"] = f"{CHANGE}\n\n{step['do']}"
    other = file.with_suffix(".tmp")
    other.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    other.replace(file)
    return partial(file.write_bytes, before)


def _serve(at: At) -> Made:
    """From the moment that a file is saved until its page has the change."""
    with serving([*OURS, "serve", "--port", "0"], at.full) as (address, meter):
        page = f"{address}exercises/{at.exercises[0]}/facilitator/"
        wait_for(page, "</html>")
        meter.look()
        before = meter.cpu
        undo = _change(at.full, at.exercises[0])
        try:
            wall = wait_for(page, CHANGE)
            meter.look()
        finally:
            undo()
        return Made(Ran(meter.cpu - before, wall, meter.peak, 0, ""))


def _draft(at: At) -> Made:
    """An article with as many sentences as the kit has items."""
    folder = at.work / at.kit / "draft"
    _remove(folder / "content")
    (folder / "content").mkdir(parents=True)
    shutil.copy(at.full / "content" / "kit.yml", folder / "content")
    write = Writer(words_of_shipped(), {}, seed=1)
    paragraphs = (write.prose(60) for _ in range(int(at.kit) // 4))
    (folder / "article.txt").write_text("\n".join(["On words\n", *paragraphs]), encoding="utf-8")
    return Made(run([*OURS, "draft", "article.txt"], folder), folder / "content")


def _pack(at: At) -> Made:
    out = _clean(at.full, "pack")
    ran = run([*OURS, "pack", at.workshop, *PEOPLE, "--date", "2026-12-03", "--out", str(out)], at.full)
    return Made(ran, out, _pdfs(out))


def _print(*more: str) -> Callable[[At], Made]:
    def measure(at: At) -> Made:
        out = _clean(at.full, "print")
        return Made(run([*OURS, "print", at.workshop, *more, "--out", str(out)], at.full), out, _pdfs(out))

    return measure


def _to_pdf(at: At) -> Made:
    out = _clean(at.pdf, "site")
    return Made(run([*MKDOCS, "build", "-q"], at.pdf, **{TO_PDF: "1"}), out, (out / "all.pdf",))


def _to_pdf_off(at: At) -> Made:
    out = _clean(at.pdf, "site-plain")
    return Made(run([*MKDOCS, "build", "-q", "-d", out.name], at.pdf), out)


def _chromium(pages: Callable[[At], tuple[str, ...]]) -> Callable[[At], Made]:
    def measure(at: At) -> Made:
        site, out = at.pages / "site-mkdocs", _clean(at.pages, "printed")
        if not site.exists():
            well(_mkdocs(at).ran)
        out.mkdir()
        ran = run([sys.executable, "-m", "bench.chromium", str(site), str(out), *pages(at)], SHIPPED)
        return Made(ran, out, _pdfs(out))

    return measure


def _weasyprint(at: At) -> Made:
    """Of the pages without our own styles, as the PDF plugin has them."""
    site, out = at.pdf / "site-plain", _clean(at.pdf, "printed")
    if not site.exists():
        well(_to_pdf_off(at).ran)
    out.mkdir()
    command = [sys.executable, "-m", "bench.weasy", str(site), str(out / "guide.pdf"), *at.guide]
    return Made(run(command, SHIPPED), out, _pdfs(out))


GUIDE = ("--document", "facilitator-guide", "--edition", "standard", "--paper", "a4")
DEALT = ("--size", "4", "--rounds", "5")
# In this order, so that a case finds what those before it made.
CASES = (
    Case("help", "`workshop-kit --help`", _says(*OURS, "--help"), FIRST),
    Case("version", "*`mkdocs --version`*", _says(*MKDOCS, "--version"), FIRST),
    Case("check", "`check`", _says(*OURS, "check")),
    Case("pages", "our pages alone, as Markdown: `build --pages-only`", _pages),
    Case("site", "**site part**: `build`, clean, without booklets", _site),
    Case("mkdocs", "*plain `mkdocs build` of the same pages*", _mkdocs),
    Case("zensical", "*Zensical, of the same pages*", _zensical),
    Case("build", "**site and booklets**: `build`, clean", _build),
    Case("again", "`build` with nothing changed", _again),
    Case("edit", "`build` after a change to one exercise", _edit),
    Case("serve", "`serve`, from saving an exercise until its page shows it", _serve),
    Case("fit", "`fit`", _of_workshop("fit", "--minutes", "150")),
    Case("groups", "`groups` of 23 people", _of_workshop("groups", *PEOPLE)),
    Case("groups-16", "`groups` of 16 people in fours, five rounds", _says(*OURS, "groups", "--people", "16", *DEALT), FIRST),
    Case("groups-64", "`groups` of 64 people", _says(*OURS, "groups", "--people", "64", *DEALT), FIRST),
    Case("groups-256", "`groups` of 256 people", _says(*OURS, "groups", "--people", "256", *DEALT), FIRST),
    Case("draft", "`draft` of an article with as many sentences as the kit has items", _draft, MADE),
    Case("pack", "`pack` for 23 people", _pack),
    Case("print", "`print`: all documents of one workshop", _print()),
    Case("guide", "`print`: its facilitator guide", _print(*GUIDE), SHORT),
    Case("guide-chromium", "*Chromium prints the pages that show what the guide shows*", _chromium(lambda at: at.guide), SHORT),
    Case("guide-weasyprint", "*WeasyPrint prints the same pages*", _weasyprint, SHORT),
    Case("chromium", "*Chromium prints all pages*", _chromium(lambda _: ()), SHORT),
    Case("to-pdf-off", "*MkDocs with mkdocs-to-pdf, switched off*", _to_pdf_off, SHORT),
    Case("to-pdf", "*MkDocs with mkdocs-to-pdf (WeasyPrint)*", _to_pdf, SHORT),
)  # fmt: skip
