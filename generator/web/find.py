"""What the finders on the index pages look up: exercises by what fits, pitfalls by what you see, prompts to draw.

In: a site. Out: for each kind that has a finder what its index page shows in a form, and plain values for its script. The index of the
pitfalls is worked out here (BM25 over all that is written about them); the browser adds up the points of the words typed.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, get_args

from generator.content.model import Exercise, Format, Item, Pitfall
from generator.content.prose import Prose
from generator.content.sentences import beginning
from generator.programme import cited_as, name_of
from generator.timing.schedule import minutes_of, range_of
from generator.web.lists import MOST
from generator.web.phrases import DEPTHS, Phrases
from generator.web.site import Site

IDEA_LENGTH = 70  # signs of an idea that fit into a list to choose from
FEW = 9  # words: a sentence of fewer says little by itself
SHORTEST = 3  # letters of a word that stay when an ending is cut off
# How much a word counts, by where it stands; and how fast more of the same word and longer texts count less (BM25's k and b).
WEIGHTS = {"also": 3.0, "title": 2.0, "sign": 2.0, "cost": 1.0, "counter_move": 1.0}
K, B = 1.2, 0.5

Postings = dict[str, list[int]]


def finder(site: Site, kind: str, beyond: Sequence[Item] = ()) -> dict[str, Any]:
    """The values of an index page's template for its finder: `finder` is None where there is nothing to choose from.

    Of the items `beyond` its own page the script has to know all that a list shows, by id.
    """
    make: Mapping[str, Callable[[Site], dict[str, Any]]] = {
        "exercises": _exercises,
        "pitfalls": _pitfalls,
        "prompts": _prompts,
    }
    if kind not in make:
        return {}
    if site.count(kind) < 2:
        return {"finder": None}
    found = make[kind](site)
    rows = {item.id: _row(site, item) for item in beyond if isinstance(item, Exercise | Pitfall)}
    if rows:
        found["data"] |= {"rows": rows, "most": MOST}
    return {"finder": found}


def _row(site: Site, item: Exercise | Pitfall) -> dict[str, Any]:
    """What a list shows of an item, in plain text, and where its page is."""
    if isinstance(item, Pitfall):
        return {"title": item.title, "about": _first(item.sign), "move": _move(item), "to": f"pitfalls/{item.id}/"}
    return {
        "title": item.title,
        "about": _first(item.purpose),
        "unit": site.words("site.step.minutes", n=minutes_of(item)),
        "facts": Phrases(site.words).facts(item),
        "to": f"exercises/{item.id}/{'facilitator/' if site.for_facilitators else ''}",
    }


def _first(prose: Prose) -> str:
    return Prose(prose.source, prose.blocks[:1]).plain()


def _exercises(site: Site) -> dict[str, Any]:
    """What exercises can be asked for, and what each one offers; whatever no exercise has cannot be asked for."""
    exercises = list(site.kit.exercises.values())
    offered = [_offer(site, exercise) for exercise in exercises]
    pitfalls = {id for offer in offered for id in offer["pitfalls"]}
    ideas = {id for offer in offered for id in offer["ideas"]}
    articles = {
        article.id: [
            [idea.id, _short(idea.text.plain())]
            for idea in article.ideas if idea.id in ideas
        ] for article in site.kit.articles.values()
    }  # fmt: skip
    return {
        "formats": [each for each in get_args(Format) if any(each in offer["formats"] for offer in offered)],
        "calls": any(offer["call"] for offer in offered),
        "pitfalls": [item for id, item in site.kit.pitfalls.items() if id in pitfalls],
        "articles": [site.kit.articles[id] for id, found in articles.items() if found],
        "data": {"exercises": offered, "ideas": {id: found for id, found in articles.items() if found}},
    }


def _offer(site: Site, exercise: Exercise) -> dict[str, Any]:
    """One exercise: minutes as planned and at least, people, ways to sit, pitfalls and ideas by id."""
    return {
        "id": exercise.id,
        "usual": minutes_of(exercise),
        "least": range_of(exercise)[0],
        "min": exercise.people.min,
        "max": exercise.people.max,
        "formats": list(dict.fromkeys(step.format for step in exercise.steps if step.format)),
        "call": exercise.remote is not None,
        "pitfalls": list(site.links.pitfalls_of[exercise.id]),
        "ideas": list(site.links.ideas_of(exercise)),
    }


def _short(text: str) -> str:
    """The beginning of a text, cut after a whole word."""
    if len(text) <= IDEA_LENGTH:
        return text
    return text[:IDEA_LENGTH].rpartition(" ")[0].rstrip(",;:") + " …"


def _prompts(site: Site) -> dict[str, Any]:
    """All prompts as plain text, deck by deck, with what they come from."""
    decks = list(site.kit.prompts.values())
    depths = {prompt.depth for deck in decks for prompt in deck.prompts}
    prompts = [
        {
            "id": f"{deck.id}/{prompt.id}",
            "number": number,
            "text": prompt.text.plain(),
            "then": prompt.follow_up.plain() if prompt.follow_up else "",
            "depth": prompt.depth or "",
            "cites": _cites(site, prompt.ideas),
        }
        for deck in decks
        for number, prompt in enumerate(deck.prompts, 1)
    ]
    return {
        "decks": decks,
        "depths": [depth for depth in DEPTHS if depth in depths],
        "data": {"prompts": prompts, "decks": {deck.id: name_of(deck) for deck in decks}},
    }


def _cites(site: Site, ideas: tuple[str, ...]) -> str:
    """What some ideas come from, in one line: `perfection ¶7, 11, wipe-smile ¶24 (a reader's comment)`."""
    reader = f" ({site.words.tree['voice']['reader']})"
    sources = site.links.cited(ideas)
    cited = dict.fromkeys(cited_as(each) + reader * (each.idea.voice == "reader") for each in sources)
    return site.words("lists.comma").join(cited)


def _pitfalls(site: Site) -> dict[str, Any]:
    """The beginning of each counter-move, and the index of all words."""
    pitfalls = list(site.kit.pitfalls.values())
    speech = site.words.tree["speech"]
    stems = Stems(speech["endings"].split(), speech["skip"].split())
    terms = _terms([_texts(pitfall) for pitfall in pitfalls], stems)
    return {
        "moves": {pitfall.id: _move(pitfall) for pitfall in pitfalls},
        "data": {
            "order": [pitfall.id for pitfall in pitfalls],
            "terms": terms,
            "alike": _alike(speech["alike"], stems, terms),
            "endings": stems.endings,
            "skip": sorted(stems.skip),
            "shortest": SHORTEST,
        },
    }


def _move(pitfall: Pitfall) -> str:
    """The first sentence of its counter-move; with the second where the first says little by itself, as "Take the next launch."."""
    first = beginning(pitfall.counter_move, 1)
    return first if len(first.split()) >= FEW else beginning(pitfall.counter_move, 2)


def _texts(item: Pitfall) -> dict[str, str]:
    """What is written about a pitfall, field by field, in plain text."""
    prose = {name: getattr(item, name) for name in ("sign", "cost", "counter_move")}
    found = {name: value.plain() for name, value in prose.items() if value}
    return {"title": item.title, "also": " . ".join(item.also), **found}


class Stems:
    """Words without their endings, so that `complaints` finds `complaint`. `find-pitfalls.js` does the same to what is typed."""

    def __init__(self, endings: Iterable[str], skip: Iterable[str]) -> None:
        self.endings = sorted(set(endings), key=lambda ending: (-len(ending), ending))
        self.skip = {word for text in skip for word in _words(text)}

    def of(self, text: str) -> list[str]:
        """The stems of a text, in its order, without words that say nothing."""
        return [self.stem(word) for word in _words(text) if word not in self.skip]

    def stem(self, word: str) -> str:
        """A word without its longest known ending; of a doubled letter at the end one is kept (`planned`, `plan`)."""
        cut = next((end for end in self.endings if word.endswith(end) and len(word) - len(end) >= SHORTEST), "")
        word = word.removesuffix(cut)
        return word[:-1] if len(word) > SHORTEST and word[-1] == word[-2] else word


def _words(text: str) -> list[str]:
    """Words in small letters, without accents and apostrophes."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", re.sub(r"['’]", "", plain))


