"""The year beside the one before: whole plan and by policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL, count_by_policy
from helpers.history.history import History
from helpers.history.remembered import remembered
from helpers.plan import Plan
from helpers.plan.reserved_words import NO_DATA
from helpers.report.palette import status_looks
from helpers.report.table import Count, Table
from helpers.report.tables.common import (
    comparison_notes,
    counted_cells,
    counts_of,
    figures_of,
    known_counts,
    policy_of,
    share_notes,
)

GRAND_TOTAL = "総計"


@remembered
def overall(history: History) -> Table:
    """Items and shares by status, beside last year's where the plan had one.

    Shape: (n_statuses + 1, 3 or 5). Shares in percent as printed; in the records as fractions.
    Source: section 2 (3), 計画全体の実施状況.
    """
    counts = known_counts(history)
    last_year = history.previous_year
    before = counts_of(history, last_year)
    rows = [
        _status_row(history.plan, status, counts.loc[status], before, last_year is not None)
        for status in counts.index
    ]
    return Table(
        id="overall",
        caption="計画全体の実施状況",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(
            [{"fiscal_year": int(history.year), **record} for record in _count_records(counts, before)]
        ).convert_dtypes(),
        row_headers=("実施状況",),
        spanners=_year_spanners(history.year, last_year),
        counts=counted_cells({"項目数": (history.year, counts), "前年項目数": (last_year, before)}),
        totals=frozenset({TOTAL}),
        statuses=status_looks(history.plan),
        status_columns=("実施状況",),
        notes=(
            *comparison_notes(history),
            *share_notes(history.plan, [(str(history.year), counts), (str(last_year), before)]),
        ),
        source="2(3)",
    )


@remembered
def by_policy(history: History) -> Table | None:
    """Items, shares and their change by policy and status, with a total per policy and the grand total.

    Shape: (n_policies * (n_statuses + 1) + 1, 4 or 7). The change of a share is the difference of the two
    printed shares. Source: section 2 (3), 基本方針別の実施状況. None for a year with totals only.
    """
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return None
    plan, last_year = history.plan, history.previous_year
    previous = history.item_statuses(last_year) if last_year else None
    before = count_by_policy(previous, plan) if previous is not None else {}
    rows: list[dict[str, str]] = []
    records: list[dict[str, Any]] = []
    cells: dict[tuple[int, str], Count] = {}
    now = count_by_policy(statuses, plan)
    for numeral, counts in now.items():
        policy, past = policy_of(plan, numeral), before.get(numeral)
        cells |= counted_cells(
            {"項目数": (history.year, counts), "前年項目数": (last_year, past)}, numeral, len(rows)
        )
        for status in counts.index:
            row = _status_row(plan, status, counts.loc[status], past, last_year is not None)
            if last_year:
                row["前年比"] = _change_cell(plan, status, counts, past)
            rows.append({"基本方針": policy.label, **row})
        records += [
            {"fiscal_year": int(history.year), "policy": numeral, **record}
            for record in _count_records(counts, past, change=True)
        ]
    for column, year, frame in (("項目数", history.year, statuses), ("前年項目数", last_year, previous)):
        if year is not None and frame is not None:
            cells[len(rows), column] = Count(year, "", TOTAL, int(frame["items"].sum()))
    rows.append(_grand_total(history, statuses, previous, last_year))
    return Table(
        id="by_policy",
        caption="基本方針別の実施状況",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records).convert_dtypes(),
        row_headers=("実施状況",),
        group="基本方針",
        spanners=_year_spanners(history.year, last_year),
        counts=cells,
        totals=frozenset({TOTAL, GRAND_TOTAL}),
        statuses=status_looks(plan),
        status_columns=("実施状況",),
        notes=(
            *comparison_notes(history),
            *share_notes(plan, _named(plan, {history.year: now, last_year: before})),
        ),
        source="2(3)",
    )


def _named(
    plan: Plan, years: Mapping[FiscalYear | None, Mapping[str, pd.DataFrame]]
) -> Iterator[tuple[str, pd.DataFrame]]:
    """The counts of each policy and year, with what they are called in a note."""
    for year, counts in years.items():
        for numeral in counts:
            yield f"{year}の{policy_of(plan, numeral).label}", counts[numeral]


def _year_spanners(year: FiscalYear, previous: FiscalYear | None) -> dict[str, str]:
    spanners = dict.fromkeys(("項目数", "割合"), str(year))
    return spanners | dict.fromkeys(("前年項目数", "前年割合"), str(previous)) if previous else spanners


def _status_row(
    plan: Plan, status: str, figures: pd.Series, before: pd.DataFrame | None, has_previous: bool
) -> dict[str, str]:
    row = {
        "実施状況": status,
        "項目数": str(figures["items"]),
        "割合": plan.printing.share(figures["share_pct"]),
    }
    if has_previous and before is None:
        return row | {"前年項目数": NO_DATA, "前年割合": NO_DATA}
    if before is not None:
        past = before.loc[status]
        return row | {"前年項目数": str(past["items"]), "前年割合": plan.printing.share(past["share_pct"])}
    return row


def _change_cell(plan: Plan, status: str, counts: pd.DataFrame, before: pd.DataFrame | None) -> str:
    if before is None:
        return NO_DATA
    now, past = counts.loc[status], before.loc[status]
    change = now["items"] - past["items"]
    if status == TOTAL or now["share_pct"] is None or past["share_pct"] is None:
        return plan.printing.change_of_items(change)
    return plan.printing.change_cell(change, now["share_pct"] - past["share_pct"])


def _grand_total(
    history: History, statuses: pd.DataFrame, previous: pd.DataFrame | None, previous_year: FiscalYear | None
) -> dict[str, str]:
    printing, total = history.plan.printing, int(statuses["items"].sum())
    row = {"基本方針": "", "実施状況": GRAND_TOTAL, "項目数": str(total), "割合": printing.no_share}
    if previous_year is None:
        return row
    if previous is None:
        return row | {"前年項目数": NO_DATA, "前年割合": NO_DATA, "前年比": NO_DATA}
    past = int(previous["items"].sum())
    return row | {
        "前年項目数": str(past),
        "前年割合": printing.no_share,
        "前年比": printing.change_of_items(total - past),
    }


def _count_records(
    counts: pd.DataFrame, before: pd.DataFrame | None, *, change: bool = False
) -> Iterator[dict[str, Any]]:
    for status in counts.index:
        record: dict[str, Any] = {"status": status, **figures_of(counts, status)}
        past = (
            figures_of(before, status, "previous_")
            if before is not None
            else {"previous_items": None, "previous_share": None}
        )
        record |= past
        if change:
            both_shares = record["share"] is not None and past["previous_share"] is not None
            record["change_items"] = None if before is None else record["items"] - past["previous_items"]
            record["change_share"] = record["share"] - past["previous_share"] if both_shares else None
        yield record
