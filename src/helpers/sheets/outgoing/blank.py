"""The blank sheet that goes out to the departments: items filled in, statuses to choose from a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from helpers.errors import DataError
from helpers.files.xlsx import Xlsx
from helpers.fiscal_year import FiscalYear
from helpers.plan import Item, Plan
from helpers.plan.lineage import carried_on, in_words_of, why_not_compared
from helpers.sheets.rows.header import ACTIVITIES, DEPARTMENT, ITEM, NUMBER, POLICY, REMARKS, STATUS
from helpers.text.forms import lines_of

if TYPE_CHECKING:
    from pandas import DataFrame
    from xlsxwriter.worksheet import Worksheet

SHEET, HOW_TO = "状況調査", "記入方法"
_LONGEST_FILL_IN = 2_000
_HEADER_ROW, _HOW_TO_WIDTHS = 3, (24, 70)
_CREATED = datetime(2000, 1, 1)  # no day in particular: the sheet depends on the plan alone
# Departments may widen columns and rows and add notes, but change no cell that is not theirs.
_ALLOWED = {"objects": True, "scenarios": True, "format_columns": True, "format_rows": True}
_BOX = {"border": 1, "border_color": "#8C96A0"}
_HEADING = {"bold": True, "font_color": "#1F2933"}
_TITLE = _HEADING | {"font_size": 14}
_CELL = _BOX | {"align": "center", "valign": "vcenter", "text_wrap": True}
_HEADER = _CELL | _HEADING | {"bg_color": "#DCE6F1"}
_ENTRY = {"bg_color": "#FFF9E5", "locked": False}
_TOP = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True)
class _Column:
    name: str
    width: int
    is_entry: bool = False


def blank_sheet(plan: Plan, year: FiscalYear, last_year: DataFrame | None = None) -> bytes:
    """Make the xlsx to send out for a fiscal year: what a department fills in reads back without a finding.

    ``last_year``: the tidy frame of the year before (``StatusSheet.statuses``). Where an item carries on one of that
    year, its status stands beside, in this year's words, and its department is filled in. The column is left out
    where no item does, where the frame is None or of totals only, and where the two years are not compared.

    Raises:
        DataError: the plan has no items in that year.
    """
    plan = plan.at(year)
    items = plan.items_in(year)
    if not items:
        raise DataError(f"{year}の推進項目がありません。items.csv の開始年度と終了年度を確かめてください")
    before = _last_years(plan, year, last_year)
    columns = _columns(year, has_last_year=bool(before) and not why_not_compared(plan, year))
    xlsx = Xlsx(_CREATED, title=f"{plan.municipality} {year} 実施状況調査", author=plan.municipality)
    sheet = xlsx.add_sheet(SHEET, [column.width for column in columns], is_wide=True)
    _write_titles(xlsx, sheet, plan, year, columns)
    for row, item in enumerate(items, start=_HEADER_ROW + 1):
        _write_item(xlsx, sheet, row, item, columns, before.get(item.number, {}))
    last_row = _HEADER_ROW + len(items)
    _add_choices(sheet, columns, last_row, _write_how_to(xlsx, plan, year))
    sheet.protect("", _ALLOWED)
    sheet.freeze_panes(_HEADER_ROW + 1, 3)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.print_area(0, 0, last_row, len(columns) - 1)
    sheet.center_horizontally()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    return xlsx.to_bytes()


def _last_years(plan: Plan, year: FiscalYear, last_year: DataFrame | None) -> dict[str, Mapping[str, str]]:
    """Last year's record of the item that each one carries on, by this year's number, in this year's words."""
    if last_year is None:
        return {}
    told = in_words_of(last_year, plan, year.previous, year)
    records = {
        str(record["number"]): {str(key): str(value) for key, value in record.items()}
        for record in told.to_dict("records")
    }
    return {number: records[old] for number, old in carried_on(plan, year).items() if old in records}


def _columns(year: FiscalYear, *, has_last_year: bool) -> tuple[_Column, ...]:
    fixed = (_Column(NUMBER, 8), _Column(POLICY, 20), _Column(ITEM, 30))
    # A heading with another year in it is never taken for this year's status when the sheet comes back.
    beside = (_Column(f"{year.previous}\n{STATUS}", 13),) if has_last_year else ()
    entries = (
        _Column(STATUS, 13, True),
        _Column(ACTIVITIES, 44, True),
        _Column(DEPARTMENT, 16, True),
        _Column(REMARKS, 18, True),
    )
    return fixed + beside + entries


