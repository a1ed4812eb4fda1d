"""Which published reports no longer fit the data."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.files.differing import CHANGED, GONE
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import Inputs, data_files
from helpers.pipeline.identity.manifest import Manifest, digests
from helpers.pipeline.index_file import departed_data
from helpers.pipeline.site import PlanFolder
from helpers.project import Target
from made_reports import lay_out_reference
from small_city import City
from summaries import SUMMARY

YEARS = (2018, 2021, 2022)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out_reference(tmp_path / "project")


@pytest.fixture
def manifests(root: Path) -> list[Manifest]:
    """Of reports that were made from what the project holds."""
    folder = PlanFolder.open(root, "yamaguchi")
    targets = [Target("yamaguchi", FiscalYear(year)) for year in YEARS]
    return [
        Manifest(target, {"inputs": digests(folder.gather(target).files)}, SUMMARY, {}) for target in targets
    ]


def append(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_bytes((root / name).read_bytes() + b"\n")


RAW = "data/raw/yamaguchi"


@pytest.mark.parametrize(
    ("change", "became"),
    [
        (lambda root: None, {}),
        (append(f"{RAW}/R4.csv"), {2022: CHANGED}),
        (append(f"{RAW}/R3.csv"), {2021: CHANGED, 2022: CHANGED}),
        (append(f"{RAW}/items.csv"), dict.fromkeys(YEARS, CHANGED)),
        (append(f"{RAW}/published/2022/overall.csv"), {2022: CHANGED}),
        # A change of the program is no change of the data.
        (append("notebooks/annual_report.ipynb"), {}),
        (lambda root: (root / RAW / "R4.csv").unlink(), {2022: GONE}),
        (lambda root: (root / RAW / "R3.csv").unlink(), {2021: GONE, 2022: CHANGED}),
        (lambda root: (root / RAW / "R4.csv").rename(root / RAW / "2022.csv"), {2022: CHANGED}),
        # R3.csv stays the first by name, but nobody can tell which of the two is meant.
        (lambda root: shutil.copy(root / RAW / "R3.csv", root / RAW / "令和3年度.csv"), {2021: CHANGED, 2022: CHANGED}),
    ],
)  # fmt: skip
def test_a_report_departs_from_the_data_that_it_uses(
    change: Callable[[Path], object], became: dict[int, str], root: Path, manifests: list[Manifest]
) -> None:
    change(root)
    departed = departed_data(PlanFolder.open(root, "yamaguchi"), manifests)
    assert {int(year): reason for year, reason in departed.items()} == became


def test_a_report_of_a_year_that_no_plan_covers_any_more_departs(city: City) -> None:
    root = city(dict.fromkeys((2023, 2024), "完了 完了 完了 完了"))
    target = Target("machi", FiscalYear(2024))
    folder = PlanFolder.open(root, "machi")
    files = data_files(folder.plan, folder.sheets, target.year)
    inputs = Inputs({path.relative_to(root).as_posix(): path.read_bytes() for path in files})
    manifest = Manifest(target, {"inputs": digests(inputs.files)}, SUMMARY, {})
    assert departed_data(folder, [manifest]) == {}
    plan = root / "data/raw/machi/plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("2024", "2023"), encoding="utf-8")
    assert departed_data(PlanFolder.open(root, "machi"), [manifest]) == {target.year: CHANGED}
