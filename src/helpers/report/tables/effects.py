"""Effects in money: planned and actual, by policy and by item, of the year and of the plan so far."""

from __future__ import annotations

__all__ = [
    "SO_FAR", "YEAR", "effect_items", "effects", "sums_by_policy",
]  # fmt: skip

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from helpers.fiscal_year import years_name
from helpers.history.counts import PLAN_SCOPE, TOTAL
from helpers.history.courses import item_lines
from helpers.history.declared_values import Money, amounts_in, summed
from helpers.history.history import History, remembered
from helpers.plan.declared.kinds import Effect
from helpers.plan.printing import PrintingRules
from helpers.plan.reserved_words import IN_PART
from helpers.report.table import Table
from helpers.report.tables.common import fraction, policy_notes, policy_of, sums_by
from helpers.report.tables.money_words import heading_of, rounded_amount, words_of

YEAR, SO_FAR = "year", "so_far"
_PREFIXES = {YEAR: "", SO_FAR: "累計"}
_COLUMNS = ("見込", "実績", "差", "達成率")
_ROUNDINGS = {"half_up": "四捨五入", "half_even": "偶数丸め", "down": "切り捨て"}


@remembered
def effects(history: History) -> Table | None:
    """Planned and actual effects by policy, their difference and rate; the year's and those of the plan so far.

    Shape: one row per effect, policy and the total, grouped by effect; the total of the effects last. Amounts are added
    exactly and rounded for print. None where no year known item by item has an amount.
    """
    rows: list[dict[str, str]] = []
    records: list[dict[str, Any]] = []
    notes: list[str] = []
    declared = history.plan.declared
    for effect in declared.summed_effects:
        sums = sums_by_policy(history, effect)
        if sums is None:
            continue
        rows += _rows(history, effect, sums)
        records += list(_records(history, effect, sums))
        notes += _notes(history, effect, sums)
    if not rows:
        return None
    years = history.item_years()
    if unknown := "、".join(str(year) for year in history.years if year not in years):
        notes.append(f"※累計に{unknown}は含みません（{history.plan.wording.item}別の資料なし）。")
    spanners = {column: str(history.year) for column in _COLUMNS}
    spanners |= {f"累計{column}": f"累計（{years_name(years)}）" for column in _COLUMNS}
    return Table(
        id="effects",
        caption="効果額の見込と実績",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records).astype(object),
        row_headers=(history.plan.scope_title,),
        group="効果",
        spanners=spanners,
        totals=frozenset({TOTAL}),
        sums=sums_by(history.plan, "policy")
        | ({"effect": (declared.effects_total.name,)} if declared.effects_total else {}),
        notes=(*notes, *policy_notes(history, years)),
    )


@remembered
def effect_items(history: History) -> Table | None:
    """The year's planned and actual effect of each item that has any.

    Shape: one row per effect and item, grouped by effect; the records have every year of the plan so far. None where the
    year has no amount.
    """
    rows, records = [], []
    printing, words, lines = history.plan.printing, history.plan.wording, list(item_lines(history))
    for effect in history.plan.declared.effects:
        for year in history.item_years():
            for each in amounts_in(history, year, effect):
                money = summed([each])
                # An item of an earlier year may have been renumbered.
                item = next(now for now, numbers in lines if numbers.get(year) == each.item.number)
                if year == history.year:
                    row = {"効果": heading_of(effect), "番号": item.number, words.item_title: item.name}
                    rows.append(row | dict(zip(_COLUMNS, words_of(money, effect, printing), strict=True)))
                records.append(
                    {
                        "fiscal_year": int(year),
                        "effect": effect.name,
                        "policy": each.item.policy.numeral,
                        "number": item.number,
                        "item": item.name,
                        **_figures(money, effect, printing),
                    }
                )
    if not rows:
        return None
    return Table(
        id="effect_items",
        caption=f"{words.kind}別の効果額（{history.year}）",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records).astype(object),
        row_headers=("番号", words.item_title),
        group="効果",
    )


