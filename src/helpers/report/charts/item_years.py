"""The statuses of the items over the years as a value, and in words: what the map of the plan draws."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from helpers.errors import FigureError
from helpers.fiscal_year import FiscalYear
from helpers.plan import DONE, Item, Plan, Policy
from helpers.report.charts.scope_counts import year_name
from helpers.report.palette import status_style


@dataclass(frozen=True)
class ItemYears:
    """The statuses by year and item; a year that is not ``known`` is in ``totals_only`` or missing.

    An item is the line of ``items.csv``, not its number, which another one may have in another year.
    """

    years: tuple[FiscalYear, ...]
    known: Mapping[FiscalYear, Mapping[Item, str]]
    totals_only: frozenset[FiscalYear]
    blocks: tuple[tuple[Policy, tuple[Item, ...]], ...]

    @property
    def rows(self) -> list[Policy | Item]:
        """The rows from top to bottom: each policy's heading, then its items."""
        rows: list[Policy | Item] = []
        for policy, items in self.blocks:
            rows += [policy, *items]
        return rows


def read_item_years(statuses: pd.DataFrame, plan: Plan, years: tuple[FiscalYear, ...]) -> ItemYears:
    """Take the items' statuses out of tidy frames (fiscal_year, number, status).

    Raises:
        FigureError: an item is not the plan's in that year, a status is not the plan's.
    """
    known: dict[FiscalYear, dict[Item, str]] = {}
    totals_only = set()
    for year in years:
        rows = statuses[statuses["fiscal_year"] == year.western]
        items = rows[rows["number"] != ""]
        if not items.empty:
            alive = {item.number: item for item in plan.items_in(year)}
            if strangers := [number for number in items["number"] if number not in alive]:
                raise FigureError(
                    f"{year}の項目{'、'.join(strangers)}は items.csv にありません。番号と年度を確認してください"
                )
            told = zip(items["number"], items["status"], strict=True)
            known[year] = {alive[number]: status for number, status in told}
            for status in known[year].values():
                status_style(plan, status)
        elif not rows.empty:
            totals_only.add(year)
    # Not by the plan's policies: one whose items have all ended is none of this year's.
    blocks: dict[Policy, list[Item]] = {}
    for item in plan.items:
        if any(year in item.life for year in years):
            blocks.setdefault(item.policy, []).append(item)
    return ItemYears(
        years,
        known,
        frozenset(totals_only),
        tuple((policy, tuple(items)) for policy, items in blocks.items()),
    )


def item_years_words(drawn: ItemYears, plan: Plan, derived: Collection[FiscalYear]) -> str:
    """the counts of each year, what changed between known years, what is not done in the last."""
    items = [item for _, block in drawn.blocks for item in block]
    sentences = [f"{len(items)}項目を行、年度を列とした表"]
    for year in drawn.years:
        if year in drawn.known:
            found = list(drawn.known[year].values())
            counts = "、".join(
                f"{name}{found.count(name)}項目" for name in plan.status_names if name in found
            )
            sentences.append(f"{year_name(year, derived)}は{counts}")
        else:
            sentences.append(f"{year}は{'合計のみ' if year in drawn.totals_only else '資料なし'}")
    for before, after in pairwise(drawn.known):
        old, new = drawn.known[before], drawn.known[after]
        moved = "、".join(
            f"{item.number} {item.name}（{old[item]}から{new[item]}）"
            for item in items
            if item in old and item in new and old[item] != new[item]
        )
        sentences.append(f"{before}から{after}に変わった項目: {moved or 'なし'}")
    last = max(drawn.known)
    for status in plan.statuses:
        open_items = [
            f"{item.number} {item.name}" for item, name in drawn.known[last].items() if name == status.name
        ]
        if status.group != DONE and open_items:
            sentences.append(f"{last}に{status.name}の項目: {'、'.join(open_items)}")
    return "。".join(sentences) + "。"
