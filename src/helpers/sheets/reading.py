"""From a file to a checked status sheet: read once, parse those bytes, list every finding."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from helpers.errors import SheetError
from helpers.fiscal_year import FiscalYear
from helpers.paths import why_not_read
from helpers.plan import Plan
from helpers.sheets.body import Body, read_body
from helpers.sheets.cells import Vocabulary
from helpers.sheets.checks import ItemChecker, Record
from helpers.sheets.decode import other_readings
from helpers.sheets.finding import Finding, quoted, visible
from helpers.sheets.grid import Grid
from helpers.sheets.header import Header, HeaderNames, find_header
from helpers.sheets.log import FindingLog
from helpers.sheets.looks import check_columns, check_looks
from helpers.sheets.readers import read_grids
from helpers.sheets.selection import Selection, select, year_of
from helpers.sheets.status_sheet import SheetReading, SheetSource, StatusSheet, tidy_frame
from helpers.sheets.tallies import check_tallies, read_totals
from helpers.sheets.unreadable import LIMITS, UnreadableError
from helpers.sheets.years import fiscal_years_in, short_year_in


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

    Without ``year`` the file's name, or else the title above the table, says which year it is of.
    """
    path = Path(path)
    log = FindingLog(path.name)
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to know that it is too much.
            data = file.read(LIMITS.file_bytes + 1)
    except OSError as error:
        log.error("unreadable", "。".join(why_not_read(error)))
        return SheetReading(None, log.sorted(), "")
    return inspect_bytes(data, path.name, plan, year)


def inspect_bytes(data: bytes, name: str, plan: Plan, year: FiscalYear | None = None) -> SheetReading:
    """Read a status sheet that is given as bytes under a file name; otherwise like ``inspect_sheet``."""
    path, log = Path(name), FindingLog(name)
    sha256 = hashlib.sha256(data).hexdigest()
    sheet: StatusSheet | None = None
    try:
        grids = read_grids(data, path.suffix.lower())
    except UnreadableError as error:
        finding = Finding(name, visible(error.message), error.code, error.sheet, error.cell)
        return SheetReading(None, (finding,), sha256)
    is_text = all(not grid.name for grid in grids)
    log.sheets = tuple(grid.name for grid in grids)
    year = year or year_of(path, grids, plan)
    if not any(grid.texts(row) for grid in grids for row in range(len(grid.rows))):
        log.error("empty_file", "表に何も書かれていません。状況調査を保存し直してください")
    elif year is None:
        log.error(
            "no_year",
            "どの年度の状況調査か分かりません。ファイル名を R4.xlsx のようにするか、表題に年度を書いてください",
        )
    elif _is_in_another_encoding(data, path, grids, plan, log, is_text=is_text):
        pass
    elif (selection := select(grids, plan, year, log, is_text=is_text)) is not None:
        # Of the plan as it is in the year, only the statuses: a sheet may name a policy that has no items then.
        in_year = replace(plan, statuses=plan.at(year).statuses)
        source = SheetSource(name, sha256, selection.grid.name)
        sheet = _read_table(selection, in_year, year, source, log)
    return SheetReading(sheet, log.sorted(), sha256)


def _is_in_another_encoding(
    data: bytes, path: Path, grids: tuple[Grid, ...], plan: Plan, log: FindingLog, *, is_text: bool
) -> bool:
    """Whether a text has its header only when it is decoded in an encoding that is not accepted."""
    names = HeaderNames(plan.column_aliases, None)

    def has_header(grid: Grid) -> bool:
        header = find_header(grid, names)
        return header is not None and header.is_complete

    if not is_text or any(map(has_header, grids)):
        return False
    for encoding, grid in other_readings(data, path.suffix.lower()):
        if has_header(grid):
            message = f"文字コードが{encoding}です。UTF-8かShift_JIS（CP932）のCSVで保存し直してください"
            log.error("encoding", message)
            return True
    return False


def _read_table(
    selection: Selection, plan: Plan, year: FiscalYear, source: SheetSource, log: FindingLog
) -> StatusSheet | None:
    grid, header = selection.grid, selection.header
    vocabulary = Vocabulary(plan, year)
    _check_columns(grid, header, log)
    body = read_body(grid, header, vocabulary)
    _check_titles(grid, body, year, log)
    records = _read_records(grid, header, vocabulary, body, log)
    check_looks(grid, header, body, log)
    check_columns(grid, header, HeaderNames(plan.column_aliases, year), body, log)
    if log.has_errors:
        return None
    notes = tuple(note for *_, note in body.notes)
    return StatusSheet(year, tidy_frame(records), source, notes, log.sorted())


def _read_records(
    grid: Grid, header: Header, vocabulary: Vocabulary, body: Body, log: FindingLog
) -> list[Record]:
    if header.is_totals_only:
        return read_totals(grid, header, vocabulary, body, log)
    checker = ItemChecker(grid, header, vocabulary, log)
    records = checker.read(body)
    check_tallies(grid, header, vocabulary, body, checker.statuses, log)
    return records


def _check_columns(grid: Grid, header: Header, log: FindingLog) -> None:
    for column, candidates in header.ambiguous.items():
        first = candidates[0]
        for candidate in candidates[1:]:
            message = f"「{column}」の列が二つあります（{quoted(first.text)}と{quoted(candidate.text)}）。どちらかの見出しを変えてください"
            log.error("two_columns", message, grid, (candidate.row, candidate.index))


def _check_titles(grid: Grid, body: Body, year: FiscalYear, log: FindingLog) -> None:
    named = [(row, column, text, fiscal_years_in(text)) for row, column, text in body.titles]
    if any(year in years for *_, years in named):
        return
    for row, column, text, years in named:
        if years:
            message = f"表題{quoted(text)}は{years[0]}のものです。{year}の状況調査を置くか、表題の年度を直してください"
            log.error("wrong_year", message, grid, (row, column))
        elif (other := short_year_in(text)) not in (None, year):
            message = f"表題{quoted(text)}は{other}のものかもしれませんが、{year}として読みました。表題を確かめてください"
            log.warn("doubtful_year", message, grid, (row, column))
