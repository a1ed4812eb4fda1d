"""``gyokaku sheet``: what of last year stands in it, as a user asks for it."""

from pathlib import Path

import pytest
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
    assert "戻った表は、data/raw/machi/R3.xlsx の名前で置いてください\n" in sheet(root, 2021).stdout


def test_it_says_which_sheet_of_the_year_to_take_away(city: City) -> None:
    root = city({2020: "完了 進行中 未着手 完了", 2021: "完了 進行中 未着手 完了"})
    assert "置いてください（今ある 2021.csv は、そのとき外してください）" in sheet(root, 2021).stdout


def test_a_sheet_that_no_item_carries_on_is_not_even_read(city: City) -> None:
    items = TAKEN_OVER.replace("案内,2020,", "案内,2020,2020")
    root = city({2020: "完了 進行中 未着手"}, items=items)
    last_year = root / "data" / "raw" / "machi" / "2020.csv"
    last_year.write_text("番号,実施状況\n1,完璧\n", encoding="utf-8")
    assert sheet(root, 2021).exit_code == 0
    (root / "out.xlsx").unlink()
    (root / "data" / "raw" / "machi" / "items.csv").write_text(TAKEN_OVER, encoding="utf-8")
    assert "完璧" in sheet(root, 2021).output


DEPARTMENTS = """\
番号,実施状況,所管課
1,完了,総務課
2,進行中,"財政課、総務課"
3,未着手,旧道路課
4,完了,"総務課、都市整備課"
"""


@pytest.fixture
def departments(city: City) -> Path:
    """The small city with a sheet of 2020 that names the departments; one of them has another name since."""
    root = city({2020: "完了 進行中 未着手 完了"}, more='[departments]\n"旧道路課" = "都市整備課"\n')
    (root / "data/raw/machi/2020.csv").write_text(DEPARTMENTS, encoding="utf-8")
    return root


def by_department(root: Path, folder: object, *options: str) -> Result:
    return gyokaku("sheet", 2021, "--by-department", folder, "--root", root, *options)


def rows_of(file: Path, sheet: str) -> list[tuple[object, ...]]:
    return [tuple(filter(None, row)) for row in load_workbook(file)[sheet].iter_rows(values_only=True)]


def test_each_department_gets_its_own_items_and_a_list_of_those_that_it_has_a_part_in(
    departments: Path,
) -> None:
    folder = departments / "out"
    result = by_department(departments, folder)
    assert result.exit_code == 0, result.output
    assert {file.name for file in folder.iterdir()} == {"総務課.xlsx", "財政課.xlsx", "都市整備課.xlsx"}
    numbers = {file.stem: [row[0] for row in rows_of(file, "状況調査")[4:]] for file in folder.iterdir()}
    assert numbers == {"総務課": ["1", "4"], "財政課": ["2"], "都市整備課": ["3"]}
    assert rows_of(folder / "都市整備課.xlsx", "状況調査")[0] == (
        "架空町実施計画 令和3年度 実施状況調査（都市整備課）",
    )
    assert rows_of(folder / "都市整備課.xlsx", "状況調査")[4][-1] == "都市整備課"
    assert rows_of(folder / "総務課.xlsx", "関係する項目")[2:] == [
        ("番号", "推進項目", "取りまとめる課"),
        ("2", "会議の公開", "財政課"),
    ]
    assert "関係する項目" not in load_workbook(folder / "財政課.xlsx").sheetnames
    assert "data/raw/machi/R3/ に入れてください" in result.stdout


def test_nothing_is_overwritten_and_nothing_half_written(departments: Path) -> None:
    folder = departments / "out"
    folder.mkdir()
    (folder / "財政課.xlsx").write_bytes(b"mine")
    result = by_department(departments, folder)
    assert (result.exit_code, "財政課.xlsx はすでにあります" in result.stderr) == (2, True)
    assert [file.name for file in folder.iterdir()] == ["財政課.xlsx"]
    assert by_department(departments, folder, "--overwrite").exit_code == 0
    assert (folder / "財政課.xlsx").read_bytes() != b"mine"


def test_the_sheet_of_a_department_that_was_renamed_since_is_named(departments: Path) -> None:
    folder = departments / "out"
    assert "もあります" not in by_department(departments, folder).output
    (folder / "~$財政課.xlsx").write_bytes(b"open in Excel")
    settings = departments / "data" / "raw" / "machi" / "plan.toml"
    text = settings.read_text(encoding="utf-8")
    assert "[departments]" in text
    settings.write_text(text.replace("[departments]", '[departments]\n"財政課" = "財務課"'), encoding="utf-8")
    result = by_department(departments, folder, "--overwrite")
    assert result.exit_code == 0, result.output
    assert (
        "今回作らなかった 財政課.xlsx もあります。前に作った調査票なら、配らないように除いてください"
        in result.output
    )


@pytest.mark.parametrize(
    ("folder", "options", "message"),
    [
        ("data/raw/machi/R3", [], "計画のデータのフォルダーの中なので"),
        ("none/out", [], "というフォルダーがありません"),
        ("data/raw/machi/2020.csv", [], "フォルダーではありません"),
        ("out", ["-o", "x.xlsx"], "一緒には使えません"),
    ],
)
def test_a_folder_that_cannot_be_meant_is_refused(
    departments: Path, folder: str, options: list[str], message: str
) -> None:
    before = sorted(departments.rglob("*"))
    result = by_department(departments, departments / folder, *options)
    assert (result.exit_code, message in result.stderr) == (2, True), result.output
    assert sorted(departments.rglob("*")) == before


def test_without_known_departments_nothing_is_divided(city: City) -> None:
    root = city({2020: "完了 進行中 未着手 完了"})
    result = by_department(root, root / "out")
    assert (result.exit_code, "所管課が分かりません" in result.stderr) == (1, True)
    assert "令和2年度の状況調査の所管課の欄に書いてください" in result.stderr
    assert not (root / "out").exists()


def test_items_of_no_department_and_names_that_windows_takes_for_one(departments: Path) -> None:
    text = (
        DEPARTMENTS.replace("旧道路課", "IT:課")
        .replace('"総務課、都市整備課"', "it?課")
        .replace('"財政課、総務課"', "")
    )
    (departments / "data/raw/machi/2020.csv").write_text(text, encoding="utf-8")
    result = by_department(departments, departments / "out")
    assert result.exit_code == 0, result.output
    names = {file.name for file in (departments / "out").iterdir()}
    assert names == {"総務課.xlsx", "IT_課.xlsx", "it_課_2.xlsx", "所管課未定.xlsx"}
    assert "所管課の分からない項目は 所管課未定.xlsx に入れました" in result.stdout


def test_the_sheet_goes_into_a_folder_that_git_ignores(city: City, root: Path) -> None:
    project = city({2020: "完了 進行中 未着手 完了"})
    result = gyokaku("sheet", 2021, "--root", project)
    assert result.exit_code == 0, result.output
    assert (project / "outgoing/状況調査_machi_R3.xlsx").is_file()
    assert "/outgoing/" in (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert gyokaku("sheet", 2021, "--root", project).exit_code == 2
