"""Which files of a plan's folder are status sheets, and the warnings of files that look like one."""

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.errors import SheetError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.sheets import SheetFolder, find_sheets

R3, R4 = FiscalYear(2021), FiscalYear(2022)


def lay_out(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(b"")


def test_sheets_are_found_by_the_year_in_their_names(tmp_path: Path, plan: Plan) -> None:
    lay_out(tmp_path, "R4.csv", "2021.XLSX", "令和2年度.ods", "R5.pdf", "~$R4.xlsx", "notes.csv", "items.csv")
    (tmp_path / "R1.csv").mkdir()  # read, and then said to be a folder
    sheets = find_sheets(replace(plan, folder=tmp_path))
    assert {int(year): path.name for year, path in sheets.items()} == {
        2019: "R1.csv",
        2020: "令和2年度.ods",
        2021: "2021.XLSX",
        2022: "R4.csv",
    }
    assert list(sheets) == sorted(sheets)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("状況調査_R5.xlsx", "名前が年度だけでないため読みません。R5.xlsx に直してください"),
        ("R5 (1).csv", "名前が年度だけでないため読みません。R5.csv に直してください"),
        ("R4 - コピー.XLSX", "名前が年度だけでないため読みません（令和4年度は R4.csv を読みます）。要らなければこのフォルダーから外してください"),
        ("最終版.ods", "名前が年度でないため読みません。状況調査なら R4.ods のように年度だけの名前に直し、" "そうでなければこのフォルダーから外してください"),
        ("errata.toml", "plan.toml のほかの設定は読みません。公表資料の正誤や訂正なら published/2022/errata.toml のように公表値のフォルダーに置き、" "そうでなければこのフォルダーから外してください"),
    ],
)  # fmt: skip
def test_a_file_that_nothing_reads_is_warned_of(tmp_path: Path, name: str, message: str) -> None:
    lay_out(tmp_path, "R4.csv", name)
    (finding,) = SheetFolder.look(tmp_path).unread
    assert (str(finding), finding.is_error) == (f"{name}: {message}", False)


def test_what_is_no_sheet_or_was_left_by_a_program_is_passed_over(tmp_path: Path) -> None:
    lay_out(tmp_path, "R4.csv", "items.csv", "plan.toml", "R4.pdf", "~$R4.xlsx", ".R4.csv", "R4.csv~")
    (tmp_path / "old.csv").mkdir()
    assert SheetFolder.look(tmp_path).unread == ()


def test_two_sheets_of_one_year_are_refused_where_that_year_is_read(tmp_path: Path, plan: Plan) -> None:
    lay_out(tmp_path, "R3.csv", "R4.csv", "2022.xlsx")
    doubled = replace(plan, folder=tmp_path)
    assert find_sheets(doubled, [R3]) == {R3: tmp_path / "R3.csv", R4: tmp_path / "2022.xlsx"}
    for years in (None, [R3, R4]):
        with pytest.raises(SheetError, match=r"令和4年度の状況調査が二つあります（2022\.xlsx、R4\.csv）"):
            find_sheets(doubled, years)


def test_a_name_is_shown_on_one_line_and_moves_no_terminal(tmp_path: Path) -> None:
    lay_out(tmp_path, "R4\n.csv", "R4.ods", "控え\x1b[2J_R4.csv")
    folder = SheetFolder.look(tmp_path)
    shown = [str(finding) for finding in (*folder.unread, *folder.doubled[R4])]
    assert len(shown) == 2 and all(text.isprintable() for text in shown)
