"""The columns of a table's cells, some of which cover several columns or rows."""

from __future__ import annotations

__all__ = ["Span", "first_columns", "span_of"]

from collections.abc import Sequence

from lxml.html import HtmlElement

Span = tuple[int, int]  # columns, rows


def span_of(cell: HtmlElement) -> Span:
    """How many columns and rows a cell covers."""
    return int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))


def first_columns(rows: Sequence[Sequence[Span]]) -> tuple[list[list[int]], set[tuple[int, int]]]:
    """The first column of every cell, row by row, and every position (row, column) that a cell covers."""
    covered: set[tuple[int, int]] = set()
    columns: list[list[int]] = []
    for y, row in enumerate(rows):
        x, firsts = 0, list[int]()
        for wide, high in row:
            while (y, x) in covered:
                x += 1
            firsts.append(x)
            covered.update((y + dy, x + dx) for dy in range(high) for dx in range(wide))
            x += wide
        columns.append(firsts)
    return columns, covered
