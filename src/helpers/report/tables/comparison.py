"""The year beside the one before: whole plan and by policy."""

from __future__ import annotations

__all__ = ["GRAND_TOTAL", "SHARE", "by_policy", "overall"]

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE, TOTAL, count_by_policy, shares_alone
from helpers.history.history import History, remembered
from helpers.plan import Plan
from helpers.plan.reserved_words import NO_DATA
from helpers.plan.words.report_words import ITEMS
from helpers.report.palette import status_looks
from helpers.report.table import Count, Table
from helpers.report.tables.common import (
    comparison_notes,
    counted_cells,
    counts_of,
    figures_of,
    known_counts,
    policy_notes,
    policy_of,
    share_notes,
    sums_by,
)

GRAND_TOTAL, SHARE = "総計", "割合"


@remembered
def overall(history: History) -> Table:
    """Items and shares by status, beside last year's where the plan had one.

    Shape: (n_statuses + 1, 3 or 5). Shares in percent as printed; in the records as fractions.
    Source: section 2 (3), 計画全体の実施状況.
    """
    plan, year, last_year = history.plan, history.year, history.previous_year
    counts = known_counts(history)
    before = counts_of(history, last_year)
    if before is None:
        before = shares_alone(plan, last_year).get(PLAN_SCOPE)
    columns = _Columns(plan, last_year is not None, with_change=plan.printing.overall_change)
    sums = sums_by(plan, "status")
    return Table(
        id="overall",
        caption="計画全体の実施状況",
        printed=pd.DataFrame([columns.row(status, counts, before) for status in counts.index]),
        records=pd.DataFrame(
            {"fiscal_year": int(year), **record}
            for record in _count_records(counts, before, change=columns.has_change)
        ).convert_dtypes(),
        row_headers=("実施状況",),
        spanners=columns.spanners(year),
        counts=counted_cells(columns.counts(year, counts, before)),
        totals=frozenset(sums["status"]),
        sums=sums,
        statuses=status_looks(plan),
        status_columns=("実施状況",),
        notes=(
            *comparison_notes(history),
            *share_notes(plan, [(str(year), counts), (str(last_year), before)]),
        ),
        source="2(3)",
    )


@remembered
def by_policy(history: History) -> Table | None:
    """Items, shares and their change by policy and status, with a total per policy and the grand total.

    Shape: (n_policies * (n_statuses + 1) + 1, 4 or 7). The change of a share is the difference of the two
    printed shares. Source: section 2 (3), 基本方針別の実施状況. None for a year with totals only, and in plans
    without policies.
    """
    statuses = history.item_statuses(history.year)
    if statuses is None or not history.plan.policies:
        return None
    plan, year, last_year = history.plan, history.year, history.previous_year
    previous = history.item_statuses(last_year) if last_year else None
    now = count_by_policy(statuses, plan)
    before = shares_alone(plan, last_year) if previous is None else count_by_policy(previous, plan)
    before = {numeral: counts for numeral, counts in before.items() if numeral in now}
    columns = _Columns(plan, last_year is not None, with_change=True)
    sums = sums_by(plan, "status")
    rows: list[dict[str, str]] = []
    records: list[dict[str, Any]] = []
    cells: dict[tuple[int, str], Count] = {}
    for numeral, counts in now.items():
        past = before.get(numeral)
        cells |= counted_cells(columns.counts(year, counts, past), numeral, len(rows))
        label = policy_of(plan, numeral).label
        rows += [{"基本方針": label, **columns.row(status, counts, past)} for status in counts.index]
        records += [
            {"fiscal_year": int(year), "policy": numeral, **record}
            for record in _count_records(counts, past, change=True)
        ]
    whole = _grand_total(statuses)
    # That of a year of which only the totals are known is known, too.
    all_before = history.statuses(last_year)
    whole_before = None if all_before is None else _grand_total(all_before)
    cells |= counted_cells(columns.counts(year, whole, whole_before), "", len(rows))
    rows.append({"基本方針": "", **columns.row(TOTAL, whole, whole_before), "実施状況": GRAND_TOTAL})
    return Table(
        id="by_policy",
        caption="基本方針別の実施状況",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records).convert_dtypes(),
        row_headers=("実施状況",),
        group="基本方針",
        spanners=columns.spanners(year),
        counts=cells,
        totals=frozenset({*sums["status"], GRAND_TOTAL}),
        sums=sums,
        statuses=status_looks(plan),
        status_columns=("実施状況",),
        notes=(
            *comparison_notes(history),
            *policy_notes(history, [last_year]),
            *share_notes(
                plan,
                [
                    (f"{of}の{policy_of(plan, numeral).label}", counts)
                    for of, known in ((year, now), (last_year, before))
                    for numeral, counts in known.items()
                ],
            ),
        ),
        source="2(3)",
    )


