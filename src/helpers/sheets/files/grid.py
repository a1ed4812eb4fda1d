"""A worksheet as plain text cells with their addresses, whatever file it came from."""

from __future__ import annotations

__all__ = [
    "BLANKED", "PICTURE", "STRUCK", "UNSHOWN", "ZERO", "Area", "Grid", "Position", "Quirk", "Unclear", "address",
    "is_error_value", "is_picture", "position", "span",
]  # fmt: skip

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from helpers.text.forms import cleaned

Position = tuple[int, int]
Area = tuple[int, int, int, int]

# A cell with a picture in it, in the place of its text.
PICTURE = "[画像]"
_WPS_PICTURE = re.compile(r'=(?:_xlfn\.)?DISPIMG\(".*', re.IGNORECASE | re.DOTALL)
STRUCK, BLANKED, UNSHOWN, ZERO = "struck", "blanked", "unshown", "zero"

# What a formula without a result shows: Excel's error values, LibreOffice's codes.
_ERROR_VALUE = re.compile(r"#(?:[A-Z/0]+!|NAME\?|N/A|GETTING_DATA)|Err:\d{3}")
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def address(row: int, column: int) -> str:
    """Name a cell by its 0-based row and column: (16, 3) => 'D17', (0, 26) => 'AA1'."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters, column = chr(ord("A") + letter) + letters, column - 1
    return f"{letters}{row + 1}"


def is_error_value(text: str) -> bool:
    """Whether a text is what a spreadsheet program shows for an error: #N/A, #SPILL!, Err:522."""
    return _ERROR_VALUE.fullmatch(text.strip()) is not None


def is_picture(text: str) -> bool:
    """Whether a cell holds a picture, or the formula by which WPS Office shows one."""
    return text == PICTURE or _WPS_PICTURE.fullmatch(text.strip()) is not None


def position(cell: str) -> tuple[int, int]:
    """Find the 0-based row and column of an address: 'D17' => (16, 3); (-1, -1) for any other text."""
    match = _ADDRESS.fullmatch(cell)
    if match is None:
        return (-1, -1)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def span(reference: str) -> Area | None:
    """Find the corners of a range: 'A1:B2' => (0, 0, 1, 1); None where there is no such range."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = position(first), position(last or first)
    return (top, left, bottom, right) if 0 <= top <= bottom and 0 <= left <= right else None


class Unclear(NamedTuple):
    """The reason why a cell cannot be read: code and message of a finding, and the cell."""

    code: str
    message: str
    at: tuple[int, int]


@dataclass(frozen=True)
class Quirk:
    """The way in which a cell shows less than it stores.

    ``STRUCK``: the text is what is struck out, and no part of the cell's text. ``BLANKED``: its number format shows
    nothing; the text is what is stored. ``UNSHOWN``: what its number format shows is not known; the text is the format.
    ``ZERO``: the worksheet shows no zeros; the text is what is stored.
    """

    kind: str
    text: str


@dataclass(frozen=True, eq=False)
class Grid:
    """One worksheet: rows of text cells, of any length; "" is an empty cell.

    ``merged``: inclusive ranges (first row, first column, last row, last column), 0-based.
    ``uncached``: cells with a formula but without a stored result.
    ``places``: of the cells that a layout put into the table (``rows.layouts``), the cells of the worksheet that they are.
    ``unclear``: why a cell that a layout put into the table cannot be read.
    ``quirks``: cells of the worksheet that show less than they store.
    ``ruled``: ranges of the worksheet that a conditional format strikes out or shows otherwise, if its condition holds.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncached: frozenset[tuple[int, int]] = frozenset()
    quirks: Mapping[tuple[int, int], Quirk] = field(default_factory=dict)
    ruled: tuple[Area, ...] = ()
    is_hidden: bool = False
    places: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    unclear: Mapping[tuple[int, int], Unclear] = field(default_factory=dict)

    @cached_property
    def width(self) -> int:
        """The number of cells in the longest row."""
        return max(map(len, self.rows), default=0)

    @cached_property
    def _clean_rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(map(cleaned, row)) for row in self.rows)

    @cached_property
    def _seen(self) -> Sequence[Sequence[str]]:
        """What ``cell`` gives, row by row: layouts and checks ask for every cell again and again."""
        if not self.merged:
            return self._clean_rows
        seen = [list(row) + [""] * (self.reach(at) - len(row)) for at, row in enumerate(self._clean_rows)]
        for (row, column), (top, left) in self._anchors.items():
            seen[row][column] = self._clean(top, left) if left == column else ""
        return seen

    @cached_property
    def _anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        height, width = len(self.rows), self.width
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.merged
            for row in range(top, min(bottom + 1, height))
            for column in range(left, min(right + 1, width))
        }

    @cached_property
    def _reaches(self) -> dict[int, int]:
        reaches: dict[int, int] = {}
        for row, column in self._anchors:
            reaches[row] = max(reaches.get(row, 0), column + 1)
        return reaches

    def reach(self, row: int) -> int:
        """The number of columns of a row that may show text: its own cells, and ranges merged from above."""
        own = len(self.rows[row]) if row < len(self.rows) else 0
        return max(own, self._reaches.get(row, 0))

    def address(self, at: tuple[int, int]) -> str:
        """Name the cell of the worksheet that a cell of the table is: 'D17'."""
        return address(*self.places.get(at, at))

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell itself, or the first cell of the merged range that it is part of."""
        return self._anchors.get((row, column), (row, column))

    def quirk(self, at: tuple[int, int]) -> Quirk | None:
        """The quirk of a cell of the table; None where the cell shows all that it stores."""
        return self.quirks.get(self.places.get(at, at))

    def begins(self, row: int, column: int) -> bool:
        """Whether a cell is no part of a merged range, or the first cell of one."""
        anchor = self._anchors.get((row, column))
        return anchor is None or anchor == (row, column)

    def raw(self, row: int, column: int) -> str:
        """The text of a cell as the file has it, "" outside the grid."""
        return _at(self.rows, row, column)

    def _clean(self, row: int, column: int) -> str:
        return _at(self._clean_rows, row, column)

    def cell(self, row: int, column: int) -> str:
        """The cleaned text that a reader sees at a cell of the table: a merged range goes down, not across."""
        # Asked for more often than anything else: not by ``_at``.
        seen = self._seen
        return seen[row][column] if 0 <= row < len(seen) and 0 <= column < len(seen[row]) else ""

    def heading(self, row: int, column: int) -> str:
        """The cleaned text that a reader sees at a cell of the header: a merged range goes down and across."""
        return self._clean(*self.anchor(row, column))

    def texts(self, row: int) -> list[str]:
        """The cleaned texts that begin in a row, from left to right, without the empty ones."""
        columns = range(len(self.rows[row]) if row < len(self.rows) else 0)
        return [text for column in columns if (text := self._clean(row, column)) and self.begins(row, column)]


def _at(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    """The text of a cell, "" outside the rows."""
    if 0 <= row < len(rows) and 0 <= column < len(rows[row]):
        return rows[row][column]
    return ""
