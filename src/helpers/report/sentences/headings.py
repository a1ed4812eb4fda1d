"""The headings whose words depend on the year; the others stand in the notebook. The page numbers them all."""

from __future__ import annotations

__all__ = [
    "by_policy", "comparison", "course", "effects", "highlights", "items", "judgements", "moved", "overall",
    "plan_so_far", "targets", "year",
]  # fmt: skip

from helpers.history.history import History
from helpers.plan.reserved_words import PLAN_LABEL
from helpers.report.assumptions import bear_assumptions
from helpers.text.display import Shown, heading


def year(history: History) -> Shown:
    """'令和4年度の実施状況'."""
    return heading(2, f"{history.year}の実施状況", "section-year")


def highlights(history: History) -> Shown:
    """'令和4年度の主な取組'."""
    return heading(3, f"{history.year}の主な取組", "section-highlights")


def comparison(history: History) -> Shown:
    """'前年度との比較', or without the comparison where there is none."""
    return heading(
        3,
        "実施状況の集計" if history.previous_year is None else f"{history.plan.wording.last_year}との比較",
        "section-comparison",
    )


def overall(history: History) -> Shown | None:
    """'計画全体', where what follows is by policy; None in plans without policies."""
    return heading(4, PLAN_LABEL, PLAN_LABEL) if history.plan.policies else None


def by_policy(history: History) -> Shown | None:
    """'基本方針別'; None in plans without policies."""
    return heading(4, "基本方針別", "基本方針別") if history.plan.policies else None


def moved(history: History) -> Shown:
    """'令和3年度からの動き', or without the year where there is none to compare with."""
    previous = history.previous_year
    since = history.plan.wording.last_year if previous is None else previous
    return heading(3, f"{since}からの動き", "section-moved")


def targets(history: History) -> Shown | None:
    """'目標の達成状況', in plans with targets."""
    declared = history.plan.declared.measures
    return heading(3, "目標の達成状況", "section-targets") if declared else None


def effects(history: History) -> Shown | None:
    """'効果額', in plans with effects."""
    return heading(3, "効果額", "section-effects") if history.plan.declared.effects else None


def judgements(history: History) -> Shown | None:
    """'外部評価', the names of all judgements, in plans with another judgement than the status."""
    names = "・".join(judgement.name for judgement in history.plan.declared.judgements)
    return heading(3, names, "section-judgements") if names else None


def plan_so_far(history: History) -> Shown:
    """'5年間の取組状況'."""
    years = len(history.years)
    span = f"{years}年間" if years > 1 else str(history.year)
    return heading(2, f"{span}の取組状況", "section-plan-so-far")


def items(history: History) -> Shown:
    """'推進項目別の実施状況'."""
    return heading(3, f"{history.plan.wording.kind}別の実施状況")


def course(history: History) -> Shown:
    """'推進項目の歩み'."""
    return heading(3, f"{history.plan.wording.kind}の歩み")


bear_assumptions(globals(), __all__)
