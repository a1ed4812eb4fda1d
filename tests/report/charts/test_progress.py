import re
from dataclasses import replace

from chart_texts import elements, texts

from helpers.history.history import History
from helpers.plan import Plan
from helpers.report.charts import progress
from helpers.report.charts.drawing.chart import Charts
from helpers.report.glance import year_at_a_glance
from made_histories import history_of
from small_city import Small


def changes(history: History) -> list[str]:
    """The changes at the ends of the bars, that of the whole plan first."""
    return [text for text in texts(progress.draw(history)) if "ポイント" in text or text == "増減なし"]


def test_each_bar_says_its_counts_and_its_change(history_2022: History) -> None:
    shown = texts(progress.draw(history_2022))
    assert {"34（81.0%）", "8（72.7%）", "16（80.0%）", "10（90.9%）"} <= set(shown)
    assert changes(history_2022) == ["+4.8ポイント", "+9.1ポイント", "+5.0ポイント", "増減なし"]
    alt = progress.draw(history_2022).alt
    assert alt.startswith("令和4年度末の進み具合（右の数字は「実施」の割合の前年度との差）。帯グラフ。")
    assert (
        "計画全体は42項目のうち実施34項目（81.0%）、一部実施8項目（19.0%）、前年度との差は+4.8ポイント。"
        in alt
    )


def test_without_last_year_there_is_no_change_to_show(small: Small) -> None:
    history = small({2021: "完了 進行中 未着手 完了"})
    chart = progress.draw(history)
    assert "前年度" not in chart.alt and chart.caption == "令和3年度末の進み具合"
    assert changes(history) == []


def test_the_change_is_that_of_the_printed_shares(small: Small) -> None:
    history = small({2020: "完了 進行中 未着手 完了", 2021: "進行中 進行中 完了 完了"})
    assert changes(history) == ["増減なし", "△50.0ポイント", "+50.0ポイント"]


def test_the_change_carries_the_plans_marks_as_on_the_first_screen(small: Small) -> None:
    marks = '\n[printing]\nincrease = ""\ndecrease = "▲"\n'
    history = small({2020: "完了 完了 完了 完了", 2021: "進行中 進行中 完了 完了"}, more=marks)
    assert changes(history) == ["▲50.0ポイント", "▲100.0ポイント", "増減なし"]
    assert "、前年度比 ▲50.0ポイント" in repr(year_at_a_glance(history))
    risen = small({2020: "完了 進行中 完了 完了", 2021: "完了 完了 完了 完了"}, more=marks)
    assert changes(risen).count("+25.0ポイント") == 1
    assert "、前年度比 +25.0ポイント" in repr(year_at_a_glance(risen))


def test_a_long_name_leaves_the_bars_half_of_the_width(history_2022: History) -> None:
    chart = progress.draw(history_2022)  # 「Ⅱ 市民サービス向上に向けた組織運営」 stands on two lines
    xs = [
        float(x)
        for path in elements(chart, "path")
        for x in re.findall(r"[ML] ?([\d.]+)", path.get("d") or "")
    ]
    bars = [x for x in xs if x > 20]  # beside the first square of the legend
    whole = float((chart.svg.split('viewBox="0 0 ')[1]).split()[0])
    assert whole / 2 < max(bars) - 125 < whole
    assert [t for t in texts(chart) if "市民" in t or "組織運営" in t] == [
        "Ⅱ 市民サービス向上に",
        "向けた組織運営",
    ]


def test_more_policies_than_a_page_holds_stand_on_several_charts_each_once(plan: Plan) -> None:
    many = tuple(replace(plan.policies[0], numeral=str(n), name="方針") for n in range(1, 31))
    items = tuple(
        replace(plan.items[0], number=str(n), policy=policy) for n, policy in enumerate(many, start=1)
    )
    charts = progress.draw(
        history_of(
            replace(plan, policies=many), {2022: dict.fromkeys((i.number for i in items), "実施")}, items
        )
    )
    assert isinstance(charts, Charts)
    assert [(chart.id, chart.caption[-3:]) for chart in charts.parts] == [
        ("progress", "1／4"),
        ("progress-2", "2／4"),
        ("progress-3", "3／4"),
        ("progress-4", "4／4"),
    ]
    labels = [text for chart in charts.parts for text in texts(chart) if text.endswith(" 方針")]
    assert labels == [f"{n} 方針" for n in range(1, 31)]
