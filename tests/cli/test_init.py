"""``gyokaku init``: in an empty project, and from a sheet in hand."""

import shutil
from pathlib import Path

import pytest
from click.testing import Result

from commands import gyokaku
from helpers.plan.reading.plan_file import load_plan

SHEET = """\
海辺市行財政改革プラン 令和5年度の状況
No,柱,取組の名称,達成度,担当部署
1,Ⅰ 協働,窓口の案内,達成,総務課
2,Ⅰ 協働,会議の公開,着手前,市民課
3,Ⅱ 財政,台帳の整備,達成,財政課
4,Ⅱ 財政,施設の見直し,達成,財政課
"""


@pytest.fixture
def empty(tmp_path: Path, root: Path) -> Path:
    """A clone without any plan: git keeps no empty data/raw."""
    shutil.copytree(root / "notebooks", tmp_path / "project/notebooks")
    return tmp_path / "project"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "調査票.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def init(root: Path, *options: object) -> Result:
    return gyokaku("init", "umibe", "--root", root, *options)


def test_a_first_plan_starts_where_there_is_no_data_folder_yet(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty / "notebooks/sub").mkdir()
    monkeypatch.chdir(empty / "notebooks/sub")
    assert gyokaku("init", "umibe").exit_code == 0
    assert load_plan(empty / "data/raw/umibe").municipality == "〇〇市"
    elsewhere = gyokaku("init", "umibe", "--root", empty / "data")
    assert (elsewhere.exit_code, "notebooks がありません" in elsewhere.stderr) == (2, True)


def test_a_sheet_that_nobody_filled_in_is_said(empty: Path, sheet: Path) -> None:
    sheet.write_text("令和5年度の状況\n番号,推進項目,実施状況\n1,窓口,\n2,台帳,\n", encoding="utf-8")
    result = init(empty, "--from", sheet)
    assert (result.exit_code, "実施状況の書かれた行がありません" in result.stderr) == (1, True)
    assert "plan.toml" not in result.output and not (empty / "data/raw/umibe").exists()


def test_a_sheet_in_hand_becomes_a_plan_that_passes_check_on_that_very_sheet(
    empty: Path, sheet: Path
) -> None:
    result = init(empty, "--from", sheet)
    assert result.exit_code == 0, result.output
    folder = empty / "data/raw/umibe"
    assert {file.name for file in folder.iterdir()} == {"plan.toml", "items.csv", "R5.csv"}
    assert (folder / "R5.csv").read_bytes() == sheet.read_bytes()
    for line in (
        "推進項目 4件、基本方針 2件（Ⅰ 協働、Ⅱ 財政）",
        "実施状況 達成 3、着手前 1",
        "列見出し 実施状況＝達成度、推進項目＝取組の名称",
    ):
        assert line in result.stdout
    checked = gyokaku("check", sheet, "--root", empty)
    assert (checked.exit_code, checked.stdout) == (0, "1ファイルを調べました: 誤りはありません\n")


