"""A page read back: every cell under its headings, every sentence under its own."""

import pytest

from helpers.proof.html_page import HtmlTable, Text, read_page, read_tables

TABLE = """
<table id="t"><caption>まとめ<br>（参考）</caption>
<thead><tr><th rowspan="2">方針</th><th colspan="2">令和<span>4</span>年度</th></tr><tr><th>数</th><th>率</th></tr></thead>
<tbody><tr class="group"><th colspan="3">協働</th></tr>
  <tr><th rowspan="2">Ⅰ</th><td> 1 <br>
    うち  2</td><td>3</td></tr><tr><td colspan="2">4</td></tr></tbody>
<tfoot><tr><th>計</th><td>5</td><td>6</td></tr></tfoot></table>"""


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>題</title></head><body>{body}</body></html>".encode()


@pytest.fixture(scope="module")
def table() -> HtmlTable:
    (only,) = read_tables(page(TABLE))
    return only


def test_a_heading_that_spans_stands_above_each_of_its_columns(table: HtmlTable) -> None:
    assert table.headings == [["方針", "方針"], ["令和4年度", "数"], ["令和4年度", "率"]]


def test_a_cell_that_spans_stands_in_every_place_it_covers_within_its_group(table: HtmlTable) -> None:
    assert [(group, [cell.text for cell in cells]) for group, cells in table.body] == [
        ("協働", ["Ⅰ", "1 うち 2", "3"]),
        ("協働", ["Ⅰ", "4", "4"]),
        ("", ["計", "5", "6"]),
    ]


def test_rows_keep_their_own_cells_and_the_lines_of_each(table: HtmlTable) -> None:
    assert [row.kind for row in table.rows] == ["head", "head", "group", "body", "body", "foot"]
    assert [len(row.cells) for row in table.rows] == [2, 2, 1, 3, 1, 3]
    assert table.rows[3].cells[1].lines == ("1", "うち 2")
    assert table.rows[3].cells[0].is_header and not table.rows[3].cells[1].is_header
    assert (table.id, table.caption) == ("t", "まとめ （参考）")


def test_a_cell_does_not_reach_into_the_next_part_of_its_table() -> None:
    high = '<table><tbody><tr><th rowspan="9">a</th><td>1</td></tr></tbody><tbody><tr><td>2</td></tr></tbody></table>'
    (only,) = read_tables(page(high))
    assert [[cell.text for cell in cells] for _, cells in only.body] == [["a", "1"], ["2"]]


def test_texts_stand_under_their_headings_in_reading_order() -> None:
    body = f"""<nav><p>目次</p></nav><main><h1>報告</h1><p>始め<br>の文</p><h2>まとめ</h2>
    <ul><li>一つ</li></ul>余り<p class="note">注</p><p hidden>見えない</p>
    <figure><svg aria-label="棒"><text>9</text></svg><figcaption>図</figcaption></figure>{TABLE}</main>"""
    read = read_page(page(body))
    assert read.title == "題"
    assert read.texts == (
        Text("報告", "見出し", "報告"),
        Text("報告", "文", "始め の文"),
        Text("まとめ", "見出し", "まとめ"),
        Text("まとめ", "文", "一つ"),
        Text("まとめ", "文", "余り"),
        Text("まとめ", "注記", "注"),
        Text("まとめ", "図の説明", "棒"),
        Text("まとめ", "図の表題", "図"),
    )
    assert [table.id for table in read.tables] == ["t"]


def test_what_is_no_page_is_said() -> None:
    with pytest.raises(ValueError):
        read_page(b"")
