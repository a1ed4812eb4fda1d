"""Plans that are not divided into policies: each figure once, and nothing that speaks of policies."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from openpyxl import load_workbook

from commands import gyokaku
from gate_checks import check_report
from helpers import charts, tables
from helpers.errors import PlanFileError
from helpers.export.files import table_files
from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.plan.reading.plan_file import load_plan
from helpers.report.sentences import headings
from helpers.report.sentences import sections as sentences
from helpers.sheets.outgoing.blank import blank_sheet
from made_reports import cells_of, made_files
from small_city import SMALL_PLAN, City
from spreadsheets import filled_in, inspect_bytes

WORD = "基本方針"
_POLICIES = re.compile(r'\n\[\[policies\]\]\nnumeral = "."\nname = ".*"\n')
PLAN = _POLICIES.sub("", SMALL_PLAN).replace('policies = ["つながり", "くらし"]\n', "")
ITEMS = "番号,推進項目,開始年度,終了年度\n1,窓口の案内,2020,\n2,会議の公開,2020,\n3,歩道の点検,2020,\n"
SHEET = "番号,推進項目,実施状況\n1,窓口の案内,{}\n2,会議の公開,{}\n3,歩道の点検,{}\n"
SHEETS = {2020: ("未着手", "進行中", "未着手"), 2021: ("完了", "進行中", "未着手")}


def without_policies(source: Path, folder: Path) -> None:
    """Copy a plan's folder without its policies: neither settings nor lists nor sheets have them."""
    folder.mkdir(parents=True)
    settings = (source / "plan.toml").read_text(encoding="utf-8")
    settings = re.sub(r"\[\[policies\]\]\n(?:[^\[\n].*\n)*\n?", "", settings)
    (folder / "plan.toml").write_text(re.sub(r"^policies = .*\n", "", settings, flags=re.M), encoding="utf-8")
    for file in source.glob("*.csv"):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        header = max(rows[:5], key=len)
        kept = [n for n, name in enumerate(header) if name not in (WORD, "再掲", "改革の柱")]
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(
            [row[n] for n in kept if n < len(row)] for row in rows
        )
        (folder / file.name).write_text(text.getvalue(), encoding="utf-8")


@pytest.fixture
def small_plain(city: City) -> Callable[[int], History]:
    """A city of three items and no policies, up to a fiscal year."""
    root = city({}, plan=PLAN, items=ITEMS)
    for year, statuses in SHEETS.items():
        file = root / "data" / "raw" / "machi" / f"{year}.csv"
        file.write_text(SHEET.format(*statuses), encoding="utf-8")
    return lambda year: load_history("machi", year, root)


def test_each_figure_stands_once(small_plain: Callable[[int], History]) -> None:
    history = small_plain(2021)
    assert cells_of(tables.overall(history)) == [
        ["完了", "1", "33.3%", "0", "0.0%"],
        ["進行中", "1", "33.3%", "1", "33.3%"],
        ["未着手", "1", "33.3%", "2", "66.7%"],
        ["合計", "3", "100.0%", "3", "100.0%"],
    ]
    assert tables.by_policy(history) is sentences.by_policy(history) is headings.by_policy(history) is None
    assert charts.shares_by_policy.draw(history) is headings.overall(history) is None
    assert cells_of(tables.items(history)) == [
        ["1", "窓口の案内", "完了"],
        ["2", "会議の公開", "進行中"],
        ["3", "歩道の点検", "未着手"],
    ]
    assert cells_of(tables.bridge(history)) == [
        ["完了", "0", "+1\n未着手から 1 窓口の案内", "―", "1"],
        ["進行中", "1", "―", "―", "1"],
        ["未着手", "2", "―", "△1\n完了へ 1 窓口の案内", "1"],
        ["合計", "3", "―", "―", "3"],
    ]
    assert "tables.xlsx" in table_files(history, [tables.bridge(history)])
    summary = tables.summary(history)
    assert cells_of(summary) == [
        ["推進計画(令和3年度末)実績 合計", "1 (33.3%)", "1 (33.3%)", "1 (33.3%)"],
        ["(参考) 令和2年度実績 合計", "0 (0.0%)", "1 (33.3%)", "2 (66.7%)"],
    ]
    assert next(iter(summary.printed.columns)) == "範囲"


def test_the_first_year_has_nothing_to_sum_up(small_plain: Callable[[int], History]) -> None:
    history = small_plain(2020)
    assert tables.summary(history) is None
    files = made_files(history)
    check_report(history, files)
    assert "tables/summary.csv" not in files


