"""Parts that several tables share: the counts of a year, names as printed, figures as records, attributes to filter by."""

from __future__ import annotations

__all__ = [
    "ADDED", "BACK", "FORWARD", "OTHER", "SAME", "comparison_notes", "counted_cells", "counts_of",
    "figures_of", "fraction", "item_fields", "known_counts", "policy_headings", "policy_notes",
    "policy_of", "previous_statuses", "row_attributes", "share_notes", "sums_by",
]  # fmt: skip

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE, TOTAL, count_by_status
from helpers.history.courses import direction, progress
from helpers.history.history import History, remembered
from helpers.plan import Item, Plan, Policy
from helpers.report.table import Count

_MOST_SUMS = 20  # that a note lists


@remembered
def known_counts(history: History) -> pd.DataFrame:
    """The counts of the report's own year, which always has a sheet."""
    return count_by_status(history.sheets[history.year].statuses, history.plan)


def counts_of(history: History, year: FiscalYear | None) -> pd.DataFrame | None:
    """The counts of a year, or None where nothing is known of it."""
    statuses = history.statuses(year) if year else None
    return None if statuses is None else count_by_status(statuses, history.plan)


def policy_of(plan: Plan, numeral: str) -> Policy:
    """The policy with a numeral, of this year or of an item that ended."""
    policies = (*plan.policies, *(item.policy for item in plan.items))
    return next(policy for policy in policies if policy.numeral == numeral)


def policy_headings(plan: Plan, frame: pd.DataFrame) -> list[str]:
    """The heading of each row's policy."""
    return [policy_of(plan, numeral).heading for numeral in frame["policy"]]


def sums_by(plan: Plan, *fields: str) -> dict[str, tuple[str, ...]]:
    """For ``status`` and ``policy``, the values with which a record sums up others (``Table.sums``)."""
    values = {
        "status": (TOTAL, *(bracket.name for bracket in plan.brackets)),
        "policy": (PLAN_SCOPE,) if plan.policies else (),
    }
    return {field: values[field] for field in fields if values[field]}


def share_notes(plan: Plan, named: Iterable[tuple[str, pd.DataFrame | None]]) -> tuple[str, ...]:
    """The notes under a table of shares: statuses outside the denominator, shares that do not sum to 100 %.

    ``named``: the counts whose shares stand in the table, each with what it is called.
    """
    outside = [f"「{status.name}」" for status in plan.statuses if not status.counted]
    notes = [f"※{'、'.join(outside)}は割合の分母に含みません。"] if outside else []
    sums = []
    for name, counts in named:
        shares = [] if counts is None else [counts.at[status, "share_pct"] for status in plan.counted_names]
        known = [share for share in shares if share is not None]
        if known and sum(known) != 100:
            sums.append(f"{name} {plan.printing.share(sum(known, Decimal(0)))}")
    if sums:
        more = f"、ほか{len(sums) - _MOST_SUMS}件" if len(sums) > _MOST_SUMS else ""
        listed = "、".join(sums[:_MOST_SUMS]) + more
        notes.append(f"※端数処理のため、割合の内訳の合計は100%になりません（{listed}）。")
    return tuple(notes)


def comparison_notes(history: History) -> tuple[str, ...]:
    """Why there is no comparison with last year, or across which change of plans there is one."""
    if (shares := history.shares_before) is not None:
        source = f"（{shares.source}）" if shares.source else ""
        return (
            f"※{shares.year}は割合だけが公表されており{source}、{history.plan.wording.count}は資料がありません。",
        )
    if history.previous_year is None:
        is_first = history.year == history.plan.implementation_plans[0].period.first
        return () if is_first else (f"※{history.why_no_previous}",)
    if history.previous_year in history.implementation_plan.period:
        return ()
    old = history.plan.implementation_plan(history.previous_year)
    return (
        f"※{history.previous_year}は{old.short_title}の実績です（{history.year}から"
        f"{history.implementation_plan.short_title}）。",
    )


def policy_notes(history: History, years: Iterable[FiscalYear | None]) -> tuple[str, ...]:
    """Earlier names of policies in the years of a table, and which policies began or ended since."""
    plan, now = history.plan, history.year
    first = min([now, *(year for year in years if year is not None)])
    notes = []
    for policy in dict.fromkeys((*plan.policies, *(item.policy for item in plan.items))):
        called = f"「{policy.label}」"
        changed = [
            name.first for name in policy.names if name.first is not None and first < name.first <= now
        ]
        for year in changed:
            if (before := policy.called_in(year.previous).label) != policy.label:
                notes.append(f"※{called}は、{year.previous}まで「{before}」という名前でした。")
        if policy.life is not None and first < policy.life.first <= now:
            notes.append(f"※{called}は、{policy.life.first}に加わりました。")
        if policy.life is not None and first <= policy.life.last < now:
            notes.append(f"※{called}は、{policy.life.last}で終わりました。")
    return tuple(notes)


def fraction(pct: Decimal | None) -> Decimal | None:
    """A printed percentage as a fraction, with the digits that were printed: 81.0 → 0.810."""
    return None if pct is None else pct.scaleb(-2)


def item_fields(item: Item) -> dict[str, str]:
    """Policy, number and name of an item as fields of a record."""
    return {"policy": item.policy.numeral, "number": item.number, "item": item.name}


def figures_of(counts: pd.DataFrame, status: str, prefix: str = "") -> dict[str, Any]:
    """Count and share of one status as fields of a record."""
    return {
        f"{prefix}items": counts.at[status, "items"],
        f"{prefix}share": fraction(counts.at[status, "share_pct"]),
    }


def counted_cells(
    years: Mapping[str, tuple[FiscalYear | None, pd.DataFrame | None]], policy: str = "", first: int = 0
) -> dict[tuple[int, str], Count]:
    """The counts behind the cells of rows by status, the total last.

    ``years``: for each column of counts its year and counts, which are None where nothing is known.
    ``first``: the position of the first row in the table.
    """
    return {
        (row, column): Count(year, policy, status, int(counts.at[status, "items"]))
        for column, (year, counts) in years.items()
        if year is not None and counts is not None
        for row, status in enumerate(counts.index, start=first)
    }


FORWARD, BACK, SAME, OTHER, ADDED = "進んだ", "後退した", "変わらない", "区分が変わった", "加わった"
_WORDS = {"forward": FORWARD, "back": BACK, "other": OTHER, "came": ADDED}


def row_attributes(
    history: History, numbers: Iterable[str], changes: pd.DataFrame | None
) -> list[dict[str, str]]:
    """``data_change`` and ``data_department`` for a row of each item; a key is left out where it is not known.

    ``changes``: the transitions since last year, None where they are not known.
    """
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return []
    now = dict(zip(statuses["number"], statuses["status"], strict=True))
    departments = dict(zip(statuses["number"], statuses["department"], strict=True))
    before = {} if changes is None else previous_statuses(changes)
    rows = []
    for number in numbers:
        row = {}
        if changes is not None:
            row["data_change"] = _change(history, before.get(number, ""), now[number])
        if departments[number]:
            row["data_department"] = " ".join(departments[number].split())
        rows.append(row)
    return rows


def previous_statuses(changes: pd.DataFrame) -> dict[str, str]:
    """Last year's status of each of this year's items, by number; empty for new items.

    ``changes``: the transitions since last year. Items that left are not included, even if their number was given anew.
    """
    here = changes[changes["status"] != ""]
    return dict(zip(here["number"], here["previous_status"], strict=True))


def _change(history: History, old: str, new: str) -> str:
    return SAME if old == new else _WORDS[direction(old, new, progress(history.plan))]
