"""Where English could hide in what is made of a kit: all that people read, hear read to them, or find in a file.

In: built files. Out: texts, each with the place it comes from, and the English in them.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pypdfium2
from bs4 import BeautifulSoup
from bs4.element import Tag
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from generator.content.words import PLACE, load_words
from generator.templates import SHIPPED

SPOKEN = ("alt", "aria-label", "aria-description", "title", "placeholder", "data-label", "label", "value", "download")
# Words that are frequent in English texts and no words of German.
FREQUENT = """
    the and with for you your yours of minutes people page pages each this that these from what they them not have when where which
    their there how would should by to or at is are it its be on yes back next time day days week question questions answer answers
    group groups alone together sheet save choose nothing everything never seldom sometimes often always low middle high must could room
    handout facilitator participant participants agenda break lunch coffee saved search"""
BUTTONS = ("button", "submit", "reset")  # inputs whose value is what they show
ALSO_GERMAN = {"version"}
EDITIONS = {"black", "booklet", "large", "duplex", "standard", "print"}  # names that are typed in commands
ID = re.compile(r"[a-z0-9./-]+")  # in data for scripts: what nobody sees
TYPED = re.compile(r"https?://\S+|\bprint/\s?\S+|\S+\.(?:pdf|html|csv|xlsx|yml)\b|workshop-kit .*|--\S+")
BROKEN = re.compile(r"[\u00ad\ufffe\x02]\s*|[-\u2010]\s*\n\s*")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def leaves(tree: Any) -> Iterator[str]:
    """Every text in groups and lists."""
    if isinstance(tree, dict):
        for value in tree.values():
            yield from leaves(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from leaves(value)
    elif isinstance(tree, str):
        yield tree


def plain(text: str) -> str:
    """Small letters, and one space between words."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").casefold().split())


def fixed(language: str) -> set[str]:
    """The words of all fixed texts, one by one from three letters on, and as they stand together between places."""
    tree = {name: group for name, group in load_words(SHIPPED, language).tree.items() if name != "speech"}
    found = [WORD.findall(plain(piece)) for text in leaves(tree) for piece in PLACE.sub("\0", text).split("\0")]
    return {word for piece in found for word in piece if len(word) > 2} | {
        " ".join(piece) for piece in found if len(piece) > 1
    }


def english() -> frozenset[str]:
    """What must not stand in anything German: fixed texts and their words, and frequent words, which are none of German."""
    return (fixed("en") - fixed("de") - ALSO_GERMAN - EDITIONS) | frozenset(FREQUENT.split())


def in_html(path: Path) -> Iterator[str]:
    """What a page shows, what a screen reader says, what a search engine and a script take from it."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for script in page.find_all("script"):
        if script.get("type") == "application/json" or script.get("id") == "__config":
            yield from (text for text in leaves(json.loads(script.get_text())) if not ID.fullmatch(text))
    for gone in page.find_all(["script", "style", "code", "kbd"]):
        gone.decompose()
    for tag in page.find_all(True):
        assert isinstance(tag, Tag)
        yield from (
            str(tag[name])
            for name in SPOKEN
            if tag.has_attr(name) and not (name == "value" and tag.get("type") not in BUTTONS)
        )
        if tag.name == "meta" and str(tag.get("name")) == "description":
            yield str(tag["content"])
    yield page.get_text(" ")


def in_pdf(data: bytes) -> Iterator[str]:
    """The text of the pages, what is said of the file, its contents, and what is read aloud for pictures."""
    reader = PdfReader(io.BytesIO(data))
    with pypdfium2.PdfDocument(data) as pages:
        for page in pages:
            yield read_aloud(page.get_textpage().get_text_bounded())
    yield from (
        str(value) for name, value in (reader.metadata or {}).items() if name in ("/Title", "/Subject", "/Keywords")
    )
    yield from _outline(reader.outline)
    yield from _alternatives(reader.trailer["/Root"].get("/StructTreeRoot"))


def read_aloud(text: str) -> str:
    """Text of a PDF without what is typed as it stands (names of files and folders, commands), and with broken words joined."""
    return TYPED.sub(" ", BROKEN.sub("", text))


def _outline(entries: Any) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry)
        else:
            yield str(entry.title)


def _alternatives(node: Any) -> Iterator[str]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            waiting += list(node)
        elif isinstance(node, DictionaryObject):
            yield from (str(node[name]) for name in ("/Alt", "/T", "/E") if name in node)
            waiting.append(node.get("/K"))


def language_of(data: bytes) -> str:
    """The language that a PDF says it is in."""
    return str(PdfReader(io.BytesIO(data)).trailer["/Root"].get("/Lang"))


def in_calendar(data: bytes) -> Iterator[str]:
    """What a calendar shows of the entries."""
    for event in icalendar.Calendar.from_ical(data.decode()).walk("VEVENT"):
        yield from (str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION") if name in event)


def in_table(data: bytes) -> Iterator[str]:
    """The cells of a CSV file."""
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        yield from row


def in_workbook(data: bytes) -> Iterator[str]:
    """The cells of a workbook, the names of its sheets, and what is said of the file."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    yield from book.sheetnames
    yield str(book.properties.title)
    for sheet in book:
        yield from (cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str))


def texts_of(name: str, data: bytes, path: Path) -> Iterator[str]:
    """The texts of any file that is made."""
    match name.rpartition(".")[2]:
        case "html":
            yield from in_html(path)
        case "pdf":
            yield from in_pdf(data)
        case "ics":
            yield from in_calendar(data)
        case "csv":
            yield from in_table(data)
        case "xlsx":
            yield from in_workbook(data)
        case "txt" if "/assets/" not in name:  # licences of fonts
            text = re.sub(r"`[^`]*`", " ", data.decode("utf-8-sig"))
            yield re.sub(r"^  \S+\s*$", " ", text, flags=re.MULTILINE)


def english_in(text: str, wanted: frozenset[str]) -> set[str]:
    """Which of these words and texts occur in a text."""
    found = WORD.findall(plain(PLACE.sub(" ", TYPED.sub(" ", text))).replace("cc by", ""))
    whole = f" {' '.join(found)} "
    return (wanted & set(found)) | {piece for piece in wanted if " " in piece and f" {piece} " in whole}
