"""The blank sheet that goes out to the departments: items filled in, statuses to choose from a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.errors import DataError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Item, Plan
from helpers.plan.lineage import carried_on, in_words_of, why_not_compared
from helpers.sheets.header import ACTIVITIES, DEPARTMENT, ITEM, NUMBER, POLICY, REMARKS, STATUS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from pandas import DataFrame

SHEET, HOW_TO = "状況調査", "記入方法"
_LONGEST_FILL_IN = 2_000
_HEADER_FILL, _ENTRY_FILL, _INK = "DCE6F1", "FFF9E5", "1F2933"


@dataclass(frozen=True)
class _Column:
    name: str
    width: float
    is_entry: bool = False


def blank_sheet(plan: Plan, year: FiscalYear, last_year: DataFrame | None = None) -> bytes:
    """Make the xlsx to send out for a fiscal year: what a department fills in reads back without a finding.

    ``last_year``: the tidy frame of the year before (``StatusSheet.statuses``). Where an item carries on one of that
    year, its status stands beside, in this year's words, and its department is filled in. The column is left out
    where no item does, where the frame is None or of totals only, and where the two years are not compared.

    Raises:
        DataError: the plan has no items in that year.
    """
    from openpyxl import Workbook

    from helpers.sheets.workbooks import workbook_bytes

    plan = plan.at(year)
    items = plan.items_in(year)
    if not items:
        raise DataError(f"{year}の推進項目がありません。items.csv の開始年度と終了年度を確かめてください")
    before = _last_years(plan, year, last_year)
    columns = _columns(year, has_last_year=bool(before) and not why_not_compared(plan, year))
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    how_to = workbook.create_sheet(HOW_TO)
    first_choice = _write_how_to(how_to, plan, year)
    header_row = _write_titles(sheet, plan, year, columns)
    for row, item in enumerate(items, start=header_row + 1):
        _write_item(sheet, row, item, columns, before.get(item.number, {}))
    last_row = header_row + len(items)
    choices = f"'{HOW_TO}'!$A${first_choice}:$A${first_choice + len(plan.statuses) - 1}"
    _add_choices(sheet, columns, header_row + 1, last_row, choices)
    _protect(sheet)
    _protect(how_to)
    _set_up_print(sheet, header_row, last_row, len(columns))
    workbook.properties.title = f"{plan.municipality} {year} 実施状況調査"
    workbook.properties.creator = plan.municipality
    return workbook_bytes(workbook)


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


def _write_titles(sheet: Worksheet, plan: Plan, year: FiscalYear, columns: tuple[_Column, ...]) -> int:
    from openpyxl.styles import Alignment, Font, PatternFill

    from helpers.sheets.workbooks import BOX, put_text

    put_text(sheet["A1"], f"{plan.implementation_plan(year).title} {year} 実施状況調査")
    sheet["A1"].font = Font(bold=True, size=14, color=_INK)
    put_text(sheet["A2"], f"色の付いた欄に記入してください。書き方は「{HOW_TO}」のシートにあります。")
    header_row = 4
    for index, column in enumerate(columns, start=1):
        cell: Any = sheet.cell(header_row, index)
        put_text(cell, column.name)
        cell.font, cell.border = Font(bold=True, color=_INK), BOX
        cell.fill = PatternFill("solid", fgColor=_HEADER_FILL)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = column.width
    sheet.row_dimensions[header_row].height = 32
    sheet.freeze_panes = f"D{header_row + 1}"
    return header_row


def _write_item(
    sheet: Worksheet, row: int, item: Item, columns: tuple[_Column, ...], before: Mapping[str, str]
) -> None:
    from openpyxl.styles import Alignment, PatternFill, Protection

    from helpers.sheets.workbooks import BOX, put_text, text_lines

    texts = {
        NUMBER: item.number,
        POLICY: item.policy.label,
        ITEM: item.name,
        DEPARTMENT: before.get("department", ""),
    }
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(row, index)
        is_last_year = not column.is_entry and column.name not in texts
        put_text(cell, before.get("status", "") if is_last_year else texts.get(column.name, ""))
        cell.number_format = "@"
        cell.border = BOX
        is_centred = is_last_year or column.name in (NUMBER, STATUS)
        cell.alignment = Alignment(
            horizontal="center" if is_centred else "left", vertical="center", wrap_text=True
        )
        if column.is_entry:
            cell.fill = PatternFill("solid", fgColor=_ENTRY_FILL)
            cell.protection = Protection(locked=False)
    lines = max(text_lines(texts.get(column.name, ""), column.width) for column in columns)
    sheet.row_dimensions[row].height = 16 * max(2, lines) + 4


def _add_choices(
    sheet: Worksheet, columns: tuple[_Column, ...], first_row: int, last_row: int, choices: str
) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for index, column in enumerate(columns, start=1):
        area = f"{get_column_letter(index)}{first_row}:{get_column_letter(index)}{last_row}"
        if column.name == STATUS:
            rule = DataValidation(type="list", formula1=choices, allow_blank=True, showDropDown=False)
            rule.error, rule.errorTitle = "一覧にある実施状況から選んでください。", STATUS
            rule.prompt, rule.promptTitle = "一覧から選んでください。", STATUS
        elif column.is_entry:
            rule = DataValidation(
                type="textLength",
                operator="lessThanOrEqual",
                formula1=str(_LONGEST_FILL_IN),
                allow_blank=True,
            )
            rule.error, rule.errorTitle = f"{_LONGEST_FILL_IN:,}字までで書いてください。", column.name
        else:
            continue
        rule.showErrorMessage, rule.showInputMessage = True, column.name == STATUS
        rule.add(area)
        sheet.add_data_validation(rule)


def _write_how_to(sheet: Worksheet, plan: Plan, year: FiscalYear) -> int:
    """Write the how-to page; returns the row of the first status in its list."""
    from openpyxl.styles import Alignment, Font

    from helpers.sheets.workbooks import BOX, put_text

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 70
    put_text(sheet["A1"], f"{year} 実施状況調査の書き方")
    sheet["A1"].font = Font(bold=True, size=14, color=_INK)
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
    for row, (name, text) in enumerate(lines, start=3):
        put_text(sheet.cell(row, 1), name)
        put_text(sheet.cell(row, 2), text)
        sheet.cell(row, 1).font = Font(bold=True, color=_INK)
        sheet.cell(row, 1).alignment = sheet.cell(row, 2).alignment = Alignment(
            wrap_text=True, vertical="top"
        )
        sheet.row_dimensions[row].height = 32
    heading = len(lines) + 4
    put_text(sheet.cell(heading, 1), f"{STATUS}の一覧")
    sheet.cell(heading, 1).font = Font(bold=True, color=_INK)
    for row, name in enumerate(plan.status_names, start=heading + 1):
        put_text(sheet.cell(row, 1), name)
        sheet.cell(row, 1).border = BOX
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = _fit_to_page()
    return heading + 1


def _protect(sheet: Worksheet) -> None:
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _fit_to_page() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _set_up_print(sheet: Worksheet, header_row: int, last_row: int, columns: int) -> None:
    from openpyxl.utils import get_column_letter

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = _fit_to_page()
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_area = f"A1:{get_column_letter(columns)}{last_row}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    footer: Any = sheet.oddFooter
    footer.center.text = "&P / &N"