@pytest.mark.parametrize(
    ("plan", "year"),
    [
        ("shiosai", 2023),
        pytest.param("umikaze", 2021, marks=pytest.mark.slow),
        pytest.param("mihon", 2022, marks=pytest.mark.slow),
    ],
)
def test_a_whole_report_passes_the_gate_and_speaks_of_no_policy(
    root: Path, tmp_path: Path, plan: str, year: int
) -> None:
    without_policies(root / "tests" / "plans" / plan, tmp_path / "data" / "raw" / plan)
    (tmp_path / "notebooks").mkdir()
    history = load_history(plan, year, tmp_path)
    files = made_files(history)
    assert check_report(history, files) > 100
    page = lxml.html.fromstring(files["report.html"].decode())
    for script in page.xpath("//script | //style"):
        script.drop_tree()
    assert WORD not in page.text_content()
    captions = [caption.text_content() for caption in page.iter("caption")]
    assert len(captions) == len({*captions})
    assert [body.get("id") for body in page.xpath("//table[@id='items']//tr[@class='group']")] == []
    for name, data in files.items():
        if name.endswith(".csv"):
            records = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
            assert {record.get("policy", "") for record in records} <= {""}, name


@pytest.mark.slow
def test_it_is_built_compared_and_sent_out(root: Path, tmp_path: Path) -> None:
    without_policies(root / "tests" / "plans" / "mihon", tmp_path / "data" / "raw" / "mihon")
    shutil.copytree(root / "notebooks", tmp_path / "notebooks")
    built = gyokaku("build", "R4", "--root", tmp_path)
    assert built.exit_code == 0, built.output
    folder = tmp_path / "reports" / "mihon" / "2022"
    book = load_workbook(folder / "tables.xlsx")
    assert not [
        cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell == WORD
    ]
    package = json.loads((folder / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    assert "by_policy" not in [resource["name"] for resource in package["resources"]]
    written = gyokaku("verify", "--template", "R4", "--root", tmp_path)
    assert written.exit_code == 0, written.output
    typed = tmp_path / "data" / "raw" / "mihon" / "published" / "2022"
    assert "by_policy.csv" not in [file.name for file in typed.iterdir()]


def test_the_blank_sheet_has_no_column_of_policies_and_reads_back(
    small_plain: Callable[[int], History],
) -> None:
    plan, year = small_plain(2021).plan, FiscalYear(2022)
    data = blank_sheet(plan, year)
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in sheet[4]][:3] == ["番号", "推進項目", "実施状況"]
    reading = inspect_bytes(filled_in(data, "完了"), "R4.xlsx", plan)
    assert [str(finding) for finding in reading.findings] == []


def test_policies_of_a_sheet_are_said_not_to_be_read(small_plain: Callable[[int], History]) -> None:
    plan = small_plain(2021).plan
    text = "番号,柱,推進項目,実施状況\n1,,窓口の案内,完了\n2,Ⅰ,会議の公開,完了\n3,Ⅱ,歩道の点検,完了\n"
    findings = inspect_bytes(text.encode(), "R4.csv", plan, FiscalYear(2022)).findings
    assert [(finding.is_error, str(finding)) for finding in findings] == [
        (
            False,
            "R4.csv!B1: 「柱」の列を読んでいません（「Ⅰ」）。plan.toml に基本方針がないためです。"
            "基本方針別にも集計するときは、[[policies]] を書いてください",
        )
    ]


@pytest.mark.parametrize(
    ("items", "message"),
    [
        (
            ITEMS.replace("番号,", f"番号,{WORD},").replace("1,", "1,Ⅰ,").replace("2,会", "2,,会").replace("3,歩", "3,,歩"),
            "items.csv!2行目 基本方針: 「Ⅰ」とありますが、plan.toml に [[policies]] がありません。"
            "plan.toml に基本方針を書くか、この列を消してください",
        ),
        (
            ITEMS.replace("終了年度\n", "終了年度,再掲\n"),
            "items.csv!1行目: 列見出しが「番号,推進項目,開始年度,終了年度,再掲」です。"
            "「番号,推進項目,開始年度,終了年度」にしてください（要れば 重点項目 を続けます）",
        ),
    ],
    ids=["a policy", "listed again"],
)  # fmt: skip
def test_policies_in_the_list_of_items_of_such_a_plan_are_refused(
    city: City, items: str, message: str
) -> None:
    folder = city({}, plan=PLAN, items=ITEMS) / "data" / "raw" / "machi"
    (folder / "items.csv").write_text(items, encoding="utf-8")
    with pytest.raises(PlanFileError) as refused:
        load_plan(folder)
    assert str(refused.value) == message


def test_a_list_may_keep_the_column_empty(city: City) -> None:
    rows = (
        ITEMS.replace("番号,", f"番号,{WORD},")
        .replace(",窓", ",,窓")
        .replace(",会", ",,会")
        .replace(",歩", ",,歩")
    )
    plan = load_plan(city({}, plan=PLAN, items=rows) / "data" / "raw" / "machi")
    assert [item.policy.numeral for item in plan.items] == ["", "", ""]
