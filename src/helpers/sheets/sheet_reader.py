"""Read the files of one sheet: each by itself, then all their tables together."""

from __future__ import annotations

__all__ = ["SheetReader"]

from collections.abc import Mapping
from pathlib import Path

from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.declared.kinds import Value
from helpers.plan.lineage import without_items
from helpers.sheets.checks import run_checks
from helpers.sheets.checks.entry_values import warn_of_measured
from helpers.sheets.checks.heading_checks import check_columns
from helpers.sheets.checks.item_checks import read_items
from helpers.sheets.checks.totals import compare_totals, read_totals
from helpers.sheets.checks.whole_sheet import check_whole_sheet
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.readers import read_each
from helpers.sheets.files.text_files import other_readings
from helpers.sheets.files.unreadable import Limits, UnreadableError
from helpers.sheets.finding import Finding, FindingLog
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import HeaderNames, find_header
from helpers.sheets.rows.left_rows import OwedBy
from helpers.sheets.rows.selection import select, year_of
from helpers.sheets.rows.sheet_table import Record, SheetTable
from helpers.sheets.rows.table_body import read_body
from helpers.sheets.status_sheet import SheetSource, StatusSheet
from helpers.text.forms import visible


class SheetReader:
    """Reads the files of one sheet, one after the other, then all their tables together."""

    def __init__(self, name: str, plan: Plan, year: FiscalYear | None, limits: Limits) -> None:
        self.name, self.plan, self.year, self.limits = name, plan, year, limits
        self.log = FindingLog(name)
        self._logs: list[FindingLog] = []
        self._refused: list[Finding] = []
        self._tables: list[SheetTable] = []
        self._sha256: dict[str, str] = {}
        self.records: tuple[Record, ...] = ()

    def read_files(self, contents: Mapping[str, bytes]) -> None:
        """Read the files one after the other, and find their tables."""
        for file, grids in read_each(contents, self.limits):
            self._read_file(file, contents[file], grids)

    def _read_file(self, file: str, data: bytes, grids: tuple[Grid, ...] | UnreadableError) -> None:
        """Find the tables of a file, and what is wrong with the file as such."""
        path = Path(file)
        # The findings of the sheet as a whole are those of its only file.
        log = self.log if file == self.name else FindingLog(file)
        self._logs.append(log)
        self._sha256[file] = sha256_of(data)
        if isinstance(grids, UnreadableError):
            log.add(Finding(file, visible(grids.message), grids.code, grids.sheet, grids.cell))
            return
        is_text = all(not grid.name for grid in grids)
        log.sheets = tuple(grid.name for grid in grids)
        year = self.year = self.year or year_of(path, grids, self.plan)
        if not any(grid.texts(row) for grid in grids for row in range(len(grid.rows))):
            log.error("empty_file", "表に何も書かれていません。状況調査を保存し直してください")
        elif year is None:
            message = "どの年度の状況調査か分かりません。ファイル名を R4.xlsx のようにするか、表題に年度を書いてください"
            log.error("no_year", message)
        elif not (is_text and _is_in_another_encoding(data, path, grids, self.plan, self.limits, log)):
            # Not the plan as it is in the year: a sheet may name a policy that has no items then.
            in_year = self.plan.with_names_of(year)
            vocabulary = Vocabulary(in_year, year)
            for grid, header, entry_word, others in select(grids, in_year, year, log, is_text=is_text):
                if not others:
                    body = read_body(grid, header, vocabulary)
                    self._tables.append(
                        SheetTable(
                            grid, header, vocabulary, body, log, beside=self._tables, entry_word=entry_word
                        )
                    )

    def status_sheet(self, sha256: str, before: OwedBy, *, is_whole: bool) -> StatusSheet | None:
        """Check the tables; all their items as one sheet, None if any finding is an error.

        ``before``: asked for last year's departments. ``is_whole``: whether an item that no table has is missing.
        """
        year, tables = self.year, self._tables
        if year is None or not tables:
            return None
        # The items of an unreadable file do not count as missing.
        is_read = all(any(table.log is log for table in tables) for log in self._logs)
        records, values = self._records(before, is_whole=is_whole and is_read)
        for table in tables:
            run_checks(table)
        if any(log.has_errors for log in (self.log, *self._logs)):
            return None
        sources = tuple(
            SheetSource(table.log.file, self._sha256[table.log.file], table.grid.name) for table in tables
        )
        source = (
            sources[0]
            if len(sources) == 1 and sources[0].file == self.name
            else SheetSource(self.name, sha256, "")
        )
        findings, parts = self.findings(), () if sources == (source,) else sources
        return StatusSheet(year, tuple(records), source, self.notes, findings, parts, tuple(values))

    @property
    def notes(self) -> tuple[str, ...]:
        """The texts that begin with ※ around the tables, without the mark."""
        return tuple(dict.fromkeys(note for table in self._tables for *_, note in table.body.notes))

    def findings(self) -> tuple[Finding, ...]:
        """The findings of the sheet as a whole, then those of its files."""
        logs = dict.fromkeys((self.log, *self._logs))
        return tuple(finding for log in logs for finding in log.sorted())

    def _records(self, before: OwedBy, *, is_whole: bool) -> tuple[list[Record], list[Value]]:
        """The records of the items in the plan's order, or of the totals, and the declared values of the items."""
        lists = [table for table in self._tables if not table.header.is_totals_only]
        totals = [table for table in self._tables if table.header.is_totals_only]
        if not lists:
            for table in totals[1:]:
                names = "、".join(f"「{table.grid.name or table.log.file}」" for table in totals)
                message = f"合計だけの表が{len(totals)}つあり（{names}）、どれを読むか決められません。一つだけ残してください"
                table.error("two_sheets", message, (table.header.first_row, 0))
            return read_totals(totals[0]), []
        vocabulary = lists[0].vocabulary
        if not vocabulary.items:  # said once, not of every row
            lists[0].error(
                "no_items", without_items(vocabulary.plan, vocabulary.year), (lists[0].header.first_row, 0)
            )
            return [], []
        items = read_items(lists, None if is_whole else before)
        check_whole_sheet(lists, items, self.log, before if is_whole else None)
        for table in totals:
            compare_totals(table, [status for other in lists for status in other.statuses])
        for table in lists:
            check_columns(table)
        known = [item.number for item in vocabulary.items if item.number in items.records]
        values = [value for number in known for value in items.values[number]]
        measured = vocabulary.plan.measured.get(vocabulary.year, ())
        warn_of_measured(measured, vocabulary.plan.declared, self.log)
        values += measured
        self.records = tuple(items.records[number] for number in known)
        return list(self.records), values


def _is_in_another_encoding(
    data: bytes, path: Path, grids: tuple[Grid, ...], plan: Plan, limits: Limits, log: FindingLog
) -> bool:
    """Whether a text has its header only when it is decoded in an encoding that is not accepted."""
    names = HeaderNames(plan.column_aliases, None)

    def has_header(grid: Grid) -> bool:
        header = find_header(grid, names)
        return header is not None and header.is_complete

    if any(map(has_header, grids)):
        return False
    for encoding, grid in other_readings(data, path.suffix.lower(), limits):
        if has_header(grid):
            message = f"文字コードが{encoding}です。UTF-8かShift_JIS（CP932）のCSVで保存し直してください"
            log.error("encoding", message)
            return True
    return False
