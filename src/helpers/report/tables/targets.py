"""How many targets were set, judged and met, by policy, and how many have each grade of their achievement rate."""

from __future__ import annotations

__all__ = ["COUNTS", "NO_GRADE", "grades", "targets"]

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE, TOTAL
from helpers.history.declared_values import TargetCounts, count_targets, indicators_in
from helpers.history.history import History, remembered
from helpers.plan.declared.kinds import SET, Measure
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE
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


NO_GRADE, _GROUP = "評価なし", "指標の種類"
_Counts = dict[str, Counter[str]]


@remembered
def grades(history: History) -> Table | None:
    """The targets of each policy and of the plan by grade, all of them, and last year's beside.

    Shape: one row per measure, policy and the total, grouped by measure; a column per grade, ― where it is another
    measure's. A target without a rate has no grade. None where the year has no target with grades that set no status.
    """
    last_year, words = history.previous_year, history.plan.wording
    known = [
        (measure, counts, _counts(history, last_year, measure))
        for measure in history.plan.declared.measures
        if measure.grades
        and measure.status != SET
        and (counts := _counts(history, history.year, measure))
        and counts[PLAN_SCOPE].total()
    ]
    if not known:
        return None
    names = dict.fromkeys(grade.name for measure, *_ in known for grade in measure.grades)
    if any(of and of[PLAN_SCOPE][NO_GRADE] for _, *years in known for of in years):
        names[NO_GRADE] = None
    names[TOTAL] = None
    rows: list[dict[str, str]] = []
    records: list[dict[str, Any]] = []
    for measure, counts, before in known:
        own = (*(grade.name for grade in measure.grades), NO_GRADE)
        for scope, of in counts.items():
            label = policy_of(history.plan, scope).label if scope else TOTAL
            row = {_GROUP: measure.name, history.plan.scope_title: label, **_grade_cells(str, of, own, names)}
            if last_year is not None:
                row |= _grade_cells(words.before, None if before is None else before[scope], own, names)
            rows.append(row)
            records += [
                {
                    "fiscal_year": int(history.year),
                    "measure": measure.name,
                    "policy": scope,
                    "grade": "" if name == NO_GRADE else name,
                    "graded": of[name],
                    "previous_graded": before and before[scope][name],
                }
                for name in own
                if name in names
            ]
    return Table(
        id="grades",
        caption="達成率による評価の数",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records).convert_dtypes(),
        row_headers=(history.plan.scope_title,),
        group=_GROUP,
        spanners=words.year_heads(names, history.year, last_year),
        totals=frozenset({TOTAL}),
        sums=sums_by(history.plan, "policy"),
        notes=(
            *comparison_notes(history),
            *policy_notes(history, [last_year]),
            *([f"※「{NO_GRADE}」は、達成率のない目標の数です。"] if NO_GRADE in names else []),
        ),
    )


def _counts(history: History, year: FiscalYear | None, measure: Measure) -> _Counts | None:
    """The targets of a measure by scope and grade; None where the year is not known by item."""
    if year is None or history.item_statuses(year) is None:
        return None
    printing = history.plan.printing
    known = [
        (item.policy.numeral, grade.name if (grade := each.grade(printing)) else NO_GRADE)
        for item, each in indicators_in(history, year)
        if each.is_set and each.measure == measure
    ]
    scopes = (*(policy.numeral for policy in history.plan.policies), PLAN_SCOPE)
    return {
        scope: Counter(name for policy, name in known if scope in (PLAN_SCOPE, policy)) for scope in scopes
    }


def _grade_cells(
    heading: Callable[[str], str],
    counts: Counter[str] | None,
    own: tuple[str, ...],
    names: Iterable[str],
) -> dict[str, str]:
    """The row's cells of one year; ``heading`` makes the heading of a grade, ``own`` are those of the row's measure."""

    def cell(name: str) -> str:
        if counts is None:
            return NO_DATA
        if name in own:
            return str(counts[name])
        return str(counts.total()) if name == TOTAL else NOT_ALIVE

    return {heading(name): cell(name) for name in names}
