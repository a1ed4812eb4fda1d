"""Parts that computed sentences are made of: changes, shares, names and reasons in words."""

from __future__ import annotations

__all__ = [
    "against_last_year", "changes_by_policy", "counted_items", "done_share_pct", "extremes", "fall_words",
    "is_derived", "items_of", "points_between", "quoted", "share_of", "started", "toward", "why_no_falls",
    "why_no_transitions", "year_name",
]  # fmt: skip

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.courses import Step
from helpers.history.history import History
from helpers.plan import DONE, GROUPS, OTHER, UNDER_WAY, Plan
from helpers.plan.words.groups import STOCK_WORDS


def against_last_year(plan: Plan, status: str, counts: pd.DataFrame, before: pd.DataFrame) -> str:
    """The end of a sentence: by how many items and points a status moved since last year."""
    words = plan.wording
    change = counts.at[status, "items"] - before.at[status, "items"]
    points = points_between(counts, before, status)
    if change == 0 and not points:
        return f"で、{words.last_year}と変わりません。"
    items = (
        f"{words.last_year}から{words.items(abs(change))}"
        if change
        else f"{words.count}は{words.last_year}と同じ"
    )
    if points is None or points == 0:
        return f"で、{items}{'増え' if change > 0 else '減り'}ました。" if change else f"で、{items}です。"
    moved_points = f"{plan.printing.number(abs(points))}ポイント{'増え' if points > 0 else '減り'}ました。"
    if change == 0 or (change > 0) == (points > 0):
        return f"で、{items}、{moved_points}"
    return f"で、{items}{'増え' if change > 0 else '減り'}、割合は{moved_points}"


def toward(points: Decimal, plan: Plan) -> str:
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


def counted_items(counts: pd.DataFrame, plan: Plan) -> int:
    """The items in the denominator of shares."""
    return items_of(counts, plan.counted_names)


def done_share_pct(plan: Plan, counts: pd.DataFrame) -> Decimal | None:
    """The share of the done items in percent, rounded; None where nothing is counted."""
    return plan.printing.share_pct(items_of(counts, plan.names_in(DONE)), counted_items(counts, plan))


def changes_by_policy(plan: Plan, now: Mapping[str, pd.DataFrame], before: Mapping[str, pd.DataFrame]) -> str:
    """The end of a sentence: in which policies there are more or fewer done items than last year."""
    done = plan.names_in(DONE)
    changes = {
        policy.name: items_of(now[policy.numeral], done) - items_of(before[policy.numeral], done)
        for policy in plan.policies
    }
    last_year, items = plan.wording.last_year, plan.wording.items
    grown = [f"「{name}」で{items(change)}増" for name, change in changes.items() if change > 0]
    fallen = [f"「{name}」で{items(-change)}減" for name, change in changes.items() if change < 0]
    words = "、".join(grown + fallen)
    return f"{last_year}から{words}となりました" if words else f"どの基本方針でも{last_year}と同じです"


def extremes(plan: Plan, counts: Mapping[str, pd.DataFrame]) -> list[str]:
    """Which policies have the highest and the lowest done share, or that all are alike."""
    done = quoted(plan.names_in(DONE))
    all_shares = {policy.name: done_share_pct(plan, counts[policy.numeral]) for policy in plan.policies}
    shares = {name: share for name, share in all_shares.items() if share is not None}
    if not shares:
        return [f"割合の対象となる{plan.wording.item}がないため、基本方針別の割合は示せません。"]
    highest, lowest = max(shares.values()), min(shares.values())
    if highest == lowest:
        is_all = 1 < len(shares) == len(plan.policies)
        every = f"{quoted(shares, 'と')}が{'いずれも' if len(shares) > 1 else ''}"
        names = "どの基本方針も" if is_all else every
        return [f"{done}の割合は、{names}{plan.printing.share(highest)}です。"]
    return [
        f"{done}の割合が{word}のは{quoted((name for name in shares if shares[name] == value), 'と')}の"
        f"{plan.printing.share(value)}です。"
        for word, value in (("最も高い", highest), ("最も低い", lowest))
    ]


