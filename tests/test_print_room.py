"""The print room on the site, the pictures of the documents, and the kit's own logo and fonts."""

import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from generator.build import as_print
from generator.content.words import load_words
from generator.errors import KitError, as_text
from generator.links import link
from generator.paper.documents import Document, Wanted, documents
from generator.paper.families import FAMILIES, Edition
from generator.paper.pictures import LOGO_HEIGHT, logo
from generator.reading import logo_of, read
from generator.templates import SHIPPED
from generator.web.pages import Page, Site, render
from generator.web.prints import Print, offers, on_request
from generator.web.style import style
from tests.conftest import ROOT, CopyKit

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4v1z"/></svg>'


def print_of(document: str, edition: str = "standard", paper: str = "a4", **values: Any) -> Print:
    path = f"print/half-day/{document}.{edition}.{paper}.pdf"
    return Print("half-day", document, edition, document, paper, path, 3, **values)


def room_of(content: Path, *editions: Edition) -> dict[str, Page]:
    """The pages of a kit by their path, as if these editions had been printed."""
    loaded = read(content)[0]
    links, words = link(loaded.kit), load_words(SHIPPED, loaded.kit.settings.language)
    made = documents(loaded.kit, links, words, Wanted(editions=editions))
    prints = tuple(as_print(one, 3) for one in made)
    site = Site(loaded.kit, links, words, loaded.free.texts(), SHIPPED, prints)
    return {page.path: page for page in render(site)}


# Which documents there are, and in which editions


def test_a_document_is_offered_once_with_all_its_editions_and_papers() -> None:
    editions = ("standard", "black", "large")
    prints = [
        print_of("handouts", "large", editions=editions),
        print_of("handouts", editions=editions),
        print_of("handouts", paper="us-letter", editions=editions),
        print_of("sign-in"),
    ]
    handouts, sign_in = offers(prints)
    assert handouts.print == prints[1]
    assert [(each.name, [one.paper for one in each.prints]) for each in handouts.editions] == [
        ("standard", ["a4", "us-letter"]),
        ("large", ["a4"]),
    ]
    assert sign_in.print == prints[3]


def test_an_edition_that_was_not_made_is_told_with_the_documents_that_have_it() -> None:
    both = ("standard", "large")
    found = on_request(
        offers(
            [print_of("handouts", editions=both), print_of("participant-workbook", editions=both), print_of("sign-in")]
        )
    )
    assert [(one.edition, one.documents) for one in found] == [("large", ("handouts", "participant-workbook"))]
    made = [print_of("handouts", edition, editions=both) for edition in both]
    assert on_request(offers(made)) == []


# The pages


def test_every_document_is_linked_from_the_print_room(kits: Path) -> None:
    pages = room_of(kits / "full" / "content", "standard", "black")
    loaded = read(kits / "full" / "content")[0]
    words = load_words(SHIPPED, "en")
    made = documents(loaded.kit, link(loaded.kit), words, Wanted(editions=("standard", "black")))
    assert len(made) > 10
    for one in made:
        page = "print/index.md" if one.workshop == "all" else f"print/{one.workshop}/index.md"
        assert f"({relative(one.path, page)}), 3 pages" in pages[page].text
        assert words(f"site.prints.what.{one.name}") in pages[page].text
        assert f"({relative(one.picture, page)})" in pages[page].text


def test_files_of_one_document_are_told_apart(copied: CopyKit) -> None:
    kit = copied(ROOT)
    prompts = "".join(f"  - id: p{at}\n    depth: opener\n    text: What is number {at} for?\n" for at in range(1, 201))
    (kit / "content" / "prompts" / "many.yml").write_text(f"title: Many\nprompts:\n{prompts}", encoding="utf-8")
    text = room_of(kit / "content", "standard")["print/index.md"].text
    found = re.findall(r"\[A4, (part \d of \d)\]\((all/cards[\w.-]+)\), 3 pages", text)
    assert [name for name, _ in found] == [f"part {nth} of {len(found)}" for nth in range(1, len(found) + 1)]
    assert len({path for _, path in found}) == len(found) > 1
    papers = re.findall(r"\[(A4|US Letter), part \d of \d\]", text)
    assert papers == ["A4"] * len(found) + ["US Letter"] * len(found), "all for one paper, then all for the other"
    assert text.count("{: #cards ") == 1


