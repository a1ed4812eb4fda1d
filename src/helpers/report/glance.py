"""The first screen: cover and the year at a glance."""

from __future__ import annotations

__all__ = ["cover", "done_share", "title", "year_at_a_glance"]

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from helpers.history.counts import PLAN_SCOPE
from helpers.history.courses import directions
from helpers.history.history import History
from helpers.plan import DONE, NOT_STARTED, UNDER_WAY
from helpers.plan.reserved_words import NONE
from helpers.report.assumptions import bear_assumptions
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
    changes = moved_items(history)
    cards = [
        _done_card(history),
        *(_group_card(history, group) for group in (UNDER_WAY, NOT_STARTED) if history.plan.names_in(group)),
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
    done, words = plan.names_in(DONE), plan.wording
    detail = f"{words.items(counted_items(counts, plan))}中{words.items(items_of(counts, done))}"
    share, past = done_share_pct(plan, counts), None if before is None else done_share_pct(plan, before)
    if history.shares_before is not None and len(done) == 1:  # the shares of several may be rounded apart
        past = history.shares_before.shares[PLAN_SCOPE][done[0]]
    if share is not None and past is not None:
        detail += f"、{words.last_year}比 {plan.printing.points(share - past)}"
    return f"「{'・'.join(done)}」の割合", plan.printing.share(share), detail


def _group_card(history: History, group: str) -> tuple[str, str, str]:
    plan, words, before = history.plan, history.plan.wording, counts_of(history, history.previous_year)
    statuses, label = plan.names_in(group), plan.group_word(group)
    past = (
        _no_last_year(history)
        if before is None
        else f"{words.last_year} {words.items(items_of(before, statuses))}"
    )
    names = "・".join(statuses)
    return (
        names if label in ("", names) else f"{label}（{names}）",
        words.items(items_of(known_counts(history), statuses)),
        past,
    )


def _moved_card(history: History, changes: pd.DataFrame | None) -> tuple[str, str, str]:
    words = history.plan.wording
    label = f"{words.last_year}から動いた{words.item}"
    if changes is None:
        if history.previous_year is not None and history.item_statuses(history.year) is None:
            return label, NONE, f"{words.item}別の資料なし"
        return label, NONE, _no_last_year(history)
    ways = directions(changes, history.plan)
    rest = {"came": "追加", "left": "終了", "other": "ほかの区分"}
    parts = [f"前進 {ways['forward']}", f"後退 {ways['back']}"]
    parts += [f"{word} {ways[way]}" for way, word in rest.items() if ways[way]]
    return label, words.items(len(changes)), "、".join(parts)


def _no_last_year(history: History) -> str:
    words = history.plan.wording
    if history.previous_year is None:
        is_first = history.year == history.plan.implementation_plans[0].period.first
        return "計画の初年度" if is_first else f"{words.last_year}との比較なし"
    is_unknown = history.statuses(history.previous_year) is None
    return f"{words.last_year} 資料なし" if is_unknown else f"{words.last_year} {words.item}別の資料なし"


def _card(label: str, figure: str, detail: str, *, is_lead: bool) -> Markup:
    figures = (tag("strong", figure), " ", tag("span", detail, class_="detail"))
    return tag("div", tag("dt", label), tag("dd", *figures), class_="card lead" if is_lead else "card")


def _moved_item(change: Mapping[str, str]) -> Markup:
    statuses = f"{change['previous_status'] or '（新規）'} → {change['status'] or '（終了）'}"
    remark = f"（{change['remark']}）" if change["remark"] else ""
    return tag("li", f"{change['number']} {change['item']}{remark}: ", tag("strong", statuses))


bear_assumptions(globals(), ["cover", "year_at_a_glance"])
