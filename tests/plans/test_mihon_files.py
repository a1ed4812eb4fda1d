"""The worked example in every file of its report: page, PDF, csv and workbook tell the figures worked out by hand."""

import io
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from gate_checks import check_report
from helpers.export.files import table_files
from helpers.export.files.contents import tables_shown
from helpers.history.history import History
from helpers.proof.html_page import read_tables
from helpers.proof.pdf_text import read_structure, table_cells
from helpers.report import exploring
from made_reports import REPOSITORY, executed_notebook, files_of, silent_cells

EXPLORE = REPOSITORY / "notebooks" / "explore.ipynb"

TARGETS = [
    ["Ⅰ 窓口", "2", "2", "0", "0.0%", "2", "2", "2", "100.0%", "△2(△100.0%)"],
    ["Ⅱ 財産", "3", "2", "1", "50.0%", "3", "3", "2", "66.7%", "△1(△16.7%)"],
    ["Ⅲ デジタル", "1", "1", "1", "100.0%", "1", "1", "0", "0.0%", "+1(+100.0%)"],
    ["合計", "6", "5", "2", "40.0%", "6", "6", "4", "66.7%", "△2(△26.7%)"],
]
EFFECTS = [
    ["Ⅰ 窓口", "-", "-", "-", "-", "-", "-", "-", "-"],
    ["Ⅱ 財産", "12,000", "10,350", "△1,650", "86.3%", "20,000", "18,550", "△1,450", "92.8%"],
    ["Ⅲ デジタル", "3,500", "3,675", "+175", "105.0%", "7,000", "6,665", "△335", "95.2%"],
    ["合計", "15,500", "14,025", "△1,475", "90.5%", "27,000", "25,215", "△1,785", "93.4%"],
]
CROSS = [
    ["S", "0", "1", "0", "0", "1"],
    ["A", "0", "2", "1", "0", "3"],
    ["B", "0", "0", "2", "0", "2"],
    ["C", "0", "0", "0", "0", "0"],
    ["合計", "0", "3", "3", "0", "6"],
]
PRINTED = {"targets": TARGETS, "effects": EFFECTS, "judgement_cross": CROSS}
RECORDS = {
    "targets": [
        "2022,Ⅰ,2,2,0,0.000,2,2,2,1.000,-2,-1.000",
        "2022,Ⅱ,3,2,1,0.500,3,3,2,0.667,-1,-0.167",
        "2022,Ⅲ,1,1,1,1.000,1,1,0,0.000,1,1.000",
        "2022,,6,5,2,0.400,6,6,4,0.667,-2,-0.267",
    ],
    "effects": [
        "2022,効果額,Ⅰ,year,千円,,,,,0",
        "2022,効果額,Ⅰ,so_far,千円,,,,,0",
        "2022,効果額,Ⅱ,year,千円,12000,10350,-1650,0.863,0",
        "2022,効果額,Ⅱ,so_far,千円,20000,18550,-1450,0.928,0",
        "2022,効果額,Ⅲ,year,千円,3500,3675,175,1.050,0",
        "2022,効果額,Ⅲ,so_far,千円,7000,6665,-335,0.952,0",
        "2022,効果額,,year,千円,15500,14025,-1475,0.905,0",
        "2022,効果額,,so_far,千円,27000,25215,-1785,0.934,0",
    ],
}  # fmt: skip
# Number, indicator and year: rate and whether the target is met.
MEASURES = {
    ("1", "窓口の待ち時間", 2021): (Decimal("1.071"), "はい"),
    ("1", "窓口の待ち時間", 2022): (Decimal("0.909"), "いいえ"),
    ("2", "講座の参加者", 2021): (Decimal("1.033"), "はい"),
    ("2", "講座の参加者", 2022): (Decimal("0.900"), "いいえ"),
    ("3", "施設の延床面積", 2021): (Decimal("1.000"), "はい"),
    ("3", "施設の延床面積", 2022): (Decimal("0.994"), "いいえ"),
    ("3", "施設の更新費", 2021): (Decimal("1.017"), "はい"),
    ("3", "施設の更新費", 2022): (None, None),
    ("4", "事務の誤り", 2021): (None, "いいえ"),
    ("4", "事務の誤り", 2022): (None, "はい"),
    ("6", "電子申請の種類", 2021): (Decimal("0.960"), "いいえ"),
    ("6", "電子申請の種類", 2022): (Decimal("1.100"), "はい"),
}


