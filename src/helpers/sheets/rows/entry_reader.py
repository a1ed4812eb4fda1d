"""Read the cells of one entry: merged cells, 〃, formulas without a result, dashes for nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.sheets.files.grid import Grid
from helpers.sheets.finding_log import FindingLog, Place
from helpers.sheets.rows.cell_meanings import is_dash, is_ditto
from helpers.sheets.rows.header import Header
from helpers.sheets.rows.table_body import Entry

_ERROR_VALUES = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


@dataclass
class EntryReader:
    """Reads the texts of entries, from the first to the last, so that 〃 can mean the one above."""

    grid: Grid
    header: Header
    log: FindingLog
    _above: dict[str, str] = field(default_factory=dict)

    def place(self, entry: Entry, column: str) -> Place:
        return self.grid.anchor(entry.row, self.header.columns[column])

    def text(self, entry: Entry, column: str) -> str:
        """The text of a column; a formula without a result or with an error value is a finding and reads as ""."""
        if column not in self.header.columns:
            return ""
        place = self.place(entry, column)
        text = self.grid.cell(entry.row, self.header.columns[column])
        if place in self.grid.uncached:
            message = f"{column}の数式に計算結果が保存されていません。Excelで開いて上書き保存するか、値として貼り付けてください"
            self.log.error("no_cached_value", message, self.grid, place)
            return ""
        if text in _ERROR_VALUES:
            message = f"{column}の数式の結果がエラー（{text}）です。数式を直すか、値を入力してください"
            self.log.error("error_value", message, self.grid, place)
            return ""
        return text

    def is_broken(self, entry: Entry, column: str) -> bool:
        """Whether ``text`` has already said why a cell is empty."""
        text = self.grid.cell(entry.row, self.header.columns[column])
        return self.place(entry, column) in self.grid.uncached or text in _ERROR_VALUES

    def free_text(self, entry: Entry, column: str) -> str:
        text = self.resolve_ditto(column, self.text(entry, column))
        if column in self.header.columns:
            index = self.header.columns[column]
            more = [self.grid.cell(row, index) for row in entry.rows[1:] if self.grid.begins(row, index)]
            text = "\n".join(part for part in (text, *more) if part)
        return "" if is_dash(text) else text

    def resolve_ditto(self, column: str, text: str) -> str:
        """Read 〃 and 同上 as the text above."""
        if text and is_ditto(text):
            return self._above.get(column, "")
        self._above[column] = text
        return text
