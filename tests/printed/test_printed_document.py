"""The tables as the page shows them, against figures typed by hand from the city's document.

``2022/<id>.csv`` was typed from the document, not copied from ``data/raw``: two typings guard each other.
A line ``# heading`` opens a row group, a bare ``#`` the footer; `` / `` is a line break.
"""

from __future__ import annotations

import csv
from pathlib import Path

import lxml.html
import pytest

from helpers import tables
from helpers.history import History
from helpers.table import Table

PRINTED = Path(__file__).parent / "2022"
TABLES = ["plan_overview", "highlights", "overall", "by_policy", "items", "summary"]
Groups = list[tuple[str, list[list[str]]]]


def printed(table_id: str) -> tuple[list[str], Groups]:
    """The document's columns and its rows by group."""
    lines = (PRINTED / f"{table_id}.csv").read_text(encoding="utf-8").splitlines()
    groups: Groups = []
    for line in lines[1:]:
        if line.startswith("#"):
            groups.append((line.removeprefix("#").strip(), []))
            continue
        if not groups:
            groups.append(("", []))
        groups[-1][1].append([cell.replace(" / ", "\n") for cell in next(csv.reader([line]))])
    return lines[0].split(","), groups


def shown(table: Table, columns: list[str]) -> Groups:
    """The rows of the table's HTML by group, cut to ``columns``."""
    element = lxml.html.fragment_fromstring(table._repr_html_(), create_parent="div").find(".//table")
    groups: Groups = []
    for section in element.findall("tbody") + element.findall("tfoot"):
        heading = section.find("tr[@class='group']/th")
        rows = [row for row in section.findall("tr") if row.get("class") != "group"]
        cells = [dict(zip(table.columns, map(text, row), strict=True)) for row in rows]
        groups.append(
            (text(heading) if heading is not None else "", [[row[c] for c in columns] for row in cells])
        )
    return groups


def text(cell: lxml.html.HtmlElement) -> str:
    """A cell's text; <br> is a line break."""
    for line_break in cell.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return cell.text_content()


@pytest.mark.parametrize("table_id", TABLES)
def test_table_matches_the_printed_document(history_2022: History, table_id: str) -> None:
    table = getattr(tables, table_id)(history_2022)
    columns, groups = printed(table_id)
    # 主な取組 is told in words of our own and has no printed counterpart.
    assert [column for column in table.columns if column != "主な取組"] == columns
    assert shown(table, columns) == groups


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
