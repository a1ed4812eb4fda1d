"""The statuses of the items over the years as a value, and in words: what the map of the plan draws."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from helpers.charts.counts import year_name
from helpers.errors import FigureError
from helpers.fiscal_year import FiscalYear
from helpers.palette import status_style
from helpers.plan import DONE, Item, Plan, Policy


@dataclass(frozen=True)
class ItemYears:
    """The statuses by year and item number; a year that is not ``known`` is in ``totals_only`` or missing."""

    years: tuple[FiscalYear, ...]
    known: Mapping[FiscalYear, Mapping[str, str]]
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
        FigureError: an item or status is not the plan's.
    """
    known: dict[FiscalYear, dict[str, str]] = {}
    totals_only = set()
    numbers = {item.number for item in plan.items}
    for year in years:
        rows = statuses[statuses["fiscal_year"] == year.western]
        items = rows[rows["number"] != ""]
        if not items.empty:
            known[year] = dict(zip(items["number"], items["status"], strict=True))
            if strangers := [number for number in known[year] if number not in numbers]:
                raise FigureError(
                    f"{year}の項目{'、'.join(strangers)}は items.csv にありません。番号を確認してください"
                )
            for status in known[year].values():
                status_style(plan, status)
        elif not rows.empty:
            totals_only.add(year)
    blocks = []
    for policy in plan.policies:
        items_of_policy = tuple(
            item for item in plan.items if item.policy == policy and any(year in item.life for year in years)
        )
        if items_of_policy:
            blocks.append((policy, items_of_policy))
    return ItemYears(years, known, frozenset(totals_only), tuple(blocks))


def item_years_words(drawn: ItemYears, plan: Plan, derived: Collection[FiscalYear]) -> str:
    """the counts of each year, what changed between known years, what is not done in the last."""
    items = {item.number: item for _, block in drawn.blocks for item in block}
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
        moved = "、".join(
            f"{number} {item.name}（{drawn.known[before][number]}から{drawn.known[after][number]}）"
            for number, item in items.items()
            if drawn.known[before].get(number, "") != drawn.known[after].get(number, "")
            and number in drawn.known[before]
            and number in drawn.known[after]
        )
        sentences.append(f"{before}から{after}に変わった項目: {moved or 'なし'}")
    last = max(drawn.known)
    for status in plan.statuses:
        open_items = [
            f"{number} {items[number].name}"
            for number, name in drawn.known[last].items()
            if name == status.name
        ]
        if status.group != DONE and open_items:
            sentences.append(f"{last}に{status.name}の項目: {'、'.join(open_items)}")
    return "。".join(sentences) + "。"
