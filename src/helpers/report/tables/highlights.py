"""The table of what was done in the year (主な取組)."""

from __future__ import annotations

__all__ = ["highlights"]

import pandas as pd

from helpers.history.history import History, remembered
from helpers.report.table import Table
from helpers.report.tables.common import policy_headings, previous_statuses
from helpers.report.tables.items import item_transitions


@remembered
def highlights(history: History) -> Table | None:
    """The items whose sheet tells what was done in the year, with a mark where the status changed.

    Shape: one row per item with 主な取組, grouped by policy in the document's order.
    Source: section 2 (1) and (2) of the fiscal 2022 report. None where no item has 主な取組.
    """
    statuses = history.item_statuses(history.year)
    if statuses is None or (described := statuses[statuses["activities"] != ""]).empty:
        return None
    transitions, title = item_transitions(history), history.plan.wording.item_title
    before = {} if transitions is None else previous_statuses(transitions)
    previous = [before.get(number, "") for number in described["number"]]
    changes = [
        f"{old}⇒{new}へ" if old not in ("", new) else ""
        for old, new in zip(previous, described["status"], strict=True)
    ]
    return Table(
        id="highlights",
        caption=f"{history.year}の主な取組",
        printed=pd.DataFrame(
            {
                "基本方針": policy_headings(history.plan, described),
                "番号": list(described["number"]),
                title: list(described["item"]),
                "状況の変化": changes,
                "主な取組": list(described["activities"]),
            }
        ),
        records=described.assign(previous_status=previous)[
            ["fiscal_year", "policy", "number", "item", "previous_status", "status", "activities"]
        ],
        row_headers=("番号", title),
        text=("状況の変化", "主な取組"),
        group="基本方針",
        source="2(1)",
    )
