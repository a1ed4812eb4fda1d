"""Reading starts from checked bytes, in a child process with limits, and costs little where nothing can go wrong."""

import hashlib
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from fixtures_made.excel_95 import excel_95

from helpers.errors import SheetError
from helpers.files.writing import zipped
from helpers.fiscal_year import FiscalYear
from helpers.sheets import inspect_sheet, read_status_sheet
from helpers.sheets.files.in_child.sandbox import XLRD, ChildReader, sheets_in_child
from helpers.sheets.files.readers import read_grids
from helpers.sheets.files.unreadable import LIMITS, UnreadableError
from spreadsheets import inspect_bytes

YEAR = FiscalYear(2022)


def codes(data: bytes, name: str, plan, **limits: int) -> list[str]:
    reading = inspect_bytes(data, name, plan, YEAR, replace(LIMITS, **limits))
    return [finding.code for finding in reading.findings]


def test_the_hash_is_of_the_bytes_that_were_parsed(sheets_folder, minato):
    path = sheets_folder / "plain.xlsx"
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    reading = inspect_sheet(path, minato, YEAR)
    assert reading.sha256 == reading.status_sheet.source.sha256 == sha256


def test_a_file_is_read_once_and_those_bytes_are_parsed(tmp_path, sheets_folder, minato, monkeypatch):
    path = tmp_path / "R4.xls"
    path.write_bytes((sheets_folder / "plain_xls.xls").read_bytes())
    start = subprocess.Popen

    def start_after_the_file_changed(*arguments, **options):
        path.write_bytes(b"another file by now")
        return start(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", start_after_the_file_changed)
    assert inspect_sheet(path, minato, YEAR).findings == ()
    assert path.read_bytes() == b"another file by now"


def test_a_csv_needs_no_child_process(sheets_folder, minato, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert inspect_sheet(sheets_folder / "utf8.csv", minato, YEAR).findings == ()


def child_reader(folder: Path, code: str) -> ChildReader:
    """A reader for the child process that does nothing but this."""
    file = folder / "reader.py"
    file.write_text(f"def read(data, output):\n    {code}\n", encoding="utf-8")
    return replace(XLRD, file=file)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import time; time.sleep(30)", "too_large"),
        ("import os; os.abort()", "corrupt"),
        ("raise SystemExit(1)", "corrupt"),
        ("bytearray(200_000_000)", "corrupt"),
        ("raise output.refuse('too_large', sheet='状況調査')", "too_large"),
        ("raise output.refuse('password')", "password"),
        ("raise output.refuse('anything')", "corrupt"),
    ],
)
def test_every_end_of_the_child_is_an_error_of_its_own(tmp_path, code, expected):
    limits = replace(LIMITS, seconds=1, memory_bytes=200_000_000)
    (error,) = sheets_in_child([b""], child_reader(tmp_path, code), limits)
    assert isinstance(error, UnreadableError) and error.code == expected


def test_the_child_has_limits_of_memory_and_time_and_leaves_no_core(tmp_path):
    kinds = "resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE"
    code = f"import resource; output.add('', [[resource.getrlimit(kind)[0] for kind in ({kinds})]])"
    read = sheets_in_child([b"", b""], child_reader(tmp_path, code), LIMITS)
    assert [sheet["rows"] for (sheet,) in read] == [[["1000000000", "10", "0"]]] * 2


NUMBER_OF_THE_PROCESS = "import os; output.add('', [[os.getpid(), data.decode()]])"


def test_one_child_reads_all_files(tmp_path):
    read = sheets_in_child([b"1", b"2", b"3"], child_reader(tmp_path, NUMBER_OF_THE_PROCESS), LIMITS)
    (shared, first), *others = [sheet["rows"][0] for (sheet,) in read]
    assert (first, others) == ("1", [[shared, "2"], [shared, "3"]])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("os.abort()", "corrupt"),
        ("raise MemoryError", "corrupt"),
        ("[][0]", "corrupt"),
        ("import time; time.sleep(30)", "too_large"),
    ],
)
def test_a_file_that_ends_the_child_hurts_itself_alone(tmp_path, code, expected):
    code = f"import os\n    if data == b'bad': {code}\n    {NUMBER_OF_THE_PROCESS}"
    limits = replace(LIMITS, seconds=1)
    read = list(sheets_in_child([b"1", b"bad", b"3", b"bad", b"5"], child_reader(tmp_path, code), limits))
    assert [each.code if isinstance(each, UnreadableError) else each[0]["rows"][0][1] for each in read] == [
        "1", expected, "3", expected, "5"
    ]  # fmt: skip


