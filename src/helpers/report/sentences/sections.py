"""The computed sentences of the report. No number in its prose is typed by hand.

Each function takes the history and gives a displayed block; where there is nothing to say it says so.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import count_by_policy
from helpers.history.history import History
from helpers.history.movements import directions
from helpers.plan import DONE, NOT_STARTED, UNDER_WAY, Plan
from helpers.report.published.result import Reconciliation
from helpers.report.sentences.phrases import (
    against_last_year,
    counted_items,
    items_of,
    points_between,
    quoted,
    share_of,
    toward,
)
from helpers.report.tables.common import counts_of, known_counts
from helpers.report.tables.items import moved_items
from helpers.text.display import Shown, missing, paragraph, sentences


def overall(history: History) -> Shown:
    """What the table ``overall`` says: each status against last year, the empty ones together."""
    plan = history.plan
    counts, before = known_counts(history), counts_of(history, history.previous_year)
    told, empty = [], []
    for status in plan.status_names:
        now = counts.at[status, "items"]
        past = before.at[status, "items"] if before is not None else 0
        if now == past == 0:
            empty.append(status)
            continue
        has_share = counts.at[status, "share_pct"] is not None
        share = share_of(plan, counts, status) if has_share else "割合の対象外"
        start = f"「{status}」は{now}項目（{share}）"
        told.append(
            start + (against_last_year(plan, status, counts, before) if before is not None else "です。")
        )
    if empty := [status for status in empty if status in plan.counted_names]:
        words = (
            "は0%です（該当する項目はありません）"
            if counted_items(counts, plan)
            else "に該当する項目はありません"
        )
        told.append(f"{'、'.join(f'「{status}」' for status in empty)}{words}。")
    if history.why_no_previous:
        told.append(history.why_no_previous)
    elif before is None:
        told.append(f"{history.year.previous}は資料がないため、前年度とは比較していません。")
    return sentences(told)


def by_policy(history: History) -> Shown:
    """Where the done items grew or fell by policy, and which policy has the highest and lowest done share."""
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return missing(f"{history.year}は合計だけが公表されており、基本方針別の内訳は資料がありません。")
    plan, done = history.plan, history.plan.names_in(DONE)
    now = count_by_policy(statuses, plan)
    told = _extremes(plan, now)
    previous = history.item_statuses(history.previous_year)
    if previous is not None:
        before = count_by_policy(previous, plan)
        changes = {
            p.name: items_of(now[p.numeral], done) - items_of(before[p.numeral], done) for p in plan.policies
        }
        grown = [f"「{name}」で{change}項目増" for name, change in changes.items() if change > 0]
        fallen = [f"「{name}」で{-change}項目減" for name, change in changes.items() if change < 0]
        words = "、".join(grown + fallen)
        told.insert(
            0,
            f"{quoted(done)}の項目数は、前年度から{words}となりました。"
            if words
            else f"{quoted(done)}の項目数は、どの基本方針でも前年度と同じです。",
        )
    return sentences(told)


def moved(history: History) -> Shown:
    """How many items moved forward and back since last year."""
    changes = moved_items(history)
    if changes is None:
        return missing(_why_no_transitions(history))
    if changes.empty:
        return paragraph(f"{history.year.previous}から状況が変わった項目はありません。")
    words = ("進んだもの", "後退したもの", "加わったもの", "終わったもの", "ほかの区分に変わったもの")
    parts = [f"{word}{number}項目" for word, number in directions(changes, history.plan).told(words)]
    return paragraph(
        f"{history.year.previous}から状況が変わった項目は{len(changes)}項目です（{'、'.join(parts)}）。"
    )


def summary(history: History) -> Shown:
    """The plan so far: each status against the reference year, and how much of the plan has been started."""
    plan, reference = history.plan, history.reference_year
    counts, before = known_counts(history), counts_of(history, reference)
    told = []
    if reference != history.year and before is not None:
        for status in plan.counted_names:
            if counts.at[status, "items"] == before.at[status, "items"] == 0:
                continue
            if points_between(counts, before, status) is None:
                told = [f"割合の対象となる項目のない年度があるため、{reference}とは比較していません。"]
                break
            told.append(
                f"{reference}と比べると、「{status}」の割合は{share_of(plan, before, status)}から"
                f"{share_of(plan, counts, status)}{toward(points_between(counts, before, status), plan)}。"
            )
    elif reference != history.year:
        told.append(f"基準とする{reference}は資料がないため、計画の初めとは比較していません。")
    told.append(started(counts, plan))
    if history.why_cut:
        told.append(history.why_cut)
    return sentences(told)


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
        start = f"{total}項目のうち、計画どおりに実施された項目はまだありません。"
        return start + (
            f"{words}すべてに着手しています。"
            if open_ == 0
            else f"{words}に着手しており、{open_}項目が未着手です。"
        )
    start = f"{total}項目のうち{done}項目が計画どおりに実施されています。"
    if under_way == 0:
        return start + f"残る{open_}項目にはまだ着手していません。"
    if open_ == 0:
        return start + f"{words}を合わせると、{total}項目すべてに着手しています。"
    return start + f"{words}を合わせると、{done + under_way}項目に着手しており、{open_}項目が未着手です。"


def highlights(history: History) -> Shown:
    """How many items tell what was done, or why none does."""
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return missing(f"{history.year}は合計だけが公表されており、主な取組の資料がありません。")
    told = int((statuses["activities"] != "").sum())
    if told == 0:
        return missing(f"{history.year}の状況調査には、主な取組の記載がありません。")
    return paragraph(f"{len(statuses)}項目のうち、主な取組の記載がある{told}項目を基本方針ごとに示します。")


def items(history: History) -> Shown:
    """How long the list of items is, or why there is none."""
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return missing(f"{history.year}は合計だけが公表されており、項目ごとの状況は資料がありません。")
    return paragraph(f"{history.year}末の{len(statuses)}項目の状況です。")


def reconciliation(result: Reconciliation, year: FiscalYear, accepted: str = "") -> Shown:
    """The verdict of the comparison with the published figures; ``accepted``: why differences are published."""
    if not result.has_published:
        return missing(f"{year}の公表値は登録されていないため、照合していません。")
    slips = sum(table.errata for table in result.tables)
    recorded = f"、公表資料の誤りとして記録済みの相違{slips}欄" if slips else ""
    if result.ok:
        return paragraph(
            f"公表資料の表の{result.total}欄を一つずつ照合しました。一致{result.matches}欄{recorded}、それ以外の相違はありません。",
            "good",
        )
    kind = "記録のない" if accepted else "説明のつかない"
    reason = f"相違を承知のうえで公開しています。理由: {accepted}" if accepted else ""
    return paragraph(
        f"公表資料の表の{result.total}欄を照合し、{kind}相違が{len(result.unrecorded)}件あります（一致{result.matches}欄{recorded}）。{reason}",
        "bad",
    )


def _extremes(plan: Plan, counts: dict[str, pd.DataFrame]) -> list[str]:
    """Which policies have the highest and the lowest done share, or that all are alike."""
    done = plan.names_in(DONE)
    shares = {
        policy.name: share
        for policy in plan.policies
        if (
            share := plan.printing.share_pct(
                items_of(counts[policy.numeral], done), counted_items(counts[policy.numeral], plan)
            )
        )
        is not None
    }
    if not shares:
        return ["割合の対象となる項目がないため、基本方針別の割合は示せません。"]
    highest, lowest = max(shares.values()), min(shares.values())
    if highest == lowest:
        is_all = 1 < len(shares) == len(plan.policies)
        names = "どの基本方針も" if is_all else f"{_listed(shares)}が{'いずれも' if len(shares) > 1 else ''}"
        return [f"{quoted(done)}の割合は、{names}{plan.printing.share(highest)}です。"]
    return [
        f"{quoted(done)}の割合が{word}のは{_listed(name for name, share in shares.items() if share == value)}の"
        f"{plan.printing.share(value)}です。"
        for word, value in (("最も高い", highest), ("最も低い", lowest))
    ]


def _listed(names: Iterable[str]) -> str:
    return "と".join(f"「{name}」" for name in names)


def _why_no_transitions(history: History) -> str:
    year, previous = history.year, history.previous_year
    if history.item_statuses(year) is None:
        return f"{year}は合計だけが公表されており、項目ごとの動きは示せません。"
    if previous is None:
        is_first = year == history.plan.implementation_plans[0].period.first
        return "計画の初年度のため、前年度からの動きはありません。" if is_first else history.why_no_previous
    if history.statuses(previous) is not None:
        return f"前年度（{previous}）は合計だけが公表されており、項目ごとの動きは示せません。"
    return f"前年度（{previous}）は資料がないため、項目ごとの動きは示せません。"