def started(counts: pd.DataFrame, plan: Plan) -> str:
    """How many items are done as planned and how many were started, or the counts by the city's own words."""
    total, words = counted_items(counts, plan), plan.wording
    if total == 0:
        return f"集計の対象となる{words.item}はありません。"
    is_silent = any(counts.at[name, "items"] for name in plan.names_in(OTHER))
    if is_silent or any(
        plan.names_in(group) and plan.group_word(group) != STOCK_WORDS[group] for group in STOCK_WORDS
    ):
        return f"{words.items(total)}のうち、{'、'.join(_named_counts(counts, plan))}です。"
    done, under_way, open_ = (items_of(counts, plan.names_in(group)) for group in STOCK_WORDS)
    all_items = words.items(total)
    if done == total:
        return f"全{all_items}が計画どおりに実施されています。"
    if open_ == total:
        return f"{all_items}のいずれにもまだ着手していません。"
    begun = f"{quoted(plan.names_in(UNDER_WAY))}の{words.items(under_way)}"
    rest = f"に着手しており、{words.items(open_)}が未着手です。"
    if done == 0:
        start = f"{all_items}のうち、計画どおりに実施された{words.item}はまだありません。{begun}"
        return start + ("すべてに着手しています。" if open_ == 0 else rest)
    start = f"{all_items}のうち{words.items(done)}が計画どおりに実施されています。"
    if under_way == 0:
        return start + f"残る{words.items(open_)}にはまだ着手していません。"
    start += f"{begun}を合わせると、"
    return start + (
        f"{all_items}すべてに着手しています。" if open_ == 0 else words.items(done + under_way) + rest
    )


def _named_counts(counts: pd.DataFrame, plan: Plan) -> Iterator[str]:
    """The items of each group in the city's own words: '達成は12項目', '「○」・「△」は9項目'."""
    for group in (*GROUPS, OTHER):
        if names := plan.names_in(group):
            word = plan.wording.groups.get(group) or quoted(names)
            yield f"{word}は{plan.wording.items(items_of(counts, names))}"


def why_no_transitions(history: History) -> str:
    """Why the items' moves since last year cannot be shown."""
    year, previous, words = history.year, history.previous_year, history.plan.wording
    unknown = f"{words.item}ごとの動きは示せません。"
    if history.item_statuses(year) is None:
        return f"{year}は合計だけが公表されており、{unknown}"
    if previous is None:
        is_first = year == history.plan.implementation_plans[0].period.first
        return (
            f"計画の初年度のため、{words.last_year}からの動きはありません。"
            if is_first
            else history.why_no_previous
        )
    if history.statuses(previous) is not None:
        return f"{words.last_year}（{previous}）は合計だけが公表されており、{unknown}"
    if history.shares_before is not None:
        return f"{words.last_year}（{previous}）は割合だけが公表されており、{unknown}"
    return f"{words.last_year}（{previous}）は資料がないため、{unknown}"


def why_no_falls(history: History) -> str:
    """Why it is not known whether items fell back, where one year alone is known item by item."""
    if len(history.years) > 1:
        return f"比べる年度がないため、後退した{history.plan.wording.item}の有無は分かりません。"
    return (
        history.why_cut
        or f"{history.year}は推進計画の最初の年度のため、計画の期間の中で比べる年度はまだありません。"
    )


def fall_words(step: Step, counter: str) -> str:
    """'1 広聴: 令和元年度「実施」から令和3年度「一部実施」へ', with the years between that are not known.

    ``counter``: the plan's word for items.
    """
    gap = f"。間の{len(step.gap)}年は{counter}別の資料なし" if step.gap else ""
    return f"{step.item.number} {step.item.name}: {step.before}「{step.old}」から{step.after}「{step.new}」へ{gap}"


def is_derived(history: History, year: FiscalYear) -> bool:
    """Whether a year is known from a sheet that was derived from other sources."""
    return year in history.sheets and history.sheets[year].is_derived


def year_name(history: History, year: FiscalYear) -> str:
    """'令和3年度', or '令和3年度（導出）' where the data are derived."""
    return f"{year}（導出）" if is_derived(history, year) else str(year)


def quoted(names: Iterable[str], between: str = "・") -> str:
    """Names in quotation marks: 「実施」・「一部実施」."""
    return between.join(f"「{name}」" for name in names)
