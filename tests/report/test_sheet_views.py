from helpers.history.history import History
from helpers.report import sheet_views
from helpers.sheets import WARNING, Finding, SheetSource, StatusSheet
from small_city import Small


def test_the_origin_names_file_bytes_and_notes(history_2022: History) -> None:
    sheet = history_2022.sheets[history_2022.year.previous]
    facts = dict(sheet_views.origin(sheet).printed.itertuples(index=False))
    assert facts["年度"] == "令和3年度"
    assert facts["ファイル"] == "R3.csv"
    assert facts["SHA-256"] == sheet.source.sha256
    assert facts["内容"] == "42項目"
    assert facts["注記"].startswith("導出")


def test_counts_stand_by_policy_and_status(small: Small) -> None:
    history = small({2020: "完了 進行中 未着手 未着手"})
    printed = sheet_views.counts(history.sheets[history.year]).printed
    assert printed.to_dict("records") == [
        {"基本方針": "1", "完了": "1", "進行中": "1", "未着手": "0"},
        {"基本方針": "2", "完了": "0", "進行中": "0", "未着手": "2"},
    ]


def test_counts_of_totals_only_stand_for_the_whole_plan(small: Small) -> None:
    history = small({2020: {"完了": 3, "進行中": 0, "未着手": 1}})
    printed = sheet_views.counts(history.sheets[history.year]).printed
    assert printed.to_dict("records") == [{"基本方針": "計画全体", "完了": "3", "進行中": "0", "未着手": "1"}]


def test_warnings_are_told_and_their_absence_too(small: Small) -> None:
    history = small({2020: "完了 進行中 未着手 未着手"})
    sheet = history.sheets[history.year]
    assert repr(sheet_views.findings(sheet)) == "気づいた点はありません。"
    warning = Finding("R2.csv", "非表示の行があります", "hidden_rows", cell="A5", severity=WARNING)
    warned = StatusSheet(sheet.year, sheet.records, SheetSource("R2.csv", "0", ""), (), (warning,))
    assert repr(sheet_views.findings(warned)) == "R2.csv!A5: 非表示の行があります"