def test_sheets_of_very_many_exercises_stand_on_their_own_pages(copied: CopyKit) -> None:
    kit = copied(ROOT)
    source = next((kit / "content" / "exercises").glob("*.yml"))
    for at in range(100):
        shutil.copy(source, source.with_name(f"more-{at}.yml"))
    pages = room_of(kit / "content", "standard")
    assert "exercise-sheet/" not in pages["print/index.md"].text
    assert "Each stands on the page of its exercise: [Exercises](../exercises/index.md)" in pages["print/index.md"].text
    assert "print/all/exercise-sheet/more-7.a4.pdf" in pages["exercises/more-7/facilitator/index.md"].text


def test_without_booklets_no_page_leads_to_the_print_room(copied: CopyKit) -> None:
    kit = copied(ROOT)
    page = kit / "content" / "pages" / "paper.md"
    page.write_text(
        "# Paper\n\nAll [in the print room](../print/index.md), or [for half a day](../print/half-day/index.md).\n",
        "utf-8",
    )
    assert "(../print/index.md)" in room_of(kit / "content", "standard")["pages/paper.md"].text
    without = room_of(kit / "content")
    assert "All in the print room, or for half a day." in without["pages/paper.md"].text
    assert not [path for path, page in without.items() if "print/" in path or "print/index.md" in page.text]


def relative(path: str, page: str) -> str:
    return path.removeprefix(page.removesuffix("index.md"))


def test_a_workshop_and_its_print_room_lead_to_each_other(kits: Path) -> None:
    pages = room_of(kits / "full" / "content", "standard")
    assert "(one-call/index.md)" in pages["print/index.md"].text
    for page in ("workshops/one-call/index.md", "workshops/one-call/facilitator/index.md"):
        assert "print/one-call/index.md)" in pages[page].text
    assert "(../../workshops/one-call/index.md)" in pages["print/one-call/index.md"].text
    assert pages["print/index.md"].label == "Print room"


def test_the_page_says_how_to_make_the_editions_that_are_missing(kits: Path) -> None:
    few = room_of(kits / "full" / "content", "standard")["print/one-call/index.md"].text
    assert "<code>workshop-kit print one-call --edition large</code>" in few
    all = room_of(kits / "full" / "content", "standard", "black", "large", "booklet", "duplex")
    assert "--edition" not in all["print/one-call/index.md"].text


def test_a_sheet_for_several_people_says_for_how_many(kits: Path) -> None:
    text = room_of(kits / "full" / "content", "standard")["print/two-days/index.md"].text
    family = next(family for family in FAMILIES if family.name == "name-tents")
    assert f"one sheet for {family.serves} participants" in text
    assert "one for each participant" in text


def test_every_document_has_a_sentence() -> None:
    words = load_words(SHIPPED, "en").tree["site"]["prints"]
    assert {family.name for family in FAMILIES} == set(words["what"])
    assert {edition for family in FAMILIES for edition in family.editions} == set(words["editions"])
    assert {family.finish for family in FAMILIES} - {"none"} <= set(words["finish"])


# Logo


