"""What a build makes, refuses and says; which change makes which report anew is in ``test_exact_rebuilds``."""

import json
import shutil

import pytest
from small_projects import errors

import helpers.sheets
from fingerprints import fingerprint
from helpers.errors import DataError, SheetError, UsageError
from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import LARGEST
from helpers.pipeline.identity.manifest import Manifest
from helpers.pipeline.outcome import Watcher
from helpers.pipeline.reports import build_reports

H30, R2, R3, R4 = (FiscalYear(year) for year in (2018, 2020, 2021, 2022))
pytestmark = pytest.mark.usefixtures("short_reports")


def build(root, *years, **options):
    return build_reports(root, years or (R3, R4), **options)


def recorded_inputs(root, year):
    record = json.loads((root / f"reports/yamaguchi/{int(year)}/manifest.json").read_bytes())
    return record["inputs"]


def test_the_manifest_names_inputs_and_outputs_without_times_and_places(make_project):
    root = make_project()
    build(root, R4)
    folder = root / "reports/yamaguchi/2022"
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    record = json.loads(text)
    data = "data/raw/yamaguchi"
    assert record["inputs"][f"{data}/R4.csv"] == fingerprint(root)[f"{data}/R4.csv"]
    assert record["parameters"] == {"plan": "yamaguchi", "year": 2022}
    assert record["outputs"] == {
        name: sha256 for name, sha256 in fingerprint(folder).items() if name != "manifest.json"
    }
    assert str(root) not in text
    assert Manifest.read(folder / "manifest.json").damage(folder) == {}


def test_a_year_without_a_sheet_fails_and_the_others_are_built(make_project):
    root = make_project()
    failed = errors(build(root, R2, R4))
    assert list(failed) == [R2]
    assert isinstance(failed[R2], DataError)
    assert "令和2年度の状況調査がありません（状況調査のある年度: 平成30年度、令和3年度、令和4年度）" in str(
        failed[R2]
    )
    assert (root / "reports/yamaguchi/2022/manifest.json").is_file()
    assert not (root / "reports/yamaguchi/2020").exists()


def test_a_broken_sheet_withholds_its_year_and_the_years_that_need_it(make_project):
    root = make_project()
    build(root)
    old = fingerprint(root / "reports/yamaguchi")
    sheet = root / "data/raw/yamaguchi/R3.csv"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace(",一部実施,", ",実施済み,", 1), encoding="utf-8")
    failed = errors(build(root, H30, R3, R4))
    assert set(failed) == {R3, R4}
    assert isinstance(failed[R3], SheetError)
    assert "R3.csv" in str(failed[R3])
    assert "実施済み" in str(failed[R3])
    assert "令和3年度の状況調査（R3.csv）に誤りがあるため" in str(failed[R4])
    new = fingerprint(root / "reports/yamaguchi")
    assert {path: new[path] for path in old} == old


def test_two_sheets_of_one_year_withhold_it_and_the_years_that_need_it(make_project):
    root = make_project()
    folder = root / "data/raw/yamaguchi"
    shutil.copy(folder / "R3.csv", folder / "令和3年度.csv")
    result = build_reports(root)
    assert result.problems == ()
    assert "令和3年度の状況調査が二つあります（R3.csv、令和3年度.csv）" in str(errors(result)[R3])
    assert "令和4年度の報告書は更新しません" in str(errors(result)[R4])
    assert "二つあります" in str(errors(result)[R4].findings[0])
    assert (root / "reports/yamaguchi/2018/manifest.json").is_file()
    (folder / "R3.csv").unlink()
    assert build_reports(root).is_good


def test_a_spreadsheet_that_nothing_reads_is_named_and_stops_nothing(make_project):
    root = make_project()
    folder = root / "data/raw/yamaguchi"
    shutil.copy(folder / "R4.csv", folder / "状況調査_R5.csv")
    result = build(root, R4)
    assert result.is_good
    files = {plan: [finding.file for finding in findings] for plan, findings in result.unread.items()}
    assert files == {"yamaguchi": ["状況調査_R5.csv"]}
    for name in ("H30", "R3", "R4"):
        (folder / f"{name}.csv").unlink()
    with pytest.raises(DataError, match=r"表がありません(?s:.*)状況調査_R5\.csv: .*R5\.csv に直してください"):
        build_reports(root)


