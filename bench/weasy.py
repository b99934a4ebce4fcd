"""Prints some pages of a built site as one PDF with WeasyPrint: `python -m bench.weasy SITE FILE PAGE ...`.

In: a folder with a site, and paths of pages in it. Out: a PDF. It is WeasyPrint's best case: one document, and of each page the text
alone, since what the theme puts around it makes WeasyPrint lose the most of it.
"""

import sys
from pathlib import Path

from bs4 import BeautifulSoup
from weasyprint import HTML


def main(site: Path, file: Path, pages: list[str]) -> None:
    """Print them; styles and pictures are those of the first page."""
    first, *others = (BeautifulSoup((site / page).read_bytes(), "html.parser") for page in pages)
    texts = [found.find("article") for found in (first, *others)]
    body = first.body
    assert body is not None
    body.clear()
    body.extend(text for text in texts if text)
    HTML(string=str(first), base_url=(site / pages[0]).as_uri()).write_pdf(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]), sys.argv[3:])
