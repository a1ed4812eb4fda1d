"""The structure of a worksheet, of whatever format: merged and hidden cells, formulas without a result, odd cells."""

from __future__ import annotations

__all__ = ["LAST_COLUMN", "LAST_ROW", "Structure", "whole_number"]

from collections.abc import Iterable
from dataclasses import dataclass, field

from helpers.sheets.files.container import Attributes
from helpers.sheets.files.grid import Area, Grid, Quirk, address
from helpers.sheets.files.unreadable import Limits, UnreadableError, corrupt, too_large

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MOST_RULED = 100  # ranges


@dataclass
class Structure:
    """The structure of one worksheet; positions are 0-based."""

    sheet: str
    limits: Limits
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    quirks: dict[tuple[int, int], Quirk] = field(default_factory=dict)
    ruled: list[Area] = field(default_factory=list)
    is_hidden: bool = False
    cells: int = 0

    def add_ruled(self, areas: Iterable[Area]) -> None:
        """Note ranges whose text a conditional format may change; too many of them are the whole worksheet."""
        known = self.ruled
        for top, left, bottom, right in areas:
            above = (
                at for at in range(max(0, len(known) - _MOST_RULED), len(known)) if known[at][2] + 1 == top
            )
            same = next((at for at in above if known[at][1::2] == (left, right)), None)
            if same is None:
                known.append((top, left, bottom, right))
            else:
                known[same] = (known[same][0], left, bottom, right)
        if len(known) > _MOST_RULED:
            known[:] = [(0, 0, LAST_ROW, LAST_COLUMN)]

    def count_cells(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        """Count cells that hold a value: a block of ``rows`` by ``columns`` from a cell on.

        Raises:
            UnreadableError: they lie beyond the limits, or there are too many in all.
        """
        limits, last_row, last_column = self.limits, row + rows - 1, column + columns - 1
        if last_row >= limits.rows or last_column >= limits.columns:
            limit = f"上限{limits.rows:,}行・{limits.columns:,}列"
            cell = address(min(last_row, LAST_ROW - 1), min(last_column, LAST_COLUMN - 1))
            raise too_large(f"表から遠く離れたセルに値があります（{limit}）", self.sheet, cell)
        self.cells += rows * columns
        if self.cells > limits.cells:
            raise too_large(f"値のあるセルが多すぎます（上限{limits.cells:,}個）", self.sheet)

    def grid(self, rows: list[list[str]]) -> Grid:
        """The grid of these rows, with this structure.

        Raises:
            UnreadableError: merged ranges overlap.
        """
        return Grid(
            name=self.sheet,
            rows=tuple(map(tuple, rows)),
            merged=self._merged_within(len(rows), max(map(len, rows), default=0)),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            uncached=frozenset(self.uncached),
            quirks=self.quirks,
            ruled=tuple(self.ruled),
            is_hidden=self.is_hidden,
        )

    def _merged_within(self, height: int, width: int) -> tuple[Area, ...]:
        """Clip merged ranges to the table; ranges that overlap are a sign of damage."""
        clipped = [
            (top, left, min(bottom, height - 1), min(right, width - 1))
            for top, left, bottom, right in self.merged
            if top < height and left < width
        ]
        area = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in clipped)
        if area > height * width:
            message = f"シート「{self.sheet}」の結合セルが重なっています。結合を解除して保存し直してください"
            raise UnreadableError("corrupt", message, self.sheet)
        return tuple(clipped)


def whole_number(attributes: Attributes, name: str, most: int, default: str = "", label: str = "") -> int:
    """A positive whole number in an attribute; ``label`` names it in the error.

    Raises:
        UnreadableError: it is none, or more than ``most``.
    """
    text = attributes.get(name, default)
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= most):
        raise corrupt(f"{label or f'{name}の値'}「{text[:20]}」を読めません")
    return int(text)
