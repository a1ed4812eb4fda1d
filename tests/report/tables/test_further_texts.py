"""What sheets say beyond statuses, as a table of its own where there are no cards."""

from gate_checks import check_report
from helpers import tables
from helpers.history.opening import load_history
from made_reports import made_files
from small_city import City

FIELDS = """
[[fields]]
name = "令和3年度の工程"

[[fields]]
name = "令和4年度の工程"
aliases = ["R4工程"]
"""
SHEET = """番号,推進項目,実施状況,令和3年度の工程,R4工程
1,窓口の案内,完了,検討,試行→実施
2,会議の公開,進行中,,調査　⇒　設計
3,歩道の点検,完了,―,―
4,水道の更新,未着手,,
"""


def test_a_schedule_is_a_field_a_year_whichever_years_its_headings_name(city: City) -> None:
    project = city({}, more=FIELDS)
    (project / "data" / "raw" / "machi" / "2021.csv").write_text(SHEET, encoding="utf-8")
    history = load_history("machi", 2021, project)
    table = tables.further_texts(history)
    assert table is not None
    assert table.caption == "推進項目別の令和3年度の工程・令和4年度の工程（令和3年度）"
    assert table.printed[["番号", "内容", "記載"]].to_numpy().tolist() == [
        ["1", "令和3年度の工程", "検討"],
        ["1", "令和4年度の工程", "試行→実施"],
        ["2", "令和4年度の工程", "調査　⇒　設計"],
    ]
    assert check_report(history, made_files(history)) > 50
