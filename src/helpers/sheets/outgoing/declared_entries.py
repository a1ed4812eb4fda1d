"""The declared columns of the blank sheet: widths, data validation, instructions."""

from __future__ import annotations

__all__ = ["declared_how_to", "declared_rules", "declared_widths", "length_rule", "list_rule", "measure_rows"]

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from helpers.plan import Plan
from helpers.plan.declared.kinds import EFFECT, FIELD, JUDGEMENT, MEASURE, VOTE, DeclaredColumn, Value
from helpers.plan.declared.measured import Indicator, indicators_of

_WIDTHS = {FIELD: 34, MEASURE: 12, EFFECT: 14, JUDGEMENT: 13, VOTE: 8}
_LONGEST_LIST = 255  # characters of a list of choices in Excel
_LONGEST_ENTRY = 60
_WAYS = ("増", "減")
_HOW = {
    "indicator": "指標の名前を一行に一つ書いてください。行が足りない項目は、取りまとめ担当に知らせてください。",
    "unit": "指標の単位を書いてください。",
    "better": "増えるほど良い指標は「増」、減るほど良い指標は「減」を選んでください。",
    "baseline": "計画の初めなどの値を、数だけで書いてください。",
    "target": "その年度の目標値を、数だけで書いてください。途中で変えたときは「60（50から変更）」のように書いてください。",
}
_NOT_YET = "まだ分からないときは「未集計」と書いてください。"


def measure_rows(
    plan: Plan, values: Iterable[Value], pairs: Mapping[str, str]
) -> dict[str, list[dict[str, str]]]:
    """The rows of each item, at least one: heading → text of the indicators that it had last year, filled in.

    ``values``: what last year's sheet says beyond statuses. ``pairs``: number → last year's number of the same item.
    """
    known: dict[str, list[Indicator]] = {}
    for each in indicators_of(values, plan.declared):
        known.setdefault(each.number, []).append(each)
    in_sheet = [measure for measure in plan.declared.measures if measure.columns]
    rows: dict[str, list[dict[str, str]]] = {}
    for number in {item.number for item in plan.items}:
        before = known.get(pairs.get(number, ""), ())
        rows[number] = [{} for _ in range(max([1, *(measure.rows for measure in in_sheet)]))]
        for measure in in_sheet:
            own = [each for each in before if each.measure == measure and "indicator" in measure.columns]
            rows[number] += [{} for _ in range(len(own) - len(rows[number]))]
            for row, each in zip(rows[number], own, strict=False):
                row |= {measure.columns[role]: text for role, text in _stays(each) if role in measure.columns}
    return rows


def _stays(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Role and text of an indicator's values that are carried over from year to year."""
    yield "indicator", indicator.name
    for role in ("unit", "baseline"):
        yield role, indicator.texts.get(role, "")
    yield "better", _WAYS[indicator.is_less_better]


def declared_widths(plan: Plan) -> dict[str, int]:
    """Heading → width of each declared column."""
    return {
        column.heading: 24 if column.role == "indicator" else _WIDTHS[column.kind]
        for column in plan.declared.columns
    }


def declared_rules(plan: Plan) -> Iterator[tuple[str, dict[str, Any]]]:
    """Heading and rule of data validation of each declared column: words from a list, texts up to their length."""
    for column in plan.declared.columns:
        choices = _choices(plan, column)
        if choices and len(",".join(choices)) <= _LONGEST_LIST and not any("," in word for word in choices):
            yield column.heading, list_rule(column.heading, list(choices), "一覧から選んでください。")
        else:
            yield column.heading, length_rule(column.heading, _longest(plan, column))


def list_rule(heading: str, source: str | list[str], message: str) -> dict[str, Any]:
    """The rule of data validation of a column whose words are chosen from a list."""
    return {"validate": "list", "source": source, "error_title": heading, "error_message": message}


def length_rule(heading: str, most: int) -> dict[str, Any]:
    """The rule of data validation of a column whose texts have at most so many characters."""
    message = f"{most:,}字までで書いてください。"
    rule = {"validate": "length", "criteria": "<=", "value": most, "show_input": False}
    return {**rule, "error_title": heading, "error_message": message}


def declared_how_to(plan: Plan) -> Iterator[tuple[str, str]]:
    """Heading and instruction of each declared column."""
    required = {text.name for text in plan.declared.texts if text.is_required}
    units = {effect.name: effect.unit for effect in plan.declared.effects}
    for column in plan.declared.columns:
        if column.kind == FIELD:
            end = "（必須）。" if column.heading in required else "。"
            yield column.heading, f"{_longest(plan, column):,}字までで書いてください{end}"
        elif column.kind == EFFECT:
            yield (
                column.heading,
                f"{units[column.name]}の額を、数だけで書いてください。減は「△」を付けます。{_NOT_YET}",
            )
        elif column.kind == MEASURE:
            actual = f"その年度の実績値を、数だけで書いてください。{_NOT_YET}"
            yield column.heading, _HOW.get(column.role, actual)
        elif column.kind == JUDGEMENT:
            yield column.heading, f"{'／'.join(_choices(plan, column))} から選んでください。"
        else:
            yield column.heading, "票の数を書いてください。"


def _choices(plan: Plan, column: DeclaredColumn) -> Sequence[str]:
    if column.kind == JUDGEMENT:
        return next(each.words for each in plan.declared.judgements if each.name == column.name)
    return _WAYS if (column.kind, column.role) == (MEASURE, "better") else ()


def _longest(plan: Plan, column: DeclaredColumn) -> int:
    if column.kind != FIELD:
        return _LONGEST_ENTRY
    return next(text.longest for text in plan.declared.texts if text.name == column.name)
