"""The plan so far against the reference year."""

from __future__ import annotations

__all__ = ["summary"]

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import count_by_policy
from helpers.history.history import History, remembered
from helpers.report.table import Table
from helpers.report.tables import wide
from helpers.report.tables.common import counts_of, figures_of, policy_of, share_notes, sums_by


@remembered
def summary(history: History) -> Table | None:
    """Items and shares by policy, for the whole plan and for the reference year.

    Shape: (n_policies + 2, n_statuses + 1), less the policies in a year with totals only and less the
    reference row in the reference year itself. Cells such as '8 (72.7%)'. Source: section 3 (2). None in the reference
    year of a plan without policies, where ``overall`` says the same.
    """
    plan, year, reference = history.plan, history.year, history.reference_year
    if not plan.policies and reference == year:
        return None
    scopes: list[tuple[str, str, FiscalYear, pd.DataFrame | None]] = []
    if (statuses := history.item_statuses(year)) is not None:
        scopes += [
            (policy_of(plan, numeral).label, numeral, year, counts)
            for numeral, counts in count_by_policy(statuses, plan.at(year)).items()
        ]
    phase = history.implementation_plan.phase
    name = f"推進計画【{phase}】" if phase else "推進計画"
    words = plan.wording
    scopes.append((f"{name}({words.as_of(year)})実績 合計", "", year, counts_of(history, year)))
    if reference != year:
        label = f"(参考) {words.label(reference)}実績 合計"
        scopes.append((label, "", reference, counts_of(history, reference)))
    return Table(
        id="summary",
        caption=f"{len(history.years)}年間のまとめ" if len(history.years) > 1 else f"{year}のまとめ",
        printed=pd.DataFrame(
            {plan.scope_title: label, **wide.cells(plan, counts, with_total=True)}
            for label, _, _, counts in scopes
        ),
        records=pd.DataFrame(
            {
                "fiscal_year": int(scope_year),
                "policy": numeral,
                "status": status,
                **figures_of(counts, status),
            }
            for _, numeral, scope_year, counts in scopes
            if counts is not None
            for status in plan.status_names
        ).convert_dtypes(),
        row_headers=(plan.scope_title,),
        counts={
            cell: count
            for row, (_, numeral, scope_year, counts) in enumerate(scopes)
            if counts is not None
            for cell, count in wide.counted(plan, row, scope_year, numeral, counts, with_total=True).items()
        },
        spanners=wide.spanners(plan, with_total=True),
        notes=(
            *((f"※{history.why_cut}",) if history.why_cut else ()),
            *share_notes(plan, ((label, counts) for label, _, _, counts in scopes)),
        ),
        totals=frozenset(label for label, numeral, _, _ in scopes if not numeral),
        sums=sums_by(plan, "policy"),
        source="3(2)",
    )
