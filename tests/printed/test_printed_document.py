"""The tables as the page shows them, against figures typed by hand from the city's document."""

import lxml.html
import pytest

from helpers import tables
from helpers.history.history import History
from printed_document import PRINTED, TABLES, printed, shown, text


@pytest.mark.parametrize("table_id", TABLES)
def test_table_matches_the_printed_document(history_2022: History, table_id: str) -> None:
    table = getattr(tables, table_id)(history_2022)
    columns, groups = printed(table_id)
    element = lxml.html.fragment_fromstring(table._repr_html_(), create_parent="div").find(".//table")
    # 主な取組 is in our own words and has no printed counterpart.
    assert [column for column in table.columns if column != "主な取組"] == columns
    assert shown(element, table.columns, columns) == groups


def test_every_table_of_the_document_is_typed() -> None:
    assert sorted(file.stem for file in PRINTED.glob("*.csv")) == sorted(TABLES)


def test_columns_of_two_years_stand_under_their_years(history_2022: History) -> None:
    page = lxml.html.fragment_fromstring(tables.by_policy(history_2022)._repr_html_(), create_parent="div")
    upper, lower = page.findall(".//thead/tr")
    spans = [(text(th), th.get("scope"), th.get("colspan", "1"), th.get("rowspan", "1")) for th in upper]
    assert spans == [
        ("実施状況", "col", "1", "2"),
        ("令和4年度", "colgroup", "2", "1"),
        ("令和3年度", "colgroup", "2", "1"),
        ("前年比", "col", "1", "2"),
    ]
    assert [text(th) for th in lower] == ["項目数", "割合", "前年項目数", "前年割合"]


def test_items_say_when_two_were_added(history_2022: History) -> None:
    assert tables.items(history_2022).notes == ("※令和3年度に2項目を追加（40項目から42項目へ）",)