def sums_by_policy(history: History, effect: Effect) -> dict[str, dict[str, Money]] | None:
    """Sums by policy's numeral, of those that have ended too ("": whole plan), and period; None where nothing is known."""
    by_year = {year: amounts_in(history, year, effect) for year in history.item_years()}
    if not any(by_year.values()):
        return None
    periods = {YEAR: by_year.get(history.year, []), SO_FAR: [each for of in by_year.values() for each in of]}
    now = (policy.numeral for policy in history.plan.policies)
    scopes = dict.fromkeys((*now, *(each.item.policy.numeral for each in periods[SO_FAR]), PLAN_SCOPE))
    return {
        scope: {
            period: summed(each for each in amounts if scope in (PLAN_SCOPE, each.item.policy.numeral))
            for period, amounts in periods.items()
        }
        for scope in scopes
    }


def _rows(
    history: History, effect: Effect, sums: Mapping[str, Mapping[str, Money]]
) -> Iterator[dict[str, str]]:
    for scope, periods in sums.items():
        label = policy_of(history.plan, scope).label if scope else TOTAL
        row = {"効果": heading_of(effect), history.plan.scope_title: label}
        for period, money in periods.items():
            for column, text in zip(_COLUMNS, words_of(money, effect, history.plan.printing), strict=True):
                row[_PREFIXES[period] + column] = text
        yield row


def _records(
    history: History, effect: Effect, sums: Mapping[str, Mapping[str, Money]]
) -> Iterator[dict[str, Any]]:
    for scope, periods in sums.items():
        for period, money in periods.items():
            yield {
                "fiscal_year": int(history.year),
                "effect": effect.name,
                "policy": scope,
                "period": period,
                **_figures(money, effect, history.plan.printing),
                "amounts_missing": money.unknown,
            }


def _figures(money: Money, effect: Effect, printing: PrintingRules) -> dict[str, Any]:
    return {
        "unit": effect.unit,
        "planned": money.planned,
        "achieved": money.actual,
        "difference": money.difference,
        "rate": fraction(money.rate_pct(printing)),
    }


def _notes(history: History, effect: Effect, sums: Mapping[str, Mapping[str, Money]]) -> Iterator[str]:
    printing = history.plan.printing
    if effect.decimals is not None:
        how = _ROUNDINGS[printing.rounding]
        digits = f"小数第{effect.decimals}位まで" if effect.decimals else "整数で"
        apart = "、".join(_apart(history, effect, sums))
        where = (
            f"表示した数どうしの計算と合わない欄: {apart}"
            if apart
            else "合計と差は表示した数どうしの計算と合っています"
        )
        yield f"※「{effect.name}」は{effect.unit}の額を計算してから、{effect.printed_unit}の{digits}示しています（端数は{how}）。{where}。"
    missing = dict.fromkeys(
        f"{year}の{each.item.number}"
        for year in history.item_years()
        for each in amounts_in(history, year, effect)
        if each.planned is None or each.actual is None
    )
    if effect.parts:
        yield f"※「{effect.name}」は、{'と'.join(f'「{part}」' for part in effect.parts)}を足したものです。"
    if missing:
        yield f"※「{effect.name}」には、見込か実績の金額がまだない{history.plan.wording.item}があります（{'、'.join(missing)}）。その{history.plan.wording.item}を含む差と達成率は示していません。「{IN_PART}」の付いた額は、まだない金額を除いた合計です。"


def _apart(history: History, effect: Effect, sums: Mapping[str, Mapping[str, Money]]) -> Iterator[str]:
    """The cells that differ from the arithmetic on printed cells: differences of a row, sums of a column."""
    printing = history.plan.printing
    names = {YEAR: str(history.year), SO_FAR: "累計"}
    for period, name in names.items():
        columns: dict[str, list[Decimal]] = {"見込": [], "実績": [], "差": []}
        for scope, periods in sums.items():
            label = policy_of(history.plan, scope).label if scope else TOTAL
            money = periods[period]
            shown = {
                column: None if amount is None else rounded_amount(amount, effect, printing)
                for column, amount in zip(
                    columns, (money.planned, money.actual, money.difference), strict=True
                )
            }
            if None not in shown.values() and shown["実績"] - shown["見込"] != shown["差"]:  # type: ignore[operator]
                yield f"{name}の{label}の差"
            for column, values in columns.items():
                if (amount := shown[column]) is None:
                    continue
                if not scope and values and sum(values, Decimal(0)) != amount:
                    yield f"{name}の{column}の合計"
                values.append(amount)
