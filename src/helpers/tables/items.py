"""Item by item: every status, and what moved since last year."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from helpers.counts import transitions
from helpers.history import History
from helpers.table import Table
from helpers.tables.common import policy_headings, status_groups


def items(history: History) -> Table | None:
    """Every item with its status, grouped by policy in the document's order.

    Shape: (n_items, 3 and the group). Source: section 3 (1). None for a year with totals only.
    """
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return None
    return Table(
        id="items",
        caption=f"推進項目別の実施状況（{history.year}末）",
        printed=pd.DataFrame(
            {
                "基本方針": policy_headings(history.plan, statuses),
                "番号": list(statuses["number"]),
                "推進項目": list(statuses["item"]),
                "実施状況": list(statuses["status"]),
            }
        ),
        records=statuses[
            ["fiscal_year", "policy", "number", "item", "status", "department", "sheet", "cell"]
        ].copy(),
        row_headers=("番号", "推進項目"),
        group="基本方針",
        statuses=status_groups(history.plan),
        status_columns=("実施状況",),
        notes=tuple(_item_notes(history)),
        source="3(1)",
    )


def moved(history: History) -> Table | None:
    """The items whose status differs from last year's, with both statuses.

    Shape: one row per item that moved, came or left; columns 番号, 推進項目, 前年度, 今年度.
    None where last year is not known item by item.
    """
    changes = moved_items(history)
    if changes is None or changes.empty:
        return None
    year, previous = history.year, history.year.previous
    return Table(
        id="moved",
        caption=f"{previous}から{year}に状況が変わった項目",
        printed=pd.DataFrame(
            {
                "基本方針": policy_headings(history.plan, changes),
                "番号": list(changes["number"]),
                "推進項目": list(changes["item"]),
                str(previous): [status or "―" for status in changes["previous_status"]],
                str(year): [status or "―" for status in changes["status"]],
            }
        ),
        records=changes.assign(fiscal_year=int(year)),
        row_headers=("番号", "推進項目"),
        group="基本方針",
        statuses=status_groups(history.plan),
        status_columns=(str(previous), str(year)),
    )


def item_transitions(history: History) -> pd.DataFrame | None:
    """``counts.transitions`` from last year to this one, or None where either is not known item by item."""
    statuses, previous = history.item_statuses(history.year), history.item_statuses(history.year.previous)
    return transitions(previous, statuses) if statuses is not None and previous is not None else None


def moved_items(history: History) -> pd.DataFrame | None:
    """The transitions in which the two statuses differ; None where there is nothing to compare."""
    changes = item_transitions(history)
    return (
        None
        if changes is None
        else changes[changes["status"] != changes["previous_status"]].reset_index(drop=True)
    )


def _item_notes(history: History) -> Iterator[str]:
    for year in history.years[1:]:
        before, now = history.plan.items_in(year.previous), history.plan.items_in(year)
        came, left = len([i for i in now if i not in before]), len([i for i in before if i not in now])
        if came or left:
            told = "、".join(
                [*([f"{came}項目を追加"] if came else []), *([f"{left}項目を終了"] if left else [])]
            )
            yield f"※{year}に{told}（{len(before)}項目から{len(now)}項目へ）"
