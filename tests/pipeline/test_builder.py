import hashlib
import json
import shutil

import pytest
from filelock import FileLock
from small_projects import errors

import helpers.sheets
from fingerprints import fingerprint
from helpers.errors import DataError, SheetError, UsageError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import LARGEST
from helpers.pipeline.identity.manifest import Manifest
from helpers.pipeline.outcome import Watcher
from helpers.pipeline.publication.exclusion import InUseError
from helpers.pipeline.reports import build_reports

R3, R4 = FiscalYear(2021), FiscalYear(2022)
pytestmark = pytest.mark.usefixtures("quick_exports", "no_kernels")


def build(root, *years, **options):
    return build_reports(root, years or (R3, R4), **options)


def test_the_manifest_names_inputs_and_outputs_without_times_and_places(make_project):
    root = make_project("runs_well")
    build(root, R4)
    folder = root / "reports" / "yamaguchi" / "2022"
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    record = json.loads(text)
    data = "data/raw/yamaguchi"
    used = {f"{data}/{name}" for name in ("plan.toml", "items.csv", "R4.csv", "R3.csv", "H30.csv")}
    assert used <= set(record["inputs"])
    assert any(path.startswith(f"{data}/published/2022/") for path in record["inputs"])
    assert record["inputs"][f"{data}/R4.csv"] == fingerprint(root)[f"{data}/R4.csv"]
    assert record["parameters"] == {"plan": "yamaguchi", "year": 2022}
    assert record["outputs"] == {
        name: sha for name, sha in fingerprint(folder).items() if name != "manifest.json"
    }
    assert (record["summary"]["items"], record["summary"]["done_share"]) == (42, "81.0%")
    assert str(root) not in text
    assert Manifest.read(folder / "manifest.json").damage(folder) == {}


def test_a_file_that_no_report_reads_is_no_input(make_project):
    root = make_project("runs_well")
    for name in (
        "changes.csv",
        "README.md",
        "~$R4.xlsx",
        "published/2022/~$overall.csv",
        "published/2021/overall.csv",
    ):
        file = root / "data/raw/yamaguchi" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("変更\n", encoding="utf-8")
    build(root, R4)
    record = json.loads((root / "reports/yamaguchi/2022/manifest.json").read_bytes())
    told = {path.removeprefix("data/raw/yamaguchi/") for path in record["inputs"]}
    assert {name for name in told if "/" not in name} == {
        "H30.csv",
        "R3.csv",
        "R4.csv",
        "items.csv",
        "plan.toml",
    }
    printed = ("by_policy", "highlights", "items", "overall", "plan_overview", "summary")
    assert {name for name in told if name.startswith("published")} == {
        "published/2022/errata.toml",
        *(f"published/2022/{name}.csv" for name in printed),
    }


def test_a_comparison_of_less_than_before_is_told_once(make_project):
    root = make_project("runs_well")
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
    told = [outcome.compared_less for outcome in (first, second, third)]
    assert told == ["", "items 168→0、overall 25→20", ""]


def test_a_report_uses_no_later_year(make_project):
    root = make_project("runs_well")
    build(root, R3)
    record = json.loads((root / "reports/yamaguchi/2021/manifest.json").read_bytes())
    assert not any("R4.csv" in path for path in record["inputs"])


def test_a_year_without_a_sheet_fails_and_the_others_are_built(make_project):
    root = make_project("runs_well")
    result = build(root, FiscalYear(2020), R4)
    assert isinstance(errors(result)[FiscalYear(2020)], DataError)
    assert "令和2年度の状況調査がありません（状況調査のある年度: 平成30年度、令和3年度、令和4年度）" in str(
        errors(result)[FiscalYear(2020)]
    )
    assert (root / "reports/yamaguchi/2022/manifest.json").is_file()
    assert not (root / "reports/yamaguchi/2020").exists()


def test_a_broken_sheet_withholds_its_year_and_the_years_that_need_it(make_project):
    root = make_project("runs_well")
    build(root)
    old = fingerprint(root / "reports")
    sheet = root / "data/raw/yamaguchi/R3.csv"
    sheet.write_text(
        sheet.read_text(encoding="utf-8").replace(",一部実施,", ",実施済み,", 1), encoding="utf-8"
    )
    result = build(root, FiscalYear(2018), R3, R4)
    assert isinstance(errors(result)[R3], SheetError)
    assert "R3.csv" in str(errors(result)[R3])
    assert "実施済み" in str(errors(result)[R3])
    assert "令和3年度の状況調査（R3.csv）に誤りがあるため" in str(errors(result)[R4])
    assert FiscalYear(2018) not in errors(result)
    new = fingerprint(root / "reports")
    assert {path: new[path] for path in old if path != "index.html"} == {
        path: sha for path, sha in old.items() if path != "index.html"
    }


def test_two_sheets_of_one_year_withhold_it_and_the_years_that_need_it(make_project):
    root = make_project("runs_well")
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


