"""The sentences read well in every case that a year can be, and take every number from the tables."""

from pathlib import Path

import pytest

from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.report.published.difference import Difference, Reconciliation, TableResult
from helpers.report.register import reconcile
from helpers.report.sentences import sections as sentences
from small_city import ITEMS_HEADER, OUTSIDE, SMALL_PLAN, SMALL_STATUSES, Sheet, Small

SAME = "完了 進行中 進行中 未着手"


def lines(shown: object) -> list[str]:
    return repr(shown).split("\n")


def test_the_reference_year_says_what_the_document_says(history_2022: History) -> None:
    assert lines(sentences.overall(history_2022)) == [
        "「実施」は34項目（81.0%）で、前年度から2項目、4.8ポイント増えました。",
        "「一部実施」は8項目（19.0%）で、前年度から2項目、4.8ポイント減りました。",
        "「検討中」、「未実施」は0%です（該当する項目はありません）。",
    ]
    assert lines(sentences.summary(history_2022)) == [
        "平成30年度と比べると、「実施」の割合は67.5%から81.0%へ13.5ポイント増えました。",
        "平成30年度と比べると、「一部実施」の割合は30.0%から19.0%へ11.0ポイント減りました。",
        "平成30年度と比べると、「検討中」の割合は2.5%から0.0%へ2.5ポイント減りました。",
        "42項目のうち34項目が計画どおりに実施されています。「一部実施」の8項目を合わせると、42項目すべてに着手しています。",
    ]
    assert lines(sentences.by_policy(history_2022)) == [
        "「実施」の項目数は、前年度から「協働・官民連携の推進」で1項目増、「市民サービス向上に向けた組織運営」で1項目増となりました。",
        "「実施」の割合が最も高いのは「行政資源の有効活用」の90.9%です。",
        "「実施」の割合が最も低いのは「協働・官民連携の推進」の72.7%です。",
    ]
    assert lines(sentences.moved(history_2022)) == [
        "令和3年度から状況が変わった項目は2項目です（進んだもの2項目）。"
    ]
    assert lines(sentences.highlights(history_2022)) == [
        "42項目のうち、主な取組の記載がある10項目を基本方針ごとに示します。"
    ]
    assert lines(sentences.items(history_2022)) == ["令和4年度末の42項目の状況です。"]


def test_no_change(small: Small) -> None:
    history = small({2020: SAME, 2021: SAME})
    assert lines(sentences.overall(history)) == [
        "「完了」は1項目（25.0%）で、前年度と変わりません。",
        "「進行中」は2項目（50.0%）で、前年度と変わりません。",
        "「未着手」は1項目（25.0%）で、前年度と変わりません。",
    ]
    assert lines(sentences.by_policy(history))[0] == "「完了」の項目数は、どの基本方針でも前年度と同じです。"
    assert lines(sentences.moved(history)) == ["令和2年度から状況が変わった項目はありません。"]
    assert (
        lines(sentences.summary(history))[0]
        == "令和2年度と比べると、「完了」の割合は25.0%から25.0%で、変わりません。"
    )


def test_a_fall(small: Small) -> None:
    history = small({2020: "完了 完了 完了 未着手", 2021: "進行中 完了 未着手 未着手"})
    assert lines(sentences.overall(history)) == [
        "「完了」は1項目（25.0%）で、前年度から2項目、50.0ポイント減りました。",
        "「進行中」は1項目（25.0%）で、前年度から1項目、25.0ポイント増えました。",
        "「未着手」は2項目（50.0%）で、前年度から1項目、25.0ポイント増えました。",
    ]
    assert lines(sentences.by_policy(history))[0] == (
        "「完了」の項目数は、前年度から「つながり」で1項目減、「くらし」で1項目減となりました。"
    )
    assert lines(sentences.moved(history)) == [
        "令和2年度から状況が変わった項目は2項目です（後退したもの2項目）。"
    ]


def test_a_status_that_emptied_this_year_is_told_with_its_fall(small: Small) -> None:
    history = small({2020: "完了 進行中 完了 完了", 2021: "完了 完了 完了 完了"})
    assert lines(sentences.overall(history))[1:] == [
        "「進行中」は0項目（0.0%）で、前年度から1項目、25.0ポイント減りました。",
        "「未着手」は0%です（該当する項目はありません）。",
    ]


def test_the_share_moves_although_the_count_stands_still(small: Small) -> None:
    items = f"{ITEMS_HEADER}1,1,甲,2020,\n2,2,乙,2020,\n3,2,丙,2021,\n"
    history = small({2020: "完了 未着手", 2021: "完了 未着手 未着手"}, items=items)
    assert lines(sentences.overall(history))[0] == (
        "「完了」は1項目（33.3%）で、項目数は前年度と同じ、16.7ポイント減りました。"
    )
    assert lines(sentences.moved(history)) == [
        "令和2年度から状況が変わった項目は1項目です（加わったもの1項目）。"
    ]


