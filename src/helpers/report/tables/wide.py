"""Tables with a row a group and a column a status: the columns, their headings and cells."""

from __future__ import annotations

__all__ = ["cells", "counted", "headings", "spanners"]

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL
from helpers.plan import Plan
from helpers.plan.reserved_words import NO_DATA
from helpers.report.table import Count


def headings(plan: Plan, *, with_total: bool = False) -> dict[str, str]:
    """The heading of each column → what it counts: a status, a bracket before its statuses, the total if printed.

    ``with_total``: whether the table can have a column of totals, where the plan prints one.
    """
    sums = {bracket.name: bracket.heading for bracket in plan.brackets}
    columns = {sums.get(name, name): name for name in plan.row_names}
    total = {TOTAL: TOTAL} if with_total and plan.printing.total_column != "none" else {}
    return total | columns if plan.printing.total_column == "first" else columns | total


def cells(plan: Plan, counts: pd.DataFrame | None, *, with_total: bool = False) -> dict[str, str]:
    """The cells of a row: '8 (72.7%)', or 資料なし where nothing is known."""
    return {
        heading: NO_DATA
        if counts is None
        else plan.printing.count_and_share(counts.at[name, "items"], counts.at[name, "share_pct"])
        for heading, name in headings(plan, with_total=with_total).items()
    }


def spanners(plan: Plan, *, with_total: bool = False) -> dict[str, str]:
    """The heading above each column: the bracket's name, or what the cells show."""
    words = plan.wording.count + ("（割合）" if plan.printing.shares else "")
    above = dict.fromkeys(headings(plan, with_total=with_total), words)
    for bracket in plan.brackets:
        above |= dict.fromkeys((bracket.heading, *bracket.statuses), bracket.name)
    return above


def counted(
    plan: Plan, row: int, year: FiscalYear, policy: str, counts: pd.DataFrame, *, with_total: bool = False
) -> dict[tuple[int, str], Count]:
    """What the cells of a row count."""
    return {
        (row, heading): Count(year, policy, name, int(counts.at[name, "items"]))
        for heading, name in headings(plan, with_total=with_total).items()
    }
