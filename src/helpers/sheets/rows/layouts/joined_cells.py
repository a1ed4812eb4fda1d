"""Cells of a card that hold a label and its value: '番号：1', '【実施状況】実施'."""

from __future__ import annotations

__all__ = ["parted"]

import re
from dataclasses import replace

from helpers.sheets.files.grid import Grid, Position
from helpers.sheets.rows.header import NUMBER, STATUS, HeaderNames

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
