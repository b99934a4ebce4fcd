"""Makes the web fonts in `templates/assets/fonts/` from the font packages; run by hand when those change.

The fonts are Source Sans 3 and Source Serif 4 with the weights 400 to 700, the letters of European languages, and new names, since
their licence keeps the name 'Source' for the originals. Needs `pip install fonttools brotli`, which nothing else here needs.
"""

import importlib.util
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent.parent / "templates" / "assets" / "fonts"
WANTED = (
    ("fontpkg_source_sans_3", "SourceSans3[wght].ttf", "kit-sans", "Kit Sans"),
    ("fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf", "kit-sans-italic", "Kit Sans"),
    ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", "kit-serif", "Kit Serif"),
    ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf", "kit-serif-italic", "Kit Serif"),
)
RANGES = (
    (0x20, 0x250),  # Latin
    (0x370, 0x530),  # Greek, Cyrillic
    (0x1E00, 0x2070),  # more Latin and Greek, punctuation
    (0x20A0, 0x20C0),  # currencies
    (0x2100, 0x2214),  # letter-like signs, arrows, a few of mathematics
    (0x2260, 0x2266),
)
FEATURES = ["kern", "liga", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl", "calt"]
TEXT_SIZE = 14  # the serif's optical size in points


def main() -> None:
    """Write the four fonts."""
    for package, file, name, family in WANTED:
        found = importlib.util.find_spec(package)
        if found is None or found.origin is None:
            raise SystemExit(f"{package} is not installed")
        make(Path(found.origin).parent / "files" / file, FONTS / f"{name}.woff2", family)


def make(source: Path, target: Path, family: str) -> None:
    """Write one font: a subset of `source`, named `family`."""
    subset: Any = __import__("fontTools.subset", fromlist=["subset"])
    instancer: Any = __import__("fontTools.varLib.instancer", fromlist=["instancer"])
    ttlib: Any = __import__("fontTools.ttLib", fromlist=["ttLib"])
    font = ttlib.TTFont(source)
    subsetter = subset.Subsetter(subset.Options(layout_features=FEATURES, name_IDs=["*"]))
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last)])
    subsetter.subset(font)
    limits: dict[str, Any] = {"wght": (400, 700)} | ({"opsz": TEXT_SIZE} if "opsz" in source.name else {})
    font = instancer.instantiateVariableFont(font, limits)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 16, 21, 25):
            record.string = family
        elif record.nameID == 6:
            record.string = family.replace(" ", "")
    font.flavor = "woff2"
    font.save(target)
    print(f"{target.name}: {target.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
