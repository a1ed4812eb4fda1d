"""Tell the rows under and around a header apart: items, policy headings, totals, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from helpers.plan import Policy
from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary, count_of, is_roman, looks_like_number
from helpers.sheets.rows.header import ACTIVITIES, DEPARTMENT, ITEM, NUMBER, REMARKS, STATUS, Header
from helpers.text.forms import folded, variant_folded

NOTE_MARK = "※"
FREE_TEXTS = (ACTIVITIES, DEPARTMENT, REMARKS)

_TOTAL = re.compile(r"(合計|総合計|小計|総計|計|全体|全計)[:は]?(\d+(?:項目|件)?)?")
_POLICY_TOTAL = re.compile(
    r"(?:(?P<before>.{1,60}?)(?:合計|小計|計)|(?:合計|小計|計)[(\[【](?P<after>.{1,60})[)\]】])"
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


def read_body(grid: Grid, header: Header, vocabulary: Vocabulary) -> Body:
    """Sort the rows of a grid into titles, notes, entries, tallies and loose text."""
    body = Body()
    heading: Policy | None = None
    for row in range(len(grid.rows)):
        texts = grid.texts(row)
        is_header = header.first_row <= row <= header.last_row
        if is_header or not any(_is_filled(grid, row, column) for column in range(len(grid.rows[row]))):
            continue
        if _take_notes(grid, header, vocabulary, row, texts, body):
            continue
        if row < header.first_row:
            body.titles.extend(_starts(grid, row))
        elif _repeats_header(header, texts) or _repeats_title(body, texts):
            continue
        elif header.is_totals_only:
            body.entries.append(Entry((row,)))
        elif (tally := _tally(grid, header, vocabulary, row, texts, len(body.entries))) is not None:
            body.tallies.append(tally)
        elif (policy := _policy_heading(grid, header, vocabulary, row, texts)) is not None:
            heading = policy
        elif _continues(grid, header, row, body):
            entry = body.entries[-1]
            body.entries[-1] = Entry((*entry.rows, row), entry.heading)
        elif _is_entry(grid, header, vocabulary, row, texts):
            body.entries.append(Entry((row,), heading))
        elif any(_own(grid, header, row, column) for column in (*FREE_TEXTS, ITEM, STATUS)):
            body.loose.append(row)
    return body


def _is_filled(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell shows a text, or would if its formula had a result."""
    return bool(grid.cell(row, column)) or grid.anchor(row, column) in grid.uncached


def _is_entry(grid: Grid, header: Header, vocabulary: Vocabulary, row: int, texts: list[str]) -> bool:
    """Whether a row is meant as an item: it has a status, or what may be a number.

    A text all by itself is neither, unless it is a word of the vocabulary or looks like a number. A row taken for a
    footnote by mistake cannot change a figure: its item would be missing.
    """
    number, status = header.columns[NUMBER], header.columns[STATUS]
    if len(texts) == 1 and _own(grid, header, row, STATUS) and vocabulary.status(texts[0]) is None:
        return False
    if _is_filled(grid, row, status) and (grid.anchor(row, status)[0] == row or grid.cell(row, number)):
        return True
    text = grid.cell(row, number)
    is_number = vocabulary.item_of_any_year(text) is not None or looks_like_number(text)
    return (bool(text) and is_number) or grid.anchor(row, number) in grid.uncached


def _own(grid: Grid, header: Header, row: int, column: str) -> str:
    """The text of a column that begins in this very row."""
    index = header.columns.get(column)
    if index is None or not grid.begins(row, index):
        return ""
    return grid.cell(row, index)


def _take_notes(
    grid: Grid, header: Header, vocabulary: Vocabulary, row: int, texts: list[str], body: Body
) -> bool:
    if not texts or not texts[0].startswith(NOTE_MARK) or _is_marked_entry(grid, header, vocabulary, row):
        return False
    body.notes.extend(
        (row, column, text.removeprefix(NOTE_MARK).strip()) for _, column, text in _starts(grid, row)
    )
    return True


def _is_marked_entry(grid: Grid, header: Header, vocabulary: Vocabulary, row: int) -> bool:
    """Whether a row that begins with ※ is an item that is marked so, as 重点項目 are: by its number or status."""
    return row > header.last_row and (
        vocabulary.item_of_any_year(_own(grid, header, row, NUMBER)) is not None
        or vocabulary.status(_own(grid, header, row, STATUS)) is not None
    )


def _starts(grid: Grid, row: int) -> list[tuple[int, int, str]]:
    cells = ((column, grid.cell(row, column)) for column in range(len(grid.rows[row])))
    return [(row, column, text) for column, text in cells if text and grid.begins(row, column)]


def _repeats_header(header: Header, texts: list[str]) -> bool:
    return bool(texts) and all(variant_folded(text) in header.labels for text in texts)


def _repeats_title(body: Body, texts: list[str]) -> bool:
    titles = {folded(title) for *_, title in body.titles}
    return bool(texts) and all(folded(text) in titles for text in texts)


def _tally(
    grid: Grid, header: Header, vocabulary: Vocabulary, row: int, texts: list[str], entries: int
) -> Tally | None:
    number = grid.cell(row, header.columns[NUMBER])
    if vocabulary.item(number) is not None and not is_roman(number):
        return None
    for text in texts[:3]:
        if match := _TOTAL.fullmatch(folded(text)):
            return Tally(row, match[1], match[1] == "小計", entries)
        match = _POLICY_TOTAL.fullmatch(folded(text))
        if match and vocabulary.policy(match["before"] or match["after"]) is not None:
            return Tally(row, folded(text), True, entries)
    if len(texts) == 2 and count_of(texts[1]) is not None:
        status = vocabulary.status(texts[0])
        # Where statuses are digits themselves, two digits side by side may be an item and its status.
        if status is not None and (count_of(status) is None or not _own(grid, header, row, NUMBER)):
            return Tally(row, status, False, entries, status)
    return None


def _policy_heading(
    grid: Grid, header: Header, vocabulary: Vocabulary, row: int, texts: list[str]
) -> Policy | None:
    if len(texts) > 2 or _own(grid, header, row, STATUS):
        return None
    number = _own(grid, header, row, NUMBER)
    if number and vocabulary.item(number) is not None and not is_roman(number):
        return None
    # Numeral and name may stand in two cells.
    return vocabulary.policy(" ".join(texts))


def _continues(grid: Grid, header: Header, row: int, body: Body) -> bool:
    """Whether a row belongs to the item above because their number is one merged cell."""
    if not body.entries:
        return False
    index = header.columns[NUMBER]
    anchor = grid.anchor(row, index)
    return anchor[0] < row and anchor == grid.anchor(body.entries[-1].row, index)