DEPARTMENTS = {
    "財政課.csv": "No,柱,取組の名称,達成度\n4,Ⅱ 財政,施設の見直し,達成\n3,Ⅱ 財政,台帳の整備,達成\n",
    "総務/総務課.csv": "No,柱,取組の名称,達成度\n10,Ⅰ 協働,広報の見直し,着手前\n1,Ⅰ 協働,窓口の案内,達成\n",
    "総務/市民課.csv": "No,柱,取組の名称,達成度\n2,Ⅰ 協働,会議の公開,着手前\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in DEPARTMENTS.items():
        file = tmp_path / "R5" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "R5"


def test_a_folder_of_the_departments_sheets_becomes_a_plan_in_the_order_of_numbers(
    empty: Path, folder: Path
) -> None:
    result = init(empty, "--from", folder)
    assert result.exit_code == 0, result.output
    assert "項目と基本方針は番号の順に並べました" in result.stdout
    made = empty / "data/raw/umibe"
    plan = load_plan(made)
    assert [item.number for item in plan.items] == ["1", "2", "10", "3", "4"]  # policy by policy
    assert [policy.numeral for policy in plan.policies] == ["Ⅰ", "Ⅱ"]
    assert {name: (made / "R5" / name).read_text("utf-8") for name in DEPARTMENTS} == DEPARTMENTS
    checked = gyokaku("check", made / "R5")
    assert (checked.exit_code, "3ファイルを調べました: 誤りはありません" in checked.stdout) == (0, True)


def test_a_folder_whose_files_say_different_years_asks_for_one(empty: Path, folder: Path) -> None:
    folder = folder.rename(folder.with_name("回答"))
    (folder / "財政課.csv").rename(folder / "財政課_R4.csv")
    (folder / "総務/市民課.csv").rename(folder / "総務/市民課_R5.csv")
    result = init(empty, "--from", folder)
    assert (result.exit_code, "年度がまちまちです（令和4年度、令和5年度）" in result.stderr) == (2, True)
    assert init(empty, "--from", folder, "--year", "R5").exit_code == 0


def test_an_item_in_two_files_of_a_folder_is_refused_with_both_places(empty: Path, folder: Path) -> None:
    (folder / "総務/市民課.csv").write_text(DEPARTMENTS["財政課.csv"], encoding="utf-8")
    result = init(empty, "--from", folder)
    assert result.exit_code == 1
    assert "R5/財政課.csv!A2: 番号「4」はR5/総務/市民課.csv!A2にもあります" in result.stderr
    assert not (empty / "data/raw/umibe").exists()


def test_every_line_to_confirm_is_listed_with_its_number(empty: Path, sheet: Path) -> None:
    shown = init(empty, "--from", sheet, "--municipality", "架空市").stdout
    lines = (empty / "data/raw/umibe/plan.toml").read_text(encoding="utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, 1) if "要確認" in line and not line.startswith("#")]
    assert [f"  {number}行目: " in shown for number in marked] == [True] * len(marked)
    assert f"{len(marked)}か所" in shown and len(marked) > 5
    assert 'municipality = "架空市"' in lines  # the user said so: nothing to confirm


def test_a_sheet_with_slips_is_taken_over_and_they_are_listed(empty: Path, sheet: Path) -> None:
    sheet.write_text(SHEET.replace("会議の公開,着手前", "会議の公開,"), encoding="utf-8")
    result = init(empty, "--from", sheet)
    assert (result.exit_code, "誤り 調査票.csv!D4: 実施状況が空です" in result.stdout) == (1, True)
    assert load_plan(empty / "data/raw/umibe").items[1].name == "会議の公開"


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--from", "none.csv"], 2, "none.csv はありません"),
        (["--from", "."], 2, "は計画かプロジェクトのフォルダーです"),
        (["--from", "FOLDER"], 2, "の中に表計算のファイルがありません"),
        (["--column", "実施状況=達成度"], 2, "--from で状況調査を指定したとき"),
        (["--from", "SHEET", "--column", "達成度"], 2, "列=見出し の形で"),
        (["--from", "SHEET", "--column", "状態=達成度"], 2, "列=見出し の形で"),
        (["--from", "SHEET", "--municipality", "="], 2, "自治体名に使えません"),
        (["--from", "SHEET", "--column", "実施状況=担当部署"], 0, ""),
        (["--from", "TAKEN"], 1, "「資料なし」は、報告書の表がほかの意味で使う語"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_leaves_nothing(
    empty: Path, sheet: Path, options: list[str], code: int, message: str
) -> None:
    taken = sheet.with_name("R5.csv")
    taken.write_text(SHEET.replace("着手前", "資料なし"), encoding="utf-8")
    (sheet.parent / "空").mkdir()
    files = {"SHEET": sheet, "TAKEN": taken, "FOLDER": sheet.parent / "空"}
    result = init(empty, *(files.get(option, option) for option in options))
    assert (result.exit_code, message in result.stderr) == (code, True), result.output
    assert (empty / "data/raw/umibe").exists() is (code == 0)


def test_a_plan_that_is_there_stays_as_it_is(empty: Path, sheet: Path) -> None:
    assert init(empty, "--from", sheet).exit_code == 0
    before = {file.name: file.read_bytes() for file in (empty / "data/raw/umibe").iterdir()}
    sheet.write_text(SHEET.replace("達成", "完了"), encoding="utf-8")
    result = init(empty, "--from", sheet)
    assert (result.exit_code, "すでにあります" in result.stderr) == (2, True)
    assert {file.name: file.read_bytes() for file in (empty / "data/raw/umibe").iterdir()} == before
