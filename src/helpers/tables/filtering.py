"""What the page filters the item table by, besides what its cells show: the change since last year, the department."""

from __future__ import annotations

import pandas as pd

from helpers.courses import progress
from helpers.history import History

FORWARD, BACK, SAME, OTHER, ADDED = "進んだ", "後退した", "変わらない", "区分が変わった", "加わった"


def row_attributes(history: History, statuses: pd.DataFrame) -> list[dict[str, str]]:
    """``data_change`` and ``data_department`` for each row of a year's frame; a key is left out where not known."""
    previous = history.item_statuses(history.year.previous)
    before = {} if previous is None else dict(zip(previous["number"], previous["status"], strict=True))
    rows = []
    for number, status, department in zip(
        statuses["number"], statuses["status"], statuses["department"], strict=True
    ):
        row = {} if previous is None else {"data_change": _change(history, before.get(number, ""), status)}
        if department:
            row["data_department"] = " ".join(department.split())
        rows.append(row)
    return rows


def _change(history: History, old: str, new: str) -> str:
    if not old:
        return ADDED
    if old == new:
        return SAME
    rank = progress(history.plan)
    if old not in rank or new not in rank:
        return OTHER
    return FORWARD if rank[new] > rank[old] else BACK
