"""The labels of a card and the cells of their values."""

from __future__ import annotations

__all__ = ["Label", "labels_in", "values_of"]

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpers.fiscal_year import FiscalYear
from helpers.sheets.files.grid import Grid, Position
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import COUNT, DEPARTMENT, ITEM, NUMBER, POLICY, STATUS, HeaderNames, Reading
from helpers.sheets.rows.table_body import FREE_TEXTS, NOTE_MARK
from helpers.sheets.rows.years_in_text import cells_of_year

_LONGEST_LABEL = 60
_NUMBERS = re.compile(r"\d+")
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
                and reading[0] != COUNT  # no card counts items: 件数 is the name of an indicator
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


def values_of(
    grid: Grid, labels: Sequence[Label], words: Vocabulary, year: FiscalYear | None
) -> Mapping[Label, list[Position]]:
    """The cells of each label's value: one, or several where a text goes on below; empty where there is none.

    Of values of several years, each with its year beside or over it, those of ``year``.

    A value stands beside its label or under it. Labels that stand side by side have theirs under them, those in the row of a
    label with an item's number beside it have theirs beside them; where both cells have a text otherwise, the value is where
    most values of the worksheet are: first of all the numbers of items and the statuses.
    """
    reader = _ValueReader(grid, labels, words, year)
    values = {label: reader.value(label) for label in labels}
    for measure in words.plan.declared.measures:
        values |= _rows_of_indicators(grid, values, set(measure.columns.values()))
    return values


def _rows_of_indicators(
    grid: Grid, values: Mapping[Label, list[Position]], columns: Collection[str]
) -> dict[Label, list[Position]]:
    """The cells of indicators that stand in several rows under a row of their labels; nothing where one row is all.

    The rows go on to one with a label, or with other texts, or with fewer than two values.
    """
    of_rows: dict[int, list[Label]] = {}
    for label, places in values.items():
        if label.column in columns and label.is_of_year:
            of_rows.setdefault(label.bottom + 1, []).append(label)
            if places and places != [(label.bottom + 1, label.left)]:
                return {}  # The values stand beside their labels.
    labelled = {row for label in values for row in _rows(label)}
    of_labels: dict[Label, list[Position]] = {}
    for first, labels in of_rows.items():
        last = first
        while last + 1 < len(grid.rows) and last + 1 not in labelled:
            texts = [grid.cell(last + 1, label.left) for label in labels if grid.begins(last + 1, label.left)]
            if sum(map(bool, texts)) < 2 or sorted(filter(None, texts)) != sorted(grid.texts(last + 1)):
                break
            last += 1
        if last > first:
            of_labels |= {label: [(row, label.left) for row in range(first, last + 1)] for label in labels}
    return of_labels


def _rows(label: Label) -> range:
    return range(label.row, label.bottom + 1)


