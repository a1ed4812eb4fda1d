"""Find what is struck out (見え消し): it does not count, and whoever sent the sheet has to know that."""

from __future__ import annotations

from helpers.sheets.files.grid import STRUCK
from helpers.sheets.finding import quoted
from helpers.sheets.rows.cell_meanings import looks_like_number
from helpers.sheets.rows.header import ITEM, NUMBER, STATUS
from helpers.sheets.rows.layouts.laid_out import ROW
from helpers.sheets.rows.sheet_table import SheetTable


def check(table: SheetTable) -> None:
    """Warn of texts that were read without their struck part; refuse rows of items that are struck out."""
    if any(quirk.kind == STRUCK for quirk in table.grid.quirks.values()):
        _report_struck_parts(table)
        _report_struck_marks(table)
        if table.entry_word == ROW:
            _report_struck_rows(table)


def _report_struck_parts(table: SheetTable) -> None:
    grid = table.grid
    for entry in table.body.entries:
        for row in entry.rows:
            for index in table.header.columns.values():
                text = grid.cell(row, index)
                if text and (struck := _struck(table, row, index)):
                    message = f"取り消し線の{quoted(struck)}を除いて、{quoted(text)}と読みました。違う場合は入力し直してください"
                    table.warn("struck_part", message, grid.anchor(row, index))


def _report_struck_marks(table: SheetTable) -> None:
    for entry in table.body.entries:
        for column, status in table.header.marks.items():
            quirk = table.grid.quirks.get((entry.row, column))
            if quirk is not None and quirk.kind == STRUCK:
                message = f"「{status}」の欄の{quoted(quirk.text)}は取り消し線で消されているため、印に数えていません。要らなければ消してください"
                table.warn("struck_mark", message, (entry.row, column))


def _report_struck_rows(table: SheetTable) -> None:
    grid, columns = table.grid, table.header.columns
    entries = {row for entry in table.body.entries for row in entry.rows}
    for row in sorted({row for row, _ in grid.quirks} - entries):
        struck = {
            name: _struck(table, row, index) for name, index in columns.items() if grid.begins(row, index)
        }
        if row > table.header.last_row and _is_item(table, struck):
            text = next(text for name in (NUMBER, ITEM, STATUS) if (text := struck.get(name, "")))
            message = f"{quoted(text)}の行は取り消し線で消されているため、読んでいません。要らない行なら削除し、要る行なら取り消し線を外してください"
            table.error("struck_row", message, (row, columns.get(NUMBER, columns[STATUS])))


def _struck(table: SheetTable, row: int, column: int) -> str:
    quirk = table.grid.quirk(table.grid.anchor(row, column))
    return quirk.text.strip() if quirk is not None and quirk.kind == STRUCK else ""


def _is_item(table: SheetTable, struck: dict[str, str]) -> bool:
    """Whether struck texts were an item: its number, its name or its status is among them."""
    words = table.vocabulary
    number, name, status = (struck.get(column, "") for column in (NUMBER, ITEM, STATUS))
    return bool(
        (number and (words.item_of_any_year(number) is not None or looks_like_number(number)))
        or (name and words.item_named(name) is not None)
        or (status and words.status(status) is not None)
    )
