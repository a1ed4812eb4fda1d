"""`gyokaku check` and `diff` of a year's folder, and of one of its parts."""

from pathlib import Path

import pytest

from commands import gyokaku
from small_city import ITEMS_HEADER, City

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


WHOLE_LIST = "番号,推進項目,所管課,実施状況\n1,窓口の案内,総務課,{}\n2,会議の公開,総務課,{}\n3,歩道の点検,土木課,{}\n4,水道の更新,〃,{}\n"


@pytest.mark.parametrize(
    ("name", "statuses", "left", "missing"),
    [
        ("総務課", ("完了", "完了", "", ""), "番号3、4の行", ()),
        ("総務課", ("完了", "", "", ""), "番号3、4の行", ("D3",)),
        ("土木課", ("", "", "完了", ""), "番号1、2の行", ("D5",)),
        ("回答", ("", "完了", "", ""), "番号3、4の行", ("D2",)),
        ("総務課", ("", "", "", ""), "番号3、4の行", ("D2", "D3")),
        ("回答", ("", "", "", ""), "", ("D2", "D3", "D4", "D5")),
    ],
)
def test_of_a_whole_list_a_department_answers_its_own_rows(
    folder: Path, name: str, statuses: tuple[str, ...], left: str, missing: tuple[str, ...]
) -> None:
    file = folder / f"{name}.csv"
    file.write_text(WHOLE_LIST.format(*statuses), encoding="utf-8")
    result = gyokaku("check", file)
    said = result.stdout.splitlines()[:-1]
    empty = [f"誤り R3/{name}.csv!{cell}: 実施状況が空です" for cell in missing]
    assert [line.partition("。")[0] for line in said if "誤り" in line] == empty
    assert [line for line in said if "注意" in line] == (
        [
            f"注意 R3/{name}.csv!D{2 if '1' in left else 4}: {left}には何も書かれていないので、"
            "ほかの課が回答する項目としました。この課の項目なら、実施状況を入力してください"
        ]
        if left
        else []
    )
    assert result.exit_code == (1 if missing else 0)


def test_without_departments_blank_rows_are_others_where_the_list_has_every_item(folder: Path) -> None:
    file = folder / "回答.csv"
    file.write_text(f"{HEADER}1,完了\n2,\n3,\n4,\n", encoding="utf-8")
    assert "注意 R3/回答.csv!B3: 番号2、3、4の行には何も書かれていない" in gyokaku("check", file).stdout
    file.write_text(f"{HEADER}1,完了\n2,\n", encoding="utf-8")
    assert "誤り R3/回答.csv!B3: 実施状況が空です" in gyokaku("check", file).stdout


def test_what_no_department_answered_in_its_whole_list_is_missing_where_it_owes_it(folder: Path) -> None:
    for part in folder.iterdir():
        part.unlink()
    (folder / "総務課.csv").write_text(WHOLE_LIST.format("完了", "", "", ""), encoding="utf-8")
    (folder / "土木課.csv").write_text(WHOLE_LIST.format("", "", "完了", "完了"), encoding="utf-8")
    result = gyokaku("check", folder)
    assert [line.partition("。")[0] for line in result.stdout.splitlines() if "誤り R3" in line] == [
        "誤り R3/総務課.csv!D3: 実施状況が空です"
    ]
    (folder / "土木課.csv").unlink()
    (folder / "企画課.csv").write_text(WHOLE_LIST.format("", "", "", ""), encoding="utf-8")
    result = gyokaku("check", folder)
    assert (
        "誤り R3: 番号4「水道の更新」がどのファイルにも記入されていません（所管課: 土木課）。"
        "その課の状況調査を加えるか、実施状況を入力してください" in result.stdout
    )
    assert "企画課.csv!" not in result.stdout


def test_a_ditto_mark_under_a_row_that_is_left_to_others_is_no_status(folder: Path) -> None:
    file = folder / "総務課.csv"
    file.write_text(WHOLE_LIST.format("完了", "完了", "", "〃"), encoding="utf-8")
    result = gyokaku("check", file)
    assert "誤り R3/総務課.csv!D5: 実施状況が「〃」ですが、上に写す値がありません" in result.stdout


def test_a_year_without_items_is_said_once_not_of_every_row(city: City) -> None:
    items = ITEMS_HEADER + "1,1,窓口の案内,2020,2020\n2,1,会議の公開,2020,2020\n"
    folder = city({2020: "完了 進行中"}, items=items) / "data" / "raw" / "machi"
    (folder / "R3.csv").write_text(f"{HEADER}1,完了\n2,進行中\n", encoding="utf-8")
    result = gyokaku("check", folder / "R3.csv")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "誤り R3.csv!A1: 令和3年度の推進項目がありません。data/raw/machi/items.csv に、令和3年度の推進項目を開始年度 2021 で"
        "加えるか、続ける項目の終了年度を直してください",
        "1ファイルを調べました: 誤り 1件、注意 0件",
    ]
    after = gyokaku("sheet", 2025, "--root", folder.parents[2])
    assert "令和7年度はどの推進計画の期間にもありません（令和2年度～令和6年度（5年間））" in after.stderr
