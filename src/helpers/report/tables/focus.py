"""The year by 重点項目, the level between policy and item that some plans have."""

from __future__ import annotations

__all__ = ["by_focus"]

import pandas as pd

from helpers.history.counts import TOTAL, count_by_status
from helpers.history.history import History, remembered
from helpers.plan.reserved_words import NONE
from helpers.report.table import Table
from helpers.report.tables import wide
from helpers.report.tables.common import figures_of, policy_of, share_notes


@remembered
def by_focus(history: History) -> Table | None:
    """Items and shares by 重点項目 and status.

    Shape: one row per 重点項目 of the year in the order of its items, grouped by policy; columns 項目数 and one per
    status with cells such as '8 (72.7%)'. None in a year whose items have no such level, and for one with totals only.
    """
    statuses, plan = history.item_statuses(history.year), history.plan
    if statuses is None or not plan.has_focus_in(history.year):
        return None
    focus = {item.number: item.focus or NONE for item in plan.items_in(history.year)}
    of_item = statuses["number"].map(focus)
    places = list(dict.fromkeys(zip(statuses["policy"], of_item, strict=True)))
    counts = {
        (policy, name): count_by_status(statuses[(statuses["policy"] == policy) & (of_item == name)], plan)
        for policy, name in places
    }
    return Table(
        id="by_focus",
        caption=f"重点項目別の実施状況（{plan.wording.as_of(history.year)}）",
        printed=pd.DataFrame(
            {
                "基本方針": policy_of(plan, policy).heading,
                "重点項目": name,
                plan.wording.count: str(figures.at[TOTAL, "items"]),
                **wide.cells(plan, figures),
            }
            for (policy, name), figures in counts.items()
        ),
        records=pd.DataFrame(
            {"fiscal_year": int(history.year), "policy": policy, "focus": name, "status": status}
            | figures_of(figures, status)
            for (policy, name), figures in counts.items()
            for status in plan.status_names
        ).convert_dtypes(),
        row_headers=("重点項目",),
        group="基本方針",
        spanners=wide.spanners(plan),
        notes=share_notes(
            plan, ((f"{policy_of(plan, key[0]).label} {key[1]}", figures) for key, figures in counts.items())
        ),
    )
