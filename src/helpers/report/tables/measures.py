"""Every indicator with its targets and actuals over the years."""

from __future__ import annotations

__all__ = [
    "MET", "NOT_WRITTEN", "Line", "actual_words", "course_words", "indicator_lines", "indicator_words",
    "measures", "spelling_of", "target_words",
]  # fmt: skip

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.fiscal_year import FiscalYear, years_name
from helpers.history.courses import item_lines
from helpers.history.declared_values import indicators_in
from helpers.history.history import History, remembered
from helpers.plan import Item
from helpers.plan.declared.kinds import PROGRESS
from helpers.plan.declared.measured import Indicator
from helpers.plan.printing import PrintingRules
from helpers.plan.reserved_words import NOT_ALIVE
from helpers.report.table import Table
from helpers.report.tables.common import fraction, item_fields, policy_notes
from helpers.text.forms import variant_folded

NOT_WRITTEN = "なし"
MET = {True: "達成", False: "未達成", None: "未判定"}
Line = tuple[Item, Mapping[FiscalYear, Indicator]]


@remembered
def measures(history: History) -> Table | None:
    """Each indicator with target and actual of every year of the plan so far, and this year's rate, verdict and grade.

    Shape: one row per item, indicator and unit, grouped by policy. None where no year has an indicator.
    """
    lines = list(indicator_lines(history))
    if not lines:
        return None
    years = sorted({year for _, known in lines for year in known})
    has_grades = any(measure.grades for measure in history.plan.declared.measures)
    return Table(
        id="measures",
        caption=f"指標の目標値と実績値（{years_name(years)}）",
        printed=pd.DataFrame([_row(history, line, years, has_grades=has_grades) for line in lines]),
        records=pd.DataFrame(
            _record(history, item, year, each) | _named(known[max(known)])
            for item, known in lines
            for year, each in sorted(known.items())
        ).astype(object),
        row_headers=("番号", history.plan.wording.item_title),
        text=("指標", "単位", *map(history.plan.wording.label, years)),
        group="基本方針",
        notes=(*_notes(history), *policy_notes(history, years)),
    )


def indicator_lines(history: History) -> Iterator[Line]:
    """Each indicator of each item over the years; a change of unit begins a new line, another spelling does not."""
    by_number = {
        year: [(each, item) for item, each in indicators_in(history, year)] for year in history.item_years()
    }
    for item, numbers in item_lines(history):
        known: dict[tuple[str, str], dict[FiscalYear, Indicator]] = {}
        for year in sorted(numbers):
            for each, _ in by_number.get(year, ()):
                if each.number == numbers[year]:
                    known.setdefault(spelling_of(each), {})[year] = each
        yield from ((item, of_years) for of_years in known.values())


def spelling_of(each: Indicator) -> tuple[str, str]:
    """What the name and the unit of an indicator are compared by: without width, blanks and variant characters."""
    return variant_folded(each.name), variant_folded(each.unit)


def target_words(each: Indicator, printing: PrintingRules) -> str:
    """The target as printed: '60（50から変更）'; なし where there is none."""
    before = each.target_before
    changed = f"（{printing.amount(before)}から変更）" if before is not None else ""
    return f"{_amount(each, 'target', printing)}{changed}"


def actual_words(each: Indicator, printing: PrintingRules) -> str:
    """The actual as printed, or why there is none: '（未集計）'; なし where nothing is written."""
    return _amount(each, "actual", printing)


def course_words(each: Indicator, printing: PrintingRules) -> str:
    """Target and actual, a line each: '目標 15', '実績 14'."""
    return f"目標 {target_words(each, printing)}\n実績 {actual_words(each, printing)}"


def indicator_words(each: Indicator, printing: PrintingRules) -> str:
    """The name and, on a second line, the direction and the baseline."""
    parts = [f"{'少ない' if each.is_less_better else '多い'}ほど良い"] if each.texts.get("better") else []
    if "baseline" in each.texts:
        parts.append(f"基準値 {_amount(each, 'baseline', printing)}")
    rest = "、".join(parts)
    return f"{each.name}\n{rest}" if rest else each.name


def _amount(each: Indicator, role: str, printing: PrintingRules) -> str:
    if (amount := each.amount(role)) is not None:
        return printing.amount(amount)
    return f"（{each.texts[role]}）" if each.texts.get(role) else NOT_WRITTEN


def _row(history: History, line: Line, years: list[FiscalYear], *, has_grades: bool) -> dict[str, str]:
    item, known = line
    now, last, printing = known.get(history.year), known[max(known)], history.plan.printing
    row = {
        "基本方針": item.policy.heading,
        "番号": item.number,
        history.plan.wording.item_title: item.name,
        "指標": indicator_words(last, printing),
        "単位": last.unit,
    }
    for year in years:
        each = known.get(year)
        row[history.plan.wording.label(year)] = course_words(each, printing) if each else NOT_ALIVE
    row["達成率"] = printing.share(now.rate_pct(printing)) if now else NOT_ALIVE
    row["達成"] = (MET[now.is_met] if now.is_set else "目標なし") if now else NOT_ALIVE
    if has_grades:
        grade = now.grade(printing) if now else None
        row["評価"] = grade.name if grade else NOT_ALIVE
    return row


def _record(history: History, item: Item, year: FiscalYear, each: Indicator) -> dict[str, Any]:
    printing = history.plan.printing
    grade = each.grade(printing)
    reasons = [each.texts.get(role, "") for role in ("actual", "target") if each.amount(role) is None]
    return {
        "fiscal_year": int(year),
        **item_fields(item),
        "indicator": each.name,
        "unit": each.unit,
        "better": each.texts.get("better", ""),
        "baseline": each.amount("baseline"),
        "target": each.amount("target"),
        "target_before": each.target_before,
        "actual": each.amount("actual"),
        "unknown": next(filter(None, reasons), ""),
        "rate": fraction(each.rate_pct(printing)),
        "is_met": None if each.is_met is None else int(each.is_met),
        "grade": grade.name if grade else "",
    }


def _named(each: Indicator) -> dict[str, str]:
    """The fields that name an indicator in all its years, as it was spelled last."""
    return {"indicator": each.name, "unit": each.unit}


def _notes(history: History) -> Iterator[str]:
    measures_of_plan = history.plan.declared.measures
    rates = {measure.rate for measure in measures_of_plan}
    mark = history.plan.printing.no_share
    if rates != {PROGRESS}:
        yield (
            "※達成率は、目標値に対する実績値の割合です（少ないほど良い指標では、実績値に対する目標値の割合）。"
            f"目標値が0の指標などには達成率がありません（「{mark}」）。"
        )
    if PROGRESS in rates:
        names = "」「".join(measure.name for measure in measures_of_plan if measure.rate == PROGRESS)
        yield (
            f"※{'' if rates == {PROGRESS} else f'「{names}」の'}達成率は、基準値から目標値までの差に対する、基準値から実績値までの差の割合です。"
            + (f"基準値のない指標などには達成率がありません（「{mark}」）。" if rates == {PROGRESS} else "")
        )
    yield "※「達成」は実績値が目標値以上に良いもの、「未判定」は実績値がまだ分からないものです。"
    for measure in measures_of_plan:
        if measure.grades:
            words = "、".join(
                f"{grade.name} {grade.least_pct}%以上"
                if grade.least_pct is not None
                else f"{grade.name} それ未満"
                for grade in measure.grades
            )
            yield f"※評価は、表示した達成率によります（{words}）。"
