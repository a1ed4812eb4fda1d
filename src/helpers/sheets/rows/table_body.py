"""Sort the rows around a header: titles, items, policy headings, totals, notes."""

from __future__ import annotations

__all__ = ["FREE_TEXTS", "NOTE_MARK", "Body", "Entry", "Tally", "read_body"]

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from helpers.plan import Policy
from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary, count_of, is_roman, looks_like_number
from helpers.sheets.rows.header import ACTIVITIES, DEPARTMENT, ITEM, NUMBER, REMARKS, STATUS, Header
from helpers.text.forms import folded, variant_folded

NOTE_MARK = "※"
FREE_TEXTS = (ACTIVITIES, DEPARTMENT, REMARKS)

_TOTAL = re.compile(r"(合計|総合計|小計|総計|集計|計|全体|全計)[:は]?(\d+(?:項目|件)?)?")
_POLICY_TOTAL = re.compile(
    r"(?:(?P<before>.{1,60}?)(?:合計|小計|集計|(?:データの)?個数|計)|(?:合計|小計|計)[(\[【](?P<after>.{1,60})[)\]】])"
)


@dataclass(frozen=True)
class Entry:
    """The rows of one item: usually one; several where its number is merged downwards."""

    rows: tuple[int, ...]
    heading: Policy | None = None

    @property
    def row(self) -> int:
        """The first row."""
        return self.rows[0]


@dataclass(frozen=True)
class Tally:
    """A row that counts: '合計 42', or a status with its number of items; ``entries_before`` are the rows above."""

    row: int
    label: str
    is_subtotal: bool
    entries_before: int
    status: str | None = None


@dataclass
class Body:
    """Everything around and under a header."""

    titles: list[tuple[int, int, str]] = field(default_factory=list)
    notes: list[tuple[int, int, str]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)
    headings: dict[int, Policy] = field(default_factory=dict)


def read_body(grid: Grid, header: Header, vocabulary: Vocabulary) -> Body:
    """Sort the rows of a grid into titles, notes, entries, tallies and loose text."""
    return _BodyReader(grid, header, vocabulary).read()


