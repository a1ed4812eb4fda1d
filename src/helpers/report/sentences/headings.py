"""The headings whose words depend on the year; the others stand in the notebook."""

from __future__ import annotations

from helpers.history.history import History
from helpers.text.display import Shown, heading


def year(history: History) -> Shown:
    """'2 令和4年度の実施状況'."""
    return heading(2, f"2 {history.year}の実施状況", "section-year")


def highlights(history: History) -> Shown:
    """'(1) 令和4年度の主な取組'."""
    return heading(3, f"(1) {history.year}の主な取組", "section-highlights")


def comparison(history: History) -> Shown:
    """'(2) 前年度との比較', or without the comparison where there is none."""
    return heading(
        3,
        "(2) 実施状況の集計"
        if history.previous_year is None
        else f"(2) {history.plan.wording.last_year}との比較",
        "section-comparison",
    )


def moved(history: History) -> Shown:
    """'(3) 令和3年度からの動き', or without the year where there is none to compare with."""
    previous = history.previous_year
    since = history.plan.wording.last_year if previous is None else previous
    return heading(3, f"(3) {since}からの動き", "section-moved")


def targets(history: History) -> Shown | None:
    """'(4) 目標の達成状況', in plans with targets."""
    return _declared(history, "目標の達成状況", "section-targets")


def effects(history: History) -> Shown | None:
    """'(5) 効果額', in plans with effects."""
    return _declared(history, "効果額", "section-effects")


def judgements(history: History) -> Shown | None:
    """'(6) 外部評価', the names of all judgements, in plans with another judgement than the status."""
    names = "・".join(judgement.name for judgement in history.plan.declared.judgements)
    return _declared(history, names, "section-judgements")


def _declared(history: History, words: str, anchor: str) -> Shown | None:
    """A heading of what the plan declares, numbered after what it declares before; None where it does not."""
    declared = history.plan.declared
    sections = {
        "section-targets": declared.measures,
        "section-effects": declared.effects,
        "section-judgements": declared.judgements,
    }
    there = [name for name, declarations in sections.items() if declarations]
    return heading(3, f"({there.index(anchor) + 4}) {words}", anchor) if anchor in there else None


def plan_so_far(history: History) -> Shown:
    """'3 5年間の取組状況'."""
    years = len(history.years)
    return heading(
        2, f"3 {years}年間の取組状況" if years > 1 else f"3 {history.year}の取組状況", "section-plan-so-far"
    )


def items(history: History) -> Shown:
    """'(1) 推進項目別の実施状況'."""
    kind = history.plan.wording.kind
    return heading(3, f"(1) {kind}別の実施状況", f"1-{kind}別の実施状況")


def course(history: History) -> Shown:
    """'(3) 推進項目の歩み'."""
    kind = history.plan.wording.kind
    return heading(3, f"(3) {kind}の歩み", f"3-{kind}の歩み")
