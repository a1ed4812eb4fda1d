"""One function for each table of the report: ``History -> Table``.

A function returns None where the year does not have what the table shows (a year with totals only has no
items); the notebook then shows the notice of ``helpers.notices`` in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from helpers.counts import TOTAL, count_by_policy, count_by_status, transitions
from helpers.fiscal_year import FiscalYear
from helpers.history import History
from helpers.plan import Plan
from helpers.table import Table

NO_DATA = "資料なし"
GRAND_TOTAL = "総計"

_SHARES = "割合は対象項目数に対する百分率"


def plan_overview(history: History) -> Table:
    """The outline and its implementation plans: 計画, 概要, 計画期間.

    Shape: (2, 3). Source: section 1 of the fiscal 2022 report.
    """
    plan, outline = history.plan, history.plan.outline
    about = "\n".join([f"基本理念 『{outline.philosophy}』", "基本方針", *(f"「{policy}」" for policy in outline.policies)])
    periods = "\n".join(f"{phase.phase}：{phase.period}" if phase.phase else str(phase.period) for phase in plan.implementation_plans)
    overview = plan.overview.replace("{items}", str(len(plan.items_in(history.year))))
    names = (outline.name, plan.implementation_plans[0].name)
    return Table(
        id="plan_overview",
        caption="大綱と推進計画の概要",
        printed=pd.DataFrame({"計画": names, "概要": (about, overview), "計画期間": (str(outline.period), periods)}),
        records=pd.DataFrame(
            [
                {"plan": outline.name, "phase": "", "first_fiscal_year": int(outline.period.first), "last_fiscal_year": int(outline.period.last)},
                *(
                    {"plan": phase.name, "phase": phase.phase, "first_fiscal_year": int(phase.period.first), "last_fiscal_year": int(phase.period.last)}
                    for phase in plan.implementation_plans
                ),
            ]
        ),
        row_headers=("計画",),
        text=("概要", "計画期間"),
        source="1",
    )


def highlights(history: History) -> Table | None:
    """The items whose sheet tells what was done in the year, with a mark where the status changed.

    Shape: one row per item with 主な取組, grouped by policy in the document's order.
    Source: section 2 (1) and (2) of the fiscal 2022 report. None where no item has 主な取組.
    """
    statuses = history.item_statuses(history.year)
    if statuses is None or (told := statuses[statuses["activities"] != ""]).empty:
        return None
    before = _previous_status(history)
    previous = [before.get(number, "") for number in told["number"]]
    changes = [
        f"{old}⇒{new}へ" if old not in ("", new) else "" for old, new in zip(previous, told["status"], strict=True)
    ]
    return Table(
        id="highlights",
        caption=f"{history.year}の主な取組",
        printed=pd.DataFrame(
            {
                "基本方針": _policy_headings(history.plan, told),
                "番号": list(told["number"]),
                "推進項目": list(told["item"]),
                "状況の変化": changes,
                "主な取組": list(told["activities"]),
            }
        ),
        records=pd.DataFrame(
            {
                "fiscal_year": told["fiscal_year"],
                "policy": told["policy"],
                "number": told["number"],
                "item": told["item"],
                "previous_status": previous,
                "status": told["status"],
                "activities": told["activities"],
            }
        ),
        row_headers=("番号", "推進項目"),
        text=("状況の変化", "主な取組"),
        group="基本方針",
        source="2(1)",
    )


def overall(history: History) -> Table:
    """Items and shares by status, beside last year's where the plan had one.

    Shape: (n_statuses + 1, 3 or 5). Shares in percent as printed; in the records as fractions.
    Source: section 2 (3), 計画全体の実施状況.
    """
    counts = count_by_status(_known(history), history.plan)
    previous_year = _previous_year(history)
    before = _counts(history, previous_year)
    rows = [
        _status_row(history.plan, status, counts.loc[status], before, previous_year is not None) for status in counts.index
    ]
    return Table(
        id="overall",
        caption="計画全体の実施状況",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(
            [{"fiscal_year": int(history.year), **record} for record in _count_records(counts, before)]
        ).convert_dtypes(),
        row_headers=("実施状況",),
        spanners=_year_spanners(history.year, previous_year),
        totals=frozenset({TOTAL}),
        statuses=_status_groups(history.plan),
        source="2(3)",
    )


def by_policy(history: History) -> Table | None:
    """Items, shares and their change by policy and status, with a total per policy and the grand total.

    Shape: (n_policies * (n_statuses + 1) + 1, 4 or 7). The change of a share is the difference of the two
    printed shares. Source: section 2 (3), 基本方針別の実施状況. None for a year with totals only.
    """
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return None
    plan, previous_year = history.plan, _previous_year(history)
    previous = history.item_statuses(previous_year) if previous_year else None
    before = count_by_policy(previous, plan) if previous is not None else {}
    rows: list[dict[str, str]] = []
    records: list[dict[str, Any]] = []
    for numeral, counts in count_by_policy(statuses, plan).items():
        policy = _policy(plan, numeral)
        for status in counts.index:
            row = _status_row(plan, status, counts.loc[status], before.get(numeral), previous_year is not None)
            if previous_year:
                row["前年比"] = _change_cell(plan, status, counts, before.get(numeral))
            rows.append({"基本方針": policy.label, **row})
        records += [
            {"fiscal_year": int(history.year), "policy": numeral, **record}
            for record in _count_records(counts, before.get(numeral), change=True)
        ]
    rows.append(_grand_total(history, statuses, previous, previous_year))
    return Table(
        id="by_policy",
        caption="基本方針別の実施状況",
        printed=pd.DataFrame(rows),
        records=pd.DataFrame(records).convert_dtypes(),
        row_headers=("実施状況",),
        group="基本方針",
        spanners=_year_spanners(history.year, previous_year),
        totals=frozenset({TOTAL, GRAND_TOTAL}),
        statuses=_status_groups(plan),
        source="2(3)",
    )


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
                "基本方針": _policy_headings(history.plan, statuses),
                "番号": list(statuses["number"]),
                "推進項目": list(statuses["item"]),
                "実施状況": list(statuses["status"]),
            }
        ),
        records=statuses[["fiscal_year", "policy", "number", "item", "status", "department", "sheet", "cell"]].copy(),
        row_headers=("番号", "推進項目"),
        group="基本方針",
        statuses=_status_groups(history.plan),
        notes=tuple(_item_notes(history)),
        source="3(1)",
    )


def summary(history: History) -> Table:
    """Items and shares by policy, for the whole plan and for the reference year.

    Shape: (n_policies + 2, n_statuses + 1), less the policies in a year with totals only and less the
    reference row in the reference year itself. Cells such as '8 (72.7%)'. Source: section 3 (2).
    """
    plan, year, reference = history.plan, history.year, history.reference_year
    scopes: list[tuple[str, str, FiscalYear, pd.DataFrame | None]] = []
    if (statuses := history.item_statuses(year)) is not None:
        scopes += [
            (_policy(plan, numeral).label, numeral, year, counts) for numeral, counts in count_by_policy(statuses, plan).items()
        ]
    phase = history.implementation_plan.phase
    name = f"推進計画【{phase}】" if phase else "推進計画"
    scopes.append((f"{name}({year}末)実績 合計", "", year, _counts(history, year)))
    if reference != year:
        scopes.append((f"(参考) {reference}実績 合計", "", reference, _counts(history, reference)))
    return Table(
        id="summary",
        caption=f"{len(history.years)}年間のまとめ" if len(history.years) > 1 else f"{year}のまとめ",
        printed=pd.DataFrame([{"基本方針": label, **_summary_cells(plan, counts)} for label, _, _, counts in scopes]),
        records=pd.DataFrame(
            [
                {"fiscal_year": int(scope_year), "policy": numeral, "status": status, **_figures(counts, status)}
                for _, numeral, scope_year, counts in scopes
                if counts is not None
                for status in plan.status_names
            ]
        ).convert_dtypes(),
        row_headers=("基本方針",),
        spanners=dict.fromkeys(plan.status_names, "項目数（割合）"),
        totals=frozenset(label for label, numeral, _, _ in scopes if not numeral),
        source="3(2)",
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
                "基本方針": _policy_headings(history.plan, changes),
                "番号": list(changes["number"]),
                "推進項目": list(changes["item"]),
                str(previous): [status or "―" for status in changes["previous_status"]],
                str(year): [status or "―" for status in changes["status"]],
            }
        ),
        records=changes.assign(fiscal_year=int(year)),
        row_headers=("番号", "推進項目"),
        group="基本方針",
        statuses=_status_groups(history.plan),
    )


def all_tables(history: History) -> list[Table]:
    """The tables that the year has, in the document's order."""
    makers: tuple[Callable[[History], Table | None], ...] = (
        plan_overview, highlights, overall, by_policy, moved, items, summary,
    )  # fmt: skip
    return [table for maker in makers if (table := maker(history)) is not None]


