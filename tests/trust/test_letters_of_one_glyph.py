"""Characters that the font draws alike are different letters in page, PDF and csv, and no obstacle to a report."""

from gate_checks import check_report
from made_reports import made_files
from small_city import SMALL_ITEMS, Small


def test_a_report_with_both_tildes_passes_the_gate(small: Small) -> None:
    items = SMALL_ITEMS.replace("窓口の案内", "窓口〜案内").replace("会議の公開", "会議～公開①➀")
    history = small({2020: "完了 進行中 未着手 完了", 2021: "完了 完了 進行中 完了"}, items=items)
    assert check_report(history, made_files(history)) > 100
