"""The status sheets of a plan's folder, known by their names; none is opened."""

from __future__ import annotations

from pathlib import Path

from helpers.errors import FiscalYearError, SheetError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan

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
            # Loaded only where something is wrong.
            from helpers.sheets.finding import Finding

            names = f"{sheets[year].name}、{path.name}"
            message = f"{year}の状況調査が二つあります（{names}）。どちらかをこのフォルダーから外してください"
            findings.append(Finding(path.name, message, "two_files"))
        sheets.setdefault(year, path)
    if findings:
        raise SheetError(findings)
    return dict(sorted(sheets.items()))
