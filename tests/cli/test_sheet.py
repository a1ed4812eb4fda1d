"""``gyokaku sheet``: what of last year stands in it, as a user asks for it."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result
from openpyxl import load_workbook

from commands import gyokaku
from small_city import TAKEN_OVER, City


def sheet(root: Path, year: int) -> Result:
    return gyokaku("sheet", year, "-o", root / "out.xlsx", "--root", root)


def test_last_year_stands_beside_the_items_that_go_on(city: City) -> None:
    root = city({2020: "完了 進行中 未着手"}, items=TAKEN_OVER)
    assert sheet(root, 2021).exit_code == 0
    rows = list(load_workbook(root / "out.xlsx")["状況調査"].iter_rows(min_row=4, values_only=True))
    assert [row[3] for row in rows] == ["令和2年度\n実施状況", "完了", None]


def test_it_says_under_what_name_the_returned_sheet_is_read(city: City) -> None:
    root = city({2020: "完了 進行中 未着手 完了"})
    assert "戻った表は、data/raw/machi/R3.xlsx の名前で置いて" in sheet(root, 2021).stdout


def test_a_sheet_that_no_item_carries_on_is_not_even_read(city: City) -> None:
    items = TAKEN_OVER.replace("案内,2020,", "案内,2020,2020")
    root = city({2020: "完了 進行中 未着手"}, items=items)
    last_year = root / "data" / "raw" / "machi" / "2020.csv"
    last_year.write_text("番号,実施状況\n1,完璧\n", encoding="utf-8")
    assert sheet(root, 2021).exit_code == 0
    (root / "out.xlsx").unlink()
    (root / "data" / "raw" / "machi" / "items.csv").write_text(TAKEN_OVER, encoding="utf-8")
    assert "完璧" in sheet(root, 2021).output
