"""The table of a sheet with what is known of it: what the checks are given."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.sheets.files.grid import Grid
from helpers.sheets.finding_log import FindingLog, Place
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import Header
from helpers.sheets.rows.table_body import Body

Record = dict[str, str | int]


@dataclass(frozen=True, eq=False)
class SheetTable:
    """The worksheet, its header and its rows; checks add their findings with ``error`` and ``warn``.

    ``statuses``: of every entry in order, "" where it is not known, None where it is a repeat that does not count;
    filled in by ``read_items``.
    """

    grid: Grid
    header: Header
    vocabulary: Vocabulary
    body: Body
    log: FindingLog
    statuses: list[str | None] = field(default_factory=list)

    @property
    def row_below(self) -> int:
        """The row under the last entry."""
        return (self.body.entries[-1].rows[-1] if self.body.entries else self.header.last_row) + 1

    def error(self, code: str, message: str, place: Place) -> None:
        """Add a finding at a cell that keeps anything of the year from being written."""
        self.log.error(code, message, self.grid, place)

    def warn(self, code: str, message: str, place: Place) -> None:
        """Add a finding at a cell that is worth knowing."""
        self.log.warn(code, message, self.grid, place)
