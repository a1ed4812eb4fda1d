"""Make rows of text of any table: of a report, a page, a csv file or settings."""

from __future__ import annotations

__all__ = ["Grid", "Row", "csv_grids", "mapping_grid", "named_row", "page_grid", "table_grid"]

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers.errors import DataError
from helpers.proof.html_page import HtmlTable

if TYPE_CHECKING:
    from helpers.report.table import Table


@dataclass(frozen=True)
class Row:
    """A row: the heading of its group, the cells that name it, and all cells (the naming cells included).

    ``number`` is the cell that identifies the row even if its other names are reworded; "" for none.
    """

    group: str
    names: tuple[str, ...]
    cells: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True)
class Grid:
    """A table as text. Every row has as many cells as there are columns."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def table_grid(table: Table) -> Grid:
    """Make a grid of a table of the report, as printed."""
    columns = table.columns
    labels = [" ".join(part for part in (table.spanners.get(name, ""), name) if part) for name in columns]
    rows = []
    for record in table.rows:
        names = tuple(str(record[name]) for name in columns if name in table.row_headers)
        group = str(record[table.group]) if table.group else ""
        rows.append(named_row(group, names, tuple(str(record[name]) for name in columns)))
    return Grid(table.id, table.caption, tuple(labels), tuple(rows))


def named_row(group: str, names: tuple[str, ...], cells: tuple[str, ...]) -> Row:
    """Make a row of a printed table: where several cells name the row, the first is its number."""
    return Row(group, names, cells, names[0] if len(names) > 1 else "")


def page_grid(table: HtmlTable, number: int) -> Grid:
    """Make a grid of a table of a page; its id is the table's id or, where it has none, its number on the page."""
    columns = [" ".join(dict.fromkeys(filter(None, heads))) for heads in table.headings]
    rows = []
    for group, cells in table.body:
        every = tuple(cell.text for cell in cells)
        names = tuple(cell.text for cell in cells if cell.is_header)
        rows.append(named_row(group, names or every[:1], every))
    return _filled(table.id or f"#{number}", table.caption, columns, rows)


def csv_grids(name: str, before: bytes, after: bytes) -> tuple[Grid, Grid]:
    """Make grids of two versions of a csv file; rows are named by as few of the first columns as identify every row.

    Raises:
        DataError: one of them is not UTF-8 or no csv.
    """
    try:
        tables = [list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) for data in (before, after)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{name} を csv として読めません（{error}）") from error
    width = _naming_columns(tables)
    return _csv_grid(name, tables[0], width), _csv_grid(name, tables[1], width)


def mapping_grid(name: str, values: Mapping[str, object]) -> Grid:
    """Make a grid of settings: a row for each key and its value."""
    rows = [
        Row("", (key,), (key, text)) for key, value in _flattened("", values) for text in [_as_text(value)]
    ]
    return Grid(name, name, ("項目", "値"), tuple(rows))


def _naming_columns(tables: Sequence[Sequence[Sequence[str]]]) -> int:
    widest = max((len(row) for table in tables for row in table), default=0)
    for width in range(1, widest):
        if all(len({tuple(row[:width]) for row in table}) == len(table) for table in tables):
            return width
    return widest


def _csv_grid(name: str, lines: Sequence[Sequence[str]], width: int) -> Grid:
    rows = [Row("", tuple(line[:width]), tuple(line)) for line in lines[1:] if any(line)]
    return _filled(name, name, lines[0] if lines else (), rows)


def _filled(name: str, caption: str, columns: Sequence[str], rows: Sequence[Row]) -> Grid:
    """Make a grid, filled up to the length of its longest row."""
    size = max([len(columns), *(len(row.cells) for row in rows)])
    more = (f"{number}列目" for number in range(len(columns) + 1, size + 1))
    filled = (replace(row, cells=row.cells + ("",) * (size - len(row.cells))) for row in rows)
    return Grid(name, caption, (*columns, *more), tuple(filled))


def _flattened(prefix: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flattened(f"{prefix}.{key}" if prefix else str(key), inner)
    elif isinstance(value, list) and any(isinstance(inner, Mapping) for inner in value):
        for number, inner in enumerate(value, start=1):
            yield from _flattened(f"{prefix}[{number}]", inner)
    else:
        yield prefix, value


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "、".join(str(inner) for inner in value) if isinstance(value, list) else str(value)
