"""How wide the columns of a table are set on paper."""

from html import escape
from typing import Any

import lxml.html
import pytest

from helpers.export.page.body import assemble_body
from helpers.export.pdf.pdf_file import set_in_type
from helpers.export.pdf.placement import table_data
from helpers.export.pdf.typeset import typeset_data
from helpers.proof.looks import read_positions

KINDS_OF_ROWS = (
    """
<h2>表</h2>
<table><thead><tr><th scope="col">項目</th><th scope="col">状況</th><th scope="col">説明</th></tr></thead>
<tbody><tr class="group"><th colspan="3" scope="rowgroup">基本方針</th></tr>
<tr><th scope="row">広聴の充実</th><td data-look="done-2">実施</td><td>市民の声を聞く</td></tr>
<tr><th scope="row">研修</th><td>未定</td><td></td></tr>
<tr><th scope="row">長い説明</th><td>実施</td><td>"""
    + "市民の声を聞く仕組みをつくり、" * 9
    + """</td></tr>
<tr><th scope="row">改行</th><td>実施</td><td>一行目<br/>二行目</td></tr>
<tr><th scope="row" rowspan="2">二行にわたる項目</th><td>実施</td><td>前期</td></tr><tr><td>実施</td><td>後期</td></tr>
<tr class="total"><th scope="row">合計</th><td>8</td><td></td></tr></tbody>
<tfoot><tr><th scope="row">総計</th><td>8</td><td></td></tr></tfoot></table>
"""
)


def placed(*rows: tuple[str, ...], kinds: str, head: tuple[str, ...] = ()) -> dict[str, Any]:
    """A table as plain data; kinds of columns: h(eader), n(umber), t(ext), s(tatus)."""
    tags = {
        "h": "th scope='row'",
        "n": "td class='num'",
        "t": "td class='text'",
        "s": "td data-status='done'",
        "c": "th scope='col'",
    }

    def row_of(texts: tuple[str, ...], kinds_of_row: str) -> str:
        cells = zip(texts, kinds_of_row, strict=True)
        return (
            f"<tr>{''.join(f'<{tags[kind]}>{escape(text)}</{tags[kind][:2]}>' for text, kind in cells)}</tr>"
        )

    heads = f"<thead>{row_of(head, 'c' * len(head))}</thead>" if head else ""
    body = "".join(row_of(row, kinds) for row in rows)
    return table_data(lxml.html.fragment_fromstring(f"<table>{heads}<tbody>{body}</tbody></table>"), _runs)


def widths(*rows: tuple[str, ...], kinds: str) -> list[float]:
    """The widths of a table's columns, 0 for as wide as its text."""
    return list(placed(*rows, kinds=kinds)["widths"])


def _runs(element: Any) -> list[dict[str, Any]]:
    return [{"text": element.text_content()}]


@pytest.mark.parametrize("name", ["広聴の充実", "地域に飛び出す行政職員の育成"])
def test_the_name_beside_a_number_takes_the_room(name: str) -> None:
    number, item, status = widths(("1", name, "実施"), ("12", "道", "検討中"), kinds="hhs")
    assert number == status == 0 < item


def test_a_table_of_figures_fills_the_line() -> None:
    assert all(widths(("実施", "34", "81.0%"), ("合計", "42", "100.0%"), kinds="hnn"))


def test_a_column_of_short_words_is_not_squeezed_by_long_prose() -> None:
    rows = (
        "令和4年度の主な取組",
        "第2節(1)",
        "基本方針",
        "基本方針Ⅰ 協働によるまちづくりの推進",
        "本書の値" * 4,
    )
    table, section, position, _, _, reason = widths((*rows, "理由を長く述べる文。" * 12), kinds="httttt")
    assert reason > table > 8  # ems: eight of a name
    assert section > 4 and position > 4


def test_more_columns_of_words_than_have_room_stand_across_the_page() -> None:
    table = placed(*[("言葉" * 6,) * 9 + ("長い文。" * 20,)] * 14, kinds="h" + "t" * 9)
    assert table["across"] and table["size"] == 8  # long tables are set closer
    assert len(set(table["widths"][1:9])) == 1 and table["widths"][9] > 1.2 * table["widths"][1]


