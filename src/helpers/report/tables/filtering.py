"""Attributes by which the page filters the table of items: the change since last year, the department."""

from __future__ import annotations

__all__ = ["ADDED", "BACK", "FORWARD", "OTHER", "SAME", "previous_statuses", "row_attributes"]

from collections.abc import Iterable

import pandas as pd

from helpers.history.courses import direction, progress
from helpers.history.history import History

FORWARD, BACK, SAME, OTHER, ADDED = "進んだ", "後退した", "変わらない", "区分が変わった", "加わった"
_WORDS = {"forward": FORWARD, "back": BACK, "other": OTHER, "came": ADDED}


def row_attributes(
    history: History, numbers: Iterable[str], changes: pd.DataFrame | None
) -> list[dict[str, str]]:
    """``data_change`` and ``data_department`` for a row of each item; a key is left out where it is not known.

    ``changes``: the transitions since last year, None where they are not known.
    """
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return []
    now = dict(zip(statuses["number"], statuses["status"], strict=True))
    departments = dict(zip(statuses["number"], statuses["department"], strict=True))
    before = {} if changes is None else previous_statuses(changes)
    rows = []
    for number in numbers:
        row = {}
        if changes is not None:
            row["data_change"] = _change(history, before.get(number, ""), now[number])
        if departments[number]:
            row["data_department"] = " ".join(departments[number].split())
        rows.append(row)
    return rows


def previous_statuses(changes: pd.DataFrame) -> dict[str, str]:
    """Last year's status of each of this year's items, by number; empty for new items.

    ``changes``: the transitions since last year. Items that left are not included, even if their number was given anew.
    """
    here = changes[changes["status"] != ""]
    return dict(zip(here["number"], here["previous_status"], strict=True))


def _change(history: History, old: str, new: str) -> str:
    return SAME if old == new else _WORDS[direction(old, new, progress(history.plan))]
