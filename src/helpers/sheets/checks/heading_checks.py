"""Titles that name another year, columns that cannot be told apart, and columns that were not read."""

from __future__ import annotations

from helpers.sheets.finding import quoted
from helpers.sheets.rows.header import HeaderNames
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import FREE_TEXTS
from helpers.sheets.rows.years_in_text import fiscal_years_in, short_year_in


def check(table: SheetTable) -> None:
    """Find titles and column headings that do not fit the year or the table."""
    _report_ambiguous_columns(table)
    _report_titles(table)
    _report_unread_columns(table)


def _report_ambiguous_columns(table: SheetTable) -> None:
    for column, (first, *others) in table.header.ambiguous.items():
        for candidate in others:
            message = f"「{column}」の列が二つあります（{quoted(first.text)}と{quoted(candidate.text)}）。どちらかの見出しを変えてください"
            table.error("two_columns", message, (candidate.row, candidate.index))


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


def _report_unread_columns(table: SheetTable) -> None:
    """Warn of columns with texts that were not read, where a column for texts is missing: one of them may be meant."""
    grid, header = table.grid, table.header
    missing = [column for column in FREE_TEXTS if column not in header.columns]
    if not missing or header.is_totals_only:
        return
    names = HeaderNames(table.vocabulary.plan.column_aliases, table.vocabulary.year)
    rows = [row for entry in table.body.entries for row in entry.rows]
    for column in range(grid.width):
        heading = grid.heading(header.last_row, column) or grid.heading(header.first_row, column)
        is_read = column in header.columns.values() or names.read(heading) is not None
        is_read = is_read or short_year_in(heading) is not None or bool(fiscal_years_in(heading))
        if heading and not is_read and any(grid.cell(row, column) for row in rows):
            message = f"列{quoted(heading, 20)}は読んでいません。{'、'.join(missing)}に当たる列なら、見出しをその名前にしてください"
            table.warn("unread_column", message, (header.last_row, column))
