"""Two status sheets: what they say, whatever files they are in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from helpers.diff.changes import Comparison, Part, comparison
from helpers.diff.grid import Grid, Row, compare_grids
from helpers.diff.statuses import ItemStatus, compare_statuses
from helpers.diff.texts import Text, compare_texts
from helpers.errors import SheetError

if TYPE_CHECKING:
    from helpers.fiscal_year import FiscalYear
    from helpers.plan import Plan
    from helpers.sheets import StatusSheet

_COLUMNS = {"activities": "主な取組", "department": "所管課", "remarks": "備考"}


def compare_sheets(
    before: Path, after: Path, plans: tuple[Plan, Plan], year: FiscalYear | None = None
) -> Comparison:
    """Compare two sheets, each read with its plan; ``year`` is that of both where they do not say it themselves.

    Raises:
        SheetError: one of them has findings that are errors.
        FiscalYearError: one of them does not say its year.
    """
    old, new = (_read(path, plan, year) for path, plan in zip((before, after), plans, strict=True))
    return comparison(str(before), str(after), [compare_status_sheets(old, new)])


def compare_status_sheets(before: StatusSheet, after: StatusSheet) -> Part:
    """Compare two checked sheets; where in the file something stands is no difference."""
    grids = (sheet_grid(sheet, "状況調査") for sheet in (before, after))
    change = compare_grids(*grids)
    return Part(
        title=str(after.year),
        statuses=compare_statuses(sheet_statuses(before), sheet_statuses(after)),
        tables=(change,) if change else (),
        texts=compare_texts(_texts(before), _texts(after)),
    )


def sheet_statuses(sheet: StatusSheet) -> list[ItemStatus]:
    """The items and their statuses; none where only totals are known."""
    if not sheet.has_items:
        return []
    rows = sheet.statuses[["number", "item", "status"]].itertuples(index=False, name=None)
    return [ItemStatus(number, item, status) for number, item, status in rows]


def sheet_grid(sheet: StatusSheet, caption: str) -> Grid:
    """What a sheet says besides the statuses of items: activities, departments, remarks, or counts by status."""
    records = sheet.statuses.to_dict("records")
    if not sheet.has_items:
        rows = [Row("", (r["status"],), (r["status"], str(r["items"]))) for r in records]
        return Grid("sheet", caption, ("実施状況", "項目数"), tuple(rows))
    rows = [
        Row("", (r["number"], r["item"]), tuple(r[column] for column in _COLUMNS), r["number"])
        for r in records
    ]
    return Grid("sheet", caption, tuple(_COLUMNS.values()), tuple(rows))


def _texts(sheet: StatusSheet) -> list[Text]:
    return [Text("", "年度", str(sheet.year)), *(Text("", "注記", note) for note in sheet.notes)]


def _read(path: Path, plan: Plan, year: FiscalYear | None) -> StatusSheet:
    from helpers.sheets import inspect_sheet

    reading = inspect_sheet(path, plan, year)
    if reading.status_sheet is None:
        raise SheetError(reading.findings)
    return reading.status_sheet
