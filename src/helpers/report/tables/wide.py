"""Tables with a row a group and a column a status: the year by 重点項目, and the plan so far against the reference year."""

from __future__ import annotations

__all__ = ["by_focus", "summary"]

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import TOTAL, count_by_policy, count_by_status
from helpers.history.history import History, remembered
from helpers.plan import Plan
from helpers.plan.reserved_words import NO_DATA, NONE
from helpers.report.table import Count, Table
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
            {plan.scope_title: label, **_cells(plan, counts, with_total=True)}
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
            for cell, count in _counted(plan, row, scope_year, numeral, counts, with_total=True).items()
        },
        spanners=_spanners(plan, with_total=True),
        notes=(
            *((f"※{history.why_cut}",) if history.why_cut else ()),
            *share_notes(plan, ((label, counts) for label, _, _, counts in scopes)),
        ),
        totals=frozenset(label for label, numeral, _, _ in scopes if not numeral),
        sums=sums_by(plan, "policy"),
        source="3(2)",
    )


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
                **_cells(plan, figures),
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
        spanners=_spanners(plan),
        notes=share_notes(
            plan, ((f"{policy_of(plan, key[0]).label} {key[1]}", figures) for key, figures in counts.items())
        ),
    )


def _headings(plan: Plan, *, with_total: bool = False) -> dict[str, str]:
    """The heading of each column → what it counts: a status, a bracket before its statuses, the total if printed.

    ``with_total``: whether the table can have a column of totals, where the plan prints one.
    """
    sums = {bracket.name: bracket.heading for bracket in plan.brackets}
    columns = {sums.get(name, name): name for name in plan.row_names}
    total = {TOTAL: TOTAL} if with_total and plan.printing.total_column != "none" else {}
    return total | columns if plan.printing.total_column == "first" else columns | total


def _cells(plan: Plan, counts: pd.DataFrame | None, *, with_total: bool = False) -> dict[str, str]:
    """The cells of a row: '8 (72.7%)', or 資料なし where nothing is known."""
    return {
        heading: NO_DATA
        if counts is None
        else plan.printing.count_and_share(counts.at[name, "items"], counts.at[name, "share_pct"])
        for heading, name in _headings(plan, with_total=with_total).items()
    }


def _spanners(plan: Plan, *, with_total: bool = False) -> dict[str, str]:
    """The heading above each column: the bracket's name, or what the cells show."""
    words = plan.wording.count + ("（割合）" if plan.printing.shares else "")
    above = dict.fromkeys(_headings(plan, with_total=with_total), words)
    for bracket in plan.brackets:
        above |= dict.fromkeys((bracket.heading, *bracket.statuses), bracket.name)
    return above


def _counted(
    plan: Plan, row: int, year: FiscalYear, policy: str, counts: pd.DataFrame, *, with_total: bool = False
) -> dict[tuple[int, str], Count]:
    """What the cells of a row count."""
    return {
        (row, heading): Count(year, policy, name, int(counts.at[name, "items"]))
        for heading, name in _headings(plan, with_total=with_total).items()
    }