def item_transitions(history: History) -> pd.DataFrame | None:
    """``counts.transitions`` from last year to this one, or None where either is not known item by item."""
    statuses, previous = history.item_statuses(history.year), history.item_statuses(history.year.previous)
    return transitions(previous, statuses) if statuses is not None and previous is not None else None


def moved_items(history: History) -> pd.DataFrame | None:
    """The transitions in which the two statuses differ; None where there is nothing to compare."""
    changes = item_transitions(history)
    return None if changes is None else changes[changes["status"] != changes["previous_status"]].reset_index(drop=True)


def _known(history: History) -> pd.DataFrame:
    statuses = history.statuses(history.year)
    assert statuses is not None, "a history is only loaded for a year that has a sheet"
    return statuses


def _counts(history: History, year: FiscalYear | None) -> pd.DataFrame | None:
    statuses = history.statuses(year) if year else None
    return None if statuses is None else count_by_status(statuses, history.plan)


def _previous_year(history: History) -> FiscalYear | None:
    """Last year, where the implementation plan had begun by then."""
    previous = history.year.previous
    return previous if previous in history.implementation_plan.period else None


def _previous_status(history: History) -> dict[str, str]:
    previous = history.item_statuses(history.year.previous)
    return {} if previous is None else dict(zip(previous["number"], previous["status"], strict=True))


