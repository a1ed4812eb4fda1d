"""The result of reading a status sheet: the tidy frame of one year, its source, the findings."""

from __future__ import annotations

__all__ = ["COLUMNS", "INTEGER_COLUMNS", "SheetReading", "SheetSource", "StatusSheet", "tidy_frame"]

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from helpers.fiscal_year import FiscalYear
from helpers.plan.declared.kinds import Value
from helpers.sheets.finding import Finding

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "fiscal_year", "number", "policy", "item", "status", "items", "activities", "department", "remarks",
    "file", "sheet", "cell",
)  # fmt: skip
INTEGER_COLUMNS = ("fiscal_year", "items")


@dataclass(frozen=True)
class SheetSource:
    """The source of a frame: file or folder, SHA-256 of the bytes that were parsed, worksheet ("" for text or several).

    The SHA-256 of a folder is that of the list of its files, as ``parts.digest_of_parts`` makes it.
    """

    file: str
    sha256: str
    sheet: str


@dataclass(frozen=True, eq=False)
class StatusSheet:
    """One year's statuses, checked.

    ``records``: one per item in the plan's order (in a totals-only sheet one per status), keys ``COLUMNS``; all text
    except the integers ``fiscal_year`` and ``items``; empty text is "".
    ``tables``: the source of every table that was read, where there are several: files of a folder, worksheets.
    ``notes``: the texts that begin with ※ around the table, without the mark.
    ``findings``: the warnings.
    ``values``: the declared values (targets, effects, judgements, texts) item by item in the plan's order; from the sheet or measures.csv.
    """

    year: FiscalYear
    records: Sequence[Mapping[str, str | int]]
    source: SheetSource
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: tuple[SheetSource, ...] = ()
    values: tuple[Value, ...] = ()

    @cached_property
    def statuses(self) -> DataFrame:
        """The records as a tidy frame; made on first use, so that what only lists findings need not load pandas."""
        return tidy_frame(self.records)

    def with_statuses(self, statuses: DataFrame) -> StatusSheet:
        """The same sheet with another frame."""
        if statuses is self.statuses:
            return self
        return replace(self, records=statuses.to_dict("records"))

    @property
    def sources(self) -> tuple[SheetSource, ...]:
        """The source of every table that was read, in the order of reading."""
        return self.tables or (self.source,)

    @property
    def files(self) -> dict[str, str]:
        """The SHA-256 of every file that was read, by its name."""
        return {source.file: source.sha256 for source in self.sources}

    @property
    def name(self) -> str:
        """The name of the sheet: 'R4.xlsx／状況調査', 'R4.xlsx（3シート）', 'R4/（12ファイル）'."""
        if not self.tables:
            return "／".join(filter(None, (self.source.file, self.source.sheet)))
        files = {source.file for source in self.tables}
        if files == {self.source.file}:
            return f"{self.source.file}（{len(self.tables)}シート）"
        return f"{self.source.file}/（{len(files)}ファイル）"

    def cell_name(self, row: Mapping[str, Any]) -> str:
        """Name the cell of a row of the frame, within the sheet: 'D4', 'No1／B6', '総務課.xlsx／Sheet1／D4'; "" for none."""
        if not self.tables or not row["cell"]:
            return str(row["cell"])
        file = "" if row["file"] == self.source.file else row["file"].removeprefix(f"{self.source.file}/")
        return "／".join(filter(None, (file, row["sheet"], row["cell"])))

    @cached_property
    def has_items(self) -> bool:
        """Whether the statuses of single items are known; False for totals only."""
        return any(record["number"] != "" for record in self.records)

    @property
    def is_derived(self) -> bool:
        """Whether the sheet says of itself that it was derived from other sources."""
        return _says_derived(self.notes)


@dataclass(frozen=True, eq=False)
class SheetReading:
    """A sheet as far as it could be read; ``status_sheet`` is None where any finding is an error.

    ``records``: the rows of all items that were read, with or without errors, in the plan's order; keys ``COLUMNS``.
    ``notes``: as of ``StatusSheet``.
    """

    status_sheet: StatusSheet | None
    findings: tuple[Finding, ...]
    sha256: str
    records: tuple[Mapping[str, str | int], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether nothing of that year may be written."""
        return any(finding.is_error for finding in self.findings)

    @property
    def has_items(self) -> bool:
        """As of ``StatusSheet``, without pandas."""
        return any(record["number"] for record in self.records)

    @property
    def is_derived(self) -> bool:
        """As of ``StatusSheet``, without pandas."""
        return _says_derived(self.notes)


def _says_derived(notes: Iterable[str]) -> bool:
    return any(note.startswith("導出") for note in notes)


def tidy_frame(records: Iterable[Mapping[str, str | int]]) -> DataFrame:
    """Make the tidy frame of records: columns ``COLUMNS``, text as ``str``, counts as integers."""
    from pandas import DataFrame

    frame = DataFrame(list(records), columns=list(COLUMNS))
    return frame.astype({name: "int64" if name in INTEGER_COLUMNS else "str" for name in COLUMNS})
