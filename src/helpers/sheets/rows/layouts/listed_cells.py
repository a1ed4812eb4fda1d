"""Statuses that stand side by side in cells, with a mark at one of them or for a person to circle one on paper."""

from __future__ import annotations

__all__ = ["listed_beside", "marked_below"]

from collections.abc import Callable, Sequence
from itertools import takewhile

from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.layouts.mark_words import MARKS, NO_MARKS
from helpers.text.forms import variant_folded

_MOST_CELLS = 40


def listed_beside(
    grid: Grid, row: int, column: int, words: Vocabulary, is_of_another: Callable[[int], bool]
) -> str:
    """The text of a cell and of the cells after it that together list statuses; "" where a cell says all by itself.

    ``is_of_another``: whether a column is no longer one of those under the heading of the status.
    """
    end = min(grid.reach(row), column + _MOST_CELLS)  # a card's value may be missing under the last row
    after = takewhile(lambda at: not is_of_another(at), range(column + 1, end))
    cells = [grid.cell(row, at) for at in (column, *after) if grid.begins(row, at)]
    for count in range(len(cells), 1, -1):  # what follows the statuses may be a remark
        joined = "、".join(_grouped(cells[:count], words))
        listing = words.written.listing(joined) if cells[count - 1] else None
        if listing is not None and len(listing.listed) > 1:
            return joined
    return ""


def marked_below(grid: Grid, row: int, column: int, words: Vocabulary, line: int) -> str:
    """The status with a mark under it in a line, of several that stand side by side from a cell on; "" where that is not one."""
    names, at = dict[str, int](), column
    while words.written.names_one(text := grid.cell(row, at)):
        names[text] = at
        at += 1
    marks = {name: variant_folded(grid.cell(line, at)) for name, at in names.items()}
    marked = [name for name, mark in marks.items() if mark in MARKS]
    is_clear = len(marked) == 1 and all(mark in MARKS | NO_MARKS | {""} for mark in marks.values())
    return marked[0] if is_clear and len(names) > 1 else ""


def _grouped(cells: Sequence[str], words: Vocabulary) -> list[str]:
    """The texts of cells, a mark in a cell of its own with its status: the one before it if the first cell is a status."""
    are_names = [words.written.names_one(text) for text in cells]
    groups: list[str] = [""]
    for text, is_name in zip(cells, are_names, strict=True):
        if groups[-1] and (not any(are_names) or (are_names[0] and is_name)):
            groups.append("")
        groups[-1] += text
        if is_name and not are_names[0]:
            groups.append("")
    return list(filter(None, groups))
