"""`workshop-kit draft`: articles of four formats become drafts that the kit can read, and a kit may not repeat their words."""

import re
import subprocess
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from generator.borrowed import words_of
from generator.draft import placing
from generator.draft.drafting import draft
from generator.draft.drafting import read as read_article
from generator.errors import KitError, Problem, ToolError
from generator.reading import read
from tests.conftest import KITS, CopyKit, Run

ENGLISH = [
    "Night shifts in the harbour",
    "Every crew that I met in the harbour told of a night that went wrong. Most of them had begun with a thorough plan.",
    "Never hide a delay. A delay that nobody names is a trap, and by the time it shows the next ship waits outside the wall.",
    "Say aloud who decides when the fog comes in.",
    "The old foreman did not ask for more speed but for fewer restarts. For example, at Nordkai they stopped all cranes at noon.",
    "In May, 14% of all containers were moved twice, and the crews began to measure it.",
    "Who would notice first if we did nothing at all?",
]
GERMAN = [
    "Nachtschicht im Hafen",
    "Jede Mannschaft, die ich im Hafen traf, erzählte von einer Nacht, in der nichts gelang. Die meisten hatten einen Plan.",
    "Verschweigt nie eine Verspätung. Eine Verspätung, die niemand nennt, ist eine Falle, und das nächste Schiff wartet schon.",
    "Sagt laut, wer entscheidet, wenn der Nebel kommt.",
    "Der alte Vorarbeiter wollte nicht mehr Tempo, sondern weniger Neustarts. Zum Beispiel standen am Nordkai mittags alle Krane still.",
    "Im Mai wurden 14 % der Kisten zweimal bewegt, und die Mannschaften begannen, es zu messen.",
    "Wer würde es zuerst merken, wenn wir gar nichts täten?",
]
FOUND = {(3, "warning"), (5, "contrast"), (5, "example"), (6, "measure"), (7, "question")}


def as_text(lines: list[str]) -> bytes:
    return "\r\n\r\n".join(lines).encode("utf-8-sig")


def as_broken_text(lines: list[str]) -> bytes:
    return "\n\n".join(textwrap.fill(line, 60) for line in lines).encode()


def as_markdown(lines: list[str]) -> bytes:
    title, first, second, entry, *rest = lines
    head = f"---\ntitle: {title}\nauthor: Ida Marsh\ndate: 2021-03-04\n---\n"
    warning, _, more = second.partition(".")
    body = [
        f"# {title}",
        first.replace("plan", "[plan](https://example.org/a)"),
        f"**{warning}.**{more}",
        f"- {entry}",
        *rest[:-1],
        f"> {rest[-1]}",
    ]
    return (head + "\n\n".join(body)).encode()


def as_page(lines: list[str]) -> bytes:
    title, first, second, entry, *rest = lines
    text = f"<h1>{title}</h1><p>{first}<br><br>{second}</p><ul><li>{entry}</li></ul>" + "".join(
        f"<div>{line}</div>" for line in rest
    )
    return f"""<!doctype html><html><head><title>Other</title><meta name="author" content="Ida Marsh">
<meta property="article:published_time" content="2021-03-04T10:00:00Z"><style>p {{ }}</style></head><body>
<nav><p>Home</p></nav><header><p>Top</p></header><main>{text}<!-- hidden --><script>"<p>no</p>"</script>
<form><p>Subscribe</p></form></main><aside>More</aside><footer>Imprint</footer></body></html>""".encode()


FORMATS = {"text.txt": as_text, "broken.txt": as_broken_text, "marked.md": as_markdown, "page.html": as_page}


@pytest.fixture
def kit(copied: CopyKit) -> Path:
    return copied(KITS / "minimal")


def told(folder: Path) -> list[Problem]:
    try:
        return read(folder / "content")[1]
    except KitError as error:
        return list(error.problems)


