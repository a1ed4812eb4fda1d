"""A notebook that fails for one year, in builds with true kernels; how each kind fails is in ``test_runner``."""

import re

import pytest
from small_projects import errors

from fingerprints import fingerprint
from helpers.errors import NotebookError, ParameterError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.publication.publication import publish_file, publish_folder
from helpers.pipeline.reports import build_reports

R3, R4 = FiscalYear(2021), FiscalYear(2022)
REPORTS, PROCESSED = "reports/yamaguchi", "data/processed/yamaguchi"
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_exports")]


def put_old_report(root, year):
    publish_folder(root / REPORTS / f"{int(year)}", {"report.html": b"old", "tables/overall.csv": b"old"})
    publish_file(root / PROCESSED / f"{int(year)}.csv", b"old")


def names_in(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_each_year_gets_its_folder_and_the_frame_of_its_sheet(make_project):
    root = make_project("runs_well")
    assert build_reports(root, [R3, R4]).is_good
    names = set(fingerprint(root / REPORTS / "2022"))
    assert {"report.html", "report.pdf", "report.ipynb", "manifest.json"} <= names
    assert {"tables.xlsx", "tables.ods", "tables/datapackage.json"} <= names
    # The notebook shows no table.
    assert not any(name.endswith(".csv") for name in names)
    assert (root / PROCESSED / "2022.csv").read_text() == "fiscal_year\n2022\n"
    assert (root / "reports/index.html").read_text() == "yamaguchi 令和4年度\nyamaguchi 令和3年度\n"
    assert names_in(root / REPORTS) == ["2021", "2022"]


@pytest.mark.parametrize(
    ("name", "shown", "old"),
    [
        ("raises", r"の3番目のコードセル: KeyError: 2021\n    figures\[2021\]", [R3, R4]),
        # A killed kernel can take the answer of the cell before with it.
        ("kernel_is_killed", "の[23]番目のコードセル: カーネルが途中で終了しました", []),
    ],
)
def test_a_notebook_that_fails_for_one_year_leaves_its_old_report_if_any_and_builds_the_others(
    make_project, name, shown, old
):
    root = make_project(name)
    for year in old:
        put_old_report(root, year)
    before = fingerprint(root)
    result = build_reports(root, [R3, R4])
    assert set(errors(result)) == {R3}
    assert isinstance(errors(result)[R3], NotebookError)
    assert re.search(rf"notebooks/annual_report\.ipynb {shown}", str(errors(result)[R3]))
    assert not result.is_good
    after = fingerprint(root)
    assert after[f"{REPORTS}/2022/report.html"] != before.get(f"{REPORTS}/2022/report.html")
    assert after[f"{PROCESSED}/2022.csv"] != before.get(f"{PROCESSED}/2022.csv")
    of_2021 = (f"{REPORTS}/2021/", f"{PROCESSED}/2021")
    assert {path: sha for path, sha in after.items() if path.startswith(of_2021)} == {
        path: sha for path, sha in before.items() if path.startswith(of_2021)
    }
    assert names_in(root / REPORTS) == (["2021", "2022"] if old else ["2022"])


def test_a_parameter_that_the_notebook_does_not_declare_fails_the_report(make_project):
    root = make_project("misspelt_parameter")
    put_old_report(root, R4)
    before = fingerprint(root)
    error = errors(build_reports(root, [R4]))[R4]
    assert isinstance(error, ParameterError)
    assert "近い名前: yaer" in str(error)
    assert fingerprint(root) == before | {"reports/index.html": fingerprint(root)["reports/index.html"]}
