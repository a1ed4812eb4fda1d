"""What came back: the list that closes ``check R5/`` and ``years``."""

import json
import os
import subprocess
from pathlib import Path

import click
import pytest

from commands import GYOKAKU, gyokaku
from helpers.cli.terminal.return_table import return_lines
from helpers.cli.terminal.screen import width
from helpers.sheets.outgoing.returns import Return
from small_city import City
from spreadsheets import filled_in

BEFORE = """\
番号,実施状況,所管課
1,完了,総務課
2,進行中,"財政課、総務課"
3,未着手,旧道路課
4,完了,総務課
"""
SOMU = "番号,推進項目,実施状況,所管課\n1,窓口の案内,完了,総務課\n4,水道の更新,完璧,総務課\n"
DORO = "番号,推進項目,実施状況\n3,歩道の点検,完了\n"


@pytest.fixture
def year(city: City) -> Path:
    """The folder of 2021 in the small city: 総務課 and 都市整備課 gave something back, 財政課 nothing."""
    root = city({2020: "完了 進行中 未着手 完了"}, more='[departments]\n"旧道路課" = "都市整備課"\n')
    plan = root / "data/raw/machi"
    (plan / "2020.csv").write_text(BEFORE, encoding="utf-8")
    (plan / "R3").mkdir()
    (plan / "R3/総務課.csv").write_text(SOMU, encoding="utf-8")
    (plan / "R3/都市整備課.csv").write_text(DORO, encoding="utf-8")
    return plan / "R3"


def table(output: str) -> list[list[str]]:
    """The cells of the list that closes an output."""
    lines = [line.strip() for line in output.splitlines()]
    return [
        line.split()
        for line in lines[lines.index(next(each for each in lines if each.startswith("──"))) + 1 :]
    ]


ROWS = [
    ["総務課", "2", "1", "1", "1", "4"],
    ["財政課", "1", "0", "1", "0", "2"],
    ["都市整備課", "1", "1", "0", "0"],
    ["計", "4", "2", "2", "1"],
]


def test_check_of_a_folder_ends_with_what_each_department_gave_back(year: Path) -> None:
    result = gyokaku("check", year)
    assert result.exit_code == 1
    assert "R3 の回答の一覧\n課          項目  回答  未回答  指摘  未回答の番号\n" in result.stdout
    assert table(result.stdout) == ROWS


def test_years_ends_with_it_for_the_newest_year(year: Path) -> None:
    root = year.parents[3]
    result = gyokaku("years", "--root", root)
    assert result.exit_code == 0
    assert "  令和3年度の回答の一覧" in result.stdout.splitlines()
    assert table(result.stdout) == ROWS
    (year.parent / "R4.csv").write_text("番号,実施状況\n", encoding="utf-8")
    assert "回答の一覧" not in gyokaku("years", "--root", root).stdout


def test_when_all_is_there_nothing_is_missing(year: Path) -> None:
    (year / "総務課.csv").write_text(SOMU.replace("完璧", "完了"), encoding="utf-8")
    (year / "財政課.csv").write_text("番号,実施状況\n2,完了\n", encoding="utf-8")
    result = gyokaku("check", year)
    assert result.exit_code == 0
    assert "未回答の番号" not in result.stdout
    assert table(result.stdout)[-1] == ["計", "4", "4", "0", "0"]
    quiet = gyokaku("check", "--quiet", year)
    assert (quiet.exit_code, quiet.output) == (0, "")


def test_machines_get_the_list_too(year: Path) -> None:
    record = json.loads(gyokaku("check", "--json", year).stdout)
    (first, *_) = record["files"][0]["returns"]
    assert first == {"department": "総務課", "items": 2, "returned": 1, "missing": ["4"], "findings": 1}
    single = json.loads(gyokaku("check", "--json", year / "都市整備課.csv").stdout)
    assert "returns" not in single["files"][0]


def test_a_file_that_cannot_be_read_is_a_finding_of_the_department_that_it_is_named_for(year: Path) -> None:
    (year / "財政課.csv").write_bytes(b"")
    (year / "その他.csv").write_bytes(b"")
    rows = {row[0]: row for row in table(gyokaku("check", year).stdout)}
    assert rows["財政課"] == ["財政課", "1", "0", "1", "1", "2"]
    assert rows["所管課未定"] == ["所管課未定", "0", "0", "0", "1"]


def test_an_item_that_moved_to_another_department_is_that_departments(year: Path) -> None:
    (year / "財政課.csv").write_text("番号,実施状況,所管課\n2,完了,企画課\n", encoding="utf-8")
    rows = {row[0]: row for row in table(gyokaku("check", year).stdout)}
    assert rows["企画課"][:3] == ["企画課", "1", "1"] and "財政課" not in rows


def test_a_plan_that_cannot_be_used_has_no_list(year: Path) -> None:
    (year.parent / "items.csv").unlink()
    result = gyokaku("check", year)
    assert (result.exit_code, "回答の一覧" in result.stdout) == (1, False)


def test_the_table_fits_80_columns_whatever_the_names() -> None:
    numbers = tuple(f"{policy}-{item}" for policy in range(1, 9) for item in range(1, 9))
    returns = [Return("長い名前の課" * 10, 64, numbers, 123), Return("課", 1, (), 0)]
    lines = [click.unstyle(line) for line in return_lines(returns)]
    assert max(map(width, lines)) <= 80
    assert "1-1、1-2、" in lines[2] and "ほか" in lines[2] and "…" in lines[2]


@pytest.mark.parametrize("encoding", ["cp932", "cp1252"])
def test_a_narrow_code_page_shows_it_without_a_traceback(year: Path, encoding: str) -> None:
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run([*GYOKAKU, "check", year], env=environment, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "\\u2500" not in done.stdout.decode(encoding)


def test_what_was_sent_out_comes_back_without_a_finding(year: Path) -> None:
    """The sheets of ``sheet --by-department``, filled in and put into the year's folder, read as one sheet."""
    root, out = year.parents[3], year.parents[3] / "out"
    for file in year.iterdir():
        file.unlink()
    assert gyokaku("sheet", 2021, "--by-department", out, "--root", root).exit_code == 0
    for file in sorted(out.iterdir())[1:]:
        (year / file.name).write_bytes(filled_in(file.read_bytes(), "完了"))
    result = gyokaku("check", year)
    assert [line for line in result.stdout.splitlines() if line.startswith(("誤り", "注意"))] == [
        "誤り R3: 番号1「窓口の案内」がどのファイルにもありません（所管課: 総務課）。その課の状況調査を加えてください",
        "誤り R3: 番号4「水道の更新」がどのファイルにもありません（所管課: 総務課）。その課の状況調査を加えてください",
    ]
    assert table(result.stdout) == [
        ["総務課", "2", "0", "2", "0", "1、4"],
        ["財政課", "1", "1", "0", "0"],
        ["都市整備課", "1", "1", "0", "0"],
        ["計", "4", "2", "2", "0"],
    ]
