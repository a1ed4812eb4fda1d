"""The layout with a row an item and the statuses in one column."""

from __future__ import annotations

from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import HeaderNames, find_header
from helpers.sheets.rows.layouts.laid_out import LaidOut


def find(grid: Grid, names: HeaderNames, words: Vocabulary) -> LaidOut | None:
    """Find the header of a table; also of one that counts items by status."""
    header = find_header(grid, names)
    return LaidOut(grid, header) if header is not None and header.is_complete else None
