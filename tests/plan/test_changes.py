"""Items that are split, merged and renumbered, words that change: what is compared, and what is refused and why."""

from collections.abc import Callable

import pytest

from helpers import tables
from helpers.errors import SheetError
from helpers.fiscal_year import FiscalYear
from helpers.history.opening import ingest_year, load_history
from helpers.plan.lineage import came_and_left, carried_on, years_used
from helpers.plan.reading.plan_file import load_plan
from helpers.report.glance import year_at_a_glance
from helpers.report.sentences import headings
from helpers.report.sentences import sections as sentences
from helpers.report.tables.items import item_transitions
from small_city import ITEMS_HEADER, SMALL_PLAN, SMALL_STATUSES, City, Refusal, Small, two_plans

ITEMS = f"""{ITEMS_HEADER}\
1,1,甲,2020,
2,1,乙,2020,2020
3,1,丙,2020,2020
4,2,丁,2020,2020
5,1,乙丙,2021,
6,2,丁一,2021,
7,2,丁二,2021,
8,2,戊,2021,
9,2,己,2020,2020
10,2,己の改,2021,
"""


def change(year: object, kind: str, old: str, new: str) -> str:
    return f'\n[[item_changes]]\nyear = {year}\nkind = "{kind}"\nfrom = {old}\nto = {new}\n'


CHANGES = (
    change(2021, "merged", '["2", "3"]', '["5"]')
    + change(2021, "split", '["4"]', '["6", "7"]')
    + change(2021, "renumbered", '["9"]', '["10"]')
)
SHEETS = {2020: "完了 進行中 未着手 未着手 進行中", 2021: "完了 完了 進行中 未着手 未着手 進行中"}


def test_the_first_of_a_split_or_merger_carries_on_and_the_others_come_or_leave(small: Small) -> None:
    history = small(SHEETS, items=ITEMS, more=CHANGES)
    assert carried_on(history.plan, history.year) == {"1": "1", "5": "2", "6": "4", "10": "9"}
    assert came_and_left(history.plan, history.year) == (1, 0)
    rows = item_transitions(history)
    assert len(rows) == 7
    shown = {
        row["number"]: (row["previous_status"], row["status"], row["remark"])
        for row in rows.to_dict("records")
    }
    assert shown == {
        "1": ("完了", "完了", ""),
        "5": ("進行中", "完了", "2・3を統合"),
        "3": ("未着手", "", "5に統合"),
        "6": ("未着手", "進行中", "4から分割"),
        "7": ("", "未着手", "4から分割"),
        "8": ("", "未着手", ""),
        "10": ("進行中", "進行中", "旧番号9"),
    }


def test_the_list_of_items_tells_the_changes(small: Small) -> None:
    history = small(SHEETS, items=ITEMS, more=CHANGES)
    assert tables.items(history).notes == (
        "※令和3年度に1項目を追加、2・3を5に統合、4を6・7に分割、9を10に番号変更（5項目から6項目へ）",
    )
    assert list(tables.moved(history).printed["備考"]) == [
        "2・3を統合",
        "5に統合",
        "4から分割",
        "4から分割",
        "",
    ]
    assert "5 乙丙（2・3を統合）: " in year_at_a_glance(history)._repr_html_()


def test_without_a_mapping_items_of_other_numbers_come_and_go(small: Small) -> None:
    history = small(SHEETS, items=ITEMS)
    assert carried_on(history.plan, history.year) == {"1": "1"}
    assert repr(sentences.moved(history)) == (
        "令和2年度から状況が変わった項目は9項目です（加わったもの5項目、終わったもの4項目）。"
    )
    assert "備考" not in tables.moved(history).printed.columns


def test_a_number_that_another_item_took_over_is_not_the_same_item(small: Small) -> None:
    items = f"{ITEMS_HEADER}1,1,甲,2020,2020\n1,1,乙,2021,\n"
    history = small({2020: "完了", 2021: "未着手"}, items=items)
    rows = item_transitions(history)
    assert list(zip(rows["item"], rows["previous_status"], rows["status"], strict=True)) == [
        ("乙", "", "未着手"),
        ("甲", "完了", ""),
    ]


