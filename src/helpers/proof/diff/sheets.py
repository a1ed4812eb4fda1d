"""Compare the contents of two status sheets, whatever their file formats."""

from __future__ import annotations

__all__ = ["compare_sheets", "compare_status_sheets", "statuses_of"]

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.fiscal_year import Period
from helpers.plan.declared.kinds import LESS, MORE
from helpers.plan.lineage import carried_on
from helpers.proof.diff.differences import (
    Comparison,
    ItemStatus,
    Part,
    compare_statuses,
    comparison,
    pairs_by_name,
)
from helpers.proof.diff.grid_changes import compare_tables
from helpers.proof.diff.text_grid import Grid, Row
from helpers.proof.diff.texts import compare_texts
from helpers.proof.html_page import Text

if TYPE_CHECKING:
    from helpers.fiscal_year import FiscalYear
    from helpers.plan import Plan
    from helpers.sheets import StatusSheet

# What stands beside the name of a declared value, by its role; the direction is told in words.
_ROLES = {
    "indicator": "指標", "unit": "単位", "better": "方向", "baseline": "基準値", "target": "目標値",
    "target_before": "変更前の目標値", "actual": "実績", "planned": "見込", "word": "", "text": "",
}  # fmt: skip
_WAYS = {MORE: "増", LESS: "減"}
_COLUMNS = {"activities": "主な取組", "department": "所管課", "remarks": "備考"}


def compare_sheets(
    before: Path, after: Path, plans: tuple[Plan, Plan], year: FiscalYear | None = None
) -> Comparison:
    """Compare two sheets, each read with its plan; ``year``: of sheets that do not name their year.

    Raises:
        SheetError: one of the sheets has findings that are errors, such as a missing year.
    """
    from helpers.sheets import read_status_sheet

    old, new = (
        read_status_sheet(path, plan, year) for path, plan in zip((before, after), plans, strict=True)
    )
    return comparison(
        str(before), str(after), [compare_status_sheets(old, new, pairs=_pairs(old, new, plans))]
    )


def compare_status_sheets(
    before: StatusSheet, after: StatusSheet, *, pairs: Mapping[str, str] | None = None
) -> Part:
    """Compare two checked sheets; the position of a value in its file is no difference.

    ``pairs``: the number of each item after → the number of the same item before; None if equal numbers mean equal items.
    """
    old, new = (_grid(sheet) for sheet in (before, after))
    if pairs is not None:
        number_after = {same: number for number, same in pairs.items()}
        rows = (replace(row, number=number_after.get(row.number, "")) for row in old.rows)
        old = replace(old, rows=tuple(rows))
    return Part(
        title=str(after.year),
        statuses=compare_statuses(statuses_of(before), statuses_of(after), pairs),
        tables=compare_tables([old, *_declared(before, pairs)], [new, *_declared(after)]),
        texts=compare_texts(_texts(before), _texts(after)),
    )


def statuses_of(sheet: StatusSheet) -> list[ItemStatus]:
    """List the items and their statuses; empty where only totals are known."""
    if not sheet.has_items:
        return []
    rows = sheet.statuses[["number", "item", "status"]].itertuples(index=False, name=None)
    return [ItemStatus(number, item, status) for number, item, status in rows]


def _grid(sheet: StatusSheet) -> Grid:
    """Make a table of activities, departments and remarks by item, or of the counts of a sheet with totals only."""
    records = sheet.statuses.to_dict("records")
    if not sheet.has_items:
        rows = [Row("", (r["status"],), (r["status"], str(r["items"]))) for r in records]
        return Grid("sheet", "状況調査", ("実施状況", "項目数"), tuple(rows))
    rows = [
        Row("", (r["number"], r["item"]), tuple(r[column] for column in _COLUMNS), r["number"])
        for r in records
    ]
    return Grid("sheet", "状況調査", tuple(_COLUMNS.values()), tuple(rows))


def _declared(sheet: StatusSheet, pairs: Mapping[str, str] | None = None) -> list[Grid]:
    """A table of the declared values, a row each; none where the plan declares nothing.

    ``pairs``: as for ``compare_status_sheets``, where the sheet is the one before.
    """
    if not sheet.values:
        return []
    number_after = {same: number for number, same in (pairs or {}).items()}
    names = dict(zip(sheet.statuses["number"], sheet.statuses["item"], strict=True))
    rows = []
    for value in sheet.values:
        content = "・".join(
            dict.fromkeys(filter(None, (value.name, value.part, _ROLES.get(value.role, value.role))))
        )
        number = value.number if pairs is None else number_after.get(value.number, "")
        row_names = (value.number, names[value.number], content)
        text = _WAYS.get(value.text, value.text) if value.role == "better" else value.text
        rows.append(Row("", row_names, (*row_names, text), f"{number} {content}" if number else ""))
    return [Grid("declared", "目標・効果額・評価・記載", ("番号", "推進項目", "内容", "記載"), tuple(rows))]


def _pairs(before: StatusSheet, after: StatusSheet, plans: tuple[Plan, Plan]) -> dict[str, str] | None:
    """Pair the items of two years by the plan or, where the sheets are of two plans, by number and name."""
    if before.year == after.year:
        return None
    if plans[0].id != plans[1].id:
        return pairs_by_name(statuses_of(before), statuses_of(after))
    first, last = sorted((before.year, after.year))
    pairs = {item.number: item.number for item in plans[1].items_in(last)}
    for year in reversed(Period(first.next, last).years):
        earlier = carried_on(plans[1], year)
        pairs = {number: earlier[same] for number, same in pairs.items() if same in earlier}
    return pairs if before.year == first else {same: number for number, same in pairs.items()}


def _texts(sheet: StatusSheet) -> list[Text]:
    return [Text("", "年度", str(sheet.year)), *(Text("", "注記", note) for note in sheet.notes)]