def _write_titles(
    xlsx: Xlsx, sheet: Worksheet, plan: Plan, year: FiscalYear, columns: tuple[_Column, ...]
) -> None:
    xlsx.put(sheet, 0, 0, f"{plan.implementation_plan(year).title} {year} 実施状況調査", _TITLE)
    xlsx.put(sheet, 1, 0, f"色の付いた欄に記入してください。書き方は「{HOW_TO}」のシートにあります。", {})
    for place, column in enumerate(columns):
        xlsx.put(sheet, _HEADER_ROW, place, column.name, _HEADER)
    sheet.set_row(_HEADER_ROW, 32)


def _write_item(
    xlsx: Xlsx,
    sheet: Worksheet,
    row: int,
    item: Item,
    columns: tuple[_Column, ...],
    before: Mapping[str, str],
) -> None:
    texts = {
        NUMBER: item.number,
        POLICY: item.policy.label,
        ITEM: item.name,
        DEPARTMENT: before.get("department", ""),
    }
    for place, column in enumerate(columns):
        is_last_year = not column.is_entry and column.name not in texts
        text = before.get("status", "") if is_last_year else texts.get(column.name, "")
        is_centred = is_last_year or column.name in (NUMBER, STATUS)
        look = _CELL | {"num_format": "@", "align": "center" if is_centred else "left"}
        xlsx.put(sheet, row, place, text, look | _ENTRY if column.is_entry else look)
    lines = max(lines_of(texts.get(column.name, ""), column.width - 1) for column in columns)
    sheet.set_row(row, 16 * max(2, lines) + 4)


def _add_choices(sheet: Worksheet, columns: tuple[_Column, ...], last_row: int, choices: str) -> None:
    chosen = {
        "validate": "list",
        "source": choices,
        "error_title": STATUS,
        "error_message": "一覧にある実施状況から選んでください。",
        "input_title": STATUS,
        "input_message": "一覧から選んでください。",
    }
    for place, column in enumerate(columns):
        written = {
            "validate": "length",
            "criteria": "<=",
            "value": _LONGEST_FILL_IN,
            "error_title": column.name,
            "error_message": f"{_LONGEST_FILL_IN:,}字までで書いてください。",
            "show_input": False,
        }
        if column.is_entry:
            rule = chosen if column.name == STATUS else written
            sheet.data_validation(_HEADER_ROW + 1, place, last_row, place, rule)


def _write_how_to(xlsx: Xlsx, plan: Plan, year: FiscalYear) -> str:
    """Write the how-to page; returns the formula for the statuses in its list."""
    sheet = xlsx.add_sheet(HOW_TO, _HOW_TO_WIDTHS, is_wide=True)
    xlsx.put(sheet, 0, 0, f"{year} 実施状況調査の書き方", _TITLE)
    lines = (
        (STATUS, f"{year}末の状況を、下の一覧から一つ選んでください（必須）。"),
        (ACTIVITIES, "その年度に行ったことを1〜3文で書いてください。報告書にそのまま載ります。"),
        (DEPARTMENT, "取りまとめる課の名前を書いてください。"),
        (REMARKS, "補足や連絡があれば書いてください。"),
        ("使えない文字", "絵文字と外字は報告書で表示できません。別の文字に置き換えてください。"),
        (
            "表の形",
            "行や列の追加、削除、結合はしないでください。項目が変わる場合は取りまとめ担当に知らせてください。",
        ),
    )
    for row, (name, text) in enumerate(lines, start=2):
        xlsx.put(sheet, row, 0, name, _TOP | _HEADING)
        xlsx.put(sheet, row, 1, text, _TOP)
        sheet.set_row(row, 32)
    heading = len(lines) + 3
    xlsx.put(sheet, heading, 0, f"{STATUS}の一覧", _HEADING)
    for row, name in enumerate(plan.status_names, start=heading + 1):
        xlsx.put(sheet, row, 0, name, _BOX)
    sheet.protect("", _ALLOWED)
    first = heading + 2
    return f"='{HOW_TO}'!$A${first}:$A${first + len(plan.status_names) - 1}"
