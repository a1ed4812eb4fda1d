"""The course of the plan: a stack a year, and gaps that say so."""

import pytest
from chart_texts import HUNDRED, SIX, derived, elements, texts

from helpers.history.history import History
from helpers.report.charts import course_of_plan
from small_city import SMALL_PLAN, Small


@pytest.fixture
def history(small: Small) -> History:
    """Nothing of fiscal 2020 and 2021; 3 and 2 of 5 items in 2022, 4 and 2 of 6 in 2023."""
    sheets = {2022: "完了 進行中 進行中 完了 完了", 2023: "完了 進行中 進行中 完了 完了 完了"}
    return small(sheets, items=SIX)


def test_every_year_stands_in_the_course_and_missing_ones_say_so(history: History) -> None:
    chart = course_of_plan.draw(history)
    shown = texts(chart)
    years = ["令和2年度", "令和3年度", "令和4年度", "令和5年度"]
    assert [text for text in shown if text.endswith("年度")] == years
    assert "".join(shown).count("資料なし") == 2
    assert "令和2年度は資料なし。令和3年度は資料なし。令和4年度は5項目のうち完了3項目（60.0%）" in chart.alt
    assert (shown.count("5項目"), shown.count("6項目")) == (1, 1)


def test_a_label_stands_in_its_own_stack_the_best_at_the_bottom(history: History) -> None:
    spots = {
        text.text: (float(text.get("x")), float(text.get("y")))
        for text in elements(course_of_plan.draw(history), "text")
    }
    assert spots["4（66.7%）"][0] == pytest.approx(spots["令和5年度"][0])
    assert spots["4（66.7%）"][1] > spots["2（33.3%）"][1]


def test_derived_years_are_marked(history: History) -> None:
    chart = course_of_plan.draw(derived(history, 2022))
    assert texts(chart).count("（導出）") == 1
    assert "令和4年度（導出）は" in chart.alt and "令和5年度（導出）" not in chart.alt


def test_ten_years_are_named_short(small: Small) -> None:
    longer = SMALL_PLAN.replace("last_year = 2024", "last_year = 2029")
    last = small({2029: "完了 完了 完了 完了"}, plan=longer)
    assert {"R2", "R11", "導出"} <= set(texts(course_of_plan.draw(derived(last, 2029))))


def test_a_thin_part_is_labelled_beside_its_stack(small: Small) -> None:
    totals = {"完了": 97, "進行中": 2, "未着手": 1}
    shown = texts(course_of_plan.draw(small({2020: totals, 2021: totals}, items=HUNDRED)))
    assert {"97（97.0%）", "2", "1"} <= set(shown)
