"""A published table against ours, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.report.published.printed_tables import SECTION, Erratum, PrintedTable
from helpers.report.table import Table

NO_ROW = "（行なし）"
NO_COLUMN = "（列なし）"
_ORDER = "行の順序"


@dataclass(frozen=True)
class Difference:
    """A cell in which the published figure and ours differ; ``erratum`` where the document's slip is recorded.

    ``table`` is the table's id and its file's name, ``caption`` what readers know it by. ``is_cell``: whether a cell
    of the published table differs, and not its rows, their order or its columns.
    """

    table: str
    section: str
    row: str
    column: str
    printed: str
    ours: str
    erratum: Erratum | None = None
    caption: str = ""
    is_cell: bool = True

    def __str__(self) -> str:
        known = (self.caption, self.table, f"{self.section}節" if self.section else "")
        name, *more = filter(None, known)
        where = " ".join(filter(None, (self.row, self.column)))
        return f"{name}（{'、'.join(more)}）{where}: 公表値「{self.printed}」、本書「{self.ours}」"


def differences(
    table: Table, printed: PrintedTable, unprinted: Iterable[str], errata: Iterable[Erratum]
) -> list[Difference]:
    """Everything in which the two differ, with the erratum that records it.

    ``unprinted``: columns of ours that the document is known not to print.
    """
    missing = [column for column in table.printed.columns if column not in (*printed.columns, *unprinted)]
    section = printed.rows[0][SECTION] if printed.rows else ""
    all_differences = [*_of_rows(table, printed.rows)]
    all_differences += [
        _apart(table, section, column, NO_COLUMN, f"{len(table.printed)}行") for column in missing
    ]
    return [
        replace(_with_erratum(difference, errata), caption=table.caption) for difference in all_differences
    ]


def row_names(table: Table) -> Counter[tuple[str, ...]]:
    """How many rows of ours each name has."""
    keys = key_columns(table)
    return Counter(_name(row, keys) for row in table.printed.to_dict("records"))


def key_columns(table: Table) -> list[str]:
    """The columns that name a row."""
    # An item's number names its row alone, so that a slip in a policy's heading stays one difference.
    if "番号" in table.printed.columns:
        return ["番号"]
    return [*([table.group] if table.group else []), *table.row_headers]


def _of_rows(table: Table, printed: Sequence[Mapping[str, str]]) -> Iterator[Difference]:
    """Every cell that differs. Rows are matched by what names them, so that a missing row shifts nothing."""
    keys = key_columns(table)
    ours, theirs = _by_name(table.printed.to_dict("records"), keys), _by_name(printed, keys)
    for key, row in theirs.items():
        for column, value in row.items():
            if column == SECTION:
                continue
            own = NO_ROW if key not in ours else ours[key].get(column, NO_COLUMN)
            if own != value:
                yield Difference(table.id, row[SECTION], " ".join(key), column, value, own)
    section = printed[0][SECTION] if printed else ""
    for key in ours:
        if key not in theirs:
            missing = _apart(table, section, "", NO_ROW, " ".join(ours[key].values()))
            yield replace(missing, row=" ".join(key))
    order = [key for key in theirs if key in ours]
    if order != [key for key in ours if key in theirs]:
        yield _apart(table, section, _ORDER, "、".join(map(" ".join, order)), "、".join(map(" ".join, ours)))


def _apart(table: Table, section: str, column: str, printed: str, ours: str) -> Difference:
    return Difference(table.id, section, "", column, printed, ours, is_cell=False)


def _name(row: Mapping[str, str], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[key] for key in keys)


def _by_name(
    rows: Iterable[Mapping[str, str]], keys: Sequence[str]
) -> dict[tuple[str, ...], Mapping[str, str]]:
    """The rows by what names them; a name that stands again, as that of an item listed twice, says which time it is."""
    named: dict[tuple[str, ...], Mapping[str, str]] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        name = _name(row, keys)
        times[name] += 1
        named[name if times[name] == 1 else (*name, f"（{times[name]}回目）")] = row
    return named


def _with_erratum(difference: Difference, errata: Iterable[Erratum]) -> Difference:
    # One that names the row goes before one that does not.
    for erratum in sorted(errata, key=lambda erratum: not erratum.row):
        recorded = (erratum.table, erratum.column, erratum.printed, erratum.ours)
        if recorded == (difference.table, difference.column, difference.printed, difference.ours) and (
            erratum.row in ("", difference.row)
        ):
            return replace(difference, erratum=erratum)
    return difference
