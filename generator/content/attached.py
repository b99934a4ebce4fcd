"""Files that pages show or offer: pictures, fonts, and papers to fetch.

In: a file of `pages/`, `images/` or `fonts/`. Out: what is wrong with it: a kind of file that a browser would run, a picture that is empty,
broken, far too large, or of another kind than its name says. Drawings (SVG) are looked at in `vector.py`.
"""

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

from generator.content.disk import MB, bytes_of, place_of, shown, too_large
from generator.content.vector import svg_faults
from generator.errors import Problem, did_you_mean

LARGEST_IMAGE = 10 * MB  # bytes
LARGEST_FILE = 50 * MB
MOST_PIXELS = 40_000_000  # twice what a sheet of A4 needs at 600 dots to the inch
PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
# What readers may fetch. No browser runs any of it.
PAPERS = {
    ".pdf", ".txt", ".csv", ".tsv", ".ics", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".zip", ".epub",
    ".mp3", ".ogg", ".wav", ".m4a", ".mp4", ".webm", ".vtt", ".ttf", ".otf", ".woff", ".woff2",
}  # fmt: skip


def file_faults(content: Path, path: Path) -> Iterator[Problem]:
    """What is wrong with a file that stands beside the free pages. Reads no more of it than the largest that may be."""
    kind, place = path.suffix.lower(), place_of(content, path)
    if kind == ".svg":
        data = bytes_of(content, path, LARGEST_IMAGE)
        yield from [data] if isinstance(data, Problem) else svg_faults(place.file, data)
    elif kind in PICTURES:
        data = bytes_of(content, path, LARGEST_IMAGE)
        found = data if isinstance(data, Problem) else _picture_fault(content, path, data)
        yield from [found] if found else []
    elif path.name.upper() in ("LICENSE", "LICENCE", "README", "COPYING", "OFL") or kind in PAPERS:
        yield from _size_fault(content, path)
    else:
        help = did_you_mean(kind, [".md", ".svg", *PICTURES, *PAPERS]) if kind else ""
        yield Problem(
            "unknown-file",
            f"`{shown(path.name)}` cannot be part of a site: a browser might run it, or not know what to do with it",
            place,
            help=help
            or "save it as a page (.md), a picture (.png, .jpg, .svg) or a document (.pdf); or put it elsewhere",
        )


def _size_fault(content: Path, path: Path) -> Iterator[Problem]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        message = f"this file cannot be read: {error.strerror or 'it is gone'}"
        yield Problem("unreadable", message, place_of(content, path), help="look whether you may open it")
        return
    if size > LARGEST_FILE:
        yield too_large(place_of(content, path), LARGEST_FILE)


def _picture_fault(content: Path, path: Path, data: bytes) -> Problem | None:
    """The first fault of a picture. Its size in pixels is read before any of them are."""
    place, wanted = place_of(content, path), PICTURES[path.suffix.lower()]
    if not data:
        return Problem("broken-image", "this image is an empty file", place, help="save it again, or delete it")
    from PIL import Image  # here, since most kits have no pictures

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MOST_PIXELS:
                message = f"this image is {image.width:,} by {image.height:,} pixels large"
                help = (
                    f"make it smaller: {MOST_PIXELS // 1_000_000} million pixels are enough for a whole printed sheet"
                )
                return Problem("image-too-large", message, place, help=help)
            if image.format != wanted:
                message = f"this image is called {path.suffix}, and holds {image.format}"
                return Problem("broken-image", message, place, help=f"save it as {wanted}, or rename it")
            if getattr(image, "n_frames", 1) > 1:
                help = "save one picture of it: what moves by itself keeps people from reading"
                return Problem("broken-image", "this image moves", place, help=help)
            image.load()
    except Image.DecompressionBombError:
        message = "this image has far too many pixels"
        help = f"make it smaller: {MOST_PIXELS // 1_000_000} million pixels are enough for a whole printed sheet"
        return Problem("image-too-large", message, place, help=help)
    except Exception:  # Pillow raises a dozen kinds of error for broken files
        help = f"open it in an image program, and save it anew as {wanted}"
        return Problem("broken-image", "this image cannot be read", place, help=help)
    return None
