"""An analyst's table in a report: published marked as one, its totals added up from page and csv."""

import json
import re
from typing import Any

import pandas as pd
import pytest

from gate_checks import check_report, check_table, complaints_about
from helpers.errors import ExportError, FigureError
from helpers.export.files import table_files
from helpers.history.history import History
from helpers.proof.gate.page_and_pdf import page_tables
from helpers.report.table import Table
from made_reports import made_files

ROWS = [("総務課", 5, 1200), ("福祉課", 3, -200), ("合計", 8, 1000)]
PACKAGE = "tables/datapackage.json"


def own_table(rows: list[tuple[str, int, int]] = ROWS, **changes: Any) -> Table:
    records = pd.DataFrame(rows, columns=["department", "items", "budget"])
    printed = records.set_axis(["所管課", "項目数", "予算額（千円）"], axis=1)
    printed = printed.map(lambda value: value if isinstance(value, str) else f"{value:,}".replace("-", "△"))
    parts = {
        "id": "by_department", "caption": "所管課ごとの予算", "printed": printed, "records": records,
        "row_headers": "所管課", "totals": frozenset({"合計"}), "sums": {"department": ("合計",)},
        "key": "department", "fields": {"budget": "予算額（千円）"},
    }  # fmt: skip
    return Table(**{**parts, **changes})


def check(history: History, table: Table, page: str | None = None) -> None:
    files = table_files(history, [table])
    described = {resource["name"]: resource for resource in json.loads(files[PACKAGE])["resources"]}
    check_table(
        history,
        table.id,
        page_tables((page or table._repr_html_()).encode()),
        files.get(f"tables/{table.id}.csv"),
        described.get(table.id),
    )


def refusal(history: History, table: Table, page: str | None = None) -> str:
    with pytest.raises(FigureError) as caught:
        check(history, table, page)
    return str(caught.value)


def test_a_report_with_one_passes_the_gate_and_every_file_has_it(history_2022: History) -> None:
    table = own_table()
    files = made_files(history_2022, table) | table_files(history_2022, [table])
    assert check_report(history_2022, files) > 1000
    page = re.sub("</?(?:span|wbr)[^>]*>", "", files["report.html"].decode())
    assert "所管課ごとの予算（独自集計）</caption>" in page
    assert files["tables/by_department.csv"].decode() == (
        "department,items,budget\n総務課,5,1200\n福祉課,3,-200\n合計,8,1000\n"
    )
    (described,) = json.loads(files[PACKAGE])["resources"]
    assert [field["title"] for field in described["schema"]["fields"]] == [
        "所管課",
        "項目数",
        "予算額（千円）",
    ]
    assert described["schema"]["primaryKey"] == ["department"]
    assert described["totals"] == [{"field": "department", "values": ["合計"]}]
    assert "独自集計です" in described["description"]


def test_a_total_on_the_page_or_in_the_csv_that_is_not_the_sum_is_refused(history_2022: History) -> None:
    check(history_2022, own_table())
    wrong_csv = refusal(history_2022, own_table([*ROWS[:2], ("合計", 9, 1000)], printed=own_table().printed))
    assert (
        "tables/*.csv: 表「by_department」の項目数の合計「9」が、ほかの行を足した「8」と合いません"
        in wrong_csv
    )
    page = own_table()._repr_html_()
    assert page.count(">1,000<") == 1
    on_page = refusal(history_2022, own_table(), page.replace(">1,000<", ">1,400<"))
    assert (
        "report.html: 表「by_department」の予算額（千円）の合計「1400」が、ほかの行を足した「1000」"
        in on_page
    )


def test_totals_of_groups_and_of_all_below_them_are_added_up_apart(history_2022: History) -> None:
    printed = pd.DataFrame(
        {
            "部": ["総務部", "総務部", "福祉部", "福祉部", ""],
            "課": ["文書課", "小計", "保育課", "小計", "合計"],
            "項目数": ["2", "2", "4", "4", "6"],
        }
    )
    records = pd.DataFrame({"department": ["文書課", "保育課"], "items": [2, 4]})
    grouped = own_table(
        printed=printed, records=records, sums={}, fields={}, row_headers="課", group="部",
        totals=frozenset({"小計", "合計"}),
    )  # fmt: skip
    check(history_2022, grouped)
    page = grouped._repr_html_()
    assert "項目数の合計「7」が、ほかの行を足した「6」" in refusal(
        history_2022, grouped, page.replace(">6<", ">7<")
    )
    assert "項目数の合計「3」が、ほかの行を足した「2」" in refusal(
        history_2022,
        grouped,
        page[: page.index("小計")] + page[page.index("小計") :].replace(">2<", ">3<", 1),
    )


def test_page_and_csv_that_differ_are_refused(history_2022: History) -> None:
    page = own_table(totals=frozenset())._repr_html_()
    assert "項目数が、ページでは「4」、csv では「5」です" in refusal(
        history_2022, own_table(), page.replace(">5<", ">4<")
    )


def test_a_table_without_a_key_or_without_its_mark_is_refused(history_2022: History) -> None:
    plain = own_table(key=(), fields={}, sums={})
    (line,) = complaints_about(history_2022, plain.id, plain._repr_html_(), None)
    assert "Table に key と fields を付けて独自集計の表とするか" in line
    page = own_table()._repr_html_()
    assert "登録されていないため" in refusal(history_2022, own_table(), page.replace("（独自集計）", ""))


def test_a_table_that_no_file_has_is_refused(history_2022: History) -> None:
    (line,) = complaints_about(history_2022, "by_department", own_table()._repr_html_(), None)
    assert "表「by_department」がありません" in line


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ({"department": ["総務課"], "items": [5], "note": ["…"]}, "列 note の見出しがありません。Table の fields に"),
        ({"department": ["総務課", "福祉課"], "items": [5, 3], "budget": [1, "不明"]}, "数と文字が混ざっています"),
    ],
)  # fmt: skip
def test_a_column_without_a_title_or_of_two_kinds_is_refused_with_the_remedy(
    history_2022: History, records: dict[str, list[object]], message: str
) -> None:
    fields = {"budget": "予算額"} if "budget" in records else {}
    table = own_table(records=pd.DataFrame(records), sums={}, fields=fields)
    with pytest.raises(ExportError, match=message):
        table_files(history_2022, [table])
