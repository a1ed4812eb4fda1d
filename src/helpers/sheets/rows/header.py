"""Find the header of a table by the names of its columns: one row or two, anywhere in the grid."""

from __future__ import annotations

__all__ = [
    "ACTIVITIES", "COUNT", "DEPARTMENT", "ITEM", "NUMBER", "POLICY", "REMARKS", "ROWS_SEARCHED", "STATUS",
    "Candidate", "Header", "HeaderNames", "Reading", "find_header", "header_at", "labels_of",
    "struck_headings",
]  # fmt: skip

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from helpers.fiscal_year import FiscalYear, arabic_years, year_or_none
from helpers.sheets.files.grid import STRUCK, Grid
from helpers.text.forms import variant_folded

NUMBER, POLICY, ITEM, STATUS = "番号", "基本方針", "推進項目", "実施状況"
ACTIVITIES, DEPARTMENT, REMARKS, COUNT = "主な取組", "所管課", "備考", "項目数"

_TIMELESS = (NUMBER, POLICY, ITEM, DEPARTMENT)
_COUNTED = (STATUS, COUNT)
_LONGEST_NAME = 60
ROWS_SEARCHED = 300
_YEAR = re.compile(
    r"[(\[【]?((?:令和|平成|昭和|[rhs])(?:\d{1,2}|元)(?:年度)?|\d{4}年度?|\d{4})[)\]】]?(?:の|末の?|時点の?)?"
)
_EARLIER = re.compile(r"前年度?の?|昨年度?の?|前回の?|前年")
_THIS_YEAR = re.compile(r"(?:今年度|本年度|当年度|当該年度)の?")
_ADDITIONS = re.compile(r"[(\[【<][^()\[\]【】<>]*[)\]】>]|[※*]\d*|[▼▽]|必須$|:$")


_BETWEEN = "・/,、.:と及び"  # the names of two columns in one heading

# The column that a header text names, its fiscal year, and whether it says 前年度.
Reading = tuple[str, FiscalYear | None, bool]


@dataclass(frozen=True)
class Candidate:
    """A column that a header cell names; ``year`` is the fiscal year in its text, if there is any."""

    index: int
    row: int
    text: str
    year: FiscalYear | None
    is_earlier: bool


@dataclass(frozen=True)
class Header:
    """The header of a table: its rows, the column of every name, and the names that several columns bear.

    ``marks``: where a mark in one of several columns is the status, the status of each of them.
    ``of_other_years``: columns that say they hold another year; ``names_years``: whether any status column names one;
    ``passed_over``: columns that bear another name of a column that is there.
    """

    first_row: int
    last_row: int
    columns: Mapping[str, int]
    ambiguous: Mapping[str, tuple[Candidate, ...]]
    of_other_years: tuple[Candidate, ...]
    labels: frozenset[str]
    names_years: bool = False
    passed_over: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    marks: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_totals_only(self) -> bool:
        """Whether the table counts items per status instead of listing them."""
        return COUNT in self.columns and NUMBER not in self.columns

    @property
    def is_complete(self) -> bool:
        """Whether the columns that every table needs are there."""
        return STATUS in self.columns and (NUMBER in self.columns or COUNT in self.columns)


class HeaderNames:
    """The names that a plan's columns may bear."""

    def __init__(self, aliases: Mapping[str, tuple[str, ...]], year: FiscalYear | None) -> None:
        self.year = year
        self._read: dict[str, Reading | None] = {}
        # The written forms come first, so that no alias of another column can take one away.
        self._columns = {variant_folded(column): column for column in aliases}
        for column, names in aliases.items():
            for name in names:
                self._columns.setdefault(variant_folded(name), column)
        self._of_items = tuple(name for name, column in self._columns.items() if column == ITEM)

    @property
    def all(self) -> tuple[str, ...]:
        """Every name, folded."""
        return tuple(self._columns)

    def read(self, text: str) -> Reading | None:
        """Read a header text; None if it names no column."""
        if len(text) > 2 * _LONGEST_NAME:
            return None
        if text not in self._read:
            self._read[text] = self._read_form(variant_folded(text))
        return self._read[text]

    def _read_form(self, form: str) -> Reading | None:
        if not form or len(form) > _LONGEST_NAME:
            return None
        if (column := self._columns.get(form)) is not None:
            return column, None, False
        if self._is_of_number_and_name(form):
            return NUMBER, None, False
        year, rest = _without_year(arabic_years(_THIS_YEAR.sub("", form, count=1)))
        without_earlier = _EARLIER.sub("", rest, count=1)
        is_earlier = without_earlier != rest
        for candidate in (without_earlier, _ADDITIONS.sub("", without_earlier)):
            if (column := self._columns.get(candidate)) is not None:
                return column, year, is_earlier
        return None

    def _is_of_number_and_name(self, form: str) -> bool:
        """Whether a heading names both the number and the name of an item: '番号・推進項目'."""
        if not form.endswith(self._of_items):
            return False
        starts = (at for at in range(1, len(form)) if self._columns.get(form[:at].rstrip(_BETWEEN)) == NUMBER)
        return any(self._columns.get(form[at:].lstrip(_BETWEEN)) == ITEM for at in starts)


