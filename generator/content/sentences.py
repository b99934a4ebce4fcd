"""The first sentences of a text, for cards, posters and lists, where there is room for a thought or two.

In: prose. Out: whole sentences of it as plain text; nothing is cut within a sentence.
"""

import re

from generator.content.prose import Prose

# A sentence ends after a word of two letters or more ("z. B." ends none), and before a capital, a digit or a quotation mark.
# Quotation marks may be those of any language: “so”, „so“, «so», »so«.
END = re.compile(r"(?:(?<=\w{2})|(?<=\w[\"”“’‘»«)]))[.!?…]+[\"'”“’‘»«)]*(?=\s+[\"“„‚«»(]*(\S))")
# German writes the days of a month as `13. Dezember`: no sentence ends there.
DATE = re.compile(r"\d\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b")


def sentences(prose: Prose) -> list[str]:
    """A text, sentence by sentence."""
    text, found, start = prose.plain(), [], 0
    for end in END.finditer(text):
        if not end[1].islower() and not DATE.match(text, end.start() - 1):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [*found, text[start:].strip()] if text[start:].strip() else found


def beginning(prose: Prose, count: int) -> str:
    """The first `count` sentences; a quotation that is left open by that is closed."""
    text = " ".join(sentences(prose)[:count])
    return text + '"' if text.count('"') % 2 else text


def beginnings(prose: Prose, words: int | None = None) -> list[str]:
    """A text with a sentence less each time, from the fullest that has no more than so many words down to the first sentence."""
    found = [beginning(prose, count) for count in range(len(sentences(prose)), 0, -1)]
    return [text for text in found if words is None or len(text.split()) <= words] or found[-1:]


def rest(prose: Prose) -> str:
    """All but the first sentence, empty when there is no more."""
    return " ".join(sentences(prose)[1:])
