"""Cards that stand in one cell each, labels and values as its lines: '番号：1', '実施状況：実施'."""

from __future__ import annotations

__all__ = ["unfolded"]

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from helpers.sheets.files.grid import Grid, Position
from helpers.sheets.rows.header import NUMBER, STATUS, HeaderNames
from helpers.sheets.rows.table_body import FREE_TEXTS

_LONGEST_LABEL = 60
_SIGNS = frozenset(":：】〕］]\n")  # without which no text has a label in it
_LABEL = (
    rf"(?:^|(?<=\s))[■□◆◇●○◎・▼▶]*(?:[【〔［\[]([^】〕］\]\n]{{1,{_LONGEST_LABEL}}})[】〕］\]][ \u3000]*[:：]?"
    rf"|([^\s:：【〔［\[■□◆◇●○◎・▼▶]{{1,{_LONGEST_LABEL}}})(?:[ \u3000]*[:：]|(?=\n)))"
)
_OTHER_LINE = r"\n(?:※|[^\s:：]{1,20}[:：])[\s\S]"


def unfolded(grid: Grid, names: HeaderNames) -> Grid:
    """A worksheet with two cells for each label and value, one below the other, in the place of each card in a cell.

    The worksheet itself where no cell has labels of both a number and a status.
    """
    cards = {
        (row, column): lines
        for row, texts in enumerate(grid.rows)
        for column, text in enumerate(texts)
        if text and (lines := _lines(grid.cell(row, column), names))
    }
    return _Unfolding(grid, cards).grid() if cards else grid


def _lines(text: str, names: HeaderNames) -> list[tuple[str, ...]]:
    """The labels of a card with their values, after what stands before them; empty where the text is no card."""
    if not _SIGNS.intersection(text):
        return []
    labels = [
        (match, match[1] or match[2], reading)
        for match in re.finditer(_LABEL, text)
        if (reading := names.read(match[1] or match[2])) is not None
    ]
    if not {NUMBER, STATUS} <= {reading[0] for *_, reading in labels}:
        return []
    ends = [match.start() for match, *_ in labels] + [len(text)]
    lines: list[tuple[str, ...]] = [(before,)] if (before := text[: ends[0]].strip()) else []
    for (match, label, reading), end in zip(labels, ends[1:], strict=True):
        value = text[match.end() : end].strip()
        # A short value ends where a note or another label begins; a text may have such lines itself.
        other = None if reading[0] in FREE_TEXTS else re.search(_OTHER_LINE, value)
        lines.append((label, value[: other.start()] if other else value))
        lines += [(value[other.start() + 1 :],)] if other else []
    return lines


class _Unfolding:
    """Puts the lines of cards below each other, and the other cells of their rows above them."""

    def __init__(self, grid: Grid, cards: dict[Position, list[tuple[str, ...]]]) -> None:
        self._grid, self._cards = grid, cards
        self._rows: list[tuple[str, ...]] = []
        self._places: dict[Position, Position] = {}
        self._new_rows: dict[int, int] = {}

    def grid(self) -> Grid:
        for row, texts in enumerate(self._grid.rows):
            own = [(row, column) for column in range(len(texts)) if (row, column) in self._cards]
            others = ["" if (row, column) in self._cards else text for column, text in enumerate(texts)]
            if any(others) or not own:
                self._new_rows[row] = len(self._rows)
                self._add(others, [(row, column) for column in range(len(texts))])
            for position in own:
                for line in self._cards[position]:
                    self._add(line, [position] * (len(line) + 1))
                self._add((), [])
        rows, grid = self._new_rows, self._grid
        return replace(
            grid,
            rows=tuple(self._rows),
            merged=tuple(self._merged()),
            hidden_rows=frozenset(rows[row] for row in grid.hidden_rows if row in rows),
            uncached=frozenset((rows[row], column) for row, column in grid.uncached if row in rows),
            places=self._places,
        )

    def _add(self, texts: tuple[str, ...] | list[str], places: list[Position]) -> None:
        self._places |= {(len(self._rows), column): position for column, position in enumerate(places)}
        self._rows.append(tuple(texts))

    def _merged(self) -> Iterator[tuple[int, int, int, int]]:
        for top, left, bottom, right in self._grid.merged:
            new = [self._new_rows.get(row, -9) for row in range(top, bottom + 1)]
            is_whole = new[0] >= 0 and all(after - before == 1 for before, after in pairwise(new))
            if is_whole and (top, left) not in self._cards:
                yield new[0], left, new[-1], right
