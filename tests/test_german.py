"""A kit in German: whatever is made of it, on the screen, on paper and for other programs, is German through and through."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from generator.content.words import FOLDER, PLACE, read_words
from generator.content.words_file import faults
from generator.templates import SHIPPED
from tests.conftest import KITS, copy_kit, one_of_each, run_generator, serve
from tests.german import english, english_in, in_pdf, language_of, texts_of

ENGLISH = english()
NAMES = (
    "Änne Öztürk",
    "Bo Brückner",
    "Cem Çelik",
    "Dörte Dahl",
    "Eda Ernst",
    "Fiete Faß",
    "Gül Groß",
    "Hanna Heß",
    "Ida Ibsen",
)
# Words that German writes as English does, signs of the keyboard, and what is typed as it stands.
THE_SAME = {
    "Name", "Team", "Block", "Phase", "Dimension", "Median", "Workshop", "Workshops", "Min.", "A4", "A3", "US Letter", "US Tabloid",
    "April", "August", "September", "November", "P", "Q", "D", "V", "workshop-kit groups {workshop} --people {people}",
    "workshop-kit pack {workshop} --people {people}{start}{minutes} --date YYYY-MM-DD",
}  # fmt: skip
slow = pytest.mark.slow
pdf = pytest.mark.pdf


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The German kit with all that can be made of it: both sites, a pack in a room and one by call."""
    kit = copy_kit(KITS / "german", tmp_path_factory.mktemp("german"))
    (kit / "namen.csv").write_bytes("\r\n".join(["Name", *NAMES]).encode("utf-8-sig"))
    room = ("vormittag", "--date", "2026-12-03", "--names", "namen.csv", "--place", "Haus am Ufer", "--out", "pack")
    call = (
        "fernkurs",
        "--date",
        "2026-12-03",
        "--date",
        "2026-12-10",
        "--people",
        "7",
        "--edition",
        "black",
        "--out",
        "call",
    )
    commands = (("build",), ("build", "--for", "participants"), ("pack", *room), ("pack", *call))
    with ThreadPoolExecutor(2) as pool:  # they write into different folders
        for done in pool.map(lambda command: run_generator(*command, cwd=kit), commands):
            assert done.returncode == 0, done.stdout + done.stderr
    return kit


def files_of(kit: Path, kind: str = "") -> dict[str, Path]:
    """What was made, by its path in the kit. What has the pages of other documents is left out: what stands ready to print in a
    pack, and the booklets of the participants' site."""
    folders = ("site", "site-participants", "pack", "call")
    found = [path for folder in folders for path in sorted((kit / folder).rglob(f"*{kind}")) if path.is_file()]
    found = [path for path in found if not path.name.startswith("print-") or path.name.startswith("print-order")]
    names = {path.relative_to(kit).as_posix(): path for path in found}
    return {name: path for name, path in names.items() if not re.match(r"site-participants/.*pdf$", name)}


def leaves(tree: Any, *path: str) -> dict[str, str]:
    """Texts by their dotted names."""
    if isinstance(tree, dict):
        return {name: text for key, value in tree.items() for name, text in leaves(value, *path, str(key)).items()}
    if isinstance(tree, list):
        return {name: text for key, value in enumerate(tree) for name, text in leaves(value, *path, str(key)).items()}
    return {".".join(path): tree}


def test_german_has_all_words_of_english_and_fills_the_same_places() -> None:
    source = read_words(SHIPPED / FOLDER / "de.yml")
    names = {
        name for name in leaves(read_words(SHIPPED / FOLDER / "en.yml").value) if not name.startswith("speech.alike.")
    }
    assert faults(source) == []
    assert len(names) > 900
    assert names <= set(leaves(source.value))


def test_no_text_was_forgotten_in_english() -> None:
    ours, theirs = (leaves(read_words(SHIPPED / FOLDER / f"{name}.yml").value) for name in ("en", "de"))
    same = {
        text for name, text in ours.items() if theirs.get(name) == text and re.search(r"[^\W\d_]", PLACE.sub("", text))
    }
    assert same == THE_SAME


@pytest.mark.parametrize(
    "text", ["Print this plan", "3 minutes", "9:00 to 10:00", "the WORKBOOK", "All that can be printed for it."]
)
def test_english_is_noticed(text: str) -> None:
    assert english_in(f"Guten Tag! {text} Auf Wiedersehen.", ENGLISH)


@slow
@pdf
def test_nothing_that_people_read_or_hear_is_english(made: Path) -> None:
    kinds: Counter[str] = Counter()
    found = []
    for name, path in files_of(made).items():
        for text in texts_of(name, path.read_bytes(), path):
            kinds[path.suffix] += 1
            found += [f"{name}: {word}" for word in english_in(text, ENGLISH)]
    assert found == []
    assert {kind for kind in kinds if kinds[kind]} >= {".html", ".pdf", ".ics", ".csv", ".xlsx", ".txt"}
    assert len(files_of(made, ".pdf")) > 70
    assert kinds[".html"] > 1000


@slow
@pdf
def test_pages_and_papers_say_that_they_are_german(made: Path) -> None:
    pages, papers = files_of(made, ".html"), files_of(made, "guide.a4.pdf") | files_of(made, "cards.a4.pdf")
    assert len(pages) > 60
    for name, path in pages.items():
        assert BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").html["lang"] == "de", name  # type: ignore[index]
    assert len(papers) > 5
    for name, path in papers.items():
        assert language_of(path.read_bytes()) == "de", name


@slow
@pdf
def test_dates_answers_and_the_theme_are_german(made: Path) -> None:
    told = (made / "pack" / "read-me-first.txt").read_bytes().decode("utf-8-sig")
    assert "Donnerstag, 3. Dezember 2026, 9:00 bis 12:34 Uhr" in told
    assert "9 ist eine ungerade Zahl" in told
    order = " ".join(in_pdf((made / "pack" / "0-print-order.a4.pdf").read_bytes()))
    assert "Für 9 Personen" in order
    assert "Donnerstag, 3. Dezember 2026" in order
    page = (made / "site" / "assessments" / "wie-besprechen-wir-uns" / "index.html").read_text(encoding="utf-8")
    for word in ("nie", "selten", "manchmal", "oft", "immer"):
        assert f">{word}<" in page.replace("\n", "").replace("> ", ">").replace(" <", "<")
    for word in ("Suche", "Zum Inhalt", "Zu dunklen Farben wechseln", "Inhaltsverzeichnis"):
        assert word in page


@slow
@pdf
@pytest.mark.browser
def test_what_scripts_put_on_the_pages_is_german(made: Path, browser: Browser) -> None:
    pages = one_of_each(made / "site")
    assert len(pages) > 20
    context = browser.new_context(locale="de-DE", viewport={"width": 390, "height": 800})
    for home in serve(made / "site"):
        for path in pages:
            page = context.new_page()
            page.goto(home + path)
            said = page.evaluate("[...document.querySelectorAll('[aria-label]')].map(e => e.ariaLabel)")
            text = page.evaluate("document.querySelectorAll('code').forEach(e => e.remove()), document.body.innerText")
            assert english_in("\n".join([text, *said, page.title()]), ENGLISH) == set(), path
            page.close()
    context.close()