def test_a_table_of_few_rows_stands_upright_in_smaller_letters() -> None:
    # Across the page it would leave two pages empty: its own and the one before.
    table = placed(*[("言葉" * 6,) * 9 + ("長い文。" * 20,)] * 3, kinds="h" + "t" * 9)
    assert not table["across"] and 7 <= table["size"] < 9


YEARS = tuple(f"令和{year}年度" for year in range(1, 11))
NINE = (
    "計画を大幅に上回って進んだ",
    "おおむね計画どおり",
    "一部を実施",
    "着手",
    "検討中",
    "未着手",
    "休止",
    "廃止",
    "評価しない",
)


@pytest.mark.parametrize(("years", "across"), [(3, False), (4, False), (10, True)])
def test_ten_years_of_statuses_stand_across_the_page(years: int, across: bool) -> None:
    row = ("1", "地域に飛び出す行政職員の育成", *("一部実施",) * years)
    table = placed(row, kinds="hh" + "s" * years, head=("番号", "推進項目", *YEARS[:years]))
    assert (table["across"], table["size"]) == (across, 9)


def test_letters_are_smaller_where_the_whole_width_across_is_not_enough() -> None:
    row = ("1", "地域に飛び出す行政職員の育成", *("実施しているが遅れている",) * 14)
    table = placed(row, kinds="hh" + "s" * 14)
    assert table["across"] and 6 <= table["size"] < 9


def test_counts_of_nine_statuses_are_never_broken() -> None:
    table = placed(("基本方針Ⅰ 協働", *("120 (100.0%)",) * 9), kinds="h" + "n" * 9, head=("基本方針", *NINE))
    assert table["across"]
    assert min(table["widths"][1:]) > 6.4  # of the figures, and the space beside them


def test_a_table_of_many_lines_is_set_closer() -> None:
    few, many = (placed(*[("1", "道")] * rows, kinds="hh") for rows in (80, 100))
    assert (few["size"], few["inset"]) == (9, 4.5)
    assert (many["size"], many["inset"]) == (8, 3)


def test_a_status_breaks_between_its_phrases_in_a_narrow_column() -> None:
    row = ("1", "地域に飛び出す行政職員の育成", *("目標をおおむね達成",) * 5)
    cell = placed(row, kinds="hh" + "s" * 5)["rows"][0]["cells"][2]
    assert [text for text, _ in cell["runs"][0]["pieces"]] == ["目標を", "おおむね", "達成"]


def test_short_words_and_heads_stay_whole_beside_long_texts() -> None:
    long = "少ないほど良い窓口の待ち時間"
    row = ("1", long, long, "千㎡", long, long, "90.9%", "未達成", "a")
    head = ("番号", "推進項目", "指標", "単位", "令和3年度", "令和4年度", "達成率", "達成", "評価")
    table = placed(row, kinds="hhttttntn", head=head)
    share_of_an_em = (sum(table["widths"]) * table["size"]) / (728.5 if table["across"] else 481.8)
    room = [width / share_of_an_em - 12 / table["size"] for width in table["widths"]]
    for column, letters in {3: 2, 7: 3, 8: 2 * 8.5 / 9}.items():
        assert room[column] >= letters


def test_the_tables_of_cards_are_ruled_alike_whatever_they_hold() -> None:
    def widths(name: str, text: str) -> list[float]:
        html = f'<table id="{name}"><tbody><tr><th scope="row">課</th><td>{text}</td></tr></tbody></table>'
        element = lxml.html.fragment_fromstring(html)
        return list(table_data(element, lambda cell: [{"text": cell.text_content()}])["widths"])

    assert widths("cards:a", "短い") == widths("cards:b", "長い記載です。" * 30) == [0.28, 0.72]
    assert widths("a", "短い") != widths("b", "長い記載です。" * 30)


def test_rows_of_one_line_are_as_high_as_typst_would_measure_them() -> None:
    data = typeset_data(assemble_body(["<h1>年</h1>", KINDS_OF_ROWS], ""))
    rows = [row for block in data["blocks"] for row in block.get("rows", ())]
    heights = [row["height"] for row in rows]
    assert heights == [15.2305, 20.097, 15.777, 15.597, 0, 0, 0, 0, 15.597, 15.597]
    given = _base_lines(data)
    for row in rows:
        row["height"] = 0
    assert given == pytest.approx(_base_lines(data), abs=0.001)


def _base_lines(data: dict[str, Any]) -> list[float]:
    return [run.base for sheet in read_positions(set_in_type(data)) for run in sheet.runs]
