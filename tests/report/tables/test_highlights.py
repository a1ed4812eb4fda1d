from dataclasses import replace

from helpers import tables
from small_city import TAKEN_OVER, Small


def test_an_item_that_takes_over_a_number_has_no_status_of_last_year(small: Small) -> None:
    history = small({2020: "完了 進行中 未着手", 2021: "進行中 完了"}, items=TAKEN_OVER)
    sheet = history.sheets[history.year]
    tried = sheet.with_statuses(sheet.statuses.assign(activities="試行した。"))
    table = tables.highlights(replace(history, sheets={**history.sheets, history.year: tried}))
    assert table.printed[["番号", "推進項目", "状況の変化"]].to_numpy().tolist() == [
        ["1", "窓口の案内", "完了⇒進行中へ"],
        ["2", "会議の録画", ""],
    ]
    assert table.records["previous_status"].to_list() == ["完了", ""]
