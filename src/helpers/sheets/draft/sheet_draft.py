"""Draft the settings and the items of a plan from a status sheet, with the readers that ``check`` uses."""

from __future__ import annotations

__all__ = ["DraftedSheet", "draft_plan_of_parts"]

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import SheetError, UsageError
from helpers.fiscal_year import FiscalYear, year_or_none
from helpers.plan import Plan
from helpers.plan.draft import PlanDraft
from helpers.sheets.draft.columns import guess_columns, headings_of_marks, pooled
from helpers.sheets.draft.table_draft import TableDraft, plan_of_columns
from helpers.sheets.draft.whole_draft import whole_draft
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.readers import read_each
from helpers.sheets.files.unreadable import UnreadableError
from helpers.sheets.finding import Finding, visible
from helpers.sheets.finding_log import FindingLog
from helpers.sheets.rows.header import STATUS, HeaderNames
from helpers.sheets.rows.selection import select, year_of


@dataclass(frozen=True)
class DraftedSheet:
    """A draft, and the year of the sheet that it was made from."""

    draft: PlanDraft
    year: FiscalYear


def draft_plan_of_parts(
    contents: Mapping[str, bytes],
    name: str,
    year: FiscalYear | None = None,
    columns: Mapping[str, str] | None = None,
) -> DraftedSheet:
    """Draft a plan from the files of a status sheet that list its items.

    ``contents``: the bytes of each file by name; ``name``: that of the only file, or of the folder. ``columns``: the
    headings of columns, as the user says. Of several files the items and policies are put in the order of their numbers.

    Raises:
        SheetError: a file cannot be read, none has a list of items, or two items have one number.
        UsageError: neither names nor titles say the year, or different ones, and none is given.
    """
    logs = {file: FindingLog(file) for file in contents}
    grids = _grids(contents)
    all_grids = pooled([grid for of_file in grids.values() for grid in of_file if not grid.is_hidden])
    given = dict(columns or {})
    marked = tuple(dict.fromkeys(heading for grid in all_grids for heading in headings_of_marks(grid)))
    guessed = {**_guessed(all_grids, given, bool(marked)), **given}
    plan = plan_of_columns(guessed, statuses=() if STATUS in given else marked)
    year = year or _year(name, grids, plan)
    selected = {
        file: select(of_file, plan, year, logs[file], is_text=all(not grid.name for grid in of_file))
        for file, of_file in grids.items()
    }
    is_alone = sum(map(len, selected.values())) == 1
    tables = [
        TableDraft(table.grid, table.header, year, logs[file], is_alone)
        for file, of_file in selected.items()
        for table in of_file
        if not table.header.is_totals_only
    ]
    if not tables:
        for file, of_file in selected.items():
            for table in of_file[:1]:
                message = "合計だけの表です。推進項目を並べた状況調査を指定してください"
                logs[file].error("no_items", message, table.grid)
    _raise_errors(logs, always=not tables)
    draft = whole_draft(tables, guessed, is_in_order=len(contents) == 1)
    _raise_errors(logs)
    return DraftedSheet(draft, year)


def _grids(contents: Mapping[str, bytes]) -> dict[str, tuple[Grid, ...]]:
    grids: dict[str, tuple[Grid, ...]] = {}
    errors = []
    for file, read in read_each(contents):
        if isinstance(read, UnreadableError):
            errors.append(Finding(file, visible(read.message), read.code, read.sheet, read.cell))
        else:
            grids[file] = read
    if errors:
        raise SheetError(errors)
    return grids


def _year(name: str, grids: Mapping[str, tuple[Grid, ...]], plan: Plan) -> FiscalYear:
    """The year that the folder or the files say, by their names or else by their titles."""
    of_files = (year_of(Path(file), of_file, plan) for file, of_file in grids.items())
    years = {year_or_none(name)} - {None} or set(of_files) - {None}
    if len(years) > 1:
        named = "、".join(str(year) for year in sorted(filter(None, years)))
        raise UsageError(
            f"{name} のファイルの年度がまちまちです（{named}）。--year で指定してください（例: --year R5）"
        )
    if (year := next(iter(years), None)) is None:
        raise UsageError(
            f"{name} がどの年度の状況調査か分かりません。--year で指定してください（例: --year R5）"
        )
    return year


def _raise_errors(logs: Mapping[str, FindingLog], *, always: bool = False) -> None:
    if always or any(log.has_errors for log in logs.values()):
        raise SheetError([finding for log in logs.values() for finding in log.sorted()])


def _guessed(grids: tuple[Grid, ...], columns: Mapping[str, str], has_marks: bool) -> dict[str, str]:
    names = HeaderNames(plan_of_columns(columns).column_aliases, None)
    return next(
        (guess for grid in grids if (guess := guess_columns(grid, names, has_marks))),
        {},
    )
