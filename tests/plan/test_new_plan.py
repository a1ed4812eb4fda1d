import errno
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from commands import gyokaku
from helpers.errors import UsageError
from helpers.fiscal_year import FiscalYear
from helpers.history.opening import load_history
from helpers.plan.new_plan import create_plan
from helpers.plan.reading.plan_file import load_plan
from helpers.report.register import all_tables
from helpers.sheets import inspect_sheet

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    shutil.copytree(REPOSITORY / "notebooks", tmp_path / "notebooks")
    return tmp_path


def test_a_new_plan_loads_reads_and_tabulates_at_once(root):
    folder = create_plan(root, "machida", "架空市", FiscalYear(2023))
    plan = load_plan(folder)
    assert (plan.municipality, len(plan.items)) == ("架空市", 4)
    assert inspect_sheet(folder / "R5.csv", plan, FiscalYear(2023)).findings == ()
    tables = {table.id: table for table in all_tables(load_history("machida", 2023, root))}
    assert tables["overall"].printed["項目数"].tolist() == ["1", "1", "1", "1", "4"]


@pytest.mark.slow
def test_a_new_plan_builds_at_once(root):
    assert gyokaku("init", "machida", "--year", "R5", "--root", root).exit_code == 0
    result = gyokaku("build", "--root", root)
    assert result.exit_code == 0, result.output
    assert "（例）市民との協働の推進" in (root / "reports/machida/2023/report.html").read_text("utf-8")


@pytest.mark.parametrize("is_link", [False, True], ids=["a folder", "a link to nothing"])
def test_what_has_the_name_already_is_never_touched(root, is_link):
    folder = root / "data/raw/machida"
    if is_link:
        folder.symlink_to(root / "none")
    else:
        create_plan(root, "machida", "架空市", FiscalYear(2023))
    before = {file.name: file.read_bytes() for file in folder.glob("*")}
    result = gyokaku("init", "machida", "--root", root)
    assert (result.exit_code, "すでにあります" in result.stderr) == (2, True)
    assert {file.name: file.read_bytes() for file in folder.glob("*")} == before


@pytest.mark.parametrize(
    ("function", "error", "reason"),
    [
        ("os.mkdir", errno.EACCES, "書き込みの権限がないか"),
        ("os.mkdir", errno.EROFS, "書き込みのできない場所です"),
        ("os.rename", errno.ENOSPC, "ディスクの空きがありません"),
    ],
)
def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(
    root, monkeypatch, function, error, reason
):
    def refuse(*_, **__):
        raise OSError(error, "refused")

    with monkeypatch.context() as patch:
        patch.setattr(function, refuse)
        result = gyokaku("init", "machida", "--root", root)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"data/raw/machida を作れません: {reason}")
    assert list((root / "data/raw").iterdir()) == []


IDS = ["", "Machida", "../x", "a/b", "町田", ".hidden", "a" * 65, "con", "nul", "com1"]
REFUSED = [
    *((plan_id, "架空市", 2023, "計画のIDに使えません") for plan_id in IDS),
    *(("machida", name, 2023, "自治体名に使えません") for name in ('架空"市', "架空\n市", "=1", "")),
    ("machida", "架空市", 2097, "2101年度"),
]


@pytest.mark.parametrize(("plan_id", "municipality", "year", "reason"), REFUSED)
def test_what_cannot_be_a_plan_is_refused_before_anything_is_written(
    root, plan_id, municipality, year, reason
):
    with pytest.raises(UsageError, match=reason):
        create_plan(root, plan_id, municipality, FiscalYear(year))
    assert list((root / "data" / "raw").iterdir()) == []


def test_a_plan_may_end_in_the_last_year(root):
    plan = load_plan(create_plan(root, "machida", "架空市", FiscalYear(2095)))
    assert int(plan.outline.period.last) == 2099


def test_a_sheet_to_send_out_is_written_as_xlsx_only(root, tmp_path):
    create_plan(root, "machida", "架空市", FiscalYear(2023))
    result = gyokaku("sheet", "R5", "-o", tmp_path / "out.csv", "--root", root)
    assert (result.exit_code, "xlsx で作ります" in result.stderr) == (2, True)


def test_the_first_sheet_is_checked_and_marked_up(root, tmp_path):
    sheet = create_plan(root, "machida", "架空市", FiscalYear(2023)) / "R5.csv"
    sheet.write_text(sheet.read_text("utf-8").replace("検討中", "検討"), encoding="utf-8")
    before, marked = sheet.read_bytes(), tmp_path / "marked.xlsx"
    result = gyokaku("check", sheet, "--mark-up", marked)
    assert (result.exit_code, "R5.csv!D6" in result.stdout) == (1, True)
    cells = [cell for row in load_workbook(marked).worksheets[0].iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.comment] == ["D6"]
    assert sheet.read_bytes() == before
    # A marked-up copy is of one file, as xlsx.
    assert gyokaku("check", sheet, sheet, "--mark-up", tmp_path / "m.xlsx").exit_code == 2
    assert gyokaku("check", sheet, "--mark-up", tmp_path / "m.csv").exit_code == 2
