"""A first year whose predecessor printed nothing but percentages: compared in points, with numbers of items 資料なし."""

import pytest

from gate_checks import as_published, check_report, complaints_about, pass_gate
from helpers import glance, sentences, tables
from helpers.errors import DataError
from helpers.export.files.csv_file import table_csv
from helpers.history.history import History
from made_reports import made_files
from small_city import OUTSIDE, SMALL_STATUSES, Refusal, Small

# Of fiscal 2019, before the plan began: 5 of 7, 1 of 7, 1 of 7.
KNOWN = """
[[known_shares]]
year = 2019
source = "令和元年度の報告書"
shares = { "完了" = "71.4", "進行中" = "14.3%", "未着手" = 14.3 }
policies = { "1" = { "完了" = 100, "進行中" = 0, "未着手" = 0 } }
"""
SHEETS = {2020: "完了 進行中 完了 完了"}


@pytest.fixture
def history(small: Small) -> History:
    return small(SHEETS, more=KNOWN, statuses=SMALL_STATUSES + OUTSIDE)


def test_the_whole_plan_stands_beside_last_years_shares(history: History) -> None:
    table = tables.overall(history)
    assert table.printed.to_numpy().tolist() == [
        ["完了", "3", "75.0%", "資料なし", "71.4%"],
        ["進行中", "1", "25.0%", "資料なし", "14.3%"],
        ["未着手", "0", "0.0%", "資料なし", "14.3%"],
        ["対象外", "0", "-", "資料なし", "-"],
        ["合計", "4", "100.0%", "資料なし", "100.0%"],
    ]
    assert (
        "※令和元年度は割合だけが公表されており（令和元年度の報告書）、項目数は資料がありません。"
        in table.notes
    )


def test_policies_change_in_points_and_one_without_shares_says_so(history: History) -> None:
    table = tables.by_policy(history)
    assert table.printed.to_numpy().tolist() == [
        ["1 つながり", "完了", "1", "50.0%", "資料なし", "100.0%", "△50.0%"],
        ["1 つながり", "進行中", "1", "50.0%", "資料なし", "0.0%", "+50.0%"],
        ["1 つながり", "未着手", "0", "0.0%", "資料なし", "0.0%", "-"],
        ["1 つながり", "対象外", "0", "-", "資料なし", "-", "資料なし"],
        ["1 つながり", "合計", "2", "100.0%", "資料なし", "100.0%", "資料なし"],
        ["2 くらし", "完了", "2", "100.0%", "資料なし", "資料なし", "資料なし"],
        ["2 くらし", "進行中", "0", "0.0%", "資料なし", "資料なし", "資料なし"],
        ["2 くらし", "未着手", "0", "0.0%", "資料なし", "資料なし", "資料なし"],
        ["2 くらし", "対象外", "0", "-", "資料なし", "資料なし", "資料なし"],
        ["2 くらし", "合計", "2", "100.0%", "資料なし", "資料なし", "資料なし"],
        ["", "総計", "4", "-", "資料なし", "資料なし", "資料なし"],
    ]
    assert table_csv(table.records).decode().splitlines()[:3] == [
        "fiscal_year,policy,status,items,share,previous_items,previous_share,change_items,change_share",
        "2020,1,完了,1,0.500,,1.000,,-0.500",
        "2020,1,進行中,1,0.500,,0.000,,0.500",
    ]


def test_the_sentence_tells_the_points(history: History) -> None:
    text = sentences.overall(history).text
    assert "「完了」は3項目（75.0%）です。前年度の割合71.4%から75.0%へ3.6ポイント増えました。" in text
    assert "「未着手」は0項目（0.0%）です。前年度の割合14.3%から0.0%へ14.3ポイント減りました。" in text
    assert "資料がない" not in text


