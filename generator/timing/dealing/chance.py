"""Chance that can be repeated: the same seed gives the same numbers on every system and with every Python.

In: a seed. Out: whole numbers. Not for secrets.
"""

from collections.abc import Iterable
from typing import TypeVar

Thing = TypeVar("Thing")
MASK = (1 << 64) - 1
STRIDE = 0x9E3779B97F4A7C15


class Chance:
    """The generator SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014)."""

    def __init__(self, seed: int) -> None:
        self._state = seed & MASK

    def draw(self) -> int:
        """The next number of 64 bits."""
        self._state = mixed = (self._state + STRIDE) & MASK
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1; of 2^64 numbers a remainder is not noticed."""
        return self.draw() % limit

    def shuffled(self, things: Iterable[Thing]) -> list[Thing]:
        """The things in a chance order (Fisher and Yates)."""
        found = list(things)
        for last in range(len(found) - 1, 0, -1):
            other = self.below(last + 1)
            found[last], found[other] = found[other], found[last]
        return found
