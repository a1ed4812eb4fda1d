"""``gyokaku sheet``: the blank status sheet to send out to the departments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from helpers.cli.terminal.output import Output
from helpers.cli.terminal.screen import say
from helpers.errors import UsageError
from helpers.fiscal_year import FiscalYear
from helpers.history.opening import open_plan
from helpers.plan import Plan
from helpers.plan.lineage import carried_on
from helpers.project import chosen_root, sole_plan_id
from helpers.sheets import blank_sheet, find_sheets, read_status_sheet

if TYPE_CHECKING:
    from pandas import DataFrame


def run_sheet(
    root: Path | None, plan_id: str | None, year: FiscalYear, output: Path | None, overwrite: bool
) -> int:
    """Write the sheet of a year's items, last year's status beside; say where it is, and under what name it is read."""
    file = output or Path(f"状況調査_{year.short}.xlsx")
    if file.suffix.lower() != ".xlsx":
        raise UsageError(f"{file.name} は作れません。調査票は xlsx で作ります（例: {file.stem}.xlsx）")
    written = Output(file, "-o", overwrite)
    written.check()
    project = chosen_root(root)
    plan = open_plan(sole_plan_id(project, plan_id), project)
    written.write(blank_sheet(plan, year, _last_year(plan, year)))
    say(f"{year}の調査票を作りました: {file}（{len(plan.items_in(year))}項目）")
    say(f"記入して戻った表は、data/raw/{plan.id}/{year.short}.xlsx の名前で置いてください")
    return 0


def _last_year(plan: Plan, year: FiscalYear) -> DataFrame | None:
    # A sheet that no item carries on has nothing to say here, and no say in whether this one can be made.
    path = find_sheets(plan, [year.previous]).get(year.previous) if carried_on(plan, year) else None
    return read_status_sheet(path, plan, year.previous).statuses if path else None
