"""Parts that several computed sentences are made of: changes, shares and names in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from helpers.plan import Plan


def against_last_year(plan: Plan, status: str, counts: pd.DataFrame, before: pd.DataFrame) -> str:
    """The end of a sentence: by how many items and points a status moved since last year."""
    change = counts.at[status, "items"] - before.at[status, "items"]
    points = points_between(counts, before, status)
    if change == 0 and not points:
        return "で、前年度と変わりません。"
    items = "項目数は前年度と同じ" if change == 0 else f"前年度から{abs(change)}項目"
    if points is None or points == 0:
        return f"で、{items}{'増え' if change > 0 else '減り'}ました。" if change else f"で、{items}です。"
    moved_points = f"{plan.printing.number(abs(points))}ポイント{'増え' if points > 0 else '減り'}ました。"
    if change == 0 or (change > 0) == (points > 0):
        return f"で、{items}、{moved_points}"
    return f"で、{items}{'増え' if change > 0 else '減り'}、割合は{moved_points}"


def toward(points: Decimal | None, plan: Plan) -> str:
    """The end of a sentence: where a share went, and by how many points."""
    if not points:
        return "で、変わりません"
    return f"へ{plan.printing.number(abs(points))}ポイント{'増えました' if points > 0 else '減りました'}"


def points_between(counts: pd.DataFrame, before: pd.DataFrame, status: str) -> Decimal | None:
    """The change of a status's printed share in points; None where either has none."""
    now, past = counts.at[status, "share_pct"], before.at[status, "share_pct"]
    return None if now is None or past is None else now - past


def share_of(plan: Plan, counts: pd.DataFrame, status: str) -> str:
    """A status's share as printed."""
    return plan.printing.share(counts.at[status, "share_pct"])


def items_of(counts: pd.DataFrame, names: Iterable[str]) -> int:
    """The items in several statuses together."""
    return int(counts.loc[list(names), "items"].sum())


def quoted(names: Iterable[str]) -> str:
    """Names in quotation marks: 「実施」・「一部実施」."""
    return "・".join(f"「{name}」" for name in names)


def counted_items(counts: pd.DataFrame, plan: Plan) -> int:
    """The items in the denominator of shares."""
    return items_of(counts, plan.counted_names)
