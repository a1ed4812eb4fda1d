"""The computed sentences on what a plan declares beyond statuses; None in plans that declare nothing of the kind."""

from __future__ import annotations

__all__ = ["effects", "judgements", "targets"]

from helpers.history.declared_values import count_targets, indicators_in
from helpers.history.history import History
from helpers.report import exploring
from helpers.report.tables.effects import SO_FAR, YEAR, sums_by_policy
from helpers.report.tables.judgements import HIGHER, LOWER, judged_items
from helpers.report.tables.money_words import amount_words
from helpers.text.display import Shown, missing, sentences


def targets(history: History) -> Shown | None:
    """How many targets are met, which are missed for the second year in a row, and which were changed."""
    if not history.plan.declared.measures:
        return None
    counts = count_targets(history, history.year)
    if counts is None or not indicators_in(history, history.year):
        return missing(f"{history.year}は指標の資料がないため、目標の達成状況は示せません。")
    whole, printing = counts[""], history.plan.printing
    unjudged = whole.is_set - whole.judged
    rest = f"（ほかに実績値がまだ分からない目標{unjudged}件）" if unjudged else ""
    share = printing.share(whole.share_pct(printing))
    lines = [f"判定できる目標{whole.judged}件のうち、達成したのは{whole.met}件（{share}）です{rest}。"]
    if not whole.judged:
        lines = [f"判定できる目標はまだありません{rest}。"]
    if again := _missed_again(history):
        lines.append(f"2年続けて未達成の目標は{len(again)}件です（{'、'.join(again)}）。")
    changed = [
        f"{item.number} {each.name}（{printing.amount(before)}から{printing.amount(now)}）"
        for item, each in indicators_in(history, history.year)
        if (before := each.target_before) is not None and (now := each.amount("target")) is not None
    ]
    if changed:
        lines.append(f"途中で変更された目標があります: {'、'.join(changed)}。")
    return sentences(lines)


def effects(history: History) -> Shown | None:
    """The sums of the effects beside the planned ones: of the year, and of the plan so far."""
    if not history.plan.declared.effects:
        return None
    lines = []
    for effect in history.plan.declared.summed_effects:
        sums = sums_by_policy(history, effect)
        if sums is None:
            lines.append(f"「{effect.name}」の金額の資料はありません。")
            continue
        for period, name in ((YEAR, str(history.year)), (SO_FAR, "計画の初めからの累計")):
            money = sums[""][period]
            planned, actual = (
                amount_words(amount, effect, history.plan.printing)
                for amount in (money.planned, money.actual)
            )
            unit, rate = effect.printed_unit, money.rate_pct(history.plan.printing)
            if money.planned is None and money.actual is None:
                lines.append(f"「{effect.name}」の{name}の金額はありません。")
            elif money.difference is None:
                lines.append(
                    f"「{effect.name}」の{name}は、金額のそろわない{history.plan.wording.item}があるため、見込と実績を比べていません。"
                )
            else:
                rated = "" if rate is None else f"（見込の{history.plan.printing.share(rate)}）"
                lines.append(
                    f"「{effect.name}」の{name}は、見込{planned}{unit}に対し実績{actual}{unit}{rated}です。"
                )
    return sentences(lines)


def judgements(history: History) -> Shown | None:
    """How many items each judgement puts level with the status, lower and higher, with their numbers."""
    if not history.plan.declared.judgements:
        return None
    lines, items = [], history.plan.wording.items
    for judgement in history.plan.declared.judgements:
        judged = [each for each in judged_items(history, judgement) if each[2]]
        if judgement.column and not judged:
            lines.append(f"{history.year}は「{judgement.name}」の資料がありません。")
        elif judgement.column and not judgement.same_as:
            lines.append(
                f"「{judgement.name}」は{items(len(judged))}にあります。実施状況とは区分が違うため、高低は比べていません。"
            )
        elif judgement.column:
            numbers = {way: [item.number for item, *_, of in judged if of == way] for way in (LOWER, HIGHER)}
            parts = [
                f"実施状況より{word}ものは{items(len(numbers[way]))}"
                + (f"（{'、'.join(numbers[way])}）" if numbers[way] else "")
                for way, word in ((LOWER, "低い"), (HIGHER, "高い"))
            ]
            lines.append(f"「{judgement.name}」がある{items(len(judged))}のうち、{'、'.join(parts)}です。")
    if not lines:
        return sentences([f"{history.year}の評価の票数を示します。"])
    return sentences(lines)


def _missed_again(history: History) -> list[str]:
    """Number and name of each indicator whose target is missed in the report's year and in the year before."""
    missed = exploring.missed_again(history)
    return [f"{number} {name}" for number, name in zip(missed["number"], missed["indicator"], strict=True)]
