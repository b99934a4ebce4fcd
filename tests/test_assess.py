"""Answering a self-assessment and the team's picture: for people with a phone, and for the facilitator who collects their codes."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.content.model import Assessment
from generator.programme import bands, points
from generator.web.assess import asked, enough, in_a_row, radar, ring, version
from tests.conftest import KITS, copy_kit, run_generator
from tests.pdf import read, run_of_words

browser_test = [pytest.mark.browser, pytest.mark.slow]
PHONE: Any = {"width": 390, "height": 844}
LOOK, TEAM = "assessments/where-we-look/index.html", "assessments/where-we-look/team/index.html"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
# By statement: 0 never to 4 always, n no evidence, u unanswered. The last statement of each dimension is reversed.
FIRST = "4440" + "0004" + "2222" + "nnn1" + "34n1"


def _assessment(sizes: list[int], answers: int = 5, **more: Any) -> Assessment:
    dimensions = [
        {"id": f"d{at}", "title": f"Direction {at}", "statements": [{"id": f"s{at}-{n}", "text": "So."} for n in range(size)]}
        for at, size in enumerate(sizes)
    ]  # fmt: skip
    scale = tuple(f"word {n}" for n in range(answers))
    return Assessment.model_validate({"id": "a", "title": "A", "scale": scale, "dimensions": dimensions, **more})


def test_a_share_that_is_rounded_down_meets_the_same_bands_as_the_points_on_paper() -> None:
    looked = 0
    for answers in range(2, 12):
        for size in range(1, 9):
            assessment = _assessment([size], answers)
            most = (answers - 1) * size
            for band, (least, last) in bands(assessment, assessment.dimensions[0]).items():
                for number in range(least, last + 1):
                    share = 100 * number // most
                    assert band == ("low" if share < 40 else "middle" if share < 70 else "high"), (number, most)
                    looked += 1
    assert looked > 1000


def test_more_than_half_of_the_statements_score_a_dimension() -> None:
    assert [enough(one) for one in _assessment([1, 2, 3, 4, 5]).dimensions] == [1, 2, 2, 3, 3]


@pytest.mark.parametrize("count", range(3, 11))
def test_the_picture_has_an_axis_for_each_dimension(count: int) -> None:
    axes = radar(_assessment([1] * count))
    assert len({axis.end for axis in axes}) == count
    assert all(0 <= x <= 400 for axis in axes for x in (axis.x, axis.end[0]))
    assert all(" ".join(line.text for line in axis.names) == f"Direction {at}" for at, axis in enumerate(axes))
    assert ring(count, 40) != ring(count, 70)


def test_one_or_two_dimensions_have_no_picture_with_axes() -> None:
    assert radar(_assessment([2])) == radar(_assessment([2, 2])) == ()


def test_a_version_changes_with_what_a_code_is_read_by(kits: Path) -> None:
    from generator.content.load import load

    kit = load(kits / "full" / "content").kit
    found = [_assessment([2, 1]), _assessment([1, 2]), _assessment([2, 1], 4), _assessment([3])]
    assert len({version(kit, one) for one in found}) == 4
    assert version(kit, found[0]) == version(kit, found[0].model_copy(update={"title": "Another title"}))
    assert all(re.fullmatch("[0-9a-z]{4}", version(kit, one)) for one in found)


def test_the_page_has_the_points_of_each_answer(kits: Path) -> None:
    from generator.content.load import load

    kit = load(kits / "full" / "content").kit
    item = kit.assessments["how-we-meet"]
    values = asked(kit, item)
    given = [one["points"] for dimension in values["dimensions"] for one in dimension["statements"]]
    assert given == [points(item, one) for dimension in item.dimensions for one in dimension.statements]
    assert given[:2] == [(0, 1, 2, 3), (3, 2, 1, 0)]
    assert not values["none"]


def test_long_words_stand_below_each_other() -> None:
    short = _assessment([1])
    assert in_a_row(short)
    assert not in_a_row(short.model_copy(update={"scale": ("no", "overwhelmingly")}))
    assert not in_a_row(_assessment([1], 6))


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True)
    yield context
    context.close()


def _answer(page: Page, signs: str) -> None:
    groups = page.locator(".kit-judge")
    assert groups.count() == len(signs)
    for at, sign in enumerate(signs):
        if sign != "u":
            groups.nth(at).locator(f'input[value="{sign}"]').check()


def _rows(page: Page) -> dict[str, list[str]]:
    found = {}
    for row in page.locator(".kit-result .kit-figures tbody tr").all():
        name, *cells = [cell.inner_text().replace("\u00a0", " ") for cell in row.locator("th, td").all()]
        found[name] = cells
    return found


def _kept(page: Page) -> list[str]:
    """What the page keeps on the device, beside the theme's own settings."""
    keys: list[str] = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('workshop-kit/'))")
    return keys


