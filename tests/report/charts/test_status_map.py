"""The map of the plan: what is known in its colour, what is not by name."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from chart_texts import NAMES, SIX, derived, elements, texts
from hypothesis import given
from hypothesis import strategies as st

from helpers import tables
from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.plan import Plan
from helpers.plan.reserved_words import NOT_ALIVE
from helpers.report.charts import status_map
from helpers.report.charts.drawing.chart import Chart, Charts
from helpers.report.palette import status_style
from made_histories import histories
from small_city import ITEMS_HEADER, SMALL_STATUSES, TAKEN_OVER, Sheet, Small, status


@pytest.fixture
def history(small: Small) -> History:
    """Fiscal 2020 as totals only, 2022 by item (item 6 not yet there), 2024 by item; nothing of 2021 and 2023."""
    sheets: dict[int, Sheet] = {
        2020: {"完了": 2, "進行中": 3, "未着手": 0},
        2022: "完了 進行中 進行中 完了 進行中",
        2024: "完了 完了 進行中 完了 進行中 未着手",
    }
    return small(sheets, items=SIX)


def test_every_item_has_its_row_and_every_known_status_its_cell(history: History) -> None:
    chart = status_map.draw(history)
    shown = texts(chart)
    assert [text for text in shown if text in NAMES] == list(NAMES)
    fills = [path.get("fill") for path in elements(chart, "path")]
    for name, often in {"完了": 5, "進行中": 5, "未着手": 1}.items():
        assert shown.count(name) == often + 1  # and once in the legend
        assert fills.count(status_style(history.plan, name).fill) == often + 1


def test_a_cell_stands_in_its_row_and_column(history: History) -> None:
    spots: dict[str, list[tuple[float, float]]] = {}
    for text in elements(status_map.draw(history), "text"):
        spots.setdefault(text.text, []).append((float(text.get("x")), float(text.get("y"))))
    (cell,) = [spot for spot in spots["未着手"] if spot[1] > 40]
    assert cell[0] == pytest.approx(spots["令和6"][0][0])
    assert cell[1] == pytest.approx(spots["電子申請"][0][1], abs=1)


def test_what_is_not_known_says_so_and_what_is_not_there_is_a_dash(history: History) -> None:
    chart = status_map.draw(history)
    shown = texts(chart)
    # Two years without data and one of totals in each of two policies; short blocks have the words on one line.
    assert (shown.count("資料なし"), shown.count("合計のみ"), shown.count("―")) == (4, 2, 1)
    assert "令和2年度は合計のみ。令和3年度は資料なし。" in repr(chart)


def test_missing_data_are_as_legible_as_the_rest(small: Small) -> None:
    chart = status_map.draw(small({2021: "完了 " * 5, 2023: "完了 " * 6}, items=SIX))
    sizes = {text.text: float(text.get("font-size")) for text in elements(chart, "text")}
    assert sizes["資料なし"] >= 9 and sizes["完了"] == 10


def test_a_living_item_that_a_sheet_leaves_out_says_so(history: History) -> None:
    sheet = history.sheets[history.year]
    shorter = sheet.with_statuses(sheet.statuses[:-1])
    shown = texts(status_map.draw(replace(history, sheets={**history.sheets, history.year: shorter})))
    assert shown.count("資料なし") == 5 and shown.count("―") == 1


def test_the_alt_text_counts_changes_and_names_what_is_open(history: History) -> None:
    alt = repr(status_map.draw(history))
    assert "令和4年度は完了2項目、進行中3項目。" in alt
    assert "令和6年度は完了3項目、進行中2項目、未着手1項目。" in alt
    assert "令和4年度から令和6年度に変わった項目: 2 窓口（進行中から完了）。" in alt
    assert "令和6年度に進行中の項目: 3 広報、5 会議。令和6年度に未着手の項目: 6 電子申請。" in alt


def test_derived_years_are_marked(history: History) -> None:
    chart = status_map.draw(derived(history, 2022))
    assert texts(chart).count("導出") == 1
    assert "令和4年度（導出）は完了2項目" in repr(chart)


def test_totals_alone_make_no_map(small: Small) -> None:
    assert status_map.draw(small({2020: {"完了": 2, "進行中": 1, "未着手": 1}})) is None


def cells(history: History) -> dict[tuple[str, str, int], str]:
    """What the map says in the cell of each item (number, name) and year known item by item, read from the drawing."""
    chart = status_map.draw(history)
    assert chart is not None
    spots = [
        (text.text or "", float(text.get("x")), float(text.get("y"))) for text in elements(chart, "text")
    ]
    columns = {
        int(year): next(x for text, x, _ in spots if text == year.era) for year in history.item_years()
    }
    order = list(dict.fromkeys(item.policy for item in history.plan.items))
    items = [item for item in history.plan.items if any(year in item.life for year in history.years)]
    items.sort(key=lambda item: order.index(item.policy))
    # The numbers stand at the left, all in one line, each item's on a row of its own.
    numbers = {item.number for item in items}
    edge = Counter(x for text, x, _ in spots if text in numbers and x < min(columns.values())).most_common(1)
    rows = sorted((y, text) for text, x, y in spots if x == edge[0][0] and text in numbers)
    assert [text for _, text in rows] == [item.number for item in items]
    shown = {}
    for item, (y, _) in zip(items, rows, strict=True):
        for year, x in columns.items():
            (word,) = [text for text, left, top in spots if abs(left - x) < 0.5 and abs(top - y) < 3]
            shown[item.number, item.name, year] = word
    return shown


def hold_against_the_course(history: History) -> None:
    """Every cell of the map is the table's: of each year as many, and the same wherever the item's own row has it."""
    table, shown = tables.course(history), cells(history)
    known = table.records[table.records["known"] == "item"]
    expected = known.groupby("fiscal_year")["status"].agg(Counter).to_dict()
    for year in map(int, history.item_years()):
        assert Counter(w for (*_, y), w in shown.items() if y == year and w != NOT_ALIVE) == expected[year]
    alive = {(i.number, i.name): i.life for i in history.plan.items}
    for number, name, year, word in known[["number", "item", "fiscal_year", "status"]].to_numpy().tolist():
        # A row of the table goes on with the item that it carries on, which has its own row in the map.
        if FiscalYear(year) in alive[number, name]:
            assert shown[number, name, year] == word


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
    small: Small,
) -> None:
    history = small({2020: "完了 進行中 未着手", 2021: "進行中 未着手"}, items=TAKEN_OVER)
    hold_against_the_course(history)
    shown = cells(history)
    assert [shown["2", "会議の公開", year] for year in (2020, 2021)] == ["進行中", NOT_ALIVE]
    assert [shown["2", "会議の録画", year] for year in (2020, 2021)] == [NOT_ALIVE, "未着手"]
    chart = status_map.draw(history)
    for name, often in {"完了": 1, "進行中": 2}.items():
        fills = [path.get("fill") for path in elements(chart, "path")]
        assert fills.count(status_style(history.plan, name).fill) == often + 1  # and once in the legend
    assert chart.alt.split(": ", 1)[1] == (
        "4項目を行、年度を列とした表。令和2年度は完了1項目、進行中1項目、未着手1項目。令和3年度は進行中1項目、未着手1項目。"
        "令和2年度から令和3年度に変わった項目: 1 窓口の案内（完了から進行中）。"
        "令和3年度に進行中の項目: 1 窓口の案内。令和3年度に未着手の項目: 2 会議の録画。"
    )


def test_a_long_status_is_written_out_where_there_is_room(small: Small) -> None:
    renamed = SMALL_STATUSES.replace("未着手", "休止・廃止")
    shown = texts(status_map.draw(small({2020: "完了 完了 完了 休止・廃止"}, statuses=renamed)))
    assert shown.count("休止・廃止") == 2  # in its cell and in the legend
    assert "①" not in "".join(shown)


def test_long_statuses_without_room_are_numbered_from_one(small: Small) -> None:
    long = SMALL_STATUSES.replace("進行中", "一部を実施したもの").replace("未着手", "休止または廃止したもの")
    year = "完了 一部を実施したもの 一部を実施したもの 休止または廃止したもの"
    shown = texts(status_map.draw(small(dict.fromkeys(range(2020, 2025), year), statuses=long)))
    assert {"完了", "①一部を実施したもの", "②休止または廃止したもの"} <= set(shown)
    assert (shown.count("①"), shown.count("②")) == (10, 5)


def test_items_of_a_policy_that_ended_stay_in_the_map(small: Small) -> None:
    sheets = {2020: "完了 進行中 未着手", 2021: "進行中 未着手", 2022: "完了 未着手"}
    history = small(sheets, items=TAKEN_OVER)
    assert [policy.numeral for policy in history.plan.policies] == ["1"]
    hold_against_the_course(history)
    assert cells(history)["3", "歩道の点検", 2020] == "未着手"


def test_the_last_year_known_by_item_may_have_items_that_ended(small: Small) -> None:
    totals = {"完了": 1, "進行中": 1, "未着手": 0}
    chart = status_map.draw(small({2020: "完了 進行中 未着手", 2021: totals, 2022: totals}, items=TAKEN_OVER))
    assert chart.alt.endswith(
        "令和2年度に進行中の項目: 2 会議の公開。令和2年度に未着手の項目: 3 歩道の点検。"
    )


def many_items(policies: int, items: int) -> str:
    """items.csv with so many items of each policy."""
    rows = (
        f"{policy}-{number},{policy},取組その{number},2020,"
        for policy in range(1, policies + 1)
        for number in range(1, items + 1)
    )
    return "\n".join([ITEMS_HEADER.strip(), *rows, ""])


@pytest.mark.parametrize(("items", "rows"), [(20, [42]), (30, [29, 34]), (50, [29, 38, 37])])
def test_more_items_than_a_page_holds_stand_on_several(small: Small, items: int, rows: list[int]) -> None:
    history = small({2020: "完了 " * (2 * items)}, items=many_items(2, items))
    map_of_plan = status_map.draw(history)
    parts = map_of_plan.parts if isinstance(map_of_plan, Charts) else (map_of_plan,)
    assert [
        sum("取組" in text or "つながり" in text or "くらし" in text for text in texts(part))
        for part in parts
    ] == rows
    shown = [text for part in parts for text in texts(part) if "取組" in text]
    assert len(shown) == 2 * items
    assert len({part.id for part in parts}) == len(parts)
    if len(parts) > 1:
        assert [part.caption[-3:] for part in parts] == [
            f"{n}／{len(parts)}" for n in range(1, len(parts) + 1)
        ]
        assert sum(int(re.search(r"完了(\d+)項目", part.alt)[1]) for part in parts) == 2 * items


def test_no_letter_is_smaller_than_six_points_on_paper(small: Small) -> None:
    names = {"完了": "計画どおりに実施し完了した", "進行中": "計画の一部を実施している"}
    statuses = SMALL_STATUSES
    for name, long in names.items():
        statuses = statuses.replace(name, long)
    plan = {year: " ".join([*names.values(), "未着手"]) for year in range(2020, 2025)}
    items = "\n".join(
        [ITEMS_HEADER.strip(), *(f"{n},1,{'長い名前の取組' * 10},2020," for n in (1, 2, 3)), ""]
    )
    chart = status_map.draw(small(plan, items=items, statuses=statuses))
    assert isinstance(chart, Chart)
    width, height = map(float, re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', chart.svg).groups())
    scale = min(1, 481.8 / width, 672 / height)
    sizes = [float(text.get("font-size")) * scale for text in elements(chart, "text")]
    assert min(sizes) >= 5.95


@pytest.mark.parametrize(
    ("name", "done", "words"),
    [
        ("窓口", "完了", "に変わった項目: 1 窓口（完了から未着手）、2 窓口（完了から未着手）"),
        ("窓口の案内" * 12, "完了", "に変わった項目: 1（完了から未着手）、2（完了から未着手）"),
        ("窓口の案内" * 12, "計画どおりに完了した" * 4, "に変わった項目: 40項目。令和3年度から"),
    ],
)
def test_words_of_many_moves_call_items_by_name_or_number_or_only_count_them(
    small: Small, name: str, done: str, words: str
) -> None:
    items = ITEMS_HEADER + "".join(f"{number},1,{name},2020,\n" for number in range(1, 41))
    statuses = status(done, "done") + status("未着手")
    sheets = {year: f"{('未着手' if year % 2 else done)} " * 40 for year in range(2020, 2025)}
    chart = status_map.draw(small(sheets, items=items, statuses=statuses))
    parts = chart.charts if isinstance(chart, Charts) else (chart,)
    assert words in parts[0].alt
    assert max(len(part.alt) for part in parts) <= 6000
