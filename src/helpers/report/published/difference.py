"""A published table against ours, cell by cell, and the result of the comparison."""

from __future__ import annotations

__all__ = ["NO_COLUMN", "NO_ROW", "Difference", "Reconciliation", "TableResult", "differences", "one_line"]

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.plan.reserved_words import IN_PART
from helpers.report.published.printed_tables import (
    SECTION,
    Correction,
    Erratum,
    OneSided,
    PrintedTable,
    by_name,
    key_columns,
)
from helpers.report.table import Table

NO_ROW = "（行なし）"
NO_COLUMN = "（列なし）"
_ORDER = "行の順序"


@dataclass(frozen=True)
class Difference:
    """A cell in which the published figure and ours differ; ``erratum`` where the document's slip is recorded.

    ``table``: the table's id and the name of its file. ``is_cell``: whether a cell of the published table differs, not
    its rows, their order or its columns. ``is_stale``: a recorded erratum without a difference.
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
    is_stale: bool = False

    @property
    def location(self) -> str:
        """Table, row and column in one line: 'overall 完了 割合'."""
        return one_line(self.table, self.row, self.column)

    def __str__(self) -> str:
        known = (self.caption, self.table, f"{self.section}節" if self.section else "")
        name, *more = filter(None, known)
        where = " ".join(filter(None, (self.row, self.column)))
        apart = f"（{'、'.join(more)}）" if more else " "
        return f"{name}{apart}{where}: 公表値「{self.printed}」、本書「{self.ours}」"


def one_line(*names: str) -> str:
    """Names in one line, blanks between them; empty ones are left out."""
    return " ".join(" ".join(names).split())


def differences(
    table: Table,
    printed: PrintedTable,
    unprinted: Iterable[OneSided],
    errata: Iterable[Erratum],
) -> list[Difference]:
    """Every difference between our table and the printed one, with the erratum that records it.

    ``unprinted``: columns and rows of ours that the document is known not to print.
    """
    known = list(unprinted)
    columns = (*printed.columns, *(each.column for each in known))
    missing = [column for column in table.printed.columns if column not in columns]
    section = printed.rows[0][SECTION] if printed.rows else ""
    all_differences = [*_of_rows(table, printed.rows, {each.row for each in known if each.row})]
    all_differences += [
        _apart(table, section, column, NO_COLUMN, f"{len(table.printed)}行") for column in missing
    ]
    return [
        replace(_with_erratum(difference, errata), caption=table.caption) for difference in all_differences
    ]


def _of_rows(
    table: Table, printed: Sequence[Mapping[str, str]], unprinted: Collection[str]
) -> Iterator[Difference]:
    """Every cell that differs. Rows are matched by what names them, so that a missing row shifts nothing."""
    keys = key_columns(table)
    ours, theirs = by_name(table.rows, keys), by_name(printed, keys)
    ours = {key: row for key, row in ours.items() if " ".join(key) not in unprinted}
    for key, row in theirs.items():
        for column, value in row.items():
            if column == SECTION:
                continue
            own = NO_ROW if key not in ours else ours[key].get(column, NO_COLUMN)
            # The mark at a sum in part is ours; what the note says of it stands beside the same figure.
            if own != value and not (table.id == "effects" and own == value + IN_PART):
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


def _with_erratum(difference: Difference, errata: Iterable[Erratum]) -> Difference:
    # An erratum that names the row takes precedence.
    for erratum in sorted(errata, key=lambda erratum: not erratum.row):
        recorded = (erratum.table, erratum.column, erratum.printed, erratum.ours)
        if recorded == (difference.table, difference.column, difference.printed, difference.ours) and (
            erratum.row in ("", difference.row)
        ):
            return replace(difference, erratum=erratum)
    return difference


@dataclass(frozen=True)
class TableResult:
    """The comparison of one table: matching cells, recorded errata, unrecorded differences, and all cells.

    ``differences`` also counts other than cells: a row that only we have, another order, an erratum without a difference.
    """

    table: str
    caption: str
    matches: int
    errata: int
    differences: int
    compared: int


@dataclass(frozen=True)
class Reconciliation:
    """The comparison of a whole report; empty ``tables`` where nothing was published for the year.

    ``unprinted``: columns, rows and tables of ours that the document does not print; ``printed_only``: columns and rows
    that only the document has. ``correction``: the report replaces the published one, and says what it corrects.
    """

    tables: tuple[TableResult, ...]
    differences: tuple[Difference, ...]
    unprinted: tuple[OneSided, ...] = ()
    printed_only: tuple[OneSided, ...] = ()
    correction: Correction | None = None

    @property
    def has_published(self) -> bool:
        """Whether there is anything to compare with."""
        return bool(self.tables)

    @property
    def unrecorded(self) -> tuple[Difference, ...]:
        """The differences that are neither a recorded erratum nor corrected by this report."""
        return tuple(difference for difference in self._unexplained if not self._corrects(difference))

    @property
    def corrected(self) -> tuple[Difference, ...]:
        """The differences that this report corrects in the published one; none where it does not replace it."""
        return tuple(filter(self._corrects, self._unexplained))

    @property
    def _unexplained(self) -> list[Difference]:
        """The differences that are no recorded slip, rounding or spelling."""
        return [difference for difference in self.differences if difference.erratum is None]

    def _corrects(self, difference: Difference) -> bool:
        is_covered = self.correction is not None and self.correction.covers(difference.location)
        return is_covered and not difference.is_stale

    @property
    def errata(self) -> tuple[Erratum, ...]:
        """The errata that match a difference, each once."""
        return tuple(dict.fromkeys(d.erratum for d in self.differences if d.erratum))

    @property
    def ok(self) -> bool:
        """Whether every difference is a recorded erratum."""
        return not self.unrecorded

    @property
    def matches(self) -> int:
        """Cells that match."""
        return sum(table.matches for table in self.tables)

    @property
    def total(self) -> int:
        """Cells compared."""
        return sum(table.compared for table in self.tables)

    @property
    def compared(self) -> dict[str, int]:
        """Cells compared, by table."""
        return {table.table: table.compared for table in self.tables}
