"""The computed sentences of the report, a function a section in the document's order.

Each function takes the history and gives a displayed block; where there is nothing to say it says so. No number in
this prose is typed by hand.
"""

from __future__ import annotations

__all__ = [
    "by_policy", "corrections", "effects", "fallen", "highlights", "items", "judgements", "moved", "origins",
    "overall", "reconciliation", "summary", "targets",
]  # fmt: skip

from collections import Counter

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE, count_by_policy, shares_alone
from helpers.history.courses import directions, falls
from helpers.history.history import History
from helpers.plan import DONE
from helpers.report.assumptions import bear_assumptions, demand_arguments
from helpers.report.published.difference import Reconciliation
from helpers.report.published.printed_tables import KINDS, SLIP
from helpers.report.sentences.beyond import effects as effects
from helpers.report.sentences.beyond import judgements as judgements
from helpers.report.sentences.beyond import targets as targets
from helpers.report.sentences.phrases import (
    against_last_year,
    changes_by_policy,
    counted_items,
    extremes,
    fall_words,
    points_between,
    quoted,
    share_of,
    started,
    toward,
    why_no_falls,
    why_no_transitions,
)
from helpers.report.tables.common import counts_of, known_counts
from helpers.report.tables.items import moved_items
from helpers.text.display import Shown, missing, paragraph, sentences

_DESCRIBED = 12  # more steps back than these are named by their items' numbers alone


def highlights(history: History) -> Shown:
    """How many items describe what was done, or why none does."""
    statuses = history.item_statuses(history.year)
    if statuses is None:
        return missing(f"{history.year}は合計だけが公表されており、主な取組の資料がありません。")
    words = history.plan.wording
    described = int((statuses["activities"] != "").sum())
    if described == 0:
        return missing(f"{history.year}の状況調査には、主な取組の記載がありません。")
    order = "基本方針ごとに" if history.plan.policies else ""
    return paragraph(
        f"{words.items(len(statuses))}のうち、主な取組の記載がある{words.items(described)}を{order}示します。"
    )


def overall(history: History) -> Shown:
    """The table ``overall`` in words: each status against last year, statuses without items together."""
    plan, words = history.plan, history.plan.wording
    counts, before = known_counts(history), counts_of(history, history.previous_year)
    shares = shares_alone(plan, history.previous_year).get(PLAN_SCOPE)
    lines, empty = [], []
    for status in plan.status_names:
        now, share_pct = counts.loc[status, ["items", "share_pct"]]
        past = None if shares is None else shares.at[status, "share_pct"]
        if now == 0 and not past and (before is None or before.at[status, "items"] == 0):
            empty += [status] if status in plan.counted_names else []
            continue
        outside = "割合なし" if status in plan.counted_names else "割合の対象外"
        share = outside if share_pct is None else share_of(plan, counts, status)
        end = "です。" if before is None else against_last_year(plan, status, counts, before)
        if shares is not None and (points := points_between(counts, shares, status)) is not None:
            end = f"です。{words.last_year}の割合{share_of(plan, shares, status)}から{share}{toward(points, plan)}。"
        lines.append(f"「{status}」は{words.items(now)}（{share}）{end}")
    if empty:
        none = f"該当する{words.item}はありません"
        end = f"は0%です（{none}）" if counted_items(counts, plan) else f"に{none}"
        lines.append(f"{quoted(empty, '、')}{end}。")
    if history.why_no_previous:
        lines.append(history.why_no_previous)
    elif before is None and shares is None:
        lines.append(f"{history.year.previous}は資料がないため、{words.last_year}とは比較していません。")
    return sentences(lines)


def by_policy(history: History) -> Shown | None:
    """Where the done items grew or fell by policy, and which policy has the highest and lowest done share.

    None in plans without policies.
    """
    if not history.plan.policies:
        return None
    statuses, previous = history.item_statuses(history.year), history.item_statuses(history.previous_year)
    if statuses is None:
        return missing(f"{history.year}は合計だけが公表されており、基本方針別の内訳は資料がありません。")
    plan, now = history.plan, count_by_policy(statuses, history.plan)
    lines = extremes(plan, now)
    if previous is not None:
        words = changes_by_policy(plan, now, count_by_policy(previous, plan))
        lines.insert(0, f"{quoted(plan.names_in(DONE))}の{plan.wording.count}は、{words}。")
    return sentences(lines)


def moved(history: History) -> Shown:
    """How many items moved forward and back since last year."""
    changes, counter = moved_items(history), history.plan.wording
    if changes is None:
        return missing(why_no_transitions(history))
    if changes.empty:
        return paragraph(f"{history.year.previous}から状況が変わった{counter.item}はありません。")
    words = {
        "forward": "進んだもの",
        "back": "後退したもの",
        "came": "加わったもの",
        "left": "終わったもの",
        "other": "ほかの区分に変わったもの",
    }
    ways = directions(changes, history.plan)
    parts = "、".join(f"{word}{counter.items(ways[way])}" for way, word in words.items() if ways[way])
    return paragraph(
        f"{history.year.previous}から状況が変わった{counter.item}は{counter.items(len(changes))}です（{parts}）。"
    )