def as_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", FORMATS)
def test_an_article_of_any_format_becomes_a_draft_that_the_kit_reads(
    name: str, language: str, kit: Path, typed: Run
) -> None:
    lines = ENGLISH if language == "en" else GERMAN
    (kit / name).write_bytes(FORMATS[name](lines))
    before = {problem.code for problem in told(kit)}
    done = typed("draft", name, "--id", "harbour", cwd=kit)
    assert done.returncode == 0, done.stderr
    assert f"{len(lines)} paragraphs" in done.stdout
    assert {"en": "English", "de": "German"}[language] in done.stdout
    text = (kit / "content/articles/harbour.yml").read_text(encoding="utf-8")
    assert f'title: "{lines[0]}"' in text
    if name in ("marked.md", "page.html"):
        assert 'author: "Ida Marsh"\npublisher: not stated\ndate: "2021-03-04"' in text
    ideas = {(int(number), finding) for number, finding in re.findall(r"- id: harbour-p(\d+)-(\w+)", text)}
    assert ideas >= FOUND
    assert text.count("\n    text:\n") == len(ideas)
    assert all(f"  {number}  " in text for number in range(1, len(lines) + 1))
    problems = told(kit)
    assert {problem.code for problem in problems} == before | {"still-to-write"}
    assert not [problem for problem in problems if problem.severity == "error"]
    assert f"{len(ideas)} of {len(ideas)} ideas" in " ".join(problem.message for problem in problems)


@pytest.mark.parametrize("name", FORMATS)
def test_a_draft_holds_at_most_seven_words_in_a_row_of_its_article(name: str, kit: Path, typed: Run) -> None:
    (kit / name).write_bytes(FORMATS[name](ENGLISH))
    assert typed("draft", name, "--id", "harbour", cwd=kit).returncode == 0
    runs = {run for line in ENGLISH for run in words_of(line).runs}
    drafts = [*(kit / "content").glob("*/harbour*")]
    assert len(drafts) >= 4
    for path in drafts:
        assert not runs & set(words_of(path.read_text(encoding="utf-8")).runs), path.name


def test_what_is_written_counts_down_and_the_kit_can_be_read_in_between(kit: Path, typed: Run) -> None:
    (kit / "harbour.txt").write_bytes(as_text(ENGLISH))
    assert typed("draft", "harbour.txt", cwd=kit).returncode == 0
    path = kit / "content/articles/harbour.yml"
    text = path.read_text(encoding="utf-8")
    number = text.count("\n    text:\n")
    at = text.index("harbour-p3-warning")
    text = text[:at] + text[at:].replace("    text:\n", "    text: Keep no delay to yourself.\n", 1)
    path.write_text(text, encoding="utf-8")
    loaded, problems = read(kit / "content")
    assert [idea.id for idea in loaded.kit.articles["harbour"].ideas] == ["harbour-p3-warning"]
    message = next(
        problem.message
        for problem in problems
        if problem.place.file == "content/articles/harbour.yml" and problem.code == "still-to-write"
    )
    assert message.startswith(f"{number - 1} of {number} ideas")
    unused = next(problem for problem in problems if problem.code == "unused-idea")
    assert unused.place.text.strip() == "- id: harbour-p3-warning", (
        "the places of the ideas that are left are their own"
    )
    pitfall = kit / "content/pitfalls/harbour-p3.yml"
    pitfall.write_text(
        pitfall.read_text(encoding="utf-8").replace("title:\n", "title: The kept delay\n"), encoding="utf-8"
    )
    assert {problem.code for problem in told(kit) if problem.severity == "error"} == {"wrong-type"}
    done = (
        pitfall.read_text(encoding="utf-8")
        .replace("sign:\n", "sign: Nobody says it.\n")
        .replace("move:\n", "move: Say it.\n")
    )
    pitfall.write_text(done, encoding="utf-8")
    loaded, _ = read(kit / "content")
    assert loaded.kit.pitfalls["harbour-p3"].ideas == ("harbour-p3-warning",)


