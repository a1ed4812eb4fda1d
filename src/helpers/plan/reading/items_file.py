"""Read ``items.csv``: number, policy, name, first and last fiscal year of every item of a plan.

Two columns more may follow: 重点項目, the level between policy and item, and 再掲, the policies under which an item
is listed again. A plan without policies does without their columns.
"""

from __future__ import annotations

__all__ = ["COLUMNS", "OPTIONAL_COLUMNS", "ORDERS", "read_items"]

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from helpers.errors import PlanFileError, collecting, refuse_all
from helpers.fiscal_year import Period
from helpers.plan.model import Item, Plan, Policy
from helpers.plan.plan_parts import NO_POLICY
from helpers.plan.reading.distinct import is_alike
from helpers.plan.reading.periods import planned_year
from helpers.plan.reading.text_file import csv_rows, read_csv_text
from helpers.plan.reading.toml_section import Row, Section
from helpers.plan.reading.words.policies_file import policy_named
from helpers.text.forms import natural_key, variant_folded

_POLICY = "基本方針"
COLUMNS = ("番号", _POLICY, "推進項目", "開始年度", "終了年度")
OPTIONAL_COLUMNS = ("重点項目", "再掲")
# The order of the items under their policy: as in the file, or by their numbers.
ORDERS = ("file", "number")
_SEPARATORS = re.compile("[、,／/・ 　]+")


def read_items(file: Path, plan: Plan, order: str = ORDERS[0]) -> list[Item]:
    """Read and check the items of a plan, by policy in the plan's order and under it in ``order``.

    Raises:
        PlanFileError: names file, line, column, value and remedy, of each row in which something is wrong.
    """
    items: list[Item] = []
    errors: list[PlanFileError] = []
    by_number: dict[str, list[Item]] = {}
    for line, columns, cells in _rows(file, plan):
        with collecting(errors):
            row = Row(file, f"{line}行目", dict(zip(columns, cells, strict=False)))
            if len(cells) != len(columns):
                raise row.fail("", f"列が{len(cells)}個あります", f"{len(columns)}個にしてください")
            item = _item(row, plan)
            same_number = by_number.setdefault(variant_folded(item.number), [])
            _refuse_twins(row, item, same_number, items)
            same_number.append(item)
            items.append(item)
    refuse_all(errors)
    if not items:
        raise PlanFileError(file, "", "推進項目が一つもありません", "2行目から1行に1項目を書いてください")
    if order == "number":
        items.sort(key=lambda item: natural_key(item.number))
    policies = (*plan.policies, NO_POLICY)
    return sorted(items, key=lambda item: policies.index(item.policy))


def _rows(file: Path, plan: Plan) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    """The line, the columns' names and the cells of each row that is not empty."""
    text = read_csv_text(file, if_missing="推進項目の一覧を置いてください")
    rows = ((line, tuple(cell.strip() for cell in cells)) for line, cells in csv_rows(file, text))
    _, columns = next(rows, (1, ()))
    wanted: tuple[str, ...] = COLUMNS
    optional: tuple[str, ...] = OPTIONAL_COLUMNS
    if not plan.policies and _POLICY not in columns:
        wanted, optional = tuple(name for name in COLUMNS if name != _POLICY), OPTIONAL_COLUMNS[:1]
    more = columns[len(wanted) :]
    if columns[: len(wanted)] != wanted or len({*more}) != len(more) or not {*more} <= {*optional}:
        remedy = f"「{','.join(wanted)}」にしてください（要れば {'、'.join(optional)} を続けます）"
        raise PlanFileError(file, "1行目", f"列見出しが「{','.join(columns)}」です", remedy)
    yield from ((line, columns, cells) for line, cells in rows if any(cells))


def _item(row: Section, plan: Plan) -> Item:
    number, name, _ = (row.text(column, is_name=False) for column in ("番号", "推進項目", "開始年度"))
    policy = row.text(_POLICY, None if plan.policies else "", is_name=False)
    focus, again = (row.text(column, "", is_name=False) for column in OPTIONAL_COLUMNS)
    main = _policy(row, _POLICY, policy, plan) if policy else NO_POLICY
    also_in = tuple(_policy(row, "再掲", text, plan) for text in _SEPARATORS.split(again) if text)
    if main in also_in or len(set(also_in)) != len(also_in):
        raise row.fail(
            "再掲",
            f"「{again}」に、その項目の基本方針か同じ基本方針が重なっています",
            "ほかの基本方針だけを一度ずつ書いてください",
        )
    life = _life(row, plan)
    for column, held in (("基本方針", (main,)), ("再掲", also_in)):
        for each in held:
            if each.life is not None and not (each.life.first <= life.first and life.last <= each.life.last):
                problem = (
                    f"「{each.label}」の期間（{each.life}）が、この項目の期間（{life}）より短くなっています"
                )
                remedy = (
                    "開始年度と終了年度か、plan.toml の policies の first_year と last_year を直してください"
                )
                raise row.fail(column, problem, remedy)
    return Item(number, main, name, life, focus, also_in)


def _refuse_twins(row: Section, item: Item, same_number: Iterable[Item], items: Iterable[Item]) -> None:
    for other in same_number:
        if item.life.first in other.life or other.life.first in item.life:
            problem = f"「{item.number}」が「{other.name}」と「{item.name}」の二つにあります"
            raise row.fail("番号", problem, "番号か年度を直してください")
    for focus in {other.focus for other in items} - {"", item.focus}:
        if is_alike(item.focus, focus):
            problem = f"「{item.focus}」が前の行の「{focus}」と見分けられません"
            raise row.fail("重点項目", problem, "同じ重点項目なら、同じ文字で書いてください")


def _policy(row: Section, column: str, text: str, plan: Plan) -> Policy:
    if not plan.policies:
        problem = f"「{text}」とありますが、plan.toml に [[policies]] がありません"
        raise row.fail(column, problem, "plan.toml に基本方針を書くか、この列を消してください")
    return policy_named(row, column, text, plan)


def _life(row: Section, plan: Plan) -> Period:
    """The years of an item; where no last year is written, to the end of the implementation plan that it began in."""
    first = planned_year(row, "開始年度", plan.implementation_plans)
    if not row.values["終了年度"]:
        return Period(first, plan.implementation_plan(first).period.last)
    return row.period_of(first, planned_year(row, "終了年度", plan.implementation_plans), "終了年度")