def _terms(texts: list[dict[str, str]], stems: Stems) -> Postings:
    """For each stem the pitfalls that have it, by number, each followed by its points: `{"complaint": [4, 31, 19, 55]}`."""
    counts: list[Counter[str]] = []
    for fields in texts:
        count: Counter[str] = Counter()
        for name, text in fields.items():
            for stem in stems.of(text):
                count[stem] += WEIGHTS[name]  # type: ignore[assignment]  # a Counter may count in parts
        counts.append(count)
    average = sum(count.total() for count in counts) / len(counts)
    lengths = [K * (1 - B + B * count.total() / average) for count in counts]
    having: dict[str, list[int]] = {}
    for number, count in enumerate(counts):
        for stem in count:
            having.setdefault(stem, []).append(number)
    found: Postings = {}
    for stem, numbers in sorted(having.items()):
        rarity = math.log(1 + (len(counts) - len(numbers) + 0.5) / (len(numbers) + 0.5))
        for number in numbers:
            often = counts[number][stem]
            points = round(10 * rarity * often * (K + 1) / (often + lengths[number]))
            if points:
                found.setdefault(stem, []).extend((number, points))
    return found


def _alike(groups: list[str], stems: Stems, terms: Postings) -> dict[str, list[str]]:
    """For each stem of a group of words that mean about the same, the others that occur in the pitfalls."""
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        members = list(dict.fromkeys(stems.of(group)))
        for stem in members:
            others = {other: None for other in members if other != stem and other in terms}
            found.setdefault(stem, {}).update(others)
    return {stem: list(others) for stem, others in found.items() if others}
