"""Sorting item codes as people do: 2 before 10, 1-2 before 1-10, ① before ②."""

from __future__ import annotations

__all__ = ["natural_key"]

import re
import unicodedata

_DIGITS = re.compile(r"(\d+)")


def natural_key(code: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts item codes naturally.

    >>> sorted(["1-10", "2", "1-2", "⑩", "①", "A2", "A10"], key=natural_key)
    ['①', '1-2', '1-10', '2', '⑩', 'A2', 'A10']
    """
    parts = _DIGITS.split(unicodedata.normalize("NFKC", code).casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)
