"""A second, synthetic city (架空) in other words: every table and sentence, its figures added up by hand.

◎ is done, ○ and △ under way, × not started; -, 休止 (to 2020) and 集計中 (from 2020) are outside the denominator.
2020: 1-2-1 is split; 2021: 2-1-1 and 2-1-2 merge, 3-2-1 is renumbered, 休止 becomes -; 2022: the next plan;
2023: the classes are redefined without a mapping.
"""

from collections.abc import Callable

import lxml.html
import pytest

from helpers import tables
from helpers.history.counts import TOTAL
from helpers.history.history import History
from helpers.report import glance
from helpers.report.origins import sources
from helpers.report.register import reconcile
from helpers.report.sentences import headings
from helpers.report.sentences import sections as sentences
from helpers.report.tables.comparison import GRAND_TOTAL
from made_reports import cells_of, executed_notebook, silent_cells
from small_city import Small

Umikaze = Callable[[int], History]
# The notebook's cells without output in a plan that declares statuses only.
DECLARED_ONLY = ("targets", "effects", "judgements", "cards")
YEARS = [2019, 2020, 2021, 2022, 2023, 2024]
DENOMINATOR = "※「-」、「集計中」は割合の分母に含みません。"
REDEFINED = "令和5年度に実施状況の区分の定義が変わった（達成率による評価を工程による評価に改めた）ため、"


def test_overall_of_a_year_with_a_mapped_word(umikaze: Umikaze) -> None:
    table = tables.overall(umikaze(2021))
    assert cells_of(table) == [
        ["◎", "6", "54.55%", "4", "33.33%"],
        ["○", "3", "27.27%", "3", "25.00%"],
        ["△", "1", "9.09%", "5", "41.67%"],
        ["×", "1", "9.09%", "0", "0.00%"],
        ["-", "1", "…", "1", "…"],
        ["集計中", "0", "…", "1", "…"],
        ["合計", "12", "100.00%", "14", "100.00%"],
    ]
    assert table.notes == (DENOMINATOR,)


def test_by_policy_with_its_own_marks(umikaze: Umikaze) -> None:
    table = cells_of(tables.by_policy(umikaze(2021)))
    assert table[:7] == [
        ["柱1 窓口", "◎", "3", "60.00%", "1", "20.00%", "2(40.00%)"],
        ["柱1 窓口", "○", "2", "40.00%", "2", "40.00%", "±0"],
        ["柱1 窓口", "△", "0", "0.00%", "2", "40.00%", "-2(-40.00%)"],
        ["柱1 窓口", "×", "0", "0.00%", "0", "0.00%", "±0"],
        ["柱1 窓口", "-", "1", "…", "1", "…", "±0"],
        ["柱1 窓口", "集計中", "0", "…", "0", "…", "±0"],
        ["柱1 窓口", "合計", "6", "100.00%", "6", "100.00%", "±0"],
    ]
    assert table[7] == ["柱2 財政", "◎", "2", "100.00%", "2", "50.00%", "±0(50.00%)"]
    assert table[13] == ["柱2 財政", "合計", "2", "100.00%", "4", "100.00%", "-2"]
    assert table[-1] == ["", "総計", "12", "…", "14", "…", "-2"]


def test_items_by_policy_in_natural_order_with_the_middle_level_and_the_repeated_one(
    umikaze: Umikaze,
) -> None:
    table = tables.items(umikaze(2021))
    assert cells_of(table) == [
        ["改革の柱1 窓口を変える", "来てもらう", "1-1-1", "書かない窓口の導入", "◎"],
        ["改革の柱1 窓口を変える", "来てもらう", "1-1-2", "おくやみ窓口の設置", "◎"],
        ["改革の柱1 窓口を変える", "出向く", "1-1-10", "出張窓口の実施", "○"],
        ["改革の柱1 窓口を変える", "つながる", "1-2-1", "電子申請の拡大（個人）", "◎"],
        ["改革の柱1 窓口を変える", "つながる", "1-2-2", "電子契約の導入", "-"],
        ["改革の柱1 窓口を変える", "つながる", "1-2-3", "電子申請の拡大（事業者）", "○"],
        ["改革の柱2 財政を整える", "整える", "2-1-3", "使用料と補助金の見直し", "◎"],
        ["改革の柱2 財政を整える", "増やす", "2-2-1", "ふるさと応援の拡大", "◎"],
        ["改革の柱2 財政を整える", "―", "1-2-2", "電子契約の導入（再掲）", "-"],
        ["改革の柱3 人を育てる", "学ぶ", "3-1-1", "研修の体系化", "◎"],
        ["改革の柱3 人を育てる", "学ぶ", "3-1-2", "働き方の見直し", "○"],
        ["改革の柱3 人を育てる", "学ぶ", "3-1-3", "業務量の調査と配分", "×"],
        ["改革の柱3 人を育てる", "測る", "3-2-2", "評価制度の運用", "△"],
        ["改革の柱3 人を育てる", "―", "1-2-2", "電子契約の導入（再掲）", "-"],
    ]
    assert table.notes == (
        "※令和2年度に1項目を追加、1-2-1を1-2-1・1-2-3に分割（12項目から14項目へ）",
        "※令和3年度に1項目を終了、2-1-1・2-1-2を2-1-3に統合、3-2-1を3-1-3に番号変更（14項目から12項目へ）",
        "※（再掲）は、ほかの基本方針の項目をもう一度示したもので、項目数には一度だけ数えています。",
    )
    # The records have the repeated item once.
    assert list(table.records["number"]).count("1-2-2") == 1