def _policy(plan: Plan, numeral: str) -> Any:
    return next(policy for policy in plan.policies if policy.numeral == numeral)


def _policy_headings(plan: Plan, frame: pd.DataFrame) -> list[str]:
    return [_policy(plan, numeral).heading for numeral in frame["policy"]]


def _status_groups(plan: Plan) -> dict[str, str]:
    return {status.name: status.group for status in plan.statuses}


def _year_spanners(year: FiscalYear, previous: FiscalYear | None) -> dict[str, str]:
    spanners = dict.fromkeys(("項目数", "割合"), str(year))
    return spanners | dict.fromkeys(("前年項目数", "前年割合"), str(previous)) if previous else spanners


def _status_row(plan: Plan, status: str, figures: pd.Series, before: pd.DataFrame | None, has_previous: bool) -> dict[str, str]:
    row = {"実施状況": status, "項目数": str(figures["items"]), "割合": plan.printing.share(figures["share_pct"])}
    if has_previous and before is None:
        return row | {"前年項目数": NO_DATA, "前年割合": NO_DATA}
    if before is not None:
        past = before.loc[status]
        return row | {"前年項目数": str(past["items"]), "前年割合": plan.printing.share(past["share_pct"])}
    return row


def _change_cell(plan: Plan, status: str, counts: pd.DataFrame, before: pd.DataFrame | None) -> str:
    if before is None:
        return NO_DATA
    now, past = counts.loc[status], before.loc[status]
    change = now["items"] - past["items"]
    if status == TOTAL or now["share_pct"] is None or past["share_pct"] is None:
        return plan.printing.change_of_items(change)
    return plan.printing.change_cell(change, now["share_pct"] - past["share_pct"])


def _grand_total(
    history: History, statuses: pd.DataFrame, previous: pd.DataFrame | None, previous_year: FiscalYear | None
) -> dict[str, str]:
    printing, total = history.plan.printing, int(statuses["items"].sum())
    row = {"基本方針": "", "実施状況": GRAND_TOTAL, "項目数": str(total), "割合": printing.no_change}
    if previous_year is None:
        return row
    if previous is None:
        return row | {"前年項目数": NO_DATA, "前年割合": NO_DATA, "前年比": NO_DATA}
    past = int(previous["items"].sum())
    return row | {"前年項目数": str(past), "前年割合": printing.no_change, "前年比": printing.change_of_items(total - past)}


def _summary_cells(plan: Plan, counts: pd.DataFrame | None) -> dict[str, str]:
    if counts is None:
        return dict.fromkeys(plan.status_names, NO_DATA)
    return {
        status: plan.printing.count_and_share(counts.at[status, "items"], counts.at[status, "share_pct"])
        for status in plan.status_names
    }


def _figures(counts: pd.DataFrame, status: str, prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}items": counts.at[status, "items"], f"{prefix}share": _fraction(counts.at[status, "share_pct"])}


def _fraction(pct: Decimal | None) -> Decimal | None:
    """A printed percentage as a fraction, with the digits that were printed: 81.0 → 0.810."""
    return None if pct is None else pct.scaleb(-2)


def _count_records(counts: pd.DataFrame, before: pd.DataFrame | None, *, change: bool = False) -> Iterator[dict[str, Any]]:
    for status in counts.index:
        record: dict[str, Any] = {"status": status, **_figures(counts, status)}
        past = _figures(before, status, "previous_") if before is not None else {"previous_items": None, "previous_share": None}
        record |= past
        if change:
            both_shares = record["share"] is not None and past["previous_share"] is not None
            record["change_items"] = None if before is None else record["items"] - past["previous_items"]
            record["change_share"] = record["share"] - past["previous_share"] if both_shares else None
        yield record


def _item_notes(history: History) -> Iterator[str]:
    for year in history.years[1:]:
        before, now = history.plan.items_in(year.previous), history.plan.items_in(year)
        came, left = len([i for i in now if i not in before]), len([i for i in before if i not in now])
        if came or left:
            told = "、".join([*([f"{came}項目を追加"] if came else []), *([f"{left}項目を終了"] if left else [])])
            yield f"※{year}に{told}（{len(before)}項目から{len(now)}項目へ）"
