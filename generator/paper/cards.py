"""The cards of a workshop or of the whole kit: prompts, pitfalls and tensions, eight to a sheet.

In: a kit, and a workshop of it or none. Out: JSON values, sheet by sheet. A card has a front of one thought, and a back in several
versions, from the fullest to the shortest: the template takes the first that has room, and reports a shortest one that has none.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from generator.content.model import Deck, Item, Pitfall, Prompt, PromptsBlock, Side, Tension, TensionBlock
from generator.content.prose import Prose
from generator.content.sentences import beginning, beginnings
from generator.links import Links, address, ideas_of
from generator.paper.items import on_site, plain_tree, tree
from generator.paper.subject import Subject
from generator.programme import blocks_in, picked, pitfalls_in

EACH = 8  # cards to a sheet, in two columns
TURNED = [1, 0, 3, 2, 5, 4, 7, 6]  # where the backs lie when the sheet is turned on its long edge
WORDS = 25  # that a front has at most where it is taken from a longer text

Piece = dict[str, Any]  # a text, and what stands before it: the name of a fixed word, or None


def cards(subject: Subject) -> dict[str, Any]:
    """Every card, in the order of the agenda or of the kit, and how the backs of a sheet lie."""
    kit = subject.kit
    found = [
        *(_prompt(subject, deck, prompt) for deck, prompt in _prompts(subject)),
        *(_pitfall(subject, pitfall) for pitfall in _pitfalls(subject)),
        *(_tension(subject, tension) for tension in _tensions(subject)),
    ]
    workshop = subject.workshop
    if not found:
        return {}
    return {
        "title": workshop.title if workshop else kit.settings.name,
        "sheets": [found[at : at + EACH] for at in range(0, len(found), EACH)],
        "turned": TURNED,
    }


def _prompts(subject: Subject) -> Iterable[tuple[Deck, Prompt]]:
    """The prompts of a workshop, each once; of the kit when there is no workshop."""
    kit, workshop = subject.kit, subject.workshop
    if workshop is None:
        return [(deck, prompt) for deck in kit.prompts.values() for prompt in deck.prompts]
    blocks = [block for block in blocks_in(workshop) if isinstance(block, PromptsBlock)]
    decks = [(kit.prompts[block.prompts], block) for block in blocks]
    found = {(deck.id, prompt.id): (deck, prompt) for deck, block in decks for prompt in picked(deck, block)}
    return found.values()


def _pitfalls(subject: Subject) -> Iterable[Pitfall]:
    kit, workshop = subject.kit, subject.workshop
    return pitfalls_in(kit, subject.links, workshop) if workshop else kit.pitfalls.values()


def _tensions(subject: Subject) -> Iterable[Tension]:
    kit, workshop = subject.kit, subject.workshop
    if workshop is None:
        return kit.tensions.values()
    ids = (block.tension for block in blocks_in(workshop) if isinstance(block, TensionBlock))
    return [kit.tensions[id] for id in dict.fromkeys(ids)]


def _prompt(subject: Subject, deck: Deck, prompt: Prompt) -> dict[str, Any]:
    at = deck.prompts.index(prompt)
    follow_up = [[_piece("and_then", tree(prompt.follow_up))]] if prompt.follow_up else []
    return {
        **_card(subject, deck, f"{deck.id}/{at + 1}", prompt.ideas, part=prompt.id),
        "depth": prompt.depth,
        "front": {
            "title": None,
            "versions": [[tree(prompt.text)]],
            "field": ["prompts", deck.id, "prompts", at, "text"],
        },
        "back": {"versions": follow_up, "field": ["prompts", deck.id, "prompts", at, "follow_up"]},
    }


def _pitfall(subject: Subject, pitfall: Pitfall) -> dict[str, Any]:
    """What one sees, and on the back what one may say; the counter-move too where there is room, or nothing to say."""
    moves = _shorter("counter_move", pitfall.counter_move)
    said = _shorter("say", pitfall.say) if pitfall.say else []
    versions = [[one] for one in said or moves]
    if said and subject.kit.settings.site_address is None:  # else its QR code takes the room
        versions.insert(0, [moves[0], said[0]])
    return {
        **_card(subject, pitfall, _code(subject, pitfall), pitfall.ideas),
        "front": {
            "title": pitfall.title,
            "versions": [[plain_tree(text)] for text in beginnings(pitfall.sign, WORDS)],
            "field": ["pitfalls", pitfall.id, "sign"],
        },
        "back": {"versions": versions, "field": ["pitfalls", pitfall.id, "say" if said else "counter_move"]},
    }


def _tension(subject: Subject, tension: Tension) -> dict[str, Any]:
    """The sides against each other, and on the back the question; the sides in full too where there is room."""
    sides = [claim_of(subject.links, side) for side in tension.sides]
    questions = _shorter(None, tension.question)
    full = [_piece("side", tree(side), number) for number, side in enumerate(sides, 1)]
    return {
        **_card(subject, tension, _code(subject, tension), ideas_of(tension)),
        "front": {
            "title": tension.title,
            "versions": [[plain_tree(beginning(side, 1)) for side in sides]],
            "field": ["tensions", tension.id, "sides"],
        },
        "back": {
            "versions": [[questions[0], *full], *([one] for one in questions)],
            "field": ["tensions", tension.id, "question"],
        },
    }


def claim_of(links: Links, side: Side) -> Prose:
    """What a side of a tension holds: its claim, else the first idea that it stands for."""
    return side.claim or links.cited(side.ideas)[0].idea.text


def _card(subject: Subject, item: Item, code: str, ideas: tuple[str, ...], part: str = "") -> dict[str, Any]:
    return {
        "kind": item.kind,
        "code": code,
        "of": item.title,
        "depth": None,
        "cites": list(cites(subject.links, ideas)),
        "site": on_site(subject.kit, address(item.kind, item.id, part)),
    }


def _code(subject: Subject, item: Item) -> str:
    """`pitfalls/3`: the third in the order of the kit, so that a card has one code in every workshop."""
    number = list(subject.kit.of(item.kind)).index(item.id) + 1
    return f"{subject.words(f'print.cards.codes.{item.kind}')}/{number}"


def cites(links: Links, ideas: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """`perfection ¶6, 7`: the paragraphs that something is drawn from, each article once in each voice."""
    found: dict[tuple[str, str], set[int]] = {}
    for source in links.cited(ideas):
        found.setdefault((source.article.id, source.idea.voice), set()).update(source.idea.paragraphs)
    for (article, voice), paragraphs in found.items():
        numbers = ", ".join(str(number) for number in sorted(paragraphs))
        yield {"cite": f"{article} ¶{numbers}" if numbers else article, "voice": voice}


def _shorter(label: str | None, prose: Prose) -> list[Piece]:
    """A text whole, then with a sentence less each time, down to one."""
    return [_piece(label, tree(prose)), *(_piece(label, plain_tree(text)) for text in beginnings(prose)[1:])]


def _piece(label: str | None, text: list[dict[str, Any]] | None, number: int | None = None) -> Piece:
    return {"label": label, "n": number, "text": text}
