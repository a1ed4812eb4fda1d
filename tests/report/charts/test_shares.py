"""Shares by policy and the course of the plan: stacks that say what they are made of."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from chart_texts import texts
from lxml import etree

from helpers.fiscal_year import FiscalYear
from helpers.history.counts import PLAN_SCOPE
from helpers.plan import Plan, Status
from helpers.report.charts import Chart, NoChart, course_of_plan, shares_by_policy
from helpers.report.palette import status_style

Y2021, Y2022 = FiscalYear(2021), FiscalYear(2022)
YEARS = [FiscalYear(year) for year in range(2019, 2023)]


def widths(chart: Chart | NoChart, fill: str) -> list[float]:
    """The widths of the bars of one unhatched colour, the legend's square left out."""
    assert isinstance(chart, Chart)
    paths = [
        path.get("d") for path in etree.fromstring(chart.svg).iter("{*}path") if path.get("fill") == fill
    ]
    spans = []
    for path in paths:
        xs = [
            float(number)
            for number in path.replace("z", "").replace("M", "L").split("L")
            for number in number.split()[:1]
        ]
        spans.append(max(xs) - min(xs))
    return [span for span in spans if span > 12]


def test_the_bars_are_as_long_as_the_shares(plan: Plan, counts: pd.DataFrame) -> None:
    bars = widths(shares_by_policy(counts, plan, Y2022, Y2021), status_style(plan, "実施").fill)
    assert [bar / bars[2] for bar in bars] == pytest.approx([4 / 6, 3 / 6, 3 / 3], abs=0.001)


def test_shares_are_labelled_with_count_and_printed_share(plan: Plan, counts: pd.DataFrame) -> None:
    shown = texts(shares_by_policy(counts, plan, Y2022, Y2021))
    assert [text for text in shown if "%" in text] == [
        "4（66.7%）",
        "3（50.0%）",
        "3（100.0%）",
        "2（33.3%）",
        "3（50.0%）",
    ]
    assert shown.count("6項目") == 2 and shown.count("3項目") == 1
    assert {"計画全体", "I 協働", "令和4年度", "令和3年度"} <= set(shown)
    assert "検討中" not in shown  # of which there are none
    assert "II 組織" not in shown  # of which nothing is known


def place_of(chart: Chart | NoChart, wanted: str) -> tuple[float, float]:
    """Where a text first stands."""
    assert isinstance(chart, Chart)
    found = next(text for text in etree.fromstring(chart.svg).iter("{*}text") if text.text == wanted)
    return float(found.get("x")), float(found.get("y"))


def test_a_label_stands_in_its_own_bar(plan: Plan, counts: pd.DataFrame) -> None:
    shares = shares_by_policy(counts, plan, Y2022, Y2021)
    assert place_of(shares, "4（66.7%）")[1] == pytest.approx(place_of(shares, "令和4年度")[1])
    assert place_of(shares, "3（50.0%）")[1] == pytest.approx(place_of(shares, "令和3年度")[1])
    course = course_of_plan(counts, plan, YEARS)
    assert place_of(course, "4（66.7%）")[0] == pytest.approx(place_of(course, "令和4年度")[0])
    assert place_of(course, "4（66.7%）")[1] > place_of(course, "2（33.3%）")[1]  # the best at the bottom


def test_the_alt_text_says_the_same_numbers(plan: Plan, counts: pd.DataFrame) -> None:
    alt = shares_by_policy(counts, plan, Y2022, Y2021).alt
    assert "計画全体: 令和4年度は6項目のうち実施4項目（66.7%）、一部実施2項目（33.3%）。" in alt
    assert "令和3年度は6項目のうち実施3項目（50.0%）、一部実施3項目（50.0%）。" in alt
    counts.loc[3, ["items", "share_pct"]] = [5, Decimal("83.3")]
    assert "実施5項目（83.3%）" in shares_by_policy(counts, plan, Y2022, Y2021).alt


