"""Flaws of tables: text that leaves its column, and words broken to less than four letters a line."""

from __future__ import annotations

__all__ = ["Row", "Runs", "flaws_of_tables"]

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from helpers.proof.looks.flaw import Flaw, Kind
from helpers.proof.looks.places import Places
from helpers.proof.looks.positions import Drawn, Sheet
from helpers.proof.pdf_text import Mark, Tagged
from helpers.text.forms import is_wide

_FEWEST = 4  # letters to a line
_TOLERANCE = 0.5
# The ink of a line is narrower than its letters' bodies, by less than this part of one.
_LESS = 0.65

Runs = Mapping[Mark, list[Drawn]]
Row = Sequence[tuple[Tagged, list[Drawn]]]


def flaws_of_tables(sheets: Sequence[Sheet], places: Places) -> Iterator[Flaw]:
    """List the flaws of all tables."""
    runs: dict[Mark, list[Drawn]] = {}
    for run in (run for sheet in sheets for run in sheet.runs if run.content >= 0):
        runs.setdefault((run.page, run.content), []).append(run)
    for name, rows in places.tables:
        drawn = [[(cell, _runs_of(cell, runs)) for cell in row] for row in rows]
        yield from _beyond_columns(name, drawn)
        columns = _columns(drawn)
        for row in drawn:
            for x, (cell, of_cell) in enumerate(row):
                column = columns[x] if len(row) == len(columns) else _beneath(of_cell, columns)
                # Where another cell of the column has longer lines, this one's lines end where its text says.
                if _is_broken(cell.text, of_cell) and all(map(_is_narrow, column)):
                    yield Flaw(Kind.BROKEN, of_cell[0].page, name, cell.text)


def _runs_of(cell: Tagged, runs: Runs) -> list[Drawn]:
    return [run for mark in cell.marks for run in runs.get(mark, ())]


def _whole(rows: Sequence[Row]) -> list[Row]:
    """The rows without spans."""
    columns = max((len(row) for row in rows), default=0)
    return [row for row in rows if len(row) == columns]


def _columns(rows: Sequence[Row]) -> list[list[list[Drawn]]]:
    """The runs drawn in each cell of each column."""
    return [[runs for _, runs in column] for column in zip(*_whole(rows), strict=True)]


def _beneath(cell: list[Drawn], columns: Sequence[Sequence[list[Drawn]]]) -> list[list[Drawn]]:
    """The cell and those cells of columns that stand above or below it."""
    left, right = min((run.left for run in cell), default=0), max((run.right for run in cell), default=0)
    cells = (runs for column in columns for runs in column)
    return [cell, *(runs for runs in cells if any(run.left < right and run.right > left for run in runs))]


def _beyond_columns(name: str, rows: Sequence[Row]) -> Iterator[Flaw]:
    """Text of a column that reaches the text of the next, whichever row that stands in; rows with spans are left out."""
    begins: dict[tuple[int, int], float] = {}
    whole = _whole(rows)
    for row in whole:
        for x, (_, runs) in enumerate(row):
            for run in runs:
                begins[run.page, x] = min(run.left, begins.get((run.page, x), run.left))
    for row in whole:
        for (x, (cell, runs)), _ in pairwise(enumerate(row)):
            for page in {run.page for run in runs}:
                end = max(run.right for run in runs if run.page == page)
                if end > begins.get((page, x + 1), end) + _TOLERANCE:
                    yield Flaw(Kind.BEYOND_CELL, page, name, cell.text)


def _is_broken(text: str, runs: Sequence[Drawn]) -> bool:
    """Whether words stand in lines that are all shorter than four letters, though they have more."""
    letters = sum(map(is_wide, text))
    if letters <= _FEWEST or 2 * letters < len(text) or not runs:
        return False
    return len(_lines(runs)) > 1 and _is_narrow(runs)


def _is_narrow(runs: Sequence[Drawn]) -> bool:
    """Whether no line of a cell is as wide as four of its letters."""
    return all(right - left < (_FEWEST - _LESS) * runs[0].size for left, right in _lines(runs))


def _lines(runs: Sequence[Drawn]) -> list[tuple[float, float]]:
    """Where the lines of a cell begin and end."""
    lines: dict[tuple[int, int], tuple[float, float]] = {}
    for run in runs:
        line = (run.page, round(run.base))
        left, right = lines.get(line, (run.left, run.right))
        lines[line] = (min(left, run.left), max(right, run.right))
    return list(lines.values())
