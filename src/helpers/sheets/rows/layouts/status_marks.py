"""The layout with a row an item and a column a status: a mark in one of the columns says which status it is.

The columns may stand under a head (実施状況) or not. In the table that is made of it the first of them has the status.
"""

from __future__ import annotations

__all__ = ["find"]

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from helpers.fiscal_year import FiscalYear
from helpers.sheets.files.grid import Area, Grid, Unclear, address, is_error_value
from helpers.sheets.rows.cell_meanings import Vocabulary, count_of
from helpers.sheets.rows.header import (
    NUMBER,
    ROWS_SEARCHED,
    STATUS,
    Candidate,
    Header,
    HeaderNames,
    header_at,
    labels_of,
)
from helpers.sheets.rows.layouts.laid_out import LaidOut, with_numbers
from helpers.sheets.rows.layouts.status_marking import marks_of, without_instruction
from helpers.sheets.rows.years_in_text import fiscal_years_in, short_year_in
from helpers.text.forms import quoted, variant_folded


def find(grid: Grid, names: HeaderNames, words: Vocabulary) -> LaidOut | None:
    """Find a header with at least two columns that are called as statuses, and read the marks under them."""
    filled = (row for row in range(len(grid.rows)) if any(grid.rows[row]))
    for row in islice(filled, ROWS_SEARCHED):
        columns = _status_columns(grid, row, words)
        if len(columns) < 2:
            continue
        for first in (row, row - 1, row - 2):
            if first >= 0 and (header := _header(grid, first, row, columns, names, words)) is not None:
                return _MarkReader(grid, header, words).read()
    return None


def _status_columns(grid: Grid, row: int, words: Vocabulary) -> dict[int, str]:
    """The columns whose heading begins in a row, or goes down to it, and is the name of a status."""
    texts = {column: grid.heading(row, column) for column in range(grid.reach(row))}
    statuses = {
        column: words.status(text) or words.status(without_instruction(text))
        for column, text in texts.items()
        if text and grid.anchor(row, column)[1] == column
    }
    return {column: status for column, status in statuses.items() if status is not None}


def _header(
    grid: Grid, first: int, last: int, columns: Mapping[int, str], names: HeaderNames, words: Vocabulary
) -> Header | None:
    """The header in one row or two, if it has the numbers of the items and the status columns of the year."""
    header = with_numbers(grid, header_at(grid, first, last, names), words)
    number = header.columns.get(NUMBER)
    if number is None or number in columns:
        return None
    if first != last:
        heads = [column for column in columns if grid.begins(first, column) and grid.cell(first, column)]
        is_one_cell = grid.anchor(last, number) == grid.anchor(first, number)
        if (not is_one_cell and grid.raw(last, number).strip()) or len(heads) == len(columns):
            return None  # The lower row is the first item.
    over = [row for row in (first, first - 1) if 0 <= row < last]
    marks = _of_year(grid, over, columns, names)
    named: dict[str, list[int]] = {}
    for column, status in marks.items():
        named.setdefault(status, []).append(column)
    if len(named) < 2:
        return None
    twice = {
        status: tuple(Candidate(c, last, grid.heading(last, c), None, False) for c in columns)
        for status, columns in named.items()
        if len(columns) > 1
    }
    ambiguous = {column: rivals for column, rivals in header.ambiguous.items() if column != STATUS} | twice
    header = replace(header, columns={**header.columns, STATUS: min(marks)}, marks=marks, ambiguous=ambiguous)
    return replace(header, labels=labels_of(grid, header))


def _of_year(
    grid: Grid, rows: Iterable[int], columns: Mapping[int, str], names: HeaderNames
) -> dict[int, str]:
    """The columns of the year, where heads in some rows over the columns say different years; all of them otherwise."""
    heads = {column: _year_over(grid, rows, column, columns, names) for column in columns}
    own = {column: status for column, status in columns.items() if heads[column] in (None, names.year)}
    dated = {column: status for column, status in own.items() if heads[column] is not None}
    return dated or own or dict(columns)


def _year_over(
    grid: Grid, rows: Iterable[int], column: int, columns: Mapping[int, str], names: HeaderNames
) -> FiscalYear | str | None:
    """The year that the head over a column says, '' for 前年度; a head goes on over the columns of marks beside it."""
    for row in rows:
        at = column
        while at in columns and not grid.heading(row, at):
            at -= 1
        text = grid.heading(row, at) if at in columns else ""
        if (reading := names.read(text)) is not None and reading[0] == STATUS and (reading[1] or reading[2]):
            return "" if reading[2] else reading[1]
        if year := next(iter(fiscal_years_in(text)), None) or short_year_in(text):
            return year
    return None


