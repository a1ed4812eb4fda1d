"""Read ``measures.csv``: indicators with target and actual of every item and year, one a line."""

from __future__ import annotations

__all__ = ["MEASURE_COLUMNS", "NAME", "read_measures_file"]

from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.errors import PlanFileError, collecting, refuse_all
from helpers.fiscal_year import FiscalYear
from helpers.plan.declared.kinds import MEASURE, MEASURE_ROLES, Measure, Value
from helpers.plan.declared.measure_values import BEFORE, measure_values
from helpers.plan.model import Plan
from helpers.plan.reading.periods import planned_year
from helpers.plan.reading.text_file import csv_rows, read_text
from helpers.plan.reading.toml_section import Section
from helpers.text.forms import variant_folded

NAME = "measures.csv"
_TITLES = ("指標", "単位", "方向", "基準値", "目標値", "実績値")
MEASURE_COLUMNS = ("年度", "番号", *_TITLES)
_ROLES = dict(zip(MEASURE_ROLES, _TITLES, strict=True))


class _Line(Section):
    """A line of the file; its keys are the columns."""

    joint = " "


def read_measures_file(plan: Plan) -> Mapping[FiscalYear, tuple[Value, ...]]:
    """The values of ``measures.csv`` by year; nothing where no declaration asks for the file.

    Raises:
        PlanFileError: names file, line, column, value and remedy, of each line in which something is wrong.
    """
    measure = next((m for m in plan.declared.measures if not m.columns), None)
    file = plan.folder / NAME
    if measure is None:
        if file.exists():
            remedy = "plan.toml に columns のない [[measures]] を書くか、このファイルを除いてください"
            raise PlanFileError(file, "", "このファイルを読む設定がありません", remedy)
        return {}
    text = read_text(
        file, if_missing="指標の一覧を置くか、plan.toml の measures に columns を書いてください",
        if_unreadable="「CSV UTF-8」で保存してください", or_cp932=True,
    )  # fmt: skip
    values: dict[FiscalYear, list[Value]] = {}
    errors: list[PlanFileError] = []
    known: dict[tuple[FiscalYear, str, str], int] = {}
    columns: Sequence[str] = ()
    for position, (line, cells) in enumerate(csv_rows(file, text)):
        row = [cell.strip() for cell in cells]
        if position == 0:
            columns = _checked_columns(file, row)
        elif any(row):
            with collecting(errors):
                section = _Line(file, f"{line}行目", dict(zip(columns, row, strict=False)))
                if len(row) != len(columns):
                    raise section.fail("", f"列が{len(row)}個あります", f"{len(columns)}個にしてください")
                year, read = _read_line(section, measure, plan, position)
                if read:
                    key = (year, read[0].number, variant_folded(read[0].part))
                    if (first := known.setdefault(key, line)) != line:
                        problem = f"「{read[0].part}」が{first}行目にもあります"
                        raise section.fail("指標", problem, "どちらかの行を除いてください")
                    values.setdefault(year, []).extend(read)
    refuse_all(errors)
    return {year: tuple(read) for year, read in values.items()}


def _checked_columns(file: Path, columns: Sequence[str]) -> Sequence[str]:
    if tuple(columns) != MEASURE_COLUMNS:
        remedy = f"「{','.join(MEASURE_COLUMNS)}」にしてください"
        raise PlanFileError(file, "1行目", f"列見出しが「{','.join(columns)}」です", remedy)
    return columns


def _read_line(
    section: Section, measure: Measure, plan: Plan, position: int
) -> tuple[FiscalYear, list[Value]]:
    year = planned_year(section, "年度", plan.implementation_plans)
    number = section.text("番号")
    numbers = {variant_folded(item.number): item.number for item in plan.items_in(year)}
    if (known := numbers.get(variant_folded(number))) is None:
        problem = f"「{number}」は{year}の推進項目の番号にありません"
        raise section.fail("番号", problem, "items.csv の番号、開始年度、終了年度と合わせてください")
    values, problems = measure_values(
        {role: section.values[title] for role, title in _ROLES.items()}, measure
    )
    refuse_all([section.fail(_ROLES[each.role], each.problem, each.remedy) for each in problems])
    cells = {role: f"{'CDEFGH'[index]}{position + 1}" for index, role in enumerate(_ROLES)}
    cells[BEFORE] = cells["target"]
    return year, [
        Value(known, MEASURE, measure.name, values["indicator"], role, text, NAME, "", cells[role])
        for role, text in values.items()
    ]
