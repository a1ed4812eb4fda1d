"""A city that counts 事業, heads its years by a date, brackets two classes and prints totals first: every file agrees."""

import re
from pathlib import Path

import pytest

from gate_checks import as_published, check_report, complaints_about
from helpers import glance, sentences, tables
from helpers.export.files.book import make_book
from helpers.export.files.contents import Publication
from helpers.export.files.csv_file import table_csv
from helpers.export.files.package import data_package
from helpers.export.index.entries import PlanListing, ReportEntry
from helpers.export.index.index_page import index_html
from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.history.opening import load_history
from helpers.pipeline.finishing import summarize
from helpers.report.published.difference import Reconciliation
from made_reports import lay_out_synthetic, made_files
from small_city import OUTSIDE, SMALL_ITEMS, SMALL_STATUSES, City, Small, status

STATUSES = (
    status("S", "done") + status("A", "under_way") + status("未達成") + status("休止", "other") + OUTSIDE
)
SETTINGS = """
[wording]
item = "事業"
item_title = "事業名"
year = "{march_short}.3月末現在"
last_year = "前年同期"

[groups]
done = "達成"

[[brackets]]
name = "進展"
statuses = ["S", "A"]

[printing]
overall_change = true
total_row = "first"
total_column = "first"
change = "points"
no_change = "±0"
no_share = "…"
"""
ITEMS = f"{SMALL_ITEMS}5,2,公園の管理,2021,\n"
SHEETS = {2020: "S A 未達成 休止", 2021: "S S A 休止 対象外"}
WHOLE = [
    ["合計", "5", "100.0%", "4", "100.0%", "±0"],
    ["進展", "3", "75.0%", "2", "50.0%", "+25.0%"],
    ["S", "2", "50.0%", "1", "25.0%", "+25.0%"],
    ["A", "1", "25.0%", "1", "25.0%", "±0"],
    ["未達成", "0", "0.0%", "1", "25.0%", "△25.0%"],
    ["休止", "1", "25.0%", "1", "25.0%", "±0"],
    ["対象外", "1", "…", "0", "…", "…"],
]


@pytest.fixture
def history(small: Small) -> History:
    return small(SHEETS, statuses=STATUSES, items=ITEMS, more=SETTINGS)


def test_the_whole_plan_has_the_citys_headings_its_bracket_and_a_change_in_points(history: History) -> None:
    table = tables.overall(history)
    assert list(table.printed.columns) == [
        "実施状況", "事業数", "割合", "前年同期事業数", "前年同期割合", "前年同期比",
    ]  # fmt: skip
    assert table.printed.to_numpy().tolist() == WHOLE
    assert [*table.spanners.values()] == ["R4.3月末現在"] * 2 + ["R3.3月末現在"] * 2
    assert table_csv(table.records).decode().splitlines()[1:3] == [
        "2021,合計,5,1.000,4,1.000,1,0.000",
        "2021,進展,3,0.750,2,0.500,1,0.250",
    ]


def test_the_grand_total_has_no_share_to_compare(history: History) -> None:
    table = tables.by_policy(history)
    assert table.printed.iloc[-1].tolist() == ["", "総計", "5", "…", "4", "…", "…"]


def test_the_summary_has_a_column_of_totals_and_one_of_the_brackets_sums(history: History) -> None:
    table = tables.summary(history)
    assert list(table.printed.columns) == ["基本方針", "合計", "進展計", "S", "A", "未達成", "休止", "対象外"]
    assert table.printed.to_numpy().tolist()[2:] == [
        ["推進計画(R4.3月末現在)実績 合計", "5 (100.0%)", "3 (75.0%)", "2 (50.0%)", "1 (25.0%)", "0 (0.0%)", "1 (25.0%)", "1"],
        ["(参考) R3.3月末現在実績 合計", "4 (100.0%)", "2 (50.0%)", "1 (25.0%)", "1 (25.0%)", "1 (25.0%)", "1 (25.0%)", "0"],
    ]  # fmt: skip
    assert table.spanners["進展計"] == table.spanners["S"] == "進展"
    assert table.spanners["未達成"] == "事業数（割合）"


def test_page_pdf_and_csv_pass_the_gate_and_nowhere_stand_other_words(history: History) -> None:
    files = made_files(history)
    assert check_report(history, files) > 300
    page = re.sub(r"<script.*?</script>|<style.*?</style>", "", files["report.html"].decode(), flags=re.S)
    # The plan's own overview is written in plan.toml.
    assert {text for text in re.split(r'[<>"]', page) if "項目" in text} <= {"5項目を設定"}
    for word in ("前年度", "未着手", "着手", "計画どおり", "年度末"):
        assert word not in page, word