def test_a_large_logo_is_made_smaller_and_stays_a_picture() -> None:
    file = io.BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(file, "PNG")
    made = logo("images/logo.png", file.getvalue())
    assert Image.open(io.BytesIO(bytes(made["bytes"]))).size == (LOGO_HEIGHT * 3 // 2, LOGO_HEIGHT)
    assert logo("images/logo.svg", SVG.encode()) == {"format": "svg", "text": SVG}


@pytest.mark.parametrize("name", ["images/logo.png", "images/logo.jpg", "images/logo.svg"])
def test_a_logo_that_is_no_image_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        logo(name, b"not an image")


def told(content: Path) -> str:
    with pytest.raises(KitError) as caught:
        read(content)
    return "\n".join(as_text(problem) for problem in caught.value.problems)


def change(folder: Path, old: str, new: str) -> Path:
    path = folder / "content" / "kit.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder / "content"


def test_a_broken_logo_is_told(copied: CopyKit, kits: Path) -> None:
    folder = copied(kits / "full")
    (folder / "content" / "images" / "logo.png").write_bytes(b"nothing")
    said = told(folder / "content")
    assert "error[broken-image]: this image cannot be read" in said
    assert "--> content/images/logo.png:1:1" in said


# Fonts


def test_a_family_that_the_files_do_not_hold_is_told_with_those_that_they_do(copied: CopyKit, kits: Path) -> None:
    said = told(change(copied(kits / "full"), "family: Meeting Sans", "family: Meeting Sanz"))
    assert "error[no-font]: the files hold no font of the family `Meeting Sanz`" in said
    assert "help: they hold Meeting Sans" in said
    assert said.count("error[") == 1


def test_a_font_file_that_is_missing_broken_or_of_another_kind_is_told(copied: CopyKit, kits: Path) -> None:
    folder = copied(kits / "full")
    file = folder / "content" / "fonts" / "meeting-sans.ttf"
    file.write_bytes(b"nothing")
    assert "help: they cannot be read as fonts" in told(folder / "content")
    file.unlink()
    assert "error[no-font]: there is no file `fonts/meeting-sans.ttf`" in told(folder / "content")
    content = change(folder, "fonts/meeting-sans.ttf", "fonts/meeting-sans.woff2")
    assert "error[wrong-font]: `fonts/meeting-sans.woff2` is not a font of the kit" in told(content)


def test_the_style_has_the_fonts_of_the_kit_with_their_weights(kits: Path) -> None:
    loaded = read(kits / "full" / "content")[0]
    fonts = {name: path.read_bytes() for name, path in loaded.free.files.items() if name.startswith("fonts/")}
    made = style(loaded.kit.settings, fonts)
    assert 'url("../../../fonts/meeting-sans.ttf") format("truetype"); font-weight: 400; font-style: normal' in made
    assert "--kit-text-font" in made
    assert "--kit-voice-font" in made
    plain = style(read(kits / "minimal" / "content")[0].kit.settings, {})
    assert "font" not in plain
    look = (SHIPPED / "assets" / "css" / "kit.css").read_text(encoding="utf-8")
    assert "var(--kit-text-font" in look
    assert "var(--kit-voice-font" in look


@pytest.mark.parametrize("name", ["accent", "warm"])
def test_a_colour_that_cannot_be_read_is_refused_with_its_contrast(name: str, copied: CopyKit, kits: Path) -> None:
    folder = copied(kits / "full")
    text = (folder / "content" / "kit.yml").read_text(encoding="utf-8")
    old = re.search(rf"  {name}: .*", text)
    assert old
    said = told(change(folder, old[0], f'  {name}: "#8899aa"'))
    assert "error[pale-colour]: white text on #8899aa has a contrast of 2.92, and needs 4.5" in said


# What comes out of the press


@pytest.fixture(scope="module")
def entries(full_site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((full_site / "print" / "manifest.json").read_text(encoding="utf-8"))
    assert found
    return found


def _standing(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from (entry for entry in entries if entry["edition"] == "standard")


@pytest.mark.pdf
@pytest.mark.slow
def test_each_document_has_a_small_picture_with_something_on_it(full_site: Path, entries: list[dict[str, Any]]) -> None:
    checked = 0
    for entry in _standing(entries):
        path = full_site / "print" / entry["workshop"] / f"{entry['document']}.png"
        with Image.open(path) as image:
            assert 300 <= max(image.size) <= 700
            assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 1, f"{path} is blank"
        assert path.stat().st_size < 40_000
        checked += 1
    assert checked > 10


@pytest.mark.pdf
@pytest.mark.slow
def test_the_kits_fonts_and_logo_are_in_its_booklets(full_site: Path, entries: list[dict[str, Any]]) -> None:
    booklets = [entry for entry in _standing(entries) if entry["document"] == "participant-workbook"]
    assert booklets
    for entry in booklets:
        reader = PdfReader(full_site / entry["path"])
        fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
        names = " ".join(str(font.get_object()["/BaseFont"]) for font in fonts.values())
        assert "MeetingSans" in names
        assert "MeetingSerif" in names
        assert list(reader.pages[0].images), "the cover has no logo"


@pytest.mark.slow
def test_the_shipped_kit_uses_our_fonts_and_has_no_logo() -> None:
    loaded = read(ROOT / "content")[0]
    assert logo_of(loaded) is None
    made: list[Document] = documents(
        loaded.kit, link(loaded.kit), load_words(SHIPPED, "en"), Wanted(editions=("standard",))
    )
    assert all(one.data["logo"] is None and one.data["fonts"] == {"text": None, "voice": None} for one in made)
    assert made