class _Columns:
    """The columns of a comparison: items and shares of the year, of the year before, and the change."""

    def __init__(self, plan: Plan, has_last_year: bool, *, with_change: bool) -> None:
        """``has_last_year``: whether the plan had a year before, known or not."""
        self._printing, self._words = plan.printing, plan.wording
        self._has_last_year = has_last_year
        self._without_share = {status.name for status in plan.statuses if not status.counted}
        self.has_change = with_change and has_last_year
        self._shares = (SHARE,) if plan.printing.shares else ()

    def row(self, name: str, counts: pd.DataFrame, before: pd.DataFrame | None) -> dict[str, str]:
        """The row of a status, a bracket or a total; ``before``: None where nothing is known of last year."""
        words = self._words
        row = {"実施状況": name, words.count: str(counts.at[name, "items"])} | self._share(
            name, counts, SHARE
        )
        if self._has_last_year:
            items = NO_DATA if _items_of(before, name) is None else str(_items_of(before, name))
            row |= {words.before(ITEMS): items} | self._share(name, before, words.before(SHARE))
        if self.has_change:
            row[words.change] = self._change(name, counts, before)
        return row

    def _share(self, name: str, counts: pd.DataFrame | None, column: str) -> dict[str, str]:
        is_unknown = counts is None or (_items_of(counts, name) is None and name not in self._without_share)
        share_pct = None if counts is None else counts.at[name, "share_pct"]
        text = NO_DATA if is_unknown and share_pct is None else self._printing.share(share_pct)
        return dict.fromkeys((column for _ in self._shares), text)

    def _change(self, name: str, counts: pd.DataFrame, before: pd.DataFrame | None) -> str:
        if before is None:
            return NO_DATA
        now, past = counts.loc[name], before.loc[name]
        if past["items"] is None:
            return self._change_of_share_alone(name, now["share_pct"], past["share_pct"])
        change = now["items"] - past["items"]
        if now["share_pct"] is None or past["share_pct"] is None:
            return self._printing.change_without_shares(change)
        if name == TOTAL:
            return self._printing.change_of_total(change)
        return self._printing.change_cell(change, now["share_pct"] - past["share_pct"])

    def _change_of_share_alone(self, name: str, now: Decimal | None, past: Decimal | None) -> str:
        # The change of a total's share, 100 % in both years, is printed only where changes are printed in points alone.
        is_told = self._printing.change != "items" and (name != TOTAL or self._printing.change == "points")
        if now is None or past is None or not is_told:
            return NO_DATA
        return self._printing.change_of_share(now - past)

    def spanners(self, year: FiscalYear) -> dict[str, str]:
        """The label of each year, above its columns."""
        last_year = year.previous if self._has_last_year else None
        return self._words.year_heads((self._words.count, *self._shares), year, last_year)

    def counts(
        self, year: FiscalYear, counts: pd.DataFrame, before: pd.DataFrame | None
    ) -> dict[str, tuple[FiscalYear, pd.DataFrame | None]]:
        """The columns of counts, each with its year and counts."""
        known = None if _items_of(before, TOTAL) is None else before
        return {self._words.count: (year, counts), self._words.before(ITEMS): (year.previous, known)}


def _items_of(counts: pd.DataFrame | None, name: str) -> int | None:
    """The number of items in a row; None where it is not known."""
    return None if counts is None or counts.at[name, "items"] is None else int(counts.at[name, "items"])


def _grand_total(statuses: pd.DataFrame) -> pd.DataFrame:
    """The items of all policies together, of which no share is printed."""
    return pd.DataFrame({"items": [int(statuses["items"].sum())], "share_pct": [None]}, index=[TOTAL])


def _count_records(
    counts: pd.DataFrame, before: pd.DataFrame | None, *, change: bool = False
) -> Iterator[dict[str, Any]]:
    for status in counts.index:
        record: dict[str, Any] = {"status": status, **figures_of(counts, status)}
        past = {} if before is None else figures_of(before, status, "previous_")
        items, share = past.get("previous_items"), past.get("previous_share")
        record |= {"previous_items": items, "previous_share": share}
        if change:
            record["change_items"] = None if items is None else record["items"] - items
            both_shares = record["share"] is not None and share is not None
            record["change_share"] = record["share"] - share if both_shares else None
        yield record