TWO_PLANS = two_plans(2020)
SUCCESSION = f"{ITEMS_HEADER}1,1,甲,2020,\n2,2,乙,2020,\n11,1,甲の次,2021,\n12,2,丙,2021,\n"
CARRIED = change(2021, "renumbered", '["1"]', '["11"]')


def test_a_plan_that_gave_way_to_the_next_is_not_compared_without_a_mapping(small: Small) -> None:
    history = small({2020: "完了 未着手", 2021: "完了 未着手"}, plan=TWO_PLANS, items=SUCCESSION)
    assert sorted(map(int, history.sheets)) == [2021]
    why = (
        "推進計画が推進計画【前期】から推進計画【後期】に替わり、項目の対応が定められていないため、"
        "令和2年度とは比較していません。"
    )
    assert history.why_no_previous == why
    assert repr(sentences.overall(history)).split("\n")[-1] == why
    assert repr(sentences.moved(history)) == why
    assert tables.overall(history).notes == (f"※{why}",)
    assert list(tables.overall(history).printed) == ["実施状況", "項目数", "割合"]
    assert tables.moved(history) is None
    assert repr(headings.comparison(history)) == "実施状況の集計"
    assert "計画の初年度" not in year_at_a_glance(history)._repr_html_()


def test_a_mapping_carries_the_comparison_over_to_the_next_plan(small: Small) -> None:
    history = small(
        {2020: "完了 未着手", 2021: "進行中 未着手"}, plan=TWO_PLANS, items=SUCCESSION, more=CARRIED
    )
    assert sorted(map(int, history.sheets)) == [2020, 2021]
    assert [int(year) for year in history.years] == [2021]
    assert tables.overall(history).notes[0] == (
        "※令和2年度は推進計画【前期】の実績です（令和3年度から推進計画【後期】）。"
    )
    assert tables.overall(history).printed.iloc[0].tolist() == ["完了", "0", "0.0%", "1", "50.0%"]
    assert repr(sentences.moved(history)) == (
        "令和2年度から状況が変わった項目は3項目です（後退したもの1項目、加わったもの1項目、終わったもの1項目）。"
    )


def test_an_item_that_lives_on_carries_the_comparison_too(small: Small) -> None:
    items = SUCCESSION.replace("2,2,乙,2020,\n", "2,2,乙,2020,2024\n")
    history = small({2020: "完了 未着手", 2021: "完了 完了 未着手"}, plan=TWO_PLANS, items=items)
    assert carried_on(history.plan, history.year) == {"2": "2"}
    assert history.previous_year == FiscalYear(2020)


def test_the_plans_first_year_is_still_its_first(small: Small) -> None:
    history = small({2020: "完了 未着手"}, plan=TWO_PLANS, items=SUCCESSION, more=CARRIED)
    assert history.why_no_previous == "計画の初年度のため、比較する前年度はありません。"
    assert tables.overall(history).notes == ()


def test_the_years_that_a_report_uses_can_be_asked_for(city: City) -> None:
    root = city({}, plan=TWO_PLANS, items=SUCCESSION, more=CARRIED)
    plan = load_plan(root / "data" / "raw" / "machi")
    used = {year: [int(y) for y in years_used(plan, FiscalYear(year))] for year in (2020, 2021, 2022)}
    assert used == {2020: [2020], 2021: [2020, 2021], 2022: [2021, 2022]}


REDEFINED = '\n[[status_changes]]\nyear = 2022\nreason = "基準を改めた"\n'
FOUR = {2020: "完了 完了 完了 完了", 2021: "完了 完了 完了 未着手", 2022: "完了 完了 未着手 未着手"}


