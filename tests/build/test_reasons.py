import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.build import reasons
from helpers.build.builder import PlanFolder
from helpers.build.inputs import gather_inputs
from helpers.build.manifest import identity
from helpers.build.target import Target
from helpers.fiscal_year import FiscalYear

REPOSITORY = Path(__file__).parents[2]
YEARS = tuple(FiscalYear(year) for year in (2018, 2021, 2022))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    for part in ("data/raw", "notebooks", "requirements"):
        shutil.copytree(REPOSITORY / part, root / part)
    return PlanFolder.open(root, "yamaguchi")


def identities(folder):
    targets = [Target("yamaguchi", year) for year in YEARS]
    return {
        t.year.western: identity(t, gather_inputs(folder.root, folder.plan, folder.sheets, t))
        for t in targets
    }


def why(then, now):
    return {year: reasons.changes(then[year], now[year]) for year in then}


# Which reports a change of a file touches: a year's sheet is used by its own year and by later ones.
TOUCHED = {
    "data/raw/yamaguchi/H30.csv": {2018, 2021, 2022},
    "data/raw/yamaguchi/R3.csv": {2021, 2022},
    "data/raw/yamaguchi/R4.csv": {2022},
    "data/raw/yamaguchi/plan.toml": {2018, 2021, 2022},
    "data/raw/yamaguchi/items.csv": {2018, 2021, 2022},
    "data/raw/yamaguchi/published/2022/overall.csv": {2022},
    "data/raw/yamaguchi/published/2022/errata.toml": {2022},
    "notebooks/ingest.ipynb": {2018, 2021, 2022},
    "notebooks/annual_report.ipynb": {2018, 2021, 2022},
    "notebooks/explore.ipynb": set(),
    "requirements/base.txt": {2018, 2021, 2022},
    "requirements/dev.txt": set(),
}


@pytest.mark.parametrize("name", TOUCHED)
def test_a_changed_file_is_a_reason_for_exactly_the_reports_that_use_it(folder, name):
    file = folder.root / name
    before, kept = identities(folder), file.read_bytes()
    try:
        file.write_bytes(kept + b" ")
        found = why(before, identities(folder))
    finally:
        file.write_bytes(kept)
    assert found == {year: (f"{name} が変わった",) if year in TOUCHED[name] else () for year in found}


@given(names=st.sets(st.sampled_from(sorted(TOUCHED)), max_size=4))
def test_several_changes_are_all_told(folder, names):
    """Every changed input of a report is told, and nothing else is."""
    before = identities(folder)
    after = {
        year: made
        | {"inputs": {name: digest + "x" * (name in names) for name, digest in made["inputs"].items()}}
        for year, made in before.items()
    }
    for year, told in why(before, after).items():
        assert told == tuple(f"{name} が変わった" for name in sorted(names) if year in TOUCHED[name])


def test_what_came_or_went_and_what_stands_behind_is_told(folder):
    now = identities(folder)[2022]
    then = {
        **now,
        "inputs": {**now["inputs"], "data/raw/yamaguchi/old.csv": "0"},
        "parameters": {"plan": "yamaguchi"},
        "neighbours": {"older": None, "newer": None},
        "code": {"package": "0"},
        "versions": {**now["versions"], "pandas": "0"},
    }
    assert reasons.changes(then, now) == (
        "data/raw/yamaguchi/old.csv がなくなった",
        "パラメーター year が加わった",
        "前後の年度の報告書が変わった",
        "プログラムが変わった",
        "パッケージ pandas が変わった",
    )
    assert reasons.changes(now, now) == ()


def test_a_new_sheet_changes_its_neighbours_links(folder):
    before = identities(folder)
    sheets = {**folder.sheets, FiscalYear(2019): folder.root / "data/raw/yamaguchi/H30.csv"}
    found = why(before, identities(replace(folder, sheets=sheets)))
    assert all("前後の年度の報告書が変わった" in found[year] for year in (2018, 2021))
    assert "前後の年度の報告書が変わった" not in found[2022]
