import errno
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli import main
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


def gyokaku(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


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


def test_an_existing_folder_is_never_touched(root):
    create_plan(root, "machida", "架空市", FiscalYear(2023))
    before = {file.name: file.read_bytes() for file in (root / "data/raw/machida").iterdir()}
    result = gyokaku("init", "machida", "--root", root)
    assert (result.exit_code, "すでにあります" in result.stderr) == (2, True)
    assert {file.name: file.read_bytes() for file in (root / "data/raw/machida").iterdir()} == before


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


def test_a_link_to_nothing_is_not_taken_for_a_free_name(root):
    (root / "data/raw/machida").symlink_to(root / "none")
    result = gyokaku("init", "machida", "--root", root)
    assert (result.exit_code, "すでにあります" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "plan_id", ["", "Machida", "../x", "a/b", "町田", ".hidden", "a" * 65, "con", "nul", "com1"]
)
def test_an_id_that_is_no_folder_name_is_refused(root, plan_id):
    with pytest.raises(UsageError, match="計画のIDに使えません"):
        create_plan(root, plan_id, "架空市", FiscalYear(2023))
    assert list((root / "data" / "raw").iterdir()) == []


@pytest.mark.parametrize("municipality", ['架空"市', "架空\n市", "=1", ""])
def test_a_name_that_would_break_the_settings_is_refused(root, municipality):
    with pytest.raises(UsageError, match="自治体名に使えません"):
        create_plan(root, "machida", municipality, FiscalYear(2023))


def test_a_plan_that_would_end_after_the_last_year_is_refused_before_anything_is_written(root):
    with pytest.raises(UsageError, match="2101年度"):
        create_plan(root, "machida", "架空市", FiscalYear(2097))
    assert list((root / "data" / "raw").iterdir()) == []
    assert (
        load_plan(create_plan(root, "machida", "架空市", FiscalYear(2095))).outline.period.last.western
        == 2099
    )


class TestSheet:
    def test_what_is_sent_out_reads_back_once_it_is_filled_in(self, root, tmp_path):
        from openpyxl import load_workbook

        shutil.copytree(REPOSITORY / "data/raw/yamaguchi", root / "data/raw/yamaguchi")
        file = tmp_path / "R4.xlsx"
        assert gyokaku("sheet", "令和4年度", "-o", file, "--root", root).exit_code == 0
        book = load_workbook(file)
        sheet = book.worksheets[0]
        header = next(row for row in sheet.iter_rows() if "実施状況" in [cell.value for cell in row])
        column = [cell.value for cell in header].index("実施状況") + 1
        for row in range(header[0].row + 1, header[0].row + 43):
            sheet.cell(row, column).value = "実施"
        book.save(file)
        reading = inspect_sheet(file, load_plan(root / "data/raw/yamaguchi"), FiscalYear(2022))
        assert reading.findings == ()
        assert reading.status_sheet is not None
        assert reading.status_sheet.statuses["status"].tolist() == ["実施"] * 42

    def test_it_is_written_as_xlsx_only(self, root, tmp_path):
        create_plan(root, "machida", "架空市", FiscalYear(2023))
        result = gyokaku("sheet", "R5", "-o", tmp_path / "out.csv", "--root", root)
        assert (result.exit_code, "xlsx で作ります" in result.stderr) == (2, True)


class TestMarkUp:
    def test_the_copy_carries_the_findings_at_their_cells(self, root, tmp_path):
        from openpyxl import load_workbook

        folder = create_plan(root, "machida", "架空市", FiscalYear(2023))
        sheet = folder / "R5.csv"
        sheet.write_text(sheet.read_text("utf-8").replace("検討中", "検討"), encoding="utf-8")
        marked = tmp_path / "marked.xlsx"
        result = gyokaku("check", sheet, "--mark-up", marked)
        assert result.exit_code == 1
        assert "R5.csv!D6" in result.stdout
        comments = [
            c.coordinate for ws in load_workbook(marked) for row in ws.iter_rows() for c in row if c.comment
        ]
        assert comments == ["D6"]
        assert sheet.read_bytes().count("検討".encode()) == 1, "the sheet itself stays as it was"

    def test_one_copy_is_of_one_file(self, root, tmp_path):
        folder = create_plan(root, "machida", "架空市", FiscalYear(2023))
        sheet = folder / "R5.csv"
        assert gyokaku("check", sheet, sheet, "--mark-up", tmp_path / "m.xlsx").exit_code == 2
        assert gyokaku("check", sheet, "--mark-up", tmp_path / "m.csv").exit_code == 2
