"""Read a status sheet: take the bytes of a file once, parse and check those, list every finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.errors import SheetError
from helpers.files.paths import why_not_read
from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.sheets.checks import run_checks
from helpers.sheets.checks.item_checks import read_items
from helpers.sheets.checks.totals import read_totals
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.readers import read_grids
from helpers.sheets.files.text_files import other_readings
from helpers.sheets.files.unreadable import LIMITS, Limits, UnreadableError
from helpers.sheets.finding import Finding, visible
from helpers.sheets.finding_log import FindingLog
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import Header, HeaderNames, find_header
from helpers.sheets.rows.selection import select, year_of
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import read_body
from helpers.sheets.status_sheet import SheetReading, SheetSource, StatusSheet, tidy_frame


def read_status_sheet(path: Path, plan: Plan, year: FiscalYear) -> StatusSheet:
    """Read a status sheet and check it against the plan.

    Raises:
        SheetError: any finding is an error; all findings are kept in it.
    """
    reading = inspect_sheet(path, plan, year)
    if reading.status_sheet is None:
        raise SheetError(reading.findings)
    return reading.status_sheet


def inspect_sheet(path: Path, plan: Plan, year: FiscalYear | None = None) -> SheetReading:
    """Read a status sheet as far as it can be read and list its findings in order of position.

    Without ``year`` the fiscal year is taken from the file's name, or else from the title above the table.
    """
    path = Path(path)
    log = FindingLog(path.name)
    try:
        with path.open("rb") as file:
            # One byte beyond the limit is enough to refuse a file.
            data = file.read(LIMITS.file_bytes + 1)
    except OSError as error:
        log.error("unreadable", "。".join(why_not_read(error)))
        return SheetReading(None, log.sorted(), "")
    return inspect_bytes(data, path.name, plan, year)


def inspect_bytes(
    data: bytes, name: str, plan: Plan, year: FiscalYear | None = None, limits: Limits = LIMITS
) -> SheetReading:
    """Read a status sheet that is given as bytes under a file name; otherwise like ``inspect_sheet``."""
    path, log = Path(name), FindingLog(name)
    sha256 = sha256_of(data)
    sheet: StatusSheet | None = None
    try:
        grids = read_grids(data, path.suffix.lower(), limits)
    except UnreadableError as error:
        finding = Finding(name, visible(error.message), error.code, error.sheet, error.cell)
        return SheetReading(None, (finding,), sha256)
    is_text = all(not grid.name for grid in grids)
    log.sheets = tuple(grid.name for grid in grids)
    year = year or year_of(path, grids, plan)
    if not any(grid.texts(row) for grid in grids for row in range(len(grid.rows))):
        log.error("empty_file", "表に何も書かれていません。状況調査を保存し直してください")
    elif year is None:
        message = "どの年度の状況調査か分かりません。ファイル名を R4.xlsx のようにするか、表題に年度を書いてください"
        log.error("no_year", message)
    elif is_text and _is_in_another_encoding(data, path, grids, plan, limits, log):
        pass
    elif (selection := select(grids, plan, year, log, is_text=is_text)) is not None:
        # Only the statuses are those of the year: a sheet may name a policy that has no items then.
        in_year = replace(plan, statuses=plan.at(year).statuses)
        source = SheetSource(name, sha256, selection[0].name)
        sheet = _read_table(*selection, Vocabulary(in_year, year), source, log)
    return SheetReading(sheet, log.sorted(), sha256)


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


def _read_table(
    grid: Grid, header: Header, vocabulary: Vocabulary, source: SheetSource, log: FindingLog
) -> StatusSheet | None:
    table = SheetTable(grid, header, vocabulary, read_body(grid, header, vocabulary), log)
    records = read_totals(table) if header.is_totals_only else read_items(table)
    run_checks(table)
    if log.has_errors:
        return None
    notes = tuple(note for *_, note in table.body.notes)
    return StatusSheet(vocabulary.year, tidy_frame(records), source, notes, log.sorted())
