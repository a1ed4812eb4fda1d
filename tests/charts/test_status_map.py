"""The map of the plan: what is known in its colour, what is not by name."""

from collections import Counter

import pandas as pd
import pytest
from chart_texts import texts
from lxml import etree

from helpers.charts import NoChart, status_map
from helpers.errors import FigureError
from helpers.fiscal_year import FiscalYear
from helpers.palette import status_style
from helpers.plan import Plan

YEARS = [FiscalYear(year) for year in range(2018, 2023)]


def test_every_item_has_its_row_and_every_known_status_its_cell(plan: Plan, statuses: pd.DataFrame) -> None:
    chart = status_map(statuses, plan, YEARS)
    shown = texts(chart)
    assert [text for text in shown if text in {item.name for item in plan.items}] == [
        item.name for item in plan.items
    ]
    known = Counter(statuses.loc[statuses["number"] != "", "status"])
    for name, cells in known.items():
        assert shown.count(name) == cells + 1  # and once in the legend
        fills = [path.get("fill") for path in etree.fromstring(chart.svg).iter("{*}path")]
        if status_style(plan, name).fill != "#ffffff":
            assert fills.count(status_style(plan, name).fill) == cells + 1


def test_a_cell_stands_in_its_row_and_column(plan: Plan, statuses: pd.DataFrame) -> None:
    root = etree.fromstring(status_map(statuses, plan, YEARS).svg)
    places = {}
    for text in root.iter("{*}text"):
        places.setdefault(text.text, []).append((float(text.get("x")), float(text.get("y"))))
    (cell,) = [place for place in places["未実施"] if place[1] > 40]
    assert cell[0] == pytest.approx(places["令和4"][0][0])
    assert cell[1] == pytest.approx(places["電子申請"][0][1], abs=1)


def test_missing_years_and_years_of_totals_only_say_so(plan: Plan, statuses: pd.DataFrame) -> None:
    chart = status_map(statuses, plan, YEARS)
    shown = texts(chart)
    # Two years without data and one of totals in each of two policies; short blocks have the words on one line.
    assert shown.count("資料なし") == 4
    assert shown.count("合計のみ") == 2
    assert "平成30年度は合計のみ。令和元年度は資料なし。" in chart.alt


def test_an_item_that_is_not_alive_is_a_dash(plan: Plan, statuses: pd.DataFrame) -> None:
    assert texts(status_map(statuses, plan, YEARS)).count("―") == 1


def test_a_living_item_that_a_sheet_leaves_out_says_so(plan: Plan, statuses: pd.DataFrame) -> None:
    shown = texts(status_map(statuses[:-1], plan, YEARS))
    assert shown.count("資料なし") == 5 and shown.count("―") == 1


def test_the_alt_text_counts_changes_and_names_what_is_open(plan: Plan, statuses: pd.DataFrame) -> None:
    alt = status_map(statuses, plan, YEARS).alt
    assert "令和2年度は実施2項目、一部実施3項目。" in alt
    assert "令和4年度は実施3項目、一部実施2項目、未実施1項目。" in alt
    assert "令和2年度から令和4年度に変わった項目: 2 窓口（一部実施から実施）。" in alt
    assert "令和4年度に一部実施の項目: 3 広報、5 会議。令和4年度に未実施の項目: 6 電子申請。" in alt
    statuses.loc[statuses.index[-1], "status"] = "実施"
    assert "令和4年度は実施4項目、一部実施2項目。" in status_map(statuses, plan, YEARS).alt


def test_derived_years_are_marked(plan: Plan, statuses: pd.DataFrame) -> None:
    chart = status_map(statuses, plan, YEARS, derived={FiscalYear(2020)})
    assert texts(chart).count("導出") == 1
    assert "令和2年度（導出）は実施2項目" in chart.alt


def test_a_number_that_is_not_the_plan_s_is_an_error(plan: Plan, statuses: pd.DataFrame) -> None:
    with pytest.raises(FigureError, match=r"令和4年度の項目7は items\.csv にありません"):
        status_map(statuses.replace({"number": {"6": "7"}}), plan, YEARS)


def test_totals_alone_make_no_map(plan: Plan, statuses: pd.DataFrame) -> None:
    assert isinstance(status_map(statuses[:2], plan, YEARS), NoChart)
