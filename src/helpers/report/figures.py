"""The figures of the report: ``History -> Chart``. What they draw is counted here and drawn in ``helpers.report.charts``."""

from __future__ import annotations

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import all_counts
from helpers.history.history import History
from helpers.report import charts
from helpers.report.charts import Chart, NoChart
from helpers.report.tables.items import item_transitions


def shares_by_policy(history: History) -> Chart | NoChart:
    """Status shares by policy and for the whole plan, this year beside last."""
    previous = history.year.previous
    known = previous if history.statuses(previous) is not None else None
    return charts.shares_by_policy(all_counts(history), history.plan, history.year, known, _derived(history))


def what_moved(history: History) -> Chart | NoChart | None:
    """The flow from last year's statuses to this year's; None where either is not known item by item."""
    changes = item_transitions(history)
    return (
        None if changes is None else charts.what_moved(changes, history.plan, history.year, _derived(history))
    )


def course_of_plan(history: History) -> Chart | NoChart:
    """The course of the plan from its first year, missing years as visible gaps."""
    return charts.course_of_plan(all_counts(history), history.plan, history.years, _derived(history))


def status_map(history: History) -> Chart | NoChart | None:
    """The item × year map of statuses; None where no year is known item by item."""
    if not history.item_years():
        return None
    frames = [frame for year in history.years if (frame := history.statuses(year)) is not None]
    return charts.status_map(pd.concat(frames), history.plan, history.years, _derived(history))


def _derived(history: History) -> set[FiscalYear]:
    return {year for year, sheet in history.sheets.items() if sheet.is_derived}
