"""Parts that computed sentences are made of: changes, shares, names and reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.courses import Step
from helpers.history.history import History
from helpers.plan import DONE, NOT_STARTED, UNDER_WAY, Plan


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
    grown = [f"「{name}」で{change}項目増" for name, change in changes.items() if change > 0]
    fallen = [f"「{name}」で{-change}項目減" for name, change in changes.items() if change < 0]
    words = "、".join(grown + fallen)
    return f"前年度から{words}となりました" if words else "どの基本方針でも前年度と同じです"


def extremes(plan: Plan, counts: Mapping[str, pd.DataFrame]) -> list[str]:
    """Which policies have the highest and the lowest done share, or that all are alike."""
    done = quoted(plan.names_in(DONE))
    all_shares = {policy.name: done_share_pct(plan, counts[policy.numeral]) for policy in plan.policies}
    shares = {name: share for name, share in all_shares.items() if share is not None}
    if not shares:
        return ["割合の対象となる項目がないため、基本方針別の割合は示せません。"]
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
    """How many of all items are done as planned, and how many have been started."""
    total = counted_items(counts, plan)
    done, under_way, open_ = (
        items_of(counts, plan.names_in(group)) for group in (DONE, UNDER_WAY, NOT_STARTED)
    )
    if total == 0:
        return "集計の対象となる項目はありません。"
    if done == total:
        return f"全{total}項目が計画どおりに実施されています。"
    if open_ == total:
        return f"{total}項目のいずれにもまだ着手していません。"
    words = f"{quoted(plan.names_in(UNDER_WAY))}の{under_way}項目"
    if done == 0:
        start = f"{total}項目のうち、計画どおりに実施された項目はまだありません。{words}"
        return start + (
            "すべてに着手しています。" if open_ == 0 else f"に着手しており、{open_}項目が未着手です。"
        )
    start = f"{total}項目のうち{done}項目が計画どおりに実施されています。"
    if under_way == 0:
        return start + f"残る{open_}項目にはまだ着手していません。"
    start += f"{words}を合わせると、"
    if open_ == 0:
        return start + f"{total}項目すべてに着手しています。"
    return start + f"{done + under_way}項目に着手しており、{open_}項目が未着手です。"


def why_no_transitions(history: History) -> str:
    """Why the items' moves since last year cannot be shown."""
    year, previous = history.year, history.previous_year
    if history.item_statuses(year) is None:
        return f"{year}は合計だけが公表されており、項目ごとの動きは示せません。"
    if previous is None:
        is_first = year == history.plan.implementation_plans[0].period.first
        return "計画の初年度のため、前年度からの動きはありません。" if is_first else history.why_no_previous
    if history.statuses(previous) is not None:
        return f"前年度（{previous}）は合計だけが公表されており、項目ごとの動きは示せません。"
    return f"前年度（{previous}）は資料がないため、項目ごとの動きは示せません。"


def why_no_falls(history: History) -> str:
    """Why it is not known whether items fell back, where one year alone is known item by item."""
    if len(history.years) > 1:
        return "比べる年度がないため、後退した項目の有無は分かりません。"
    return (
        history.why_cut
        or f"{history.year}は推進計画の最初の年度のため、計画の期間の中で比べる年度はまだありません。"
    )


def fall_words(step: Step) -> str:
    """'1 広聴: 令和元年度「実施」から令和3年度「一部実施」へ', with the years between that are not known."""
    gap = f"。間の{len(step.gap)}年は項目別の資料なし" if step.gap else ""
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