def _code(browser: Browser, address: str, signs: str) -> str:
    """The code of a person with a device of their own."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    _answer(page, signs)
    code = page.locator("#kit-code").input_value()
    context.close()
    return code


class TestAnswering:
    pytestmark = browser_test

    def test_bands_the_two_lowest_and_what_has_too_little_evidence(self, phone: BrowserContext, shipped: str) -> None:
        page = phone.new_page()
        page.goto(shipped + LOOK)
        _answer(page, FIRST)
        assert _rows(page) == {
            "Seeing customers as they are": ["100 %, high", "4 of 4"],
            "Measuring and rewarding": ["0 %, low", "4 of 4"],
            "Working across the lines": ["50 %, middle", "4 of 4"],
            "Improving and inventing": ["not enough evidence", "1 of 4; 3 without evidence"],
            "Leading with care and stamina": ["83 %, high", "3 of 4; 1 without evidence"],
        }
        lowest = page.locator(".is-lowest")
        assert lowest.locator("h4").all_inner_texts() == [
            "Measuring and rewarding 0\u00a0%,\u00a0low",
            "Working across the lines 50\u00a0%,\u00a0middle",
        ]
        assert "What you count and reward" in lowest.inner_text()
        links = {link.inner_text(): link.get_attribute("href") for link in lowest.locator("a").all()}
        assert "The product yardstick" in links
        assert all(re.search("(pitfalls|exercises)/", href or "") for href in links.values())
        assert "3 of 4 statements without evidence" in page.locator(".is-finding").inner_text()
        assert "Improving" not in page.locator(".is-others").inner_text()

    def test_answers_stay_after_a_reload_and_go_when_deleted(self, phone: BrowserContext, shipped: str) -> None:
        page = phone.new_page()
        page.goto(shipped + LOOK)
        assert page.locator(".kit-picture").is_hidden()
        _answer(page, FIRST[:19] + "u")
        assert page.locator(".kit-progress").inner_text().startswith("19 of 20 answered")
        page.reload()
        assert page.locator(".kit-judge input:checked").count() == 19
        assert page.locator(".kit-judge").nth(12).locator("input:checked").input_value() == "n"
        keys = _kept(page)
        assert len(keys) == 1
        assert keys[0].endswith("/assessments/where-we-look/answers")
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Delete my answers").click()
        assert page.locator(".kit-judge input:checked").count() == 0
        assert _kept(page) == []
        assert page.locator(".kit-picture").is_hidden()

    def test_a_keyboard_answers(self, phone: BrowserContext, shipped: str) -> None:
        page = phone.new_page()
        page.goto(shipped + LOOK)
        group = page.get_by_role("group", name="Our leaders make time to meet customers")
        group.get_by_role("radio", name="never").focus()
        page.keyboard.press("ArrowRight")
        assert group.get_by_role("radio", name="seldom").is_checked()
        assert len(_kept(page)) == 1

    def test_two_tabs_and_a_page_that_deletes_are_followed(self, phone: BrowserContext, shipped: str) -> None:
        first, second = phone.new_page(), phone.new_page()
        first.goto(shipped + LOOK)
        second.goto(shipped + LOOK)
        first.locator(".kit-judge").nth(0).locator('input[value="1"]').check()
        expect(second.locator(".kit-judge input:checked")).to_have_count(1)
        second.locator(".kit-judge").nth(1).locator('input[value="2"]').check()
        expect(first.locator(".kit-judge input:checked")).to_have_count(2)
        second.evaluate("localStorage.clear()")
        expect(first.locator(".kit-judge input:checked")).to_have_count(0)

    def test_no_evidence_is_taken_back_by_a_second_press(self, phone: BrowserContext, shipped: str) -> None:
        page = phone.new_page()
        page.goto(shipped + LOOK)
        box = page.locator(".kit-judge").first.locator("label", has_text="no evidence")
        for answered in (1, 0, 1):
            box.click()
            assert page.locator(".kit-judge input:checked").count() == answered
            assert page.locator(".kit-progress").inner_text().startswith(f"{answered} of 20 answered")

    def test_kept_answers_that_cannot_be_answers_are_left_out(self, phone: BrowserContext, shipped: str) -> None:
        page = phone.new_page()
        page.goto(shipped + LOOK)
        page.evaluate("""() => {
            const kept = {}, odd = ["length", "constructor", "0", [0], -1, 9, 1];
            workshopAssess.statements.forEach(({ id }, at) => { kept[id] = odd[at] === undefined ? null : odd[at]; });
            workshopKit.store.set("assessments/where-we-look/answers", JSON.stringify(kept));
        }""")
        page.reload()
        assert page.locator(".kit-progress").inner_text().startswith("1 of 20 answered")
        assert page.locator(".kit-judge input:checked").count() == 1

    def test_answers_that_cannot_be_kept_are_named_where_one_answers(self, phone: BrowserContext, shipped: str) -> None:
        page = phone.new_page()
        page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };")
        page.goto(shipped + LOOK)
        _answer(page, "12" + "u" * 18)
        assert page.locator(".kit-progress").inner_text().startswith("2 of 20 answered, but not saved")
        assert page.get_by_role("alert").filter(has_text="storage of this browser is full").count() == 1
        page.evaluate("window.dispatchEvent(new Event('pageshow'))")
        assert page.locator(".kit-judge input:checked").count() == 2

    def test_targets_are_large_enough_for_a_thumb(self, phone: BrowserContext, shipped: str) -> None:
        page = phone.new_page()
        page.goto(shipped + LOOK)
        boxes = [label.bounding_box() for label in page.locator(".kit-choice").all()[:12]]
        assert len(boxes) == 12
        assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)

    @pytest.mark.parametrize("paper", ["A4", "Letter"])
    def test_a_result_prints_as_one_page(self, phone: BrowserContext, shipped: str, tmp_path: Path, paper: str) -> None:
        page = phone.new_page()
        page.goto(shipped + LOOK)
        _answer(page, FIRST)
        page.pdf(path=tmp_path / "result.pdf", format=paper)
        sheets = read(tmp_path / "result.pdf").sheets
        assert len(sheets) == 1
        text = run_of_words(sheets[0].text)
        for wanted in (
            "Where do we look?",
            "Name",
            "Date",
            "What you count and reward",
            "The product yardstick",
            "83 %",
        ):
            assert run_of_words(wanted) in text, wanted
        assert run_of_words("Delete my answers") not in text

    def test_answers_can_be_saved_as_a_table_and_the_code_as_a_file(self, phone: BrowserContext, shipped: str) -> None:
        page = phone.new_page()
        page.goto(shipped + LOOK)
        _answer(page, FIRST)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the answers as a table").click()
        rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8-sig"))))
        assert len(rows) == 21
        assert rows[4] == [
            "Seeing customers as they are", "When a customer complains, we explain why we were right.", "never", "4",
        ]  # fmt: skip
        assert rows[13][2:] == ["no evidence", ""]
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the code").click()
        code = Path(saved.value.path()).read_text(encoding="utf-8").strip()
        assert code == page.locator("#kit-code").input_value()
        assert len(code) <= 120

    def test_another_scale_without_no_evidence_and_with_a_reversed_statement(
        self, phone: BrowserContext, full: str
    ) -> None:
        page = phone.new_page()
        page.goto(full + "assessments/how-we-meet/index.html")
        assert page.locator(".kit-choice").count() == 3 * 4
        _answer(page, "303")
        assert _rows(page) == {"How we begin": ["100 %, high", "2 of 2"], "How we end": ["100 %, high", "1 of 1"]}
        _answer(page, "331")
        assert _rows(page) == {"How we begin": ["50 %, middle", "2 of 2"], "How we end": ["33 %, low", "1 of 1"]}
        assert page.locator(".kit-radar").count() == 0
        assert page.locator(".kit-picture .kit-track").count() == 2

    def test_statements_and_results_can_be_read_with_scripts_off(self, browser: Browser, shipped: str) -> None:
        page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
        page.goto(shipped + LOOK)
        text = page.locator("main").inner_text()
        for wanted in ("never", "We try out our own service", "Here the last answer is the worst", "Low, under 40 %"):
            assert wanted in text, wanted
        assert page.get_by_text("What you count and reward may point").is_visible()
        assert page.locator(".kit-choice").first.is_hidden()
        page.context.close()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing_in_a_result(self, browser: Browser, shipped: str, scheme: Any) -> None:
        page = browser.new_context(color_scheme=scheme, viewport=PHONE).new_page()
        page.goto(shipped + LOOK)
        _answer(page, FIRST)
        assert not Axe().run(page, options=RULES).response["violations"]
        code = page.locator("#kit-code").input_value()
        page.goto(shipped + TEAM)
        page.locator("textarea").fill("\n".join([code] * 3))
        page.locator("[name=same]").check()
        assert page.locator(".kit-team__picture").is_visible()
        assert not Axe().run(page, options=RULES).response["violations"]
        page.context.close()


class TestTheTeam:
    pytestmark = browser_test
    PEOPLE = (FIRST, "0134" + "4440" + "1111" + "2222" + "0123", "2222" + "1023" + "nn22" + "4440" + "1u1u")

    def test_three_codes_show_lowest_median_and_highest(self, browser: Browser, shipped: str, tmp_path: Path) -> None:
        codes = [_code(browser, shipped + LOOK, signs) for signs in self.PEOPLE]
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(shipped + TEAM)
        area, said = page.get_by_label("Codes, one a line"), page.locator(".kit-team__said")
        area.fill(f"[10:14] Anna: {codes[0]}\nThanks! https://example.org/a/b/c/d\n{codes[1].upper()}.")
        assert "could be recognised" in said.inner_text()
        assert page.locator(".kit-team__picture").is_hidden()
        assert not page.locator(".kit-team__notes li").all()
        area.fill(area.input_value() + "\n<Bo> " + codes[2])
        assert said.inner_text() == "3 codes are counted."
        found = {}
        for body in page.locator(".kit-spread tbody").all():
            found[body.get_attribute("data-dimension")] = body.locator("td").all_inner_texts()
        # see: 16, 4 and 8 of 16 points. measure: 0, 16, and 1, 0, 2 and a reversed 3, which are 4.
        assert found["see"] == ["25 %", "50 %", "100 %", "3 of 3", "0 of 12"]
        assert found["measure"] == ["0 %", "25 %", "100 %", "3 of 3", "0 of 12"]
        hidden = "Fewer than three have enough evidence here, so nothing is shown."
        assert found["connect"] == [hidden, "2 of 3", "2 of 12"]
        assert found["improve"] == [hidden, "2 of 3", "3 of 12"]
        assert "Anna" not in page.locator(".kit-team__picture").inner_text()
        for paper in ("A4", "Letter"):
            page.pdf(path=tmp_path / f"{paper}.pdf", format=paper)
            sheets = read(tmp_path / f"{paper}.pdf").sheets
            assert len(sheets) == 1, paper
            assert run_of_words("Anna") not in run_of_words(sheets[0].text)
        page.context.close()

    def test_the_median_of_an_even_number_is_the_mean_of_the_middle(self, browser: Browser, full: str) -> None:
        address = full + "assessments/how-we-meet/"
        signs = ("300", "331", "002", "033")
        codes = [_code(browser, address + "index.html", one) for one in signs]
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(address + "team/index.html")
        page.locator("textarea").fill("\n".join(codes))
        begin = page.locator("[data-dimension=start] .is-median, [data-dimension=start] td").all_inner_texts()
        assert begin[-5:] == ["0 %", f"{median([100, 50, 50, 0]):g} %", "100 %", "4 of 4", "0 of 8"]
        end = page.locator("[data-dimension=end] td").all_inner_texts()
        assert end[:3] == ["0 %", f"{median([0, 33, 66, 100]):g} %", "100 %"]
        page.context.close()

    def test_what_chats_and_phones_do_to_a_code_is_undone(self, browser: Browser, shipped: str) -> None:
        codes = [_code(browser, shipped + LOOK, signs) for signs in self.PEOPLE[:2]]
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(shipped + TEAM)
        changed = (
            codes[0].upper(),
            f"„{codes[0]}“",
            codes[0].replace("-", "–"),
            codes[0].replace("-", "\u2011"),
            codes[0].replace("/", " / "),
            codes[0].replace("/", "\uff0f"),
            codes[0][:9] + "\u200b" + codes[0][9:] + "\u200e",
            codes[0][:9] + "\u00ad" + codes[0][9:],
        )
        for text in changed:
            page.locator("textarea").fill(f"Anna / {text} / {codes[1]}")
            assert page.locator(".kit-team__said").inner_text().startswith("2 codes are counted"), text
            assert page.locator(".kit-team__notes li").count() == 0, text
        page.context.close()

    def test_columns_keep_their_width_where_nothing_is_shown(self, browser: Browser, shipped: str) -> None:
        code = _code(browser, shipped + LOOK, "n" * 20)
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(shipped + TEAM)
        page.locator("textarea").fill("\n".join([code] * 3))
        page.locator("[name=same]").check()
        widths = page.locator(".kit-spread thead th").evaluate_all("all => all.map(one => one.clientWidth)")
        assert len(widths) == 5
        assert max(widths) - min(widths) < 3
        page.context.close()

    def test_what_cannot_be_counted_is_named_by_its_line(self, browser: Browser, shipped: str, full: str) -> None:
        code = _code(browser, shipped + LOOK, FIRST)
        other = _code(browser, full + "assessments/how-we-meet/index.html", "303")
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(shipped + TEAM)
        page.locator("textarea").fill("\n".join([code, "", code.replace("444", "443", 1), other, code, code[:-9]]))
        notes = page.locator(".kit-team__notes li").all_inner_texts()
        assert len(notes) == 4
        assert notes[0].startswith("Line 3: this code is damaged")
        assert "Line 4: this code belongs to another self-assessment, “how-we-meet”" in notes[1]
        assert notes[2].startswith("Line 5: the same code as on line 1")
        assert notes[3].startswith("Line 6: this code is damaged")
        assert page.locator(".kit-team__said").inner_text().startswith("1 code is counted")
        page.get_by_label("Count equal codes as different people").check()
        assert page.locator(".kit-team__said").inner_text().startswith("2 codes are counted")
        page.context.close()

    def test_every_single_mistyped_sign_is_refused(self, browser: Browser, shipped: str) -> None:
        page = browser.new_context().new_page()
        page.goto(shipped + LOOK)
        _answer(page, FIRST)
        code = page.locator("#kit-code").input_value()
        wrong = [code[:at] + sign + code[at + 1 :] for at in range(len(code)) for sign in "0n7x" if sign != code[at]]
        assert len(wrong) > 150
        read_well = page.evaluate("codes => codes.filter(code => !workshopAssess.decode(code).fault)", wrong)
        assert read_well == []
        page.context.close()

    def test_codes_are_kept_only_when_asked(self, browser: Browser, shipped: str) -> None:
        page = browser.new_context().new_page()
        page.goto(shipped + TEAM)
        page.locator("textarea").fill("wk1/some/code")
        assert _kept(page) == []
        page.get_by_label("Keep the codes on this device").check()
        page.reload()
        assert page.locator("textarea").input_value() == "wk1/some/code"
        page.get_by_role("button", name="Delete the codes").click()
        assert _kept(page) == []
        page.context.close()

    def test_participants_have_no_link_to_the_team(self, shipped_site: Path, tmp_path: Path) -> None:
        assert 'href="team/' in (shipped_site / LOOK).read_text(encoding="utf-8")
        folder = copy_kit(KITS / "full", tmp_path / "full")
        done = run_generator("build", "--for", "participants", cwd=folder)
        assert done.returncode == 0, done.stderr
        site = folder / "site-participants" / "assessments" / "how-we-meet"
        assert not (site / "team").exists()
        text = (site / "index.html").read_text(encoding="utf-8")
        assert "How we begin" in text
        assert "team/" not in text
        assert "Paste the codes" not in text
