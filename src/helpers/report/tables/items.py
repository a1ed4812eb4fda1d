"""Item by item: every status, and what moved since last year."""

from __future__ import annotations

__all__ = ["item_transitions", "items", "moved", "moved_items"]

from collections.abc import Iterator

import pandas as pd

from helpers.history.counts import transitions
from helpers.history.history import History, remembered
from helpers.plan.lineage import came_and_left, changes_in
from helpers.plan.plan_parts import NO_POLICY
from helpers.plan.reserved_words import NONE
from helpers.report.palette import status_looks
from helpers.report.table import Table
from helpers.report.tables.cards import card_anchors
from helpers.report.tables.common import policy_headings, row_attributes


@remembered
def items(history: History) -> Table | None:
    """Every item with its status, grouped by policy in the document's order.

    Shape: (n_items, 3 and the group). Source: section 3 (1). None for a year with totals only.
    """
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return None
    plan, listed = history.plan, _with_repeats(statuses, history)
    words = plan.wording
    focus = {"重点項目": list(listed["focus"])} if plan.has_focus_in(history.year) else {}
    # Where a sheet has several tables, worksheet and cell alone do not identify a cell.
    file = ["file"] if history.sheets[history.year].tables else []
    return Table(
        id="items",
        caption=f"{words.kind}別の実施状況（{words.as_of(history.year)}）",
        printed=pd.DataFrame(
            {
                "基本方針": policy_headings(plan, listed),
                **focus,
                "番号": list(listed["number"]),
                words.item_title: list(listed["item"]),
                "実施状況": list(listed["status"]),
            }
        ),
        records=statuses[
            ["fiscal_year", "policy", "number", "item", "status", "department", *file, "sheet", "cell"]
        ].copy(),
        row_headers=("番号", words.item_title),
        text=tuple(focus),
        group="基本方針",
        statuses=status_looks(plan),
        status_columns=("実施状況",),
        notes=tuple(_item_notes(history)),
        source="3(1)",
        row_attributes=row_attributes(history, listed["number"], item_transitions(history)),
        links=_card_links(history, listed),
    )


def _card_links(history: History, listed: pd.DataFrame) -> dict[tuple[int, str], tuple[tuple[str, str], ...]]:
    """From the name of each item to its card, where the plan shows cards."""
    anchors = card_anchors(history)
    pairs = enumerate(zip(listed["number"], listed["item"], strict=True))
    return {
        (position, history.plan.wording.item_title): ((name, anchors[number]),)
        for position, (number, name) in pairs
        if number in anchors
    }


@remembered
def moved(history: History) -> Table | None:
    """The items whose status differs from last year's, with both statuses.

    Shape: one row per item that moved, came or left; columns 番号, 推進項目, 前年度, 今年度.
    None where last year is not known item by item.
    """
    changes = moved_items(history)
    if changes is None or changes.empty:
        return None
    year, previous, words = history.year, history.year.previous, history.plan.wording
    remarks = {"備考": list(changes["remark"])} if changes["remark"].any() else {}
    return Table(
        id="moved",
        caption=f"{words.label(previous)}から{words.label(year)}に状況が変わった{words.item}",
        printed=pd.DataFrame(
            {
                "基本方針": policy_headings(history.plan, changes),
                "番号": list(changes["number"]),
                words.item_title: list(changes["item"]),
                words.label(previous): [status or NONE for status in changes["previous_status"]],
                words.label(year): [status or NONE for status in changes["status"]],
                **remarks,
            }
        ),
        records=changes[["number", "policy", "item", "previous_status", "status"]].assign(
            fiscal_year=int(year), **({"remark": changes["remark"]} if remarks else {})
        ),
        row_headers=("番号", words.item_title),
        text=tuple(remarks),
        group="基本方針",
        statuses=status_looks(history.plan),
        status_columns=(words.label(previous), words.label(year)),
    )


@remembered
def item_transitions(history: History) -> pd.DataFrame | None:
    """``counts.transitions`` from last year to this one, or None where either is not known item by item."""
    statuses, previous = history.item_statuses(history.year), history.item_statuses(history.previous_year)
    if statuses is None or previous is None:
        return None
    return transitions(previous, statuses, history.plan)


def moved_items(history: History) -> pd.DataFrame | None:
    """The transitions in which the two statuses differ; None where there is nothing to compare."""
    changes = item_transitions(history)
    if changes is None:
        return None
    return changes[changes["status"] != changes["previous_status"]].reset_index(drop=True)


def _with_repeats(statuses: pd.DataFrame, history: History) -> pd.DataFrame:
    """The year's items by policy, each policy's own first, then those listed again under it (再掲)."""
    plan = history.plan
    items = {item.number: item for item in plan.items_in(history.year)}
    rows = [
        (
            policy.numeral,
            (items[row["number"]].focus if is_own else "") or NONE,
            row["number"],
            name,
            row["status"],
        )
        for policy in plan.policies or (NO_POLICY,)
        for is_own in (True, False)
        for row in statuses.to_dict("records")
        if (row["policy"] == policy.numeral if is_own else policy in items[row["number"]].also_in)
        for name in (row["item"] if is_own else f"{row['item']}（再掲）",)
    ]
    return pd.DataFrame(rows, columns=["policy", "focus", "number", "item", "status"])


def _item_notes(history: History) -> Iterator[str]:
    plan, words = history.plan, history.plan.wording
    for year in history.years[1:]:
        before, now = plan.items_in(year.previous), plan.items_in(year)
        came, left = came_and_left(plan, year)
        events = [
            *([f"{words.items(came)}を追加"] if came else []),
            *([f"{words.items(left)}を終了"] if left else []),
            *(change.summary for change in changes_in(plan, year)),
        ]
        if events:
            yield f"※{year}に{'、'.join(events)}（{words.items(len(before))}から{words.items(len(now))}へ）"
    if any(item.also_in for item in plan.items_in(history.year)):
        yield f"※（再掲）は、ほかの基本方針の{words.item}をもう一度示したもので、{words.count}には一度だけ数えています。"
