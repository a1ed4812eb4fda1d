"""The labels of a card and the cells of their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.header import HeaderNames, Reading
from helpers.sheets.rows.table_body import FREE_TEXTS, NOTE_MARK

Position = tuple[int, int]
_LONGEST_LABEL = 60
_SET_OFF = re.compile(
    r"^[■□◆◇●○◎・▼▶【〔\[<〈《「\s]*(?:[(（]?[0-9０-９]{1,2}[)）.．、]|[0-9０-９]{1,2}\s|[①-⑳])?\s*|[】〕\]>〉》」：:\s]+$"
)


@dataclass(frozen=True)
class Label:
    """A cell that names a column: its text, its first and last row and column.

    ``is_of_year``: False for last year's value (前年度の実施状況), which is shown but not read.
    """

    column: str
    text: str
    row: int
    left: int
    bottom: int
    right: int
    is_of_year: bool

    @property
    def value(self) -> Position:
        """The cell beside it, where its value belongs if there is none."""
        return self.row, self.right + 1


def labels_in(grid: Grid, names: HeaderNames) -> list[Label]:
    """Every label of a worksheet, from top to bottom and left to right."""
    ends = {(top, left): (bottom, right) for top, left, bottom, right in grid.merged}
    labels = []
    for row, cells in enumerate(grid.rows):
        for column, text in enumerate(cells):
            if (
                text
                and grid.begins(row, column)
                and (reading := _read(grid.cell(row, column), names)) is not None
            ):
                name, year, is_earlier = reading
                bottom, right = ends.get((row, column), (row, column))
                is_of_year = not is_earlier and year in (None, names.year or year)
                labels.append(Label(name, grid.cell(row, column), row, column, bottom, right, is_of_year))
    return labels


def _read(text: str, names: HeaderNames) -> Reading | None:
    """Read a label, also one that is numbered or set off: '【実施状況】', '■主な取組', '(2) 実施状況', '② 備考'."""
    if (reading := names.read(text)) is not None or len(text) > _LONGEST_LABEL:
        return reading
    return names.read(_SET_OFF.sub("", text))


def values_of(grid: Grid, labels: Sequence[Label]) -> Mapping[Label, list[Position]]:
    """The cells of each label's value: one, or several where a text goes on below; empty where there is none.

    A value stands beside its label or under it. Labels that stand side by side have theirs under them; where cells of both
    places have a text, the value is the one beside.
    """
    reader = _ValueReader(grid, labels)
    return {label: reader.value(label) for label in labels}


class _ValueReader:
    def __init__(self, grid: Grid, labels: Sequence[Label]) -> None:
        self.grid = grid
        self._at: dict[Position, Label] = {}
        self._in_row: dict[int, list[Label]] = {}
        for label in labels:
            for row in range(label.row, label.bottom + 1):
                self._in_row.setdefault(row, []).append(label)
            for row in range(label.row, label.bottom + 1):
                for column in range(label.left, label.right + 1):
                    self._at[row, column] = label
        self._has_neighbours = {
            row: any((row, label.right + 1) in self._at for label in found)
            for row, found in self._in_row.items()
        }

    def value(self, label: Label) -> list[Position]:
        beside, under = self._beside(label), self._under(label)
        if beside and under:
            return under if self._has_neighbours[label.row] else beside
        return beside or under

    def _beside(self, label: Label) -> list[Position]:
        """The first text to the right of a label, before the next label; the lines of a text that goes on below."""
        rows = range(label.row, label.bottom + 1)
        starts = [at for row in rows if (at := self._text_right_of(row, label)) is not None]
        if not starts:
            return []
        if label.column not in FREE_TEXTS:
            return starts
        return [*starts, *self._going_on((label.bottom + 1, starts[0][1]), label.left)]

    def _text_right_of(self, row: int, label: Label) -> Position | None:
        width = self.grid.width
        for column in range(label.right + 1, width):
            if (row, column) in self._at:
                return None
            if self.grid.begins(row, column) and self.grid.cell(row, column):
                return row, column
            if (row, column) in self.grid.uncached:
                return row, column
        return None

    def _under(self, label: Label) -> list[Position]:
        at = (label.bottom + 1, label.left)
        text = self.grid.cell(*at) if at not in self._at and self.grid.begins(*at) else ""
        if (not text and at not in self.grid.uncached) or text.startswith(NOTE_MARK):
            return []
        more = self._going_on((at[0] + 1, at[1]), label.left) if label.column in FREE_TEXTS else ()
        return [at, *more]

    def _going_on(self, at: Position, left: int) -> Iterator[Position]:
        """The cells under a value with the lines of a text: until a row with a label, or with other texts or none."""
        row, column = at
        while row < len(self.grid.rows) and row not in self._in_row:
            texts = self.grid.texts(row)
            own = self.grid.cell(row, column) if self.grid.begins(row, column) else ""
            if texts != [own] or own.startswith(NOTE_MARK):
                return
            yield row, column
            row += 1
