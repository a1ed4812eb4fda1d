"""Read and check ``[[measures]]`` of plan.toml with their grades, and ``measures.csv`` with the values of items by year."""

from __future__ import annotations

__all__ = ["MEASURE_COLUMNS", "NAME", "columns_of", "demand_status", "read_measures", "read_measures_file"]

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from helpers.errors import PlanFileError, collecting, refuse_all
from helpers.fiscal_year import FiscalYear
from helpers.plan.declared.kinds import (
    CHECK,
    LESS,
    MEASURE,
    MEASURE_ROLES,
    MORE,
    PROGRESS,
    RATIO,
    SET,
    Grade,
    Measure,
    Value,
)
from helpers.plan.declared.measured import BEFORE, measure_values
from helpers.plan.model import Plan, Status
from helpers.plan.reading.distinct import Name, demand_distinct, demand_own_word
from helpers.plan.reading.periods import planned_year
from helpers.plan.reading.text_file import csv_rows, read_csv_text
from helpers.plan.reading.toml_section import Row, Section
from helpers.text.forms import folded, variant_folded

_MOST_ROWS = 20
_OF_THE_TABLES = ("評価なし", "指標の種類")
_BETTER = {"増": MORE, "減": LESS, MORE: MORE, LESS: LESS}


def read_measures(root: Section, statuses: Sequence[Status]) -> tuple[Measure, ...]:
    """Read the measures; statuses may follow the grades of one of them, and one may have its values in measures.csv."""
    measures: list[Measure] = []
    for section in root.sections("measures", optional=True):
        columns = columns_of(
            section, MEASURE_ROLES, () if "columns" not in section.values else ("target", "actual")
        )
        better = section.text("better", "")
        if better and folded(better) not in _BETTER:
            raise section.fail(
                "better", f"「{better}」は使えません（増／減）", "「増」か「減」を書いてください"
            )
        if columns and "better" not in columns and not better:
            problem = "よい方向（増か減か）が決まりません"
            raise section.fail("better", problem, '列 columns.better か、better = "増" を書いてください')
        rate, effect_on_status = section.choice("rate", (RATIO, PROGRESS), RATIO), section.text("status", "")
        if effect_on_status:
            section.choice("status", (CHECK, SET))
        measure = Measure(
            section.text("name", "目標"), columns, section.text("unit", ""), _BETTER.get(folded(better), ""), rate,
            tuple(_grades(section, effect_on_status, statuses)), effect_on_status, _rows(section, columns),
        )  # fmt: skip
        section.demand_nothing_else()
        if not columns and any(not other.columns for other in measures):
            problem = "measures.csv から読む指標の設定が二つあります"
            raise section.fail("columns", problem, "columns を書くか、一つにまとめてください")
        if effect_on_status and any(other.status for other in measures):
            raise section.fail("status", "実施状況を決める指標の設定が二つあります", "一つにしてください")
        measures.append(measure)
    return tuple(measures)


def _rows(section: Section, columns: Mapping[str, str]) -> int:
    rows: int = section.value("rows", int, "整数", 1)
    if not 1 <= rows <= _MOST_ROWS:
        raise section.fail("rows", f"「{rows}」行は作れません", f"1から{_MOST_ROWS}までの数を書いてください")
    if rows > 1 and "indicator" not in columns:
        problem = "指標の名前の列（columns.indicator）がないので、一つの項目に指標は一つです"
        raise section.fail("rows", problem, "その列を書くか、この行を消してください")
    return rows


def _grades(section: Section, effect_on_status: str, statuses: Sequence[Status]) -> Iterator[Grade]:
    tables = section.sections("grades", optional=True)
    if effect_on_status and not tables:
        raise section.fail("grades", "評価の区分がありません", "status を消すか、grades を書いてください")
    names: list[Name] = []
    below: Decimal | None = None
    for position, table in enumerate(tables, start=1):
        name, least = table.text("name"), None
        if "from" in table.values:
            least = Decimal(str(table.value("from", (int | float), "数")))  # type: ignore[arg-type]
            if not least.is_finite() or (below is not None and least >= below):
                raise table.fail("from", f"「{least}」が前の区分より低くありません", "高い順に書いてください")
            below = least
        elif position < len(tables):
            raise table.fail(
                "from", "値がありません", "何％からかを書いてください（書かないのは最後の区分だけです）"
            )
        status = table.text("status", name if effect_on_status else "")
        if status:
            demand_status(table, "status", status, [known.name for known in statuses])
        table.demand_nothing_else()
        demand_own_word(table, "name", name, [*_OF_THE_TABLES, *([name] if name.startswith("前年") else [])])
        names.append((table, "name", name))
        yield Grade(name, least, status)
    demand_distinct(names)


def demand_status(section: Section, key: str, status: str, known: Sequence[str]) -> None:
    """Refuse a text that is none of the plan's statuses."""
    if status not in known:
        problem = f"「{status}」は実施状況の区分にありません（{'／'.join(known)}）"
        raise section.fail(key, problem, "区分から選んでください")


def columns_of(section: Section, roles: Sequence[str], demanded: Sequence[str]) -> dict[str, str]:
    """Role → heading, in the order of the roles."""
    columns = section.section("columns", optional=not demanded)
    headings = {role: columns.text(role) for role in roles if role in columns.values or role in demanded}
    columns.known |= {*roles}
    columns.demand_nothing_else()
    return headings


NAME = "measures.csv"
_TITLES = ("指標", "単位", "方向", "基準値", "目標値", "実績値")
MEASURE_COLUMNS = ("年度", "番号", *_TITLES)
_ROLES = dict(zip(MEASURE_ROLES, _TITLES, strict=True))


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
    missing = "指標の一覧を置くか、plan.toml の measures に columns を書いてください"
    text = read_csv_text(file, if_missing=missing)
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
                section = Row(file, f"{line}行目", dict(zip(columns, row, strict=False)))
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
