"""The table of a sheet with what is known of it: what the checks are given."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.sheets.body import Body
from helpers.sheets.cells import Vocabulary
from helpers.sheets.grid import Grid
from helpers.sheets.header import Header
from helpers.sheets.log import FindingLog

Record = dict[str, str | int]


@dataclass(frozen=True, eq=False)
class SheetTable:
    """The worksheet, its header and its rows; checks add what they find to ``log``.

    ``statuses``: of every entry in order, "" where it is not known, None where it is a repeat that does not count;
    filled in by ``read_items``.
    """

    grid: Grid
    header: Header
    vocabulary: Vocabulary
    body: Body
    log: FindingLog
    statuses: list[str | None] = field(default_factory=list)
