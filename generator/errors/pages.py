"""The page about each code: in the project in `docs/errors/`, in an installed package inside of it."""

import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
PAGES = next(folder for folder in (PACKAGE / "docs" / "errors", PACKAGE.parent / "docs" / "errors") if folder.is_dir())
TITLE = re.compile(r"# ([a-z0-9-]+): (.+)")


def titles() -> dict[str, str]:
    """Every code with its title, in the order of the alphabet."""
    found: dict[str, str] = {}
    for path in sorted(PAGES.glob("*.md")):
        with path.open(encoding="utf-8") as file:
            match = TITLE.match(file.readline())
        if match:
            found[match[1]] = match[2].strip()
    return dict(sorted(found.items()))


def page_of(code: str) -> str:
    """The page about a code that there is, as Markdown without remarks."""
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    return re.sub(r"<!--.*?-->\n*", "", text, flags=re.DOTALL)
