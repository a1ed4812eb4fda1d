"""How many targets were set, judged and met, by policy."""

from __future__ import annotations

__all__ = ["COUNTS", "targets"]

from typing import Any

import pandas as pd

from helpers.history.counts import TOTAL
from helpers.history.declared_values import TargetCounts, count_targets, indicators_in
from helpers.history.history import History, remembered
from helpers.plan.reserved_words import NO_DATA
from helpers.report.table import Table
from helpers.report.tables.common import comparison_notes, fraction, policy_notes, policy_of, sums_by

COUNTS = ("設定", "判定", "達成")


@remembered
def targets(history: History) -> Table | None:
    """The targets of each policy and of the plan: set, judged, met, their share; last year beside, and the change.

    Shape: one row per policy and the total. The share is of the judged ones; its change is the difference of the printed
    shares. None where the year has no indicators.
    """
    now = count_targets(history, history.year)
    if now is None or not indicators_in(history, history.year):
        return None
    last_year, words = history.previous_year, history.plan.wording
    before = count_targets(history, last_year)
    rows, records = [], []
    for scope, counts in now.items():
        past = None if before is None else before[scope]
        name = policy_of(history.plan, scope).label if scope else TOTAL
        row = {history.plan.scope_title: name, **_cells(history, counts)}
        if last_year is not None:
            row |= {words.before(column): cell for column, cell in _cells(history, past).items()}
            row[words.change] = _change(history, counts, past)
        rows.append(row)
        records.append({"fiscal_year": int(history.year), "policy": scope, **_record(history, counts, past)})
    return Table(
        id="targets",
        caption="目標の達成状況",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records).convert_dtypes(),
        row_headers=(history.plan.scope_title,),
        spanners=words.year_heads((*COUNTS, "達成の割合"), history.year, last_year),
        totals=frozenset({TOTAL}),
        sums=sums_by(history.plan, "policy"),
        notes=(
            *comparison_notes(history),
            *policy_notes(history, [last_year]),
            "※「設定」は目標値のある指標、「判定」はそのうち実績値の分かる指標、「達成」は実績値が目標値以上に良い指標の数です。"
            "割合は「判定」に対するものです。",
        ),
    )


def _cells(history: History, counts: TargetCounts | None) -> dict[str, str]:
    if counts is None:
        return dict.fromkeys((*COUNTS, "達成の割合"), NO_DATA)
    printing = history.plan.printing
    numbers = dict(zip(COUNTS, map(str, (counts.is_set, counts.judged, counts.met)), strict=True))
    return numbers | {"達成の割合": printing.share(counts.share_pct(printing))}


def _change(history: History, counts: TargetCounts, past: TargetCounts | None) -> str:
    if past is None:
        return NO_DATA
    printing, change = history.plan.printing, counts.met - past.met
    shares = counts.share_pct(printing), past.share_pct(printing)
    if shares[0] is None or shares[1] is None:
        return printing.change_without_shares(change)
    return printing.change_cell(change, shares[0] - shares[1])


def _record(history: History, counts: TargetCounts, past: TargetCounts | None) -> dict[str, Any]:
    share, past_share = (
        None if each is None else fraction(each.share_pct(history.plan.printing)) for each in (counts, past)
    )
    are_known = share is not None and past_share is not None
    return {
        "targets_set": counts.is_set,
        "targets_judged": counts.judged,
        "targets_met": counts.met,
        "met_share": share,
        "previous_targets_set": past and past.is_set,
        "previous_targets_judged": past and past.judged,
        "previous_targets_met": past and past.met,
        "previous_met_share": past_share,
        "change_targets_met": past and counts.met - past.met,
        "change_met_share": share - past_share if are_known else None,  # type: ignore[operator]
    }