def test_the_middle_level_has_a_table_of_its_own(umikaze: Umikaze) -> None:
    table = tables.by_focus(umikaze(2021))
    assert cells_of(table) == [
        ["改革の柱1 窓口を変える", "来てもらう", "2", "2 (100.00%)", "0 (0.00%)", "0 (0.00%)", "0 (0.00%)", "0", "0"],
        ["改革の柱1 窓口を変える", "出向く", "1", "0 (0.00%)", "1 (100.00%)", "0 (0.00%)", "0 (0.00%)", "0", "0"],
        ["改革の柱1 窓口を変える", "つながる", "3", "1 (50.00%)", "1 (50.00%)", "0 (0.00%)", "0 (0.00%)", "1", "0"],
        ["改革の柱2 財政を整える", "整える", "1", "1 (100.00%)", "0 (0.00%)", "0 (0.00%)", "0 (0.00%)", "0", "0"],
        ["改革の柱2 財政を整える", "増やす", "1", "1 (100.00%)", "0 (0.00%)", "0 (0.00%)", "0 (0.00%)", "0", "0"],
        ["改革の柱3 人を育てる", "学ぶ", "3", "1 (33.33%)", "1 (33.33%)", "0 (0.00%)", "1 (33.33%)", "0", "0"],
        ["改革の柱3 人を育てる", "測る", "1", "0 (0.00%)", "0 (0.00%)", "1 (100.00%)", "0 (0.00%)", "0", "0"],
    ]  # fmt: skip
    assert table.notes[-1] == "※端数処理のため、割合の内訳の合計は100%になりません（柱3 人材 学ぶ 99.99%）。"


def test_moves_name_what_was_merged_and_renumbered(umikaze: Umikaze) -> None:
    assert [row[1:] for row in cells_of(tables.moved(umikaze(2021)))] == [
        ["1-1-2", "おくやみ窓口の設置", "○", "◎", ""],
        ["1-1-10", "出張窓口の実施", "△", "○", ""],
        ["1-2-1", "電子申請の拡大（個人）", "○", "◎", ""],
        ["1-2-3", "電子申請の拡大（事業者）", "△", "○", ""],
        ["2-1-2", "補助金の見直し", "○", "―", "2-1-3に統合"],
        ["2-2-2", "広告収入の確保", "△", "―", ""],
        ["3-1-2", "働き方の見直し", "△", "○", ""],
        ["3-1-3", "業務量の調査と配分", "△", "×", "旧番号3-2-1"],
        ["3-2-2", "評価制度の運用", "集計中", "△", ""],
    ]


def test_statuses_outside_the_denominator_are_marked_as_no_group(umikaze: Umikaze) -> None:
    page = lxml.html.fragment_fromstring(tables.items(umikaze(2021))._repr_html_(), create_parent="div")
    marks = {
        row[-1].text: (row[-1].get("class"), row[-1].get("data-status"))
        for row in page.iter("tr")
        if len(row) == 4
    }
    assert marks.pop("実施状況") == (None, None)
    looks = {cell.text: cell.get("data-look") for cell in page.iter("td") if cell.get("data-look")}
    assert looks == {"△": "under_way-2"}
    assert marks == {
        "◎": ("status", "done"), "○": ("status", "under_way"), "△": ("status", "under_way"),
        "×": ("status", "not_started"), "-": ("text", None),
    }  # fmt: skip


def test_highlights_compare_with_the_item_that_was_carried_on(umikaze: Umikaze) -> None:
    assert [(row[1], row[3]) for row in cells_of(tables.highlights(umikaze(2021)))] == [
        ("1-1-2", "○⇒◎へ"),
        ("2-1-3", ""),
        ("3-1-3", "△⇒×へ"),
    ]