def test_the_count_grows_although_the_share_falls(small: Small) -> None:
    items = ITEMS_HEADER + "".join(f"{n},1,項目{n},{2020 if n < 3 else 2021},\n" for n in range(1, 7))
    history = small({2020: "完了 未着手", 2021: "完了 完了 未着手 未着手 未着手 未着手"}, items=items)
    assert lines(sentences.overall(history))[0] == (
        "「完了」は2項目（33.3%）で、前年度から1項目増え、割合は16.7ポイント減りました。"
    )


def test_a_first_year(small: Small) -> None:
    history = small({2020: SAME})
    assert lines(sentences.overall(history))[-1] == "計画の初年度のため、比較する前年度はありません。"
    assert lines(sentences.moved(history)) == ["計画の初年度のため、前年度からの動きはありません。"]
    assert "比べると" not in repr(sentences.summary(history))


def test_a_missing_previous_year(small: Small) -> None:
    history = small({2020: SAME, 2022: SAME})
    assert lines(sentences.overall(history))[-1] == "令和3年度は資料がないため、前年度とは比較していません。"
    assert lines(sentences.moved(history)) == [
        "前年度（令和3年度）は資料がないため、項目ごとの動きは示せません。"
    ]


def test_a_missing_reference_year(small: Small) -> None:
    history = small({2021: SAME})
    assert lines(sentences.summary(history))[0] == (
        "基準とする令和2年度は資料がないため、計画の初めとは比較していません。"
    )


def test_totals_only(small: Small) -> None:
    history = small({2020: SAME, 2021: {"完了": 2, "進行中": 2, "未着手": 0}})
    assert lines(sentences.overall(history))[0] == (
        "「完了」は2項目（50.0%）で、前年度から1項目、25.0ポイント増えました。"
    )
    for sentence in (sentences.by_policy, sentences.moved, sentences.highlights, sentences.items):
        shown = sentence(history)
        assert repr(shown).startswith("令和3年度は合計だけが公表されており、")
        assert 'class="missing"' in shown._repr_html_()


def test_only_totals_of_the_previous_year(small: Small) -> None:
    history = small({2020: {"完了": 2, "進行中": 2, "未着手": 0}, 2021: SAME})
    assert lines(sentences.moved(history)) == [
        "前年度（令和2年度）は合計だけが公表されており、項目ごとの動きは示せません。"
    ]
    assert "前年度から1項目、25.0ポイント減りました" in lines(sentences.overall(history))[0]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ("完了 完了 完了 完了", "全4項目が計画どおりに実施されています。"),
        ("完了 進行中 完了 進行中", "4項目のうち2項目が計画どおりに実施されています。「進行中」の2項目を合わせると、4項目すべてに着手しています。"),
        ("完了 進行中 未着手 未着手", "4項目のうち1項目が計画どおりに実施されています。「進行中」の1項目を合わせると、2項目に着手しており、2項目が未着手です。"),
        ("完了 未着手 未着手 未着手", "4項目のうち1項目が計画どおりに実施されています。残る3項目にはまだ着手していません。"),
        ("進行中 進行中 未着手 未着手", "4項目のうち、計画どおりに実施された項目はまだありません。「進行中」の2項目に着手しており、2項目が未着手です。"),
        ("進行中 進行中 進行中 進行中", "4項目のうち、計画どおりに実施された項目はまだありません。「進行中」の4項目すべてに着手しています。"),
        ("未着手 未着手 未着手 未着手", "4項目のいずれにもまだ着手していません。"),
    ],
)  # fmt: skip
def test_how_far_the_plan_is(small: Small, statuses: str, expected: str) -> None:
    assert lines(sentences.summary(small({2020: statuses}))) == [expected]


def test_where_all_policies_are_alike_that_is_said(small: Small) -> None:
    assert lines(sentences.by_policy(small({2020: "完了 未着手 完了 未着手"}))) == [
        "「完了」の割合は、どの基本方針も50.0%です。"
    ]
    assert lines(sentences.by_policy(small({2020: "未着手 未着手 未着手 未着手"}))) == [
        "「完了」の割合は、どの基本方針も0.0%です。"
    ]
    assert lines(sentences.by_policy(small({2020: "完了 進行中 完了 進行中", 2021: SAME}))) == [
        "「完了」の項目数は、前年度から「くらし」で1項目減となりました。",
        "「完了」の割合が最も高いのは「つながり」の50.0%です。",
        "「完了」の割合が最も低いのは「くらし」の0.0%です。",
    ]