def test_what_names_an_idea_that_is_still_to_be_written_is_told_so(kit: Path, typed: Run) -> None:
    (kit / "harbour.txt").write_bytes(as_text(ENGLISH))
    assert typed("draft", "harbour.txt", cwd=kit).returncode == 0
    text = "title: Kept\nsign: One.\ncounter_move: Two.\nideas: [harbour-p3-warning]\n"
    (kit / "content/pitfalls/kept.yml").write_text(text, encoding="utf-8")
    found = [problem for problem in told(kit) if problem.severity == "error"]
    assert [(problem.code, problem.label, problem.place.line) for problem in found] == [
        ("unknown-id", "still to be written", 4)
    ]


def test_nothing_is_overwritten_and_nothing_is_half_written(
    kit: Path, typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kit / "harbour.txt").write_bytes(as_text(ENGLISH))
    (kit / "content/prompts").mkdir()
    (kit / "content/prompts/harbour.yml").write_text("mine", encoding="utf-8")
    before = as_files(kit)
    done = typed("draft", "harbour.txt", cwd=kit)
    assert done.returncode == 1
    assert "harbour.yml" in done.stderr
    assert "Traceback" not in done.stderr
    assert as_files(kit) == before
    (kit / "content/prompts/harbour.yml").unlink()
    before = as_files(kit)
    real, calls = placing._take_place, []

    def full(part: Path, path: Path) -> None:
        calls.append(path)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        real(part, path)

    monkeypatch.setattr(placing, "_take_place", full)
    assert typed("draft", "harbour.txt", cwd=kit).returncode == 1
    assert len(calls) == 3
    assert as_files(kit) == before


@pytest.mark.parametrize(
    "words",
    [
        ["nowhere.txt"],
        ["harbour.txt", "--id", "Big Id"],
        ["harbour.txt", "--id", "con"],
        ["harbour.txt", "--language", "xx"],
        ["--fingerprint-only", "none", "harbour.txt"],
        ["()().txt"],
    ],
)  # fmt: skip
def test_wrong_arguments_end_with_status_2(words: list[str], kit: Path, typed: Run) -> None:
    for name in ("harbour.txt", "()().txt"):
        (kit / name).write_bytes(as_text(ENGLISH))
    before = as_files(kit)
    done = typed("draft", *words, cwd=kit)
    assert done.returncode == 2
    assert done.stderr
    assert as_files(kit) == before


HARD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\t\n", "is empty"),
    "noise.txt": (bytes(range(256)) * 99, "not a text"),
    "no-text.txt": (b"--- ***", "no text"),
    "giant.txt": (b"word " * 1_000_000, "5,000,000 signs"),
    "many.txt": (b"a line\n\n" * 6_000, "5,000 paragraphs"),
    "half.txt": (b"\xff\xfea", "UTF-16"),
    "large.txt": (b"x" * 20_000_001, "20 MB"),
    "notes.docx": (b"PK", ".txt, .md, .html or .pdf"),
    "deep.html": (b"<div>" * 100_000 + b"text", "100,000 tags"),
    "open.html": (b"<" * 600_000, "signs"),
    "bare.html": (b"<html><head><title>x</title></head></html>", "no text"),
    "broken.pdf": (b"%PDF-1.7\nnothing", "cannot be read|not a PDF"),
    "blocks.md": (b"a\n\n" * 20_000, "5,000 paragraphs"),
    "signs.md": (b"[" * 900_000, "no text"),
}


@pytest.mark.parametrize("name", HARD)
def test_what_is_no_article_gets_a_message(name: str, kit: Path, typed: Run) -> None:
    data, message = HARD[name]
    (kit / name).write_bytes(data)
    before = as_files(kit)
    done = typed("draft", name, cwd=kit)
    assert done.returncode == 1, done.stdout
    assert re.search(message, done.stderr)
    assert "Traceback" not in done.stderr
    assert as_files(kit) == before


