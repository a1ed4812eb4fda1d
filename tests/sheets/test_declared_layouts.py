"""The columns that a plan declares in every layout and format: the same values, each with the cell that it stands in."""

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from fixtures_made.xls import xls_book

from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.reading.plan_file import load_plan
from helpers.sheets import SheetReading, inspect_sheet
from small_city import City
from spreadsheets import book, csv_text, inspect_bytes, ods

Rows = list[list[str]]
DECLARED = """
[[fields]]
name = "評価の理由"

[[measures]]
columns = { indicator = "指標", unit = "単位", better = "方向", baseline = "基準値", target = "目標値", actual = "実績値" }

[[effects]]
name = "効果額"
unit = "千円"
columns = { planned = "効果見込額", actual = "効果実績額" }

[[judgements]]
name = "外部評価"
column = "委員会の評価"
statuses = ["妥当", "要改善"]
votes = ["賛成"]
"""
NAMES = {"1": "窓口の案内", "2": "会議の公開", "3": "歩道の点検", "4": "水道の更新"}
TEXTS = ["早い", "1,000", "▲5.5", "妥当", "4"]
HEADS = ["評価の理由", "効果見込額", "効果実績額", "委員会の評価", "賛成"]
MEASURE = ["指標", "単位", "方向", "基準値", "目標値", "実績値"]
FIRST, SECOND = (
    ["待ち時間", "分", "減", "20", "15", "14"],
    ["満足度", "点", "増", "", "50（45から変更）", "未集計"],
)
VALUES = {
    ("field", "評価の理由", "", "text"): "早い",
    ("effect", "効果額", "", "planned"): "1000",
    ("effect", "効果額", "", "actual"): "-5.5",
    ("judgement", "外部評価", "", "word"): "妥当",
    ("vote", "外部評価", "", "賛成"): "4",
    ("measure", "目標", "待ち時間", "indicator"): "待ち時間",
    ("measure", "目標", "待ち時間", "unit"): "分",
    ("measure", "目標", "待ち時間", "better"): "less",
    ("measure", "目標", "待ち時間", "baseline"): "20",
    ("measure", "目標", "待ち時間", "target"): "15",
    ("measure", "目標", "待ち時間", "actual"): "14",
    ("measure", "目標", "満足度", "indicator"): "満足度",
    ("measure", "目標", "満足度", "unit"): "点",
    ("measure", "目標", "満足度", "better"): "more",
    ("measure", "目標", "満足度", "target"): "50",
    ("measure", "目標", "満足度", "target_before"): "45",
    ("measure", "目標", "満足度", "actual"): "未集計",
}


def rows(numbers: Sequence[str]) -> Rows:
    table = [["番号", "推進項目", "実施状況", *HEADS, *MEASURE]]
    for number in numbers:
        table.append([number, NAMES[number], "完了", *TEXTS, *FIRST])
        table.append(["", "", "", *[""] * len(TEXTS), *SECOND])
    return table


def matrix(numbers: Sequence[str]) -> Rows:
    table = [["番号", "推進項目", "完了", "進行中", "未着手", *HEADS, *MEASURE]]
    for number in numbers:
        table.append([number, NAMES[number], "○", "", "", *TEXTS, *FIRST])
        table.append(["", "", "", "", "", *[""] * len(TEXTS), *SECOND])
    return table


def cards(numbers: Sequence[str]) -> Rows:
    table: Rows = []
    for number in numbers:
        table += [
            ["番号", number, "推進項目", NAMES[number]],
            ["実施状況", "完了", "委員会の評価", "妥当", "賛成", "4"],
            ["効果見込額", "1,000", "効果実績額", "▲5.5", "評価の理由", "早い"],
            MEASURE,
            FIRST,
            SECOND,
            [],
        ]
    return table


def cards_of_years(numbers: Sequence[str]) -> Rows:
    """Cards with a row a year for each of two indicators, which are named in the first of its rows, and money by year."""
    table: Rows = []
    for number in numbers:
        table += [
            ["番号", number, "推進項目", NAMES[number]],
            ["評価の理由", "早い"],
            ["年度", "令和元年度", "令和2年度", "令和3年度"],
            ["実施状況", "未着手", "完了", ""],
            ["委員会の評価", "要改善", "妥当", ""],
            ["賛成", "1", "4", ""],
            ["効果見込額", "900", "1,000", "1,100"],
            ["効果実績額", "950", "▲5.5", ""],
            [],
            ["指標", "単位", "方向", "基準値", "年度", "目標値", "実績値"],
            [*FIRST[:4], "R1", "18", "19"],
            ["", "", "", "", "R2", *FIRST[4:]],
            [*SECOND[:4], "R1", "45", "44"],
            ["", "", "", "", "R2", *SECOND[4:]],
            [],
        ]
    return table


def as_csv(table: Rows) -> bytes:
    return csv_text(table).encode()


