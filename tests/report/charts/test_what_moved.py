"""What moved: flows with their counts, and every moved item by name."""

from itertools import pairwise

import pytest
from chart_texts import NAMES, elements, texts

from helpers.history.history import History
from helpers.report.charts import what_moved
from small_city import ITEMS_HEADER, SMALL_STATUSES, Small, status

BEFORE, AFTER = "完了 進行中 進行中 完了 進行中 -", "完了 完了 進行中 完了 完了 未着手"
MANY = "完了 " * 2 + "進行中 " * 6 + "未着手 " * 6


def moves(
    small: Small, before: str = BEFORE, after: str = AFTER, more: str = "", names: tuple[str, ...] = ()
) -> History:
    """Items with a status last year and one this year each; "-": not there. ``names``: other statuses than the city's."""
    pairs = list(zip(before.split(), after.split(), strict=True))
    items = ITEMS_HEADER + "".join(
        f"{number},{1 if number <= len(pairs) / 2 else 2},{NAMES[(number - 1) % 6]},"
        f"{2021 if old == '-' else 2020},{2020 if new == '-' else ''}\n"
        for number, (old, new) in enumerate(pairs, 1)
    )
    statuses = SMALL_STATUSES + "".join(map(status, names))
    sheets = {2020: before.replace("-", ""), 2021: after.replace("-", "")}
    return small(sheets, items=items, statuses=statuses, more=more)


def six_of_each(statuses: str) -> str:
    """Flows six times as broad."""
    return f"{statuses} " * 6


def test_both_years_and_every_flow_are_counted(small: Small) -> None:
    chart = what_moved.draw(moves(small, six_of_each(BEFORE), six_of_each(AFTER)))
    shown = texts(chart)
    assert {"令和2年度", "令和3年度"} <= set(shown)
    assert {"完了 12", "進行中 18", "新規 6"} <= set(shown)  # last year's
    assert {"完了 24", "進行中 6", "未着手 6"} <= set(shown)  # this year's
    labels = {"進行中 → 完了 12項目", "新規 → 未着手 6項目", "完了のまま 12項目", "進行中のまま 6項目"}
    assert labels <= set(shown)
    assert "進行中 → 完了（12項目）" in shown  # in the list, without a number
    heights = sorted(
        float(text.get("y"))
        for text in elements(chart, "text")
        if text.get("text-anchor") == "middle" and text.text.endswith("項目")
    )
    assert len(heights) == 4
    assert all(below - above >= 18 for above, below in pairwise(heights))


def test_moved_items_are_named_in_the_drawing_and_the_alt_text(small: Small) -> None:
    chart = what_moved.draw(moves(small))
    shown = texts(chart)
    at = shown.index("①進行中 → 完了（2項目）")
    assert shown[at:] == [
        "①進行中 → 完了（2項目）", "・2 窓口", "・5 会議", "②新規 → 未着手（1項目）", "・6 電子申請",
    ]  # fmt: skip
    assert "進行中から完了へ2項目（2 窓口、5 会議）。新規から未着手へ1項目（6 電子申請）。" in chart.alt
    assert chart.alt.endswith("完了のまま2項目。進行中のまま1項目。")


def test_an_item_that_ended_is_said_to_have(small: Small) -> None:
    assert "完了から終了へ1項目（1 広聴）" in repr(what_moved.draw(moves(small, "完了 完了", "- 完了")))


def test_statuses_named_like_what_joined_and_ended_are_kept_apart(small: Small) -> None:
    chart = what_moved.draw(
        moves(small, "終了 終了 完了 新規 完了 -", "終了 - 終了 完了 完了 新規", names=("新規", "終了"))
    )
    assert (
        "完了から終了へ1項目（3 広報）。新規から完了へ1項目（4 研修）。終了から（終了）へ1項目（2 窓口）。"
        "（新規）から新規へ1項目（6 電子申請）。完了のまま1項目。終了のまま1項目。" in repr(chart)
    )
    assert [text for text in texts(chart) if text in ("新規 1", "（新規） 1", "終了 2", "（終了） 1")] == [
        "新規 1", "終了 2", "（新規） 1", "新規 1", "終了 2", "（終了） 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "old", "new", "words"),
    [
        ("merged", '"1", "2"', '"3"', "完了から終了へ1項目（2 窓口（3に統合））"),
        ("split", '"1"', '"3", "4"', "新規から完了へ1項目（4 研修（1から分割））"),
        ("renumbered", '"1"', '"3"', "進行中から完了へ1項目（3 広報（旧番号1））"),
    ],
)
def test_an_item_that_was_merged_split_or_renumbered_is_said_to_have_been(
    small: Small, kind: str, old: str, new: str, words: str
) -> None:
    change = f'\n[[item_changes]]\nyear = 2021\nkind = "{kind}"\nfrom = [{old}]\nto = [{new}]\n'
    chart = what_moved.draw(moves(small, "進行中 完了 - -", "- - 完了 完了", change))
    assert words in repr(chart)
    assert f"・{words.split('（', 1)[1][:-1]}" in texts(chart)