SLOW = {
    "deep.html": b"<p><b>" * 15_000 + b"never a text",
    "quotes.md": b"> " * 200_000 + b"never a text",
    "lists.md": b"- " * 200_000 + b"never a text",
    "headings.md": b"# " + (b"#" * 900 + b"a") * 500,
    "digits.txt": b"1" * 900_000,
    "apostrophes.txt": b"a'" * 400_000,
    "gaps.txt": b"not a " * 16_000,
    "entities.html": b"&a" * 90_000,
    "bold.html": b"<p>" + b"<b>y</b>" * 19_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_text_that_was_made_to_be_slow_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(SLOW[name])
    found = draft(tmp_path / "content", "x", read_article(tmp_path / name))
    assert len(found.candidates) <= 40
    assert found.files


def test_an_encoding_that_is_a_guess_is_told(kit: Path, typed: Run) -> None:
    (kit / "harbour.txt").write_bytes("\n\n".join(GERMAN).encode("cp1252"))
    done = typed("draft", "harbour.txt", cwd=kit)
    assert "Windows-1252, which is a guess" in done.stdout
    (kit / "wide.txt").write_bytes("\n\n".join(GERMAN).encode("utf-16"))
    done = typed("draft", "wide.txt", cwd=kit)
    assert f"{len(GERMAN)} paragraphs (where they begin: sure)" in done.stdout
    assert "Windows" not in done.stdout


def test_nothing_that_a_page_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words", encoding="utf-8")
    page = '<!DOCTYPE a SYSTEM "secret.txt" [<!ENTITY x SYSTEM "secret.txt">]><p>Text &x; <img src="http://127.0.0.1:9/a.png" alt="b"></p>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    article = read_article(tmp_path / "page.html")
    assert "secret words" not in article.text
    assert article.text.startswith("Text")


PDF = """#set page(paper: "a5", margin: 20mm, header: [Harbour papers], footer: context counter(page).display())
#set text(hyphenate: true, lang: "en", size: 11pt)
#set par(justify: true)
#set document(title: "Night shifts", author: "Ida Marsh")
= Night shifts in the harbour
#for number in range(9) [
  Every crew that I met told of a night that went terribly wrong, notwithstanding extraordinarily comprehensive preparations and
  documentation of theirs. This is story number #number of them.

  Never hide a delay. A delay that nobody names is a trap: the next ship already waits outside, and internationally responsible
  administrators notice.

]
"""


@pytest.mark.pdf
def test_a_pdf_gives_its_paragraphs_without_heads_and_hyphens(tmp_path: Path) -> None:
    (tmp_path / "paper.typ").write_text(PDF, encoding="utf-8")
    (tmp_path / "paper.pdf").write_bytes(typst.compile(tmp_path / "paper.typ"))
    article = read_article(tmp_path / "paper.pdf")
    assert article.sure == "fairly sure"
    assert (article.title, article.author) == ("Night shifts in the harbour", "Ida Marsh")
    assert len(article.paragraphs) == 1 + 2 * 9
    assert "Harbour papers" not in article.text
    for number in range(9):
        assert article.paragraphs[1 + 2 * number].text.endswith(f"of theirs. This is story number {number} of them.")
        assert "comprehensive preparations" in article.paragraphs[1 + 2 * number].text
        assert "internationally responsible administrators notice." in article.paragraphs[2 + 2 * number].text


def pdf_of(pages: int, lines: int, title: bytes) -> bytes:
    """A PDF of one page, as often as wanted, with as many lines of `ab-`, and a title as it stands in the file."""
    text = b"BT /F1 5 Tf 5 TL 20 14000 Td " + b"(ab-) Tj T* " * lines + b"ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * pages, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 14100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title%s>>" % title,
    ]
    found = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, part) for at, part in enumerate(parts, 1))
    return found + b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\n%%EOF"


@pytest.mark.slow
def test_a_pdf_of_very_many_lines_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_of(30, 2_000, b"(A)"))
    assert len(read_article(tmp_path / "a.pdf").text) > 100_000


