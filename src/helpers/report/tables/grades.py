"""How many targets have each grade of their achievement rate, by policy, where grades set no status."""

from __future__ import annotations

__all__ = ["NO_GRADE", "grades"]

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE, TOTAL
from helpers.history.declared_values import indicators_in
from helpers.history.history import History, remembered
from helpers.plan.declared.kinds import SET, Measure
from helpers.plan.reserved_words import NO_DATA, NOT_ALIVE
from helpers.report.table import Table
from helpers.report.tables.common import comparison_notes, policy_notes, policy_of, sums_by

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
            row = {_GROUP: measure.name, history.plan.scope_title: label, **_cells(str, of, own, names)}
            if last_year is not None:
                row |= _cells(words.before, None if before is None else before[scope], own, names)
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


def _cells(
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