@dataclass
class _BodyReader:
    """Sorts the rows of a grid one by one, from the top."""

    grid: Grid
    header: Header
    vocabulary: Vocabulary
    body: Body = field(default_factory=Body)
    heading: Policy | None = None

    def read(self) -> Body:
        """Sort every row that shows anything and is no header."""
        for row, cells in enumerate(self.grid.rows):
            is_header = self.header.first_row <= row <= self.header.last_row
            if not is_header and any(self._is_filled(row, column) for column in range(len(cells))):
                self._sort(row, self.grid.texts(row))
        return self.body

    def _sort(self, row: int, texts: list[str]) -> None:
        body, header = self.body, self.header
        if texts and texts[0].startswith(NOTE_MARK) and not self._is_marked_entry(row):
            notes = ((column, text.removeprefix(NOTE_MARK).strip()) for column, text in self._starts(row))
            body.notes.extend((row, column, note) for column, note in notes)
        elif row < header.first_row:
            body.titles.extend((row, column, text) for column, text in self._starts(row))
        elif texts and (self._repeats_header(texts) or self._repeats_title(texts)):
            return
        elif header.is_totals_only:
            body.entries.append(Entry((row,)))
        elif (tally := self._tally(row, texts)) is not None:
            body.tallies.append(tally)
        elif (policy := self._policy_heading(row, texts)) is not None:
            self.heading = body.headings[row] = policy
        elif self._continues(row):
            entry = body.entries[-1]
            body.entries[-1] = Entry((*entry.rows, row), entry.heading)
        elif self._is_entry(row, texts):
            body.entries.append(Entry((row,), self.heading))
        elif any(self._own(row, column) for column in (*FREE_TEXTS, ITEM, STATUS, *self._declared)):
            body.loose.append(row)

    @cached_property
    def _declared(self) -> tuple[str, ...]:
        """The headings of the declared columns that the table has."""
        declared = self.vocabulary.plan.declared.columns
        return tuple(each.heading for each in declared if each.heading in self.header.columns)

    def _is_indicator_below(self, row: int) -> bool:
        """Whether a row right under an item, without a number, has a further indicator of it and nothing else."""
        if not self.body.entries or self.body.entries[-1].rows[-1] != row - 1:
            return False
        texts = [self._own(row, column) for column in self._declared]
        of_measures = [
            set(filter(None, (self.header.columns.get(name) for name in measure.columns.values())))
            for measure in self.vocabulary.plan.declared.measures
            if "indicator" in measure.columns
        ]
        filled = {column for column in range(len(self.grid.rows[row])) if self._is_filled(row, column)}
        return any(texts) and any(len(filled) > 1 and filled <= columns for columns in of_measures)

    def _is_filled(self, row: int, column: int) -> bool:
        """Whether a cell shows a text, or would if its formula had a result."""
        return bool(self.grid.cell(row, column)) or self.grid.anchor(row, column) in self.grid.uncached

    def _own(self, row: int, column: str) -> str:
        """The text of a column that begins in this very row."""
        index = self.header.columns.get(column)
        return self.grid.cell(row, index) if index is not None and self.grid.begins(row, index) else ""

    def _starts(self, row: int) -> Iterator[tuple[int, str]]:
        """The columns and texts of the cells that begin in a row."""
        for column in range(len(self.grid.rows[row])):
            if self.grid.begins(row, column) and (text := self.grid.cell(row, column)):
                yield column, text

    def _is_entry(self, row: int, texts: list[str]) -> bool:
        """Whether a row is meant as an item: it has a status, or a text that may be a number.

        A single text in a row counts as neither, unless it is a word of the vocabulary or looks like a number. An item
        that is taken for a footnote by mistake cannot change a figure: it is reported as missing.
        """
        grid, number, status = self.grid, self.header.columns[NUMBER], self.header.columns[STATUS]
        if len(texts) == 1 and self._own(row, STATUS) and self.vocabulary.status(texts[0]) is None:
            return False
        text = grid.cell(row, number)
        if self._is_filled(row, status) and (grid.anchor(row, status)[0] == row or text):
            return True
        is_number = self.vocabulary.item_of_any_year(text) is not None or looks_like_number(text)
        return (bool(text) and is_number) or grid.anchor(row, number) in grid.uncached

    def _is_marked_entry(self, row: int) -> bool:
        """Whether a row that begins with ※ has the number or status of an item, as marked items (重点項目) have."""
        return row > self.header.last_row and (
            self.vocabulary.item_of_any_year(self._own(row, NUMBER)) is not None
            or self.vocabulary.status(self._own(row, STATUS)) is not None
        )

    def _repeats_header(self, texts: list[str]) -> bool:
        return all(variant_folded(text) in self.header.labels for text in texts)

    def _repeats_title(self, texts: list[str]) -> bool:
        titles = {folded(title) for *_, title in self.body.titles}
        return all(folded(text) in titles for text in texts)

    def _names_item(self, number: str) -> bool:
        """Whether a number belongs to an item; a Roman one is taken for that of a policy."""
        return self.vocabulary.item(number) is not None and not is_roman(number)

    def _tally(self, row: int, texts: list[str]) -> Tally | None:
        entries = len(self.body.entries)
        if self._names_item(self.grid.cell(row, self.header.columns[NUMBER])):
            return None
        for text in texts[:3]:
            if match := _TOTAL.fullmatch(folded(text)):
                return Tally(row, match[1], match[1] == "小計", entries)
            match = _POLICY_TOTAL.fullmatch(folded(text))
            if match and self.vocabulary.policy(match["before"] or match["after"]) is not None:
                return Tally(row, folded(text), True, entries)
        if len(texts) == 2 and count_of(texts[1]) is not None:
            status = self.vocabulary.status(texts[0])
            # Where statuses are digits themselves, two digits side by side may be an item and its status.
            if status is not None and (count_of(status) is None or not self._own(row, NUMBER)):
                return Tally(row, status, False, entries, status)
        return None

    def _policy_heading(self, row: int, texts: list[str]) -> Policy | None:
        if len(texts) > 2 or self._own(row, STATUS) or self._names_item(self._own(row, NUMBER)):
            return None
        # Numeral and name may stand in two cells.
        return self.vocabulary.policy(" ".join(texts))

    def _continues(self, row: int) -> bool:
        """Whether a row belongs to the item above: their number is one merged cell, or it has another indicator alone."""
        if self._is_indicator_below(row):
            return True
        index = self.header.columns[NUMBER]
        anchor = self.grid.anchor(row, index)
        above = self.body.entries[-1:]
        return anchor[0] < row and any(anchor == self.grid.anchor(entry.row, index) for entry in above)
