"""The table of a sheet: its header and rows, the texts of its entries, and the findings that checks add."""

from __future__ import annotations

__all__ = ["Place", "Record", "SheetTable"]

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from helpers.sheets.files.grid import BLANKED, STRUCK, UNSHOWN, Grid, is_error_value, is_picture
from helpers.sheets.finding import FindingLog, Position
from helpers.sheets.rows.cell_meanings import Vocabulary, is_dash, is_ditto
from helpers.sheets.rows.header import ITEM, NUMBER, STATUS, Header
from helpers.sheets.rows.layouts.laid_out import ROW
from helpers.sheets.rows.table_body import Body, Entry
from helpers.text.forms import quoted, visible

# Spreadsheet programs export this for a number that its column is too narrow to show.
_TOO_NARROW = re.compile("[#＃]{2,}")
_NEEDED = (NUMBER, ITEM, STATUS)
# The first characters of an error, of a number that did not fit, of a picture: few texts begin so.
_SUSPICIOUS = frozenset("#＃E[=")


@dataclass(frozen=True)
class _UnreadCell:
    """A finding about a cell; a warning where the report can do without the text."""

    code: str
    message: str
    is_error: bool = True


def _why_unread(grid: Grid, at: Position, column: str) -> _UnreadCell | None:
    """Say why the first cell of a merged range, or a single one, has no text to read; None where it has, or is empty."""
    text, quirk = grid.cell(*at), grid.quirk(at)
    is_needed = column in _NEEDED
    if (unclear := grid.unclear.get(at)) is not None:
        return _UnreadCell(unclear.code, unclear.message)
    if at in grid.uncached:
        remedy = "Excelで開いて上書き保存するか、値として貼り付けてください"
        return _UnreadCell("no_cached_value", f"{column}の数式に計算結果が保存されていません。{remedy}")
    is_suspicious = text[:1] in _SUSPICIOUS
    if is_suspicious and is_error_value(text):
        remedy = "数式を直すか、値を入力してください"
        return _UnreadCell("error_value", f"{column}の数式の結果がエラー（{text}）です。{remedy}")
    if is_suspicious and _TOO_NARROW.fullmatch(text):
        remedy = "表計算ソフトで列の幅を広げて保存し直すか、値を入力してください"
        return _UnreadCell(
            "too_narrow",
            f"{column}が{quoted(text)}です。列の幅が足りないまま書き出されたようで、元の値が分かりません。{remedy}",
        )
    if is_suspicious and is_picture(text):
        remedy = "画像は読めないため、文字で入力してください"
        return _UnreadCell("picture", f"{column}のセルの中身が画像です。{remedy}", is_needed)
    if quirk is None:
        return None
    detail = quoted(quirk.text)
    if quirk.kind == UNSHOWN:
        message = f"{column}のセルの値{quoted(text)}が、表示形式{detail}で何と表示されるか分かりません。表示されている文字を入力してください"
        return _UnreadCell("unknown_format", message)
    if quirk.kind == BLANKED:
        message = f"{column}のセルに値{detail}がありますが、表示形式のため何も表示されません。表示形式を直すか、値を消してください"
        return _UnreadCell("hidden_value", message, is_needed)
    if quirk.kind == STRUCK and not text:
        message = f"{column}{detail}は取り消し線で消されているため、読んでいません。要らなければ削除し、要る場合は取り消し線を外してください"
        return _UnreadCell("struck_out", message, is_needed)
    return None


Record = dict[str, str | int]


@dataclass(frozen=True, eq=False)
class SheetTable:
    """A worksheet with its header and its rows.

    Entries have to be read from the first to the last, because 〃 means the text above.

    ``statuses``: of every entry in order, "" where it is not known, None where it is a repeat that does not count;
    filled in by ``read_items``. ``beside``: every table of the year's sheet, this one included.
    ``entry_word``: what findings call an entry.
    """

    grid: Grid
    header: Header
    vocabulary: Vocabulary
    body: Body
    log: FindingLog
    statuses: list[str | None] = field(default_factory=list)
    beside: Sequence[SheetTable] = ()
    entry_word: str = ROW
    _above: dict[str, str] = field(default_factory=dict)

    @property
    def row_below(self) -> int:
        """The row under the last entry."""
        return (self.body.entries[-1].rows[-1] if self.body.entries else self.header.last_row) + 1

    def error(self, code: str, message: str, at: Position) -> None:
        """Add a finding at a cell; nothing of the year is written then."""
        self.log.error(code, message, self.grid, at)

    def warn(self, code: str, message: str, at: Position) -> None:
        """Add a warning at a cell."""
        self.log.warn(code, message, self.grid, at)

    def at(self, entry: Entry, column: str) -> Position:
        """The cell that holds a column's text in an entry: the first of a merged range."""
        return self.grid.anchor(entry.row, self.header.columns[column])

    def written(self, entry: Entry, column: str) -> str:
        """The text in an entry's first row; "" where the sheet has no such column."""
        return self.grid.cell(entry.row, self.header.columns[column]) if column in self.header.columns else ""

    def text(self, entry: Entry, column: str) -> str:
        """``written``, but an unreadable text is reported as a finding and reads as ""."""
        if column not in self.header.columns:
            return ""
        return self._read(self.at(entry, column), column, self.written(entry, column))

    def is_broken(self, entry: Entry, column: str) -> bool:
        """Whether ``text`` has already said why a cell is empty."""
        if column not in self.header.columns:
            return False
        return _why_unread(self.grid, self.at(entry, column), column) is not None

    def free_text(self, entry: Entry, column: str) -> str:
        """The text of all rows of an entry; 〃 is the text above, and a dash is nothing."""
        written = self.text(entry, column)
        texts = [self.resolve_ditto(column, written)]
        if written and not texts[0]:
            message = f"{column}が{quoted(written)}ですが、上の行に{column}がないため、空として読みました。内容を入力してください"
            self.warn("ditto_of_nothing", message, self.at(entry, column))
        if column in self.header.columns:
            index = self.header.columns[column]
            below = [row for row in entry.rows[1:] if self.grid.begins(row, index)]
            texts += [self._read((row, index), column, self.grid.cell(row, index)) for row in below]
        text = "\n".join(filter(None, texts))
        return "" if is_dash(text) else text

    def _read(self, at: Position, column: str, text: str) -> str:
        unread = _why_unread(self.grid, at, column)
        if unread is None:
            return text
        say = self.error if unread.is_error else self.warn
        say(unread.code, unread.message, at)
        return ""

    def resolve_ditto(self, column: str, text: str) -> str:
        """Read 〃 and 同上 as the text above."""
        if text and is_ditto(text):
            return self._above.get(column, "")
        self._above[column] = text
        return text


@dataclass(frozen=True)
class Place:
    """The cell of an item's number in a table, and the status of the item there."""

    table: SheetTable
    at: Position
    status: str

    def seen_from(self, table: SheetTable) -> str:
        """Name the cell: 'A3' within its own table, 'R5/総務課.xlsx!Sheet1!A3' as seen from another one."""
        cell = self.table.grid.address(self.at)
        parts = (self.table.log.file, self.table.grid.name, cell)
        return cell if table is self.table else "!".join(visible(part) for part in parts if part)
