"""Draft the settings and the items of a plan from a status sheet, with the readers that ``check`` uses."""

from __future__ import annotations

__all__ = ["DraftedSheet", "draft_plan"]

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import SheetError, UsageError
from helpers.fiscal_year import FiscalYear
from helpers.plan.draft import PlanDraft
from helpers.sheets.draft.columns import guess_columns, headings_of_marks
from helpers.sheets.draft.table_draft import TableDraft, plan_of_columns
from helpers.sheets.draft.whole_draft import whole_draft
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.readers import read_grids
from helpers.sheets.files.unreadable import UnreadableError
from helpers.sheets.finding import Finding, visible
from helpers.sheets.finding_log import FindingLog
from helpers.sheets.rows.header import STATUS, HeaderNames
from helpers.sheets.rows.selection import select, year_of


@dataclass(frozen=True)
class DraftedSheet:
    """A draft, the year of the sheet that it was made from, and the headings of the columns that nothing reads."""

    draft: PlanDraft
    year: FiscalYear
    unread: tuple[str, ...]


def draft_plan(
    data: bytes, name: str, year: FiscalYear | None = None, columns: Mapping[str, str] | None = None
) -> DraftedSheet:
    """Draft a plan from the bytes of a status sheet that lists its items.

    ``name``: the sheet's file name. ``columns``: the headings of columns, as the user says.

    Raises:
        SheetError: the sheet cannot be read, has no list of items, or has two items of one number.
        UsageError: neither name nor title say the year, and none is given.
    """
    log = FindingLog(name)
    try:
        grids = read_grids(data, Path(name).suffix.lower())
    except UnreadableError as error:
        raise SheetError(
            [Finding(name, visible(error.message), error.code, error.sheet, error.cell)]
        ) from None
    given = dict(columns or {})
    marked = tuple(dict.fromkeys(heading for grid in grids for heading in headings_of_marks(grid)))
    guessed = {**_guessed(grids, given, bool(marked)), **given}
    plan = plan_of_columns(guessed, statuses=() if STATUS in given else marked)
    year = year or year_of(Path(name), grids, plan)
    if year is None:
        raise UsageError(
            f"{name} がどの年度の状況調査か分かりません。--year で指定してください（例: --year R5）"
        )
    selection = select(grids, plan, year, log, is_text=all(not grid.name for grid in grids))
    tables = [
        TableDraft(table.grid, table.header, year, log, len(selection) == 1)
        for table in selection
        if not table.header.is_totals_only
    ]
    if selection and not tables:
        message = "合計だけの表です。推進項目を並べた状況調査を指定してください"
        log.error("no_items", message, selection[0].grid)
    if not tables:
        raise SheetError(log.sorted())
    draft = whole_draft(tables, guessed)
    if log.has_errors:
        raise SheetError(log.sorted())
    names = HeaderNames(plan.column_aliases, year)
    return DraftedSheet(
        draft, year, tuple(sorted({text for table in tables for text in table.unread(names)}))
    )


def _guessed(grids: tuple[Grid, ...], columns: Mapping[str, str], has_marks: bool) -> dict[str, str]:
    names = HeaderNames(plan_of_columns(columns).column_aliases, None)
    return next(
        (guess for grid in grids if not grid.is_hidden and (guess := guess_columns(grid, names, has_marks))),
        {},
    )