class _MarkReader:
    """Reads the marks of a worksheet row by row."""

    def __init__(self, grid: Grid, header: Header, words: Vocabulary) -> None:
        self.grid, self.header = grid, header
        self._words = words
        self._column = header.columns[STATUS]
        rows = [row for row in range(header.last_row + 1, len(grid.rows)) if not self._is_tally(row)]
        texts = (grid.cell(row, column) for row in rows for column in header.marks)
        self._marks, self._no_marks = marks_of(texts, words.plan.layout.marks, len(header.marks))
        self._texts: dict[int, str] = {}
        self._places: dict[tuple[int, int], tuple[int, int]] = {}
        self._unclear: dict[tuple[int, int], Unclear] = {}
        self._uncached: set[tuple[int, int]] = set()
        self._merged: list[Area] = []

    def read(self) -> LaidOut:
        """The worksheet with the status of each row in the first column of marks, or why it cannot be read."""
        grid, column = self.grid, self._column
        for row in range(self.header.last_row + 1, len(grid.rows)):
            if any(grid.rows[row]) and not self._is_tally(row):
                self._read_row(row)
        rows = [
            (*cells[:column], self._texts[row], *cells[column + 1 :]) if row in self._texts else cells
            for row, cells in enumerate(grid.rows)
        ]
        table = replace(
            grid,
            rows=tuple(rows),
            merged=(*grid.merged, *self._merged),
            hidden_columns=grid.hidden_columns
            | ({column} if self.header.marks.keys() & grid.hidden_columns else set()),
            uncached=frozenset(at for at in grid.uncached if at[1] not in self.header.marks) | self._uncached,
            places={**grid.places, **{at: grid.places.get(cell, cell) for at, cell in self._places.items()}},
            unclear=self._unclear,
        )
        return LaidOut(table, self.header)

    def _is_tally(self, row: int) -> bool:
        """Whether a row has counts in place of marks and no number of an item, as totals have."""
        number = self.grid.cell(row, self.header.columns[NUMBER])
        texts = [text for column in self.header.marks if (text := self.grid.cell(row, column))]
        return self._words.item_of_any_year(number) is None and all(
            count_of(text) is not None for text in texts
        )

    def _read_row(self, row: int) -> None:
        here = (row, self._column)
        marked = list(self._marked(row))
        texts = {column: text for column, text, _ in marked}
        heading = self.header.last_row
        if texts.keys() == self.header.marks.keys() and all(
            variant_folded(text) == variant_folded(self.grid.heading(heading, column))
            for column, text in texts.items()
        ):
            return  # The header again.
        first = self._column
        self._texts[row] = "／".join(texts.values())
        if marked:
            self._places[here] = (row, marked[0][0])
        unknown = [(column, text) for column, text, is_mark in marked if not is_mark]
        uncached = [column for column in self.header.marks if (row, column) in self.grid.uncached]
        if across := self._merged_across(row):
            message = (
                f"印のセルが{across}で結合されています。結合を解除し、区分の列の一つに印を付けてください"
            )
            self._refuse(here, "merged_mark", message, (row, first))
        elif uncached:
            self._places[here] = (row, uncached[0])
            self._uncached.add(here)
        elif broken := next((column for column, text in texts.items() if is_error_value(text)), None):
            message = (
                f"実施状況の数式の結果がエラー（{texts[broken]}）です。数式を消して、印を入力してください"
            )
            self._refuse(here, "error_value", message, (row, broken))
        elif unknown:
            column, text = unknown[0]
            message = f"{self._name(column)}の欄の{quoted(text)}は印ではありません。当たる区分の欄一つに○を付け、ほかは空けてください"
            self._refuse(here, "unknown_mark", message, (row, column))
        elif len(marked) > 1:
            names = "、".join(self._name(column) for column in texts)
            message = f"印が{len(marked)}つの欄（{names}）にあります。当たる区分の欄一つだけに付けてください"
            self._refuse(here, "two_marks", message, (row, marked[1][0]))
        elif not marked:
            choices = "／".join(self.header.marks.values())
            message = (
                f"実施状況の印がどの欄（{choices}）にもありません。当たる区分の欄一つに○を付けてください"
            )
            self._refuse(here, "no_mark", message, (row, first))
        else:
            self._settle(row, marked[0][0])

    def _refuse(self, here: tuple[int, int], code: str, message: str, at: tuple[int, int]) -> None:
        """Say why the status of a row cannot be read; the cell that is named becomes the place of the status."""
        self._places[here] = at
        self._unclear[here] = Unclear(code, message, here)

    def _settle(self, row: int, column: int) -> None:
        """Set the status of a row with one mark, and of all rows that a merged mark covers."""
        self._texts[row] = self.header.marks[column]
        for top, left, bottom, _ in self.grid.merged:
            if left == column != self._column and top == row < bottom:
                self._merged.append((top, self._column, bottom, self._column))

    def _marked(self, row: int) -> Iterator[tuple[int, str, bool]]:
        """The cells of a row that are not empty and do not say that there is no mark: column, text, whether it is a mark."""
        for column, status in self.header.marks.items():
            text = self.grid.cell(row, column)
            form = variant_folded(text.replace("\ufe0f", "").replace("\ufe0e", ""))
            is_mark = form in self._marks or (bool(text) and self._words.status(text) == status)
            if text and (is_mark or form not in self._no_marks):
                yield column, text, is_mark

    def _merged_across(self, row: int) -> str:
        """The range of cells of a row that are merged over several status columns and have a text; "" for none."""
        for top, left, bottom, right in self.grid.merged:
            is_over_two = sum(left <= column <= right for column in self.header.marks) > 1
            if top <= row <= bottom and is_over_two and self.grid.raw(top, left).strip():
                return f"{address(top, left)}〜{address(bottom, right)}"
        return ""

    def _name(self, column: int) -> str:
        return f"「{self.header.marks[column]}」"
