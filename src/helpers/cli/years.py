"""``gyokaku years``: list plans and years with their sheets, published figures and reports."""

from __future__ import annotations

__all__ = ["run_years"]

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.cli.terminal.screen import COLUMNS, say, say_json
from helpers.errors import DataError, GyokakuError
from helpers.files.differing import CHANGED, GONE
from helpers.files.paths import Kind, kind_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.manifest import NAME
from helpers.pipeline.index_file import departed_data
from helpers.pipeline.reports import open_plans, published_manifests
from helpers.pipeline.site import PlanFolder
from helpers.plan import Plan
from helpers.project import chosen_root, find_plan_ids
from helpers.sheets.parts import parts_or_itself

if TYPE_CHECKING:
    from helpers.sheets.status_sheet import SheetReading

_REPORT = "報告書あり"
_BECAME = {CHANGED: "（データが変わっています）", GONE: "（データがなくなりました）"}


def run_years(root: Path | None, plan_id: str | None, as_json: bool) -> int:
    """Print a line per plan and year of its sheets or reports, or those of its sheets as one JSON list for machines.

    Returns the exit code: 1 where a plan cannot be used, which is said; the others are listed.
    """
    project, problems = chosen_root(root), list[GyokakuError]()
    try:
        folders = list(open_plans(project, plan_id, problems))
    except DataError:
        # There is no plan at all, which is said; reports may be there still.
        if not as_json:
            _say_all(_lines_without_plan(project))
        raise
    for problem in problems:
        say(str(problem), err=True)
    if as_json:
        say_json(
            [{"plan": folder.plan.id, "year": int(year)} for folder in folders for year in folder.sheets]
        )
    else:
        is_only = len(folders) == 1  # the sheets of a whole prefecture would take minutes
        _say_all(line for folder in folders for line in _plan_lines(project, folder, is_only))
        _say_all(_lines_without_plan(project) if plan_id is None else ())
    return 1 if problems else 0


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _plan_lines(root: Path, folder: PlanFolder, is_read: bool) -> Iterator[str]:
    plan_id = folder.plan.id
    readings = _readings(folder, folder.sheets if is_read else ())
    became = departed_data(folder, published_manifests(root, plan_id))
    yield f"{plan_id}（{folder.plan.municipality}）"
    for year in sorted({*folder.sheets, *became, *(_years_between(folder.sheets) if is_read else ())}):
        published = (folder.plan.folder / "published" / str(int(year))).is_dir()
        built = (root / "reports" / plan_id / str(int(year)) / NAME).is_file()
        parts = [
            *_sheet_parts(folder, year, readings.get(year)),
            *(["公表値あり"] if published else []),
            *([_REPORT + _BECAME.get(became.get(year, ""), "")] if built else []),
            *(f"誤り {finding}" for finding in folder.doubled.get(year, ())),
        ]
        yield "  " + "  ".join([str(year), *parts])
    for finding in folder.unread:
        yield f"  注意 {finding}"
    folders = [year for year, sheet in folder.sheets.items() if kind_of(sheet) is Kind.FOLDER]
    if folders and max(folders) == max(folder.sheets):
        newest = max(folders)
        readings = readings or _readings(folder, [newest])
        yield from _return_lines(folder.plan, newest, readings[newest])


def _readings(folder: PlanFolder, years: Iterable[FiscalYear]) -> dict[FiscalYear, SheetReading]:
    sheets = {year: folder.sheets[year] for year in years}
    if not sheets:
        return {}
    # Loaded only where sheets are read: all else goes by names.
    from helpers.sheets.reading import inspect_sheet

    return {
        year: inspect_sheet(sheet, folder.plan, year)
        for year, sheet in sheets.items()
        if kind_of(sheet) is not Kind.BROKEN_LINK
    }


def _years_between(sheets: Iterable[FiscalYear]) -> Iterator[FiscalYear]:
    known = [int(year) for year in sheets]
    return map(FiscalYear, range(min(known, default=0), max(known, default=0)))


def _sheet_parts(folder: PlanFolder, year: FiscalYear, reading: SheetReading | None) -> Iterator[str]:
    """The name of a year's sheet and what it is: its totals only, derived, wrong; or that there is none."""
    if year not in folder.sheets:
        yield "割合のみ" if folder.plan.shares_in(year) else "状況調査なし"
        return
    yield _sheet_name(folder.sheets[year])
    if reading is None:
        return
    if reading.has_errors:
        yield "誤りあり（check で表示します）"
    elif not reading.has_items:
        yield "合計のみ"
    if reading.is_derived:
        yield "導出"


def _return_lines(plan: Plan, year: FiscalYear, reading: SheetReading) -> Iterator[str]:
    """What the departments gave back for the newest year."""
    from helpers.cli.terminal.return_table import return_lines
    from helpers.sheets.outgoing.returns import returns_of
    from helpers.sheets.reading import departments_before

    returns = returns_of(plan, year, reading, departments_before(plan, year))
    yield f"  {year}の回答の一覧"
    yield from (f"    {line}" for line in return_lines(returns, COLUMNS - 4))


def _sheet_name(sheet: Path) -> str:
    """'R4.csv', or 'R4/（3ファイル）' for a folder."""
    kind = kind_of(sheet)
    if kind is Kind.BROKEN_LINK:
        return f"{sheet.name}（{kind.value}）"
    if kind is not Kind.FOLDER:
        return sheet.name
    return f"{sheet.name}/（{len(parts_or_itself(sheet))}ファイル）"


def _lines_without_plan(root: Path) -> Iterator[str]:
    """The reports of plans that have no folder any more."""
    known = find_plan_ids(root)
    for plan_id, of_plan in groupby(published_manifests(root), lambda manifest: manifest.target.plan_id):
        if plan_id in known:
            continue
        manifests = sorted(of_plan, key=lambda manifest: manifest.target.year)
        yield f"{plan_id}（{manifests[-1].summary.municipality}、計画のデータなし）"
        for manifest in manifests:
            yield f"  {manifest.target.year}  状況調査なし  {_REPORT}{_BECAME[GONE]}"