def test_a_single_policy_and_policies_without_a_share(small: Small) -> None:
    single = f"{ITEMS_HEADER}1,1,甲,2020,\n2,1,乙,2020,\n"
    outside = SMALL_STATUSES + OUTSIDE

    def said(sheet: str, **parts: str) -> list[str]:
        return lines(sentences.by_policy(small({2020: sheet}, statuses=outside, **parts)))

    assert said("完了 未着手", items=single) == ["「完了」の割合は、「つながり」が50.0%です。"]
    assert said("完了 未着手 対象外 対象外") == ["「完了」の割合は、「つながり」が50.0%です。"]
    assert said("対象外 対象外 対象外 対象外") == [
        "割合の対象となる項目がないため、基本方針別の割合は示せません。"
    ]
    third = SMALL_PLAN + '\n[[policies]]\nnumeral = "3"\nname = "まなび"\n'
    items = f"{ITEMS_HEADER}1,1,甲,2020,\n2,2,乙,2020,\n3,3,丙,2020,\n"
    assert said("完了 完了 対象外", plan=third, items=items) == [
        "「完了」の割合は、「つながり」と「くらし」がいずれも100.0%です。"
    ]


NO_FALL_YET = "令和2年度は推進計画の最初の年度のため、計画の期間の中で比べる年度はまだありません。"
CHANGED = '\n[[status_changes]]\nyear = 2021\nreason = "評価の方法を改めた"\n'


@pytest.mark.parametrize(
    ("sheets", "more", "expected"),
    [
        (
            {2020: "完了 進行中 完了 完了", 2022: "進行中 完了 完了 完了", 2023: "完了 未着手 完了 完了"},
            "",
            [
                "4年間のうち、項目別の資料があるのは令和2年度、令和4年度と令和5年度です。",
                "資料がある年度の間で、後退した項目は2項目です（1 窓口の案内: 令和2年度「完了」から令和4年度「進行中」へ。"
                "間の1年は項目別の資料なし、2 会議の公開: 令和4年度「完了」から令和5年度「未着手」へ）。",
            ],
        ),
        ({2020: SAME, 2021: SAME}, "", ["2年間のうち、項目別の資料があるのは令和2年度と令和3年度です。", "資料がある年度の間で、後退した項目はありません。"]),
        ({2021: SAME}, "", ["2年間のうち、項目別の資料があるのは令和3年度です。", "比べる年度がないため、後退した項目の有無は分かりません。"]),
        ({2020: SAME}, "", ["項目別の資料があるのは令和2年度です。", NO_FALL_YET]),
        (
            {2020: SAME, 2021: SAME},
            CHANGED,
            ["項目別の資料があるのは令和3年度です。", "令和3年度に実施状況の区分の定義が変わった（評価の方法を改めた）ため、令和2年度以前とは比較していません。"],
        ),
        ({2020: {"完了": 2, "進行中": 2, "未着手": 0}}, "", ["項目別の資料がある年度がないため、項目ごとの歩みは示せません。"]),
    ],
)  # fmt: skip
def test_what_fell_back_is_said_with_the_years_that_are_not_known(
    small: Small, sheets: dict[int, Sheet], more: str, expected: list[str]
) -> None:
    assert lines(sentences.fallen(small(sheets, more=more))) == expected


def test_many_items_that_fell_back_are_named_by_their_numbers(small: Small) -> None:
    items = ITEMS_HEADER + "".join(f"{number},1,窓口{number},2020,\n" for number in range(1, 16))
    history = small({2020: "完了 " * 15, 2021: "完了 完了" + " 進行中" * 13}, items=items)
    assert lines(sentences.fallen(history))[1] == (
        "資料がある年度の間で、後退した項目は13項目です"
        "（3、4、5、6、7、8、9、10、11、12、13、14、15。いつ後退したかは下の図と表にあります）。"
    )


def test_sheets_without_activities_say_so(small: Small) -> None:
    shown = sentences.highlights(small({2020: SAME}))
    assert repr(shown) == "令和2年度の状況調査には、主な取組の記載がありません。"


def test_names_are_escaped_in_the_page(small: Small) -> None:
    history = small({2020: "<b> 進行中 進行中 未着手"}, statuses=SMALL_STATUSES.replace("完了", "<b>"))
    assert "「&lt;b&gt;」は1項目" in sentences.overall(history)._repr_html_()


def test_the_verdict_counts_cells_slips_and_differences(history_2022: History, root: Path) -> None:
    verdict = sentences.reconciliation(reconcile(history_2022), history_2022.year)
    assert repr(verdict) == (
        "公表資料の表の376欄を一つずつ照合しました。一致373欄、公表資料の誤りとして記録済みの相違3欄、それ以外の相違はありません。"
    )
    assert 'class="good"' in verdict._repr_html_()
    difference = Difference("overall", "2(3)", "実施", "項目数", "33", "34")
    bad = Reconciliation((TableResult("overall", "計画全体", 24, 0, 25, 1),), (difference,))
    verdict = sentences.reconciliation(bad, history_2022.year)
    assert "説明のつかない相違が1件あります（一致24欄）" in repr(verdict)
    assert 'class="bad"' in verdict._repr_html_()
    nothing = sentences.reconciliation(
        reconcile(load_history("yamaguchi", 2021, root)), load_history("yamaguchi", 2021, root).year
    )
    assert repr(nothing) == "令和3年度の公表値は登録されていないため、照合していません。"
