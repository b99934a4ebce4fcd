"""Cards and posters: what is on them, that they can be cut, folded and glued, and that nothing is lost at the edges."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from generator.build import faults
from generator.content.prose import parse
from generator.content.sentences import beginning, beginnings, rest, sentences
from generator.content.words import load_words
from generator.links import link
from generator.paper.cards import cards
from generator.paper.documents import Document, Wanted, documents
from generator.paper.families import SIZES, Edition
from generator.paper.posters import posters
from generator.paper.press import Printed, print_all
from generator.paper.subject import Subject
from generator.reading import read
from generator.templates import SHIPPED
from tests.conftest import KITS, ROOT, CopyKit
from tests.pdf import Pdf, run_of_words
from tests.pdf import read as read_pdf

MM = 72 / 25.4
DOTS = 100  # an inch, of the pictures that edges are looked for in


def subject(content: Path, workshop: str | None = None) -> Subject:
    kit = read(content)[0].kit
    words = load_words(SHIPPED, "en")
    return Subject(kit, link(kit), words, workshop=kit.workshops[workshop] if workshop else None)


def wanted(content: Path, *names: str, edition: Edition = "standard", papers: tuple[str, ...] = ()) -> list[Document]:
    one = subject(content)
    found = documents(one.kit, one.links, one.words, Wanted(("all",), names, (edition,), papers))
    assert found
    return found


def printed(content: Path, *names: str, edition: Edition = "standard", papers: tuple[str, ...] = ()) -> list[Printed]:
    return print_all(wanted(content, *names, edition=edition, papers=papers), SHIPPED, lambda _: None)


def look(one: Printed, folder: Path) -> Pdf:
    path = folder / one.document.path.replace("/", "-")
    path.write_bytes(one.pdf)
    return read_pdf(path)


def with_address(kit: Path) -> Path:
    """A kit that has an address for its site, so that its cards carry QR codes."""
    path = kit / "content" / "kit.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# site_address:", "site_address:"), encoding="utf-8")
    assert "\nsite_address:" in path.read_text(encoding="utf-8")
    return kit / "content"


# What is on them


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seek contact. Leave them in peace.", ["Seek contact.", "Leave them in peace."]),
        ('"Customers want it, the survey says so." One chart is all.', ['"Customers want it, the survey says so."', "One chart is all."]),
        ('You hear "it will". The tool is bought.', ['You hear "it will".', "The tool is bought."]),
        ("See z. B. Kunden, i. e. those who pay.", ["See z. B. Kunden, i. e. those who pay."]),
        ("Wait ... and see", ["Wait ... and see"]),
        ("„Um zwölf ist Schluss.“ Er meint „zwölf“. Ja.", ["„Um zwölf ist Schluss.“", "Er meint „zwölf“.", "Ja."]),
        ("Am 13. Dezember kommen 12. Dann gehen sie.", ["Am 13. Dezember kommen 12.", "Dann gehen sie."]),
    ],
)  # fmt: skip
def test_a_text_is_taken_apart_into_sentences(text: str, expected: list[str]) -> None:
    prose, _ = parse(text)
    assert prose
    assert sentences(prose) == expected
    assert f"{beginning(prose, 1)} {rest(prose)}".strip() == text


def test_a_quotation_that_is_cut_is_closed() -> None:
    prose, _ = parse('"It is good that we asked. What did they do?"')
    assert prose
    assert beginnings(prose) == ['"It is good that we asked. What did they do?"', '"It is good that we asked."']
    assert beginnings(prose, 3) == ['"It is good that we asked."'], "the first sentence, however long"


def test_a_workshop_has_the_cards_that_its_agenda_uses_and_the_kit_has_all() -> None:
    whole = [card for sheet in cards(subject(ROOT / "content"))["sheets"] for card in sheet]
    kit = subject(ROOT / "content").kit
    prompts = sum(len(deck.prompts) for deck in kit.prompts.values())
    assert len(whole) == prompts + len(kit.pitfalls) + len(kit.tensions)
    codes = {card["code"]: card for card in whole}
    assert len(codes) == len(whole)
    day = [card for sheet in cards(subject(ROOT / "content", "full-day"))["sheets"] for card in sheet]
    assert [card["code"] for card in day if card["kind"] == "prompts"] == ["openers/1", "openers/2", "openers/8"]
    assert [card["of"] for card in day if card["kind"] == "tensions"] == [kit.tensions["quick-wins"].title]
    assert any(card["kind"] == "pitfalls" for card in day)
    assert all(codes[card["code"]]["front"] == card["front"] for card in day), "a card has one code everywhere"


def test_fronts_hold_one_thought() -> None:
    counted = 0
    for sheet in cards(subject(ROOT / "content"))["sheets"]:
        assert len(sheet) <= 8
        for card in sheet:
            for text in card["front"]["versions"][0] if card["kind"] != "tensions" else []:
                words = " ".join(node["text"] for part in text for node in part["children"]).split()
                assert 0 < len(words) <= 25, f"{card['code']}: {len(words)} words"
                counted += 1
    assert counted > 80


def test_posters_are_ideas_with_words_for_a_wall_and_tensions_of_two_sides() -> None:
    kit = subject(ROOT / "content").kit
    found = posters(subject(ROOT / "content"))["posters"]
    lines = [idea.poster for _, idea in kit.ideas() if idea.poster]
    assert 8 <= len(lines) <= 12
    assert all(sum(len(line.split()) for line in two) <= 14 for two in lines)
    contrasts = [tension.title for tension in kit.tensions.values() if len(tension.sides) == 2]
    assert [poster["title"] for poster in found if poster["title"]] == contrasts
    assert len(found) == len(lines) + len(contrasts)


def test_where_there_is_nothing_to_print_there_is_no_document() -> None:
    one = subject(KITS / "minimal" / "content")
    assert not documents(one.kit, one.links, one.words, Wanted(names=("cards", "posters")))


# A kit with very many


def with_many_prompts(kit: Path, number: int) -> Path:
    """A kit with a deck of so many prompts besides its own."""
    prompts = "".join(
        f"  - id: p{at}\n    depth: opener\n    text: What is number {at} for?\n" for at in range(1, number + 1)
    )
    (kit / "content" / "prompts" / "many.yml").write_text(f"title: Many\nprompts:\n{prompts}", encoding="utf-8")
    return kit / "content"


def test_very_many_cards_come_in_several_files_and_none_is_lost(copied: CopyKit) -> None:
    content = with_many_prompts(copied(ROOT), 400)
    whole = [card["code"] for sheet in cards(subject(content))["sheets"] for card in sheet]
    files = wanted(content, "cards", papers=("a4",))
    assert [one.path for one in files] == [f"print/all/cards.{nth}.a4.pdf" for nth in range(1, len(files) + 1)]
    assert [card["code"] for one in files for sheet in one.data["sheets"] for card in sheet] == whole
    sizes = [len(one.data["sheets"]) for one in files]
    assert max(sizes) <= 16
    assert max(sizes) - min(sizes) < len(sizes), "no last file with a card or two"
    title = subject(content).kit.settings.name
    assert [one.title for one in files] == [
        f"{title}: Cards, part {nth} of {len(files)}" for nth in range(1, len(files) + 1)
    ]


def test_sheets_are_counted_through_all_files(copied: CopyKit, tmp_path: Path) -> None:
    content = with_many_prompts(copied(KITS / "full"), 201)
    files = wanted(content, "cards", papers=("a4",))
    last = print_all(files[-1:], SHIPPED, lambda _: None)[0]
    number = sum(len(one.data["sheets"]) for one in files)
    pages = look(last, tmp_path).sheets
    assert run_of_words(f"sheet {number} of {number}") in run_of_words(pages[-1].text)
    assert run_of_words(f"sheet {number - len(pages) + 1} of {number}") in run_of_words(pages[0].text)


def test_who_prints_a_workshop_gets_no_row_of_files(copied: CopyKit) -> None:
    content = with_many_prompts(copied(ROOT), 400)
    one = subject(content)
    found = documents(one.kit, one.links, one.words, Wanted(("half-day", "all"), ("cards",), ("standard",), ("a4",)))
    assert [document.path for document in found] == ["print/half-day/cards.a4.pdf"]


# On paper


def on_paper(test: Callable[..., None]) -> Callable[..., None]:
    """A test that prints."""
    marked: Callable[..., None] = pytest.mark.pdf(pytest.mark.slow(test))
    return marked


class Picture:
    """A page in grey. Lengths are millimetres from the upper left corner."""

    def __init__(self, pdf: bytes, page: int) -> None:
        document = pdfium.PdfDocument(pdf)
        bitmap = document[page].render(scale=DOTS / 72, grayscale=True)
        data = bytes(bitmap.buffer)
        self.rows = [data[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height)]
        self.columns = [bytes(column) for column in zip(*self.rows, strict=True)]
        self.mm = 25.4 / DOTS

    def lines(self, rows: list[bytes]) -> list[float]:
        """Where a line runs over more than four fifths of the page."""
        dark = [at for at, row in enumerate(rows) if sum(dot < 200 for dot in row) > 0.8 * len(row)]
        return [at * self.mm for at in dark if at - 1 not in dark]

    def inked(self, rows: list[bytes]) -> list[float]:
        """Where there is any ink."""
        return [at * self.mm for at, row in enumerate(rows) if min(row) < 200]


@on_paper
def test_backs_stay_inside_their_cards_on_paper_fed_four_millimetres_off(copied: CopyKit) -> None:
    for one in printed(with_address(copied(ROOT)), "cards", edition="duplex"):
        assert not one.faults
        sheets = one.document.data["sheets"]
        assert one.pages == 2 * len(sheets)
        for at in (0, len(sheets) - 2):
            front, back = Picture(one.pdf, 2 * at), Picture(one.pdf, 2 * at + 1)
            across, down = front.lines(front.rows), front.lines(front.columns)
            assert (len(across), len(down)) == (5, 3), "four rows of two cards"
            width = SIZES[one.document.paper][0]
            assert down[0] + down[2] == pytest.approx(width, abs=0.6), (
                "turned on the long edge, columns fall on columns"
            )
            for cut, inked in [(across, back.inked(back.rows)), (down, back.inked(back.columns))]:
                assert len(inked) > 50
                near = [place for place in inked if min(abs(place - line) for line in cut) < 4.2]
                assert not near, f"ink {near[0]} mm down or across lies too near to a cut"
            assert min(across + down) >= 6.7, "printers leave 7 mm white"


@on_paper
def test_backs_lie_behind_their_fronts(tmp_path: Path) -> None:
    looked = 0
    for one in printed(ROOT / "content", "cards", edition="duplex", papers=("a4",)):
        pdf = look(one, tmp_path)
        for at, sheet in enumerate(one.document.data["sheets"]):
            front, back = pdf.sheets[2 * at : 2 * at + 2]
            for place, card in enumerate(sheet):
                here, behind = ("left", "right") if place % 2 == 0 else ("right", "left")
                assert run_of_words(card["code"]) in run_of_words(front.half(here))
                if card["back"]["versions"] and card["kind"] == "prompts":
                    follow_up = card["back"]["versions"][0][0]["text"][0]["children"][0]["text"]
                    assert run_of_words(follow_up) in run_of_words(back.half(behind)), follow_up
                    looked += 1
    assert looked > 50


@on_paper
def test_folded_cards_keep_their_words_off_cuts_and_folds(copied: CopyKit, tmp_path: Path) -> None:
    for content in (ROOT / "content", with_address(copied(ROOT))):
        for one in printed(content, "cards"):
            assert not one.faults
            pdf = look(one, tmp_path)
            assert one.pages == len(one.document.data["sheets"])
            picture = Picture(one.pdf, 0)
            across, down = picture.lines(picture.rows), picture.lines(picture.columns)
            assert (len(across), len(down)) == (5, 3)
            folds = [(down[0] + down[1]) / 2, (down[1] + down[2]) / 2]
            for sheet in pdf.sheets:
                assert sheet.width > sheet.height
                for run in sheet.ink:
                    left, bottom, right, top = (side / MM for side in run.box)
                    if sheet.height / MM - top > across[-1]:
                        continue  # the line of advice below the cards
                    for line in [*down, *folds]:
                        assert right < line - 2 or left > line + 2, f"a word at {left:.0f} mm crosses {line:.0f} mm"
                    for line in (sheet.height / MM - place for place in across):
                        assert top < line - 2 or bottom > line + 2


@on_paper
def test_every_prompt_stands_on_a_card_whole(tmp_path: Path) -> None:
    kit = subject(ROOT / "content").kit
    pdf = look(printed(ROOT / "content", "cards", papers=("us-letter",))[0], tmp_path)
    for deck in kit.prompts.values():
        for prompt in deck.prompts:
            assert run_of_words(prompt.text.plain()) in pdf.words
            assert prompt.follow_up is None or run_of_words(prompt.follow_up.plain()) in pdf.words
    for pitfall in kit.pitfalls.values():
        assert run_of_words(pitfall.title) in pdf.words


def with_question(content: Path, text: str) -> None:
    """Put another text in place of the first question of the deck."""
    deck = content / "prompts" / "first-words.yml"
    old = "What was the best meeting of your life?"
    deck.write_text(deck.read_text(encoding="utf-8").replace(old, f'"{text.strip()}"'), encoding="utf-8")


@on_paper
def test_what_has_no_room_on_a_card_is_told_with_its_place(copied: CopyKit) -> None:
    content = copied(KITS / "full") / "content"
    with_question(content, "Why so long? " + "very " * 200)
    problems = faults(read(content)[0], printed(content, "cards"))
    assert [(problem.code, problem.severity) for problem in problems] == [("too-long", "error")]
    assert problems[0].place.file.endswith("first-words.yml")
    assert problems[0].place.line == 5


@on_paper
def test_a_word_longer_than_a_line_breaks_and_stays_on_its_card(copied: CopyKit, tmp_path: Path) -> None:
    content = copied(KITS / "full") / "content"
    with_question(content, "See https://example.org/" + "nonsense" * 12)
    for one in printed(content, "cards"):
        assert not one.faults
        front = look(one, tmp_path).sheets[0].half("left")
        assert run_of_words("nonsense" * 12) in run_of_words(front), "no letter is lost"


@on_paper
def test_a_poster_is_one_large_sheet_or_two_small_ones(copied: CopyKit, tmp_path: Path) -> None:
    found = printed(with_address(copied(ROOT)), "posters")
    assert {one.document.paper for one in found} == set(SIZES)
    for one in found:
        assert not one.faults
        tiles = 2 if one.document.paper in ("a4", "us-letter") else 1
        pdf, wall = look(one, tmp_path), one.document.data["posters"]
        assert one.pages == tiles * len(wall)
        for at, poster in enumerate(wall):
            sheets = pdf.sheets[tiles * at : tiles * (at + 1)]
            for part, line in enumerate(part["line"] for part in poster["parts"]):
                assert run_of_words(line) in run_of_words(sheets[part * (tiles - 1)].text)
            for sheet in sheets:
                assert (sheet.width > sheet.height) == (tiles == 2)
                for run in sheet.ink:
                    left, bottom, right, top = run.box
                    assert min(left, bottom, sheet.width - right, sheet.height - top) > 7 * MM, (
                        "printers leave 7 mm white"
                    )
            if tiles == 2:
                glued = [run for run in sheets[0].ink if run.box[1] < 12 * MM]
                assert all(run.size == 9 for run in glued), "only the advice stands on the strip that is glued"
