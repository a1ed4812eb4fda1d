"""`gyokaku check` and `diff` of a year's folder, and of one of its parts."""

from pathlib import Path

import pytest

from commands import gyokaku
from small_city import City

HEADER = "番号,実施状況\n"


@pytest.fixture
def folder(city: City) -> Path:
    """Fiscal 2021 of the small city in two files."""
    folder = city({2020: "完了 完了 完了 進行中"}) / "data" / "raw" / "machi" / "R3"
    folder.mkdir()
    (folder / "a.csv").write_text(f"{HEADER}1,完了\n2,進行中\n", encoding="utf-8")
    (folder / "b.csv").write_text(f"{HEADER}3,完了\n4,未着手\n", encoding="utf-8")
    return folder


def test_a_folder_is_checked_as_one_sheet(folder: Path) -> None:
    result = gyokaku("check", folder)
    assert result.exit_code == 0, result.output
    assert "2ファイルを調べました: 誤りはありません" in result.stdout
    (folder / "b.csv").write_text(f"{HEADER}3,完了\n2,未着手\n", encoding="utf-8")
    result = gyokaku("check", folder)
    assert result.exit_code == 1
    assert "誤り R3: 番号4「水道の更新」がどのファイルにもありません" in result.stdout
    assert "誤り R3/b.csv!A3: 番号2「会議の公開」はR3/a.csv!A3にもあります" in result.stdout


def test_a_year_that_the_name_of_the_file_or_folder_contradicts_is_said(folder: Path, tmp_path: Path) -> None:
    result = gyokaku("check", folder, "--year", "R4")
    assert (
        "注意 R3/a.csv: フォルダーの名前「R3」は令和3年度ですが、令和4年度として読みました" in result.stdout
    )
    for name, said in (("R2", True), ("R3", False), ("調査票_令和2年度", True), ("調査票_R4.4.1", False)):
        file = tmp_path / f"{name}.csv"
        file.write_text(f"{HEADER}1,完了\n2,進行中\n3,完了\n4,未着手\n", encoding="utf-8")
        result = gyokaku("check", file, "--root", folder.parents[3], "--year", "R3")
        words = f"ファイルの名前「{name}.csv」は令和2年度ですが、令和3年度として読みました"
        assert (result.exit_code, words in result.stdout) == (0, said)
    titled = tmp_path / "R2.csv"
    titled.write_text(f"令和3年度 状況調査\n{HEADER}1,完了\n2,進行中\n3,完了\n4,未着手\n", encoding="utf-8")
    result = gyokaku("check", titled, "--root", folder.parents[3], "--year", "R3")
    assert "誤りはありません" in result.stdout


def test_a_part_is_checked_by_itself(folder: Path) -> None:
    result = gyokaku("check", folder / "b.csv")
    assert (result.exit_code, "1ファイルを調べました: 誤りはありません" in result.stdout) == (0, True)
    (folder / "b.csv").write_text(f"{HEADER}3,済\n", encoding="utf-8")
    result = gyokaku("check", folder / "b.csv")
    assert (result.exit_code, "誤り R3/b.csv!B2: 実施状況「済」" in result.stdout) == (1, True)


def test_a_file_of_the_same_year_beside_the_folder_is_said(folder: Path) -> None:
    (folder.parent / "2021.csv").write_text(f"{HEADER}1,完了\n2,完了\n3,完了\n4,完了\n", encoding="utf-8")
    result = gyokaku("check", folder)
    assert (result.exit_code, "令和3年度の状況調査が二つあります（2021.csv、R3/）" in result.stdout) == (
        1,
        True,
    )


def test_the_folder_of_a_plan_is_no_sheet(folder: Path) -> None:
    result = gyokaku("check", folder.parent, "--year", "R3")
    assert (result.exit_code, "フォルダーです" in result.stderr) == (2, True)


def test_a_folder_is_compared_with_a_file(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "R3.csv"
    file.write_text(f"{HEADER}1,完了\n2,進行中\n3,完了\n4,進行中\n", encoding="utf-8")
    result = gyokaku("diff", file, folder)
    assert result.exit_code == 1
    assert "水道の更新" in result.stdout and "進行中" in result.stdout and "未着手" in result.stdout
    file.write_text(f"{HEADER}1,完了\n2,進行中\n3,完了\n4,未着手\n", encoding="utf-8")
    assert gyokaku("diff", file, folder).exit_code == 0
