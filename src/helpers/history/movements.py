"""Which way the items moved: forward, back, in, out, or to a status that says nothing about progress."""

from __future__ import annotations

__all__ = ["direction", "directions"]

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from helpers.history.courses import progress
from helpers.plan import Plan


def directions(changes: pd.DataFrame, plan: Plan) -> Counter[str]:
    """Count the transitions in which the two statuses differ by direction, whichever way the vocabulary is written.

    Keys: forward, back, came, left, and other (from or to a status outside the denominator).
    """
    rank = progress(plan)
    pairs = zip(changes["previous_status"], changes["status"], strict=True)
    return Counter(direction(old, new, rank) for old, new in pairs)


def direction(old: str, new: str, rank: Mapping[str, int]) -> str:
    """The key of ``directions`` that counts an item which went from one status to another; ``rank``: ``progress``."""
    if not old:
        return "came"
    if not new:
        return "left"
    if old not in rank or new not in rank:
        return "other"
    return "forward" if rank[new] > rank[old] else "back"
