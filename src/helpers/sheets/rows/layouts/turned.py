"""Tables that lie on their side, an item a column: turned, they are read as others are."""

from __future__ import annotations

__all__ = ["turned"]

from dataclasses import replace

from helpers.fiscal_year import year_or_none
from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary, looks_like_number
from helpers.sheets.rows.header import NUMBER, STATUS, HeaderNames


def turned(grid: Grid, names: HeaderNames, words: Vocabulary) -> Grid | None:
    """The worksheet with the columns of its table as rows; None where no table lies on its side for certain.

    Its labels stand below each other, that of the numbers once in the worksheet; to the right are two numbers or more with something for a status.
    """
    cells = [
        (row, column) for row, texts in enumerate(grid.rows) for column, text in enumerate(texts) if text
    ]
    numbers = [at for at in cells if (reading := names.read(grid.cell(*at))) and reading[0] == NUMBER]
    if len(numbers) != 1:
        return None
    ((row, left),) = numbers
    texts = [grid.cell(row, left) for row in range(len(grid.rows))]
    labels = [at for at, text in enumerate(texts) if names.read(text) or words.status(text)]
    answers = [at for at in labels if (names.read(texts[at]) or (STATUS,))[0] == STATUS]
    items = [
        column
        for column in range(left + 1, grid.width)
        if looks_like_number(text := grid.cell(row, column))
        and year_or_none(text) is None  # as 終了年度 of a card
        and any(grid.cell(at, column) for at in answers)
    ]
    if len({grid.cell(row, column) for column in items}) < 2:
        return None

    def says_of_items(at: int) -> int:
        return sum(bool(grid.cell(at, column)) and grid.begins(at, column) for column in items)

    # Rows beside these with labels that nothing knows are of the table, too; titles above say less.
    top, end = labels[0], labels[-1] + 1
    while top > 0 and texts[top - 1] and says_of_items(top - 1) == len(items):
        top -= 1
    while end < len(texts) and texts[end] and says_of_items(end) > 1:
        end += 1
    height, width = end - top, grid.width - left
    lying = [[(top + down, left + across) for down in range(height)] for across in range(width)]
    upright = [[(row, column) for column in range(grid.width)] for row in range(len(grid.rows))]
    rows = [*upright[:top], *lying, *upright[top + height :]]
    places = {(new, at): cell for new, cells in enumerate(rows) for at, cell in enumerate(cells)}
    new = {cell: at for at, cell in places.items()}
    return replace(
        grid,
        rows=tuple(tuple(grid.raw(*cell) for cell in cells) for cells in rows),
        merged=tuple(
            (*new[area[:2]], *new[area[2:]]) for area in grid.merged if {area[:2], area[2:]} <= new.keys()
        ),
        hidden_rows=frozenset(top + column - left for column in grid.hidden_columns if column >= left),
        hidden_columns=frozenset(row - top for row in grid.hidden_rows if 0 <= row - top < height),
        uncached=frozenset(new[at] for at in grid.uncached if at in new),
        places=places,
    )
