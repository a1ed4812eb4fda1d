"""The worked example: targets, money, judgements and cards of a made-up city (架空), every figure worked out by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from helpers import tables
from helpers.fiscal_year import FiscalYear
from helpers.history.declared_values import indicators_in
from helpers.history.history import History
from helpers.plan.declared.kinds import PROGRESS
from helpers.report.charts import targets_met
from helpers.report.sentences import sections as sentences
from helpers.report.tables.cards import item_cards
from made_reports import cells_of

Mihon = Callable[[int], History]
RATES = {
    2021: ["107.1%", "103.3%", "100.0%", "101.7%", "-", "96.0%"],
    2022: ["90.9%", "90.0%", "99.4%", "-", "-", "110.0%"],
}
MET = {2021: [True, True, True, True, False, False], 2022: [False, False, False, None, True, True]}


@pytest.mark.parametrize("year", [2021, 2022])
def test_rates_by_ratio_and_whether_targets_are_met(mihon: Mihon, year: int) -> None:
    history = mihon(year)
    printing = history.plan.printing
    known = [each for _, each in indicators_in(history, FiscalYear(year))]
    assert [printing.share(each.rate_pct(printing)) for each in known] == RATES[year]
    assert [each.is_met for each in known] == MET[year]
    assert [row[7 if year == 2022 else 6] for row in cells_of(tables.measures(history))] == RATES[year]


def test_rates_by_progress(mihon: Mihon) -> None:
    history = mihon(2022)
    printing = history.plan.printing
    rates = {}
    for year in (2021, 2022):
        first = indicators_in(history, FiscalYear(year))[0][1]
        by_progress = replace(first, measure=replace(first.measure, rate=PROGRESS))
        rates[year] = printing.share(by_progress.rate_pct(printing))
    assert rates == {2021: "120.0%", 2022: "90.0%"}


def test_targets_set_judged_and_met_by_policy_beside_last_year(mihon: Mihon) -> None:
    table = tables.targets(mihon(2022))
    assert [row[1:9] for row in cells_of(table)] == [
        ["2", "2", "0", "0.0%", "2", "2", "2", "100.0%"],
        ["3", "2", "1", "50.0%", "3", "3", "2", "66.7%"],
        ["1", "1", "1", "100.0%", "1", "1", "0", "0.0%"],
        ["6", "5", "2", "40.0%", "6", "6", "4", "66.7%"],
    ]
    assert [row[9] for row in cells_of(table)][-1] == "△2(△26.7%)"


def test_the_first_year_has_no_last_year_beside(mihon: Mihon) -> None:
    assert list(tables.targets(mihon(2021)).printed) == ["基本方針", "設定", "判定", "達成", "達成の割合"]


def test_the_list_of_measures_shows_the_years_the_verdict_and_the_grade(mihon: Mihon) -> None:
    listed = {row[3]: row[4:] for row in cells_of(tables.measures(mihon(2022)))}
    assert listed["窓口の待ち時間\n少ないほど良い、基準値 20"] == [
        "分", "目標 15\n実績 14", "目標 10\n実績 11", "90.9%", "未達成", "a",
    ]  # fmt: skip
    assert listed["施設の更新費\n少ないほど良い"][2:] == ["目標 11.5\n実績 （未集計）", "-", "未判定", "―"]
    assert listed["電子申請の種類\n多いほど良い"][2:] == [
        "目標 60（50から変更）\n実績 66",
        "110.0%",
        "達成",
        "a",
    ]


def test_targets_are_counted_by_grade_beside_last_year(mihon: Mihon) -> None:
    # 2022: 90.9 and 90.0 %; 99.4 %, one not counted yet, one of zero; 110.0 %.
    assert [row[1:] for row in cells_of(tables.grades(mihon(2022)))] == [
        ["Ⅰ 窓口", "2", "0", "0", "0", "0", "2", "2", "0", "0", "0", "0", "2"],
        ["Ⅱ 財産", "1", "0", "0", "0", "2", "3", "2", "0", "0", "0", "1", "3"],
        ["Ⅲ デジタル", "1", "0", "0", "0", "0", "1", "1", "0", "0", "0", "0", "1"],
        ["合計", "4", "0", "0", "0", "2", "6", "5", "0", "0", "0", "1", "6"],
    ]
    assert list(tables.grades(mihon(2021)).printed)[2:] == ["a", "b", "c", "d", "評価なし", "合計"]


def test_grades_that_set_the_status_are_not_counted_again(mihon: Mihon) -> None:
    history = mihon(2022)
    declared = history.plan.declared
    sets = replace(declared, measures=(replace(declared.measures[0], status="set"),))
    assert tables.grades(replace(history, plan=replace(history.plan, declared=sets))) is None


def test_the_sentences_say_what_is_missed_not_known_and_changed(mihon: Mihon) -> None:
    assert repr(sentences.targets(mihon(2022))).split("\n") == [
        "判定できる目標5件のうち、達成したのは2件（40.0%）です（ほかに実績値がまだ分からない目標1件）。",
        "途中で変更された目標があります: 6 電子申請の種類（50から60）。",
    ]


def test_the_chart_says_the_same(mihon: Mihon) -> None:
    chart = targets_met.draw(mihon(2022))
    assert "計画全体は達成2件、未達成3件、未判定1件。" in chart.alt
    assert "Ⅱ 財産は達成1件、未達成1件、未判定1件。" in chart.alt


def test_effects_by_policy_of_the_year_and_so_far(mihon: Mihon) -> None:
    table = tables.effects(mihon(2022))
    assert [row[2:] for row in cells_of(table)] == [
        ["-", "-", "-", "-", "-", "-", "-", "-"],
        ["12,000", "10,350", "△1,650", "86.3%", "20,000", "18,550", "△1,450", "92.8%"],
        ["3,500", "3,675", "+175", "105.0%", "7,000", "6,665", "△335", "95.2%"],
        ["15,500", "14,025", "△1,475", "90.5%", "27,000", "25,215", "△1,785", "93.4%"],
    ]
    assert {row[0] for row in cells_of(table)} == {"効果額（千円）"}
    assert table.notes == ()


def test_effects_in_another_unit_say_what_does_not_foot(mihon: Mihon) -> None:
    history = mihon(2022)
    (effect,) = history.plan.declared.effects
    in_millions = replace(effect, printed_unit="百万円", decimals=1)
    declared = replace(history.plan.declared, effects=(in_millions,))
    table = tables.effects(replace(history, plan=replace(history.plan, declared=declared)))
    # 10.35 and 1.65 are ties: half up. 10.4 - 12.0 is △1.6, and 10.4 + 3.7 is 14.1.
    assert [row[2:6] for row in cells_of(table)][1:] == [
        ["12.0", "10.4", "△1.7", "86.3%"],
        ["3.5", "3.7", "+0.2", "105.0%"],
        ["15.5", "14.0", "△1.5", "90.5%"],
    ]
    assert table.notes == (
        "※「効果額」は千円の額を計算してから、百万円の小数第1位まで示しています（端数は四捨五入）。"
        "表示した数どうしの計算と合わない欄: 令和4年度のⅡ 財産の差、令和4年度の実績の合計、累計のⅡ 財産の差、累計の実績の合計。",
    )


def test_effects_of_single_items(mihon: Mihon) -> None:
    assert [row[1:] for row in cells_of(tables.effect_items(mihon(2022)))] == [
        ["3", "施設の再編", "12,000", "10,350", "△1,650", "86.3%"],
        ["5", "印刷物の見直し", "3,500", "4,125", "+625", "117.9%"],
        ["6", "電子申請の拡大", "0", "△450", "△450", "-"],
    ]


def test_the_sentences_on_effects(mihon: Mihon) -> None:
    assert repr(sentences.effects(mihon(2022))).split("\n") == [
        "「効果額」の令和4年度は、見込15,500千円に対し実績14,025千円（見込の90.5%）です。",
        "「効果額」の計画の初めからの累計は、見込27,000千円に対し実績25,215千円（見込の93.4%）です。",
    ]


def test_the_outside_judgement_is_counted_beside_the_first(mihon: Mihon) -> None:
    assert [row[1:] for row in cells_of(tables.judgements(mihon(2022)))] == [
        ["S", "1", "0"],
        ["A", "3", "3"],
        ["B", "2", "3"],
        ["C", "0", "0"],
        ["合計", "6", "6"],
    ]


def test_inside_and_outside_are_crossed(mihon: Mihon) -> None:
    table = tables.judgement_cross(mihon(2022))
    assert list(table.printed) == ["評価の種類", "実施状況", "S", "A", "B", "C", "合計"]
    assert [row[1:] for row in cells_of(table)] == [
        ["S", "0", "1", "0", "0", "1"],
        ["A", "0", "2", "1", "0", "3"],
        ["B", "0", "0", "2", "0", "2"],
        ["C", "0", "0", "0", "0", "0"],
        ["合計", "0", "3", "3", "0", "6"],
    ]


def test_the_committee_judged_two_items_lower_and_none_higher(mihon: Mihon) -> None:
    assert [row[1:] for row in cells_of(tables.judged_apart(mihon(2022)))] == [
        ["1", "窓口の待ち時間の短縮", "A", "B", "低い"],
        ["5", "印刷物の見直し", "S", "A", "低い"],
    ]
    assert repr(sentences.judgements(mihon(2022))) == (
        "「外部評価」がある6項目のうち、実施状況より低いものは2項目（1、5）、実施状況より高いものは0項目です。"
    )


def test_the_card_of_an_item_says_that_its_target_was_changed(mihon: Mihon) -> None:
    card = item_cards(mihon(2022))[5]
    assert (card.title, card.anchor) == ("6 電子申請の拡大", "card-6")
    assert dict(card.rows) == {
        "基本方針": "基本方針Ⅲ デジタル",
        "所管課": "デジタル課",
        "実施状況": "令和3年度 B\n令和4年度 A",
        "主な取組（令和3年度）": "申請を48種にした。",
        "主な取組（令和4年度）": "申請を66種にした。",
        "指標: 電子申請の種類（種）": (
            "令和3年度 目標 50、実績 48、達成率 96.0%、未達成（評価 a）\n"
            "令和4年度 目標 60（50から変更）、実績 66、達成率 110.0%、達成（評価 a）"
        ),
        "効果額（千円）": "令和3年度 見込 0、実績 0\n令和4年度 見込 0、実績 △450",
        "外部評価": "令和3年度 B\n令和4年度 A",
        "評価の理由": "目標を見直したうえで上回った。",
        "出どころ": (
            "R3.csv: D7、G7、H7、I7、J7、measures.csv C7、measures.csv D7、measures.csv E7、measures.csv G7、measures.csv H7\n"
            "R4.csv: D7、G7、H7、I7、J7、measures.csv C13、measures.csv D13、measures.csv E13、measures.csv G13、measures.csv H13"
        ),
    }
