"""Lay tables out on worksheets: a long table on its own, short ones under one another as far as a page holds them."""

from __future__ import annotations

__all__ = ["Sheet", "SheetTable", "arrange"]

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from helpers.export.files.fields import Field
from helpers.report.faces.records import Value
from helpers.text.forms import lines_of

# What A4 holds of letters in full size: half-width characters a line, and lines.
_UPRIGHT, _WIDE = (88, 38), (132, 25)
# As wide as upright paper at 70 %, letters of 8 points; the lines of a table that landscape paper has room for in full size.
_WIDEST_PORTRAIT, _LANDSCAPE_LINES = 124, 20
# The lines of a table that a screen shows at once, which needs no frozen header; letters of 7 points.
_SHORT, _SMALLEST = 30, 0.65
_TINY = 10  # lines that would leave a page nearly empty
# The widest column: of a table by itself as it is; narrowed where tables do not fit under one another otherwise.
_UNLIMITED, _NARROWED = 1000, 40
_PAGE = int(_UPRIGHT[1] / _SMALLEST)  # lines


@dataclass(frozen=True)
class SheetTable:
    """One table on a worksheet: caption, way back to the cover (under the first), header, records.

    Attributes:
        id: by which formulas and macros address its cells: ``table_overall[項目数]``.
        name: its caption as a sheet's name.
        widths: of its columns, in half-width characters.
        is_evidence: whether it says what the figures come from.
        top: the row of its caption, counted from 0.
    """

    id: str
    name: str
    caption: str
    fields: tuple[Field, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    is_evidence: bool = False
    top: int = 0

    @property
    def header(self) -> int:
        """The row of its header, counted from 0."""
        return self.top + (1 if self.top else 2)

    @property
    def last(self) -> int:
        """Its last row, counted from 0."""
        return self.header + len(self.rows)


@dataclass(frozen=True)
class Sheet:
    """A worksheet: a table, or several that are printed on one page, in columns of at most ``widest``."""

    tables: tuple[SheetTable, ...]
    name: str = ""
    widest: int = _UNLIMITED

    @cached_property
    def widths(self) -> list[int]:
        """The widths of its columns, in half-width characters."""
        columns = zip_longest(*(each.widths for each in self.tables), fillvalue=0)
        return [min(max(widths), self.widest) for widths in columns]

    @property
    def is_shared(self) -> bool:
        """Whether it holds several tables, on one page."""
        return len(self.tables) > 1

    @property
    def last(self) -> int:
        """Its last row, counted from 0."""
        return self.tables[-1].last

    @property
    def is_wide(self) -> bool:
        """Whether it is printed on landscape paper: where letters are larger, or one table would leave most of a page empty."""
        if self.is_shared:
            return self._scale(_WIDE) > self._scale(_UPRIGHT)
        is_low = self._lines(self.tables[0]) <= _LANDSCAPE_LINES
        return sum(self.widths) > (_UPRIGHT[0] if is_low else _WIDEST_PORTRAIT)

    @property
    def is_legible(self) -> bool:
        """Whether its letters are large enough, with all of it on one page."""
        return max(map(self._scale, (_UPRIGHT, _WIDE))) >= _SMALLEST

    def has_at_most(self, lines: int) -> bool:
        """Whether each of its tables has records, of so many lines at most."""
        return all(0 < len(each.rows) <= lines and self._lines(each) <= lines for each in self.tables)

    def is_wrapped(self, text: str, column: int) -> bool:
        """Whether a text takes more than one line of its column."""
        return _lines_of(text, self.widths[column]) > 1

    def lines_of_row(self, values: Sequence[Value]) -> int:
        """How many lines a row takes: those of its longest text."""
        texts = zip(values, self.widths, strict=False)
        return max((_lines_of(text, width) for text, width in texts if isinstance(text, str)), default=1)

    def joined(self, other: Sheet) -> Sheet | None:
        """The same worksheet with one more table under the others, a row between them; None where no page holds it."""
        tables = (*self.tables, replace(other.tables[0], top=self.last + 2))
        tried = (Sheet(tables, widest=widest) for widest in (self.widest, _NARROWED))
        return next((sheet for sheet in tried if sheet.is_legible), None)

    def _lines(self, table: SheetTable) -> int:
        return sum(map(self.lines_of_row, table.rows))

    def _scale(self, paper: tuple[int, int]) -> float:
        width, height = paper
        texts = sum(self._lines(table) - len(table.rows) for table in self.tables)
        return min(1, width / sum(self.widths), height / (self.last + 1 + texts))


def _lines_of(text: str, width: int) -> int:
    # Most texts are so short that nobody need measure them. What fills a column to its edge may wrap.
    return lines_of(text, width - 1) if 2 * len(text) >= width or "\n" in text else 1


def arrange(tables: Iterable[SheetTable]) -> list[Sheet]:
    """Lay tables out: those with the figures first, then those that say where they come from, each in the report's order.

    A worksheet of several tables has no name yet.
    """
    alone = [Sheet((table,), table.name) for table in tables]
    return [
        sheet
        for is_evidence in (False, True)
        for sheet in _joined([each for each in alone if each.tables[0].is_evidence is is_evidence])
    ]


def _joined(alone: Iterable[Sheet]) -> list[Sheet]:
    """Put each short table under the first short ones that leave room, then a tiny one that is left under any that does."""
    sheets: list[Sheet] = []
    for sheet in alone:
        if not (sheet.has_at_most(_SHORT) and _join(sheets, sheet, _SHORT)):
            sheets.append(sheet)
    for sheet in [each for each in sheets if not each.is_shared and each.has_at_most(_TINY)]:
        others = [each for each in sheets if each is not sheet]
        if _join(others, sheet, _PAGE):
            sheets = others
    return sheets


def _join(sheets: list[Sheet], new: Sheet, lines: int) -> bool:
    """Put a table on the first worksheet that has room, of tables of at most ``lines``; say whether there was one."""
    for place, sheet in enumerate(sheets):
        if sheet.has_at_most(lines) and (joined := sheet.joined(new)):
            sheets[place] = joined
            return True
    return False