def test_summary_against_the_first_year_in_this_years_words(umikaze: Umikaze) -> None:
    table = tables.summary(umikaze(2021))
    assert cells_of(table) == [
        ["柱1 窓口", "3 (60.00%)", "2 (40.00%)", "0 (0.00%)", "0 (0.00%)", "1", "0"],
        ["柱2 財政", "2 (100.00%)", "0 (0.00%)", "0 (0.00%)", "0 (0.00%)", "0", "0"],
        ["柱3 人材", "1 (25.00%)", "1 (25.00%)", "1 (25.00%)", "1 (25.00%)", "0", "0"],
        ["推進計画【前期】(令和3年度末)実績 合計", "6 (54.55%)", "3 (27.27%)", "1 (9.09%)", "1 (9.09%)", "1", "0"],
        ["(参考) 令和元年度実績 合計", "2 (18.18%)", "4 (36.36%)", "3 (27.27%)", "2 (18.18%)", "1", "0"],
    ]  # fmt: skip
    assert table.notes == (
        DENOMINATOR,
        "※端数処理のため、割合の内訳の合計は100%になりません（(参考) 令和元年度実績 合計 99.99%）。",
    )


def test_sentences_in_other_words(umikaze: Umikaze) -> None:
    history = umikaze(2021)
    assert repr(sentences.overall(history)).split("\n") == [
        "「◎」は6項目（54.55%）で、前年度から2項目、21.22ポイント増えました。",
        "「○」は3項目（27.27%）で、項目数は前年度と同じ、2.27ポイント増えました。",
        "「△」は1項目（9.09%）で、前年度から4項目、32.58ポイント減りました。",
        "「×」は1項目（9.09%）で、前年度から1項目、9.09ポイント増えました。",
        "「-」は1項目（割合の対象外）で、前年度と変わりません。",
        "「集計中」は0項目（割合の対象外）で、前年度から1項目減りました。",
    ]
    assert repr(sentences.moved(history)) == (
        "令和2年度から状況が変わった項目は9項目です"
        "（進んだもの5項目、後退したもの1項目、終わったもの2項目、ほかの区分に変わったもの1項目）。"
    )
    assert repr(sentences.summary(history)).split("\n")[-1] == (
        "11項目のうち6項目が計画どおりに実施されています。「○」・「△」の4項目を合わせると、10項目に着手しており、1項目が未着手です。"
    )
    notes = repr(sources.notes(history))
    assert "令和3年度に実施状況の区分が変わりました（「休止」を「-」にまとめた）。" in notes
    assert "小数第2位まで" in notes
    assert "減を「-」、増は記号なし、増減なしを「±0」" in notes


def test_the_glance_in_other_words(umikaze: Umikaze) -> None:
    assert repr(glance.year_at_a_glance(umikaze(2021))).split("\n") == [
        "「◎」の割合: 54.55%（11項目中6項目、前年度比 +21.22ポイント）",
        "着手済み（○・△）: 4項目（前年度 8項目）",
        "未着手（×）: 1項目（前年度 0項目）",
        "前年度から動いた項目: 9項目（前進 5、後退 1、終了 2、ほかの区分 1）",
    ]


def test_shares_that_do_not_sum_to_100_are_said(umikaze: Umikaze) -> None:
    assert tables.overall(umikaze(2019)).notes == (
        "※「-」、「休止」は割合の分母に含みません。",
        "※端数処理のため、割合の内訳の合計は100%になりません（令和元年度 99.99%）。",
    )


def test_the_next_plan_is_compared_where_items_are_mapped(umikaze: Umikaze) -> None:
    history = umikaze(2022)
    assert sorted(map(int, history.sheets)) == [2021, 2022]
    table = tables.overall(history)
    assert table.notes[0] == "※令和3年度は推進計画【前期】の実績です（令和4年度から推進計画【後期】）。"
    assert cells_of(table)[0] == ["◎", "3", "50.00%", "6", "54.55%"]
    # 柱3 has items in the year before only: without it the policies would not add up to the plan.
    by_policy = cells_of(tables.by_policy(history))
    assert [row[4] for row in by_policy if row[1] in (TOTAL, GRAND_TOTAL)] == ["6", "2", "4", "0", "12"]
    assert [row[0] for row in cells_of(tables.summary(history))][:3] == ["柱1 窓口", "柱2 財政", "柱4 地域"]
    moved = {row[1]: row[2:] for row in cells_of(tables.moved(history))}
    assert moved["4-1-1"] == ["業務配分の見直し", "×", "△", "旧番号3-1-3"]
    assert moved["1-1-3"] == ["出張窓口の定着", "○", "◎", "旧番号1-1-10"]
    assert [row[0] for row in cells_of(sources.sources(tables.trace(history)))] == ["令和3年度", "令和4年度"]
    assert repr(headings.comparison(history)) == "前年度との比較"


