"""Layouts of a status sheet: a module for each, and one table of them.

A module has a function ``find(grid, names, words)``: it looks for its layout in a worksheet and gives a table with a row an
item, the form that everything after it reads, or None. Cells that the layout moved keep their places in the worksheet
(``Grid.places``), so that findings and origins lead to those.
"""

from __future__ import annotations

__all__ = ["LAYOUTS", "Layout", "lay_out"]

from dataclasses import dataclass
from importlib import import_module

from helpers.plan.model import BY_THE_SHEET
from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import NUMBER, STATUS, HeaderNames
from helpers.sheets.rows.layouts.laid_out import COLUMN, LaidOut
from helpers.sheets.rows.layouts.rearranged import turned
from helpers.sheets.rows.table_body import read_body


@dataclass(frozen=True)
class Layout:
    """A layout: what findings call it, and its module."""

    title: str
    module: str


# By their names in plan.toml; of two that fit a sheet equally well the first is taken.
LAYOUTS = {
    "rows": Layout("一行に一項目、実施状況は一つの列", "status_rows.py"),
    "matrix": Layout("一行に一項目、区分ごとの列に印", "status_marks.py"),
    "cards": Layout("一項目に一枚の個票", "item_cards.py"),
}


def lay_out(grid: Grid, names: HeaderNames, words: Vocabulary) -> LaidOut | None:
    """Find the table of a worksheet in the layout that fits it; None where no layout is there as a whole.

    Where two layouts fit and give an item different statuses, ``others`` has the titles of both.
    """
    kind = words.plan.layout.kind
    layouts = LAYOUTS if kind == BY_THE_SHEET else {kind: LAYOUTS[kind]}
    tables: dict[str, LaidOut] = {}
    for name, layout in layouts.items():
        finder = import_module(f"{__name__}.{layout.module.removesuffix('.py')}")
        table: LaidOut | None = finder.find(grid, names, words)
        is_to_turn = table is None and not tables and name != "cards"
        if is_to_turn and (upright := turned(grid, names, words)) is not None:
            table = finder.find(upright, names, words)
            table = table and table._replace(entry_word=COLUMN)
        if table is not None:
            tables[name] = table
    return _best(tables, words) if len(tables) > 1 else next(iter(tables.values()), None)


def _best(tables: dict[str, LaidOut], words: Vocabulary) -> LaidOut:
    """The table that names most items; it is doubtful if another one contradicts it about an item."""
    apart = {
        name: table
        for name, table in tables.items()
        if not any(other.replaces(table) for other in tables.values())
    }
    read = {name: _statuses(table, words) for name, table in apart.items()}
    best = max(apart, key=lambda name: (len(read[name]), len(apart[name].header.columns)))
    # The labels of a card are found in every header, too: only a sheet with more cards than rows has cards.
    rivals = [name for name in apart if name not in (best, "cards") and _contradicts(read[name], read[best])]
    titles = (LAYOUTS[name].title for name in (best, *rivals) if rivals)
    return apart[best]._replace(others=tuple(titles))


def _contradicts(other: dict[str, str | None], best: dict[str, str | None]) -> bool:
    """Whether a table contradicts the best one about an item, or adds an item."""
    return any(status is not None and best.get(number) != status for number, status in other.items())


def _statuses(table: LaidOut, words: Vocabulary) -> dict[str, str | None]:
    """The statuses of the items that a table names, by number; None where a status cannot be read."""
    grid, header = table.grid, table.header
    number, status = header.columns.get(NUMBER, -1), header.columns[STATUS]
    read: dict[str, str | None] = {}
    for entry in read_body(grid, header, words).entries if number >= 0 else ():
        item = words.item_of_any_year(grid.cell(entry.row, number))
        if item is not None:
            is_clear = (entry.row, status) not in grid.unclear
            read[item.number] = words.status(grid.cell(entry.row, status)) if is_clear else None
    return read
