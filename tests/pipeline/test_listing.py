"""What the index page is told of a project."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from small_projects import REPOSITORY

from helpers.export.index.entries import DATA_CHANGED, DATA_GONE
from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import data_files
from helpers.pipeline.identity.manifest import Manifest
from helpers.pipeline.index_file import list_plans
from helpers.pipeline.site import PlanFolder
from helpers.project import Target
from summaries import SUMMARY


def manifest(year: int, *names: str) -> Manifest:
    return Manifest(
        Target("yamaguchi", FiscalYear(year)),
        {},
        replace(SUMMARY, matches=370, differences=3),
        dict.fromkeys(names, "0"),
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The reference plan's files, and a report of one file."""
    shutil.copytree(REPOSITORY / "data" / "raw", tmp_path / "data" / "raw")
    folder = tmp_path / "reports" / "yamaguchi" / "2022"
    folder.mkdir(parents=True)
    (folder / "report.pdf").write_bytes(b"x" * 2000)
    return tmp_path


def test_files_come_with_sizes_and_only_if_they_are_there(project: Path) -> None:
    (listing,) = list_plans(project, [manifest(2022, "report.html", "report.pdf")])
    (report,) = listing.reports
    assert [(file.name, file.size) for file in report.files] == [("report.pdf", 2000)]
    assert (report.done_share, report.differences, report.path) == ("81.0%", 3, "yamaguchi/2022")


def test_years_come_from_the_plan_and_its_sheets(project: Path) -> None:
    (listing,) = list_plans(project, [manifest(2022)])
    assert {int(year) for year in listing.sheets} == {2018, 2021, 2022}
    assert [int(row.year) for row in listing.years] == [2022, 2021, 2020, 2019, 2018]
    assert (listing.municipality, listing.name) == ("山口市", "第二次山口市行政改革大綱")


def test_a_report_that_no_longer_fits_its_data_says_so(project: Path) -> None:
    def notices() -> dict[int, str]:
        (listing,) = list_plans(project, manifests)
        return {int(report.year): report.notice for report in listing.reports}

    folder, raw = PlanFolder.open(project, "yamaguchi"), project / "data" / "raw" / "yamaguchi"
    manifests = []
    for year in (2022, 2021):
        files = data_files(folder.plan, folder.sheets, FiscalYear(year))
        digests = {path.relative_to(project).as_posix(): sha256_of(path.read_bytes()) for path in files}
        manifests.append(replace(manifest(year), identity={"inputs": digests}))
    assert notices() == {2022: "", 2021: ""}
    sheet = (raw / "R4.csv").read_bytes()
    (raw / "R4.csv").write_bytes(sheet + b"\n")
    assert notices() == {2022: DATA_CHANGED, 2021: ""}
    (raw / "R4.csv").unlink()
    assert notices() == {2022: DATA_GONE, 2021: ""}
    (raw / "R4.csv").write_bytes(sheet)
    assert notices() == {2022: "", 2021: ""}
    # For an unusable plan it is unknown which reports fit; for a removed plan none does.
    (raw / "items.csv").unlink()
    assert notices() == {2022: "", 2021: ""}
    shutil.rmtree(raw)
    assert notices() == {2022: DATA_GONE, 2021: DATA_GONE}


def test_plans_with_and_without_reports_stand_in_one_order(project: Path) -> None:
    raw = project / "data" / "raw"
    for plan_id in ("hagi", "zushi"):
        shutil.copytree(raw / "yamaguchi", raw / plan_id)
        text = (raw / plan_id / "plan.toml").read_text(encoding="utf-8")
        text = text.replace('id = "yamaguchi"', f'id = "{plan_id}"')
        (raw / plan_id / "plan.toml").write_text(text, encoding="utf-8")
    listed = list_plans(project, [manifest(2022), manifest(2021)])
    assert [(plan.plan_id, len(plan.reports)) for plan in listed] == [
        ("hagi", 0),
        ("yamaguchi", 2),
        ("zushi", 0),
    ]


def test_a_plan_that_cannot_be_used_is_listed_by_its_reports(project: Path) -> None:
    (project / "data" / "raw" / "yamaguchi" / "plan.toml").write_text("id =", encoding="utf-8")
    (listing,) = list_plans(project, [manifest(2022)])
    assert [int(row.year) for row in listing.years] == [2022]
    assert list_plans(project, []) == []
