"""Find hidden, merged or struck-out cells, which readers of the sheet overlook, and characters that the report cannot print."""

from __future__ import annotations

__all__ = ["check"]

from collections.abc import Iterator
from string import ascii_uppercase

from helpers.plan.declared.kinds import FIELD
from helpers.sheets.checks.characters import GAIJI, describe, unprintable
from helpers.sheets.files.grid import STRUCK
from helpers.sheets.finding import Position
from helpers.sheets.rows.cell_meanings import looks_like_number
from helpers.sheets.rows.header import ITEM, NUMBER, STATUS
from helpers.sheets.rows.layouts.laid_out import COLUMN, ROW
from helpers.sheets.rows.sheet_table import SheetTable
from helpers.sheets.rows.table_body import FREE_TEXTS
from helpers.text.forms import quoted

_MOST_NAMED = 3


def check(table: SheetTable) -> None:
    """Find hidden rows and columns, merged statuses, texts that are not read or struck out, odd characters."""
    _report_hidden(table)
    _report_merged_statuses(table)
    _report_loose_text(table)
    _report_characters(table)
    _report_numbers_of_statuses(table)
    if table.grid.ruled:
        _report_ruled(table)
    if any(quirk.kind == STRUCK for quirk in table.grid.quirks.values()):
        _report_struck_parts(table)
        _report_struck_marks(table)
        if table.entry_word == ROW:
            _report_struck_rows(table)


def _report_numbers_of_statuses(table: SheetTable) -> None:
    """Warn of a status whose number stands before another status elsewhere: ①実施 and ①一部実施."""
    first: dict[str, tuple[str, Position]] = {}
    for entry, status in zip(table.body.entries, table.statuses, strict=False):  # totals have no statuses
        text, at = table.written(entry, STATUS), table.at(entry, STATUS)
        number = table.vocabulary.written.number_before(text) if status else ""
        if not number or not status:
            continue
        other, where = first.setdefault(number, (status, at))
        if other != status:
            message = (
                f"実施状況{quoted(text)}を「{status}」と読みましたが、同じ番号が{table.grid.address(where)}では「{other}」に付いています。"
                "番号と区分のどちらが正しいか確かめてください"
            )
            table.warn("numbered_status", message, at)
            return


def _report_characters(table: SheetTable) -> None:
    for at, text, is_printed in _texts(table):
        # Numbers, names and statuses are printed as the plan writes them; in those only gaiji are a defect.
        unseen = [(char, kind) for char, kind in unprintable(text) if is_printed or kind == GAIJI]
        if unseen:
            names = "、".join(describe(char, kind) for char, kind in unseen[:_MOST_NAMED])
            more = f"、ほか{len(unseen) - _MOST_NAMED}字" if len(unseen) > _MOST_NAMED else ""
            message = f"報告書の書体で表示できない文字があります: {names}{more}。別の文字に書き換えてください"
            table.error("character", message, at)


def _texts(table: SheetTable) -> Iterator[tuple[Position, str, bool]]:
    """Every text that was read, with its cell and whether the report prints it unchanged."""
    printed = {*FREE_TEXTS, *(column.heading for column in table.vocabulary.plan.declared.columns)}
    for row, column, note in table.body.notes:
        yield (row, column), note, True
    for entry in table.body.entries:
        for row in entry.rows:
            for name, index in table.header.columns.items():
                if table.grid.begins(row, index):
                    yield (row, index), table.grid.cell(row, index), name in printed


def _report_hidden(table: SheetTable) -> None:
    grid, header = table.grid, table.header
    hidden = [row for entry in table.body.entries for row in entry.rows if row in grid.hidden_rows]
    key = header.columns.get(NUMBER, header.columns[STATUS])
    for ends in _runs(hidden):
        cells = [grid.address((row, key)) for row in ends]
        if table.entry_word == COLUMN:
            word, names = "列", dict.fromkeys(cell.rstrip("0123456789") for cell in cells)
        else:
            word, names = "行", dict.fromkeys(cell.lstrip(ascii_uppercase) for cell in cells)
        rows = "〜".join(names) + (f"{word}目" if word == "行" else word)
        message = f"{rows}は非表示ですが、読み取りました。要らない{word}なら削除してください"
        table.warn("hidden_row", message, (ends[0], key))
    for column, index in header.columns.items():
        if index in grid.hidden_columns:
            message = f"「{column}」の列は非表示ですが、読み取りました。確かめてから表示してください"
            table.warn("hidden_column", message, (header.last_row, index))


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive rows: [3, 4, 7] => (3, 4), (7, 7)."""
    start = 0
    for index, row in enumerate(rows):
        if index + 1 == len(rows) or rows[index + 1] != row + 1:
            yield rows[start], row
            start = index + 1


def _report_merged_statuses(table: SheetTable) -> None:
    grid, index = table.grid, table.header.columns[STATUS]
    shared: dict[Position, list[int]] = {}
    for entry in table.body.entries:
        shared.setdefault(grid.anchor(entry.row, index), []).append(entry.row)
    for at, rows in shared.items():
        if len(rows) > 1:
            area = f"{grid.address(at)}〜{grid.address((rows[-1], index))}"
            message = f"実施状況のセル（{area}）が結合されているため、{len(rows)}行とも{quoted(grid.cell(*at))}と読みました"
            table.warn("merged_status", message, at)


def _report_loose_text(table: SheetTable) -> None:
    grid, body = table.grid, table.body
    last = body.entries[-1].row if body.entries else -1
    for row in body.loose:
        # Under the last item stand footnotes; amounts are none.
        column = _declared_amount(table, row)
        if column is not None:
            message = f"番号も実施状況もない行に{quoted(grid.cell(row, column), 20)}があり、どの項目の値か分かりません。項目の行に移すか、要らなければ消してください"
            table.error("loose_value", message, (row, column))
        elif row < last:
            column = next(column for column in range(len(grid.rows[row])) if grid.cell(row, column))
            text = quoted(grid.cell(row, column), 20)
            message = f"番号も実施状況もない行のため、{text}を読んでいません。前の行に続く文なら前の行に移してください"
            table.warn("loose_text", message, (row, column))


def _declared_amount(table: SheetTable, row: int) -> int | None:
    """The first column of a row in which a declared amount, judgement or count of votes begins."""
    for each in table.vocabulary.plan.declared.columns:
        column = table.header.columns.get(each.heading)
        is_amount = each.kind != FIELD and column is not None and table.grid.begins(row, column)
        if is_amount and column is not None and table.grid.cell(row, column):
            return column
    return None


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


def _report_ruled(table: SheetTable) -> None:
    """Warn once for a table of texts that a conditional format strikes out or shows otherwise if its condition holds."""
    grid, header = table.grid, table.header
    columns = sorted({*header.columns.values(), *header.marks})
    cells = ((row, column) for entry in table.body.entries for row in entry.rows for column in columns)
    doubtful = [at for at in cells if grid.raw(*at).strip() and _is_ruled(table, at)]
    if doubtful:
        message = (
            f"条件付き書式で取り消し線が付くか、表示が変わることのあるセルが{len(doubtful)}セルあります（{grid.address(doubtful[0])}など）。"
            "条件は調べず、その書式がないものとして読みました。消したものや表示だけを変えたものは、セルの文字そのものを直してください"
        )
        table.warn("conditional_format", message, doubtful[0])


def _is_ruled(table: SheetTable, at: Position) -> bool:
    row, column = table.grid.places.get(at, at)
    return any(
        top <= row <= bottom and left <= column <= right for top, left, bottom, right in table.grid.ruled
    )