def test_without_a_previous_year_this_year_stands_alone(plan: Plan, counts: pd.DataFrame) -> None:
    for chart in (shares_by_policy(counts, plan, Y2022), shares_by_policy(counts[3:], plan, Y2022, Y2021)):
        assert "令和3年度" not in texts(chart) and "令和3年度" not in chart.alt


def test_a_year_without_counts_has_no_chart(plan: Plan, counts: pd.DataFrame) -> None:
    chart = shares_by_policy(counts, plan, FiscalYear(2020))
    assert isinstance(chart, NoChart)
    assert chart._repr_html_().startswith('<p class="missing">') and "資料なし" in repr(chart)


def test_a_small_part_has_a_small_label_or_none(plan: Plan, counts: pd.DataFrame) -> None:
    counts.loc[3:4, "items"] = [970, 30]
    counts.loc[3:4, "share_pct"] = [Decimal("97.0"), Decimal("3.0")]
    shown = texts(shares_by_policy(counts, plan, Y2022))
    assert "970（97.0%）" in shown
    assert not [text for text in shown if text.startswith("30")]


def test_statuses_outside_the_denominator_are_said_and_not_drawn(plan: Plan, counts: pd.DataFrame) -> None:
    wider = replace(plan, statuses=(*plan.statuses, Status("対象外", "not_started", counted=False)))
    outside = pd.DataFrame([(PLAN_SCOPE, 2022, "対象外", 2, None)], columns=counts.columns)
    chart = shares_by_policy(pd.concat([counts, outside]), wider, Y2022)
    assert {"6項目", "※ほか2", "※割合と項目数に含めない区分: 対象外"} <= set(texts(chart))
    assert "一部実施2項目（33.3%）（ほかに対象外2項目）" in chart.alt


def test_every_year_stands_in_the_course_and_missing_ones_say_so(plan: Plan, counts: pd.DataFrame) -> None:
    chart = course_of_plan(counts, plan, YEARS)
    shown = texts(chart)
    assert [text for text in shown if text.endswith("年度")] == [
        "令和元年度",
        "令和2年度",
        "令和3年度",
        "令和4年度",
    ]
    assert "".join(shown).count("資料なし") == 2
    assert "令和元年度は資料なし。令和2年度は資料なし。令和3年度は6項目のうち" in chart.alt
    assert shown.count("6項目") == 2


def test_the_course_counts_the_whole_plan_only(plan: Plan, counts: pd.DataFrame) -> None:
    with_policies, without = course_of_plan(counts, plan, YEARS), course_of_plan(counts[:6], plan, YEARS)
    assert with_policies == without == course_of_plan(counts[:6].drop(columns="scope"), plan, YEARS)


def test_derived_years_are_marked(plan: Plan, counts: pd.DataFrame) -> None:
    for chart in (
        course_of_plan(counts, plan, YEARS, derived={Y2021}),
        shares_by_policy(counts, plan, Y2022, Y2021, derived={Y2021}),
    ):
        assert texts(chart).count("（導出）") == 1
        assert "令和3年度（導出）は" in chart.alt
        assert "令和4年度（導出）" not in chart.alt


def test_ten_years_are_named_short(plan: Plan, counts: pd.DataFrame) -> None:
    shown = texts(course_of_plan(counts, plan, [FiscalYear(year) for year in range(2018, 2028)], {Y2021}))
    assert {"H30", "R1", "R9", "導出"} <= set(shown)


def test_a_thin_part_of_the_course_is_labelled_beside_it(plan: Plan, counts: pd.DataFrame) -> None:
    counts.loc[3:5, "items"] = [97, 2, 1]
    assert {"97（97.0%）", "2", "1"} <= set(
        texts(course_of_plan(counts.assign(share_pct=Decimal("97.0")), plan, YEARS))
    )


def test_a_course_of_nothing_has_no_chart(plan: Plan, counts: pd.DataFrame) -> None:
    assert isinstance(course_of_plan(counts[:0], plan, YEARS), NoChart)