def test_classes_whose_definition_changed_are_not_compared(small: Small) -> None:
    before = small({2020: FOUR[2020], 2021: FOUR[2021]}, more=REDEFINED)
    assert (before.previous_year, before.why_cut) == (FiscalYear(2020), "")
    history = small(FOUR, more=REDEFINED)
    why = "令和4年度に実施状況の区分の定義が変わった（基準を改めた）ため、令和3年度とは比較していません。"
    assert (history.why_no_previous, history.previous_year) == (why, None)
    assert tables.by_policy(history).notes == (f"※{why}",)
    assert repr(sentences.moved(history)) == why
    assert "比べると" not in repr(sentences.summary(history))
    assert "令和3年度以前とは比較していません" in repr(sentences.summary(history))
    assert not any("(参考)" in label for label in tables.summary(history).printed["基本方針"])


def test_years_after_a_change_of_definition_are_compared_with_its_first(small: Small) -> None:
    history = small(FOUR | {2023: "完了 完了 完了 未着手"}, more=REDEFINED)
    assert [int(year) for year in history.years] == [2022, 2023]
    assert history.previous_year == FiscalYear(2022)
    assert "令和4年度と比べると、「完了」の割合は50.0%から75.0%へ" in repr(sentences.summary(history))
    assert tables.summary(history).notes == (
        "※令和4年度に実施状況の区分の定義が変わった（基準を改めた）ため、令和3年度以前とは比較していません。",
    )


NEW_WORDS = SMALL_STATUSES.replace('name = "完了"', 'name = "完了"\nlast_year = 2020').replace(
    'name = "未着手"', 'name = "未着手"\n\n[[statuses]]\nname = "達成"\ngroup = "done"\nfirst_year = 2021'
)
MAPPED = '\n[[status_changes]]\nyear = 2021\nreason = "言葉を改めた"\nmap = { "完了" = "達成" }\n'


def test_a_mapping_tells_last_year_in_this_years_words(small: Small) -> None:
    sheets = {2020: "完了 進行中 未着手 未着手"}
    before = small(sheets, statuses=NEW_WORDS, more=MAPPED)
    assert list(tables.overall(before).printed["実施状況"]) == ["完了", "進行中", "未着手", "合計"]
    history = small(sheets | {2021: "達成 達成 未着手 未着手"}, statuses=NEW_WORDS, more=MAPPED)
    assert list(tables.overall(history).printed["実施状況"]) == ["進行中", "未着手", "達成", "合計"]
    assert tables.overall(history).printed.iloc[2].tolist() == ["達成", "2", "50.0%", "1", "25.0%"]
    assert repr(sentences.moved(history)) == (
        "令和2年度から状況が変わった項目は1項目です（進んだもの1項目）。"
    )


def test_a_word_that_is_not_in_use_that_year_is_refused_in_a_sheet(city: City) -> None:
    root = city({2021: "完了 進行中 未着手 未着手"}, statuses=NEW_WORDS, more=MAPPED)
    for action in (load_history, ingest_year):
        with pytest.raises(SheetError, match="「完了」は区分にありません（進行中／未着手／達成）"):
            action("machi", 2021, root)


