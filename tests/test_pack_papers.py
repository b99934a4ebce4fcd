"""The papers of an event: its date and names where they belong, its group tables, and the print jobs with exact copies."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from generator.build import prints
from generator.content.load import Loaded
from generator.content.words import load_words
from generator.errors import KitError
from generator.links import link
from generator.occasion import Occasion, Seated
from generator.paper.copies import ordered
from generator.paper.documents import Document, Wanted
from generator.paper.event import called, event
from generator.paper.families import FAMILIES
from generator.paper.group_tables import group_tables, letter
from generator.paper.jobs import Job, jobs, planned
from generator.paper.order import print_order
from generator.paper.press import Printed
from generator.paper.room import days_after, name_tents, promise_cards, sign_in
from generator.paper.subject import Subject
from generator.reading import means_of, read
from generator.seating import rounds
from generator.templates import SHIPPED
from generator.timing.people import group_sizes
from tests.conftest import ROOT
from tests.pdf import run_of_words

LONG = "Dr. Maximiliane-Sophie von Hohenstein-Wallenberg"
SIGNS = "bdfghjklmnprstvwz"
NAMES = (
    LONG,
    "Li",
    *(f"Ann{SIGNS[at]}a O'Br{SIGNS[-at - 1]}en" for at in range(17)),
    "Nguyễn Thị Minh",
    "Ćwikła",
    "Uwe",
    "Zoë",
)
WORDS = load_words(SHIPPED, "en")


class Quiet:
    """Nobody is told how the work goes."""

    def did(self, text: str) -> None: ...

    def doing(self, text: str) -> None: ...


@cache
def kit() -> Loaded:
    return read(ROOT / "content")[0]


def dealt(people: int, sizes: tuple[int, ...], turn: int) -> Seated:
    """Everybody in one group, in an order that differs from round to round."""
    order, found = sorted(range(people), key=lambda one: ((one * 31 + turn * 17) % 101, one)), []
    for size in sizes:
        found.append(tuple(order[:size]))
        order = order[size:]
    return tuple(found)


def event_of(workshop: str, people: int, names: tuple[str, ...] = (), seated: bool = True) -> Occasion:
    """On 3 December 2026, and on the days after that where there are more."""
    it = kit().kit.workshops[workshop]
    found = rounds(kit().kit, it, WORDS)
    tables = tuple((one, dealt(people, group_sizes(people, one.groups), turn)) for turn, one in enumerate(found))
    days = tuple(date(2026, 12, 3) + timedelta(session.day - 1) for session in it.sessions)
    return Occasion(days, people, "Europe/Berlin", names, tables if seated else (), "Harbour House")


def subject_of(workshop: str, occasion: Occasion | None) -> Subject:
    loaded = kit().kit
    whole = Wanted(occasion=occasion).subject(loaded, link(loaded), WORDS)
    return replace(whole, workshop=loaded.workshops[workshop])


@cache
def printed(
    workshop: str, occasion: Occasion, *names: str, paper: str = "a4", edition: str = "standard"
) -> list[Printed]:
    assert edition in ("standard", "black")
    wanted = Wanted((workshop,), names, (edition,), (paper,), occasion=occasion)  # type: ignore[arg-type]
    found, _ = prints(means_of(kit()), wanted, Quiet())
    assert found, "nothing was printed"
    return found


def texts(pdf: bytes) -> list[str]:
    return [run_of_words(page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(pdf)]


def one_of(found: list[Printed], name: str) -> list[str]:
    return texts(next(one.pdf for one in found if one.document.name == name))


def planned_for(workshop: str, occasion: Occasion) -> tuple[Subject, list[Printed], list[Job]]:
    found = printed(workshop, occasion)
    subject = subject_of(workshop, occasion)
    return subject, found, jobs(subject, found)


# What stands in them


def test_promises_come_due_45_and_90_days_after_the_last_session_and_never_at_a_weekend() -> None:
    retreat = subject_of("leadership-retreat", event_of("leadership-retreat", 8))  # Thursday 3 and Friday 4 December
    for made in (promise_cards, days_after):
        assert made(retreat)["due_on"] == [
            {"date": "Monday 18 January 2027", "weekend": None},
            {"date": "Thursday 4 March 2027", "weekend": None},
        ]
    half = subject_of("half-day", event_of("half-day", 8))  # day 45 is Sunday 17 January
    assert days_after(half)["due_on"][0] == {"date": "Monday 18 January 2027", "weekend": "Sunday"}
    for undated in (subject_of("half-day", None), subject_of("starter-60", event_of("starter-60", 8))):
        assert promise_cards(undated)["due_on"] == [], "a day without a number, or without an event, is dated by hand"


@pytest.mark.pdf
@pytest.mark.slow
def test_rows_of_a_numbered_sign_in_sheet_end_with_the_last_number_that_has_a_group() -> None:
    found = printed("half-day", event_of("half-day", 7), "sign-in")
    words = pdfium.PdfDocument(found[0].pdf)[0].get_textpage().get_text_range().split()
    assert [word for word in words if word.isdigit() and int(word) < 100] == ["3", *"1234567"], "3 is from the date"


def test_without_an_event_nothing_is_dated_or_named() -> None:
    subject = subject_of("half-day", None)
    assert event(subject) == group_tables(subject) == {}
    assert name_tents(subject)["sheets"] == [[{"name": None, "number": None}] * 2]
    assert sign_in(subject)["names"] == []


def test_each_session_has_its_own_date_and_clock() -> None:
    found = event(subject_of("leadership-retreat", event_of("leadership-retreat", 7)))
    assert [(one["date"], one["start"]) for one in found["sessions"]] == [
        ("Thursday 3 December 2026", "13:30"),
        ("Friday 4 December 2026", "9:00"),
    ]
    lists = sign_in(subject_of("leadership-retreat", event_of("leadership-retreat", 7)))["lists"]
    assert [one["date"] for one in lists] == ["Thursday 3 December 2026", "Friday 4 December 2026"]


def test_people_without_names_go_by_number_where_they_are_dealt_to_groups() -> None:
    occasion = event_of("half-day", 7)
    assert called(occasion) == ("1", "2", "3", "4", "5", "6", "7")
    tents = [tent["number"] for sheet in name_tents(subject_of("half-day", occasion))["sheets"] for tent in sheet]
    assert tents == ["1", "2", "3", "4", "5", "6", "7", None]
    assert sign_in(subject_of("half-day", occasion))["numbered"]
    apart = subject_of("half-day", event_of("half-day", 7, seated=False))
    assert not sign_in(apart)["numbered"]
    assert len(name_tents(apart)["sheets"]) == 1, "blank tents are printed as often as it takes"


@pytest.mark.parametrize("people", [4, 7, 12, 23, 40])
def test_group_tables_have_everybody_once_in_each_round_and_the_wall_says_the_same(people: int) -> None:
    for workshop in kit().kit.workshops:
        occasion = event_of(workshop, people)
        data = group_tables(subject_of(workshop, occasion))
        shown = [one for part in data["parts"] for one in part["rounds"]]
        assert [one["title"] for one in shown] == [one.title for one, _ in occasion.tables]
        for one in shown:
            assert sorted(int(name) for group in one["groups"] for name in group["people"]) == list(
                range(1, people + 1)
            )
        for part, wall in zip(data["parts"], data["lists"], strict=True):
            for at, one in enumerate(part["rounds"]):
                for group in one["groups"]:
                    there = [row["called"] for row in wall["rows"] if row["letters"][at] == group["letter"]]
                    assert sorted(there, key=int) == group["people"]


def test_a_list_for_the_wall_is_parted_where_a_day_has_very_many_rounds() -> None:
    occasion = event_of("half-day", 4)
    many = replace(occasion, tables=tuple(occasion.tables[0] for _ in range(30)))
    lists = group_tables(subject_of("half-day", many))["lists"]
    assert [len(one["heads"]) for one in lists] == [12, 12, 6]


def test_letters_go_on_after_z() -> None:
    assert [letter(number) for number in (0, 25, 26, 27, 52, 701, 702)] == ["A", "Z", "AA", "AB", "BA", "ZZ", "AAA"]


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize(("paper", "edition"), [("a4", "standard"), ("us-letter", "black")])
def test_dates_and_names_stand_where_they_should_and_nowhere_else(paper: str, edition: str) -> None:
    occasion = event_of("starter-60", 23, NAMES)
    found = printed("starter-60", occasion, paper=paper, edition=edition)
    dated = {one.document.name for one in found if "thursday3december2026" in "".join(texts(one.pdf))}
    booklets = {"facilitator-guide", "participant-workbook"}
    assert dated == {"print-order", "run-sheet", "sign-in", "kit-list", "group-tables", "days-after", *booklets}
    named = {one.document.name for one in found if "hohensteinwallenberg" in "".join(texts(one.pdf))}
    assert named == {"sign-in", "name-tents", "group-tables"}
    assert "23people" in "".join(one_of(found, "run-sheet"))
    assert "harbourhouse" in "".join(one_of(found, "run-sheet"))
    assert not [one.document.path for one in found if one.faults]


@pytest.mark.pdf
@pytest.mark.slow
def test_days_with_dates_are_called_by_them_and_promise_cards_say_when_to_ask() -> None:
    names = ("participant-workbook", "promise-cards", "run-sheet", "kit-list")
    found = printed("leadership-retreat", event_of("leadership-retreat", 7), *names)
    for name in ("participant-workbook", "run-sheet"):
        text = "".join(one_of(found, name))
        assert "friday4december2026" in text
        assert "day2" not in text
    kit_list = "".join(one_of(found, "kit-list"))
    assert "day45monday18january2027day90thursday4march2027" in kit_list, "for the flip chart"
    (card,) = one_of(found, "promise-cards")
    assert card.count("day45monday18january2027") == card.count("day90thursday4march2027") == 3


@pytest.mark.pdf
@pytest.mark.slow
def test_every_name_is_on_one_tent_on_both_its_sides() -> None:
    found = printed("starter-60", event_of("starter-60", 23, NAMES), "name-tents")
    pages = one_of(found, "name-tents")
    assert len(pages) == 12, "two on a sheet"
    firsts = [
        run_of_words(name.removeprefix("Dr. ").split()[0]) for name in NAMES if name != "Li"
    ]  # which is in other words
    for first in firsts:
        assert [page.count(first) for page in pages if first in page] == [2], first
    assert "".join(pages).count("foldatthetwomarks") == 24
    assert pages[-1].count("writeyournamelarge") == 1, "the last one is blank"


@pytest.mark.pdf
@pytest.mark.slow
def test_the_sign_in_sheet_has_the_names_in_their_order_and_rows_for_others() -> None:
    (page,) = one_of(printed("starter-60", event_of("starter-60", 23, NAMES), "sign-in"), "sign-in")
    places = [page.index(run_of_words(name)) for name in NAMES]
    assert all(before < after for before, after in pairwise(places))
    assert "signature" in page
    assert page.index("26", places[-1]), "three rows are free"


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize("name", ["Waltraud " * 40, "李 小龙"])
def test_a_name_that_cannot_be_printed_is_told_by_name(name: str) -> None:
    with pytest.raises(KitError) as error:
        printed("starter-60", event_of("starter-60", 4, (name.strip(), "Ann", "Ben", "Cleo")), "name-tents", "sign-in")
    assert {problem.code for problem in error.value.problems} <= {"too-long", "no-glyph"}
    assert all(name.strip() in problem.message for problem in error.value.problems)


@pytest.mark.pdf
@pytest.mark.slow
def test_nothing_is_smaller_than_nine_points() -> None:
    occasion = event_of("full-day", 40, tuple(f"{name} {at}" for at, name in enumerate(NAMES * 2))[:40])
    for one in printed("full-day", occasion, "group-tables", "name-tents", "sign-in", paper="us-letter"):
        document = pdfium.PdfDocument(one.pdf)
        sizes = {
            round(run.get_font_size() * _scale(run), 1)
            for page in document
            for run in page.get_objects(filter=[1], max_depth=5)
        }
        assert sizes
        assert min(sizes) >= 9, one.document.path


def _scale(run: pdfium.PdfObject) -> float:
    matrix = run.get_matrix()
    return float(abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5)


# How often they are printed


def made(name: str, pages: int) -> Printed:
    """As if a document had been printed."""
    family = next(one for one in FAMILIES if one.name == name)
    return Printed(Document("half-day", "", family, "standard", name, "a4", ()), None, pages)


def test_a_file_for_each_way_of_printing_and_one_instead_of_the_workbooks() -> None:
    subject = subject_of("half-day", event_of("half-day", 23, NAMES))
    every = [
        made("name-tents", 12),
        made("run-sheet", 1),
        made("handouts", 7),
        made("participant-workbook", 13),
        made("sign-in", 1),
    ]
    every += [made("facilitator-guide", 35), made("cards", 2)]
    orders = ordered(subject, every, "standard", "a4")
    found = planned(orders, "standard", "a4")
    assert [(one.name, one.sides, one.pages, one.sheets) for one in found] == [
        ("print-1-plain-one-side.a4.pdf", "one", 2, 2),
        ("print-2-plain-two-sides.a4.pdf", "long", 36 + 23 * 14 - 1, 18 + 23 * 7),
        ("print-3-card-one-side.a4.pdf", "one", 12 + 8 * 2, 12 + 8 * 2),
        ("print-instead-of-workbooks.a4.pdf", "one", 23 * 7, 23 * 7),
    ]
    data = print_order(subject, "standard", "a4", orders)
    assert [one["file"] for one in data["jobs"]] == [one.name for one in found if not one.instead]
    assert sum(one["sheets"] for one in data["jobs"]) == sum(one["sheets"] for one in data["totals"])
    assert (data["instead"]["first"], data["instead"]["last"]) == (37, 36 + 23 * 14 - 1)
    tents = next(line for line in data["lines"] if line["file"] == "documents/name-tents.a4.pdf")
    assert (tents["copies"], tents["sheets"]) == (1, 12), "all names are in one file"


@pytest.mark.parametrize(("people", "tents"), [(4, 2), (7, 4), (12, 6), (23, 12), (40, 20)])
def test_blank_tents_are_enough_for_everybody(people: int, tents: int) -> None:
    orders = ordered(
        subject_of("half-day", event_of("half-day", people, seated=False)), [made("name-tents", 1)], "standard", "a4"
    )
    assert [one.copies for one in orders] == [tents]


@pytest.mark.pdf
@pytest.mark.slow
def test_the_files_hold_exactly_the_copies_of_the_print_order() -> None:
    subject, found, made_jobs = planned_for("starter-60", event_of("starter-60", 23, NAMES))
    orders = {
        one.printed.document.name: one
        for one in ordered(subject, found, "standard", "a4")
        if one.printed.document.workshop != "all"
    }
    assert [one.instead for one in made_jobs] == [False, False, False, True]
    alone = {name: Counter(texts(one.printed.pdf)) for name, one in orders.items()}
    for job in made_jobs:
        wanted: Counter[str] = Counter()
        for part in job.parts:
            name = part.printed.document.name
            wanted += Counter({text: number * orders[name].copies for text, number in alone[name].items()})
        pages = texts(job.pdf)
        assert len(pages) == job.pages
        assert Counter(text for text in pages if text) == Counter({text: n for text, n in wanted.items() if text})
    listed = {part.printed.document.name for job in made_jobs for part in job.parts}
    assert listed == set(orders) - {"print-order"}


@pytest.mark.pdf
@pytest.mark.slow
def test_on_both_sides_each_copy_begins_on_a_sheet_of_its_own() -> None:
    _, _, made_jobs = planned_for("starter-60", event_of("starter-60", 23, NAMES))
    (job,) = (one for one in made_jobs if one.sides == "long")
    pages, at, odd = texts(job.pdf), 0, 0
    for part in job.parts:
        copy = texts(part.printed.pdf)
        odd += len(copy) % 2
        for _ in range(part.copies):
            assert at % 2 == 0, "a copy begins on the back of another"
            assert pages[at : at + len(copy)] == copy, "the pages of a copy lie together"
            at += len(copy) + len(copy) % 2
    assert odd, "no document has an odd number of pages, so nothing was tried"
    assert job.sheets == -(-len(pages) // 2)


@pytest.mark.pdf
@pytest.mark.slow
def test_the_files_are_small_always_the_same_and_tell_the_printer_what_to_do() -> None:
    subject, found, made_jobs = planned_for("starter-60", event_of("starter-60", 23, NAMES))
    assert [one.pdf for one in made_jobs] == [one.pdf for one in jobs(subject, found)]
    for job in made_jobs:
        assert len(job.pdf) < 1.3 * sum(len(part.printed.pdf) for part in job.parts) + 400 * job.pages, job.name
        reader = PdfReader(io.BytesIO(job.pdf))
        wishes = reader.trailer["/Root"]["/ViewerPreferences"]  # type: ignore[index]
        assert wishes["/PrintScaling"] == "/None"
        assert wishes["/Duplex"] == {"one": "/Simplex", "long": "/DuplexFlipLongEdge"}[job.sides]
        assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} <= {
            (595, 842),
            (842, 595),
        }


@pytest.mark.pdf
@pytest.mark.slow
def test_by_call_people_get_files_and_only_the_facilitator_gets_paper() -> None:
    occasion = event_of("remote-series", 7)
    subject, found, made = planned_for("remote-series", occasion)
    on_paper = {one.printed.document.name: one.copies for job in made for one in job.parts}
    assert on_paper == {"run-sheet": 1, "facilitator-guide": 1, "group-tables": 1, "days-after": 1}
    sheet = print_order(subject, "standard", "a4", ordered(subject, found, "standard", "a4"))
    sent = {line["name"]: line["copies"] for line in sheet["extra"] if line["why"] == WORDS("print.print_order.sent")}
    assert sent["Participant workbook"] == 7
    assert sheet["instead"] is None
