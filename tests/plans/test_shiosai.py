"""The synthetic city that declares as much as there is (架空), over three years: what its tables and sentences say."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from gate_checks import check_report
from helpers import exploring, tables
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.report.sentences import sections as sentences
from helpers.report.tables.cards import item_cards
from made_reports import cells_of, executed_notebook, files_of, lay_out_synthetic, made_files, silent_cells

Shiosai = Callable[[int], History]
YEARS = [2021, 2022, 2023]


def test_targets_of_every_kind_in_the_third_year(shiosai: Shiosai) -> None:
    listed = {(row[1], row[3].split("\n")[0]): row[5:] for row in cells_of(tables.measures(shiosai(2023)))}
    # By less, changed in mid-plan: 62 of 60 less from 900.
    assert listed["1-1", "一人一日のごみの量"] == [
        "目標 880\n実績 875", "目標 860\n実績 868", "目標 840（850から変更）\n実績 838", "103.3%", "達成", "a",
    ]  # fmt: skip
    # By more, not known yet.
    assert listed["1-2", "訓練の参加者"][2:] == ["目標 800\n実績 （未集計）", "-", "未判定", "―"]
    # A target of nothing has a rate from the baseline.
    assert listed["1-4", "苦情の件数"][1:] == ["目標 0\n実績 3", "目標 0\n実績 0", "100.0%", "達成", "a"]
    # No target at all.
    assert listed["2-3", "研修の受講率"][2:] == ["目標 なし\n実績 76", "-", "目標なし", "―"]
    # From measures.csv, by ratio and without grades: 74.9 of 75.
    assert listed["1-3", "来館者の満足度"][2:] == ["目標 75\n実績 74.9", "99.9%", "未達成", "―"]


def test_what_is_missed_for_the_second_year_is_said(shiosai: Shiosai) -> None:
    assert repr(sentences.targets(shiosai(2023))).split("\n") == [
        "判定できる目標4件のうち、達成したのは3件（75.0%）です（ほかに実績値がまだ分からない目標2件）。",
        "2年続けて未達成の目標は1件です（1-3 来館者の満足度）。",
        "途中で変更された目標があります: 1-1 一人一日のごみの量（850から840）、2-1 窓口の満足度（60から62）。",
    ]


def test_money_in_two_units_and_what_is_missing(shiosai: Shiosai) -> None:
    table = tables.effects(shiosai(2023))
    assert [row[1:] for row in cells_of(table)] == [
        ["1 くらしを支える", "350", "362.5", "+12.5", "103.6%", "950", "962.5", "+12.5", "101.3%"],
        ["2 しごとを変える", "1,000", "1,050", "+50", "105.0%", "2,400.5", "1,510", "▲890.5", "62.9%"],
        ["合計", "1,350", "1,412.5", "+62.5", "104.6%", "3,350.5", "2,472.5", "▲878.0", "73.8%"],
        ["1 くらしを支える", "-", "-", "-", "-", "-", "-", "-", "-"],
        ["2 しごとを変える", "1.8", "-", "-", "-", "4.5", "2.8※", "-", "-"],
        ["合計", "1.8", "-", "-", "-", "4.5", "2.8※", "-", "-"],
    ]
    assert table.notes[1] == (
        "※「歳入の確保」には、見込か実績の金額がまだない項目があります（令和5年度の2-1）。その項目を含む差と達成率は示していません。"
        "「※」の付いた額は、まだない金額を除いた合計です。"
    )


def test_a_judgement_in_other_words_is_ranked_by_its_map(shiosai: Shiosai) -> None:
    assert [row[1:] for row in cells_of(tables.judgements(shiosai(2022)))] == [
        ["順調", "5", "―"],
        ["概ね順調", "2", "―"],
        ["遅れ", "0", "―"],
        ["中止", "1", "―"],
        ["妥当", "―", "4"],
        ["おおむね妥当", "―", "2"],
        ["要改善", "―", "1"],
        ["判定なし", "―", "1"],
        ["合計", "8", "8"],
    ]
    assert [row[1:] for row in cells_of(tables.judged_apart(shiosai(2022)))] == [
        ["1-4", "道路の傷みの早期対応", "順調", "おおむね妥当", "低い"],
        ["2-2", "申請の電子化", "概ね順調", "要改善", "低い"],
    ]
    assert repr(sentences.judgements(shiosai(2022))) == (
        "「外部評価」がある7項目のうち、実施状況より低いものは2項目（1-4、2-2）、実施状況より高いものは0項目です。"
    )


def test_items_without_a_judgement_stand_in_a_column_of_their_own(shiosai: Shiosai) -> None:
    assert cells_of(tables.judgement_cross(shiosai(2022)))[3:] == [
        ["外部評価", "中止", "0", "0", "0", "1", "1"],
        ["外部評価", "合計", "4", "2", "1", "1", "8"],
    ]


def test_votes_by_policy(shiosai: Shiosai) -> None:
    assert [row[1:] for row in cells_of(tables.votes(shiosai(2022)))] == [
        ["1 くらしを支える", "17", "3"],
        ["2 しごとを変える", "10", "5"],
        ["合計", "27", "8"],
    ]


def test_an_analyst_sees_what_is_missed_summed_and_judged_differently(shiosai: Shiosai) -> None:
    history = shiosai(2023)
    missed = exploring.missed_again(history)
    assert missed.to_dict("records") == [
        {
            "number": "1-3", "item": "図書館の開館延長", "policy": "1", "indicator": "来館者の満足度", "unit": "点",
            "previous_target": Decimal(75), "previous_actual": Decimal("72.0"), "target": Decimal(75), "actual": Decimal("74.9"),
        }
    ]  # fmt: skip
    sums = exploring.effect_sums(history).set_index(["effect", "policy", "period"])
    assert tuple(sums.loc[("歳出の削減", "", "so_far"), ["planned", "achieved"]]) == (
        Decimal("3350.5"),
        Decimal("2472.5"),
    )
    apart = exploring.judged_differently(history)
    assert list(zip(apart["number"], apart["differs"], strict=True)) == [
        ("1-2", "lower"), ("2-1", "higher"), ("2-2", "lower"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["missed_again", "effect_sums", "judged_differently"])
def test_a_plan_that_declares_nothing_gives_an_empty_frame(umikaze: Shiosai, name: str) -> None:
    frame = getattr(exploring, name)(umikaze(2021))
    assert frame.empty and "policy" in frame


def test_votes_stand_item_by_item(shiosai: Shiosai) -> None:
    listed = cells_of(tables.item_votes(shiosai(2022)))
    assert [[row[1], *row[3:]] for row in listed] == [
        ["1-1", "4", "1"], ["1-2", "5", "0"], ["1-3", "5", "0"], ["1-4", "3", "2"],
        ["2-1", "5", "0"], ["2-2", "0", "5"], ["2-3", "5", "0"],
    ]  # fmt: skip


@pytest.mark.parametrize("year", YEARS)
def test_every_cell_of_the_report_shows_something_and_passes_the_gate(shiosai: Shiosai, year: int) -> None:
    history = shiosai(year)
    notebook = executed_notebook({"history": history})
    assert silent_cells(notebook) == ["parameters", "load"]
    assert check_report(history, files_of(notebook, history)) > 400


def test_totals_of_amounts_and_votes_are_left_out_of_the_details(shiosai: Shiosai) -> None:
    history = shiosai(2023)
    effects, votes = tables.effects(history), tables.votes(history)
    for table, field in ((effects, "achieved"), (votes, "votes"), (tables.targets(history), "targets_set")):
        whole = table.records[table.is_total]
        assert len(whole) and set(whole["policy"]) == {""}
        assert table.details()[field].sum() == whole[field].sum()


def test_standings_are_headed_by_the_citys_label_and_flows_by_the_fiscal_year(tmp_path: Path) -> None:
    folder = lay_out_synthetic(tmp_path, "shiosai") / "data" / "raw" / "shiosai"
    words = '\n[wording]\nitem = "事業"\nyear = "{march_short}.3月末現在"\nlast_year = "前年同期"\n'
    with (folder / "plan.toml").open("a", encoding="utf-8") as settings:
        settings.write(words)
    history = load_history("shiosai", 2022, tmp_path)
    for table in (tables.targets(history), tables.grades(history)):
        assert set(table.spanners.values()) == {"R5.3月末現在", "R4.3月末現在"}
    assert list(tables.targets(history).printed)[5:] == [
        "前年同期設定", "前年同期判定", "前年同期達成", "前年同期達成の割合", "前年同期比",
    ]  # fmt: skip
    assert list(tables.measures(history).printed)[5:7] == ["R4.3月末現在", "R5.3月末現在"]
    assert set(tables.effects(history).spanners.values()) == {
        "令和4年度", "累計（令和3年度から令和4年度まで）",
    }  # fmt: skip
    card = "\n".join(text for _, text in item_cards(history)[0].rows)
    assert "R5.3月末現在 目標 860、実績 868" in card and "令和4年度 見込 300、実績 290" in card
    assert check_report(history, made_files(history)) > 400