def test_redefined_classes_are_not_compared_and_the_report_says_why(umikaze: Umikaze) -> None:
    history = umikaze(2023)
    assert sorted(map(int, history.sheets)) == [2023]
    assert tables.overall(history).notes[0] == f"※{REDEFINED}令和4年度とは比較していません。"
    assert [list(table.printed) for table in (tables.overall(history),)] == [["実施状況", "項目数", "割合"]]
    assert repr(sentences.moved(history)) == f"{REDEFINED}令和4年度とは比較していません。"
    assert repr(glance.year_at_a_glance(history)).split("\n")[3] == (
        "前年度から動いた項目: ―（前年度との比較なし）"
    )
    later = umikaze(2024)
    assert sorted(map(int, later.sheets)) == [2023, 2024]
    assert cells_of(tables.summary(later))[-1][0] == "(参考) 令和5年度実績 合計"
    assert repr(sentences.summary(later)).split("\n")[-1] == f"{REDEFINED}令和4年度以前とは比較していません。"


@pytest.mark.parametrize("year", YEARS)
def test_every_table_of_every_year_shows_itself_whole(umikaze: Umikaze, year: int) -> None:
    history = umikaze(year)
    made = tables.all_tables(history)
    assert {"plan_overview", "overall", "by_policy", "by_focus", "items", "summary"} <= {t.id for t in made}
    for table in made:
        page = lxml.html.fragment_fromstring(table._repr_html_(), create_parent="div")
        shown = [
            row for row in page.iter("tr") if row.getparent().tag != "thead" and row.get("class") != "group"
        ]
        assert len(shown) == len(table.printed)
        assert all(len(row) == len(table.columns) for row in shown)
        assert not table.printed.isna().any().any()
        assert not table.records.empty


@pytest.mark.parametrize("year", YEARS)
def test_every_sentence_of_every_year_is_whole(umikaze: Umikaze, year: int) -> None:
    history = umikaze(year)
    texts = [make(history) for make in (sentences.overall, sentences.by_policy, sentences.moved, sentences.summary,
                                      sentences.highlights, sentences.items, sources.notes)]  # fmt: skip
    texts.append(sentences.reconciliation(reconcile(history), history.year))
    for line in "\n".join(map(repr, texts)).split("\n"):
        assert line.endswith(("。", "）")), line
        assert not any(word in line for word in ("None", "nan", "[]", "  ", "、。", "（）")), line


@pytest.mark.parametrize("year", YEARS)
def test_every_cell_shows_something_but_parameters_imports_and_what_the_plan_does_not_declare(
    umikaze: Umikaze, year: int
) -> None:
    assert silent_cells(executed_notebook({"history": umikaze(year)})) == [
        "parameters",
        "load",
        *DECLARED_ONLY,
    ]


def test_the_cover_says_that_the_city_is_synthetic(umikaze: Umikaze) -> None:
    assert "海風市（架空）" in glance.cover(umikaze(2024))._repr_html_()
    title = "海風市行財政改革プラン改訂版（架空）【後期】令和6年度実績と2年間の取組状況"
    assert glance.title(umikaze(2024)) == title


FOCUS = "番号,基本方針,推進項目,開始年度,終了年度,重点項目\n1,1,甲,2020,{},{}\n2,1,乙,{},,{}\n"


@pytest.mark.parametrize(
    ("items", "sheets", "focus"),
    [
        (FOCUS.format("", "つながる", 2020, ""), {2020: "完了 未着手"}, ["つながる", "―"]),
        (FOCUS.format("", "", 2020, ""), {2020: "完了 未着手"}, None),
        # The item came with 乙, in 2022.
        (FOCUS.format(2021, "", 2022, "つながる"), {2020: "完了", 2021: "完了"}, None),
        (FOCUS.format(2021, "", 2022, "つながる"), {2022: "完了"}, ["つながる"]),
    ],
)
def test_the_middle_level_is_shown_in_the_years_that_have_it(
    small: Small, items: str, sheets: dict[int, str], focus: list[str] | None
) -> None:
    history = small(sheets, items=items)
    by_focus, listed = tables.by_focus(history), tables.items(history).printed
    assert (None if by_focus is None else list(by_focus.printed["重点項目"])) == focus
    assert (list(listed["重点項目"]) if "重点項目" in listed else None) == focus