def items(history: History) -> Shown:
    """How long the list of items is, or why there is none."""
    statuses, words = history.item_statuses(history.year), history.plan.wording
    if statuses is None:
        return missing(
            f"{history.year}は合計だけが公表されており、{words.item}ごとの状況は資料がありません。"
        )
    return paragraph(f"{words.as_of(history.year)}の{words.items(len(statuses))}の状況です。")


def summary(history: History) -> Shown:
    """The plan so far: each status against the reference year, and how much of the plan has been started."""
    plan, reference = history.plan, history.reference_year
    counts, before = known_counts(history), counts_of(history, reference)
    lines = []
    if before is None:
        why = "資料がない" if plan.shares_in(reference) is None else "割合だけが公表されている"
        lines.append(f"基準とする{reference}は{why}ため、計画の初めとは比較していません。")
    elif reference != history.year:
        for status in plan.counted_names:
            if counts.at[status, "items"] == before.at[status, "items"] == 0:
                continue
            points = points_between(counts, before, status)
            if points is None:
                lines = [
                    f"割合の対象となる{plan.wording.item}のない年度があるため、{reference}とは比較していません。"
                ]
                break
            lines.append(
                f"{reference}と比べると、「{status}」の割合は{share_of(plan, before, status)}から"
                f"{share_of(plan, counts, status)}{toward(points, plan)}。"
            )
    lines.append(started(counts, plan))
    if history.why_cut:
        lines.append(history.why_cut)
    return sentences(lines)


def fallen(history: History) -> Shown:
    """Which years the course of the items is known for, and which items fell back in them."""
    years, counter = history.item_years(), history.plan.wording
    if not years:
        return missing(f"{counter.item}別の資料がある年度がないため、{counter.item}ごとの歩みは示せません。")
    known = "と".join(filter(None, ["、".join(map(str, years[:-1])), str(years[-1])]))
    span = f"{len(history.years)}年間のうち、" if len(history.years) > 1 else ""
    steps = falls(history)
    if len(years) == 1:
        result = why_no_falls(history)
    elif not steps:
        result = f"資料がある年度の間で、後退した{counter.item}はありません。"
    else:
        count, numbers = len({step.item for step in steps}), dict.fromkeys(step.item.number for step in steps)
        words = "、".join(fall_words(step, counter.item) for step in steps)
        if len(steps) > _DESCRIBED:
            words = f"{'、'.join(numbers)}。いつ後退したかは下の図と表にあります"
        result = f"資料がある年度の間で、後退した{counter.item}は{counter.items(count)}です（{words}）。"
    return sentences([f"{span}{counter.item}別の資料があるのは{known}です。", result])


def origins(history: History) -> Shown:
    """How to read the codes of the counts."""
    words = history.plan.wording
    path = f"符号から{words.kind}へ、{words.kind}から状況調査のファイルとセルへたどれます。"
    return paragraph(f"表の{words.count}には符号を付けています。{path}")


def corrections(result: Reconciliation) -> Shown | None:
    """That the report replaces a published one, since when and why; None where it does not."""
    if result.correction is None:
        return None
    day, reason = result.correction.day, result.correction.reason
    return paragraph(f"この報告書は、公表した報告書を{day}に訂正したものです。理由: {reason}", "bad")


def reconciliation(result: Reconciliation, year: FiscalYear, accepted: str = "") -> Shown:
    """The verdict of the comparison with the published figures; ``accepted``: why differences are published."""
    if not result.has_published:
        return missing(f"{year}の公表値は登録されていないため、照合していません。")
    slips = sum(table.errata for table in result.tables)
    kinds = Counter(d.erratum.kind for d in result.differences if d.erratum)
    words = "、".join(f"{kind}{kinds[kind]}" for kind in KINDS if kinds[kind])
    known = "公表資料の誤りとして記録済みの相違" if set(kinds) == {SLIP} else f"記録済みの相違（{words}）"
    recorded = f"、{known}{slips}欄" if slips else ""
    recorded += f"、この報告書で訂正した相違{len(result.corrected)}件" if result.corrected else ""
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


bear_assumptions(
    globals(),
    [
        "highlights",
        "overall",
        "by_policy",
        "moved",
        "items",
        "summary",
        "fallen",
        "targets",
        "effects",
        "judgements",
    ],
)
demand_arguments(
    globals(), ["corrections", "reconciliation"], Reconciliation, "result（reconcile(history) の結果）"
)