@pytest.fixture(scope="module")
def history(mihon: Callable[[int], History]) -> History:
    return mihon(2022)


@pytest.fixture(scope="module")
def notebook(history: History) -> Any:
    return executed_notebook({"history": history})


def test_every_cell_of_the_report_shows_something(mihon: Callable[[int], History], notebook: Any) -> None:
    for executed in (executed_notebook({"history": mihon(2021)}), notebook):
        assert silent_cells(executed) == ["parameters", "load"]


@pytest.fixture(scope="module")
def files(history: History, notebook: Any) -> Mapping[str, bytes]:
    made = files_of(notebook, history) | table_files(history, tables_shown(notebook))
    check_report(history, made)
    return made


def test_the_list_of_items_leads_to_the_cards_and_the_cards_to_the_files(files: Mapping[str, bytes]) -> None:
    page = files["report.html"].decode()
    for number in range(1, 7):
        assert f'<a href="#card-{number}"' in page
        assert page.count(f' id="card-{number}"') == 1
    assert re.search(r'<a href="#file-2022"[^>]*>R4[.]csv</a>', page[page.index(' id="card-1"') :])


@pytest.mark.parametrize("table", PRINTED)
def test_the_page_shows_the_figures(files: Mapping[str, bytes], table: str) -> None:
    (shown,) = (each for each in read_tables(files["report.html"]) if each.id == table)
    assert [[cell.text for cell in cells] for _, cells in shown.body] == PRINTED[table]


@pytest.mark.parametrize("table", PRINTED)
def test_the_pdf_shows_the_same(files: Mapping[str, bytes], table: str) -> None:
    tables = [
        [[cell.replace(" ", "") for cell in row] for row in rows]
        for rows in table_cells(read_structure(files["report.pdf"]))
    ]
    wanted = [[cell.replace(" ", "") for cell in row] for row in PRINTED[table]]
    assert any([row for row in rows if row in wanted] == wanted for rows in tables)


@pytest.mark.parametrize("table", RECORDS)
def test_the_csv_holds_them(files: Mapping[str, bytes], table: str) -> None:
    assert files[f"tables/{table}.csv"].decode().splitlines()[1:] == RECORDS[table]


def test_the_workbook_holds_every_rate_and_verdict(files: Mapping[str, bytes]) -> None:
    book = load_workbook(io.BytesIO(files["tables.xlsx"]), data_only=True)
    (cells,) = (
        sheet[sheet.tables["table_measures"].ref] for sheet in book if "table_measures" in sheet.tables
    )
    heads, *rows = [[cell.value for cell in row] for row in cells]
    read = {}
    for row in rows:
        record = dict(zip(heads, row, strict=True))
        rate = None if record["達成率"] is None else Decimal(str(record["達成率"]))
        read[record["番号"], record["指標"], record["年度"]] = (rate, record["達成の判定"])
    assert read == MEASURES


def test_an_analyst_finds_no_target_missed_twice_the_sums_and_two_judged_lower(history: History) -> None:
    assert exploring.missed_again(history).empty  # 4 and 6 were missed in 2021, 1, 2 and 3 in 2022
    sums = exploring.effect_sums(history).set_index(["policy", "period"])
    assert sums.loc[("", "so_far"), ["planned", "achieved", "difference", "rate"]].tolist() == [
        Decimal(27000), Decimal(25215), Decimal(-1785), Decimal("0.934"),
    ]  # fmt: skip
    apart = exploring.judged_differently(history)
    assert apart[["number", "status", "word", "differs"]].to_numpy().tolist() == [
        ["1", "A", "B", "lower"],
        ["5", "S", "A", "lower"],
    ]


def test_the_notebook_of_an_analyst_answers_the_three_questions(history: History) -> None:
    notebook = executed_notebook({"history": history}, EXPLORE)
    shown = {cell.id: cell.outputs[0].data["text/html"] for cell in notebook.cells if cell.get("outputs")}
    assert "27000" in shown["money"] and "25215" in shown["money"] and "-1785" in shown["money"]
    assert shown["judged"].count("lower") == 2
    assert shown["missed"].count("<tr") == 1  # the headings
