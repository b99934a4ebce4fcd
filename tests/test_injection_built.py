"""What is published of a kit full of nasty texts: the site as it is served, a pack, and its documents.

See `test_injection.py` for each page and each sort of nasty text.
"""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import icalendar
import openpyxl
import pypdf
import pytest
import yaml
from bs4 import BeautifulSoup

from tests.conftest import ROOT, run_generator, write_files
from tests.test_injection import EVENTS, spoilt_kit

NASTY = "mark </title></script><svg onload=alert(1)> \"x' [x](javascript:a) {{7*7}} #x"
PAGE = "# Mark `</title></script><svg onload=alert(1)>`\n\nThe page of an author.\n"
NAMES = f'name\n"{NASTY.replace(chr(34), chr(34) * 2)}"\n=cmd()\n@Ada\nBo\nCy\nDi\nEd\nFay\n'
EVENT = ("one-call", "--date", "2026-12-03", "--place", f"=1+1 {NASTY}", "--names", "names.csv", "--out", "pack")

pytestmark = [pytest.mark.slow, pytest.mark.pdf]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a kit whose texts are all nasty, with its site (without booklets) and the pack of an event."""
    folder = tmp_path_factory.mktemp("nasty")
    files, _ = spoilt_kit(NASTY)
    settings = yaml.safe_load(files["content/kit.yml"])
    files["content/kit.yml"] = yaml.safe_dump({**settings, "papers": ["a4"], "booklets": False})
    write_files(folder, {**files, "content/pages/own.md": PAGE, "names.csv": NAMES})
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    for words in (("build",), ("pack", *EVENT)):
        done = run_generator(*words, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def faults(path: Path) -> list[str]:
    """What a page holds that no template wrote."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    found = [
        f"{element.name} {name}" for element in soup.find_all(True) for name in element.attrs if name.lower() in EVENTS
    ]
    found += [
        f"a link to {element['href']}" for element in soup.find_all(href=re.compile(r"\s*javascript:", re.IGNORECASE))
    ]
    for element in soup.find_all("script"):
        text = element.string or ""
        if element.get("type") == "application/json":
            json.loads(text)
        elif "mark " in text:
            found.append(f"a script with a text of the kit: {text[:80]}")
    return found


def test_no_page_as_it_is_served_runs_a_text(published: Path) -> None:
    pages = [*(published / "site").rglob("*.html"), published / "pack" / "run.html"]
    assert len(pages) > 25
    assert {page.name for page in pages} >= {"404.html", "run.html"}
    assert {page.as_posix(): found for page in pages if (found := faults(page))} == {}
    assert not [page for page in pages if " 49 #x" in page.read_text(encoding="utf-8")]


def test_the_title_and_the_navigation_show_what_was_typed(published: Path) -> None:
    soup = BeautifulSoup((published / "site" / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert soup.title
    assert soup.title.get_text() == NASTY
    own = BeautifulSoup((published / "site" / "pages" / "own.html").read_text(encoding="utf-8"), "html.parser")
    assert own.title
    assert own.title.get_text().startswith("Mark </title></script><svg onload=alert(1)> - ")
    item = BeautifulSoup(
        (published / "site" / "pitfalls" / "no-end" / "index.html").read_text(encoding="utf-8"), "html.parser"
    )
    assert item.title
    assert item.title.get_text().startswith("mark ")  # and not `Index`, though the kit has the same name
    assert any(NASTY in " ".join(link.get_text().split()) for link in soup.select("nav a, header a"))


def test_what_is_found_by_searching_is_text(published: Path) -> None:
    folder = published / "site" / "search"
    found = json.loads((folder / "search_index.json").read_text(encoding="utf-8"))
    texts = [each["title"] for each in found["docs"]] + [each["text"] for each in found["docs"]]
    assert sum("mark" in text for text in texts) > 10
    for text in texts:
        shown = BeautifulSoup(text, "html.parser")
        assert not shown.find_all(["script", "svg", "img", "iframe"]), text
    script = (folder / "search_index.js").read_text(encoding="utf-8")
    assert json.loads(script.partition("=")[2].rstrip("; \n")) == found


def test_data_headers_and_lists_can_be_read(published: Path) -> None:
    site = published / "site"
    assert NASTY in json.dumps(json.loads((site / "kit.json").read_text(encoding="utf-8"))).replace('\\"', '"')
    assert "mark" not in (site / "_headers").read_text(encoding="utf-8")
    assert "mark" not in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_the_calendar_has_no_line_of_an_author(published: Path) -> None:
    data = (published / "pack" / "event.ics").read_bytes()
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert len(events) == 1
    assert NASTY in str(events[0]["SUMMARY"])
    assert str(events[0]["LOCATION"]).endswith(NASTY)
    assert all(re.match(rb"[A-Z-]+[;:]|[ \t]", line) for line in data.splitlines())


def test_no_cell_of_a_table_is_worked_out(published: Path) -> None:
    pack = published / "pack"
    book = openpyxl.load_workbook(pack / "agenda.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(NASTY in str(cell.value) for cell in cells)
    # Sums are ours; a text of the kit is none.
    assert not [cell.value for cell in cells if cell.data_type == "f" and "mark" in str(cell.value)]
    assert not [cell.coordinate for cell in cells if cell.hyperlink and "javascript" in str(cell.hyperlink.target)]
    for path in pack.glob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        assert rows
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))], path.name


def test_documents_show_what_was_typed_and_link_nowhere_else(published: Path) -> None:
    documents = list((published / "pack").rglob("*.pdf"))
    assert len(documents) > 5
    titled = 0
    for path in documents:
        found = pypdf.PdfReader(path)
        titled += NASTY in str((found.metadata or {}).get("/Title", ""))
        root = found.trailer["/Root"].get_object()
        assert "/OpenAction" not in root
        assert "/JavaScript" not in root.get("/Names", {})
        for page in found.pages:
            for note in page.get("/Annots", []):
                action = note.get_object().get("/A", {})
                assert action.get("/S") != "/JavaScript"
                assert not str(action.get("/URI", "")).startswith("javascript"), path.name
    assert titled
    text = "".join(
        page.extract_text() for page in pypdf.PdfReader(published / "pack" / "documents" / "run-sheet.a4.pdf").pages
    )
    assert "#x" in text
    assert "{{" in text