@pytest.mark.parametrize("removed", ["[HR]*.csv", "plan.toml"])
def test_reports_whose_data_was_removed_are_listed_anew_though_nothing_is_built(make_project, removed):
    root = make_project()
    index = root / "reports/index.html"
    build(root, R4)
    index.write_text("the list of before", encoding="utf-8")
    for file in (root / "data/raw/yamaguchi").glob(removed):
        file.unlink()
    with pytest.raises(DataError):
        build_reports(root)
    assert index.read_text(encoding="utf-8") == "yamaguchi 令和4年度\n"


def test_a_link_out_of_the_project_is_not_followed(make_project, tmp_path):
    root = make_project()
    sheet = root / "data/raw/yamaguchi/R4.csv"
    shutil.move(sheet, tmp_path / "elsewhere.csv")
    sheet.symlink_to(tmp_path / "elsewhere.csv")
    assert "外へのリンク" in str(errors(build(root, R4))[R4])


def test_a_file_that_is_too_large_is_not_read_to_its_end(make_project):
    root = make_project()
    with (root / "data/raw/yamaguchi/R4.csv").open("r+b") as sheet:
        sheet.truncate(LARGEST + 1)  # sparse: takes no space on the disk
    assert "R4.csv は大きすぎます（64 MB まで）" in str(errors(build(root, R4))[R4])


def test_each_sheet_is_inspected_once_and_from_the_bytes_that_are_hashed(make_project, monkeypatch):
    inspected = []

    def inspect_parts(contents, *rest):
        inspected.extend((f"data/raw/yamaguchi/{name}", sha256_of(data)) for name, data in contents.items())
        return inspect(contents, *rest)

    inspect = helpers.sheets.inspect_parts
    monkeypatch.setattr(helpers.sheets, "inspect_parts", inspect_parts)
    root = make_project()
    build(root)
    assert sorted(path[-7:] for path, _ in inspected) == ["/R3.csv", "/R4.csv", "H30.csv"]
    assert set(inspected) <= recorded_inputs(root, R4).items()


def test_a_plan_that_cannot_be_used_does_not_stop_the_others(make_project):
    root = make_project()
    (root / "data/raw/another").mkdir()
    (root / "data/raw/another/plan.toml").write_text("id = 'another'\n", encoding="utf-8")
    result = build(root, R4)
    assert len(result.problems) == 1
    assert result.outcomes[0].summary is not None


def test_an_unknown_plan_is_refused_with_the_nearest(make_project):
    with pytest.raises(UsageError, match="近い名前: yamaguchi"):
        build(make_project(), plan_id="yamaguti")


class TestWithFigures:
    """Builds whose reports have the figures of their sheets."""

    pytestmark = pytest.mark.usefixtures("quick_exports", "no_kernels")

    @pytest.fixture
    def short_reports(self):
        """Replaces the fixture of the module: the reports are made."""

    def test_a_watcher_is_informed_of_every_report_from_beginning_to_end(self, make_project):
        heard = []

        class Listener(Watcher):
            def begins(self, targets):
                heard.append([target.year for target in targets])

            def advances(self, target, done, step):
                heard.append(done)

            def ends(self, outcome):
                heard.append((outcome.summary.items, outcome.summary.done_share))

        build(make_project(), R4, watcher=Listener())
        begun, *progress, end = heard
        assert (begun, end) == ([R4], (42, "81.0%"))
        assert progress == sorted(progress)
        assert progress[0] == 0

    def test_a_comparison_of_less_than_before_is_said_once(self, make_project):
        root = make_project()
        folder = root / "data/raw/yamaguchi/published/2022"
        (first,) = build(root, R4).outcomes
        overall = folder / "overall.csv"
        lines = overall.read_text(encoding="utf-8").splitlines(keepends=True)
        overall.write_text("".join(line.rpartition(",")[0] + "\n" for line in lines), encoding="utf-8")
        (folder / "items.csv").unlink()
        record = '[[unprinted]]\ntable = "overall"\ncolumn = "前年割合"\nreason = "欄がない"\n'
        with (folder / "errata.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n{record}")
        (second,) = build(root, R4).outcomes
        (third,) = build(root, R4, force=True).outcomes
        less = [outcome.compared_less for outcome in (first, second, third)]
        assert less == ["", "items 168 → 0、overall 25 → 20", ""]
