"""Decide which item of a year carries on which item of the year before, and which years can be compared."""

from __future__ import annotations

__all__ = [
    "came_and_left", "carried_on", "changes_in", "first_comparable_year", "in_words_of", "why_not_compared", "without_items",
    "years_used",
]  # fmt: skip

from collections.abc import Iterable
from typing import TYPE_CHECKING

from helpers.errors import DataError
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan.model import Plan
from helpers.plan.plan_parts import ItemChange

if TYPE_CHECKING:
    import pandas as pd


def changes_in(plan: Plan, year: FiscalYear) -> tuple[ItemChange, ...]:
    """The splits, mergers and renumberings that took effect in a year."""
    return tuple(change for change in plan.item_changes if change.year == year)


def carried_on(plan: Plan, year: FiscalYear) -> dict[str, str]:
    """Pair each item of ``year`` that carries on an item of the year before: its number → its number of that year.

    An item carries on itself as long as it is the same row of ``items.csv``. A number that another item takes over
    pairs only where plan.toml records the change.
    """
    before = {item.number: item for item in plan.items_in(year.previous)}
    changes = changes_in(plan, year)
    changed = _numbers(change.after for change in changes)
    pairs = {
        item.number: item.number
        for item in plan.items_in(year)
        if item.number not in changed and before.get(item.number) == item
    }
    return pairs | {change.after[0]: change.before[0] for change in changes}


def came_and_left(plan: Plan, year: FiscalYear) -> tuple[int, int]:
    """Count the items that were added and that ended in a year, apart from those that were split, merged or renumbered."""
    pairs, changes = carried_on(plan, year), changes_in(plan, year)
    before, after = ({item.number for item in plan.items_in(each)} for each in (year.previous, year))
    came = after - {*pairs} - _numbers(change.after for change in changes)
    left = before - {*pairs.values()} - _numbers(change.before for change in changes)
    return len(came), len(left)


def first_comparable_year(plan: Plan, year: FiscalYear) -> FiscalYear:
    """The first year of the implementation plan in force whose statuses can be mapped to those of ``year``."""
    breaks = [change.year for change in plan.status_changes if change.mapping is None and change.year <= year]
    return max([plan.implementation_plan(year).period.first, *breaks])


def why_not_compared(plan: Plan, year: FiscalYear) -> str:
    """Why a year is not compared with the one before, as a sentence; empty where it is."""
    for change in plan.status_changes:
        if change.year == year and change.mapping is None:
            return f"{change.why_not_compared}、{year.previous}とは比較していません。"
    if plan.shares_in(year.previous) is not None:
        return ""
    period = plan.implementation_plan(year).period
    if year > period.first or (carried_on(plan, year) and _is_planned(plan, year.previous)):
        return ""
    if not _is_planned(plan, year.previous):
        return f"計画の初年度のため、比較する{plan.wording.last_year}はありません。"
    old, new = plan.implementation_plan(year.previous), plan.implementation_plan(year)
    return (
        f"推進計画が{old.short_title}から{new.short_title}に替わり、"
        f"{plan.wording.item}の対応が定められていないため、{year.previous}とは比較していません。"
    )


def years_used(plan: Plan, year: FiscalYear) -> tuple[FiscalYear, ...]:
    """The years whose sheets a report uses if there are any: the plan so far, and last year if it is compared.

    Raises:
        DataError: no implementation plan covers the year.
    """
    so_far = Period(first_comparable_year(plan, year), year).years
    last = () if why_not_compared(plan, year) else (year.previous,)
    return tuple(sorted({*so_far, *last}))


def in_words_of(frame: pd.DataFrame, plan: Plan, written: FiscalYear, year: FiscalYear) -> pd.DataFrame:
    """Replace statuses and numerals of policies in a year's frame by those of a later year."""
    numerals = {policy.called_in(written).numeral: policy.called_in(year).numeral for policy in plan.policies}
    frame = frame.assign(policy=[numerals.get(numeral, numeral) for numeral in frame["policy"]])
    for change in sorted(plan.status_changes, key=lambda change: change.year):
        if written < change.year <= year and change.mapping:
            frame = frame.assign(status=frame["status"].replace(dict(change.mapping)))
    return frame


def _is_planned(plan: Plan, year: FiscalYear) -> bool:
    return any(year in implementation_plan.period for implementation_plan in plan.implementation_plans)


def _numbers(groups: Iterable[tuple[str, ...]]) -> set[str]:
    return {number for group in groups for number in group}


def without_items(plan: Plan, year: FiscalYear) -> str:
    """What to say, and to do, where a plan has no items in a fiscal year: it may be after the plan."""
    try:
        plan.implementation_plan(year)
    except DataError as error:
        return str(error)
    return (
        f"{year}の推進項目がありません。data/raw/{plan.id}/items.csv に、{year}の推進項目を開始年度 {int(year)} で加えるか、"
        "続ける項目の終了年度を直してください"
    )
