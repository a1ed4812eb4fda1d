"""Titles that name another year, columns that cannot be told apart, were not read or are declared and missing, units of money."""

from __future__ import annotations

__all__ = ["check", "check_columns"]

import re
from pathlib import PurePosixPath

from helpers.fiscal_year import year_or_none
from helpers.plan.declared.kinds import FIELD, MEASURE, MONEY
from helpers.sheets.files.grid import address
from helpers.sheets.rows.header import NUMBER, POLICY, STATUS, HeaderNames, struck_headings
from helpers.sheets.rows.layouts.laid_out import COLUMN, ROW
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import FREE_TEXTS
from helpers.sheets.rows.years_in_text import fiscal_years_in, short_year_in
from helpers.text.forms import folded, quoted

_OF_ROWS = ("年度", "対象年度", "評価年度")  # headings over the year of each row


def check(table: SheetTable) -> None:
    """Find titles and column headings that do not fit the year or the table."""
    _report_ambiguous_columns(table)
    _report_other_statuses(table)
    _report_titles(table)
    _report_names(table)
    names = HeaderNames(table.vocabulary.plan.column_aliases, table.vocabulary.year)
    _report_struck_headings(table, names)
    _report_unread_columns(table, names)
    _report_rows_of_other_years(table)
    _report_policies(table)


def _report_ambiguous_columns(table: SheetTable) -> None:
    for column, (first, *others) in table.header.ambiguous.items():
        for candidate in others:
            message = f"「{column}」の列が二つあります（{quoted(first.text)}と{quoted(candidate.text)}）。どちらかの見出しを変えてください"
            table.error("two_columns", message, (candidate.row, candidate.index))


def _report_other_statuses(table: SheetTable) -> None:
    """Refuse a second column of statuses that differs from the one that was read; warn of other texts in it."""
    grid, index = table.grid, table.header.columns[STATUS]
    read = quoted(grid.heading(table.header.last_row, index))
    for other in table.header.passed_over.get(STATUS, ()):
        pairs = [
            (entry.row, grid.cell(entry.row, index), grid.cell(entry.row, other.index))
            for entry in table.body.entries
        ]
        differing = [
            pair for pair in pairs if pair[2] and _meaning(table, pair[1]) != _meaning(table, pair[2])
        ]
        if not differing:
            continue
        if any(table.vocabulary.status(text) for *_, text in differing):
            row, first, second = differing[0]
            message = (
                f"実施状況の列が二つあり（{read}と{quoted(other.text)}）、{row + 1}行目から内容が違います"
                f"（{address(row, index)}は{quoted(first)}、{address(row, other.index)}は{quoted(second)}）。"
                "実施状況でない列の見出しを変えるか、その列を消してください"
            )
            table.error("two_columns", message, (row, other.index))
        else:
            message = f"{quoted(other.text)}の列は読んでいません（実施状況は{read}の列から読みました）。違う場合は見出しを直してください"
            table.warn("unread_column", message, (other.row, other.index))


def _meaning(table: SheetTable, text: str) -> str:
    return table.vocabulary.status(text) or folded(text)


def _report_names(table: SheetTable) -> None:
    """Warn of a worksheet or file that is named for another year, as where last year's file was filled in or left."""
    this_year = table.vocabulary.year
    names = [("シート", table.grid.name)]
    is_first = next(other for other in table.beside if other.log is table.log) is table
    titles = (text for *_, text in table.body.titles)
    if is_first and not any(this_year in fiscal_years_in(text) for text in titles):
        *folders, file = PurePosixPath(table.log.file).parts
        names += [*(("フォルダー", name) for name in folders), ("ファイル", file)]
    for thing, name in names:
        # An ending would be taken for the day of a date such as R5.4.
        bare = name if thing != "ファイル" else PurePosixPath(name).stem
        year = next(iter(fiscal_years_in(bare)), None) or short_year_in(bare)
        if year not in (None, this_year):
            message = f"{thing}の名前{quoted(name)}は{year}ですが、{this_year}として読みました。中身の年度を確かめて、{thing}の名前を直してください"
            table.log.warn("doubtful_year", message, table.grid)


def _report_titles(table: SheetTable) -> None:
    this_year = table.vocabulary.year
    named = [(row, column, text, fiscal_years_in(text)) for row, column, text in table.body.titles]
    if any(this_year in years for *_, years in named):
        return
    for row, column, text, years in named:
        if years:
            message = f"表題{quoted(text)}は{years[0]}のものです。{this_year}の状況調査を置くか、表題の年度を直してください"
            table.error("wrong_year", message, (row, column))
        elif (other := short_year_in(text)) not in (None, this_year):
            message = f"表題{quoted(text)}は{other}のものかもしれませんが、{this_year}として読みました。表題を確かめてください"
            table.warn("doubtful_year", message, (row, column))


