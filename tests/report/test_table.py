import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import lxml.html
import pandas as pd
import pytest

from helpers.errors import UsageError
from helpers.report.faces.records import values_of
from helpers.report.table import Table

PRINTED = pd.DataFrame(
    {
        "柱": ["あ", "あ", "い", ""],
        "区分": ["-", "合計", "-", "総計"],
        "今年": ["1", "-", "2", "3"],
        "前年": ["0", "-", "2", "2"],
        "話": ["<b>x</b>\n二行", "", "-", ""],
    }
)


def make(**changes: object) -> Table:
    parts = {
        "id": "t", "caption": "表 & 題", "printed": PRINTED, "records": PRINTED, "row_headers": ("区分",),
        "text": ("話",), "group": "柱", "spanners": {"今年": "件数", "前年": "件数"},
        "totals": frozenset({"合計", "総計"}), "statuses": {"-": "done"}, "status_columns": ("区分",),
        "notes": ("※<注>",),
    }  # fmt: skip
    return Table(**{**parts, **changes})


def parse(table: Table) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(table._repr_html_(), create_parent="div")


def test_the_table_is_named_by_its_caption_and_its_box_is_no_stop() -> None:
    region = parse(make()).find("div")
    assert dict(region.attrib) == {"class": "table"}
    assert region.find("table/caption").get("id") == "t-caption"
    assert region.findtext("table/caption") == "表 & 題"


def test_runs_of_the_group_become_bodies_and_the_rest_the_footer() -> None:
    table = parse(make()).find(".//table")
    heads = [body.find("tr/th") for body in table.findall("tbody")]
    assert [(head.text, head.get("scope"), head.get("colspan")) for head in heads] == [
        ("あ", "rowgroup", "4"),
        ("い", "rowgroup", "4"),
    ]
    assert [len(body.findall("tr")) for body in table.findall("tbody")] == [3, 2]
    assert [row.findtext("th") for row in table.findall("tfoot/tr")] == ["総計"]
    assert [row.get("class") for row in table.iter("tr")][2:] == [
        "group", None, "total", "group", None, "total",
    ]  # fmt: skip


def test_neighbours_share_a_spanning_header_and_the_others_reach_over_two_rows() -> None:
    upper, lower = parse(make()).findall(".//thead/tr")
    assert [(th.text, th.get("scope"), th.get("colspan"), th.get("rowspan")) for th in upper] == [
        ("区分", "col", None, "2"),
        ("件数", "colgroup", "2", None),
        ("話", "col", None, "2"),
    ]
    assert [th.text for th in lower] == ["今年", "前年"]
    (only,) = parse(make(spanners={})).findall(".//thead/tr")
    assert [th.text for th in only] == ["区分", "今年", "前年", "話"]


def test_only_the_columns_that_hold_statuses_are_marked_as_statuses() -> None:
    # "-" is a status in some cities and the mark for no change in others.
    table = parse(make())
    marked = [cell.get("data-status") for cell in table.iter("th", "td")]
    assert [mark for mark in marked if mark] == ["done", "done"]
    assert {cell.tag for cell in table.iter("th", "td") if cell.get("data-status")} == {"th"}
    in_a_cell = parse(make(row_headers=("今年",)))
    assert [cell.get("class") for cell in in_a_cell.iter("td") if cell.get("data-status")] == ["status"] * 2


def test_a_status_tells_its_group_and_which_look_of_the_group_it_has() -> None:
    for row_headers, kind in ((("区分",), "th"), (("今年",), "td")):
        table = parse(make(row_headers=row_headers, statuses={"-": "done-2", "合計": "done"}))
        marks = [cell.attrib for cell in table.iter(kind) if cell.get("data-status")]
        assert [mark["data-status"] for mark in marks] == ["done"] * 3
        assert [mark.get("data-look") for mark in marks] == ["done-2", None, "done-2"]


def test_cells_are_escaped_and_keep_their_line_breaks() -> None:
    page = make()._repr_html_()
    assert '<td class="text" style="text-align:left">&lt;b&gt;x&lt;/b&gt;<br>二行</td>' in page
    assert '<p class="note">※&lt;注&gt;</p>' in page


def test_every_row_has_its_header() -> None:
    rows = [row for row in parse(make()).iter("tr") if row.find("td") is not None]
    assert [row.find("th").get("scope") for row in rows] == ["row"] * 4


def test_the_short_form_is_one_line() -> None:
    assert repr(make()) == "<Table t: 表 & 題, 4 rows>"


def test_it_goes_into_frames_and_into_csv_that_excel_opens(tmp_path: Path) -> None:
    table = make()
    frame = table.to_frame()
    frame.iloc[0, 0] = "changed"
    assert table.printed.iloc[0, 0] != "changed"
    assert table.head(2).equals(table.printed.iloc[:2])
    cells = pd.DataFrame({"項目": ["=1+1", "実施"], "件数": ["34", "△2"]})
    formula = replace(table, printed=cells, row_headers=("項目",), group=None)
    formula.to_csv(tmp_path / "own.csv")
    assert (tmp_path / "own.csv").read_bytes() == "\ufeff項目,件数\r\n'=1+1,34\r\n実施,△2\r\n".encode()


OWN = {
    "printed": pd.DataFrame({"所管課": ["総務課", "福祉課"], "項目数": ["5", "3"]}),
    "records": pd.DataFrame({"department": ["総務課", "福祉課"], "items": [5, 3]}),
    "id": "own", "row_headers": "所管課", "text": (), "group": None, "spanners": {}, "key": "department",
}  # fmt: skip


def test_a_table_with_a_key_says_once_that_it_is_an_analysts_own() -> None:
    own = make(**OWN)
    for table in (own, replace(own), Table.of_data(own.data["application/vnd.gyokaku.tables+json"][0])):
        assert table.caption == "表 & 題（独自集計）"
        assert table.notes == (
            "※<注>",
            "※この表は独自集計です。状況調査から数え直して確かめたものではありません。",
        )
    assert make().caption == "表 & 題"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "../own"}, "表の id「../own」は使えません"),
        ({"id": "Own"}, "英小文字で始め"),
        ({"key": "課"}, "key・fields・sums の列「課」が records にありません（「department」「items」があります）"),
        ({"key": "items", "records": OWN["records"].assign(items=3)}, "key が「3」の行が二つ以上あります"),
        ({"sums": {"department": "合計"}}, "「合計」が、records の列「department」にありません"),
        ({"key": (), "fields": {"items": "件数"}}, "key がありません"),
        ({"row_headers": "課"}, "列「課」が printed にありません（「所管課」「項目数」があります）"),
        ({"printed": pd.DataFrame({"所管課": ["総務課"], "項目数": [5]})}, "列「項目数」に、文字でない値 5 があります"),
    ],
)  # fmt: skip
def test_misuse_is_named_with_what_was_expected(changes: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        make(**{**OWN, **changes})


def test_records_keep_fractions_and_refuse_what_is_neither_number_nor_text() -> None:
    frame = pd.DataFrame({"share": [0.5, 1.0, float("nan")], "items": pd.array([1, 2, None], dtype="Int64")})
    assert values_of(frame) == [(Decimal("0.5"), 1), (1, 2), (None, None)]
    with pytest.raises(UsageError, match="数でも文字でもない値「2023-03-31 00:00:00」"):
        values_of(pd.DataFrame({"day": [pd.Timestamp(2023, 3, 31)]}))