def test_a_spreadsheet_that_nothing_reads_is_told_and_stops_nothing(make_project):
    root = make_project("runs_well")
    folder = root / "data/raw/yamaguchi"
    shutil.copy(folder / "R4.csv", folder / "状況調査_R5.csv")
    result = build(root, R4)
    assert result.is_good
    assert {plan: [one.file for one in found] for plan, found in result.unread.items()} == {
        "yamaguchi": ["状況調査_R5.csv"]
    }
    for name in ("H30", "R3", "R4"):
        (folder / f"{name}.csv").unlink()
    with pytest.raises(DataError, match=r"表がありません(?s:.*)状況調査_R5\.csv: .*R5\.csv に直してください"):
        build_reports(root)


@pytest.mark.parametrize("gone", ["the sheets", "the plan"])
def test_reports_whose_data_went_are_listed_anew_though_there_is_nothing_to_build(make_project, gone):
    root = make_project("runs_well")
    folder, index = root / "data/raw/yamaguchi", root / "reports/index.html"
    build(root, R4)
    index.write_text("the list of before", encoding="utf-8")
    for file in folder.glob("[HR]*.csv") if gone == "the sheets" else (folder / "plan.toml",):
        file.unlink()
    with pytest.raises(DataError):
        build_reports(root)
    assert index.read_text(encoding="utf-8") == "yamaguchi 令和4年度\n"


def test_an_up_to_date_report_is_left_alone_and_a_touched_one_is_built_again(make_project):
    root = make_project("runs_well")
    build(root)
    assert all(outcome.is_current for outcome in build(root).outcomes)
    page = root / "reports/yamaguchi/2021/report.html"
    page.write_text("edited by hand", encoding="utf-8")
    assert [outcome.is_current for outcome in build(root).outcomes] == [False, True]
    assert page.read_text(encoding="utf-8") == "a page"
    assert not any(outcome.is_current for outcome in build(root, force=True).outcomes)


def test_only_one_build_of_a_plan_runs_at_a_time(make_project):
    root = make_project("runs_well")
    (root / "reports/yamaguchi").mkdir(parents=True)
    with FileLock(root / "reports/yamaguchi/.lock"):
        result = build(root, R4)
    assert [type(problem) for problem in result.problems] == [InUseError]
    assert "別の build" in str(result.problems[0])
    assert not result.is_good


def test_a_link_out_of_the_project_is_not_followed(make_project, tmp_path):
    root = make_project("runs_well")
    sheet = root / "data/raw/yamaguchi/R4.csv"
    shutil.move(sheet, tmp_path / "elsewhere.csv")
    sheet.symlink_to(tmp_path / "elsewhere.csv")
    assert "外へのリンク" in str(errors(build(root, R4))[R4])


def test_a_file_of_absurd_size_is_not_read_to_its_end(make_project):
    root = make_project("runs_well")
    with (root / "data/raw/yamaguchi/R4.csv").open("r+b") as sheet:
        sheet.truncate(LARGEST + 1)  # sparse: takes no space on the disk
    assert "R4.csv は大きすぎます（64 MB まで）" in str(errors(build(root, R4))[R4])


def test_each_sheet_is_inspected_once_and_from_the_bytes_that_are_hashed(make_project, monkeypatch):
    inspected = []

    def inspect_bytes(data, name, *rest):
        inspected.append((name, hashlib.sha256(data).hexdigest()))
        return inspect(data, name, *rest)

    inspect = helpers.sheets.inspect_bytes
    monkeypatch.setattr(helpers.sheets, "inspect_bytes", inspect_bytes)
    root = make_project("runs_well")
    build(root)
    assert sorted(name for name, _ in inspected) == ["H30.csv", "R3.csv", "R4.csv"]
    record = json.loads((root / "reports/yamaguchi/2022/manifest.json").read_bytes())
    for name, digest in inspected:
        assert record["inputs"][f"data/raw/yamaguchi/{name}"] == digest


def test_a_plan_that_cannot_be_used_does_not_stop_the_others(make_project):
    root = make_project("runs_well")
    broken = root / "data/raw/another"
    broken.mkdir()
    (broken / "plan.toml").write_text("id = 'another'\n", encoding="utf-8")
    result = build(root, R4)
    assert len(result.problems) == 1
    assert result.outcomes[0].summary is not None


def test_an_unknown_plan_is_refused_with_the_nearest(make_project):
    with pytest.raises(UsageError, match="近い名前: yamaguchi"):
        build(make_project("runs_well"), plan_id="yamaguti")


def test_a_watcher_hears_of_every_report_from_beginning_to_end(make_project):
    heard = []

    class Listener(Watcher):
        def begins(self, targets):
            heard.append([target.year for target in targets])

        def advances(self, target, done, what):
            heard.append(done)

        def ends(self, outcome):
            heard.append(outcome.target.year)

    build(make_project("runs_well"), R4, watcher=Listener())
    assert heard[0] == [R4]
    assert heard[1:-1] == sorted(heard[1:-1])
    assert heard[1] == 0
    assert heard[-1] == R4
