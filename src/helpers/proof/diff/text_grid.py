"""A table as rows of text, wherever it came from."""

from __future__ import annotations

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
    """A row: the heading of its group, the cells that name it, and every cell (those that name it included).

    ``number`` is the cell that still names the row when the others are reworded, "" where there is none.
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
    """A table of the report, as printed."""
    columns = table.columns
    labels = [" ".join(part for part in (table.spanners.get(name, ""), name) if part) for name in columns]
    rows = []
    for record in table.printed.to_dict("records"):
        names = tuple(str(record[name]) for name in columns if name in table.row_headers)
        group = str(record[table.group]) if table.group else ""
        rows.append(named_row(group, names, tuple(str(record[name]) for name in columns)))
    return Grid(table.id, table.caption, tuple(labels), tuple(rows))


def named_row(group: str, names: tuple[str, ...], cells: tuple[str, ...]) -> Row:
    """A row of a printed table: where several cells name it, the first is its number."""
    return Row(group, names, cells, names[0] if len(names) > 1 else "")


def page_grid(table: HtmlTable, number: int) -> Grid:
    """A table read back from a page, known by its id or else by how many stand before it."""
    columns = [" ".join(dict.fromkeys(filter(None, heads))) for heads in table.headings]
    rows = []
    for group, cells in table.body:
        every = tuple(cell.text for cell in cells)
        names = tuple(cell.text for cell in cells if cell.is_header)
        rows.append(named_row(group, names or every[:1], every))
    return _filled(table.id or f"#{number}", table.caption, columns, rows)


def csv_grids(name: str, before: bytes, after: bytes) -> tuple[Grid, Grid]:
    """Two versions of a csv file; the shortest run of first columns that names every row of both names the rows.

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
    """Settings as a table of two columns."""
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
    """The grid, with as many columns and cells in each row as the longest has: no cell is lost."""
    size = max([len(columns), *(len(row.cells) for row in rows)])
    more = (f"{place}列目" for place in range(len(columns) + 1, size + 1))
    filled = (replace(row, cells=row.cells + ("",) * (size - len(row.cells))) for row in rows)
    return Grid(name, caption, (*columns, *more), tuple(filled))


def _flattened(prefix: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flattened(f"{prefix}.{key}" if prefix else str(key), inner)
    elif isinstance(value, list) and any(isinstance(inner, Mapping) for inner in value):
        for place, inner in enumerate(value, start=1):
            yield from _flattened(f"{prefix}[{place}]", inner)
    else:
        yield prefix, value


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "、".join(str(inner) for inner in value) if isinstance(value, list) else str(value)
