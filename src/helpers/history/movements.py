"""Which way the items moved: forward, back, in, out, or to a status that says nothing about progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.history.courses import progress
from helpers.plan import Plan


@dataclass(frozen=True)
class Directions:
    """How many of the items that moved went which way.

    ``other``: from or to a status outside the denominator, which is neither progress nor the lack of it.
    """

    forward: int = 0
    back: int = 0
    came: int = 0
    left: int = 0
    other: int = 0

    def told(self, words: tuple[str, str, str, str, str]) -> Iterator[tuple[str, int]]:
        """The directions that any item went, in the words for forward, back, came, left and other."""
        counts = (self.forward, self.back, self.came, self.left, self.other)
        return ((word, count) for word, count in zip(words, counts, strict=True) if count)


def directions(changes: pd.DataFrame, plan: Plan) -> Directions:
    """Count the transitions in which the two statuses differ by direction, whichever way the vocabulary is written."""
    rank = progress(plan)
    found = [
        direction(old, new, rank)
        for old, new in zip(changes["previous_status"], changes["status"], strict=True)
    ]
    return Directions(**{name: found.count(name) for name in set(found)})


def direction(old: str, new: str, rank: Mapping[str, int]) -> str:
    """The field of ``Directions`` that counts an item which went from one status to another; ``rank``: ``progress``."""
    if not old:
        return "came"
    if not new:
        return "left"
    if old not in rank or new not in rank:
        return "other"
    return "forward" if rank[new] > rank[old] else "back"
