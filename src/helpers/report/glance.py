"""The first screen: cover and the year at a glance."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from helpers.history.history import History
from helpers.history.movements import directions
from helpers.plan import DONE, NOT_STARTED, UNDER_WAY
from helpers.report.sentences.phrases import counted_items, done_share_pct, items_of
from helpers.report.tables.common import counts_of, known_counts
from helpers.report.tables.items import moved_items
from helpers.text import display
from helpers.text.display import Shown
from helpers.text.html import tag


def title(history: History) -> str:
    """The report's title: '第二次山口市行政改革大綱推進計画【前期】令和4年度実績と5年間の取組状況'."""
    return f"{history.implementation_plan.title}{_span(history)}"


def cover(history: History) -> Shown:
    """Municipality, title and what the report is."""
    return display.cover(
        history.plan.municipality,
        f"{history.implementation_plan.title}\n{_span(history)}",
        f"{history.plan.outline.name}に基づく推進計画の年次報告",
    )


def year_at_a_glance(history: History) -> Shown:
    """The done share and its change, the items under way and not started, and what moved since last year."""
    groups = ((UNDER_WAY, "着手済み"), (NOT_STARTED, "未着手"))
    changes = moved_items(history)
    cards = [
        _done_card(history),
        *(_group_card(history, group, label) for group, label in groups if history.plan.names_in(group)),
        _moved_card(history, changes),
    ]
    blocks = [tag("dl", *(_card(*card, is_lead=card is cards[0]) for card in cards))]
    if changes is not None and not changes.empty:
        blocks.append(
            tag("ul", *(_moved_item(change) for change in changes.to_dict("records")), class_="moved")
        )
    text = "\n".join(f"{label}: {figure}（{detail}）" for label, figure, detail in cards)
    return Shown(tag("section", *blocks, class_="glance", aria_label=f"{history.year}の概況"), text)


def _span(history: History) -> str:
    years = len(history.years)
    return f"{history.year}実績と{years}年間の取組状況" if years > 1 else f"{history.year}実績"


def done_share(history: History) -> str:
    """The share of the done items as printed: '81.0%'."""
    return history.plan.printing.share(done_share_pct(history.plan, known_counts(history)))


def _done_card(history: History) -> tuple[str, str, str]:
    plan, counts, before = history.plan, known_counts(history), counts_of(history, history.previous_year)
    done = plan.names_in(DONE)
    detail = f"{counted_items(counts, plan)}項目中{items_of(counts, done)}項目"
    share, past = done_share_pct(plan, counts), None if before is None else done_share_pct(plan, before)
    if share is not None and past is not None:
        detail += f"、前年度比 {plan.printing.points(share - past)}"
    return f"「{'・'.join(done)}」の割合", plan.printing.share(share), detail


def _group_card(history: History, group: str, label: str) -> tuple[str, str, str]:
    statuses, before = history.plan.names_in(group), counts_of(history, history.previous_year)
    past = _no_last_year(history) if before is None else f"前年度 {items_of(before, statuses)}項目"
    names = "・".join(statuses)
    return (
        label if names == label else f"{label}（{names}）",
        f"{items_of(known_counts(history), statuses)}項目",
        past,
    )


def _moved_card(history: History, changes: pd.DataFrame | None) -> tuple[str, str, str]:
    label = "前年度から動いた項目"
    if changes is None:
        if history.previous_year is not None and history.item_statuses(history.year) is None:
            return label, "―", "項目別の資料なし"
        return label, "―", _no_last_year(history)
    ways = directions(changes, history.plan)
    rest = {"came": "追加", "left": "終了", "other": "ほかの区分"}
    words = [f"前進 {ways['forward']}", f"後退 {ways['back']}"]
    words += [f"{word} {ways[way]}" for way, word in rest.items() if ways[way]]
    return label, f"{len(changes)}項目", "、".join(words)


def _no_last_year(history: History) -> str:
    if history.previous_year is None:
        is_first = history.year == history.plan.implementation_plans[0].period.first
        return "計画の初年度" if is_first else "前年度との比較なし"
    return "前年度 資料なし" if history.statuses(history.previous_year) is None else "前年度 項目別の資料なし"


def _card(label: str, figure: str, detail: str, *, is_lead: bool) -> Markup:
    figures = (tag("strong", figure), " ", tag("span", detail, class_="detail"))
    return tag("div", tag("dt", label), tag("dd", *figures), class_="card lead" if is_lead else "card")


def _moved_item(change: Mapping[str, str]) -> Markup:
    statuses = f"{change['previous_status'] or '（新規）'} → {change['status'] or '（終了）'}"
    remark = f"（{change['remark']}）" if change["remark"] else ""
    return tag("li", f"{change['number']} {change['item']}{remark}：", tag("strong", statuses))
