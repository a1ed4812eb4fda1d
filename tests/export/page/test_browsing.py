"""What only the page in a browser has: parts, names of links, ways past and back, words kept whole."""

from typing import Any

import lxml.html
import pytest
from exports import notebook_of, page_of

from helpers.errors import ExportError
from helpers.export.page.serialized import text_of

LINKS = "".join(f'<td><a href="#row-{number}">{number}</a></td>' for number in range(13))
ROWS = "".join(
    f'<tr id="row-{number}"><th scope="row">{number}</th><td>項目その{number}</td></tr>'
    for number in range(13)
)
PIECE = (
    f'<div class="table"><table id="long"><caption>長い表</caption><tbody><tr>{LINKS}</tr></tbody></table></div>'
    f'<div class="table"><table id="rows"><caption>行</caption><tbody>{ROWS}</tbody></table></div>'
)


@pytest.fixture(scope="module")
def page() -> Any:
    return lxml.html.fromstring(page_of(notebook_of("# 題", "## 一", (PIECE,), "## 二", ("<p>文</p>",))))


def test_each_second_heading_names_a_part(page: Any) -> None:
    parts = page.xpath("//main//section[@aria-labelledby]")
    assert [text_of(page.get_element_by_id(part.get("aria-labelledby"))) for part in parts] == ["一", "二"]
    assert [len(part.xpath(".//table")) for part in parts] == [2, 0]


def test_tables_are_no_landmarks_and_no_stops_for_the_tab_key(page: Any) -> None:
    assert not page.xpath("//*[@role='region'] | //*[@tabindex='0']")


def test_a_link_says_what_row_it_leads_to_and_the_row_leads_back(page: Any) -> None:
    link = page.xpath("//table[@id='long']//a")[7]
    assert (text_of(link), link.get("aria-label")) == ("7", "7（行）")
    (back,) = page.get_element_by_id("row-7").xpath(".//a")
    assert back.get("href") == f"#{link.get('id')}" and back.get("aria-label") == "戻る（長い表 0）"
    # What stands in the cells is as before.
    assert text_of(page.get_element_by_id("row-7")) == "7項目その7"


def test_a_caption_that_says_what_the_heading_says_is_for_the_ear_alone() -> None:
    table = "<table id='{0}'><caption>{1}</caption><tbody><tr><td>値</td></tr></tbody></table>"
    pieces = (table.format("same", "主な取組"), table.format("other", "主な取組（令和4年度末）"))
    page = lxml.html.fromstring(page_of(notebook_of("# 題", "### (1) 主な取組", pieces)))
    assert [caption.get("class") for caption in page.xpath("//caption")] == ["unseen", None]


def test_a_table_of_many_links_can_be_passed_over(page: Any) -> None:
    (past,) = page.xpath("//p[@class='past']/a")
    assert text_of(past) == "表「長い表」の次へ移動"
    order = list(page.iter())
    end = page.get_element_by_id(past.get("href")[1:])
    table, other = (page.get_element_by_id(name) for name in ("long", "rows"))
    assert order.index(past) < order.index(table) < order.index(end) < order.index(other)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("第5次行政改革大綱", ["第5次"]),
        ("令和4年度末の42項目", ["令和4年度末", "42項目"]),
        ("2年以上（令和2年度以前は項目別の資料なし）", ["2年以上", "（令和2年度"]),
        ("10 (25.0%)", []),
        ("計画よりやや遅れている 1年", ["いる 1年"]),
        ("26 マイナンバーカードの利便性", ["26 マ"]),
        ("1-2-1 窓口", ["1-2-1 窓"]),
        ("地域を支える体制", []),
    ],
)
def test_a_line_does_not_end_within_numbers_and_their_counters(text: str, whole: list[str]) -> None:
    page = lxml.html.fromstring(page_of(notebook_of("# 題", (f"<p>{text}</p>",))))
    (paragraph,) = page.xpath("//main//p[not(@class)]")
    assert [text_of(span) for span in paragraph.xpath("./span[@class='whole']")] == whole
    assert paragraph.text_content() == text


def test_columns_of_words_get_room_by_what_they_hold() -> None:
    cells = "<td>短い語</td><td>六文字の言葉</td><td>十二文字より長い言葉が入る欄</td><td class='num'>12</td>"
    heads = "".join(f'<th scope="col">{name}</th>' for name in "甲乙丙丁")
    table = f'<table id="t"><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>'
    page = lxml.html.fromstring(page_of(notebook_of("# 題", (table,))))
    assert [th.get("class") for th in page.xpath("//thead//th")] == [
        "text",
        "text least-6",
        "text least-12",
        "num",
    ]


def test_titles_have_places_to_break_between_their_phrases() -> None:
    rows = '<tr class="group"><th scope="rowgroup">市民に分かりやすい組織</th></tr><tr><th scope="row">市民に分かりやすい</th></tr>'
    piece = f"<table><caption>計画に基づく実績</caption><tbody>{rows}</tbody></table>"
    page = lxml.html.fromstring(page_of(notebook_of("# 題", "## 令和4年度に行った取組", (piece,))))
    broken = {
        "".join(["", *element.itertext()]): "｜".join(element.itertext())
        for element in page.iter("h2", "caption", "th")
        if element.xpath(".//wbr")
    }
    assert broken == {
        "令和4年度に行った取組": "令和4年度｜に｜行った｜取組",
        "計画に基づく実績": "計画に｜基づく｜実績",
        "市民に分かりやすい組織": "市民に｜分かりやすい｜組織",
        "市民に分かりやすい": "市民に｜分かりやすい",
    }


