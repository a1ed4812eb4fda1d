"""Items whose numbers stand before their names in one cell: '1 窓口の案内', under the heading of the names."""

from __future__ import annotations

__all__ = ["with_numbers"]

from dataclasses import replace

from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import ITEM, NUMBER, Header, labels_of


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
