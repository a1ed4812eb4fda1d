"""The layout with a row an item and the statuses in one column, or listed in several under one heading."""

from __future__ import annotations

__all__ = ["find"]

from dataclasses import replace

from helpers.plan.declared.kinds import SET
from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import ITEM, NUMBER, STATUS, Header, HeaderNames, find_header
from helpers.sheets.rows.layouts.laid_out import LaidOut, with_numbers
from helpers.sheets.rows.layouts.status_marking import listed_beside


def find(grid: Grid, names: HeaderNames, words: Vocabulary) -> LaidOut | None:
    """Find the header of a table; also of one that counts items by status."""
    header = find_header(grid, names)
    if header is not None and STATUS not in header.columns:
        grid, header = _with_column_to_grade(grid, header, words)
    if header is not None and STATUS in header.columns:
        header = with_numbers(grid, header, words)
    if header is None or not header.is_complete:
        return None
    return LaidOut(_with_listed(grid, header, words), header)


def _with_column_to_grade(grid: Grid, header: Header, words: Vocabulary) -> tuple[Grid, Header]:
    """The worksheet with an empty column of statuses at its right, where the plan's grades give the statuses."""
    # The values of one without columns stand in measures.csv.
    by_grade = [
        {NUMBER, *(measure.columns.values() or [ITEM])}
        for measure in words.plan.declared.measures
        if measure.status == SET
    ]
    if not any(needed <= header.columns.keys() for needed in by_grade):
        return grid, header
    width, row = grid.width, header.last_row
    heading = (*grid.rows[row], *("" for _ in range(width - len(grid.rows[row]))), STATUS)
    with_column = replace(grid, rows=(*grid.rows[:row], heading, *grid.rows[row + 1 :]))
    return with_column, replace(header, columns={**header.columns, STATUS: width})


def _with_listed(grid: Grid, header: Header, words: Vocabulary) -> Grid:
    """The worksheet with the statuses that a row lists in several cells in the first of these."""
    column, heading = header.columns[STATUS], header.last_row

    def is_of_another(at: int) -> bool:
        return bool(grid.heading(heading, at)) and grid.begins(heading, at)

    if is_of_another(column + 1):
        return grid
    rows = list(grid.rows)
    for row in range(heading + 1, len(rows)):
        if listed := listed_beside(grid, row, column, words, is_of_another):
            rows[row] = (*rows[row][:column], listed, *rows[row][column + 1 :])
    return replace(grid, rows=tuple(rows))