@pytest.mark.parametrize(
    ("row", "old", "new", "fault"),
    [
        ("進展", ">3<", ">4<", "進展 の項目数は「4」ですが、確かめると「3」です"),
        ("進展", "75.0%", "75.1%", "進展 の割合は「75.1%」ですが、確かめると「75.0%」です"),
        ("進展", "+25.0%", "+24.0%", "進展 の前年比は「+24.0%」ですが、確かめると「+25.0%」です"),
        ("合計", ">5<", ">6<", "合計 の項目数は「6」ですが、確かめると「5」です"),
        ("合計", ">±0<", ">+1<", "合計 の前年比は「+1」ですが、確かめると「±0」です"),
    ],
)
def test_the_gate_counts_brackets_totals_and_changes_again(
    history: History, row: str, old: str, new: str, fault: str
) -> None:
    html, content = as_published(tables.overall(history))
    (right,) = (text for text in re.findall(r"<tr.*?</tr>", html) if f">{row}<" in text)
    assert old in right
    wrong = html.replace(right, right.replace(old, new))
    assert any(fault in line for line in complaints_about(history, "overall", wrong, content))


def test_no_sentence_and_no_card_claims_more_than_the_citys_words(history: History) -> None:
    sentence_lines = repr(sentences.summary(history)).splitlines()
    assert (
        sentence_lines[-1]
        == "4事業のうち、達成は2事業、「A」は1事業、「未達成」は0事業、「休止」は1事業です。"
    )
    cards = glance.year_at_a_glance(history).text.splitlines()
    assert cards == [
        "「S」の割合: 50.0%（4事業中2事業、前年同期比 +25.0ポイント）",
        "A: 1事業（前年同期 1事業）",
        "未達成: 0事業（前年同期 1事業）",
        "前年同期から動いた事業: 3事業（前進 2、後退 0、追加 1）",
    ]


def test_a_class_that_says_nothing_is_counted_and_neither_left_nor_moved_on(small: Small) -> None:
    history = small({2020: "S S S 休止", 2021: "S S 休止 S"}, statuses=STATUSES)
    assert tables.remaining(history) is None
    assert tables.overall(history).printed["割合"].tolist() == [
        "75.0%",
        "0.0%",
        "0.0%",
        "25.0%",
        "-",
        "100.0%",
    ]
    assert repr(sentences.moved(history)) == (
        "令和2年度から状況が変わった項目は2項目です（ほかの区分に変わったもの2項目）。"
    )
    table = tables.remaining(small({2020: "A 休止 未達成 S"}, statuses=STATUSES))
    assert table.caption == "残る項目（「A・未達成」の2項目）と、その状況にある年数"


@pytest.mark.parametrize(
    ("open_word", "sentence"),
    [
        ("未達成", "4項目のうち、「完了」は1項目、「進行中」は1項目、「未達成」は2項目です。"),
        ("-", "4項目のうち、「完了」は1項目、「進行中」は1項目、「-」は2項目です。"),
        ("廃止", "4項目のうち、「完了」は1項目、「進行中」は1項目、「廃止」は2項目です。"),
        ("未実施", "4項目のうち1項目が計画どおりに実施されています。「進行中」の1項目を合わせると、2項目に着手しており、2項目が未着手です。"),
        ("×", "4項目のうち1項目が計画どおりに実施されています。「進行中」の1項目を合わせると、2項目に着手しており、2項目が未着手です。"),
    ],
)  # fmt: skip
def test_a_plan_that_sets_no_words_is_told_in_those_of_its_classes_unless_they_say_as_much(
    small: Small, open_word: str, sentence: str
) -> None:
    statuses = SMALL_STATUSES.replace("未着手", open_word)
    history = small({2020: f"完了 進行中 {open_word} {open_word}"}, statuses=statuses)
    assert repr(sentences.summary(history)) == sentence
    assert ("未着手" in glance.year_at_a_glance(history).text) == ("未着手" in sentence)


def test_shares_can_be_left_out_and_the_csv_keeps_them(small: Small) -> None:
    history = small(
        {2020: "完了 完了 未着手 未着手", 2021: "完了 未着手 未着手 未着手"},
        more="\n[printing]\nshares = false\n",
    )
    whole, by_policy, summary = tables.overall(history), tables.by_policy(history), tables.summary(history)
    assert whole.printed.to_numpy().tolist()[0] == ["完了", "1", "2"]
    assert by_policy.printed.to_numpy().tolist()[0] == ["1 つながり", "完了", "1", "2", "△1"]
    assert summary.printed.to_numpy().tolist()[0] == ["1 つながり", "1", "0", "1"]
    assert set(summary.spanners.values()) == {"項目数"}
    assert table_csv(whole.records).decode().splitlines()[1] == "2021,完了,1,0.250,2,0.500"
    assert check_report(history, made_files(history)) > 200


