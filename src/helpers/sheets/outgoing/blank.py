"""Make the blank sheet that goes out to the departments: items filled in, statuses to choose from a list."""

from __future__ import annotations

__all__ = ["HOW_TO", "RELATED", "SHEET", "blank_sheet", "last_departments"]

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from helpers.errors import DataError
from helpers.files.xlsx import Xlsx
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.declared.kinds import MEASURE, Value
from helpers.plan.departments import departments_in
from helpers.plan.lineage import carried_on, in_words_of, why_not_compared, without_items
from helpers.sheets.outgoing.declared_entries import (
    declared_how_to,
    declared_rules,
    declared_widths,
    length_rule,
    list_rule,
    measure_rows,
)
from helpers.sheets.outgoing.returns import Share
from helpers.sheets.rows.header import ACTIVITIES, DEPARTMENT, ITEM, NUMBER, POLICY, REMARKS, STATUS
from helpers.text.forms import lines_of

if TYPE_CHECKING:
    from pandas import DataFrame
    from xlsxwriter.worksheet import Worksheet

SHEET, HOW_TO, RELATED = "状況調査", "記入方法", "関係する項目"
_LONGEST_FILL_IN = 2_000
_HEADER_ROW = 3
# The columns that departments fill in, with their widths.
_ENTRIES = {STATUS: 13, ACTIVITIES: 44, DEPARTMENT: 16, REMARKS: 18}
_HOW_TO = (
    (STATUS, "{}末の状況を、下の一覧から一つ選んでください（必須）。"),
    (ACTIVITIES, "その年度に行ったことを1〜3文で書いてください。報告書にそのまま載ります。"),
    (DEPARTMENT, "取りまとめる課の名前を書いてください。"),
    (REMARKS, "補足や連絡があれば書いてください。"),
    ("使えない文字", "絵文字と外字は報告書で表示できません。別の文字に置き換えてください。"),
    (
        "表の形",
        "行や列の追加、削除、結合はしないでください。項目が変わる場合は取りまとめ担当に知らせてください。",
    ),
)
_CREATED = datetime(2000, 1, 1)  # fixed, so that the same plan gives the same bytes
# Departments may widen columns and rows and add notes, but change no cell that is not theirs.
_ALLOWED = {"objects": True, "scenarios": True, "format_columns": True, "format_rows": True}
_BOX = {"border": 1, "border_color": "#8C96A0"}
_HEADING = {"bold": True, "font_color": "#1F2933"}
_TITLE = _HEADING | {"font_size": 14}
_CELL = _BOX | {"align": "center", "valign": "vcenter", "text_wrap": True}
_HEADER = _CELL | _HEADING | {"bg_color": "#DCE6F1"}
_ENTRY = {"bg_color": "#FFF9E5", "locked": False}
_TOP = {"text_wrap": True, "valign": "top"}


def blank_sheet(
    plan: Plan,
    year: FiscalYear,
    last_year: DataFrame | None = None,
    share: Share | None = None,
    last_values: Iterable[Value] = (),
) -> bytes:
    """Make the xlsx to send out for a fiscal year: what a department fills in reads back without a finding.

    ``last_year``: the tidy frame of the year before (``StatusSheet.statuses``). Where an item carries on one of that
    year, last year's status stands in a column of its own, in this year's words, and the department is filled in. The
    column is left out where no item does, where the frame is None or of totals only, and where the two years are not
    compared. ``share``: the items of the one department that the sheet is for; all items by default. ``last_values``: last
    year's declared values; an item has a row for each indicator that it had then, and at least those of the plan's setting.

    Raises:
        DataError: the plan has no items in that year.
    """
    plan = plan.at(year)
    items = plan.items_in(year)
    if share is not None:
        items = tuple(item for item in items if item.number in share.numbers)
    if not items:
        raise DataError(without_items(plan, year))
    before = _last_years(plan, year, last_year)
    columns = {NUMBER: 8, **({POLICY: 20} if plan.policies else {}), ITEM: 30}
    # A heading that names another year is not read as this year's status when the sheet comes back.
    beside = f"{year.previous}\n{STATUS}"
    if before and not why_not_compared(plan, year):
        columns[beside] = 13
    columns |= _ENTRIES | declared_widths(plan)
    # Each column that is filled in, and whether it is one of indicators, which an item may have several of.
    entries = dict.fromkeys(_ENTRIES, False) | {
        each.heading: each.kind == MEASURE for each in plan.declared.columns
    }
    xlsx = Xlsx(_CREATED, title=f"{plan.municipality} {year} 実施状況調査", author=plan.municipality)
    sheet = xlsx.add_sheet(SHEET, columns.values(), is_wide=True)
    xlsx.put(
        sheet, 0, 0, f"{plan.implementation_plan(year).title} {year} 実施状況調査{_addressed(share)}", _TITLE
    )
    xlsx.put(sheet, 1, 0, f"色の付いた欄に記入してください。書き方は「{HOW_TO}」のシートにあります。", {})
    for index, name in enumerate(columns):
        xlsx.put(sheet, _HEADER_ROW, index, name, _HEADER)
    sheet.set_row(_HEADER_ROW, 32)
    rows, row = measure_rows(plan, last_values, carried_on(plan, year)), _HEADER_ROW + 1
    for item in items:
        record = before.get(item.number, {})
        texts = {
            NUMBER: item.number,
            POLICY: item.policy.label,
            ITEM: item.name,
            beside: record.get("status", ""),
            DEPARTMENT: _today(record.get("department", ""), plan),
        }
        _write_item(
            xlsx, sheet, row, columns, texts, rows[item.number], entries, centred=(NUMBER, beside, STATUS)
        )
        row += len(rows[item.number])
    last_row = row - 1
    for name, rule in (*_entry_rules(_write_how_to(xlsx, plan, year)), *declared_rules(plan)):
        index = list(columns).index(name)
        sheet.data_validation(_HEADER_ROW + 1, index, last_row, index, rule)
    if share is not None and share.related:
        _list_related(xlsx, plan, year, share)
    sheet.protect("", _ALLOWED)
    sheet.freeze_panes(_HEADER_ROW + 1, list(columns).index(ITEM) + 1)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.print_area(0, 0, last_row, len(columns) - 1)
    sheet.center_horizontally()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    return xlsx.to_bytes()


