"""The table that a layout makes of a worksheet, and the numbers that its header may not name."""

from __future__ import annotations

__all__ = ["CARD", "COLUMN", "ROW", "LaidOut", "with_numbers"]

from dataclasses import replace
from typing import NamedTuple

from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import ITEM, NUMBER, STATUS, Header, labels_of

ROW, COLUMN, CARD = "行", "列", "個票"


class LaidOut(NamedTuple):
    """A table with a row an item, its header, and what findings call an entry.

    ``others``: the titles of the layouts that fit too and say something else; empty where the layout is certain.
    """

    grid: Grid
    header: Header
    entry_word: str = ROW
    others: tuple[str, ...] = ()

    def replaces(self, other: LaidOut) -> bool:
        """Whether another layout took the first of this one's columns of marks for a column of statuses.

        A card, and a table on its side, has columns of its own.
        """
        is_alike = self.entry_word == other.entry_word and not other.header.marks
        return is_alike and other.header.columns.get(STATUS) in self.header.marks


def with_numbers(grid: Grid, header: Header, words: Vocabulary) -> Header:
    """The header of a table, its numbers in the column of the names if they are there and have no column of their own."""
    column = header.columns.get(ITEM)
    if column is None or NUMBER in header.columns:
        return header
    texts = (grid.cell(row, column) for row in range(header.last_row + 1, len(grid.rows)))
    if not any(text and words.item_of_any_year(text) is not None for text in texts):
        return header
    header = replace(header, columns={**header.columns, NUMBER: column})
    return replace(header, labels=labels_of(grid, header))
