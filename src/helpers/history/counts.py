"""Counting: from the tidy frame of a year to items and shares by status.

Shares are Decimal percentages, already rounded by the plan's rule, because the report's arithmetic
(changes, sums) is defined on the printed shares.
"""

from __future__ import annotations

__all__ = [
    "PLAN_SCOPE", "TOTAL", "all_counts", "count_by_policy", "count_by_status", "shares_alone", "transitions",
]  # fmt: skip

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History, remembered
from helpers.plan import Plan
from helpers.plan.lineage import carried_on, changes_in
from helpers.plan.plan_parts import WHOLE_PLAN

TOTAL = "合計"
PLAN_SCOPE = WHOLE_PLAN


def count_by_status(statuses: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Count the items in each status, with a total row, and before the statuses of a bracket their sum.

    Shape: (n_statuses + n_brackets + 1, 2), indexed by name in the plan's order; "合計" stands last, or first where
    the plan prints it so.
    Columns: ``items`` (count), ``share_pct`` (Decimal percent of the counted items, rounded by the plan's
    rule; None for a status outside the denominator or where nothing is counted).
    Source: section 2 (3) of the fiscal 2022 report, 計画全体の実施状況.
    """
    return _counted(zip(statuses["status"], statuses["items"], strict=True), plan)


def _counted(numbers: Iterable[tuple[str, int]], plan: Plan) -> pd.DataFrame:
    """The counts of numbers of items, each with a status."""
    items = dict.fromkeys(plan.status_names, 0)
    for status, number in numbers:
        items[status] += int(number)
    counted = sum(items[status] for status in plan.counted_names)
    brackets = {bracket.name: bracket.statuses for bracket in plan.brackets}
    sums = {name: sum(items[status] for status in brackets.get(name, (name,))) for name in plan.row_names}
    with_share = {*plan.counted_names, *brackets}
    rows = {
        name: (held, plan.printing.share_pct(held, counted) if name in with_share else None)
        for name, held in sums.items()
    }
    total = {TOTAL: (sum(items.values()), plan.printing.share_pct(counted, counted))}
    rows = total | rows if plan.printing.total_row == "first" else rows | total
    shares = [share_pct for _, share_pct in rows.values()]
    return pd.DataFrame(
        {
            "items": [number for number, _ in rows.values()],
            "share_pct": pd.Series(shares, dtype="object").array,
        },
        index=list(rows),
    )


def count_by_policy(statuses: pd.DataFrame, plan: Plan) -> dict[str, pd.DataFrame]:
    """``count_by_status`` for the items of each policy, keyed by the policy's numeral in the plan's order."""
    numbers: dict[str, list[tuple[str, int]]] = {policy.numeral: [] for policy in plan.policies}
    for policy, *number in zip(statuses["policy"], statuses["status"], statuses["items"], strict=True):
        if policy in numbers:
            numbers[policy].append(tuple(number))
    return {policy: _counted(of_policy, plan) for policy, of_policy in numbers.items()}


def shares_alone(plan: Plan, year: FiscalYear | None) -> dict[str, pd.DataFrame]:
    """The shares of a year known by shares alone, by policy ("": whole plan); empty for any other year.

    Shape and columns as of ``count_by_status``; ``items`` is None throughout, ``share_pct`` where it is not known.
    """
    known = None if year is None else plan.shares_in(year)
    rows = [*plan.row_names]
    whole = plan.printing.rounded(Decimal(100), plan.printing.decimals)
    rows.insert(0 if plan.printing.total_row == "first" else len(rows), TOTAL)
    return {
        scope: pd.DataFrame(
            {
                "items": pd.Series([None] * len(rows), dtype="object").array,
                "share_pct": pd.Series(
                    [whole if row == TOTAL and any(shares.values()) else shares.get(row) for row in rows],
                    dtype="object",
                ).array,
            },
            index=rows,
        )
        for scope, shares in (known.shares if known else {}).items()
    }


def transitions(previous: pd.DataFrame, statuses: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Each item's status last year and this year, in the plan's order.

    Shape: one row per item of either year; columns ``number``, ``policy``, ``item``, ``previous_status``, ``status``,
    ``previous_policy``, ``remark``. An item that was not there in a year has the empty status and policy for it. An
    item is compared with the one that it carries on (``lineage.carried_on``); ``remark`` says what was split, merged
    or renumbered.
    """
    year = FiscalYear(int(statuses["fiscal_year"].iloc[0]))
    pairs, remarks = carried_on(plan, year), _remarks(plan, year)
    before = {number: rest for number, *rest in _identified(previous)}
    rows = []
    for number, policy, item, status in _identified(statuses):
        old_policy, _, old_status = before.pop(pairs.get(number, ""), ("", "", ""))
        rows.append((number, policy, item, old_status, status, old_policy, remarks.get((number, True), "")))
    for number, (policy, item, status) in before.items():
        rows.append((number, policy, item, status, "", policy, remarks.get((number, False), "")))
    policies = list(dict.fromkeys(item.policy.numeral for item in plan.items))
    rows.sort(key=lambda row: policies.index(row[1]))
    columns = ["number", "policy", "item", "previous_status", "status", "previous_policy", "remark"]
    return pd.DataFrame(rows, columns=columns).astype("str")


def _identified(statuses: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Number, policy, item and status of each row."""
    return zip(*(statuses[column] for column in ("number", "policy", "item", "status")), strict=True)


def _remarks(plan: Plan, year: FiscalYear) -> dict[tuple[str, bool], str]:
    """The remark on each item that was split, merged or renumbered, by (number, whether the number is the new one)."""
    return {
        (number, is_new): change.remark_on(is_new=is_new)
        for change in changes_in(plan, year)
        for is_new, numbers in ((False, change.before), (True, change.after))
        for number in numbers
    }


@remembered
def all_counts(history: History) -> pd.DataFrame:
    """The counts of every known year, whole plan and by policy, in long form.

    Shape: one row per (scope, fiscal year, status). Columns: ``scope`` (a policy's numeral; "": whole plan),
    ``fiscal_year``, ``status``, ``items`` (count), ``share_pct`` (Decimal percent, rounded by the plan's rule).
    """
    parts = []
    for year in sorted(history.sheets):
        if (statuses := history.statuses(year)) is not None:
            parts.append((PLAN_SCOPE, year, count_by_status(statuses, history.plan)))
        if (statuses := history.item_statuses(year)) is not None:
            parts += [
                (numeral, year, counts) for numeral, counts in count_by_policy(statuses, history.plan).items()
            ]
    return pd.DataFrame(
        [
            (scope, int(year), status, counts.at[status, "items"], counts.at[status, "share_pct"])
            for scope, year, counts in parts
            for status in history.plan.status_names
        ],
        columns=["scope", "fiscal_year", "status", "items", "share_pct"],
    )
