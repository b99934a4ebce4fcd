"""The style that is made from `kit.yml`: colours, and fonts of the kit's own.

In: the settings, and the bytes of font files by their path. Out: CSS, to be loaded before `kit.css`, which reads its variables.
"""

import struct
from collections.abc import Mapping
from urllib.parse import quote

from generator.content.model import Font, Settings

ROOT = "../../../"  # from assets/kit/css/ to the root of the site
FORMATS = {"ttf": "truetype", "otf": "opentype"}


def style(settings: Settings, fonts: Mapping[str, bytes]) -> str:
    """`colours.css`."""
    colours = settings.colours
    variables = {"--kit-accent": colours.accent, "--kit-warm": colours.warm}
    faces: list[str] = []
    for name, font in (("text", settings.fonts.text), ("voice", settings.fonts.voice)):
        if font:
            variables[f"--kit-{name}-font"] = f'"Kit {name}"'
            faces += [_face(f"Kit {name}", file, fonts.get(file, b"")) for file in font.files]
    lines = "".join(f"  {name}: {value};\n" for name, value in variables.items())
    return "".join(faces) + f":root {{\n{lines}}}\n"


def font_files(settings: Settings) -> tuple[str, ...]:
    """The paths of all font files of a kit."""
    fonts: tuple[Font | None, ...] = (settings.fonts.text, settings.fonts.voice)
    return tuple(dict.fromkeys(file for font in fonts if font for file in font.files))


def _face(family: str, file: str, data: bytes) -> str:
    weight, italic = _weight(data), "italic" if _is_italic(data) else "normal"
    source = f'url("{ROOT}{quote(file)}") format("{FORMATS[file.rpartition(".")[2]]}")'
    return f'@font-face {{ font-family: "{family}"; src: {source}; font-weight: {weight}; font-style: {italic}; font-display: swap; }}\n'


def _weight(data: bytes) -> str:
    """How heavy a font is, as CSS says it: `400`, or `200 900` for one of variable weight."""
    try:
        if variable := _table(data, b"fvar"):
            start, _, count, size = struct.unpack_from(">HHHH", variable, 4)
            for at in range(start, start + count * size, size):
                tag, low, _, high = struct.unpack_from(">4siii", variable, at)
                if tag == b"wght":
                    return f"{low >> 16} {high >> 16}"
        return str(struct.unpack_from(">H", _table(data, b"OS/2"), 4)[0])
    except struct.error:
        return "400"


def _is_italic(data: bytes) -> bool:
    try:
        return bool(struct.unpack_from(">H", _table(data, b"OS/2"), 62)[0] & 1)
    except struct.error:
        return False


def _table(data: bytes, wanted: bytes) -> bytes:
    """A table of an OpenType font, empty when it has none of that name. Raises `struct.error` for what is no font."""
    (count,) = struct.unpack_from(">H", data, 4)
    for at in range(12, 12 + 16 * count, 16):
        tag, _, start, length = struct.unpack_from(">4sIII", data, at)
        if tag == wanted:
            return data[start : start + length]
    return b""
