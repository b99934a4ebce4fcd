"""An id that is as near as can be to a text: `My kit` gives `my-kit`, and a text without Latin letters or digits gives nothing."""

import re
import unicodedata

# Letters that are no plain letter with a mark on it.
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"})
LONGEST = 80  # characters


def id_from(text: str, longest: int = LONGEST) -> str:
    """Small letters, digits and single hyphens; empty when the text has none of them."""
    plain = unicodedata.normalize("NFKD", text[:1000].translate(LETTERS)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")