def last_departments(plan: Plan, year: FiscalYear, last_year: DataFrame | None) -> dict[str, str]:
    """The departments in last year's sheet, by the number of each item that continues an item of last year."""
    return {
        number: record["department"] for number, record in _last_years(plan.at(year), year, last_year).items()
    }


def _addressed(share: Share | None) -> str:
    return f"（{share.department}）" if share is not None else ""


def _today(written: str, plan: Plan) -> str:
    """The departments of a cell under their present names; the unchanged text where none was renamed."""
    names = departments_in(written, plan.renamed_departments)
    return written if names == departments_in(written) else "、".join(names)


def _list_related(xlsx: Xlsx, plan: Plan, year: FiscalYear, share: Share) -> None:
    """List the items on which another department reports; without a column of statuses nobody takes it for the table."""
    sheet = xlsx.add_sheet(RELATED, (8, 40, 24), is_wide=True)
    text = f"{share.department}が関係する項目です。取りまとめる課が回答するので、記入は要りません。"
    xlsx.put(sheet, 0, 0, text, _TITLE)
    for column, name in enumerate((NUMBER, ITEM, "取りまとめる課")):
        xlsx.put(sheet, 2, column, name, _HEADER)
    names = {item.number: item.name for item in plan.items_in(year)}
    for row, (number, lead) in enumerate(share.related, start=3):
        for column, value in enumerate((number, names[number], lead)):
            xlsx.put(sheet, row, column, value, _BOX | _TOP)
    sheet.protect("", _ALLOWED)


def _last_years(plan: Plan, year: FiscalYear, last_year: DataFrame | None) -> dict[str, Mapping[str, str]]:
    """Last year's record in this year's words, by the number of each item that continues an item of last year."""
    if last_year is None:
        return {}
    frame = in_words_of(last_year, plan, year.previous, year)
    records = {
        str(record["number"]): {str(key): str(value) for key, value in record.items()}
        for record in frame.to_dict("records")
    }
    return {number: records[old] for number, old in carried_on(plan, year).items() if old in records}


def _write_item(
    xlsx: Xlsx,
    sheet: Worksheet,
    row: int,
    columns: Mapping[str, int],
    texts: Mapping[str, str],
    of_rows: Sequence[Mapping[str, str]],
    entries: Mapping[str, bool],
    centred: tuple[str, ...],
) -> None:
    """Write the rows of an item; a cell that is not of an indicator holds for all of them."""
    for index, name in enumerate(columns):
        look = _CELL | {"num_format": "@", "align": "center" if name in centred else "left"}
        look = look | _ENTRY if name in entries else look
        if entries.get(name):
            for below, filled_in in enumerate(of_rows):
                xlsx.put(sheet, row + below, index, filled_in.get(name, ""), look)
        else:
            xlsx.put(sheet, row, index, texts.get(name, ""), look, rows=len(of_rows))
    lines = max(lines_of(texts.get(name, ""), width - 1) for name, width in columns.items())
    for below in range(len(of_rows)):
        sheet.set_row(row + below, 16 * max(2, -(-lines // len(of_rows))) + 4)


def _entry_rules(choices: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Let a status be chosen from a list only, and bound the length of other texts."""
    for name in _ENTRIES:
        if name == STATUS:
            hint = {"input_title": STATUS, "input_message": "一覧から選んでください。"}
            yield name, list_rule(name, choices, "一覧にある実施状況から選んでください。") | hint
        else:
            yield name, length_rule(name, _LONGEST_FILL_IN)


def _write_how_to(xlsx: Xlsx, plan: Plan, year: FiscalYear) -> str:
    """Write the how-to page; returns the formula for the statuses in its list."""
    sheet = xlsx.add_sheet(HOW_TO, (24, 70), is_wide=True)
    xlsx.put(sheet, 0, 0, f"{year} 実施状況調査の書き方", _TITLE)
    how_to = [(name, text.format(year)) for name, text in _HOW_TO]
    how_to[len(_ENTRIES) : len(_ENTRIES)] = declared_how_to(plan)
    for row, (name, text) in enumerate(how_to, start=2):
        xlsx.put(sheet, row, 0, name, _TOP | _HEADING)
        xlsx.put(sheet, row, 1, text, _TOP)
        sheet.set_row(row, 32)
    heading = len(how_to) + 3
    xlsx.put(sheet, heading, 0, f"{STATUS}の一覧", _HEADING)
    for row, name in enumerate(plan.status_names, start=heading + 1):
        xlsx.put(sheet, row, 0, name, _BOX)
    sheet.protect("", _ALLOWED)
    first = heading + 2
    return f"='{HOW_TO}'!$A${first}:$A${first + len(plan.status_names) - 1}"
