"""Reading starts from checked bytes, in a child process with limits, and costs little where nothing can go wrong."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.archive import zipped
from helpers.errors import SheetError
from helpers.fiscal_year import FiscalYear
from helpers.sheets import find_sheets, inspect_bytes, inspect_sheet, read_status_sheet, readers
from helpers.sheets.unreadable import LIMITS, UnreadableError

YEAR = FiscalYear(2022)


def codes(data: bytes, name: str, plan) -> list[str]:
    return [finding.code for finding in inspect_bytes(data, name, plan, YEAR).findings]


def test_the_hash_is_of_the_bytes_that_were_parsed(sheets_folder, minato):
    path = sheets_folder / "plain.xlsx"
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    reading = inspect_sheet(path, minato, YEAR)
    assert reading.sha256 == reading.status_sheet.source.sha256 == sha256


def test_a_file_is_read_once_and_those_bytes_are_parsed(tmp_path, sheets_folder, minato, monkeypatch):
    path = tmp_path / "R4.xlsx"
    path.write_bytes((sheets_folder / "plain.xlsx").read_bytes())
    run = subprocess.run

    def run_after_the_file_changed(*arguments, **options):
        path.write_bytes(b"another file by now")
        return run(*arguments, **options)

    monkeypatch.setattr(subprocess, "run", run_after_the_file_changed)
    assert inspect_sheet(path, minato, YEAR).findings == ()


def test_a_csv_needs_no_child_process(sheets_folder, minato, monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    assert inspect_sheet(sheets_folder / "utf8.csv", minato, YEAR).findings == ()


def test_nothing_heavy_is_imported_before_it_is_needed():
    heavy = "{'pandas', 'numpy', 'openpyxl', 'python_calamine', 'fontTools', 'matplotlib'}"
    code = f"import sys, helpers.sheets; print(sorted({heavy} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_bomb_that_gets_past_the_checks_dies_in_the_child(sheets_folder):
    with pytest.raises(UnreadableError) as caught:
        readers._read_in_child((sheets_folder / "cell_far_away.xlsx").read_bytes())
    assert caught.value.code == "corrupt"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import time; time.sleep(30)", "too_large"),
        ("import os; os.abort()", "corrupt"),
        ("raise SystemExit(1)", "corrupt"),
        ('print(\'{"error": "too_large", "sheet": "状況調査"}\')', "too_large"),
    ],
)
def test_whatever_the_child_does_is_a_finding(tmp_path, sheets_folder, minato, monkeypatch, script, code):
    child = tmp_path / "child.py"
    child.write_text(
        f"import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); {script}", encoding="utf-8"
    )
    monkeypatch.setattr(readers, "_CHILD", child)
    monkeypatch.setattr(readers, "LIMITS", replace(LIMITS, seconds=1))
    assert codes((sheets_folder / "plain.xlsx").read_bytes(), "R4.xlsx", minato) == [code]


def test_the_child_has_limits_of_memory_and_time(tmp_path, monkeypatch):
    child = Path(readers._CHILD).read_text(encoding="utf-8")
    probe = child.replace("data = sys.stdin.buffer.read()", "hog = bytearray(2 * memory)")
    (tmp_path / "child.py").write_text(probe, encoding="utf-8")
    monkeypatch.setattr(readers, "_CHILD", tmp_path / "child.py")
    with pytest.raises(UnreadableError) as caught:
        readers._read_in_child(b"")
    assert caught.value.code == "corrupt"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xef\xbb\xbf" + "番号,実施状況\n".encode() + b"1,x\n" * LIMITS.rows, "too_large"),
        (b"a," * (LIMITS.columns + 1), "too_large"),
        (b"a" * (LIMITS.cell_characters + 1), "too_large"),
        (b"a" * (10 * LIMITS.cell_characters + 1), "corrupt"),
        (b"a\n" * (LIMITS.file_bytes // 2 + 1), "too_large"),
        ((b"a" * 30_000 + b"\n") * (LIMITS.characters // 30_000 + 1), "too_large"),
        (b" \r\n\t", "empty_file"),
        (b"\xff\xfe", "empty_file"),
    ],
)
def test_text_beyond_a_limit_is_refused(minato, data, code):
    assert codes(data, "R4.csv", minato) == [code]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({f"xl/{at}.xml": b"" for at in range(LIMITS.members + 1)}, "too_large"),
        ({"xl/workbook.xml": b"<workbook/>"}, "corrupt"),
        ({"xl/workbook.bin": b"", "xl/x": b""}, "not_spreadsheet"),
        ({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.text"}, "not_spreadsheet"),
        ({"content.xml": b"<not closed"}, "corrupt"),
        ({"content.xml": b"<!DOCTYPE x><x/>"}, "corrupt"),
    ],
)
def test_container_beyond_a_limit_or_of_another_kind_is_refused(minato, members, code):
    assert codes(zipped(members), "R4.xlsx", minato) == [code]


@pytest.mark.parametrize(
    "line",
    [
        "1,実施," + "市民" * 16_000,
        "(" * 32_000 + ",実施,窓口",
        "1," + "一部" * 16_000 + ",窓口",
        "1,実施," + " " * 32_000 + "x",
        '1,実施,"' + " \n" * 16_000 + 'x"',
    ],
    ids=["names", "numbers", "statuses", "blanks", "lines"],
)
def test_long_texts_cost_seconds_not_minutes(minato, line):
    sheet = "番号,実施状況,推進項目\n" + f"{line}\n" * 100
    begin = time.process_time()
    reading = inspect_bytes(sheet.encode(), "R4.csv", minato, YEAR)
    assert time.process_time() - begin < 15
    assert reading.has_errors
    assert max(len(finding.message) for finding in reading.findings) < 300


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ("実施状況,項目数\n実施,{}\n一部実施,0\n検討中,0\n未実施,0\n", "missing_count"),
        ("番号,実施状況\n1,実施\n合計,{}\n", "missing_item"),
        ("番号,実施状況\n1,実施\n合計,実施{}\n", "missing_item"),
        ("番号,実施状況\n{},実施\n", "unknown_item"),
        ("令和{}年度\n番号,実施状況\n1,実施\n", "missing_item"),
    ],
)
def test_numbers_of_thousands_of_digits_are_a_finding(minato, sheet, code):
    assert code in codes(sheet.format("9" * 5_000).encode(), "R4.csv", minato)


def test_a_size_that_the_directory_hides_is_found_while_unpacking(sheets_folder, minato, monkeypatch):
    monkeypatch.setattr("helpers.sheets.container.LIMITS", replace(LIMITS, unpacked_bytes=20_000))
    assert codes((sheets_folder / "plain.xlsx").read_bytes(), "R4.xlsx", minato) == []
    monkeypatch.setattr("helpers.sheets.container.LIMITS", replace(LIMITS, unpacked_bytes=3_000))
    assert codes((sheets_folder / "plain.xlsx").read_bytes(), "R4.xlsx", minato) == ["too_large"]


def test_a_file_that_is_not_there_is_a_finding(tmp_path, minato):
    reading = inspect_sheet(tmp_path / "R4.csv", minato, YEAR)
    assert [finding.code for finding in reading.findings] == ["unreadable"]
    assert reading.sha256 == ""
    assert "フォルダーです" in inspect_sheet(tmp_path, minato, YEAR).findings[0].message


def test_all_findings_are_in_the_error(sheets_folder, minato):
    with pytest.raises(SheetError) as caught:
        read_status_sheet(sheets_folder / "everything_at_once.csv", minato, YEAR)
    assert len(caught.value.findings) == 6
    assert str(caught.value).count("\n") == 5


def test_sheets_are_found_by_the_year_in_their_names(tmp_path, minato):
    for name in ("R4.csv", "2021.XLSX", "令和2年度.ods", "R5.pdf", "~$R4.xlsx", "notes.csv", "items.csv"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "R3.csv").mkdir()
    found = find_sheets(replace(minato, folder=tmp_path))
    assert {int(year): path.name for year, path in found.items()} == {
        2020: "令和2年度.ods",
        2021: "2021.XLSX",
        2022: "R4.csv",
    }
    assert list(found) == sorted(found)


def test_two_sheets_of_one_year_are_an_error_that_names_both(tmp_path, minato):
    for name in ("R4.csv", "2022.xlsx"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(SheetError, match=r"2022\.xlsx、R4\.csv"):
        find_sheets(replace(minato, folder=tmp_path))