@pytest.mark.parametrize(
    "printing", ["", 'change = "points"\noverall_change = true', 'change = "items"', "decimals = 1"]
)
def test_every_file_passes_the_gate(small: Small, printing: str) -> None:
    history = small(SHEETS, more=f"{KNOWN}[printing]\n{printing}\n")
    assert check_report(history, made_files(history)) > 100


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [("overall", "71.4%", "71.5%"), ("by_policy", "△50.0%", "△49.0%"), ("by_policy", "+50.0%", "+1(+50.0%)")],
)
def test_the_gate_finds_a_wrong_share_on_the_page(history: History, table: str, old: str, new: str) -> None:
    made = {"overall": tables.overall, "by_policy": tables.by_policy}[table](history)
    html, content = pass_gate(history, made)
    assert old in html
    assert "確かめると" in complaints_about(history, table, html.replace(old, new), content)[0]


@pytest.mark.parametrize(("old", "new"), [(",0.714", ",0.715"), (",0.143", ",0.142")])
def test_the_gate_finds_a_wrong_share_in_the_csv(history: History, old: str, new: str) -> None:
    html, content = as_published(tables.overall(history))
    wrong = content.replace(old.encode(), new.encode())
    assert "確かめると" in complaints_about(history, "overall", html, wrong)[0]


def test_a_year_with_a_sheet_needs_no_shares(small: Small) -> None:
    with pytest.raises(DataError, match="どちらかを外してください"):
        small(SHEETS | {2021: "完了 進行中 完了 完了"}, more=KNOWN.replace("2019", "2020"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("year = 2019", "year = 2018", "known_shares[1].year: 「2018」の翌年度の報告書が、計画の期間にありません"),
        ("year = 2019", "year = 2031", "翌年度の報告書が、計画の期間にありません"),
        ('"71.4"', '"71.40"', "shares.完了: 「71.40」の小数点以下の桁数が、報告書の割合（1桁）と違います"),
        ('"71.4"', "71", "桁数が、報告書の割合（1桁）と違います"),
        ('"71.4"', '"０．７１４"', "桁数が、報告書の割合（1桁）と違います"),
        ('"71.4"', "-71.4", "「-71.4」は割合ではありません"),
        ('"71.4"', "true", "「True」は割合ではありません"),
        ('"71.4"', '"=1+1"', "「=1+1」は割合ではありません"),
        ('"71.4"', '"101.0"', "「101.0」は割合ではありません"),
        ('"71.4"', '"61.4"', "known_shares[1].shares: 割合の合計が90.0%です"),
        ('"完了" = "71.4", ', "", "shares.完了: 割合がありません"),
        ('"完了" = "71.4"', '"完了" = "71.4", "保留" = 0', "「保留」という設定はありません"),
        ('{ "1" =', '{ "9" =', "policies.9: 「9」は基本方針にありません"),
        ("year = 2019\n", "year = 2019\nitems = 3\n", "「items」という設定はありません"),
        ("shares = {", "share = {", "known_shares[1].shares: 値がありません"),
    ],
)  # fmt: skip
def test_shares_that_cannot_be_are_refused(refusal: Refusal, old: str, new: str, fault: str) -> None:
    assert old in KNOWN
    assert fault in refusal(more=KNOWN.replace(old, new))


def test_a_share_may_be_written_in_full_width(small: Small) -> None:
    history = small(SHEETS, more=KNOWN.replace('"71.4"', '"７１．４％"'))
    assert tables.overall(history).printed.iloc[0, -1] == "71.4%"


def test_the_first_page_tells_the_points_and_the_moves_why_there_are_none(history: History) -> None:
    assert (
        "「完了」の割合: 75.0%（4項目中3項目、前年度比 +3.6ポイント）"
        in glance.year_at_a_glance(history).text
    )
    assert sentences.moved(history).text == (
        "前年度（令和元年度）は割合だけが公表されており、項目ごとの動きは示せません。"
    )


def test_a_reference_year_of_shares_alone_is_told_as_such(small: Small) -> None:
    history = small({2021: SHEETS[2020]}, more=KNOWN.replace("2019", "2020"))
    assert sentences.summary(history).text.startswith(
        "基準とする令和2年度は割合だけが公表されているため、計画の初めとは比較していません。"
    )
