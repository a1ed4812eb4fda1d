"""For analysts: the whole history as tidy frames, and the same history under an assumption.

>>> from helpers import exploring, load_history, tables
>>> history = load_history("yamaguchi", 2022)
>>> exploring.frame(history).groupby("fiscal_year")["items"].sum().to_dict()
{2018: 40, 2021: 42, 2022: 42}
>>> what_if = exploring.with_statuses(history, {"4": "実施", "6": "実施"})
>>> tables.overall(what_if).printed.loc[0, ["項目数", "割合"]].tolist()
['36', '85.7%']
"""

from __future__ import annotations

__all__ = [
    "all_years", "effect_sums", "frame", "judged_differently", "missed_again", "shares", "standings",
    "with_statuses",
]  # fmt: skip

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

import pandas as pd

from helpers.errors import UsageError
from helpers.history.counts import PLAN_SCOPE, all_counts
from helpers.history.courses import open_courses
from helpers.history.declared_values import indicators_in
from helpers.history.history import History
from helpers.history.opening import all_years as all_years
from helpers.plan import Policy
from helpers.plan.lineage import carried_on
from helpers.plan.reserved_words import PLAN_LABEL
from helpers.report.assumptions import bear_assumptions, demand_history
from helpers.report.tables.effects import effects
from helpers.report.tables.judgements import judged_apart
from helpers.report.tables.measures import spelling_of
from helpers.text.display import ASSUMED


def frame(history: History) -> pd.DataFrame:
    """Every known year of the plan so far in one tidy frame.

    Shape: one row per item and year, and per status and year where only totals are known (``number`` is empty
    there). Columns: ``fiscal_year`` (Western), ``year`` (令和4年度), ``policy`` (numeral), ``policy_name``, ``number``,
    ``item``, ``status``, ``group`` (done, under_way, not_started), ``items`` (count), ``department``, ``is_derived``.
    A year without data has no row, and no row is the sum of others: ``items`` can be added up.
    """
    groups = {status.name: status.group for status in history.plan.statuses}
    names = {policy.numeral: policy.name for policy in _policies(history)}
    known = [
        sheet.statuses.assign(
            year=str(year),
            policy_name=sheet.statuses["policy"].map(names).fillna(""),
            group=sheet.statuses["status"].map(groups),
            is_derived=sheet.is_derived,
        )
        for year, sheet in sorted(history.sheets.items())
    ]
    columns = ["fiscal_year", "year", "policy", "policy_name", "number", "item", "status", "group"]
    return pd.concat(known, ignore_index=True)[[*columns, "items", "department", "is_derived"]]


def standings(history: History) -> pd.DataFrame:
    """The items that are not done, those known to have stood longest first.

    Shape: one row per open item of the report's year. Columns: ``number``, ``item``, ``policy``, ``status``, ``years``
    (known years in a row up to the last), ``is_at_least`` (whether it may be longer), ``standing`` (in words).
    """
    rows = [
        (
            course.item.number,
            course.item.name,
            course.item.policy.numeral,
            standing.status,
            standing.years,
            bool(standing.beyond),
            str(standing),
        )
        for course in open_courses(history)
        if (standing := course.standing()) is not None
    ]
    columns = ["number", "item", "policy", "status", "years", "is_at_least", "standing"]
    open_items = pd.DataFrame(rows, columns=columns)
    return open_items.sort_values(["years", "is_at_least"], ascending=False, kind="stable", ignore_index=True)


def shares(history: History, status: str) -> pd.DataFrame:
    """The share of a status by policy and year, and its change from the first known year to the last.

    Shape: (1 + n_policies, n_known_years + 1), whole plan first, then every policy of a known year in the plan's order.
    Shares are Decimal percentages as printed, the change in points; a policy of which a year is not known, or that has
    no item in it, has None there.

    Raises:
        UsageError: the status is not in the plan's vocabulary.
    """
    _demand_status(history, status)
    policies = _policies(history)
    counts = all_counts(replace(history, plan=replace(history.plan, policies=policies)))
    wide = counts[counts["status"] == status].pivot(index="scope", columns="fiscal_year", values="share_pct")
    names = {PLAN_SCOPE: PLAN_LABEL} | {policy.numeral: policy.label for policy in policies}
    wide = wide.reindex(list(names)).astype(object).where(lambda cells: cells.notna(), None)
    changes = []
    for row in wide.to_numpy().tolist():
        known = [share for share in row if share is not None]
        changes.append(known[-1] - known[0] if len(known) > 1 else None)
    wide["change_pt"] = pd.Series(changes, index=wide.index, dtype=object)
    return wide.rename(index=names)