def test_a_file_at_which_a_child_ended_gets_a_child_of_its_own(tmp_path):
    # Stands for memory used by earlier files.
    code = "import os, sys\n    sys.files = getattr(sys, 'files', 0) + 1\n    if sys.files > 2: os.abort()\n    output.add('', [])"
    read = list(sheets_in_child([b""] * 5, child_reader(tmp_path, code), LIMITS))
    assert [isinstance(each, UnreadableError) for each in read] == [False] * 5


# The plain sheet has 8 rows, 7 columns and 231 characters, its title 27. Cells are counted as each format holds them:
# those up to the last of a row, or all of the text (whose commas and line ends are characters too).
NEEDS = {"rows": 8, "columns": 7, "cell_characters": 27}


@pytest.mark.parametrize(
    ("name", "limit", "enough"),
    [
        (name, limit, enough)
        for name, cells, characters in (
            ("plain.xlsx", 45, 231),
            ("plain_ods.ods", 40, 231),
            ("plain_xls.xls", 45, 231),
            ("excel_95.xls", 45, 231),
            ("utf8.csv", 50, 289),
        )
        for limit, enough in {**NEEDS, "cells": cells, "characters": characters}.items()
    ],
)
def test_a_sheet_just_beyond_a_limit_is_refused_in_every_format(sheets_folder, minato, name, limit, enough):
    data = (sheets_folder / name).read_bytes()
    assert codes(data, name, minato, **{limit: enough}) == []
    assert codes(data, name, minato, **{limit: enough - 1}) == ["too_large"]


@pytest.mark.parametrize(
    ("data", "code"), [(b"a" * 201, "corrupt"), (b" \r\n\t", "empty_file"), (b"\xff\xfe", "empty_file")]
)
def test_text_that_is_none_or_far_too_long_is_refused(minato, data, code):
    assert codes(data, "R4.csv", minato, cell_characters=20) == [code]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"xl/workbook.xml": b"<workbook/>"}, "corrupt"),
        ({"xl/workbook.bin": b"", "xl/x": b""}, "not_spreadsheet"),
        ({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.text"}, "not_spreadsheet"),
        ({"content.xml": b"<not closed"}, "corrupt"),
    ],
)
def test_a_damaged_container_or_one_of_another_kind_is_refused(minato, members, code):
    assert codes(zipped(members), "R4.xlsx", minato) == [code]


@pytest.mark.parametrize(("stream", "code"), [("Text", "not_spreadsheet"), ("EncryptedPackage", "password")])
def test_a_compound_file_of_another_kind_is_told_from_a_damaged_workbook(minato, stream, code):
    name = "Book".encode("utf-16-le").ljust(64, b"\0")
    data = excel_95([["番号"]]).replace(name, stream.encode("utf-16-le").ljust(64, b"\0"))
    assert codes(data, "R4.xls", minato) == [code]


def test_an_old_xls_has_dates_errors_and_hidden_rows_and_columns():
    lines = [
        ["番号", 1.5, "#N/A", ("date", 44652)],
        ["一部", ("date", 44652.5), ("date", 0.25), 7],
    ]
    (grid,) = read_grids(excel_95(lines, hidden_row=1, hidden_column=2), ".xls")
    assert grid.rows == (
        ("番号", "1.5", "#N/A", "2022/04/01"),
        ("一部", "2022/04/01", "1900/01/00", "7"),
    )
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {2})


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
    sheet = "番号,実施状況,推進項目\n" + f"{line}\n" * 20
    begin = time.process_time()
    reading = inspect_bytes(sheet.encode(), "R4.csv", minato, YEAR)
    assert time.process_time() - begin < 5
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


def test_findings_need_neither_pandas_nor_a_library_for_workbooks(sheets_folder):
    code = (
        "import sys; from pathlib import Path\n"
        "from helpers.plan.reading.plan_file import load_plan\n"
        "from helpers.sheets import inspect_sheet\n"
        f"folder = Path({str(sheets_folder)!r})\n"
        "reading = inspect_sheet(folder / 'struck_parts.xlsx', load_plan(folder / 'minato'))\n"
        "assert len(reading.findings) == 4\n"
        "print(sorted({'pandas', 'numpy', 'openpyxl', 'xlsxwriter', 'lxml'} & sys.modules.keys()))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_no_workbook_is_parsed_for_longer_than_it_may(sheets_folder, minato):
    for name in ("plain.xlsx", "plain_ods.ods"):
        (finding,) = inspect_bytes(
            (sheets_folder / name).read_bytes(), name, minato, YEAR, replace(LIMITS, seconds=0)
        ).findings
        assert (finding.code, "0秒かけても読み終わりません" in finding.message) == ("too_large", True)