def test_shares_of_targets_are_printed_where_those_of_statuses_are_not(city: City) -> None:
    measure = '[[measures]]\nbetter = "増"\ncolumns = { target = "目標値", actual = "実績値" }\n'
    root = city({}, more=f"\n[printing]\nshares = false\n\n{measure}")
    sheet = "番号,推進項目,実施状況,目標値,実績値\n1,窓口の案内,完了,3,4\n2,会議の公開,完了,6,4\n"
    sheet += "3,歩道の点検,完了,,\n4,水道の更新,未着手,,\n"
    (root / "data/raw/machi/2020.csv").write_text(sheet, encoding="utf-8")
    history = load_history("machi", 2020, root)
    targets, measures = tables.targets(history), tables.measures(history)
    assert targets is not None and measures is not None
    assert targets.printed.to_numpy().tolist()[0] == ["1 つながり", "2", "2", "1", "50.0%"]
    assert measures.printed["達成率"].tolist() == ["133.3%", "66.7%"]
    assert tables.overall(history).printed.columns.tolist() == ["実施状況", "項目数"]
    assert check_report(history, made_files(history)) > 50


def test_printing_can_change_from_a_year_on(small: Small) -> None:
    change = '\n[[printing_changes]]\nyear = 2021\ndecimals = 0\ndecrease = "▲"\n'
    before = small({2020: "完了 進行中 未着手 未着手"}, more=change)
    after = small({2020: "完了 進行中 未着手 未着手", 2021: "完了 進行中 進行中 未着手"}, more=change)
    assert tables.overall(before).printed["割合"][0] == "25.0%"
    table = tables.by_policy(after)
    assert table.printed["割合"][0] == "50%"
    assert table.printed["前年比"].tolist()[4:8] == ["-", "+1(+50%)", "▲1(▲50%)", "-"]
    assert check_report(after, made_files(after)) > 200


def test_the_mark_of_no_change_stands_in_comparisons_alone(small: Small) -> None:
    sheets = {2020: "完了 進行中 未着手 未着手", 2021: "完了 完了 未着手 未着手"}
    history = small(sheets, more='\n[printing]\nno_change = "増減なし"\n')
    bridge, by_policy = tables.bridge(history), tables.by_policy(history)
    assert bridge.printed.iloc[2].tolist() == ["計画全体", "未着手", "2", "―", "―", "2"]
    assert by_policy.printed["前年比"].tolist()[2:4] == ["増減なし", "増減なし"]


def test_targets_money_judgements_and_texts_go_by_the_citys_words_too(tmp_path: Path) -> None:
    file = lay_out_synthetic(tmp_path, "shiosai") / "data" / "raw" / "shiosai" / "plan.toml"
    words = '\n[wording]\nitem = "事業"\nitem_title = "事業名"\n'
    text = file.read_text(encoding="utf-8").replace("show = true", "show = false")
    file.write_text(text + words, encoding="utf-8")
    history = load_history("shiosai", 2022, tmp_path)
    files = made_files(history)
    assert check_report(history, files) > 300
    page = files["report.html"].decode()
    assert '<table id="measures' in page
    assert "推進項目</th>" not in page


def test_workbooks_and_data_package_describe_their_columns_in_the_citys_words(history: History) -> None:
    publication = Publication.of(history, [tables.overall(history)])
    assert publication.as_of == "R4.3月末現在"
    (sheet,) = make_book(publication).sheets
    assert [field.title for field in sheet.tables[0].fields] == [
        "年度", "実施状況", "事業数", "割合", "前年同期事業数", "前年同期割合", "前年同期比（事業数）", "前年同期比（割合）",
    ]  # fmt: skip
    files = {"overall": table_csv(tables.overall(history).records)}
    assert "項目" not in data_package(publication, files).decode()


def test_the_index_calls_what_is_done_and_counted_as_the_city_does(history: History) -> None:
    summary = summarize(history, Reconciliation((), ()))
    assert (summary.done_word, summary.item) == ("達成", "事業")
    report = ReportEntry(
        "machi", "架空町", "実施計画", FiscalYear(2021), "50.0%", 5, "公表値なし", "machi/2021", (),
        done_word=summary.done_word, item=summary.item,
    )  # fmt: skip
    page = index_html([PlanListing("machi", "架空町", "大綱", (report,))])
    assert "達成 <strong>50.0%</strong>" in page
    assert "（5事業中" in page
    assert "「達成」の事業の割合の推移。" in page
    assert "項目" not in page
    assert "計画どおり" not in page
