import shutil

import pytest
from small_projects import errors

from fingerprints import fingerprint
from helpers.errors import NotebookError, ParameterError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.publication.publication import publish_file, publish_folder
from helpers.pipeline.reports import build_reports

R3, R4 = FiscalYear(2021), FiscalYear(2022)
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_exports")]


def build(root, *years, **options):
    return build_reports(root, years or (R3, R4), **options)


def put_old_report(root, year):
    publish_folder(
        root / f"reports/yamaguchi/{int(year)}", {"report.html": b"old", "tables/overall.csv": b"old"}
    )
    publish_file(root / f"data/processed/yamaguchi/{int(year)}.csv", b"old")


def test_each_year_gets_its_folder_and_the_frame_of_its_sheet(make_project):
    root = make_project("runs_well")
    result = build(root)
    assert result.is_good
    folder = root / "reports" / "yamaguchi" / "2022"
    names = set(fingerprint(folder))
    assert {
        "report.html",
        "report.pdf",
        "report.ipynb",
        "tables.xlsx",
        "tables.ods",
        "tables/datapackage.json",
        "manifest.json",
    } <= names
    # The notebook shows no table.
    assert not any(name.endswith(".csv") for name in names)
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
    root = make_project(name)
    put_old_report(root, R3)
    put_old_report(root, R4)
    old = fingerprint(root)
    result = build(root)
    assert set(errors(result)) == {R3}
    assert isinstance(errors(result)[R3], NotebookError)
    assert f"notebooks/annual_report.ipynb の{shown}" in str(errors(result)[R3])
    assert not result.is_good
    new = fingerprint(root)
    for unchanged in ("reports/yamaguchi/2021/report.html", "data/processed/yamaguchi/2021.csv"):
        assert new[unchanged] == old[unchanged]
    assert "reports/yamaguchi/2021/manifest.json" not in new
    assert new["reports/yamaguchi/2022/report.html"] != old["reports/yamaguchi/2022/report.html"]
    assert new["data/processed/yamaguchi/2022.csv"] != old["data/processed/yamaguchi/2022.csv"]


def test_a_failing_year_without_an_old_report_exports_nothing(make_project):
    root = make_project("kernel_exits")
    result = build(root)
    assert set(errors(result)) == {R3}
    assert sorted(path.name for path in (root / "reports/yamaguchi").iterdir() if path.name != ".lock") == [
        "2022"
    ]
    frames = {path.name for path in (root / "data/processed/yamaguchi").iterdir()}
    assert frames == {"2022.csv", "2022.json"}


@pytest.mark.parametrize(
    ("name", "shown"), [("misspelt_parameter", "近い名前: yaer"), ("year_is_text", "year は文字列で")]
)
def test_parameters_that_the_notebook_does_not_declare_fail_the_report(make_project, name, shown):
    root = make_project(name)
    put_old_report(root, R4)
    old = fingerprint(root)
    result = build(root, R4)
    assert isinstance(errors(result)[R4], ParameterError)
    assert shown in str(errors(result)[R4])
    assert fingerprint(root) == old | {"reports/index.html": fingerprint(root)["reports/index.html"]}


def test_the_same_inputs_give_the_same_bytes_elsewhere(make_project, tmp_path):
    root = make_project("runs_well")
    elsewhere = tmp_path / "ほかの 場所"
    shutil.copytree(root, elsewhere)
    build(root)
    build(elsewhere)
    assert fingerprint(root / "reports") == fingerprint(elsewhere / "reports")