class _ValueReader:
    """Finds the cells of values beside and under the labels of one worksheet."""

    def __init__(
        self, grid: Grid, labels: Sequence[Label], words: Vocabulary, year: FiscalYear | None
    ) -> None:
        self.grid, self.words, self.year = grid, words, year
        self._at: dict[Position, Label] = {}
        self._in_row: dict[int, list[Label]] = {}
        for label in labels:
            for row in _rows(label):
                self._in_row.setdefault(row, []).append(label)
                for column in range(label.left, label.right + 1):
                    self._at[row, column] = label
        first = min((label.row for label in labels), default=0)
        self._titles = {_NUMBERS.sub("", text) for row in range(first) for text in grid.texts(row)} - {""}
        once = ("indicator", "unit", "better", "baseline")
        columns = [measure.columns for measure in words.plan.declared.measures]
        self._written_once = {DEPARTMENT, *(each[role] for each in columns for role in once if role in each)}
        self._gap = self._usual_gap(labels)
        self._is_mostly_under = False
        self._is_mostly_under = self._votes(labels) < 0

    def value(self, label: Label) -> list[Position]:
        beside, under = self._beside(label), self._under(label)
        if beside and under:
            if any(map(self._has_number_beside, self._in_row[label.row])):
                return beside
            is_under = self._is_mostly_under or any(
                other.value in self._at for other in self._in_row[label.row]
            )
            return under if is_under else beside
        below = label.bottom + 1
        if self._is_mostly_under and not under and below not in self._in_row and self.grid.texts(below):
            return []  # The row under the label has the values of other labels: what stands beside is one of these.
        return beside or under

    def _has_number_beside(self, label: Label) -> bool:
        """Whether an item's number stands beside a label, and none under it."""
        beside, under = self._beside(label)[:1], (label.bottom + 1, label.left)
        is_beside = label.column == NUMBER and any(self._is_value(label, at) for at in beside)
        return is_beside and not self._is_value(label, under)

    def _votes(self, labels: Sequence[Label]) -> int:
        """How many more labels have their values beside them than under them.

        Only an item's number and a status are known to be values; the other labels count where these do not say it.
        """
        certain = sum(
            (at is not None and self._is_value(label, at))
            - self._is_value(label, (label.bottom + 1, label.left))
            for label in labels
            for at in [next(iter(self._beside(label)), None)]
        )
        return certain or sum(bool(self._beside(label)) - bool(self._under(label)) for label in labels)

    def _is_value(self, label: Label, at: Position) -> bool:
        text = self.grid.cell(*at) if at not in self._at else ""
        if label.column == NUMBER:
            return self.words.item_of_any_year(text) is not None
        return label.column == STATUS and bool(text) and self.words.status(text) is not None

    def _usual_gap(self, labels: Sequence[Label]) -> int:
        """The usual number of empty cells between labels and the texts beside them."""
        gaps = (self._gap_and_text(row, label)[0] for label in labels for row in _rows(label))
        counted = Counter(gap for gap in gaps if gap is not None)
        return max(counted, key=lambda gap: (counted[gap], -gap), default=0)

    def _beside(self, label: Label) -> list[Position]:
        """The text to the right of a label, no further than values usually stand; the lines of a text that goes on below."""
        nearest = [self._gap_and_text(row, label) for row in _rows(label)]
        starts = [at for gap, at in nearest if gap is not None and gap <= self._gap]
        if starts and (own := self._of_year(label, starts[0])) != starts[:1]:
            return own
        if not starts or label.column not in FREE_TEXTS:
            return starts
        return [*starts, *self._going_on((label.bottom + 1, starts[0][1]))]

    def _gap_and_text(self, row: int, label: Label) -> tuple[int | None, Position]:
        """The first text to the right of a label in a row, before the next label, and how many empty cells stand between."""
        gap = 0
        for column in range(label.right + 1, self.grid.width):
            at = (row, column)
            if at in self._at:
                break
            if self.grid.begins(*at):
                if self.grid.cell(*at) or at in self.grid.uncached:
                    return gap, at
                gap += 1
        return None, label.value

    def _under(self, label: Label) -> list[Position]:
        """The text under a label, by itself in its row or under a row of labels; the lines of a text that goes on below."""
        at = (label.bottom + 1, label.left)
        if at not in self._at and (own := self._of_year(label, at)) != [at]:
            return [cell for cell in own if cell not in self._at]
        text = self.grid.cell(*at) if at not in self._at and self.grid.begins(*at) else ""
        if (not text and at not in self.grid.uncached) or self._is_no_value(text):
            return []
        is_alone = len(self._in_row[label.row]) == 1 and not self._is_mostly_under
        if is_alone and self.grid.texts(at[0]) not in ([text], []):
            return []  # Another label with its own value.
        more = self._going_on((at[0] + 1, at[1])) if label.column in FREE_TEXTS else ()
        return [at, *more]

    def _of_year(self, label: Label, at: Position) -> list[Position]:
        """The cells of the sheet's year, where values of several years begin at a cell."""
        is_of_others = at[0] in self._in_row and at[0] not in _rows(label)
        if self.year is None or is_of_others or label.column in (NUMBER, ITEM, POLICY):
            return [at]
        cells = cells_of_year(self.grid, at, self.year, self._in_row)
        if label.column in self._written_once:  # in the first of the years for all
            cells = [(first, own if self.grid.cell(*own) else first) for first, own in cells] or [(at, at)]
        return [self.grid.anchor(*own) for _, own in cells]

    def _is_no_value(self, text: str) -> bool:
        """Whether a text is a note, or a title as above the first card."""
        return text.startswith(NOTE_MARK) or _NUMBERS.sub("", text) in self._titles

    def _going_on(self, at: Position) -> Iterator[Position]:
        """The cells under a value with the lines of a text: until a row with a label, or with other texts or none."""
        row, column = at
        while row < len(self.grid.rows) and row not in self._in_row:
            texts = self.grid.texts(row)
            own = self.grid.cell(row, column) if self.grid.begins(row, column) else ""
            if texts != [own] or self._is_no_value(own):
                return
            yield row, column
            row += 1
