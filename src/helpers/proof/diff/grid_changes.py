"""Compare two versions of a table cell by cell."""

from __future__ import annotations

__all__ = [
    "CAPTION", "COLUMN_HEADING", "GROUP_HEADING", "ORDER", "compare_csv", "compare_grids", "compare_tables",
]  # fmt: skip

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from helpers.proof.diff.differences import CellChange, TableChange
from helpers.proof.diff.text_grid import Grid, Row, csv_grids

ORDER = "行の順序"
CAPTION = "表題"
COLUMN_HEADING = "列見出し"
GROUP_HEADING = "行のまとまりの見出し"

# How the rows of two versions are matched, from the surest key to the loosest.
_ROW_KEYS: tuple[Callable[[Row], Hashable], ...] = (
    lambda row: (row.group, row.names),
    lambda row: row.names,
    lambda row: row.number,
)


def compare_grids(before: Grid, after: Grid) -> TableChange | None:
    """List the cells that differ between two versions of a table; None where no cell does.

    Rows are matched by group and names, then by names, then by number; columns by heading, then by position.
    """
    columns = _matched_columns(before.columns, after.columns)
    cells = (*_compare_headings(before, after, columns), *_compare_rows(before, after, columns))
    return TableChange(after.caption, cells) if cells else None


def compare_csv(name: str, before: bytes, after: bytes) -> TableChange | None:
    """List the cells that differ between two versions of a csv file; None where no cell does.

    Raises:
        DataError: one of them is not UTF-8 or no csv.
    """
    return compare_grids(*csv_grids(name, before, after))


def compare_tables(before: Iterable[Grid], after: Iterable[Grid]) -> tuple[TableChange, ...]:
    """List the tables that differ in the order of the new side, then the removed tables."""
    old, new = ({grid.id: grid for grid in grids} for grids in (before, after))
    changes = [
        compare_grids(old[name], grid) if name in old else TableChange(grid.caption)
        for name, grid in new.items()
    ]
    gone = (TableChange(grid.caption, is_after=False) for name, grid in old.items() if name not in new)
    return (*(change for change in changes if change is not None), *gone)


def _compare_headings(before: Grid, after: Grid, columns: Mapping[int, int]) -> Iterator[CellChange]:
    if before.caption != after.caption:
        yield CellChange(CAPTION, "", before.caption, after.caption)
    for new, heading in enumerate(after.columns):
        if new not in columns:
            yield CellChange("", heading, None, "列")
        elif before.columns[columns[new]] != heading:
            yield CellChange(COLUMN_HEADING, "", before.columns[columns[new]], heading)
    for old, heading in enumerate(before.columns):
        if old not in columns.values():
            yield CellChange("", heading, "列", None)


def _compare_rows(before: Grid, after: Grid, columns: Mapping[int, int]) -> Iterator[CellChange]:
    old_labels, new_labels = _labels(before.rows), _labels(after.rows)
    match = _matched_rows(before.rows, after.rows)
    groups: dict[tuple[str, str], None] = {}
    for new, row in enumerate(after.rows):
        if new not in match:
            if not _is_name_alone(row):
                yield CellChange(new_labels[new], "", None, _row_text(row))
            continue
        was = before.rows[match[new]]
        if was.group != row.group:
            groups[was.group, row.group] = None
        for column, old in columns.items():
            if was.cells[old] != row.cells[column]:
                yield CellChange(new_labels[new], after.columns[column], was.cells[old], row.cells[column])
    kept = {*match.values()}
    for old, row in enumerate(before.rows):
        if old not in kept and not _is_name_alone(row):
            yield CellChange(old_labels[old], "", _row_text(row), None)
    yield from (CellChange(GROUP_HEADING, "", *group) for group in groups)
    by_new = sorted(match.items())
    by_old = sorted(by_new, key=itemgetter(1))
    if moved := [at for at, (old, new) in enumerate(zip(by_old, by_new, strict=True)) if old != new]:
        span = slice(moved[0], moved[-1] + 1)
        old_order = "、".join(old_labels[old] for _, old in by_old[span])
        yield CellChange(ORDER, "", old_order, "、".join(new_labels[new] for new, _ in by_new[span]))


def _matched_columns(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Match the columns: position after → position before."""
    old, new = _numbered(before), _numbered(after)
    lost, added = [key for key in old if key not in new], [key for key in new if key not in old]
    renamed = dict(zip(added, lost, strict=True)) if len(lost) == len(added) else {}
    return {at: old[renamed.get(key, key)] for key, at in new.items() if key in old or key in renamed}


def _matched_rows(before: Sequence[Row], after: Sequence[Row]) -> dict[int, int]:
    """Match the rows: position after → position before."""
    match: dict[int, int] = {}
    for key in _ROW_KEYS:
        old = _numbered([key(row) for row in before], set(match.values()))
        new = _numbered([key(row) for row in after], set(match))
        match |= {at: old[name] for name, at in new.items() if name in old}
    return match


def _numbered(keys: Sequence[Hashable], leave_out: Container[int] = ()) -> dict[tuple[Hashable, int], int]:
    """Map each key and its number of earlier occurrences to its position; empty keys are left out."""
    seen: Counter[Hashable] = Counter()
    positions = {}
    for at, key in enumerate(keys):
        if at not in leave_out and key:
            positions[(key, seen[key])] = at
            seen[key] += 1
    return positions


def _labels(rows: Sequence[Row]) -> list[str]:
    """Name each row by its names, with its group where several rows have these names."""
    often = Counter(row.names for row in rows)
    return [
        " ".join(part for part in (row.group if often[row.names] > 1 else "", *row.names) if part)
        for row in rows
    ]


def _is_name_alone(row: Row) -> bool:
    """Whether a row has nothing but its name, as an item of a sheet, which is listed with its status anyway."""
    return any(row.names) and not any(row.cells)


def _row_text(row: Row) -> str:
    values = [cell for cell in row.cells if cell and cell not in row.names]
    return "、".join(values or row.names)