BROKEN_CHANGES = {
    "unknown kind": (change(2021, "moved", '["4"]', '["6"]'), ("[1].kind:", "「moved」", "split／merged／renumbered")),
    "split into one": (change(2021, "split", '["4"]', '["6"]'), ("[1].kind:", "「split」", "二つ以上")),
    "merged from one": (change(2021, "merged", '["4"]', '["6"]'), ("[1].kind:", "二つ以上")),
    "renumbered to two": (change(2021, "renumbered", '["4"]', '["6", "7"]'), ("[1].kind:", "一つずつ")),
    "a number twice": (change(2021, "split", '["4"]', '["6", "6"]'), ("[1].to:", "「6、6」")),
    "not there before": (change(2021, "renumbered", '["8"]', '["6"]'), ("[1].from:", "「8」", "令和2年度", "items.csv")),
    "not there after": (change(2021, "renumbered", '["4"]', '["2"]'), ("[1].to:", "「2」", "令和3年度", "items.csv")),
    "still there": (change(2021, "renumbered", '["1"]', '["6"]'), ("[1].from:", "「1」", "終了年度")),
    "in two changes": (change(2021, "renumbered", '["4"]', '["6"]') + change(2021, "renumbered", '["4"]', '["7"]'),
                       ("[2].from:", "「4」", "一つの変更")),
    "two become one twice": (change(2021, "renumbered", '["4"]', '["6"]') + change(2021, "renumbered", '["9"]', '["6"]'),
                             ("[2].to:", "「6」")),
    "no year": ('\n[[item_changes]]\nkind = "split"\n', ("[1].year:", "year =")),
    "no numbers": ('\n[[item_changes]]\nyear = 2021\nkind = "split"\n', ("[1].from:", "from =")),
    "numbers are numbers": (change(2021, "renumbered", "[4]", '["6"]'), ("[1].from:", "[4]", '["…", "…"]')),
    "unknown key": (change(2021, "renumbered", '["4"]', '["6"]') + 'note = "x"\n', ("[1].note:", "「note」")),
}  # fmt: skip


@pytest.mark.parametrize(("more", "words"), BROKEN_CHANGES.values(), ids=BROKEN_CHANGES)
def test_a_broken_change_of_items_names_key_value_and_remedy(
    refused_for: Callable[..., None], more: str, words: tuple[str, ...]
) -> None:
    refused_for(("plan.toml!item_changes", *words), items=ITEMS, more=more)


def test_a_change_of_items_that_is_no_table_is_refused(refusal: Refusal) -> None:
    assert "[[item_changes]]" in refusal(plan="item_changes = 3\n" + SMALL_PLAN)


def test_all_that_is_wrong_with_a_change_is_named_at_once(refusal: Refusal) -> None:
    lines = refusal(items=ITEMS, more=change(2021, "split", '["1", "8"]', '["2", "2"]')).splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        f"plan.toml!item_changes[1].{key}" for key in ("kind", "from", "from", "to", "to", "to")
    ]


def redefinition(year: int, reason: str, more: str = "") -> str:
    return f'\n[[status_changes]]\nyear = {year}\nreason = "{reason}"\n{more}\n'


BROKEN_WORDS = {
    "no reason": (SMALL_STATUSES, redefinition(2021, ""), ("status_changes[1].reason:", "空")),
    "unknown old word": (SMALL_STATUSES, redefinition(2021, "x", 'map = { "済" = "完了" }'),
                         ("status_changes[1].map.済:", "「済」", "完了／進行中／未着手")),
    "unknown new word": (SMALL_STATUSES, redefinition(2021, "x", 'map = { "完了" = "済" }'),
                         ("status_changes[1].map.完了:", "「済」", "令和3年度")),
    "a year twice": (SMALL_STATUSES, redefinition(2021, "x") + redefinition(2021, "y"), ("status_changes[2].year:", "二つ")),
    "a word ends untold": (NEW_WORDS, "", ("statuses[1].last_year:", "「完了」", "year = 2021")),
    "a word ends and is not in the map": (NEW_WORDS, redefinition(2021, "x", 'map = { "進行中" = "達成" }'),
                                          ("statuses[1].last_year:", "「完了」")),
    "a word ends before it begins": (NEW_WORDS.replace("last_year = 2020", "first_year = 2022\nlast_year = 2021"), "",
                                     ("statuses[1].last_year:", "「2021」", "令和4年度")),
    "a word begins in no year": (SMALL_STATUSES.replace('"完了"', '"完了"\nfirst_year = "いつか"'), "",
                                 ("statuses[1].first_year:", "「いつか」")),
}  # fmt: skip


@pytest.mark.parametrize(("statuses", "more", "words"), BROKEN_WORDS.values(), ids=BROKEN_WORDS)
def test_a_broken_change_of_words_names_key_value_and_remedy(
    refused_for: Callable[..., None], statuses: str, more: str, words: tuple[str, ...]
) -> None:
    refused_for(("plan.toml!", *words), statuses=statuses, more=more)