def test_a_pdf_with_a_damaged_title_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_of(1, 30, b"<FEFFD8000041>"))
    article = read_article(tmp_path / "a.pdf")
    assert article.text.startswith("abab")


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("---\n\nThe first one.\n\n---\n\nThe second one.\n", ["The first one.", "The second one."]),
        ("---\nlayout: post\ntags:\n  - a\n---\n\nThe first one.\n", ["The first one."]),
        ("One.\n\n```pip install x``` is the way.\n\nThree.\n", ["One.", "pip install x is the way.", "Three."]),
        ("One.\n\n````\n~~~\ncode\n```\ncode\n````\n\nTwo.\n", ["One.", "Two."]),
        ("One.\n\n~~~ python\ncode\n~~~\n\nTwo.\n", ["One.", "Two."]),
    ],
)
def test_no_text_of_markdown_is_lost_and_no_code_is_read(text: str, paragraphs: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert [one.text for one in read_article(tmp_path / "a.md").paragraphs] == paragraphs


@pytest.mark.pdf
def test_a_pdf_of_pictures_is_told(tmp_path: Path) -> None:
    (tmp_path / "scan.typ").write_text("#rect(width: 4cm, height: 4cm)", encoding="utf-8")
    (tmp_path / "scan.pdf").write_bytes(typst.compile(tmp_path / "scan.typ"))
    with pytest.raises(ToolError, match="only pictures"):
        read_article(tmp_path / "scan.pdf")


@pytest.fixture
def fingerprinted(kit: Path, typed: Run) -> Path:
    """A kit with the fingerprint of an article, and one idea of it written."""
    (kit / "harbour.txt").write_bytes(as_text(ENGLISH))
    (kit / "content/articles").mkdir()
    text = "title: Night shifts in the harbour\nideas:\n  - id: kept-delay\n    text: Say it at once.\n"
    (kit / "content/articles/harbour.yml").write_text(text, encoding="utf-8")
    done = typed("draft", "--fingerprint-only", "harbour", "harbour.txt", cwd=kit)
    assert done.returncode == 0, done.stderr
    assert not [problem for problem in told(kit) if problem.severity == "error"]
    return kit


OVER_TWO_LINES = """\
title: Kept
sign: One.
counter_move: |
  Never hide a delay. A delay
  that nobody *names* is a trap.
"""
COPIED = "NEVER hide a delay – a delay that nobody names is A TRAP"  # 12 words


@pytest.mark.parametrize(
    ("file", "text", "line", "column"),
    [
        ("content/pitfalls/kept.yml", f"title: Kept\nsign: |\n  One line.\n  Well, {COPIED}.\ncounter_move: Two.\n", 4, 9),
        ("content/pitfalls/kept.yml", f'title: Kept\nsign: One.\ncounter_move: "We say: {COPIED}"\n', 3, 24),
        ("content/pitfalls/kept.yml", OVER_TWO_LINES, 4, 3),
        ("content/index.md", f"# Home\n\nText\n{COPIED}\n", 4, 1),
        ("content/pages/more.md", f"# More\n\n> {COPIED}\n", 3, 3),
    ],
)  # fmt: skip
def test_words_of_an_article_are_refused_where_they_stand(
    file: str, text: str, line: int, column: int, fingerprinted: Path
) -> None:
    path = fingerprinted / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    found = [problem for problem in told(fingerprinted) if problem.severity == "error"]
    assert [(problem.code, problem.place.file, problem.place.line, problem.place.column) for problem in found] == [
        ("borrowed-words", file, line, column)
    ]
    assert found[0].message.startswith("12 words in a row stand in the article `harbour`")


@pytest.mark.parametrize(
    "text",
    [
        "Never hide a delay. A delay that",
        "Night shifts in the harbour. Every crew",
        "Nie eine Verspätung, auch nicht, wenn man sie noch einholt",
    ],
)
def test_seven_words_may_be_quoted_and_the_title_named(text: str, fingerprinted: Path) -> None:
    (fingerprinted / "content/index.md").write_text(f"# Home\n\n{text}\n", encoding="utf-8")
    assert not [problem for problem in told(fingerprinted) if problem.severity == "error"]


def test_a_long_title_of_an_article_may_be_named(kit: Path, typed: Run) -> None:
    title = "What every crew that I met in the harbour told of its nights"
    (kit / "long.txt").write_bytes(as_text([title, *ENGLISH[1:]]))
    assert typed("draft", "long.txt", cwd=kit).returncode == 0
    path = kit / "content/articles/long.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("    text:\n", "    text: Ours.\n", 1), encoding="utf-8")
    (kit / "content/index.md").write_text(f"# Home\n\nRead *{title}* first.\n", encoding="utf-8")
    assert not [problem for problem in told(kit) if problem.severity == "error"]


def test_fingerprints_share_a_salt_and_hold_no_words(fingerprinted: Path, typed: Run) -> None:
    (fingerprinted / "nacht.txt").write_bytes(as_text(GERMAN))
    assert typed("draft", "nacht.txt", cwd=fingerprinted).returncode == 0
    first, second = (
        (fingerprinted / f"content/articles/{name}.fingerprint").read_text(encoding="utf-8").splitlines()
        for name in ("harbour", "nacht")
    )
    assert first[:2] == second[:2]
    assert first[0] == "workshop-kit fingerprint 1"
    words = sum(len(line.split()) for line in ENGLISH)
    assert len(first) - 2 == len(set(first[2:])) <= words
    for lines in (first[2:], second[2:]):
        assert lines == sorted(lines)
        assert all(re.fullmatch("[0-9a-f]{16}", line) for line in lines)
    done = typed("draft", "--fingerprint-only", "harbour", "harbour.txt", cwd=fingerprinted)
    assert done.returncode == 1, "a fingerprint is not overwritten either"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda _: "", 1),
        (lambda text: text.replace("fingerprint 1", "fingerprint 2"), 1),
        (lambda text: re.sub("(?m)^.{32}$", "salt", text), 2),
        (lambda text: text[:-4] + "\n", None),
        (lambda text: text.replace("\n", "\n<<<<<<< HEAD\n", 2), 2),
    ],
)
def test_a_damaged_fingerprint_is_told_with_its_line(
    change: Callable[[str], str], line: int | None, fingerprinted: Path
) -> None:
    path = fingerprinted / "content/articles/harbour.fingerprint"
    text = change(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    found = [problem for problem in told(fingerprinted) if problem.severity == "error"]
    assert [problem.code for problem in found] == ["wrong-fingerprint"]
    assert found[0].place.line == (line or len(text.splitlines()))
    assert found[0].place.file == "content/articles/harbour.fingerprint"


def test_a_fingerprint_with_windows_line_ends_still_counts(fingerprinted: Path) -> None:
    path = fingerprinted / "content/articles/harbour.fingerprint"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (fingerprinted / "content/index.md").write_text(COPIED, encoding="utf-8")
    assert [problem.code for problem in told(fingerprinted) if problem.severity == "error"] == ["borrowed-words"]


def test_a_fingerprint_without_its_article_is_told(fingerprinted: Path) -> None:
    (fingerprinted / "content/articles/harbour.yml").rename(fingerprinted / "content/articles/port.yml")
    found = [problem for problem in told(fingerprinted) if problem.severity == "error"]
    assert [(problem.code, problem.place.file) for problem in found] == [
        ("wrong-fingerprint", "content/articles/harbour.fingerprint")
    ]


def test_the_shipped_articles_have_fingerprints() -> None:
    folder = KITS.parent.parent / "content" / "articles"
    articles = {path.stem for path in folder.glob("*.yml")}
    assert len(articles) >= 5
    assert {path.stem for path in folder.glob("*.fingerprint")} == articles


def test_the_command_runs_as_its_users_run_it(kit: Path, run: Run) -> None:
    (kit / "harbour.txt").write_bytes(as_text(ENGLISH))
    done: subprocess.CompletedProcess[str] = run("draft", "harbour.txt", "--title", 'A "new" title: here', cwd=kit)
    assert done.returncode == 0, done.stderr
    assert 'title: "A \\"new\\" title: here"' in (kit / "content/articles/harbour.yml").read_text(encoding="utf-8")
