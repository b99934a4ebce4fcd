"""`workshop-kit draft`: make the draft of an article's ideas from its text."""

import argparse
from collections import Counter
from pathlib import Path

from generator.commands.common import Commands, command, refuse, shown
from generator.content.disk import is_reserved
from generator.content.ids import id_from
from generator.content.load import wrong_id
from generator.draft.article import Sureness
from generator.draft.drafting import Draft, draft, fingerprint, read
from generator.draft.placing import place
from generator.draft.signs import languages, signs_of
from generator.draft.writing import counted
from generator.errors import ToolError
from generator.reading import amount

LONGEST = 50  # ids of ideas begin with it, and have 80 signs at most


def article_id(text: str) -> str:
    """The type of an argument that is to be the id of an article."""
    wrong = wrong_id("articles", text)
    if wrong or len(text) > LONGEST:
        help = wrong[1] if wrong else f"for a draft it has at most {LONGEST} signs"
        raise argparse.ArgumentTypeError(f"`{text}` cannot be an id: {help}")
    return text


def add(commands: Commands) -> None:
    """Its arguments."""
    found = command(
        commands,
        "draft",
        run,
        description="Read an article (.txt, .md, .html or .pdf) and write the draft of its ideas into content/articles/, with drafts of "
        "pitfalls and prompts that cite them. It looks for signs in the words: questions, points, warnings, contrasts, examples and "
        "measures. Nothing is overwritten, and nothing is sent anywhere.",
    )
    found.add_argument(
        "article", type=Path, metavar="ARTICLE", help="the file of the article: .txt, .md, .html or .pdf"
    )
    found.add_argument(
        "--id", type=article_id, help="the id of the article in the kit; otherwise made from the file's name"
    )
    found.add_argument("--title", default="", help="the title of the article; otherwise as far as its text states it")
    found.add_argument(
        "--language", choices=languages(), help="its language; otherwise told from its most common words"
    )
    found.add_argument(
        "--fingerprint-only", type=article_id, metavar="ID",
        help="write only the fingerprint of an article that the kit has already, so that `check` refuses its words",
    )  # fmt: skip


def run(root: Path, options: argparse.Namespace) -> int:
    """Write the draft, or the fingerprint alone, and say what was found."""
    path: Path = root / options.article
    content = root / "content"
    if not path.is_file():
        refuse(f"there is no file `{options.article}`")
    if not (content / "kit.yml").is_file():
        help = "run the command in the folder of a kit, or begin one with `workshop-kit init`"
        raise ToolError(f"there is no kit here (no content/kit.yml); {help}")
    article = read(path)
    if options.fingerprint_only:
        _need_article(content, options.fingerprint_only)
        files = fingerprint(content, options.fingerprint_only, article)
        place(files)
        print(f"Wrote {', '.join(shown(new, root) for new in files)}.")
        return 0
    found = draft(content, options.id or _id_of(path), article, options.title, options.language or "")
    place(found.files)
    _report(found, options.article.name, root)
    return 0


def _need_article(content: Path, id: str) -> None:
    if not (content / "articles" / f"{id}.yml").is_file():
        refuse(f"the kit has no article `{id}`")


def _id_of(path: Path) -> str:
    """An id from the name of a file."""
    id = id_from(path.stem, LONGEST)
    if not id or is_reserved(id):
        refuse(f"no id can be made from the name `{path.name}`; choose one with --id")
    return id


def _report(found: Draft, name: str, root: Path) -> None:
    """Say what was read, found and written, and how sure each is."""
    article, number = found.article, len(found.article.paragraphs)
    language = (
        signs_of(found.language).name
        if found.language
        else "unknown (only question marks, numbers and lists were looked for)"
    )
    print(f"Read {name}: {amount(number, 'paragraph')} (where they begin: {article.sure}).")
    print(f"  Language: {language}{f' ({found.language_sure})' if found.language else ''}.")
    print(
        f"  Title: {article.title or 'not stated'}. Author: {article.author or 'not stated'}. Date: {article.date or 'not stated'}."
    )
    for note in article.notes:
        print(f"  Note: {note}.")
    sure = Counter(one.sure for one in found.candidates)
    guesses = "guess" if sure["a guess"] == 1 else "guesses"
    names: dict[Sureness, str] = {"sure": "sure", "fairly sure": "fairly sure", "a guess": guesses}
    levels = ", ".join(f"{sure[level]} {noun}" for level, noun in names.items() if sure[level])
    print(f"Found {counted(found.candidates) or 'no signs of ideas'}{f'; {levels}' if levels else ''}.")
    print("  It looks for signs in the words and cannot judge. Read the article beside the draft.")
    for new in found.files:
        print(f"Wrote {shown(new, root)}")
    print("Next: write each empty `text:` in your own words. `workshop-kit check` says how many are left.")