def with_statuses(history: History, statuses: Mapping[str | int, str]) -> History:
    """The same history with other statuses for some items (number → status) in the report's year, marked as assumed.

    What is made of it bears 仮定 in id, caption, notes and csv, and cannot be published.

    Raises:
        UsageError: an item or status is not the plan's, or the year is not known item by item.
    """
    demand_history(history, "with_statuses")
    if not isinstance(statuses, Mapping):
        raise UsageError('statuses は、番号と実施状況の組で書いてください。例: {4: "実施"}')
    now = history.item_statuses(history.year)
    if now is None:
        raise UsageError(f"{history.year}は合計だけが分かっているため、項目の状況を仮定できません")
    by_number = {str(number): status for number, status in statuses.items()}
    for number, status in by_number.items():
        _demand_status(history, status)
        if number not in set(now["number"]):
            near = "、".join(get_close_matches(number, list(now["number"]), n=1, cutoff=0))
            raise UsageError(f"「{number}」という項目は{history.year}にありません。近い番号: {near}")
    assumed = now["number"].map(by_number)
    sheet = history.sheets[history.year]
    assumption = "、".join(f"{number}を「{status}」" for number, status in by_number.items()) + "とした場合"
    statuses = now.assign(status=assumed.fillna(now["status"]).astype("str"))
    changed = replace(sheet.with_statuses(statuses), notes=(*sheet.notes, f"{ASSUMED}: {assumption}"))
    return replace(history, sheets={**history.sheets, history.year: changed}, assumption=assumption)


def missed_again(history: History) -> pd.DataFrame:
    """The indicators whose target is missed in the report's year and in the year before.

    Shape: one row per indicator. Columns: ``number``, ``item``, ``policy``, ``indicator``, ``unit``, and target and actual
    of both years (Decimal). Empty in plans without targets.
    """
    columns = ["number", "item", "policy", "indicator", "unit"]
    columns += [f"{when}{role}" for when in ("previous_", "") for role in ("target", "actual")]
    last_year, carried = history.previous_year, carried_on(history.plan, history.year)
    # Last year may be of the plan before, whose items are carried on.
    known = [] if last_year is None else indicators_in(history, last_year)
    missed = {(each.number, *spelling_of(each)): each for _, each in known if each.is_met is False}
    rows = [
        (
            *(item.number, item.name, item.policy.numeral, each.name, each.unit),
            *(of_year.amount(role) for of_year in (before, each) for role in ("target", "actual")),
        )
        for item, each in indicators_in(history, history.year)
        if each.is_met is False
        and (before := missed.get((carried.get(item.number, ""), *spelling_of(each)))) is not None
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def effect_sums(history: History) -> pd.DataFrame:
    """What the effects sum to against plan, by policy and of the whole plan, in the year and so far.

    Shape: one row per effect, policy ("": whole plan) and period (year, so_far). Columns: ``effect``, ``policy``,
    ``period``, ``unit`` (of the sheets), ``planned``, ``achieved``, ``difference``, ``rate`` (a fraction), as in the
    report's csv. Empty in plans without effects.
    """
    columns = ["effect", "policy", "period", "unit", "planned", "achieved", "difference", "rate"]
    table = effects(history)
    return pd.DataFrame(columns=columns) if table is None else table.records[columns]


def judged_differently(history: History) -> pd.DataFrame:
    """The items that another judgement puts lower or higher than their status.

    Shape: one row per judgement and item. Columns: ``judgement``, ``policy``, ``number``, ``item``, ``status``, ``word``,
    ``differs`` (lower, higher). Empty in plans without such judgements.
    """
    columns = ["judgement", "policy", "number", "item", "status", "word", "differs"]
    table = judged_apart(history)
    return pd.DataFrame(columns=columns) if table is None else table.records[columns]


def _policies(history: History) -> tuple[Policy, ...]:
    """This year's policies, and those that ended but have items in a known year, in the plan's order."""
    plan = history.plan
    known = {numeral for sheet in history.sheets.values() for numeral in sheet.statuses["policy"]}
    policies = dict.fromkeys((*(item.policy for item in plan.items), *plan.policies))
    return tuple(policy for policy in policies if policy in plan.policies or policy.numeral in known)


def _demand_status(history: History, status: str) -> None:
    names = history.plan.status_names
    if status not in names:
        near = "、".join(get_close_matches(str(status), names, n=1, cutoff=0))
        raise UsageError(f"実施状況「{status}」は区分にありません（{'／'.join(names)}）。近い値: {near}")


bear_assumptions(
    globals(), ["frame", "standings", "shares", "missed_again", "effect_sums", "judged_differently"]
)