def as_ods(table: Rows) -> bytes:
    cells = ("".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
                     if text else "<table:table-cell/>" for text in row) for row in table)  # fmt: skip
    return ods("".join(f"<table:table-row>{row}</table:table-row>" for row in cells))


LAYOUTS = {"rows": rows, "matrix": matrix, "cards": cards, "cards of years": cards_of_years}
FORMATS = {
    "csv": as_csv,
    "xlsx": lambda table: book([text or None for text in row] for row in table),
    "xls": lambda table: xls_book({"状況調査": table}),
    "ods": as_ods,
}


@pytest.fixture
def folder(city: City) -> Path:
    return city({}, more=DECLARED) / "data" / "raw" / "machi"


@pytest.fixture
def plan(folder: Path) -> Plan:
    return load_plan(folder)


def shown(text: str) -> str:
    """A value as the sheet has it, to look for in its cell."""
    return {
        "less": "減",
        "more": "増",
        "1000": "1,000",
        "-5.5": "▲5.5",
        "50": "50（45から変更）",
        "45": "50（45から変更）",
    }.get(text, text)


def demand_all(reading: SheetReading, tables: dict[str, Rows]) -> None:
    """Every value of every item, each at the cell that shows it; ``tables`` by the name of their file."""
    assert {finding.code for finding in reading.findings} == {"target_changed"}
    sheet = reading.status_sheet
    assert sheet.statuses["status"].tolist() == ["完了"] * 4
    for number in NAMES:
        own = [value for value in sheet.values if value.number == number]
        assert {(v.kind, v.name, v.part, v.role): v.text for v in own} == VALUES
        for value in own:
            column, row = openpyxl.utils.cell.coordinate_from_string(value.cell)
            shown_text = tables[value.file][row - 1][openpyxl.utils.column_index_from_string(column) - 1]
            assert shown_text == shown(value.text), value


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_and_format_gives_the_same_values(plan: Plan, layout: str, form: str) -> None:
    table = LAYOUTS[layout]([*NAMES])
    data = FORMATS[form](table)
    demand_all(inspect_bytes(data, f"R2.{form}", plan, FiscalYear(2020)), {f"R2.{form}": table})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_parts_of_a_years_folder_may_be_of_any_format(folder: Path, plan: Plan, layout: str) -> None:
    year = folder / "R2"
    year.mkdir()
    tables = {}
    for number, form in zip(NAMES, FORMATS, strict=True):
        tables[f"R2/{number}課.{form}"] = LAYOUTS[layout]([number])
        (year / f"{number}課.{form}").write_bytes(FORMATS[form](LAYOUTS[layout]([number])))
    demand_all(inspect_sheet(year, plan, FiscalYear(2020)), tables)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_cannot_be_read_is_said_at_its_cell(plan: Plan, layout: str) -> None:
    table = [[text.replace("▲5.5", "約5") for text in row] for row in LAYOUTS[layout]([*NAMES])]
    (y, x) = next((y, x) for y, row in enumerate(table) for x, text in enumerate(row) if text == "約5")
    reading = inspect_bytes(as_csv(table), "R2.csv", plan, FiscalYear(2020))
    findings = [finding for finding in reading.findings if finding.code == "not_a_number"]
    assert len(findings) == 4
    assert findings[0].cell == f"{openpyxl.utils.get_column_letter(x + 1)}{y + 1}"
    assert "効果実績額の値「約5」は千円の数として読めません" in findings[0].message


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda row: ["", "", "", "", "300", *row[5:]], id="an amount"),
        pytest.param(lambda row: ["", "", "", "", "", "200", *row[6:]], id="another amount"),
    ],
)
@pytest.mark.parametrize("is_last", [False, True])
def test_a_row_without_a_number_that_has_amounts_is_not_passed_over(
    plan: Plan, make: Callable[[list[str]], list[str]], is_last: bool
) -> None:
    table = [row for row in rows([*NAMES]) if row[0]]
    at = len(table) if is_last else 2
    table.insert(at, make([""] * 14))
    reading = inspect_bytes(as_csv(table), "R2.csv", plan, FiscalYear(2020))
    assert [finding.code for finding in reading.findings if finding.is_error] == ["loose_value"]


@pytest.mark.parametrize(
    ("planned", "actual", "codes"), [("4,000", "△22", []), ("4,001", "△22", ["total_disagrees"])]
)
def test_a_row_of_totals_holds_sums_of_money_and_no_counts(
    plan: Plan, planned: str, actual: str, codes: list[str]
) -> None:
    table = [row for row in rows([*NAMES]) if row[0]]
    table.append(["合計", "", "", "", planned, actual, "", "16", *[""] * 6])
    reading = inspect_bytes(as_csv(table), "R2.csv", plan, FiscalYear(2020))
    assert [finding.code for finding in reading.findings] == codes
    assert not reading.has_errors
