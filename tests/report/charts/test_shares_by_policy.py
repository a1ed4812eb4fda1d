"""Shares by policy: bars that say what they are made of."""

from dataclasses import replace

import pytest
from chart_texts import HUNDRED, SIX, derived, elements, texts

from helpers.history.history import History
from helpers.plan import Plan
from helpers.report.charts import shares_by_policy
from helpers.report.charts.drawing.chart import Charts
from helpers.report.palette import status_style
from made_histories import history_of
from small_city import OUTSIDE, SMALL_STATUSES, Small

# 3 and 3 of 6 items in fiscal 2023; 4 and 2 in fiscal 2024, of which 3 of 3 and 1 of 3 by policy.
SHEETS = {2023: "完了 進行中 進行中 完了 進行中 完了", 2024: "完了 完了 完了 進行中 進行中 完了"}


@pytest.fixture
def history(small: Small) -> History:
    return small(SHEETS, items=SIX)


def test_the_bars_are_as_long_as_the_shares(history: History) -> None:
    fill = status_style(history.plan, "完了").fill
    chart = shares_by_policy.draw(history)
    paths = [path.get("d") for path in elements(chart, "path") if path.get("fill") == fill]
    corners = [
        [float(point.split()[0]) for point in path.strip("Mz ").split("L") if point.strip()] for path in paths
    ]
    # With the paper and the line of its edge that a bar keeps inside its length at either end.
    square, *bars = sorted(max(xs) - min(xs) + 2 for xs in corners)
    assert square < 14  # of the legend
    assert [bar / bars[-1] for bar in bars] == pytest.approx(
        [1 / 3, 1 / 3, 3 / 6, 4 / 6, 2 / 3, 3 / 3], abs=0.001
    )


def test_shares_are_labelled_with_count_and_printed_share(history: History) -> None:
    shown = texts(shares_by_policy.draw(history))
    assert [text for text in shown if "%" in text] == [
        "4（66.7%）", "3（50.0%）", "3（100.0%）", "1（33.3%）", "1（33.3%）", "2（66.7%）",
        "2（33.3%）", "3（50.0%）", "2（66.7%）", "2（66.7%）", "1（33.3%）",
    ]  # fmt: skip
    assert shown.count("6項目") == 2 and shown.count("3項目") == 4
    assert {"計画全体", "1 つながり", "2 くらし", "令和6年度", "令和5年度"} <= set(shown)
    assert "未着手" not in shown  # of which there are none


def test_a_label_stands_in_its_own_bar(history: History) -> None:
    heights: dict[str, list[float]] = {}
    for text in elements(shares_by_policy.draw(history), "text"):
        heights.setdefault(text.text, []).append(float(text.get("y")))
    assert heights["4（66.7%）"] == pytest.approx(heights["令和6年度"][:1])
    assert heights["3（50.0%）"][0] == pytest.approx(heights["令和5年度"][0])


def test_the_alt_text_says_the_same_numbers(history: History) -> None:
    alt = shares_by_policy.draw(history).alt
    assert "計画全体: 令和6年度は6項目のうち完了4項目（66.7%）、進行中2項目（33.3%）。" in alt
    assert "令和5年度は6項目のうち完了3項目（50.0%）、進行中3項目（50.0%）。" in alt


def test_without_last_year_this_year_stands_alone(small: Small) -> None:
    chart = shares_by_policy.draw(small({2022: "完了 " * 5, 2024: SHEETS[2024]}, items=SIX))
    assert chart.caption == "実施状況の割合: 令和6年度"
    assert "令和5年度" not in texts(chart) and "令和5年度" not in chart.alt


def test_of_a_year_of_totals_the_whole_plan_is_drawn_alone(small: Small) -> None:
    shown = texts(shares_by_policy.draw(small({2023: {"完了": 96, "進行中": 3, "未着手": 1}}, items=HUNDRED)))
    assert "計画全体" in shown and "1 つながり" not in shown
    # A part too small for its share has its count alone, or nothing, and is written out below.
    assert "96（96.0%）" in shown and "3" in shown and "1" not in shown
    assert {"3（3.0%）", "1（1.0%）"} <= set(shown)


def test_statuses_outside_the_denominator_are_said_and_not_drawn(small: Small) -> None:
    wider = SMALL_STATUSES + OUTSIDE
    chart = shares_by_policy.draw(
        small({2023: "完了 進行中 対象外 対象外 対象外 対象外"}, statuses=wider, items=SIX)
    )
    assert {"2項目", "※ほか4", "※割合と項目数に含めない区分: 対象外", "割合を出す項目なし"} <= set(
        texts(chart)
    )
    assert "進行中1項目（50.0%）（ほかに対象外4項目）" in chart.alt


def test_derived_years_are_marked(history: History) -> None:
    chart = shares_by_policy.draw(derived(history, 2023))
    assert texts(chart).count("（導出）") == 3
    assert "令和5年度（導出）は" in chart.alt and "令和6年度（導出）" not in chart.alt


def test_more_policies_than_a_page_holds_stand_on_several_charts(plan: Plan) -> None:
    many = tuple(
        replace(plan.policies[0], numeral=str(n), name="方針", heading=f"基本方針{n}") for n in range(1, 21)
    )
    items = tuple(
        replace(plan.items[0], number=str(n), policy=policy, life=plan.items[0].life)
        for n, policy in enumerate(many, start=1)
    )
    statuses = {item.number: "実施" for item in items}
    history = history_of(replace(plan, policies=many), {2021: statuses, 2022: statuses}, items)
    charts = shares_by_policy.draw(history)
    assert isinstance(charts, Charts)
    assert [chart.caption[-3:] for chart in charts.parts] == [f"{number}／6" for number in range(1, 7)]
    labels = [text for chart in charts.parts for text in texts(chart) if text.endswith(" 方針")]
    assert labels == [f"{n} 方針" for n in range(1, 21)]
