"""Read ``items.csv``: number, policy, name, first and last fiscal year of every item of a plan.

Two columns more may follow: 重点項目, the level between policy and item, and 再掲, the policies under which an item
is listed again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from helpers.errors import FiscalYearError, PlanFileError, refuse_all
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan.model import Item, Plan, Policy
from helpers.plan.reading.distinct import is_alike
from helpers.plan.reading.periods import why_unplanned
from helpers.plan.reading.text_file import csv_rows, read_text
from helpers.text.forms import variant_folded
from helpers.text.natural_order import natural_key

COLUMNS = ("番号", "基本方針", "推進項目", "開始年度", "終了年度")
OPTIONAL_COLUMNS = ("重点項目", "再掲")
# The order of the items under their policy: as in the file, or by their numbers.
ORDERS = ("file", "number")
_SEPARATORS = re.compile("[、,／/・ 　]+")
_Fail = Callable[[str, str, str], PlanFileError]


def read_items(file: Path, plan: Plan, order: str = ORDERS[0]) -> list[Item]:
    """Read and check the items of a plan, by policy in the plan's order and under it in ``order``.

    Raises:
        PlanFileError: names file, line, column, value and remedy, of each row in which something is wrong.
    """
    items: list[Item] = []
    errors: list[PlanFileError] = []
    by_number: dict[str, list[Item]] = {}
    for line, columns, cells in _rows(file):
        try:
            item = _item(file, line, _record(file, line, columns, cells), plan)
            same_number = by_number.setdefault(variant_folded(item.number), [])
            _refuse_two_at_once(file, line, item, same_number)
            _refuse_a_look_alike(file, line, item.focus, items)
        except PlanFileError as error:
            errors.append(error)
            continue
        same_number.append(item)
        items.append(item)
    refuse_all(errors)
    if not items:
        raise PlanFileError(file, "", "推進項目が一つもありません", "2行目から1行に1項目を書いてください")
    if order == "number":
        items.sort(key=lambda item: natural_key(item.number))
    return sorted(items, key=lambda item: plan.policies.index(item.policy))


def _rows(file: Path) -> Iterator[tuple[int, list[str], list[str]]]:
    """The line, the columns' names and the cells of each row that is not empty."""
    text = read_text(
        file,
        if_missing="推進項目の一覧を置いてください",
        if_unreadable="「CSV UTF-8」で保存してください",
        or_cp932=True,
    )
    rows = csv_rows(file, text)
    _, header = next(rows, (1, []))
    columns = [column.strip() for column in header]
    if tuple(columns[: len(COLUMNS)]) != COLUMNS or not _are_optional(columns[len(COLUMNS) :]):
        raise PlanFileError(
            file,
            "1行目",
            f"列見出しが「{','.join(header)}」です",
            f"「{','.join(COLUMNS)}」にしてください（要れば {'、'.join(OPTIONAL_COLUMNS)} を続けます）",
        )
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            yield line, columns, cells


def _record(file: Path, line: int, columns: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(columns):
        raise PlanFileError(
            file, f"{line}行目", f"列が{len(cells)}個あります", f"{len(columns)}個にしてください"
        )
    record = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
    return dict.fromkeys(OPTIONAL_COLUMNS, "") | record


def _are_optional(columns: list[str]) -> bool:
    return len(set(columns)) == len(columns) and set(columns) <= set(OPTIONAL_COLUMNS)


def _item(file: Path, line: int, record: dict[str, str], plan: Plan) -> Item:
    def fail(column: str, problem: str, remedy: str) -> PlanFileError:
        return PlanFileError(file, f"{line}行目 {column}", problem, remedy)

    for column in COLUMNS[:4]:
        if not record[column]:
            raise fail(column, "空です", "値を書いてください")
    policy = _policy(record["基本方針"], "基本方針", plan, fail)
    also_in = tuple(_policy(text, "再掲", plan, fail) for text in _SEPARATORS.split(record["再掲"]) if text)
    if policy in also_in or len(set(also_in)) != len(also_in):
        raise fail(
            "再掲",
            f"「{record['再掲']}」に、その項目の基本方針か同じ基本方針が重なっています",
            "ほかの基本方針だけを一度ずつ書いてください",
        )
    life = _life(record, plan, fail)
    return Item(record["番号"], policy, record["推進項目"], life, record["重点項目"], also_in)


def _refuse_two_at_once(file: Path, line: int, item: Item, same_number: Iterable[Item]) -> None:
    for other in same_number:
        if item.life.first in other.life or other.life.first in item.life:
            raise PlanFileError(
                file,
                f"{line}行目 番号",
                f"「{item.number}」が「{other.name}」と「{item.name}」の二つにあります",
                "番号か年度を直してください",
            )


def _refuse_a_look_alike(file: Path, line: int, focus: str, items: Iterable[Item]) -> None:
    for other in {item.focus for item in items if item.focus and item.focus != focus}:
        if is_alike(focus, other):
            raise PlanFileError(
                file,
                f"{line}行目 重点項目",
                f"「{focus}」が前の行の「{other}」と見分けられません",
                "同じ重点項目なら、同じ文字で書いてください",
            )


def _policy(text: str, column: str, plan: Plan, fail: _Fail) -> Policy:
    policy = plan.policy(text)
    if policy is None:
        known = "／".join(f"{policy.numeral} {policy.name}" for policy in plan.policies)
        raise fail(
            column,
            f"「{text}」は基本方針にありません（{known}）",
            "plan.toml の policies と合わせてください",
        )
    return policy


def _life(record: dict[str, str], plan: Plan, fail: _Fail) -> Period:
    years: dict[str, FiscalYear] = {}
    for column in ("開始年度", "終了年度"):
        if record[column]:
            try:
                years[column] = FiscalYear.parse(record[column])
            except FiscalYearError as error:
                raise fail(column, str(error), "西暦の年度で書いてください（例: 2018）") from None
    first = years["開始年度"]
    for column, year in years.items():
        if why := why_unplanned(year, record[column], plan.implementation_plans):
            raise fail(column, *why)
    # Where no last year is written, an item lives as long as the implementation plan that it began in.
    last = years.get("終了年度", plan.implementation_plan(first).period.last)
    if last < first:
        raise fail("終了年度", f"「{record['終了年度']}」は開始の{first}より前です", "年度を直してください")
    return Period(first, last)
