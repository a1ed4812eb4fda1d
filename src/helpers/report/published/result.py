"""The result of a comparison with the published figures."""

from __future__ import annotations

__all__ = ["Reconciliation", "TableResult"]

from dataclasses import dataclass

from helpers.report.published.difference import Difference
from helpers.report.published.recorded import Correction, Erratum, OneSided


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
