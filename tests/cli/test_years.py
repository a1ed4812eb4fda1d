"""``gyokaku years``: sheets, reports that no longer fit them, and files that are passed over."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from commands import gyokaku
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.manifest import Summary
from helpers.pipeline.outcome import MadeReport
from helpers.pipeline.publication.publication import publish_folder
from helpers.pipeline.site import PlanFolder
from helpers.project import Target
from small_city import City

ALL_DONE = "完了 完了 完了 完了"


def years(root: Path, *options: str) -> Result:
    return gyokaku("years", "--root", root, *options)


@pytest.fixture
def project(city: City) -> Path:
    """The small city with sheets and reports of 2020 and 2021."""
    root = city({2020: ALL_DONE, 2021: ALL_DONE})
    for name in ("ingest", "annual_report"):
        (root / "notebooks" / f"{name}.ipynb").write_bytes(b"{}")
    folder = PlanFolder.open(root, "machi")
    for year in folder.sheets:
        target, summary = Target("machi", year), Summary("架空町", "実施計画", 4, "100%", 0, 0, 0, 0)
        made = MadeReport.of(target, folder.gather(target), summary, {"report.html": b"a page"}, {})
        publish_folder(root / target.folder, made.files)
    return root


def test_a_report_that_no_longer_fits_its_data_is_told_apart(project: Path) -> None:
    sheet = project / "data/raw/machi/2021.csv"
    content = sheet.read_bytes()
    assert years(project).stdout.splitlines()[1:] == [
        "  令和2年度  2020.csv  報告書あり",
        "  令和3年度  2021.csv  報告書あり",
    ]
    sheet.write_bytes(content + b"9,,,\n")
    line = "令和3年度  2021.csv  誤りあり（check で表示します）  報告書あり（データが変わっています）"
    assert line in years(project).stdout
    sheet.unlink()
    assert years(project).stdout.splitlines()[1:] == [
        "  令和2年度  2020.csv  報告書あり",
        "  令和3年度  状況調査なし  報告書あり（データがなくなりました）",
    ]
    assert json.loads(years(project, "--json").stdout) == [{"plan": "machi", "year": 2020}]


def test_the_reports_of_a_plan_that_was_taken_away_are_listed(project: Path) -> None:
    shutil.copytree(project / "data/raw/machi", project / "data/raw/mura")
    plan = project / "data/raw/mura/plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace('id = "machi"', 'id = "mura"'), encoding="utf-8")
    shutil.rmtree(project / "data/raw/machi")
    assert years(project).stdout.splitlines()[3:] == [
        "machi（架空町、計画のデータなし）",
        "  令和2年度  状況調査なし  報告書あり（データがなくなりました）",
        "  令和3年度  状況調査なし  報告書あり（データがなくなりました）",
    ]
    assert "machi" not in years(project, "--plan", "mura").stdout
    shutil.rmtree(project / "data/raw/mura")
    result = years(project)
    assert (result.exit_code, result.stdout.count("データがなくなりました")) == (1, 2)
    assert result.stderr.startswith("計画がありません")


def test_a_spreadsheet_that_nothing_reads_and_two_of_one_year_are_told(project: Path) -> None:
    folder = project / "data/raw/machi"
    (folder / "状況調査_R4.xlsx").write_bytes(b"")
    shutil.copy(folder / "2020.csv", folder / "R2.csv")
    result = years(project)
    assert result.exit_code == 0
    double = "R2.csv: 令和2年度の状況調査が二つあります（2020.csv、R2.csv）。どちらかをこのフォルダーから外してください"
    assert result.stdout.splitlines()[1:] == [
        f"  令和2年度  2020.csv  報告書あり（データが変わっています）  誤り {double}",
        "  令和3年度  2021.csv  報告書あり（データが変わっています）",
        "  注意 状況調査_R4.xlsx: 名前が年度だけでないため読みません。R4.xlsx に直してください",
    ]


def test_a_year_whose_report_was_never_made_has_none(project: Path) -> None:
    shutil.rmtree(project / "reports/machi" / str(FiscalYear(2020).western))
    assert "  令和2年度  2020.csv\n" in years(project).stdout


def test_a_link_that_leads_nowhere_is_no_sheet(project: Path) -> None:
    (project / "data/raw/machi/2022.csv").symlink_to(project / "none.csv")
    assert "  令和4年度  2022.csv（リンク先のないリンク）\n" in years(project).stdout
