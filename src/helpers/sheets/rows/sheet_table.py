"""The table of a sheet: its header and rows, the texts of its entries, and the findings that checks add."""

from __future__ import annotations

__all__ = ["Place", "Record", "SheetTable"]

from collections.abc import Sequence
from dataclasses import dataclass, field

from helpers.sheets.files.grid import Grid
from helpers.sheets.finding import quoted, visible
from helpers.sheets.finding_log import FindingLog, Position
from helpers.sheets.rows.cell_meanings import Vocabulary, is_dash, is_ditto
from helpers.sheets.rows.header import Header
from helpers.sheets.rows.layouts.laid_out import ROW
from helpers.sheets.rows.table_body import Body, Entry
from helpers.sheets.rows.unread_cells import why_unread

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
        return why_unread(self.grid, self.at(entry, column), column) is not None

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
        unread = why_unread(self.grid, at, column)
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
