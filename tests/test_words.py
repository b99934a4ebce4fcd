"""Fixed words in other languages: what a words file may hold, what stands in for what it lacks, plurals, and a kit without booklets."""

from pathlib import Path
from typing import Any

import pytest

from generator.build import build
from generator.commands.common import Console
from generator.content.words import Words, category, is_right_to_left, load_words, plural_forms, read_words
from generator.content.words_file import english, faults, missing, names
from generator.errors import KitError, Problem, ToolError, as_text
from generator.reading import read, words_of
from generator.templates import SHIPPED
from generator.web.furniture import furniture, named
from generator.web.phrases import Phrases
from tests.conftest import KITS, CopyKit, write_files

POLISH = """\
units:
  minutes: {one: "{n} minuta", few: "{n} minuty", many: "{n} minut", other: "{n} minuty"}
find:
  pitfalls:
    count: {one: "Najbliższa z {all}", few: "{n} najbliższe z {all}", many: "{n} najbliższych z {all}", other: "{n} z {all}"}
"""


def _kit(copied: CopyKit, language: str, files: dict[str, str | bytes]) -> Path:
    kit = copied(KITS / "minimal")
    written = (kit / "content/kit.yml").read_text(encoding="utf-8")
    write_files(kit, {"content/kit.yml": f"{written}language: {language}\n", **files})
    return kit / "content"


def _refused(content: Path) -> list[Problem]:
    with pytest.raises(KitError) as found:
        read(content)
    return [problem for problem in found.value.problems if problem.severity == "error"]


def _warned(content: Path) -> list[Problem]:
    return [problem for problem in read(content)[1] if problem.code in ("untranslated", "no-words")]


@pytest.mark.parametrize("path", sorted((SHIPPED / "words").glob("*.yml")), ids=lambda path: path.stem)
def test_a_words_file_that_is_shipped_has_no_fault_and_lacks_nothing(path: Path) -> None:
    assert [as_text(problem) for problem in faults(read_words(path))] == []
    assert missing([path]) == []


@pytest.mark.parametrize(
    ("text", "code", "place", "said"),
    [
        ("nav: {hom: Start}", "unknown-word", (1, 7), "did you mean `home`?"),
        ("navi: {home: Start}", "unknown-word", (1, 1), "did you mean `nav`?"),
        ("breadcrumb: Hier", "unknown-word", (1, 1), "did you mean `nav.breadcrumb`?"),
        ("nav: Start", "wrong-word", (1, 6), "group of texts"),
        ("nav: {home: [a]}", "wrong-word", (1, 13), "is a text"),
        ("nav: {home: 3}", "wrong-word", (1, 13), "put quotes"),
        ("nav: {home: }", "wrong-word", (1, 13), "delete the line"),
        ('nav: {home: " "}', "wrong-word", (1, 13), "is empty"),
        ('units: {minutes: "{n} min"}', "wrong-word", (1, 18), "several forms"),
        ('units: {minutes: {one: "{n} Minute"}}', "wrong-word", (1, 18), "other"),
        ('units: {minutes: {others: a, other: "{n}"}}', "unknown-word", (1, 19), "did you mean `other`?"),
        ("dates: {weekdays: [Mo, Di]}", "wrong-word", (1, 19), "7 entries in English, and here 2"),
        ("dates: {weekdays: Mo}", "wrong-word", (1, 19), "is a list"),
        ('lengths: {version: "{titel}, {minutes}"}', "wrong-place", (1, 20), "did you mean `title`?"),
        ('lengths: {version: "{title}"}', "wrong-place", (1, 20), "needs `{minutes}`"),
        ('nav: {home: "{n}"}', "wrong-place", (1, 13), "nothing fills"),
        ('lengths: {version: "{title.__class__}, {minutes}"}', "wrong-place", (1, 20), "brace"),
        ('lengths: {version: "{title!r}, {minutes}"}', "wrong-place", (1, 20), "brace"),
        ('lengths: {version: "{title:>99999999}, {minutes}"}', "wrong-place", (1, 20), "brace"),
        ('lengths: {version: "{0}, {minutes}"}', "wrong-place", (1, 20), "brace"),
        ('lengths: {version: "{title, {minutes}"}', "wrong-place", (1, 20), "brace"),
        ("- nav", "wrong-word", (1, 1), "group of texts"),
        ('nav: {home: "a', "yaml", (1, 13), "quote"),
    ],
)
def test_a_fault_in_a_words_file_is_told_at_its_place(
    copied: CopyKit, text: str, code: str, place: tuple[int, int], said: str
) -> None:
    (problem,) = _refused(_kit(copied, "xx", {"templates/words/xx.yml": text}))
    assert (problem.code, problem.place.file) == (code, "templates/words/xx.yml")
    assert (problem.place.line, problem.place.column) == place
    assert said in as_text(problem)


def test_faults_of_words_and_of_content_are_told_in_one_run(copied: CopyKit) -> None:
    content = _kit(copied, "xx", {"templates/words/xx.yml": "nav: {hom: a}\nunits: 3\n"})
    exercise = next((content / "exercises").iterdir())
    exercise.write_text(exercise.read_text(encoding="utf-8") + "titel: x\n", encoding="utf-8")
    assert [problem.code for problem in _refused(content)] == ["unknown-field", "unknown-word", "wrong-word"]


