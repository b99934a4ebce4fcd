"""The files of a draft, as text: the article with its candidates, the pitfalls and the prompts that cite them.

In: an article, its candidates and its id. Out: YAML with comments that teach. Of the article's own words a file holds at most seven of each
paragraph, the first, and the signs that were found. What an author has to write is left empty.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.borrowed import words_of
from generator.content.fields import NOT_STATED
from generator.draft.article import Article, Sureness
from generator.draft.candidates import Candidate
from generator.draft.signs import FINDINGS, Finding
from generator.editor.item import modeline

OPENING = 7  # words
MOST_PITFALLS = 6
MOST_PROMPTS = 10
KIND: dict[Finding, str] = {
    "question": "question", "point": "principle", "warning": "pitfall",
    "contrast": "contrast", "example": "example", "measure": "metric",
}  # fmt: skip
NOUN: dict[Finding, tuple[str, str]] = {
    "question": ("question", "questions"), "point": ("point", "points"), "warning": ("warning", "warnings"),
    "contrast": ("contrast", "contrasts"), "example": ("example", "examples"), "measure": ("measure", "measures"),
}  # fmt: skip
SURE: dict[Sureness, str] = {
    "sure": "sure", "fairly sure": "fairly sure, so look at where paragraphs begin",
    "a guess": "a guess, so count them yourself before you trust a number",
}  # fmt: skip


def opening(text: str) -> str:
    """The first seven words of a text at most, as it has them; a cut is shown by an ellipsis."""
    found = words_of(text)
    if len(found.words) <= OPENING:
        return found.text
    return found.text[: found.spans[OPENING - 1][1]] + " …"


def idea_id(id: str, candidate: Candidate) -> str:
    """The id of an idea until its author gives it a better one."""
    return f"{id}-p{candidate.paragraph}-{candidate.finding}"


def counted(found: Sequence[Candidate]) -> str:
    """`4 questions, 1 point`: how many there are of each finding."""
    numbers = Counter(one.finding for one in found)
    return ", ".join(f"{numbers[one]} {NOUN[one][numbers[one] != 1]}" for one in FINDINGS if numbers[one])


def article_file(id: str, article: Article, found: Sequence[Candidate]) -> str:
    """The file of the article."""
    return "".join(_article(id, article, found))


def _article(id: str, article: Article, found: Sequence[Candidate]) -> Iterator[str]:
    yield modeline("articles")
    yield f"""\
# A draft, made by `workshop-kit draft`. It looked for signs in the words and cannot judge: read the article beside it.
#
# Write each `text:` in your own words, and delete the ideas that are none. An idea without text is left out of the kit, and
# `workshop-kit check` says how many are still to be written. Give ideas better ids when you like; then change them in the drafts of
# pitfalls and prompts too. `check` refuses eight words in a row from the article.
#
# Where paragraphs begin and end is {SURE[article.sure]}.
"""
    yield from (f"# Note: {note}.\n" for note in article.notes)
    yield f"\ntitle: {_stated(article.title)}\nauthor: {_stated(article.author)}\npublisher: {NOT_STATED}\n"
    yield f"date: {_stated(article.date)}\naddress: {NOT_STATED}\n"
    if not article.title:
        yield f"known_as: {json.dumps('The article ' + id.replace('-', ' '), ensure_ascii=False)}  # what the kit calls it\n"
    yield "# summary: |\n#   What the article says, in a few sentences of your own, and for whom it is good.\n"
    yield "\n# Its paragraphs, each with its first words:\n"
    yield from (f"# {number:>4}  {opening(one.text)}\n" for number, one in enumerate(article.paragraphs, 1))
    yield "\nideas:\n"
    for candidate in found:
        yield _idea(id, article, candidate)
    if not found:
        yield "  # No signs of ideas were found. Begin here, and copy these lines for each idea.\n"
        yield f"  - id: {id}-p1-point\n    paragraphs: [1]\n    kind: principle\n    text:\n"


def _idea(id: str, article: Article, one: Candidate) -> str:
    signs = ", ".join(one.signs)
    article_word = "an" if one.finding == "example" else "a"
    return (
        f"  # Paragraph {one.paragraph}, sentence {one.sentence}: looks like {article_word} {NOUN[one.finding][0]} ({signs}); {one.sure}\n"
        f"  # {opening(article.paragraphs[one.paragraph - 1].text)}\n"
        f"  - id: {idea_id(id, one)}\n    paragraphs: [{one.paragraph}]\n    kind: {KIND[one.finding]}\n    text:\n\n"
    )


def _stated(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if text else NOT_STATED


def pitfall_files(id: str, found: Sequence[Candidate]) -> dict[str, str]:
    """The drafts of pitfalls by id: one for each of the surest warnings, in the order of the article."""
    warnings = [one for one in found if one.finding == "warning"]
    kept = sorted(warnings, key=lambda one: -one.points)[:MOST_PITFALLS]
    return {f"{id}-p{one.paragraph}": _pitfall(id, one) for one in sorted(kept, key=lambda one: one.paragraph)}


def _pitfall(id: str, one: Candidate) -> str:
    return (
        modeline("pitfalls")
        + f"""\
# The draft of a pitfall, from a warning in paragraph {one.paragraph} of the article `{id}` ({one.sure}).
# It is left out of the kit until you begin it. Delete the file if this is no trap that people fall into.

# A short name that one remembers, such as: The blind plunge
title:
# What you would see or hear in the room or at work when people are in this trap.
sign:
# Why it costs: who pays, and with what.
# cost: |
#   ...
# What to do instead: one step that can be taken this week.
counter_move:
# A sentence that a colleague could say aloud, with no blame in it.
# say: |
#   ...
# The ideas that it rests on: write those first, in content/articles/{id}.yml.
ideas: [{idea_id(id, one)}]
"""
    )


def prompts_file(id: str, article: Article, found: Sequence[Candidate]) -> str:
    """The draft of a deck: a prompt for each question and contrast, the surest first, else for any finding; empty when there is none."""
    fit = [one for one in found if one.finding in ("question", "contrast")] or list(found)
    kept = sorted(sorted(fit, key=lambda one: -one.points)[:MOST_PROMPTS], key=lambda one: one.paragraph)
    if not kept:
        return ""
    title = json.dumps(article.title or id.replace("-", " ").capitalize(), ensure_ascii=False)
    head = f"""\
# The draft of a deck of prompts, from questions and contrasts of the article `{id}`.
# A prompt without text is left out of the kit. Ask for what people have met with themselves; who can answer with yes or no will do so.
title: {title}
prompts:
"""
    return modeline("prompts") + head + "\n".join(_prompt(id, one) for one in kept)


def _prompt(id: str, one: Candidate) -> str:
    return f"""\
  # From a {NOUN[one.finding][0]} in paragraph {one.paragraph} ({one.sure}).
  - id: {one.finding}-{one.paragraph}
    text:
    depth: dig  # opener, dig or commit
    ideas: [{idea_id(id, one)}]
"""
