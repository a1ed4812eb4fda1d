"""Two versions of a table compared cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence

from helpers.proof.diff.differences import CellChange, TableChange
from helpers.proof.diff.text_grid import Grid, Row

ORDER = "行の順序"
CAPTION = "表題"
COLUMN_HEADING = "列見出し"
GROUP_HEADING = "行のまとまりの見出し"


# From the surest way to know a row again to the loosest.
_ROW_KEYS: tuple[Callable[[Row], Hashable], ...] = (
    lambda row: (row.group, row.names),
    lambda row: row.names,
    lambda row: row.number,
)


def compare_grids(before: Grid | None, after: Grid | None) -> TableChange | None:
    """What differs between two versions of a table; None where nothing does.

    Rows are matched by group and names, then by names, then by number; columns by heading, then by place.
    """
    if before is None or after is None:
        there = before or after
        return (
            None if there is None else TableChange(there.caption, (), before is not None, after is not None)
        )
    cells = [*_compare_headings(before, after), *_compare_rows(before, after)]
    return TableChange(after.caption, tuple(cells)) if cells else None


def compare_tables(before: Iterable[Grid], after: Iterable[Grid]) -> tuple[TableChange, ...]:
    """The tables that differ, in the order of the new side, then those that are gone."""
    old, new = ({grid.id: grid for grid in grids} for grids in (before, after))
    names = [*new, *(name for name in old if name not in new)]
    changes = (compare_grids(old.get(name), new.get(name)) for name in names)
    return tuple(change for change in changes if change is not None)


def _compare_headings(before: Grid, after: Grid) -> Iterator[CellChange]:
    if before.caption != after.caption:
        yield CellChange(CAPTION, "", before.caption, after.caption)
    for old, new in _matched_columns(before, after):
        if old is None and new is not None:
            yield CellChange("", after.columns[new], None, "列")
        elif new is None and old is not None:
            yield CellChange("", before.columns[old], "列", None)
        elif old is not None and new is not None and before.columns[old] != after.columns[new]:
            yield CellChange(COLUMN_HEADING, "", before.columns[old], after.columns[new])


def _compare_rows(before: Grid, after: Grid) -> Iterator[CellChange]:
    columns = [(o, n) for o, n in _matched_columns(before, after) if o is not None and n is not None]
    old_labels, new_labels = _labels(before.rows), _labels(after.rows)
    pairs = _matched_rows(before.rows, after.rows)
    groups: dict[tuple[str, str], None] = {}
    for old, new in pairs:
        if new is None and old is not None:
            yield CellChange(old_labels[old], "", _row_text(before.rows[old]), None)
        elif old is None and new is not None:
            yield CellChange(new_labels[new], "", None, _row_text(after.rows[new]))
        elif old is not None and new is not None:
            one, other = before.rows[old], after.rows[new]
            if one.group != other.group:
                groups[(one.group, other.group)] = None
            for o, n in columns:
                if one.cells[o] != other.cells[n]:
                    yield CellChange(new_labels[new], after.columns[n], one.cells[o], other.cells[n])
    for old_group, new_group in groups:
        yield CellChange(GROUP_HEADING, "", old_group, new_group)
    yield from _compare_order(pairs, old_labels, new_labels)


def _compare_order(
    pairs: Sequence[tuple[int | None, int | None]], old_labels: Sequence[str], new_labels: Sequence[str]
) -> Iterator[CellChange]:
    by_old = sorted((o, n) for o, n in pairs if o is not None and n is not None)
    by_new = sorted(by_old, key=lambda pair: pair[1])
    moved = [place for place, (one, other) in enumerate(zip(by_old, by_new, strict=True)) if one != other]
    if moved:
        span = slice(moved[0], moved[-1] + 1)
        old_order = "、".join(old_labels[old] for old, _ in by_old[span])
        yield CellChange(ORDER, "", old_order, "、".join(new_labels[new] for _, new in by_new[span]))


def _matched_columns(before: Grid, after: Grid) -> list[tuple[int | None, int | None]]:
    old, new = _numbered(before.columns), _numbered(after.columns)
    lost, found = [key for key in old if key not in new], [key for key in new if key not in old]
    renamed = dict(zip(found, lost, strict=True)) if len(lost) == len(found) else {}
    pairs: list[tuple[int | None, int | None]] = [
        (old.get(renamed.get(key, key)), place) for key, place in new.items()
    ]
    return pairs + [(old[key], None) for key in lost if key not in renamed.values()]


def _matched_rows(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[int | None, int | None]]:
    """Pairs of places in the order of the new rows, then the rows that are gone."""
    match: dict[int, int] = {}
    for key in _ROW_KEYS:
        old = _numbered([key(row) for row in before], set(match.values()))
        new = _numbered([key(row) for row in after], set(match))
        match |= {place: old[name] for name, place in new.items() if name in old}
    kept = set(match.values())
    pairs: list[tuple[int | None, int | None]] = [(match.get(place), place) for place in range(len(after))]
    return pairs + [(place, None) for place in range(len(before)) if place not in kept]


def _numbered(keys: Sequence[Hashable], leave_out: Container[int] = ()) -> dict[tuple[Hashable, int], int]:
    """The place of each key, told apart by how often it came before; an empty key names nothing."""
    seen: Counter[Hashable] = Counter()
    places = {}
    for place, key in enumerate(keys):
        if place not in leave_out and key:
            places[(key, seen[key])] = place
            seen[key] += 1
    return places


def _labels(rows: Sequence[Row]) -> list[str]:
    """How each row is called: its names, with its group where the names alone would not tell it apart."""
    often = Counter(row.names for row in rows)
    return [
        " ".join(part for part in (row.group if often[row.names] > 1 else "", *row.names) if part)
        for row in rows
    ]


def _row_text(row: Row) -> str:
    values = [cell for cell in row.cells if cell and cell not in row.names]
    return "、".join(values or row.names)