def test_what_a_language_lacks_is_english_and_one_warning_counts_it(copied: CopyKit) -> None:
    content = _kit(copied, "pl", {"templates/words/pl.yml": POLISH})
    (warning,) = _warned(content)
    of = len(list(names(english())))
    assert warning.code == "untranslated"
    assert warning.severity == "warning"
    assert f"{of - 2} of {of} texts" in warning.message
    assert "`nav.home`" in warning.help
    words = words_of(read(content)[0])
    assert words("nav.home") == "Home"
    assert [words("units.minutes", n=n) for n in (1, 3, 5, 22, 112)] == [
        "1 minuta", "3 minuty", "5 minut", "22 minuty", "112 minut",
    ]  # fmt: skip


def test_a_language_without_words_is_told_at_its_line(copied: CopyKit) -> None:
    (warning,) = _warned(_kit(copied, "cy", {}))
    assert (warning.code, warning.place.file) == ("no-words", "content/kit.yml")
    assert warning.place.text == "language: cy"
    assert "templates/words/cy.yml" in warning.help


def test_a_words_file_of_nearly_the_name_is_found(copied: CopyKit) -> None:
    (warning,) = _warned(_kit(copied, "cy", {"templates/words/cy.yaml": "nav: {home: Hafan}"}))
    assert "rename templates/words/cy.yaml to cy.yml" in warning.help


def test_a_kit_in_english_and_its_regions_need_no_words(copied: CopyKit) -> None:
    assert _warned(_kit(copied, "en-GB", {})) == []


def test_a_region_takes_what_it_lacks_from_its_language(copied: CopyKit) -> None:
    files: dict[str, str | bytes] = {
        "templates/words/pt.yml": "nav: {home: Início, next: Seguinte}",
        "templates/words/pt-BR.yml": "nav: {next: Próximo}",
    }
    words = words_of(read(_kit(copied, "pt-BR", files))[0])
    assert (words.language, words("nav.home"), words("nav.next"), words("nav.previous")) == (
        "pt-BR", "Início", "Próximo", "Previous",
    )  # fmt: skip


def test_one_text_of_a_shipped_language_can_be_changed_alone(copied: CopyKit) -> None:
    content = _kit(copied, "de", {"templates/words/de.yml": "nav: {home: Eingang}"})
    words, shipped = words_of(read(content)[0]), load_words(SHIPPED, "de")
    assert words("nav.home") == "Eingang"
    assert words("nav.next") == shipped("nav.next")
    assert _warned(content) == []


def test_the_forms_of_a_plural_are_those_of_unicode() -> None:
    arabic = [category("ar", n) for n in (0, 1, 2, 3, 11, 100)]
    assert arabic == ["zero", "one", "two", "few", "many", "other"]
    assert [category("pl", n) for n in (1, 2, 5, 12, 22)] == ["one", "few", "many", "many", "few"]
    assert category("xx", 1) == "one"
    assert category("pt-BR", 0) == "one"
    for language in ("en", "de", "pl", "ar", "cy", "ga", "lt", "sl", "he"):
        forms = plural_forms(language)
        assert all(category(language, n) == forms[100 + n % 100] for n in range(200, 2000)), language


def test_a_place_is_filled_by_name_and_nothing_else() -> None:
    words = Words("en", {"a": "{title.__class__} {title} {n}", "b": "{x}"})
    assert words("a", n=2, title="{n}") == "{title.__class__} {n} 2"
    with pytest.raises(ToolError, match="nothing fills"):
        words("b", y=1)


def test_lists_are_joined_as_the_language_writes_them() -> None:
    words = load_words(KITS / "rtl" / "templates", "ar")
    assert words("lists.comma").join(["أ", "ب"]) == "أ، ب"
    assert Phrases(words).duration(130) == "2 س 10 د"


@pytest.mark.parametrize(
    ("language", "found"),
    [("ar", True), ("he", True), ("ckb", True), ("az-Arab", True), ("az", False), ("en", False), ("xx", False)],
)
def test_the_direction_of_a_language(language: str, found: bool) -> None:
    assert is_right_to_left(language) is found


def test_switches_get_names_and_keep_those_of_an_author() -> None:
    said = furniture(Words("xx", {"nav": {"to_dark": 'a"><b', "to_light": "hell"}}), "xx")
    palette: Any = [{"scheme": "default", "toggle": {"icon": "x"}}, {"scheme": "slate", "toggle": {"name": "mine"}}, {}]
    first, second, third = named(palette, said)
    assert first["toggle"]["name"] == "a&quot;&gt;&lt;b"
    assert second["toggle"]["name"] == "mine"
    assert third == {}
    assert "name" not in palette[0]["toggle"]
    assert named(None, said) is None


def test_a_site_can_be_built_without_booklets(copied: CopyKit) -> None:
    content = _kit(copied, "en\nbooklets: false", {})
    built = build(content, Console())
    assert built.printed == ()
    assert not [name for name in built.files if name.endswith(".pdf")]
    assert built.pages
    assert not [page for page in built.pages if page.path.startswith("print/")]


@pytest.mark.pdf
def test_letters_that_no_font_has_are_told_once_with_both_ways_out(copied: CopyKit) -> None:
    content = _kit(copied, "ja", {})
    kit = content / "kit.yml"
    kit.write_text(kit.read_text(encoding="utf-8").replace("Good Meetings", "良い会議"), encoding="utf-8")
    with pytest.raises(KitError) as found:
        build(content, Console())
    problems = [problem for problem in found.value.problems if problem.code == "no-glyph"]
    assert 1 <= len(problems) <= 4
    assert all("booklets: false" in problem.help and "fonts" in problem.help for problem in problems)
