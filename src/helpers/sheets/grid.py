"""A worksheet as plain text cells with their addresses, whatever file it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def column_letters(column: int) -> str:
    """Name a column as a spreadsheet does: 0 => 'A', 26 => 'AA'."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Name a cell by its 0-based row and column: (16, 3) => 'D17'."""
    return f"{column_letters(column)}{row + 1}"


def position(cell: str) -> tuple[int, int]:
    """Find the 0-based row and column of an address: 'D17' => (16, 3)."""
    match = _ADDRESS.match(cell)
    if match is None:
        return (-1, -1)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


@dataclass(frozen=True)
class Grid:
    """One worksheet: rows of text cells, of any length; "" is an empty cell.

    ``merged``: inclusive ranges (first row, first column, last row, last column), 0-based.
    ``uncached``: cells with a formula but without a cached value.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())
    is_hidden: bool = False
    uncached: frozenset[tuple[int, int]] = field(default=frozenset())

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, "" outside the grid."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""
