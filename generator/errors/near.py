"""Which known word was meant.

In: a word that is not known, and those that are. Out: the nearest of them as a help text. Nearness is the ratio of `difflib`; among
very many words only those are compared that share the most of its rarest pairs of letters, so that thousands of unknown words take no
time to speak of.
"""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain, islice

FEW = 60  # words that are all compared
COMPARED = 25  # of more words
LOOKED_AT = 2000  # words that share a pair of letters, those with the rarest pairs first
LONGEST = 200  # characters of a word


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word nearest to `word` as a help text, or an empty text when none is near; two or three where one letter leads to each."""
    names = tuple(known)
    word = word[:LONGEST]
    near = get_close_matches(word, names if len(names) <= FEW else _alike(word, names), n=3, cutoff=0.6)
    if not near:
        return ""
    slips = sorted(name for name in near if slip(word, name))
    meant = slips if len(slips) > 1 else near[:1]
    return f"did you mean {' or '.join(f'`{name}`' for name in meant)}?"


def _alike(word: str, names: tuple[str, ...]) -> list[str]:
    """The names that share the most pairs of letters with a word."""
    index = _index(names)
    rarest = sorted((index[pair] for pair in _pairs(word) if pair in index), key=len)
    shared = Counter(islice(chain.from_iterable(rarest), LOOKED_AT))
    return [names[at] for at, _ in shared.most_common(COMPARED)]


@lru_cache(maxsize=16)
def _index(names: tuple[str, ...]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for pair in _pairs(name[:LONGEST]):
            found.setdefault(pair, []).append(at)
    return found


def _pairs(word: str) -> set[str]:
    return {word[at : at + 2] for at in range(len(word) - 1)}


def slip(wrong: str, right: str) -> bool:
    """Whether one word became the other by one letter: left out, too many, another one, or two in the wrong order.

    Never by a digit, and never by the first letter of a part, since `walk` may not be `talk`, nor `group-a` be `group-b`. Capitals, and
    `_` or a blank for `-`, do not count.
    """
    a, b = (word.casefold().replace("_", "-").replace(" ", "-") for word in (wrong, right))
    if a == b:
        return True
    start = next((at for at, (one, two) in enumerate(zip(a, b, strict=False)) if one != two), min(len(a), len(b)))
    first = start == 0 or b[start - 1] == "-"
    if len(b) < 4 or first:
        return False
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    if any(sign.isdigit() or sign == "-" for sign in a + b):
        return False
    return len(a) + len(b) == 1 or (len(a) == len(b) == 1) or (len(a) == 2 and a == b[::-1])
