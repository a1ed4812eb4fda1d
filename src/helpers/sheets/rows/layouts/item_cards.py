"""The layout with a card an item (個票): labels with their values beside or under them, one card or several on a worksheet.

The table that is made of it has a row a card, and more rows where a text goes on under its first cell.
"""

from __future__ import annotations

__all__ = ["find"]

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.fiscal_year import FiscalYear
from helpers.sheets.files.grid import Area, Grid, Position
from helpers.sheets.rows.cell_meanings import Vocabulary
from helpers.sheets.rows.header import ITEM, NUMBER, STATUS, Candidate, Header, HeaderNames
from helpers.sheets.rows.layouts.card_labels import Label, labels_in, values_of
from helpers.sheets.rows.layouts.cards_in_cells import unfolded
from helpers.sheets.rows.layouts.laid_out import CARD, LaidOut
from helpers.sheets.rows.layouts.rearranged import parted
from helpers.sheets.rows.layouts.status_marking import listed_beside, marked_below
from helpers.sheets.rows.years_in_text import cells_of_year
from helpers.text.forms import variant_folded


def find(grid: Grid, names: HeaderNames, words: Vocabulary) -> LaidOut | None:
    """Find the labels of numbers and statuses, each with a value of its own, and make a row of every card."""
    grid = parted(unfolded(grid, names), names)
    labels = _with_numbers(grid, labels_in(grid, names), words, names.year)
    own = [label for label in labels if label.is_of_year]
    columns = dict.fromkeys(label.column for label in own)
    if NUMBER not in columns or STATUS not in columns or _is_one_row(own):
        return None
    values = values_of(grid, labels, words, names.year)
    numbers = [label for label in own if label.column == NUMBER and values[label]]
    table = _CardTable(grid, list(columns), own, values, words, names.year)
    return table.of(_cards(numbers, own)) if numbers else None


def _with_numbers(grid: Grid, labels: list[Label], words: Vocabulary, year: FiscalYear | None) -> list[Label]:
    """The labels of names as those of numbers, where no label names a number and the values have one before the name."""
    names = [label for label in labels if label.column == ITEM]
    if any(label.column == NUMBER for label in labels):
        return labels
    values = values_of(grid, labels, words, year)
    texts = (grid.cell(*at) for label in names for at in values[label])
    if not any(words.item_of_any_year(text) is not None for text in texts):
        return labels
    return [replace(label, column=NUMBER) if label.column == ITEM else label for label in labels]


def _is_one_row(labels: Sequence[Label]) -> bool:
    """Whether all labels stand in rows that have a label of every column, as the header of a table does."""
    in_rows = Counter(label.row for label in labels)
    columns = len({label.column for label in labels})
    return columns > 2 and all(count >= columns for count in in_rows.values())


def _cards(numbers: Sequence[Label], labels: Sequence[Label]) -> list[list[Label]]:
    """Divide the labels among the cards, each of which has one label of a number.

    Cards may stand side by side: then their labels of numbers are in different columns. A label belongs to the last number
    before it or, if the first of its column stands before the first number, to the next number after it.
    """
    columns = sorted({number.left for number in numbers})
    first = min(label.left for label in labels)
    shift = columns[0] - first
    cards: dict[Label, list[Label]] = {number: [number] for number in numbers}
    for left in columns:
        right = min((other for other in columns if other > left), default=None)
        band = [
            label
            for label in labels
            if left - shift <= label.left and (right is None or label.left < right - shift)
        ]
        own_numbers = sorted((n for n in numbers if n.left == left), key=lambda label: label.row)
        for label in band:
            if label not in cards:
                cards[_owner(label, band, own_numbers)].append(label)
    return list(cards.values())


def _owner(label: Label, band: Sequence[Label], numbers: Sequence[Label]) -> Label:
    alike = [other.row for other in band if other.column == label.column]
    is_before = min(alike) < numbers[0].row
    if not is_before and max(alike) < numbers[-1].row and len(numbers) > 1:
        # The label neither opens the first card nor follows the last card's number: the nearer number decides.
        is_before = min(abs(n.row - label.row) for n in numbers if n.row > label.row) < min(
            (label.row - n.row for n in numbers if n.row <= label.row), default=len(alike)
        )
    if is_before:
        return next((number for number in numbers if number.row >= label.row), numbers[-1])
    return next((number for number in reversed(numbers) if number.row <= label.row), numbers[0])


