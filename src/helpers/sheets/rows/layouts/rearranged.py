"""Worksheets rearranged, so that they are read as others are: tables on their side, cells that hold a label and its value."""

from __future__ import annotations

__all__ = ["parted", "turned"]

import re
from dataclasses import replace

from helpers.fiscal_year import year_or_none
from helpers.sheets.files.grid import Grid, Position
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


_LONGEST_LABEL = 60
_JOINED = re.compile(
    rf"[■□◆◇●○◎・▼▶\s]*(?:[【〔［\[](?P<framed>[^】〕］\]]{{1,{_LONGEST_LABEL}}})[】〕］\]]\s*[:：]?"
    rf"|(?P<plain>[^:：]{{1,{_LONGEST_LABEL}}})[:：])\s*(?P<value>\S.*)",
    re.DOTALL,
)


def parted(grid: Grid, names: HeaderNames) -> Grid:
    """A worksheet with two columns for each, a label in the first and its value in the second.

    A cell without a label goes over both. The worksheet itself where neither a number nor a status has its label in its
    cell: a colon in a text is no label then.
    """
    cells: dict[Position, tuple[str, str]] = {}
    columns = set()
    for row, texts in enumerate(grid.rows):
        for column, text in enumerate(texts):
            match = _JOINED.fullmatch(grid.cell(row, column)) if text and grid.begins(row, column) else None
            if match is not None:
                label = (match["framed"] or match["plain"]).strip()
                if (reading := names.read(label)) is not None:
                    columns.add(reading[0])
                    cells[row, column] = label, match["value"]
    return _with_parts(grid, cells) if columns & {NUMBER, STATUS} else grid


def _with_parts(grid: Grid, cells: dict[Position, tuple[str, str]]) -> Grid:
    rows = list[tuple[str, ...]]()
    # A value may be missing beside or under the last label, too.
    places = {
        (row, column): grid.places.get((row, column // 2), (row, column // 2))
        for row in range(len(grid.rows) + 1)
        for column in range(2 * grid.width + 2)
    }
    areas = {area[:2]: area for area in grid.merged}
    for row, texts in enumerate(grid.rows):
        parts: list[str] = []
        for column, text in enumerate(texts):
            parts += cells.get((row, column), (text, ""))
            if grid.begins(row, column):
                areas.setdefault((row, column), (row, column, row, column))
        rows.append(tuple(parts))
    return replace(
        grid,
        rows=tuple(rows),
        merged=tuple(
            (top, 2 * left, bottom, 2 * right + 1)
            for at, (top, left, bottom, right) in areas.items()
            if at not in cells
        ),
        hidden_columns=frozenset(at for column in grid.hidden_columns for at in (2 * column, 2 * column + 1)),
        uncached=frozenset((row, 2 * column) for row, column in grid.uncached),
        places=places,
    )
