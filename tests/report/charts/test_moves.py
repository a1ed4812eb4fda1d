"""What moved: flows with their counts, and every moved item by name."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from chart_texts import texts
from lxml import etree

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.plan import Plan, Status
from helpers.report import figures
from helpers.report.charts import Chart, NoChart, what_moved

Y2022 = FiscalYear(2022)
MANY = [*["実施"] * 2, *["一部実施"] * 6, *["検討中"] * 6]


def six_of_each(transitions: pd.DataFrame) -> pd.DataFrame:
    """Flows six times as broad."""
    return pd.concat([transitions] * 6, ignore_index=True)


def test_both_years_and_every_flow_are_counted(plan: Plan, transitions: pd.DataFrame) -> None:
    shown = texts(what_moved(six_of_each(transitions), plan, Y2022))
    assert {"令和3年度", "令和4年度"} <= set(shown)
    assert {"実施 12", "一部実施 18", "新規 6"} <= set(shown)  # last year's
    assert {"実施 24", "一部実施 6", "未実施 6"} <= set(shown)  # this year's
    assert {
        "一部実施 → 実施 12項目",
        "新規 → 未実施 6項目",
        "実施のまま 12項目",
        "一部実施のまま 6項目",
    } <= set(shown)
    assert "一部実施 → 実施（12項目）" in shown  # in the list, without a number


def test_moved_items_are_named_in_the_drawing_and_the_alt_text(plan: Plan, transitions: pd.DataFrame) -> None:
    chart = what_moved(transitions, plan, Y2022)
    shown = texts(chart)
    at = shown.index("①一部実施 → 実施（2項目）")
    assert shown[at : at + 5] == [
        "①一部実施 → 実施（2項目）",
        "・2 窓口",
        "・5 会議",
        "②新規 → 未実施（1項目）",
        "・6 電子申請",
    ]
    assert "一部実施から実施へ2項目（2 窓口、5 会議）。新規から未実施へ1項目（6 電子申請）。" in chart.alt
    assert chart.alt.endswith("実施のまま2項目。一部実施のまま1項目。")
    transitions.loc[2, "status"] = "実施"
    assert "一部実施から実施へ3項目（2 窓口、3 広報、5 会議）" in what_moved(transitions, plan, Y2022).alt


def test_an_item_that_ended_is_said_to_have(plan: Plan, transitions: pd.DataFrame) -> None:
    transitions.loc[0, "status"] = ""
    assert "実施から終了へ1項目（1 広聴）" in what_moved(transitions, plan, Y2022).alt


def test_statuses_named_like_what_joined_and_ended_are_kept_apart(
    plan: Plan, transitions: pd.DataFrame
) -> None:
    worded = replace(plan, statuses=(*plan.statuses, Status("新規"), Status("終了")))
    transitions["previous_status"] = ["終了", "終了", "実施", "新規", "実施", ""]
    transitions["status"] = ["終了", "", "終了", "実施", "実施", "新規"]
    chart = what_moved(transitions, worded, Y2022)
    assert (
        "実施から終了へ1項目（3 広報）。新規から実施へ1項目（4 研修）。終了から（終了）へ1項目（2 窓口）。"
        "（新規）から新規へ1項目（6 電子申請）。実施のまま1項目。終了のまま1項目。" in chart.alt
    )
    shown = texts(chart)
    assert [text for text in shown if text in ("新規 1", "（新規） 1", "終了 2", "（終了） 1")] == [
        "新規 1", "終了 2", "（新規） 1", "新規 1", "終了 2", "（終了） 1",
    ]  # fmt: skip


def test_an_item_that_was_merged_or_split_is_said_to_have_been(plan: Plan, transitions: pd.DataFrame) -> None:
    transitions.loc[0, ["status", "remark"]] = ["", "2に統合"]
    transitions.loc[5, "remark"] = "5から分割"
    chart = what_moved(transitions, plan, Y2022)
    assert "実施から終了へ1項目（1 広聴（2に統合））" in chart.alt
    assert "・6 電子申請（5から分割）" in texts(chart)


def test_an_item_that_moved_under_a_new_number_tells_the_old_one(
    plan: Plan, transitions: pd.DataFrame
) -> None:
    transitions.loc[1, "remark"] = "旧番号9"
    chart = what_moved(transitions, plan, Y2022)
    assert "一部実施から実施へ2項目（2 窓口（旧番号9）、5 会議）" in chart.alt
    assert "・2 窓口（旧番号9）" in texts(chart)


def test_a_year_without_moves_says_so(plan: Plan, transitions: pd.DataFrame) -> None:
    chart = what_moved(transitions.assign(previous_status=transitions["status"]), plan, Y2022)
    assert "実施状況が変わった項目はありません" in texts(chart)
    assert "変わった項目なし。実施のまま4項目。" in chart.alt


def test_many_flows_are_numbered_as_in_the_list(plan: Plan, transitions: pd.DataFrame) -> None:
    transitions["previous_status"] = ["実施", "実施", "実施", "一部実施", "検討中", ""]
    transitions["status"] = ["一部実施", "検討中", "未実施", "実施", "実施", "実施"]
    shown = texts(what_moved(transitions, plan, Y2022))
    assert [text for text in shown if text in "①②③④⑤⑥⑦"] == ["①", "②", "③", "④", "⑤", "⑥"]
    assert {"①実施 → 一部実施（1項目）", "⑥新規 → 実施（1項目）"} <= set(shown)
    assert not [text for text in shown if text.endswith(" 1項目")]


@pytest.mark.parametrize(
    ("before", "after", "keys"),
    [
        # Both half way at the same height.
        (["実施", "一部実施"], ["一部実施", "実施"], "①②"),
        # No crossing: ribbons too thin and near for a label each.
        (["実施", "実施", "一部実施"], ["実施", "一部実施", "検討中"], "①②"),
        # Labels far enough from each other, with a ribbon that rises under two of them.
        ([*MANY, "未実施"], [*MANY, "実施"], "①"),
    ],
)
def test_flows_are_numbered_where_labels_would_hide_each_other_or_another_flow(
    plan: Plan, transitions: pd.DataFrame, before: list[str], after: list[str], keys: str
) -> None:
    items = six_of_each(transitions)[: len(before)]
    shown = texts(what_moved(items.assign(previous_status=before, status=after), plan, Y2022))
    assert [text for text in shown if text in "①②③"] == [*keys]
    assert not [text for text in shown if "のまま" in text or text.endswith(" 1項目")]


def test_labels_stand_apart_from_each_other(plan: Plan, transitions: pd.DataFrame) -> None:
    chart = what_moved(six_of_each(transitions), plan, Y2022)
    assert isinstance(chart, Chart)
    heights = sorted(
        float(text.get("y"))
        for text in etree.fromstring(chart.svg).iter("{*}text")
        if text.get("text-anchor") == "middle" and text.text.endswith("項目")
    )
    assert len(heights) == 4
    assert all(below - above >= 18 for above, below in pairwise(heights))


def test_the_flows_of_the_reference_plan_are_labelled(history_2022: History) -> None:
    shown = texts(figures.what_moved(history_2022))
    assert {"一部実施 → 実施 2項目", "実施のまま 32項目", "一部実施のまま 8項目"} <= set(shown)
    assert "一部実施 → 実施（2項目）" in shown


def test_long_names_are_broken_and_none_is_cut(plan: Plan, transitions: pd.DataFrame) -> None:
    name = "市民活動団体の育成と支援の強化に関する取組" * 4
    transitions.loc[1, "item"] = name
    assert f"・2 {name}" in "".join(texts(what_moved(transitions, plan, Y2022))).replace("　", "")


def test_the_first_year_has_no_chart(plan: Plan, transitions: pd.DataFrame) -> None:
    chart = what_moved(transitions[:0], plan, Y2022)
    assert isinstance(chart, NoChart)
    assert "令和3年度の項目別の状況がありません" in chart.alt
