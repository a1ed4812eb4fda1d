"""Statuses that stand side by side for a person to circle one of them, as forms on paper have them."""

from __future__ import annotations

from itertools import count

from helpers.sheets.files.grid import Grid
from helpers.sheets.rows.cell_meanings import Vocabulary


def listed_statuses(grid: Grid, row: int, column: int, words: Vocabulary) -> list[str]:
    """The statuses in a cell and in those that follow it, up to the first cell that has none; empty for a single one."""
    statuses: list[str] = []
    for at in count(column):
        if not grid.begins(row, at) and statuses:
            continue
        status = words.status(grid.cell(row, at))
        if status is None:
            break
        statuses.append(status)
    return statuses if len(set(statuses)) > 1 else []


def several_listed(statuses: list[str]) -> str:
    """Say in a finding that one of several statuses cannot be told."""
    names = "、".join(statuses)
    return f"実施状況の欄に区分が並んでいて（{names}）、どれに当たるか分かりません。図形の丸などは読めないため、当たる区分だけを残してください"
