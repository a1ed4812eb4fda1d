import lxml.html

from helpers.history.history import History
from helpers.report import glance
from small_city import ITEMS_HEADER, Small


def cards(history: History) -> list[tuple[str, str, str]]:
    page = lxml.html.fragment_fromstring(glance.year_at_a_glance(history)._repr_html_())
    return [
        (card.findtext("dt"), card.findtext("dd/strong"), card.findtext("dd/span"))
        for card in page.findall("dl/div")
    ]


def test_the_reference_year_at_a_glance(history_2022: History) -> None:
    assert cards(history_2022) == [
        ("「実施」の割合", "81.0%", "42項目中34項目、前年度比 +4.8ポイント"),
        ("着手済み（一部実施）", "8項目", "前年度 10項目"),
        ("未着手（検討中・未実施）", "0項目", "前年度 0項目"),
        ("前年度から動いた項目", "2項目", "前進 2、後退 0"),
    ]
    page = lxml.html.fragment_fromstring(glance.year_at_a_glance(history_2022)._repr_html_())
    assert page.get("aria-label") == "令和4年度の概況"
    assert [li.text_content() for li in page.findall("ul[@class='moved']/li")] == [
        "7 地域に飛び出す行政職員の育成: 一部実施 → 実施",
        "42 デジタル活用支援の推進: 一部実施 → 実施",
    ]
    assert [div.get("class") for div in page.findall("dl/div")] == ["card lead", "card", "card", "card"]


def test_a_fall_carries_the_plans_mark(small: Small) -> None:
    history = small({2020: "完了 完了 完了 未着手", 2021: "完了 進行中 完了 未着手"})
    assert cards(history)[0] == ("「完了」の割合", "50.0%", "4項目中2項目、前年度比 △25.0ポイント")
    assert cards(history)[3] == ("前年度から動いた項目", "1項目", "前進 0、後退 1")


def test_a_rise_has_a_mark_also_where_the_plan_prints_none(small: Small) -> None:
    unmarked = '\n[printing]\nincrease = ""\n'
    history = small({2020: "完了 完了 完了 未着手", 2021: "完了 完了 完了 完了"}, more=unmarked)
    assert cards(history)[0][2] == "4項目中4項目、前年度比 +25.0ポイント"


def test_no_change(small: Small) -> None:
    history = small({2020: "完了 完了 完了 未着手", 2021: "完了 完了 完了 未着手"})
    assert cards(history)[0][2] == "4項目中3項目、前年度比 増減なし"
    assert cards(history)[3][1:] == ("0項目", "前進 0、後退 0")
    assert 'class="moved"' not in glance.year_at_a_glance(history)._repr_html_()


def test_a_group_whose_only_status_has_its_name_is_named_once(small: Small) -> None:
    labels = [label for label, _, _ in cards(small({2020: "完了 完了 進行中 未着手"}))]
    assert labels[1:3] == ["着手済み（進行中）", "未着手"]


def test_a_first_year_a_missing_year_and_totals_only(small: Small) -> None:
    assert [card[2] for card in cards(small({2020: "完了 完了 完了 未着手"}))] == [
        "4項目中3項目", "計画の初年度", "計画の初年度", "計画の初年度",
    ]  # fmt: skip
    later = small({2022: "完了 完了 完了 未着手"})
    assert cards(later)[1][2] == "前年度 資料なし"
    totals = small({2022: "完了 完了 完了 未着手", 2023: {"完了": 4, "進行中": 0, "未着手": 0}})
    assert cards(totals)[0][1:] == ("100.0%", "4項目中4項目、前年度比 +25.0ポイント")
    assert cards(totals)[3][1:] == ("―", "項目別の資料なし")


def test_totals_only_after_a_missing_year(small: Small) -> None:
    history = small({2022: {"完了": 3, "進行中": 0, "未着手": 1}})
    assert [card[2] for card in cards(history)] == [
        "4項目中3項目", "前年度 資料なし", "前年度 資料なし", "項目別の資料なし",
    ]  # fmt: skip


def test_only_totals_of_last_year(small: Small) -> None:
    history = small({2020: {"完了": 4, "進行中": 0, "未着手": 0}, 2021: "完了 完了 完了 未着手"})
    assert cards(history)[3][1:] == ("―", "前年度 項目別の資料なし")
    assert cards(history)[0][2] == "4項目中3項目、前年度比 △25.0ポイント"


def test_items_that_came_and_left_are_named(small: Small) -> None:
    items = f"{ITEMS_HEADER}1,1,甲,2020,2020\n2,2,乙,2020,\n3,2,丙,2021,\n"
    history = small({2020: "完了 未着手", 2021: "未着手 完了"}, items=items)
    assert cards(history)[3][1:] == ("2項目", "前進 0、後退 0、追加 1、終了 1")
    page = glance.year_at_a_glance(history)._repr_html_()
    assert "1 甲: <strong>完了 → （終了）</strong>" in page
    assert "3 丙: <strong>（新規） → 完了</strong>" in page


def test_the_cover_names_city_plan_and_span(history_2022: History, small: Small) -> None:
    page = lxml.html.fragment_fromstring(glance.cover(history_2022)._repr_html_())
    assert page.get("class") == "cover"
    assert page.findtext("p[@class='municipality']") == "山口市"
    assert (
        page.find("h1").text_content()
        == "第二次山口市行政改革大綱推進計画【前期】令和4年度実績と5年間の取組状況"
    )
    assert glance.title(history_2022) == page.find("h1").text_content()
    assert glance.title(small({2020: "完了 完了 完了 完了"})) == "架空町実施計画令和2年度実績"
    assert glance.done_share(history_2022) == "81.0%"
