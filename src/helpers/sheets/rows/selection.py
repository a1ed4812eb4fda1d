"""Choose the worksheets that hold tables, and report those that were passed over."""

from __future__ import annotations

__all__ = ["Headed", "select", "year_of"]

import re
from collections.abc import Iterable
from pathlib import Path

from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.sheets.files.grid import Grid
from helpers.sheets.finding import FindingLog
from helpers.sheets.rows.cell_meanings import Vocabulary, nearest
from helpers.sheets.rows.header import (
    COUNT,
    NUMBER,
    ROWS_SEARCHED,
    STATUS,
    Header,
    HeaderNames,
    find_header,
    struck_headings,
)
from helpers.sheets.rows.layouts import lay_out
from helpers.sheets.rows.layouts.laid_out import LaidOut
from helpers.sheets.rows.years_in_text import fiscal_years_in, year_of_name
from helpers.text.forms import folded, quoted, variant_folded

_EXAMPLE = re.compile(r"入力例|記入例|記載例|作成例|回答例|見本|サンプル|記入要領|記入方法|手引")

# A worksheet and the row of it that looks most like a header.
Headed = tuple[Grid, Header]


def year_of(path: Path, grids: tuple[Grid, ...], plan: Plan) -> FiscalYear | None:
    """The fiscal year of a file by its name, or else by the titles above its tables."""
    if (year := year_of_name(path.stem)) is not None:
        return year
    # The layouts are told apart by items of any year.
    words, names = Vocabulary(plan, plan.outline.period.first), HeaderNames(plan.column_aliases, None)
    tables = (table for grid in _usable(grids) if (table := lay_out(grid, names, words)) is not None)
    years = {year for table in tables for year in _title_years(table.grid, table.header)}
    return years.pop() if len(years) == 1 else None


def select(
    grids: tuple[Grid, ...], plan: Plan, year: FiscalYear, log: FindingLog, *, is_text: bool
) -> tuple[LaidOut, ...]:
    """Choose the worksheets with a table: all of them, or those of the year; empty, with a finding, where there is none."""
    names, words = HeaderNames(plan.column_aliases, year), Vocabulary(plan, year)
    for grid in grids:
        if grid.is_hidden and any(map(grid.texts, range(len(grid.rows)))):
            message = f"シート{quoted(grid.name)}は非表示のため読んでいません。要る場合は表示して保存し直してください"
            log.warn("hidden_sheet", message, grid)
    usable = _usable(grids)
    tables = [table for grid in usable if (table := lay_out(grid, names, words)) is not None]
    if is_text:
        tables = tables[:1]
    elif len(tables) > 1:
        tables = _of_year(tables, year) or tables
    for table in tables:
        if table.others:
            titles = "、".join(f"「{title}」" for title in table.others)
            message = f"どの形の表か決められません（{titles}のどれとしても読めます）。plan.toml の [layout] の kind で指定してください"
            at = (table.header.first_row, min(table.header.columns.values()))
            log.error("two_layouts", message, table.grid, at)
    if not tables and not _report_examples(grids, names, log):
        _report_no_header(_headed(usable, names), usable, names, log)
    return tuple(tables)


def _headed(grids: Iterable[Grid], names: HeaderNames) -> list[Headed]:
    """The worksheets in which any known column stands, each with its header."""
    return [(grid, header) for grid in grids if (header := find_header(grid, names)) is not None]


def _usable(grids: tuple[Grid, ...]) -> list[Grid]:
    return [grid for grid in grids if not grid.is_hidden and not _EXAMPLE.search(folded(grid.name))]


def _of_year(sheets: list[LaidOut], year: FiscalYear) -> list[LaidOut]:
    """The worksheets that say they are of the year, if all others say they are of another year."""
    years = [
        {named} if (named := year_of_name(table.grid.name)) else _title_years(table.grid, table.header)
        for table in sheets
    ]
    return [sheet for sheet, of in zip(sheets, years, strict=True) if year in of] if all(years) else []


