"""A problem with one value → the edit that mends it, if its meaning is plain.

In: a problem, and the text of its file. Out: an `Edit`, or None when a person has to decide. A fix changes how something is written, never
what is meant: a word becomes a known one only when a single letter is wrong, no digit among what differs, and no other word as near.
"""

import re
from collections.abc import Callable

from generator.errors import Problem
from generator.errors.near import slip
from generator.mend.edits import Edit, Text

MINUTES = re.compile(r"([1-9][0-9]{0,3}|0) ?(?:minutes?|mins?\.?|minuten?|m|')?", re.IGNORECASE)
CLOCK = re.compile(r"([0-9]{1,2})[.:h]([0-5][0-9])(?: ?h| ?uhr| ?(am|pm|a\.m\.|p\.m\.))?", re.IGNORECASE)
DAY = 1440  # minutes
TRUE, FALSE = {"yes", "y", "on", "true"}, {"no", "n", "off", "false"}
BARE_COLOUR = re.compile(r"([ \t]*(?:- )?[\w-]+:[ \t]+)(#[0-9a-fA-F]{6})[ \t]*(?:[ \t]#.*)?")
HEX = re.compile(r"[0-9a-fA-F]{6}")
GUESS = re.compile(r"did you mean `([^`]+)`\?")
SAID = re.compile(r"`([^`]*)`")


def fix(problem: Problem, text: Text) -> Edit | None:
    """What mends this problem, or None."""
    if problem.place.text != text.line(problem.place.line):
        return None
    found = FIXES.get(problem.code)
    return found(problem, text) if found else None


def _instead(problem: Problem, text: Text, new: str | None) -> Edit | None:
    place = problem.place
    return text.edit(place.line, place.column, len(text.at(place)), new) if new is not None else None


def _value(problem: Problem, text: Text) -> str:
    """The value at fault, without quotes around it."""
    found = text.at(problem.place).strip()
    return found[1:-1].strip() if len(found) > 1 and found[0] == found[-1] and found[0] in "\"'" else found


def _minutes(problem: Problem, text: Text) -> Edit | None:
    match = MINUTES.fullmatch(_value(problem, text))
    return _instead(problem, text, match[1] if match and int(match[1]) <= DAY else None)


def _clock(problem: Problem, text: Text) -> Edit | None:
    match = CLOCK.fullmatch(_value(problem, text))
    return _instead(problem, text, _hours(int(match[1]), match[2], (match[3] or "")[:1].lower()) if match else None)


def _hours(hours: int, minutes: str, half: str) -> str | None:
    """A clock time of 24 hours; `half` is `a` or `p` for one of 12."""
    if half and not 1 <= hours <= 12:
        return None
    hours = hours % 12 + (12 if half == "p" else 0) if half else hours
    return f"{hours}:{minutes}" if hours < 24 else None


def _boolean(problem: Problem, text: Text) -> Edit | None:
    value = _value(problem, text).lower()
    if not problem.message.startswith("this should be true or false"):
        return None
    return _instead(problem, text, "true" if value in TRUE else "false" if value in FALSE else None)


def _colour(problem: Problem, text: Text) -> Edit | None:
    place = problem.place
    match = BARE_COLOUR.fullmatch(text.line(place.line))
    if match and not text.at(place).startswith(("'", '"')):
        return text.edit(place.line, match.start(2) + 1, 7, f'"{match[2]}"')
    value = _value(problem, text)
    return _instead(problem, text, f'"#{value}"' if HEX.fullmatch(value) else None)


def _word(problem: Problem, text: Text) -> Edit | None:
    """A name that is not known, where the one that was meant is plain."""
    guess, said = GUESS.fullmatch(problem.help), SAID.findall(problem.message)
    wrong = next((word for word in said if guess and slip(word, guess[1])), None)
    if guess is None or wrong is None:
        return None
    place, line = problem.place, text.line(problem.place.line)
    if _value(problem, text) == wrong:
        found = text.at(place)
        return text.edit(place.line, place.column + found.index(wrong), len(wrong), guess[1])
    if line.count(f"]({wrong})") == 1:  # a link
        return text.edit(place.line, line.index(f"]({wrong})") + 3, len(wrong), guess[1])
    return None


FIXES: dict[str, Callable[[Problem, Text], Edit | None]] = {
    "wrong-minutes": _minutes,
    "wrong-clock": _clock,
    "wrong-type": _boolean,
    "wrong-colour": _colour,
    "unknown-field": _word,
    "unknown-id": _word,
    "wrong-choice": _word,
}