def test_a_cell_cannot_bring_places_to_break_of_its_own() -> None:
    with pytest.raises(ExportError, match="<wbr>"):
        page_of(notebook_of("# 題", ("<p>一<wbr>二</p>",)))


def table_of(heads: list[str], row: str) -> Any:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    table = f'<table id="t"><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>'
    return lxml.html.fromstring(page_of(notebook_of("# 題", (table,)))).get_element_by_id("t")


def test_a_table_too_wide_for_a_phone_stacks_its_rows_and_stays_a_table_for_the_ear() -> None:
    texts = "".join(
        f"<td>{text}</td>"
        for text in ("窓口を増やして待ち時間を短くした", "来年度も続けて行う予定", "行政改革推進課")
    )
    table = table_of(["番号", "主な取組", "今後の予定", "所管課"], f'<th scope="row">7</th>{texts}')
    assert table.get("class") == "stacks" and table.get("role") == "table"
    assert [cell.get("data-label") for cell in table.iter("td")] == ["主な取組", "今後の予定", "所管課"]
    roles = ["rowgroup", "row", *["columnheader"] * 4, "rowgroup", "row", "rowheader", *["cell"] * 3]
    assert [element.get("role") for element in table.iter() if element.get("role")] == ["table", *roles]


def test_a_table_that_a_phone_has_room_for_stays_as_it_is() -> None:
    figures = "".join(f'<td class="num">{text}</td>' for text in ("34", "81.0%", "32", "△1(△9.1%)"))
    table = table_of(
        ["実施状況", "項目数", "実施", "前年項目数", "前年実施"], f'<th scope="row">実施</th>{figures}'
    )
    assert not table.get("class") and not table.xpath(".//@role | .//@data-label")
    # Where it is narrow a head breaks before the name of another column, and a change before its bracket.
    broken = ["｜".join(cell.itertext()) for cell in table.iter("th", "td") if cell.xpath("wbr")]
    assert broken == ["前年｜項目数", "前年｜実施", "△1｜(△9.1%)"]


def test_of_targets_of_ten_years_the_longest_texts_keep_more_room_than_the_years() -> None:
    years = [f"令和{number}年度" for number in range(2, 12)]
    cells = ["市民の満足度を調べた結果の平均", *["目標51と実績42"] * 10, "十分に達成した", "達成した"]
    table = table_of(["指標", *years, "評価", "達成"], "".join(f"<td>{cell}</td>" for cell in cells))
    least = [head.get("class", "").split()[-1] for head in table.iter("th")]
    assert least == ["least-8", *["least-6"] * 11, "least-4"]


def test_a_head_with_a_year_says_its_first_word_once() -> None:
    heads = ["基本方針", "見込", "実績", "累計見込", "累計実績", "累計（令和2年度）"]
    table = table_of(heads, "".join(f"<td>{number}</td>" for number in range(6)))
    assert [text_of(head) for head in table.iter("th")] == heads


def test_names_of_rows_have_places_to_break_and_keep_the_words_of_plans_whole() -> None:
    table = table_of(
        ["計画", "概要"],
        '<th scope="row">架空市行政改革大綱推進計画</th><td>駅を直した。</td><td>駅の工事</td>',
    )
    assert table.xpath(".//th//span[@class='whole']/text()") == ["行政改革", "大綱", "推進計画"]
    # Sentences fill their lines as running text does; other cells break between phrases.
    assert [cell.get("class") for cell in table.iter("td")] == ["sentence", None]


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("デジタル活用支援の推進", "デジタル|活用|支援の|推進"),
        ("組織体制強化の推進", "組織体制強化の|推進"),  # a phrase that a phone has room for
    ],
)
def test_a_long_phrase_of_a_name_has_places_to_break_between_its_words(name: str, broken: str) -> None:
    table = table_of(["項目", "概要"], f'<th scope="row">{name}</th><td>甲</td><td>乙</td>')
    (head,) = table.xpath(".//th[@scope='row']")
    assert list(head.itertext()) == broken.split("|")


def test_a_change_of_status_breaks_between_the_two() -> None:
    page = lxml.html.fromstring(page_of(notebook_of("# 題", ("<p>一部実施⇒実施へ</p>",))))
    assert page.xpath("//main//p/span[@class='whole']/text()") == ["一部実施", "⇒実施へ"]
    longer = table_of(["概要", "変化"], "<td>甲</td><td>検討中である⇒計画より大幅に遅れているへ</td>")
    assert longer.xpath(".//span/text()") == ["検討中である", "⇒計画より", "大幅に", "遅れているへ"]


def test_a_long_status_that_names_a_row_wraps_as_words_do() -> None:
    name = '<th scope="row" data-status="done">計画どおりに実施した（完了）</th>'
    table = table_of(["実施状況", "項目数"], f'{name}<td class="num">34</td>')
    assert table.get("class") == "wraps"
