"""Makes a kit of a given size, for measuring: `python bench/make_kit.py 1000 FOLDER`.

In: how many items, a folder that is not there yet, and a number that the random choices begin with. Out: a kit that has no errors, the same
each time. An item is what has an id of its own: an article, an idea, a tension, a pitfall, an exercise, a prompt, a self-assessment, a
workshop, in the proportions of the kit that comes with the program. Texts are as long as those of that kit, and made of its words by
chance: they read as nothing.
"""

import random
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

SHIPPED = Path(__file__).parent.parent
# Of a hundred items; ideas stand in articles, prompts in decks of twelve.
SHARES = {
    "articles": 2,
    "ideas": 48,
    "tensions": 5,
    "pitfalls": 8,
    "exercises": 8,
    "prompts": 26,
    "workshops": 2.4,
    "assessments": 0.4,
}
IN_A_DECK = 12
KINDS = ("pitfall", "contrast", "question", "principle", "example", "metric", "counterpoint")
DEPTHS = ("opener", "dig", "commit")
FORMATS = ("solo", "pairs", "trios", "groups", "plenary")

Plain = dict[str, Any]


class Writer:
    """Texts and references by chance; `ids` are those of the kit by kind."""

    def __init__(self, words: list[str], ids: dict[str, list[str]], seed: int) -> None:
        self.words, self.ids, self.chance = words, ids, random.Random(seed)

    def text(self, words: int, end: str = ".") -> str:
        """A sentence of about so many words."""
        number = max(2, round(words * self.chance.uniform(0.75, 1.25)))
        return " ".join(self.chance.choice(self.words) for _ in range(number)).capitalize() + end

    def prose(self, words: int) -> str:
        """Sentences of about fifteen words, some with words in bold, in paragraphs of four."""
        sentences = [self.text(15) for _ in range(max(1, round(words / 15)))]
        if len(sentences) > 2:
            sentences[1] = re.sub(r" (\w+ \w+) ", r" **\1** ", sentences[1], count=1)
        return "\n\n".join(" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)) + "\n"

    def some(self, kind: str, number: int) -> list[str]:
        """Ids of a kind, each once."""
        return self.chance.sample(self.ids[kind], min(number, len(self.ids[kind])))

    def article(self, ideas: list[str]) -> Plain:
        """A source with its ideas."""
        found = [
            {"id": id, "paragraphs": [at // 3 + 1], "kind": self.chance.choice(KINDS), "text": self.prose(27)}
            for at, id in enumerate(ideas)
        ]
        return {
            "title": self.text(6, ""),
            "date": "2015-10-19",
            "summary": self.prose(90),
            "missing": [self.prose(25)],
            "ideas": found,
        }

    def tension(self) -> Plain:
        """Two sides and a question. A claim begins with a short sentence, which stands on a card and on a poster alone."""
        sides = [{"claim": f"{self.text(7)} {self.prose(21)}", "ideas": self.some("ideas", 3)} for _ in range(2)]
        return {"title": self.text(5, ""), "sides": sides, "question": self.prose(35), "note": self.prose(40)}

    def pitfall(self) -> Plain:
        """A sign, what it costs, and the way out."""
        return {
            "title": self.text(3, ""),
            "also": [self.text(7, "") for _ in range(6)],
            "sign": self.prose(40),
            "cost": self.prose(45),
            "counter_move": self.prose(50),
            "say": self.prose(20),
            "ideas": self.some("ideas", 4),
            "exercises": self.some("exercises", 1),
        }

    def exercise(self) -> Plain:
        """A recipe of five steps, 35 to 45 minutes."""
        steps = [
            {"title": self.text(4, ""), "minutes": minutes, "least": minutes - 2, "most": minutes + 2, "format": how,
             "do": self.prose(80), "say": self.prose(50), "ask": self.text(14, "?"), "if_cut": self.prose(18)}
            for minutes, how in zip((5, 7, 12, 7, 6), FORMATS, strict=True)
        ]  # fmt: skip
        materials = [
            {
                "item": self.text(4, ""),
                "quantity": self.chance.randint(1, 4),
                "per": per,
                "get": get,
                "used_up": per == "participant",
            }
            for per, get in zip(
                ("participant", "participant", "group", "group", "room", "room"),
                ("buy", "have", "buy", "prepare", "have", "prepare"),
                strict=True,
            )
        ]
        fields = [{"id": f"field-{at}", "label": self.text(4, ""), "hint": self.text(12), "rows": 3} for at in range(3)]
        return {
            "title": self.text(3, ""),
            "purpose": self.prose(60),
            "outcome": self.prose(35),
            "people": {"min": 4, "max": 30},
            "groups": {"size": 4, "min": 3, "max": 5},
            "materials": materials,
            "prepare": [self.prose(35) for _ in range(4)],
            "steps": steps,
            "debrief": {
                "minutes": 8,
                "least": 5,
                **{ask: [self.text(13, "?") for _ in range(2)] for ask in ("what", "so_what", "now_what")},
            },
            "variations": [self.prose(40) for _ in range(2)],
            "remote": self.prose(120),
            "watch_outs": [self.prose(40) for _ in range(4)],
            "pitfalls": self.some("pitfalls", 1),
            "ideas": self.some("ideas", 6),
            "handout": {"title": self.text(3, ""), "intro": self.prose(40), "fields": fields},
        }

    def deck(self, prompts: list[str]) -> Plain:
        """Questions for discussion."""
        found = [
            {
                "id": id,
                "text": self.text(16, "?"),
                "depth": self.chance.choice(DEPTHS),
                "follow_up": self.text(9, "?"),
                "ideas": self.some("ideas", 2),
            }
            for id in prompts
        ]
        return {"title": self.text(4, ""), "about": self.prose(70), "prompts": found}

    def assessment(self) -> Plain:
        """Twenty statements in five dimensions."""
        dimensions = [
            {
                "id": f"side-{at}",
                "title": self.text(3, ""),
                "statements": [
                    {"id": f"statement-{at}-{nth}", "text": self.text(12), "ideas": self.some("ideas", 2)}
                    for nth in range(4)
                ],
                "results": {
                    band: {
                        "text": self.prose(45),
                        "pitfalls": self.some("pitfalls", 2),
                        "exercises": self.some("exercises", 2),
                    }
                    for band in ("low", "middle", "high")
                },
            }
            for at in range(5)
        ]
        return {"title": self.text(4, ""), "about": self.prose(90), "dimensions": dimensions}

    def workshop(self) -> Plain:
        """Half a day: four exercises, two sets of questions, a break."""
        exercises = iter(self.some("exercises", 4))
        talk: Plain = {"do": self.prose(60), "say": self.prose(40), "if_cut": self.prose(15)}

        def of(**fields: Any) -> Plain:
            return {**fields, "do": self.prose(45), "say": self.prose(40)}

        def questions() -> Plain:
            return of(
                prompts=self.chance.choice(self.ids["prompts"]), minutes=9, least=6, keep="could", format="groups"
            )

        agenda = [
            {
                "activity": self.text(4, ""),
                "minutes": 8,
                "phase": "open",
                "keep": "must",
                "format": "pairs",
                **talk,
                "ask": self.text(14, "?"),
            },
            *(of(exercise=id, phase="explore", keep="must") for id in [next(exercises, "")] if id),
            *(of(exercise=id, phase="explore") for id in [next(exercises, "")] if id),
            {"break": "coffee", "minutes": 15, "least": 10, "keep": "must"},
            {"slack": self.text(4, ""), "minutes": 20, "least": 0, "keep": "could"},
            *(of(exercise=id, phase="deepen", keep="should") for id in [next(exercises, "")] if id),
            questions(),
            *(of(exercise=id, phase="commit", keep="must") for id in [next(exercises, "")] if id),
            {"activity": self.text(4, ""), "minutes": 7, "phase": "close", "keep": "must", "format": "plenary", **talk},
        ]
        return {
            "title": self.text(4, ""),
            "promise": self.prose(50),
            "audience": self.prose(45),
            "not_for": self.prose(45),
            "people": {"min": 6, "max": 24},
            "prepare": {when: [self.prose(30) for _ in range(4)] for when in ("four_weeks", "one_week", "one_day")},
            "after": [self.prose(22) for _ in range(5)],
            "credits": self.prose(70),
            "sessions": [{"start": "9:00", "agenda": agenda}],
        }


def make_kit(items: int, folder: Path, seed: int = 1) -> dict[str, int]:
    """Write a kit of so many items into a new folder, and say how many there are of each kind."""
    counts = {kind: max(1, round(items * share / 100)) for kind, share in SHARES.items()}
    counts["ideas"] += items - sum(counts.values())
    ids = {kind: [f"{kind}-{at}" for at in range(number)] for kind, number in counts.items()}
    decks = list(_parts(ids["prompts"], IN_A_DECK))
    owners = _shared(ids["ideas"], counts["articles"])
    write = Writer(words_of_shipped(), ids | {"prompts": [f"deck-{at}" for at in range(len(decks))]}, seed)
    content = folder / "content"
    content.mkdir(parents=True)
    for id, ideas in zip(ids["articles"], owners, strict=True):
        _save(content / "articles" / f"{id}.yml", write.article(ideas))
    for at, deck in enumerate(decks):
        _save(content / "prompts" / f"deck-{at}.yml", write.deck(deck))
    kinds = {
        "tensions": write.tension,
        "pitfalls": write.pitfall,
        "exercises": write.exercise,
        "assessments": write.assessment,
        "workshops": write.workshop,
    }
    for kind, make in kinds.items():
        for id in ids[kind]:
            _save(content / kind / f"{id}.yml", make())
    settings = {
        "format": 1,
        "id": f"bench-{items}",
        "name": f"A kit of {items} items",
        "licence": "CC BY 4.0",
        "papers": ["a4", "us-letter"],
    }
    _save(content / "kit.yml", settings)
    (content / "index.md").write_text(f"# A kit of {items} items\n\n{write.prose(120)}", encoding="utf-8")
    shutil.copy(SHIPPED / "mkdocs.yml", folder / "mkdocs.yml")
    return counts


def words_of_shipped() -> list[str]:
    """The words of the kit that comes with the program, as often as they stand there."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((SHIPPED / "content").glob("*/*.yml")))
    return [word.lower() for text in texts for word in re.findall(r"(?<=[a-z,] )[A-Za-z]+(?= )", text)]


def _parts(values: list[str], size: int) -> Iterator[list[str]]:
    for at in range(0, len(values), size):
        yield values[at : at + size]


def _shared(values: list[str], owners: int) -> list[list[str]]:
    return [values[at::owners] for at in range(owners)]


def _save(path: Path, value: Plain) -> None:
    path.parent.mkdir(exist_ok=True)
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=140)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    made = make_kit(int(sys.argv[1]), Path(sys.argv[2]))
    print(", ".join(f"{number} {kind}" for kind, number in made.items()))
