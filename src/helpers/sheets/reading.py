"""From a file to a checked status sheet: read once, parse those bytes, list every finding."""

from __future__ import annotations

import hashlib
from pathlib import Path

from helpers.errors import FiscalYearError, SheetError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.sheets.decode import decode_text, text_grid
from helpers.sheets.finding import Finding
from helpers.sheets.grid import Grid, address
from helpers.sheets.layout import Layout, find_layout
from helpers.sheets.status_sheet import SheetReading, SheetSource, StatusSheet, tidy_frame
from helpers.text import folded

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")


def find_sheets(plan: Plan) -> dict[FiscalYear, Path]:
    """Find the status sheets in the plan's folder, oldest year first: R4.csv, 2022.xlsx, 令和4年度.ods.

    Raises:
        SheetError: two files are of one year.
    """
    sheets: dict[FiscalYear, Path] = {}
    findings = []
    for path in sorted(plan.folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        try:
            year = FiscalYear.parse(path.stem)
        except FiscalYearError:
            continue
        if year in sheets:
            names = f"{sheets[year].name}、{path.name}"
            message = f"{year}の状況調査が二つあります（{names}）。どちらかをこのフォルダーから外してください"
            findings.append(Finding(path.name, message, "two_files"))
        sheets.setdefault(year, path)
    if findings:
        raise SheetError(findings)
    return dict(sorted(sheets.items()))


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

    Without ``year`` the sheet's title or else the file's name says which year it is of.
    """
    path = Path(path)
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    year = year or FiscalYear.parse(path.stem)
    grid = text_grid(decode_text(data), "\t" if path.suffix.lower() == ".tsv" else ",")
    layout = find_layout(grid, plan.column_aliases)
    if layout is None:
        message = "見出しの行が見つかりません。「番号」と「実施状況」の列見出しがある行を置いてください"
        return SheetReading(None, (Finding(path.name, message, "no_header"),), sha256)
    records, findings = (_totals if layout.is_totals_only else _items)(path.name, grid, layout, plan, year)
    if findings:
        return SheetReading(None, tuple(findings), sha256)
    source = SheetSource(path.name, sha256, grid.name)
    sheet = StatusSheet(year, tidy_frame(records), source, layout.notes, ())
    return SheetReading(sheet, (), sha256)


Records = list[dict[str, str | int]]


def _items(
    file: str, grid: Grid, layout: Layout, plan: Plan, year: FiscalYear
) -> tuple[Records, list[Finding]]:
    statuses = {folded(name): s.name for s in plan.statuses for name in (s.name, *s.aliases)}
    by_number = {folded(item.number): item for item in plan.items_in(year)}
    findings: list[Finding] = []
    found: dict[str, dict[str, str | int]] = {}

    def text(row: int, column: str) -> str:
        return grid.cell(row, layout.columns[column]).strip() if column in layout.columns else ""

    for row in layout.rows:
        cell = address(row, layout.columns["実施状況"])
        item = by_number.get(folded(text(row, "番号")))
        status = statuses.get(folded(text(row, "実施状況")))
        if item is None:
            message = f"番号「{text(row, '番号')}」は{year}の推進項目にありません。番号を確認してください"
            findings.append(Finding(file, message, "unknown_item", grid.name, cell))
        elif status is None:
            message = (
                f"実施状況「{text(row, '実施状況')}」は区分にありません（{'／'.join(plan.status_names)}）"
            )
            findings.append(Finding(file, message, "unknown_status", grid.name, cell))
        else:
            found[item.number] = {
                "fiscal_year": int(year),
                "number": item.number,
                "policy": item.policy.numeral,
                "item": item.name,
                "status": status,
                "items": 1,
                "activities": text(row, "主な取組"),
                "department": text(row, "所管課"),
                "remarks": text(row, "備考"),
                "sheet": grid.name,
                "cell": cell,
            }
    for item in plan.items_in(year):
        if item.number not in found and not findings:
            message = f"番号{item.number}「{item.name}」の行がありません。行を加えてください"
            findings.append(Finding(file, message, "missing_item", grid.name))
    return [found[item.number] for item in plan.items_in(year) if item.number in found], findings


def _totals(
    file: str, grid: Grid, layout: Layout, plan: Plan, year: FiscalYear
) -> tuple[Records, list[Finding]]:
    counts = {folded(grid.cell(row, layout.columns["実施状況"])): row for row in layout.rows}
    records: Records = []
    findings: list[Finding] = []
    for status in plan.status_names:
        row = counts.get(folded(status))
        if row is None or not folded(grid.cell(row, layout.columns["項目数"])).isdecimal():
            message = f"「{status}」の項目数がありません。数字で書いてください"
            findings.append(Finding(file, message, "missing_count", grid.name))
            continue
        blank = dict.fromkeys(("number", "policy", "item", "activities", "department", "remarks"), "")
        count = int(folded(grid.cell(row, layout.columns["項目数"])))
        place = {"sheet": grid.name, "cell": address(row, layout.columns["項目数"])}
        records.append({"fiscal_year": int(year), "status": status, "items": count, **blank, **place})
    return records, findings