def _without_year(form: str) -> tuple[FiscalYear | None, str]:
    for match in _YEAR.finditer(form):
        rest = form[: match.start()] + form[match.end() :]
        if (year := year_or_none(match[1].removesuffix("年度").removesuffix("年"))) is not None:
            return year, rest
    return None, form


def find_header(grid: Grid, names: HeaderNames) -> Header | None:
    """Find the first complete header in a grid, or else the row with most known columns; None where no row has any.

    Only the first 300 rows that are not empty are searched: no sheet has that many titles.
    """
    best: Header | None = None
    filled = (row for row in range(len(grid.rows)) if any(grid.rows[row]))
    for row in islice(filled, ROWS_SEARCHED):
        header = header_at(grid, row, row, names)
        if row > 0:
            two_rows = header_at(grid, row - 1, row, names)
            # A row of years above the headings decides the year of each column, even if the row of headings is complete.
            if two_rows.names_years or (two_rows.is_complete and not header.is_complete):
                header = two_rows
        if header.is_complete:
            below = header_at(grid, header.last_row, header.last_row + 1, names)
            return below if _goes_on(grid, header, below, names) else header
        if len(header.columns) > (len(best.columns) if best else 0):
            best = header
    return best


def _goes_on(grid: Grid, header: Header, below: Header, names: HeaderNames) -> bool:
    """Whether the row under a complete header is its second row."""
    if header.first_row != header.last_row or not below.is_complete:
        return False
    row = below.last_row
    key = header.columns.get(NUMBER, header.columns.get(COUNT, -1))
    is_key_empty = not grid.raw(row, key).strip() or grid.anchor(row, key)[0] < row
    own = (column for column in range(grid.width) if grid.raw(row, column).strip())
    is_named = any(_read_at(grid, header.last_row, row, column, names) is not None for column in own)
    return is_key_empty and (grid.anchor(row, key)[0] < row or is_named)


def _read_at(
    grid: Grid, first: int, last: int, column: int, names: HeaderNames
) -> tuple[Reading, str] | None:
    """Read the header of a column, in one row or two; also return the text that was read."""
    bottom = grid.heading(last, column)
    if first == last:
        # A heading that spans several columns stands for the first of them.
        texts = [bottom] if grid.anchor(last, column)[1] == column else []
    else:
        top = grid.heading(first, column)
        is_one_cell = grid.anchor(first, column) == grid.anchor(last, column)
        spans = grid.anchor(first, column)[1] < column
        texts = [bottom] if is_one_cell else [top + bottom, bottom] if bottom else [] if spans else [top]
    for text in texts:
        if (reading := names.read(text)) is not None:
            return reading, text
    return None


def header_at(grid: Grid, first: int, last: int, names: HeaderNames) -> Header:
    """Read the columns that the cells of one row, or of two, name."""
    candidates: dict[str, list[Candidate]] = {}
    for index in range(max(grid.reach(first), grid.reach(last))):
        if (read := _read_at(grid, first, last, index, names)) is None:
            continue
        (column, year, is_earlier), text = read
        if column in _TIMELESS:
            year, is_earlier = None, False
        candidate = Candidate(index, grid.anchor(last, index)[0], text, year, is_earlier)
        candidates.setdefault(column, []).append(candidate)
    columns: dict[str, int] = {}
    ambiguous: dict[str, tuple[Candidate, ...]] = {}
    passed_over: dict[str, tuple[Candidate, ...]] = {}
    others: list[Candidate] = []
    for column, named in candidates.items():
        usable = [
            each for each in named if not each.is_earlier and each.year in (None, names.year or each.year)
        ]
        dated = [each for each in usable if each.year is not None]
        choice = (
            dated
            or [each for each in usable if variant_folded(each.text) == variant_folded(column)]
            or usable
        )
        if not choice:
            others += named
            continue
        columns[column] = choice[0].index
        passed_over[column] = tuple(each for each in usable if each not in choice)
        if len(choice) > 1:
            ambiguous[column] = tuple(choice)
    of_years = any(each.year or each.is_earlier for column in _COUNTED for each in candidates.get(column, ()))
    header = Header(first, last, columns, ambiguous, tuple(others), frozenset(), of_years, passed_over)
    return replace(header, labels=labels_of(grid, header)) if header.is_complete else header


def struck_headings(grid: Grid, header: Header, names: HeaderNames) -> dict[str, tuple[int, int]]:
    """The columns whose headings are struck out while no other heading names them, with the cells of these."""
    struck = {}
    for (row, column), quirk in sorted(grid.quirks.items()):
        if quirk.kind == STRUCK and header.first_row <= row <= header.last_row and not grid.cell(row, column):
            reading = names.read(quirk.text)
            if reading is not None and reading[0] not in header.columns:
                struck[reading[0]] = row, column
    return struck


def labels_of(grid: Grid, header: Header) -> frozenset[str]:
    """The texts of a header, to recognize its repetition under a page break."""
    rows = {header.first_row, header.last_row}
    labels = {variant_folded(grid.heading(row, index)) for row in rows for index in range(grid.width)}
    return frozenset(labels - {""})