def test_a_year_without_moves_says_so(small: Small) -> None:
    chart = what_moved.draw(moves(small, "完了 進行中", "完了 進行中"))
    assert "実施状況が変わった項目はありません" in texts(chart)
    assert "変わった項目なし。完了のまま1項目。" in repr(chart)


def test_many_flows_are_numbered_as_in_the_list(small: Small) -> None:
    shown = texts(
        what_moved.draw(
            moves(small, "完了 完了 進行中 進行中 未着手 -", "進行中 未着手 完了 未着手 完了 完了")
        )
    )
    assert [text for text in shown if text in "①②③④⑤⑥⑦"] == ["①", "②", "③", "④", "⑤", "⑥"]
    assert {"①完了 → 進行中（1項目）", "⑥新規 → 完了（1項目）"} <= set(shown)
    assert not [text for text in shown if text.endswith(" 1項目")]


@pytest.mark.parametrize(
    ("before", "after", "keys"),
    [
        # Both half way at the same height.
        ("完了 進行中", "進行中 完了", "①②"),
        # No crossing: ribbons too thin and near for a label each.
        ("完了 完了 進行中", "完了 進行中 未着手", "①②"),
        # Labels far enough from each other, with a ribbon that rises under two of them.
        (f"{MANY} 中止", f"{MANY} 完了", "①"),
    ],
)
def test_flows_are_numbered_where_labels_would_hide_each_other_or_another_flow(
    small: Small, before: str, after: str, keys: str
) -> None:
    shown = texts(what_moved.draw(moves(small, before, after, names=("中止",))))
    assert [text for text in shown if text in "①②③"] == [*keys]
    assert not [text for text in shown if "のまま" in text or text.endswith(" 1項目")]


def test_the_flows_of_the_reference_plan_are_labelled(history_2022: History) -> None:
    shown = texts(what_moved.draw(history_2022))
    assert {"一部実施 → 実施 2項目", "実施のまま 32項目", "一部実施のまま 8項目"} <= set(shown)
    assert "一部実施 → 実施（2項目）" in shown


def test_long_names_are_broken_and_none_is_cut(small: Small) -> None:
    name = "市民活動団体の育成と支援の強化に関する取組" * 4
    items = f"{ITEMS_HEADER}1,1,{name},2020,\n"
    shown = texts(what_moved.draw(small({2020: "完了", 2021: "進行中"}, items=items)))
    assert f"・1 {name}" in "".join(shown).replace("　", "")


def test_without_last_year_by_item_there_is_no_chart(small: Small) -> None:
    totals = {"完了": 2, "進行中": 1, "未着手": 1}
    assert what_moved.draw(small({2020: totals, 2021: "完了 完了 完了 完了"})) is None


def test_of_more_moved_items_than_a_page_holds_the_table_has_the_names(small: Small) -> None:
    named, counted = (
        texts(what_moved.draw(moves(small, f"{'進行中 ' * items}完了", f"{'完了 ' * items}完了")))
        for items in (25, 40)
    )
    assert sum(text.startswith("・") for text in named) == 25
    assert not any(text.startswith("・") for text in counted)
    assert counted[-2:] == ["①進行中 → 完了（40項目）", "※項目の名前は、状況が変わった項目の表にあります。"]


def test_of_more_flows_than_a_page_holds_there_is_no_drawing(small: Small) -> None:
    names = tuple(f"段階{number}" for number in range(1, 8))
    pairs = [(old, new) for old in names for new in names if old != new]
    before, after = (" ".join(side) for side in zip(*pairs, strict=True))
    assert what_moved.draw(moves(small, before, after, names=names)) is None


def test_a_long_status_stands_on_two_lines_beside_its_flow(small: Small) -> None:
    name = "計画どおりに実施し完了した段階"
    chart = what_moved.draw(moves(small, f"進行中 {name} {name}", f"{name} {name} 進行中", names=(name,)))
    sizes = [float(text.get("font-size")) for text in elements(chart, "text")]
    assert min(sizes) >= 7
    assert {"計画どおりに実施し", "完了した段階 2"} <= set(texts(chart))


def test_words_of_more_names_than_anybody_listens_to_count_the_items(small: Small) -> None:
    items = ITEMS_HEADER + "".join(f"{number},1,{'窓口の案内' * 12},2020,\n" for number in range(1, 121))
    chart = what_moved.draw(small({2020: "完了 " * 120, 2021: "未着手 " * 120}, items=items))
    assert chart is not None and len(chart.alt) <= 6000
    assert "※項目の名前は、状況が変わった項目の表にあります。完了から未着手へ120項目。" in chart.alt