@dataclass
class _CardTable:
    """Makes a table of cards: what stands above the first label, a header, a row or more for each card."""

    grid: Grid
    columns: list[str]
    labels: Sequence[Label]
    values: Mapping[Label, Sequence[Position]]
    words: Vocabulary
    year: FiscalYear | None

    def __post_init__(self) -> None:
        self._rows: list[tuple[str, ...]] = []
        self._places: dict[Position, Position] = {}
        self._merged: list[Area] = []
        self._hidden: set[int] = set()
        self._ambiguous: dict[str, tuple[Candidate, ...]] = {}

    def of(self, cards: Sequence[Sequence[Label]]) -> LaidOut:
        """The table of some cards, in the order of their rows."""
        self._add_surroundings()
        header_row = len(self._rows)
        firsts = [next(label for label in self.labels if label.column == column) for column in self.columns]
        self._add([(label.row, label.left) for label in firsts])
        for card in cards:
            self._add_card(card)
        labels = frozenset(variant_folded(label.text) for label in self.labels)
        columns = {column: index for index, column in enumerate(self.columns)}
        header = Header(header_row, header_row, columns, self._ambiguous, (), labels)
        hidden = {index for index, label in enumerate(firsts) if label.left in self.grid.hidden_columns}
        grid = replace(
            self.grid,
            rows=tuple(self._rows),
            merged=tuple(self._merged),
            hidden_rows=frozenset(self._hidden),
            hidden_columns=frozenset(hidden),
            uncached=frozenset(at for at, position in self._places.items() if position in self.grid.uncached),
            places={at: self.grid.places.get(position, position) for at, position in self._places.items()},
        )
        return LaidOut(grid, header, CARD)

    def _add_surroundings(self) -> None:
        """The titles above the first label, and notes wherever they stand."""
        first = min(label.row for label in self.labels)
        for row, cells in enumerate(self.grid.rows):
            texts = self.grid.texts(row)
            if texts and (row < first or texts[0].startswith("※")):
                starts = [(row, column) for column in range(len(cells)) if self.grid.begins(row, column)]
                self._add([at for at in starts if self.grid.cell(*at)])

    def _add_card(self, card: Sequence[Label]) -> None:
        chosen: dict[str, Label] = {}
        for column in dict.fromkeys(label.column for label in card):
            chosen[column] = self._choose([label for label in card if label.column == column])
        cells = {column: self.values[label] or [self._blank(label)] for column, label in chosen.items()}
        # A card without some label shows where its number is.
        number = cells[NUMBER][0]
        row, height = len(self._rows), max(map(len, cells.values()))
        for line in range(height):
            places = [cells.get(column, [number])[line:][:1] for column in self.columns]
            self._add(
                [position[0] if position else None for position in places],
                empty=[
                    index
                    for index, column in enumerate(self.columns)
                    if column not in chosen or not self.values[chosen[column]]
                ],
            )
        if STATUS in chosen:
            self._put_listed(row, cells[STATUS][0])
        if height > 1:
            self._merged.append(
                (row, self.columns.index(NUMBER), row + height - 1, self.columns.index(NUMBER))
            )

    def _put_listed(self, row: int, position: Position) -> None:
        """Put the statuses that stand side by side from a cell on into the table's cell."""
        taken = {(label.row, label.left) for label in self.labels}
        labelled = {label.row for label in self.labels}

        def of_year(at: Position) -> list[Position]:
            year = self.year
            return [at] if year is None else [own for _, own in cells_of_year(self.grid, at, year, labelled)]

        def is_of_another(column: int) -> bool:
            at = (position[0], column)
            return at in taken or any(own != at for own in of_year(at))

        lines = [line for line, _ in of_year((position[0] + 1, position[1]))]
        marked = marked_below(self.grid, *position, self.words, lines[0]) if len(lines) == 1 else ""
        listed = marked or listed_beside(self.grid, *position, self.words, is_of_another)
        if listed:
            at = self.columns.index(STATUS)
            self._rows[row] = (*self._rows[row][:at], listed, *self._rows[row][at + 1 :])

    def _add(self, places: Sequence[Position | None], empty: Sequence[int] = ()) -> None:
        row = len(self._rows)
        for index, position in enumerate(places):
            if position is not None:
                self._places[row, index] = position
                if position[0] in self.grid.hidden_rows:
                    self._hidden.add(row)
        self._rows.append(
            tuple(
                "" if position is None or index in empty else self.grid.raw(*position)
                for index, position in enumerate(places)
            )
        )

    def _choose(self, labels: Sequence[Label]) -> Label:
        """Choose among labels of one column the one with the column's written name, else the one with a text; more are ambiguous."""
        column = labels[0].column
        written = [label for label in labels if variant_folded(label.text) == variant_folded(column)]
        usable = written if written and column != STATUS else labels
        usable = [label for label in usable if self._texts(label)] or usable
        if len({tuple(self._texts(label)) for label in usable}) > 1:
            self._report_rivals(usable)
        return usable[0]

    def _blank(self, label: Label) -> Position:
        """Where a value is missing: beside its label, or under it where another label stands beside."""
        is_taken = any((other.row, other.left) == label.value for other in self.labels)
        return (label.bottom + 1, label.left) if is_taken else label.value

    def _texts(self, label: Label) -> list[str]:
        return [text for at in self.values[label] if (text := self.grid.cell(*at))]

    def _report_rivals(self, labels: Sequence[Label]) -> None:
        """Keep two labels of one column in a card as a column that cannot be told apart."""
        candidates = []
        for label in labels:
            at = (-1 - label.row, label.left)  # no cell of the table
            self._places[at] = (label.row, label.left)
            candidates.append(Candidate(at[1], at[0], label.text, None, False))
        self._ambiguous.setdefault(labels[0].column, tuple(candidates))
