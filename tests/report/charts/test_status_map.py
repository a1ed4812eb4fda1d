"""The map of the plan: what is known in its colour, what is not by name."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from chart_texts import texts
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from helpers import tables
from helpers.errors import FigureError
from helpers.fiscal_year import FiscalYear
from helpers.history.courses import NOT_ALIVE
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.plan import Plan
from helpers.report import figures
from helpers.report.charts import Chart, NoChart, status_map
from helpers.report.palette import status_style
from made_histories import histories
from small_city import TAKEN_OVER

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
    not_yet = statuses.assign(number=statuses["number"].where(statuses["fiscal_year"] != 2020, "6"))
    with pytest.raises(FigureError, match=r"令和2年度の項目6"):
        status_map(not_yet, plan, YEARS)


def test_totals_alone_make_no_map(plan: Plan, statuses: pd.DataFrame) -> None:
    assert isinstance(status_map(statuses[:2], plan, YEARS), NoChart)


def cells(history: History) -> dict[tuple[str, str, int], str]:
    """What the map says in the cell of each item (number, name) and year known item by item, read from the drawing."""
    chart = figures.status_map(history)
    assert isinstance(chart, Chart)
    found = [
        (text.text or "", float(text.get("x")), float(text.get("y")))
        for text in etree.fromstring(chart.svg).iter("{*}text")
    ]
    columns = {
        int(year): next(x for text, x, _ in found if text == year.era) for year in history.item_years()
    }
    order = list(dict.fromkeys(item.policy for item in history.plan.items))
    items = [item for item in history.plan.items if any(year in item.life for year in history.years)]
    items.sort(key=lambda item: order.index(item.policy))
    # The numbers stand at the left, all in one line, each item's on a row of its own.
    numbers = {item.number for item in items}
    edge = Counter(x for text, x, _ in found if text in numbers and x < min(columns.values())).most_common(1)
    rows = sorted((y, text) for text, x, y in found if x == edge[0][0] and text in numbers)
    assert [text for _, text in rows] == [item.number for item in items]
    shown = {}
    for item, (y, _) in zip(items, rows, strict=True):
        for year, x in columns.items():
            (word,) = [text for text, left, top in found if abs(left - x) < 0.5 and abs(top - y) < 3]
            shown[item.number, item.name, year] = word
    return shown


def hold_against_the_course(history: History) -> None:
    """Every cell of the map is the table's: of each year as many, and the same wherever the item's own row has it."""
    table, shown = tables.course(history), cells(history)
    assert table is not None
    known = table.records[table.records["known"] == "item"]
    told = known.groupby("fiscal_year")["status"].agg(Counter).to_dict()
    for year in map(int, history.item_years()):
        assert Counter(w for (*_, y), w in shown.items() if y == year and w != NOT_ALIVE) == told[year]
    alive = {(i.number, i.name): i.life for i in history.plan.items}
    for number, name, year, status in known[["number", "item", "fiscal_year", "status"]].to_numpy().tolist():
        # A row of the table goes on with the item that it carries on, which has its own row in the map.
        if FiscalYear(year) in alive[number, name]:
            assert shown[number, name, year] == status


def test_the_map_of_the_reference_plan_says_what_the_course_says(history_2022: History) -> None:
    hold_against_the_course(history_2022)


@pytest.mark.parametrize("year", range(2019, 2025))
def test_the_map_of_a_plan_whose_items_change_says_what_the_course_says(
    synthetic_root: Path, year: int
) -> None:
    hold_against_the_course(load_history("umikaze", year, synthetic_root))


@given(st.data())
def test_the_map_of_any_plan_says_what_the_course_says(plan: Plan, data: st.DataObject) -> None:
    hold_against_the_course(data.draw(histories(plan, most=6)))


def test_two_items_that_had_one_number_in_turn_have_each_their_own_statuses(
    small: Callable[..., History],
) -> None:
    history = small({2020: "完了 進行中 未着手", 2021: "進行中 未着手"}, items=TAKEN_OVER)
    hold_against_the_course(history)
    shown = cells(history)
    assert [shown["2", "会議の公開", year] for year in (2020, 2021)] == ["進行中", NOT_ALIVE]
    assert [shown["2", "会議の録画", year] for year in (2020, 2021)] == [NOT_ALIVE, "未着手"]
    chart = figures.status_map(history)
    assert isinstance(chart, Chart)
    for name, often in {"完了": 1, "進行中": 2}.items():
        fills = [path.get("fill") for path in etree.fromstring(chart.svg).iter("{*}path")]
        assert fills.count(status_style(history.plan, name).fill) == often + 1  # and once in the legend
    assert chart.alt.split(": ", 1)[1] == (
        "4項目を行、年度を列とした表。令和2年度は完了1項目、進行中1項目、未着手1項目。令和3年度は進行中1項目、未着手1項目。"
        "令和2年度から令和3年度に変わった項目: 1 窓口の案内（完了から進行中）。"
        "令和3年度に進行中の項目: 1 窓口の案内。令和3年度に未着手の項目: 2 会議の録画。"
    )


def renamed(plan: Plan, statuses: pd.DataFrame, names: dict[str, str]) -> tuple[pd.DataFrame, Plan]:
    words = tuple(replace(status, name=names.get(status.name, status.name)) for status in plan.statuses)
    return statuses.replace({"status": names}), replace(plan, statuses=words)


def test_a_long_status_is_written_out_where_there_is_room(plan: Plan, statuses: pd.DataFrame) -> None:
    shown = texts(status_map(*renamed(plan, statuses, {"未実施": "休止・廃止"}), YEARS[2:]))
    assert shown.count("休止・廃止") == 2  # in its cell and in the legend
    assert "①" not in "".join(shown)


def test_long_statuses_without_room_are_numbered_from_one(plan: Plan, statuses: pd.DataFrame) -> None:
    names = {
        "検討中": "実施を検討しているもの",
        "一部実施": "一部を実施したもの",
        "未実施": "休止または廃止したもの",
    }
    shown = texts(status_map(*renamed(plan, statuses, names), YEARS))
    assert {"実施", "①一部を実施したもの", "②休止または廃止したもの"} <= set(shown)
    assert (shown.count("①"), shown.count("②")) == (5, 1)


def test_missing_data_are_as_legible_as_the_rest(plan: Plan, statuses: pd.DataFrame) -> None:
    chart = status_map(statuses, plan, YEARS[1:])
    assert isinstance(chart, Chart)
    sizes = {text.text: float(text.get("font-size")) for text in etree.fromstring(chart.svg).iter("{*}text")}
    assert sizes["資料なし"] >= 9 and sizes["実施"] == 10


def test_items_of_a_policy_that_ended_stay_in_the_map(small: Callable[..., History]) -> None:
    sheets = {2020: "完了 進行中 未着手", 2021: "進行中 未着手", 2022: "完了 未着手"}
    history = small(sheets, items=TAKEN_OVER)
    assert [policy.numeral for policy in history.plan.policies] == ["1"]
    hold_against_the_course(history)
    assert cells(history)["3", "歩道の点検", 2020] == "未着手"


def test_the_last_year_known_by_item_may_have_items_that_ended(small: Callable[..., History]) -> None:
    totals = {"完了": 1, "進行中": 1, "未着手": 0}
    chart = figures.status_map(
        small({2020: "完了 進行中 未着手", 2021: totals, 2022: totals}, items=TAKEN_OVER)
    )
    assert isinstance(chart, Chart)
    assert chart.alt.endswith(
        "令和2年度に進行中の項目: 2 会議の公開。令和2年度に未着手の項目: 3 歩道の点検。"
    )
