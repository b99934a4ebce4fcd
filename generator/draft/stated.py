"""What an article says of itself: its title, its author and its date, in its own first lines where its file does not say so.

Only what is plain is taken: a short first line that ends no sentence, a line that begins with `By`, a line that is a date.
"""

import re
from dataclasses import replace
from datetime import date

from generator.borrowed import words_of
from generator.draft.article import Article, one_line
from generator.draft.signs import Signs, languages, signs_of

FIRST = 6  # paragraphs
ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)")
DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
LONGEST = 200


def with_stated(article: Article, signs: Signs) -> Article:
    """The article with what its first lines state, and with its date as `2015-10-19`."""
    found = replace(article, title=article.title[:LONGEST], author=article.author[:LONGEST], date=date_in(article.date))
    for paragraph in article.paragraphs[:FIRST]:
        words = len(paragraph.text.split())
        on = date_in(paragraph.text) if words <= 8 else ""
        author = _author(paragraph.text, signs) if words <= 12 else ""
        if on:
            found = replace(found, date=found.date or on)
        if author:
            found = replace(found, author=found.author or author)
    return replace(found, title=found.title or _title(found, signs))


def _title(article: Article, signs: Signs) -> str:
    """The first line, or the one after a date: when it is short, ends no sentence, and more follows."""
    for paragraph in article.paragraphs[:3]:
        text = paragraph.text
        if date_in(text) or _author(text, signs):
            continue
        is_open = not text.endswith((".", ":", ",", ";")) or text.endswith("...")
        is_title = is_open and len(text.split()) <= 15 and not paragraph.listed and len(article.paragraphs) > 2
        return text[:LONGEST] if is_title else ""
    return ""


def _author(text: str, signs: Signs) -> str:
    """Who a line that begins with `By` or `Author:` names; a date may follow after a comma."""
    start, _, name = text.partition(":" if ":" in text[:20] else " ")
    before, _, after = name.partition(",")
    name = one_line(before if date_in(after) else name)
    known = start.strip().casefold() in signs.by and 1 < len(name.split()) <= 6
    return (
        name
        if known and all(part[:1].isupper() or len(part) < 4 for part in name.split()) and name[-1].isalpha()
        else ""
    )


def date_in(text: str) -> str:
    """A date in a text as `2015-10-19`: of that form, `19.10.2015`, `October 19, 2015` or `19. Oktober 2015`; empty when there is none."""
    if match := ISO.search(text):
        return _date(match[1], match[2], match[3])
    if match := DOTTED.search(text):
        return _date(match[3], match[2], match[1])
    words = words_of(text[:300]).words
    for language in languages():
        months = signs_of(language).months
        for at, word in enumerate(words):
            if word in months:
                near = [other for other in words[max(0, at - 1) : at + 3] if other.isascii() and other.isdigit()]
                day, year = (next((one for one in near if len(one) in size), "") for size in ((1, 2), (4,)))
                return _date(year, str(months.index(word) + 1), day)
    return ""


def _date(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
