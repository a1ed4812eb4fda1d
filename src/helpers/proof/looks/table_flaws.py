"""Flaws of tables: text that leaves its column, and words broken to less than four letters a line."""

from __future__ import annotations

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


def flaws_of_tables(sheets: Sequence[Sheet], places: Places) -> Iterator[Flaw]:
    """List the flaws of all tables."""
    runs: dict[Mark, list[Drawn]] = {}
    for run in (run for sheet in sheets for run in sheet.runs if run.content >= 0):
        runs.setdefault((run.page, run.content), []).append(run)
    for name, rows in places.tables:
        drawn = [[(cell, _runs_of(cell, runs)) for cell in row] for row in rows]
        yield from _beyond_columns(name, drawn)
        for row in drawn:
            for cell, of_cell in row:
                if _is_broken(cell.text, of_cell):
                    yield Flaw(Kind.BROKEN, of_cell[0].page, name, cell.text)


def _runs_of(cell: Tagged, runs: Runs) -> list[Drawn]:
    return [run for mark in cell.marks for run in runs.get(mark, ())]


def _beyond_columns(name: str, rows: Sequence[Sequence[tuple[Tagged, list[Drawn]]]]) -> Iterator[Flaw]:
    """Text of a column that reaches the text of the next, whichever row that stands in; rows with spans are left out."""
    columns = max((len(row) for row in rows), default=0)
    begins: dict[tuple[int, int], float] = {}
    whole = [row for row in rows if len(row) == columns]
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
    lines: dict[tuple[int, int], tuple[float, float]] = {}
    for run in runs:
        line = (run.page, round(run.base))
        left, right = lines.get(line, (run.left, run.right))
        lines[line] = (min(left, run.left), max(right, run.right))
    size = runs[0].size
    widest = max(right - left for left, right in lines.values())
    return len(lines) > 1 and widest < (_FEWEST - _LESS) * size
