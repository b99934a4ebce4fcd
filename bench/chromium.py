"""Prints pages of a built site with Chromium: `python -m bench.chromium SITE OUT [PAGE ...]`.

In: a folder with a site, and which of its pages, by their paths (none: all). Out: a PDF of each in the folder OUT. It is Chromium's best
case: one browser for all pages, as many pages at once as there are processors, and no script of a page is run.
"""

import asyncio
import os
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


async def print_pages(browser: Browser, site: Path, out: Path, pages: list[str]) -> None:
    """Print the pages that are left in the list, one after the other."""
    tab = await browser.new_page(java_script_enabled=False)
    while pages:
        page = pages.pop()
        await tab.goto((site / page).as_uri())
        await tab.pdf(path=out / (page.replace("/", "-").removesuffix(".html") + ".pdf"), format="A4")


async def main(site: Path, out: Path, pages: list[str]) -> None:
    """Print all of them."""
    browser_path = os.environ.get("CHROMIUM")
    if not browser_path:
        raise SystemExit("CHROMIUM names no browser; `make bench` looks for one")
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=browser_path, args=FLAGS)
        tabs = (print_pages(browser, site, out, pages) for _ in range(os.cpu_count() or 1))
        await asyncio.gather(*tabs)
        await browser.close()


if __name__ == "__main__":
    folder = Path(sys.argv[1]).resolve()
    wanted = sys.argv[3:] or [page.relative_to(folder).as_posix() for page in sorted(folder.rglob("index.html"))]
    asyncio.run(main(folder, Path(sys.argv[2]), wanted))