def _title_years(grid: Grid, header: Header) -> set[FiscalYear]:
    titles = (text for row in range(header.first_row) for text in grid.texts(row) if not text.startswith("※"))
    return {year for text in titles for year in fiscal_years_in(text)}


def _report_examples(grids: tuple[Grid, ...], names: HeaderNames, log: FindingLog) -> bool:
    """Whether only worksheets named as examples have a header; each is a finding, as a department may have filled it in."""
    examples = [grid for grid in grids if _EXAMPLE.search(folded(grid.name))]
    complete = [(grid, header) for grid, header in _headed(examples, names) if header.is_complete]
    for grid, header in complete:
        message = f"シート{quoted(grid.name)}は例とみて読んでいません。これを提出する場合はシートの名前を変えてください"
        log.error("example_only", message, grid, (header.first_row, min(header.columns.values())))
    return bool(complete)


def _report_no_header(headed: list[Headed], usable: list[Grid], names: HeaderNames, log: FindingLog) -> None:
    for grid, header in headed:
        for other in header.of_other_years:
            if NUMBER in header.columns and (names.read(other.text) or ("",))[0] == STATUS:
                message = f"列見出し{quoted(other.text)}は{names.year}のものではありません。{names.year}の状況調査を置いてください"
                log.error("wrong_year", message, grid, (other.row, other.index))
                return
    best = max(headed, key=lambda pair: len(pair[1].columns), default=None)
    if best is None or len(best[1].columns) < 2:
        if _report_uncut_header(usable, names, log):
            return
        where = usable[0] if len(usable) == 1 else None
        message = f"見出しの行が見つかりません。「{NUMBER}」と「{STATUS}」の列見出しがある行を置いてください"
        log.error("no_header", message, where, (0, 0) if where else None)
        return
    grid, header = best
    for column in (NUMBER, STATUS):
        if column not in header.columns and not (column == NUMBER and COUNT in header.columns):
            _report_missing_column(grid, header, column, names, log)


def _report_uncut_header(grids: Iterable[Grid], names: HeaderNames, log: FindingLog) -> bool:
    """Whether a header stands in one cell, its names parted by blanks or other signs; a finding says so."""
    for grid in grids:
        for row in range(min(len(grid.rows), ROWS_SEARCHED)):
            words = re.split(r"\\t|[\W_]+", texts[0]) if len(texts := grid.texts(row)) == 1 else []
            readings = [reading[0] for word in words if (reading := names.read(word)) is not None]
            if {NUMBER, STATUS} <= set(readings):
                message = (
                    f"列見出し{quoted(texts[0], 30)}が一つのセルに入っていて、列に分かれていません。"
                    "表計算ソフトの「データ」→「区切り位置」などで列に分けて保存し直してください"
                )
                log.error("uncut_header", message, grid, (row, 0))
                return True
    return False


def _report_missing_column(
    grid: Grid, header: Header, column: str, names: HeaderNames, log: FindingLog
) -> None:
    if (struck := struck_headings(grid, header, names).get(column)) is not None:
        message = f"「{column}」の列見出しが取り消し線で消されています。取り消し線を外すか、読む列の見出しを「{column}」にしてください"
        log.error("missing_column", message, grid, struck)
        return
    row = header.last_row
    others = [text for text in grid.texts(row) if names.read(text) is None and len(text) <= 20]
    wanted = [alias for alias in names.all if names.read(alias) == (column, None, False)]
    near = nearest(column, others)
    hint = f"。近い見出し: {near}" if near and nearest(near, names.all) in wanted else ""
    message = f"「{column}」の列がありません{hint}。その列の見出しを「{variant_folded(column)}」にし、列がなければ加えてください"
    places = [at for at in range(len(grid.rows[row])) if hint and grid.heading(row, at) == near]
    log.error("missing_column", message, grid, (row, min(places or header.columns.values())))
