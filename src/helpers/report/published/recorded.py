"""The records of a year's ``errata.toml``: cells that differ, and rows, columns or tables of one document only."""

from __future__ import annotations

__all__ = ["KINDS", "ROUNDING", "SLIP", "SPELLING", "Correction", "Erratum", "OneSided", "Records"]

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.report.published.printed_tables import PrintedTable, by_name

SLIP, ROUNDING, SPELLING = "誤り", "端数調整", "表記の違い"
KINDS = (SLIP, ROUNDING, SPELLING)


@dataclass(frozen=True)
class Erratum:
    """A cell that the published document prints otherwise: its text, ours, and why ours is right.

    ``row``: the row that it stands in, as a difference names it; empty where the other fields say so. ``kind``: one of
    ``KINDS``.
    """

    table: str
    column: str
    printed: str
    ours: str
    reason: str
    row: str = ""
    kind: str = SLIP

    @property
    def full_reason(self) -> str:
        """The reason; for other kinds than slips, after the name of the kind."""
        return self.reason if self.kind == SLIP else f"{self.kind}: {self.reason}"


@dataclass(frozen=True)
class OneSided:
    """A column or row that only our report or only the document has, or a whole table of ours, and why."""

    table: str
    reason: str
    column: str = ""
    row: str = ""

    @property
    def shown(self) -> str:
        """'highlights 主な取組', or the table alone."""
        return " ".join(filter(None, (self.table, self.row, self.column)))


@dataclass(frozen=True)
class Correction:
    """The report replaces the published one: since which day, in words, and why.

    ``places``: the corrected tables, rows or cells as ``Difference.location`` names them; other differences count as
    uncorrected.
    """

    day: str
    reason: str
    places: tuple[str, ...] = ()

    def covers(self, cell_name: str) -> bool:
        """Whether a table, row or cell, as ``Difference.location`` names it, is corrected or part of what is."""
        return any(cell_name == each or cell_name.startswith(f"{each} ") for each in self.places)


@dataclass(frozen=True)
class Records:
    """The records of a year's ``errata.toml``.

    ``unprinted``: parts of our report that the document does not print. ``printed_only``: parts of the document only.
    """

    errata: tuple[Erratum, ...] = ()
    unprinted: tuple[OneSided, ...] = ()
    printed_only: tuple[OneSided, ...] = ()
    correction: Correction | None = None

    def without_printed_only(self, name: str, printed: PrintedTable, keys: Sequence[str]) -> PrintedTable:
        """The document's table without the columns and rows that only it has."""
        own = [each for each in self.printed_only if each.table == name]
        columns, rows = {each.column for each in own}, {each.row for each in own if each.row}
        kept = [column for column in printed.columns if column not in columns]
        named = by_name(printed.rows, keys)
        return replace(
            printed,
            columns=kept,
            rows=[
                {column: row[column] for column in kept}
                for key, row in named.items()
                if " ".join(key) not in rows
            ],
        )
