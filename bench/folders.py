"""The folders of one kit that is measured, each made when it is asked for.

In: the name of a kit (`shipped`, or how many items it is made of) and a folder to work in. Out: the kit in the forms that our program and
others build. What is made here is never measured.
"""

import re
import shutil
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from bench.make_kit import SHIPPED, make_kit
from bench.measure import Ran, run

OURS = (sys.executable, "-m", "generator")
TO_PDF = "BENCH_TO_PDF"  # switches MkDocs' PDF plugin on


@dataclass(frozen=True)
class At:
    """The folders of one kit, below `work`."""

    kit: str
    work: Path

    @cached_property
    def full(self) -> Path:
        """The kit as it is."""
        folder = self.work / self.kit / "full"
        if not folder.exists() and self.kit == "shipped":
            shutil.copytree(SHIPPED / "content", folder / "content")
            shutil.copy(SHIPPED / "mkdocs.yml", folder)
        elif not folder.exists():
            make_kit(int(self.kit), folder)
        return folder

    @cached_property
    def site(self) -> Path:
        """The same kit without booklets."""
        folder = self.work / self.kit / "site"
        if not folder.exists():
            shutil.copytree(self.full / "content", folder / "content")
            shutil.copy(self.full / "mkdocs.yml", folder)
            with (folder / "content" / "kit.yml").open("a", encoding="utf-8") as settings:
                settings.write("\nbooklets: false\n")
        return folder

    @cached_property
    def pages(self) -> Path:
        """The very pages that we give to MkDocs, and our settings, for other programs to build."""
        folder = self.work / self.kit / "pages"
        if not folder.exists():
            well(run([*OURS, "build", "--pages-only", str(folder)], self.site))
        return folder

    @cached_property
    def pdf(self) -> Path:
        """The same pages with MkDocs' PDF plugin, which prints what stands in the navigation: here all. Our own styles are left out,
        since WeasyPrint ends with an error on some of them."""
        folder = self.work / self.kit / "pdf"
        if not folder.exists():
            shutil.copytree(self.pages / "docs", folder / "docs")
            settings = yaml.safe_load((self.pages / "mkdocs.yml").read_text(encoding="utf-8"))
            settings |= {"nav": None, "extra_css": []}
            settings["plugins"] += [{"to-pdf": {"output_path": "all.pdf", "enabled_if_env": TO_PDF}}]
            (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
        return folder

    @cached_property
    def workshop(self) -> str:
        """The workshop that is printed, packed, fitted."""
        return "half-day" if self.kit == "shipped" else "workshops-0"

    @cached_property
    def exercises(self) -> tuple[str, ...]:
        """The exercises of that workshop, in its order; the first is the one that is changed."""
        text = (self.full / "content" / "workshops" / f"{self.workshop}.yml").read_text(encoding="utf-8")
        return tuple(dict.fromkeys(re.findall(r"exercise: ([\w-]+)", text)))

    @cached_property
    def guide(self) -> tuple[str, ...]:
        """The pages that show on the screen what the facilitator guide shows on paper."""
        items = (f"exercises/{id}/facilitator/index.html" for id in self.exercises)
        return (f"workshops/{self.workshop}/facilitator/index.html", *items)


def well(ran: Ran) -> Ran:
    """A run that had to succeed, since others build on it. Raises `RuntimeError`."""
    if ran.status:
        raise RuntimeError(ran.said)
    return ran
