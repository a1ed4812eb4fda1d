"""Read ``items.csv``: number, policy, name, first and last fiscal year of every item of a plan."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.errors import FiscalYearError, PlanFileError
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import Item, Plan
from helpers.text import folded

COLUMNS = ("番号", "基本方針", "推進項目", "開始年度", "終了年度")
_Fail = Callable[[str, str, str], PlanFileError]


def read_items(file: Path, plan: Plan) -> list[Item]:
    """Read and check the items of a plan, in the file's order, which is the document's.

    Raises:
        PlanFileError: names file, line, column, value and remedy.
    """
    items: list[Item] = []
    for line, record in _records(file):
        items.append(_item(file, line, record, plan, items))
    if not items:
        raise PlanFileError(file, "", "推進項目が一つもありません", "2行目から1行に1項目を書いてください")
    return items


def _records(file: Path) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PlanFileError(
            file, "", f"{file.parent} に {file.name} がありません", "推進項目の一覧を置いてください"
        ) from None
    except UnicodeDecodeError as error:
        raise PlanFileError(
            file, f"{error.start}バイト目", "UTF-8 の文字として読めません", "「CSV UTF-8」で保存してください"
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    if tuple(header) != COLUMNS:
        raise PlanFileError(
            file,
            "1行目",
            f"列見出しが「{','.join(header)}」です",
            f"「{','.join(COLUMNS)}」にしてください",
        )
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(COLUMNS):
            raise PlanFileError(
                file,
                f"{reader.line_num}行目",
                f"列が{len(cells)}個あります",
                f"{len(COLUMNS)}個にしてください",
            )
        yield reader.line_num, dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))


def _item(file: Path, line: int, record: dict[str, str], plan: Plan, before: list[Item]) -> Item:
    def fail(column: str, problem: str, remedy: str) -> PlanFileError:
        return PlanFileError(file, f"{line}行目 {column}", problem, remedy)

    for column in COLUMNS[:4]:
        if not record[column]:
            raise fail(column, "空です", "値を書いてください")
    policy = plan.policy(record["基本方針"])
    if policy is None:
        known = "／".join(f"{policy.numeral} {policy.name}" for policy in plan.policies)
        raise fail(
            "基本方針",
            f"「{record['基本方針']}」は基本方針にありません（{known}）",
            "plan.toml の policies と合わせてください",
        )
    item = Item(record["番号"], policy, record["推進項目"], _life(record, plan, fail))
    for other in before:
        lives_overlap = item.life.first in other.life or other.life.first in item.life
        if lives_overlap and folded(other.number) == folded(item.number):
            raise fail(
                "番号",
                f"「{item.number}」が「{other.name}」と「{item.name}」の二つにあります",
                "番号か年度を直してください",
            )
    return item


def _life(record: dict[str, str], plan: Plan, fail: _Fail) -> Period:
    years: dict[str, FiscalYear] = {}
    for column in ("開始年度", "終了年度"):
        if record[column]:
            try:
                years[column] = FiscalYear.parse(record[column])
            except FiscalYearError as error:
                raise fail(column, str(error), "西暦の年度で書いてください（例: 2018）") from None
    first = years["開始年度"]
    phase = next((p.period for p in plan.implementation_plans if first in p.period), None)
    if phase is None:
        raise fail(
            "開始年度",
            f"「{record['開始年度']}」はどの推進計画の期間にもありません",
            "plan.toml の implementation.plans と合わせてください",
        )
    # Where no last year is written, an item lives as long as the implementation plan that it began in.
    last = years.get("終了年度", phase.last)
    if last < first:
        raise fail("終了年度", f"「{record['終了年度']}」は開始の{first}より前です", "年度を直してください")
    return Period(first, last)
