"""Guess the columns with unknown headings from the texts of their cells."""

from __future__ import annotations

__all__ = ["guess_columns", "headings_of_marks", "pooled"]

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from helpers.plan.words.groups import is_status_word
from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import is_ditto, looks_like_number
from helpers.sheets.rows.header import ACTIVITIES, DEPARTMENT, ITEM, NUMBER, POLICY, STATUS, HeaderNames
from helpers.sheets.rows.layouts.status_marking import MARKS, NO_MARKS
from helpers.text.forms import folded, variant_folded

_ROWS_SEARCHED = 60
_FEWEST_ROWS = 3
_MOST_STATUSES = 12
_LONGEST_STATUS = 12
_LONGEST_NAME = 60
_DEPARTMENT = re.compile(r"(?:課|室|局|部|係|所|館|センター|事務局|委員会|担当)$")
_STATUS_HEADING = re.compile("状況|進捗|達成|評価|判定|区分|結果|ステータス")
_NAME_HEADING = re.compile("項目|取組|取り組み|事業|施策|名|内容")
_ACTIVITIES_HEADING = re.compile("取組|取り組み|実績|成果|実施内容")
_POLICY_HEADING = re.compile("方針|柱|分野|目標|施策|体系|テーマ")


@dataclass(frozen=True)
class _Column:
    """A column under a heading; ``texts``: of its cells, each once where cells are merged; ``rows``: of the table."""

    heading: str
    texts: Sequence[str]
    rows: int

    @cached_property
    def kinds(self) -> Counter[str]:
        return Counter(variant_folded(text) for text in self.texts if not is_ditto(text))

    def share(self, is_so: Callable[[str], bool]) -> float:
        return sum(map(is_so, self.texts)) / max(1, len(self.texts))

    @property
    def is_of_numbers(self) -> bool:
        return self.share(looks_like_number) >= 0.8 and len(self.kinds) >= 0.8 * len(self.texts)

    @property
    def is_of_statuses(self) -> bool:
        is_short = max(map(len, self.texts)) <= _LONGEST_STATUS and len(self.kinds) <= _MOST_STATUSES
        says_so = _STATUS_HEADING.search(self.heading) is not None and 2 * len(self.kinds) <= len(self.texts)
        is_filled = 2 * len(self.texts) >= self.rows
        return is_short and is_filled and (self.share(is_status_word) >= 0.6 or says_so)

    @property
    def is_of_departments(self) -> bool:
        return self.share(lambda text: _DEPARTMENT.search(folded(text)) is not None) >= 0.6

    @property
    def is_of_policies(self) -> bool:
        return _POLICY_HEADING.search(self.heading) is not None and 2 * len(self.kinds) <= self.rows

    @property
    def is_of_names(self) -> bool:
        is_short = self.share(lambda text: 2 <= len(text) <= _LONGEST_NAME) >= 0.9
        is_of_each = len(self.kinds) >= 0.9 * len(self.texts) and len(self.texts) >= 0.9 * self.rows
        return is_short and is_of_each and _NAME_HEADING.search(self.heading) is not None

    @property
    def is_of_activities(self) -> bool:
        return (
            _ACTIVITIES_HEADING.search(self.heading) is not None
            and self.share(lambda text: len(text) > 15) >= 0.5
        )


_GUESSES: Mapping[str, Callable[[_Column], bool]] = {
    NUMBER: lambda column: column.is_of_numbers,
    STATUS: lambda column: column.is_of_statuses,
    DEPARTMENT: lambda column: column.is_of_departments,
    POLICY: lambda column: column.is_of_policies,
    ITEM: lambda column: column.is_of_names,
    ACTIVITIES: lambda column: column.is_of_activities,
}


