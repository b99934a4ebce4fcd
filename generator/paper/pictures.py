"""Pictures: of the first pages of documents for the site, and of the kit's logo for the press.

In: PDFs as bytes, or the bytes of an image. Out: small PNGs, the same for the same input. PDFium must not be used by two threads at once,
so all pages are drawn in the thread that asks.
"""

import io
from collections.abc import Iterable
from typing import Any

import PIL
import pypdfium2  # type: ignore[import-untyped]  # PDFium comes without types
from PIL import Image

from generator.paper.kept import Kept
from generator.paper.press import Printed

HEIGHT = 480  # pixels: more than twice what pages show, for sharp screens
COLOURS = 16
DRAWN_BY = f"{HEIGHT} {COLOURS} {pypdfium2.PYPDFIUM_INFO} {pypdfium2.PDFIUM_INFO} {PIL.__version__}"
LOGO_HEIGHT = 480  # pixels: 600 dots to the inch on a cover


def pictures(printed: Iterable[Printed], kept: Kept) -> dict[str, bytes]:
    """The first page of each kind of document, by the path of the picture: the standard edition on the kit's first paper."""
    found: dict[str, bytes] = {}
    for one in printed:
        path = one.document.picture
        if one.document.edition == "standard" and one.file and path not in found:
            found[path] = (one.kept.picture(DRAWN_BY) if one.kept else None) or _drawn(one, kept)
    return found


def _drawn(one: Printed, kept: Kept) -> bytes:
    png = _first_page(one.pdf)
    kept.put_picture(one.key, DRAWN_BY, png)
    return png


def _first_page(pdf: bytes) -> bytes:
    """A PNG of a PDF's first page, its longer side `HEIGHT` pixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        drawn = page.render(scale=HEIGHT / max(page.get_size()), may_draw_forms=False).to_pil()
    finally:
        document.close()
    return _png(drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE))


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def logo(name: str, data: bytes) -> dict[str, Any]:
    """An image file as templates take it: `format`, and `text` (SVG) or `bytes`. Raises `ValueError` when it is no such image.

    A large picture is made smaller, since every document carries it.
    """
    if name.lower().endswith(".svg"):
        text = data.decode("utf-8-sig")
        if "<svg" not in text:
            raise ValueError("no SVG")
        return {"format": "svg", "text": text}
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            image.load()
            small = image.convert("RGBA")
    except (OSError, Image.DecompressionBombError, SyntaxError) as error:
        raise ValueError(str(error)) from error
    small.thumbnail((4 * LOGO_HEIGHT, LOGO_HEIGHT))
    return {"format": "png", "bytes": list(_png(small))}
