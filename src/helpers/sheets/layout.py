"""Find the table in a grid: its header, its rows, the notes and totals around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.sheets.grid import Grid
from helpers.text import folded

NOTE_MARK = "※"
TOTAL_LABELS = frozenset({"合計", "計", "小計", "総計"})


@dataclass(frozen=True)
class Layout:
    """Where things stand in a grid: columns by their written name, rows by their index."""

    header_row: int
    columns: Mapping[str, int]
    titles: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[int, ...]
    total_rows: tuple[int, ...]

    @property
    def is_totals_only(self) -> bool:
        """Whether the table counts items per status instead of listing them."""
        return "項目数" in self.columns and "番号" not in self.columns


def find_layout(grid: Grid, aliases: Mapping[str, tuple[str, ...]]) -> Layout | None:
    """Find the table; None where no row has the header's names."""
    names = {folded(alias): column for column, written in aliases.items() for alias in written}
    for header_row, cells in enumerate(grid.rows):
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            if (column := names.get(folded(cell))) is not None:
                columns.setdefault(column, index)
        if "実施状況" in columns and ("番号" in columns or "項目数" in columns):
            return _lay_out(grid, header_row, columns)
    return None


def _lay_out(grid: Grid, header_row: int, columns: Mapping[str, int]) -> Layout:
    titles, notes, rows, totals = [], [], [], []
    for row, cells in enumerate(grid.rows):
        texts = [cell.strip() for cell in cells if cell.strip()]
        if not texts or row == header_row:
            continue
        if texts[0].startswith(NOTE_MARK):
            notes.extend(text.removeprefix(NOTE_MARK).strip() for text in texts)
        elif row < header_row:
            titles.extend(texts)
        elif folded(texts[0]) in TOTAL_LABELS:
            totals.append(row)
        else:
            rows.append(row)
    return Layout(header_row, columns, tuple(titles), tuple(notes), tuple(rows), tuple(totals))