def pooled(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """The worksheets, and for those with equal headings one more with all their rows, as each may be too short to guess from."""
    heads: dict[tuple[str, ...], list[tuple[Grid, int]]] = {}
    for grid in grids:
        filled = (row for row in range(len(grid.rows)) if len(grid.texts(row)) >= 2)
        for row in islice(filled, _ROWS_SEARCHED):
            heads.setdefault(grid.rows[row], []).append((grid, row))
    shared = max(heads.items(), key=lambda head: len(head[1]), default=((), []))
    if len(shared[1]) < 2:
        return tuple(grids)
    # An item in two files is a finding later, and no sign of another column.
    below = dict.fromkeys(cells for grid, row in shared[1] for cells in grid.rows[row + 1 :])
    return (*grids, Grid("", (shared[0], *below)))


def headings_of_marks(grid: Grid) -> tuple[str, ...]:
    """The headings of columns beside each other of which each item has a mark in one: the statuses of such a sheet."""
    filled = (row for row in range(len(grid.rows)) if grid.texts(row))
    for row in islice(filled, _ROWS_SEARCHED):
        runs: list[list[int]] = [[]]
        for index in range(len(grid.rows[row])):
            if (
                grid.heading(row, index)
                and grid.anchor(row, index)[1] == index
                and _holds_marks(grid, row, index)
            ):
                runs[-1].append(index)
            elif runs[-1]:
                runs.append([])
        for run in runs:
            marked = [sum(_is_mark(grid.cell(r, c)) for c in run) for r in range(row + 1, len(grid.rows))]
            if (
                len(run) > 1
                and marked.count(1) >= _FEWEST_ROWS
                and sum(n > 1 for n in marked) < marked.count(1) / 5
            ):
                return tuple(grid.heading(row, index) for index in run)
    return ()


def _holds_marks(grid: Grid, row: int, index: int) -> bool:
    """Whether nothing but marks stands below a heading."""
    texts = [text for r in range(row + 1, len(grid.rows)) if (text := grid.cell(r, index))]
    return all(_is_mark(text) or variant_folded(text) in NO_MARKS for text in texts)


def _is_mark(text: str) -> bool:
    return variant_folded(text) in MARKS


def guess_columns(grid: Grid, names: HeaderNames, has_marks: bool = False) -> dict[str, str]:
    """For each column that no heading of the likeliest header row names: the heading of the column that looks like it.

    Empty where no row has a number and a status under it. ``has_marks``: the statuses are columns of marks.
    """
    filled = (row for row in range(len(grid.rows)) if len(grid.texts(row)) >= 2)
    best, most = dict[str, str](), 0
    for row in islice(filled, _ROWS_SEARCHED):
        columns = list(_columns_under(grid, row))
        known = {reading[0] for column in columns if (reading := names.read(column.heading)) is not None}
        known |= {STATUS} if has_marks else set()
        guessed = _guessed([column for column in columns if names.read(column.heading) is None], known)
        if {NUMBER, STATUS} <= known | guessed.keys() and (weight := 2 * len(known) + len(guessed)) > most:
            best, most = guessed, weight
    return best


def _guessed(columns: Sequence[_Column], known: AbstractSet[str]) -> dict[str, str]:
    left, guessed = list(columns), dict[str, str]()
    for name, fits in _GUESSES.items():
        fitting = [] if name in known else [column for column in left if fits(column)]
        if len(fitting) > 1 and name == STATUS:
            # Two candidates cannot be told apart: the user has to name the column.
            fitting = [column for column in fitting if _STATUS_HEADING.search(column.heading)]
            fitting = fitting if len(fitting) == 1 else []
        if fitting:
            guessed[name] = fitting[0].heading
            left.remove(fitting[0])
    return guessed


def _columns_under(grid: Grid, row: int) -> Iterator[_Column]:
    """The columns under a row of headings that have any text."""
    texts: dict[int, list[str]] = {}
    for index in range(len(grid.rows[row])):
        if grid.heading(row, index) and grid.begins(row, index):
            below = (r for r in range(row + 1, len(grid.rows)) if grid.begins(r, index))
            texts[index] = [text for r in below if (text := grid.cell(r, index).strip())]
    rows = max(map(len, texts.values()), default=0)
    if rows >= _FEWEST_ROWS:
        yield from (_Column(grid.heading(row, index), of, rows) for index, of in texts.items() if of)
