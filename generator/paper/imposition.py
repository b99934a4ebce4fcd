"""In which order pages of half a sheet lie on sheets that are folded and stapled in the middle.

For printing on both sides, turned on the short edge. Blank pages stand only at the end.
"""


def order(pages: int) -> list[tuple[int, int]]:
    """For each side of the sheets the pages on its left and right, from 1; numbers above `pages` are blank.

    The outermost sheet comes first, its front before its back.
    """
    last = -(-pages // 4) * 4
    sides = []
    for at in range(1, last // 2, 2):
        sides += [(last + 1 - at, at), (at + 1, last - at)]
    return sides
