"""How a long session is shared over pages.

In: a session on the clock. Out: which of its blocks stand together. How tall they are is the template's business.
"""

from itertools import pairwise

from generator.content.model import BreakBlock
from generator.timing.schedule import RunSheet

MOST = 240  # about as many minutes as a page shows well


def sheets(sheet: RunSheet, most: int = MOST) -> list[tuple[int, int]]:
    """A session cut after breaks into parts of about `most` minutes, as even as its breaks allow; none is shorter than a quarter of that.

    Each part is the slots from the first number up to the second, not included; together they are the session.
    """
    wanted = -(-sheet.minutes // most)
    breaks = [at + 1 for at, slot in enumerate(sheet.slots[:-1]) if isinstance(slot.block, BreakBlock)]
    cuts = [0]
    for number in range(1, wanted):
        ideal = sheet.start + sheet.minutes * number / wanted
        begun = sheet.slots[cuts[-1]].start
        later = [
            at
            for at in breaks
            if min(sheet.slots[at - 1].end - begun, sheet.end - sheet.slots[at - 1].end) >= most // 4
        ]
        if later:
            cuts.append(min(later, key=lambda at: abs(sheet.slots[at - 1].end - ideal)))
    return list(pairwise([*cuts, len(sheet.slots)]))
