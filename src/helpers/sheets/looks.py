"""What the look of a sheet hides or cannot show: hidden rows and columns, merged statuses, odd characters."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.sheets.body import FREE_TEXTS, Body
from helpers.sheets.characters import GAIJI, describe, unprintable
from helpers.sheets.finding import quoted
from helpers.sheets.grid import Grid, address
from helpers.sheets.header import NUMBER, STATUS, Header
from helpers.sheets.log import FindingLog, Place
from helpers.sheets.sheet_table import SheetTable

_MOST_NAMED = 3


def check_looks(table: SheetTable) -> None:
    """Say what a reader of the sheet would not see, and what the report could not print."""
    grid, header, body, log = table.grid, table.header, table.body, table.log
    _report_hidden(grid, header, body, log)
    _report_merged_statuses(grid, header, body, log)
    _report_loose_text(grid, body, log)
    for place, text, is_printed in _texts(grid, header, body):
        # Numbers, names and statuses are printed as the plan writes them; only gaiji hide what they mean.
        found = [(char, kind) for char, kind in unprintable(text) if is_printed or kind == GAIJI]
        if found:
            names = "、".join(describe(char, kind) for char, kind in found[:_MOST_NAMED])
            more = f"、ほか{len(found) - _MOST_NAMED}字" if len(found) > _MOST_NAMED else ""
            message = f"報告書の書体で表示できない文字があります: {names}{more}。別の文字に書き換えてください"
            log.error("character", message, grid, place)


def _texts(grid: Grid, header: Header, body: Body) -> Iterator[tuple[Place, str, bool]]:
    """Every text that was read, with its place and whether the report prints it as it is."""
    for row, column, note in body.notes:
        yield (row, column), note, True
    for entry in body.entries:
        for row in entry.rows:
            for name, index in header.columns.items():
                if grid.begins(row, index):
                    yield (row, index), grid.cell(row, index), name in FREE_TEXTS


def _report_hidden(grid: Grid, header: Header, body: Body, log: FindingLog) -> None:
    hidden = [row for entry in body.entries for row in entry.rows if row in grid.hidden_rows]
    for first, last in _runs(hidden):
        rows = f"{first + 1}行目" if first == last else f"{first + 1}〜{last + 1}行目"
        message = f"{rows}は非表示ですが、読み取りました。要らない行なら削除してください"
        log.warn("hidden_row", message, grid, (first, header.columns.get(NUMBER, header.columns[STATUS])))
    for column, index in header.columns.items():
        if index in grid.hidden_columns:
            message = f"「{column}」の列は非表示ですが、読み取りました。確かめてから表示してください"
            log.warn("hidden_column", message, grid, (header.last_row, index))


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive rows: [3, 4, 7] => (3, 4), (7, 7)."""
    start = 0
    for index, row in enumerate(rows):
        if index + 1 == len(rows) or rows[index + 1] != row + 1:
            yield rows[start], row
            start = index + 1


def _report_merged_statuses(grid: Grid, header: Header, body: Body, log: FindingLog) -> None:
    index = header.columns[STATUS]
    shared: dict[Place, list[int]] = {}
    for entry in body.entries:
        shared.setdefault(grid.anchor(entry.row, index), []).append(entry.row)
    for place, rows in shared.items():
        if len(rows) > 1:
            area = f"{address(*place)}〜{address(rows[-1], index)}"
            message = f"実施状況のセル（{area}）が結合されているため、{len(rows)}行とも{quoted(grid.cell(*place))}と読みました"
            log.warn("merged_status", message, grid, place)


def _report_loose_text(grid: Grid, body: Body, log: FindingLog) -> None:
    last = body.entries[-1].row if body.entries else -1
    for row in body.loose:
        if row < last:
            column = next(column for column in range(len(grid.rows[row])) if grid.cell(row, column))
            text = quoted(grid.cell(row, column), 20)
            message = f"番号も実施状況もない行のため、{text}を読んでいません。前の行に続く文なら前の行に移してください"
            log.warn("loose_text", message, grid, (row, column))
