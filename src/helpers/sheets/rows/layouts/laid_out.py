"""The table that a layout makes of a worksheet."""

from __future__ import annotations

__all__ = ["CARD", "ROW", "LaidOut"]

from typing import NamedTuple

from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.header import STATUS, Header

ROW, CARD = "行", "個票"


class LaidOut(NamedTuple):
    """A table with a row an item, its header, and what findings call an entry.

    ``others``: the titles of the layouts that fit too and say something else; empty where the layout is certain.
    """

    grid: Grid
    header: Header
    entry_word: str = ROW
    others: tuple[str, ...] = ()

    def replaces(self, other: LaidOut) -> bool:
        """Whether another layout took the first of this one's columns of marks for a column of statuses."""
        return not other.header.marks and other.header.columns.get(STATUS) in self.header.marks
