import shutil

import pytest
from small_projects import fingerprint, use_notebook

from helpers.build.reports import build_reports
from helpers.errors import NotebookError, ParameterError
from helpers.fiscal_year import FiscalYear

R3, R4 = FiscalYear(2021), FiscalYear(2022)
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_exports")]


def build(root, *years, **options):
    return build_reports(root, years or (R3, R4), **options)


def errors(result):
    return {outcome.target.year: outcome.error for outcome in result.outcomes if outcome.error}


def test_each_year_gets_its_folder_and_the_frame_of_its_sheet(make_project):
    root = make_project("runs_well")
    result = build(root)
    assert result.is_good
    folder = root / "reports" / "yamaguchi" / "2022"
    names = set(fingerprint(folder))
    assert {"report.html", "report.pdf", "report.ipynb", "tables.xlsx", "manifest.json"} <= names
    assert {"tables/overall.csv", "tables/by_policy.csv", "tables/items.csv", "tables/summary.csv"} <= names
    assert (root / "data/processed/yamaguchi/2022.csv").read_text() == "fiscal_year\n2022\n"
    assert (root / "reports/index.html").read_text() == "yamaguchi 令和4年度\nyamaguchi 令和3年度\n"
    assert sorted(path.name for path in folder.parent.iterdir() if path.name != ".lock") == ["2021", "2022"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("raises", "3番目のコードセル: KeyError: 2021\n    figures[2021]"),
        ("kernel_exits", "3番目のコードセル: カーネルが途中で終了しました"),
        ("kernel_is_killed", "3番目のコードセル: カーネルが途中で終了しました"),
        ("leaves_early", "3番目のコードセル: SystemExit: 0"),
    ],
)
def test_a_notebook_that_fails_for_one_year_leaves_its_old_report_and_builds_the_others(
    make_project, name, shown
):
    root = make_project("runs_well")
    build(root)
    old = fingerprint(root / "reports" / "yamaguchi")
    processed = fingerprint(root / "data" / "processed")
    use_notebook(root, "annual_report", name)
    result = build(root)
    new = fingerprint(root / "reports" / "yamaguchi")
    assert set(errors(result)) == {R3}
    assert isinstance(errors(result)[R3], NotebookError)
    assert shown in str(errors(result)[R3])
    assert {path: sha for path, sha in new.items() if path.startswith("2021/")} == {
        path: sha for path, sha in old.items() if path.startswith("2021/")
    }
    assert new["2022/manifest.json"] != old["2022/manifest.json"]
    assert fingerprint(root / "data" / "processed") == processed
    assert not result.is_good


def test_a_failing_year_without_an_old_report_exports_nothing(make_project):
    root = make_project("kernel_exits")
    result = build(root)
    assert set(errors(result)) == {R3}
    assert sorted(path.name for path in (root / "reports/yamaguchi").iterdir() if path.name != ".lock") == [
        "2022"
    ]
    assert [path.name for path in (root / "data/processed/yamaguchi").iterdir()] == ["2022.csv"]


@pytest.mark.parametrize(
    ("name", "shown"), [("misspelt_parameter", "近い名前: yaer"), ("year_is_text", "year は文字列で")]
)
def test_parameters_that_the_notebook_does_not_declare_fail_the_report(make_project, name, shown):
    root = make_project("runs_well")
    build(root, R4)
    old = fingerprint(root / "reports")
    use_notebook(root, "annual_report", name)
    error = errors(build(root, R4))[R4]
    assert isinstance(error, ParameterError)
    assert shown in str(error)
    assert fingerprint(root / "reports") == old


def test_the_same_inputs_give_the_same_bytes_elsewhere(make_project, tmp_path):
    root = make_project("runs_well")
    elsewhere = tmp_path / "ほかの 場所"
    shutil.copytree(root, elsewhere)
    build(root)
    build(elsewhere)
    assert fingerprint(root / "reports") == fingerprint(elsewhere / "reports")