def _report_policies(table: SheetTable) -> None:
    """Warn of policies in the sheet of a plan that has none: they are not read."""
    index = table.header.columns.get(POLICY)
    if index is None or table.vocabulary.plan.policies:
        return
    row = next((entry.row for entry in table.body.entries if table.text(entry, POLICY)), None)
    if row is not None:
        message = (
            f"「{table.grid.heading(table.header.last_row, index)}」の列を読んでいません（{quoted(table.grid.cell(row, index))}）。"
            "plan.toml に基本方針がないためです。基本方針別にも集計するときは、[[policies]] を書いてください"
        )
        table.warn("unread_column", message, (table.header.last_row, index))


def _report_rows_of_other_years(table: SheetTable) -> None:
    """Refuse a table whose column 年度 says that some rows are of another year."""
    grid, year = table.grid, table.vocabulary.year
    unread = set(range(grid.width)) - {*table.header.columns.values()}
    columns = [at for at in sorted(unread) if grid.heading(table.header.last_row, at) in _OF_ROWS]
    for row, column in ((row, at) for entry in table.body.entries for row in entry.rows for at in columns):
        if (other := year_or_none(grid.cell(row, column))) not in (None, year):
            message = f"{other}の行があります。{year}の行だけを残してください（番号と推進項目は各行に入力してください）"
            table.error("wrong_year", message, (row, column))
            return


def _report_struck_headings(table: SheetTable, names: HeaderNames) -> None:
    """Warn of columns that are not read because their headings are struck out."""
    struck = struck_headings(table.grid, table.header, names) if table.entry_word == ROW else {}
    for column, at in struck.items():
        message = f"「{column}」の列見出しが取り消し線で消されているため、この列を読んでいません。要らない列なら削除し、要る列なら取り消し線を外してください"
        table.warn("struck_heading", message, at)


def _report_unread_columns(table: SheetTable, names: HeaderNames) -> None:
    """Warn of columns with texts that were not read: a missing column for texts may be meant, or one to be declared."""
    grid, header = table.grid, table.header
    if header.is_totals_only:
        return
    line = "行" if table.entry_word == COLUMN else "列"
    missing = "、".join(column for column in FREE_TEXTS if column not in header.columns)
    remedy = (
        f"{missing}に当たる{line}なら、見出しをその名前にしてください"
        if missing
        else f"報告書に載せる{line}なら、plan.toml の fields などで宣言してください"
    )
    rows = [row for entry in table.body.entries for row in entry.rows]
    for column in range(grid.width):
        heading = grid.heading(header.last_row, column) or grid.heading(header.first_row, column)
        is_read = column in {*header.columns.values(), *header.marks} or names.read(heading) is not None
        # The marks of another year have the same headings.
        is_read = is_read or (bool(header.marks) and table.vocabulary.status(heading) is not None)
        is_read = (
            is_read
            or heading in _OF_ROWS
            or short_year_in(heading) is not None
            or bool(fiscal_years_in(heading))
        )
        if heading and not is_read and any(grid.cell(row, column) for row in rows):
            message = f"{line}{quoted(heading, 20)}は読んでいません。{remedy}"
            table.warn("unread_column", message, (header.last_row, column))


_OPTIONAL_ROLES = ("unit", "better", "baseline")
# A unit of money as headings and titles say it: '（千円）', '単位：円'.
_UNIT = re.compile(rf"(?:[(\[【〔]|単位[:は]?)({'|'.join(sorted(MONEY, key=len, reverse=True))})")


def check_columns(table: SheetTable) -> None:
    """Refuse a sheet without a column of required texts; warn where another declared column is not there."""
    header, declared = table.header, table.vocabulary.plan.declared
    at = (header.last_row, header.columns.get(NUMBER, 0))
    required = {text.name for text in declared.texts if text.is_required}
    for column in declared.columns:
        if column.heading in header.columns:
            continue
        message = f"「{column.heading}」の列がありません"
        if column.kind == FIELD and column.heading in required:
            table.error("missing_column", f"{message}。列を加えて記入してください", at)
        elif column.kind != FIELD and not (column.kind == MEASURE and column.role in _OPTIONAL_ROLES):
            table.warn("missing_column", f"{message}。この年度の値はないものとして読みました", at)
    _check_units(table)


def _check_units(table: SheetTable) -> None:
    """Refuse amounts under a heading with another unit than the plan's; warn where a title above the table has one."""
    header, grid = table.header, table.grid
    silent = set()
    for effect in table.vocabulary.plan.declared.effects:
        for index in (header.columns[each] for each in effect.columns.values() if each in header.columns):
            heading = grid.heading(header.last_row, index)
            if (said := _UNIT.search(folded(heading))) is None:
                silent.add(effect.unit)
            elif said[1] != effect.unit:
                message = f"列見出し{quoted(heading)}の単位は{said[1]}ですが、plan.toml では{effect.unit}です。{effect.unit}の額を入力して、見出しも直してください"
                table.error("other_unit", message, (header.last_row, index))
    for row, column, title in table.body.titles:
        if silent and (said := _UNIT.search(folded(title))) and said[1] not in silent:
            message = f"{quoted(title)}とありますが、{'、'.join(sorted(silent))}の額として読みました。単位を確かめてください"
            table.warn("other_unit", message, (row, column))
