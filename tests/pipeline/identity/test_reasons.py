import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity import reasons
from helpers.pipeline.identity.inputs import gather_inputs
from helpers.pipeline.identity.manifest import identity
from helpers.pipeline.site import PlanFolder
from helpers.pipeline.target import Target

REPOSITORY = Path(__file__).parents[3]
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


# Which reports a change of a file touches, a year's sheet being used by its own year and by later ones, and what is said.
TOUCHED = {
    "data/raw/yamaguchi/H30.csv": ({2018, 2021, 2022}, "状況調査 H30.csv が変わった"),
    "data/raw/yamaguchi/R3.csv": ({2021, 2022}, "状況調査 R3.csv が変わった"),
    "data/raw/yamaguchi/R4.csv": ({2022}, "状況調査 R4.csv が変わった"),
    "data/raw/yamaguchi/plan.toml": ({2018, 2021, 2022}, "計画の設定 plan.toml が変わった"),
    "data/raw/yamaguchi/items.csv": ({2018, 2021, 2022}, "推進項目の一覧 items.csv が変わった"),
    "data/raw/yamaguchi/published/2022/overall.csv": ({2022}, "公表値 overall.csv が変わった"),
    "data/raw/yamaguchi/published/2022/items.csv": ({2022}, "公表値 items.csv が変わった"),
    "data/raw/yamaguchi/published/2022/errata.toml": ({2022}, "公表値の正誤 errata.toml が変わった"),
    "notebooks/ingest.ipynb": ({2018, 2021, 2022}, "ノートブック ingest.ipynb が変わった"),
    "notebooks/annual_report.ipynb": ({2018, 2021, 2022}, "ノートブック annual_report.ipynb が変わった"),
    "notebooks/explore.ipynb": (set(), ""),
    "requirements/base.txt": ({2018, 2021, 2022}, "ライブラリーの一覧 base.txt が変わった"),
    "requirements/dev.txt": (set(), ""),
}
# The order in which they are told.
ORDER = (
    "data/raw/yamaguchi/H30.csv",
    "data/raw/yamaguchi/R3.csv",
    "data/raw/yamaguchi/R4.csv",
    "data/raw/yamaguchi/plan.toml",
    "data/raw/yamaguchi/items.csv",
    "data/raw/yamaguchi/published/2022/items.csv",
    "data/raw/yamaguchi/published/2022/overall.csv",
    "data/raw/yamaguchi/published/2022/errata.toml",
    "notebooks/annual_report.ipynb",
    "notebooks/ingest.ipynb",
    "requirements/base.txt",
)


@pytest.mark.parametrize("name", TOUCHED)
def test_a_changed_file_is_a_reason_for_exactly_the_reports_that_use_it(folder, name):
    file = folder.root / name
    before, kept = identities(folder), file.read_bytes()
    try:
        file.write_bytes(kept + b" ")
        found = why(before, identities(folder))
    finally:
        file.write_bytes(kept)
    touched, told = TOUCHED[name]
    assert found == {year: (told,) if year in touched else () for year in found}


@given(names=st.sets(st.sampled_from(sorted(TOUCHED)), max_size=4))
def test_several_changes_are_all_told(folder, names):
    """Every changed input of a report is told, the data first, and nothing else is."""
    before = identities(folder)
    after = {
        year: made
        | {"inputs": {name: digest + "x" * (name in names) for name, digest in made["inputs"].items()}}
        for year, made in before.items()
    }
    for year, told in why(before, after).items():
        assert told == tuple(TOUCHED[name][1] for name in ORDER if name in names and year in TOUCHED[name][0])


def changed(now, part, **values):
    """``now`` with other values in one of its parts; None takes one away."""
    mixed = {**now[part], **values}
    return {**now, part: {name: value for name, value in mixed.items() if value is not None}}


def test_every_kind_of_change_is_told_in_words(folder):
    now = identities(folder)[2022]
    sheet = {"data/raw/yamaguchi/R4.csv": None, "data/raw/yamaguchi/令和4年度.xlsx": "1"}
    pandas = now["versions"]["pandas"]
    cases = {
        ("状況調査 R4.csv が 令和4年度.xlsx に替わった",): changed(now, "inputs", **sheet),
        ("状況調査 R2.ods が加わった",): changed(now, "inputs", **{"data/raw/yamaguchi/R2.ods": "1"}),
        ("公表値 summary.csv がなくなった",): changed(
            now, "inputs", **{"data/raw/yamaguchi/published/2022/summary.csv": None}
        ),
        ("ファイル changes.csv が加わった",): changed(
            now, "inputs", **{"data/raw/yamaguchi/changes.csv": "1"}
        ),
        ("公表値と違うまま公開する理由が書かれた",): changed(now, "parameters", accept_differences="誤植"),
        ("次の年度（令和5年度）の状況調査が加わった",): changed(now, "neighbours", newer=2023),
        ("状況調査のある前の年度が令和3年度から令和2年度に替わった",): changed(now, "neighbours", older=2020),
        ("プログラムが更新された",): changed(now, "code", package="1"),
        (f"ライブラリー pandas が {pandas} から 3.9.9 になった",): changed(now, "versions", pandas="3.9.9"),
        (f"ライブラリー pandas {pandas} がなくなった",): changed(now, "versions", pandas=None),
        ("ライブラリー 新 1.0 が加わった",): changed(now, "versions", 新="1.0"),
        (f"Python が {now['versions']['python']} から 3.99.0 になった",): changed(
            now, "versions", python="3.99.0"
        ),
    }
    assert {reasons.changes(now, after): after for after in cases.values()} == cases
    assert reasons.changes(now, now) == ()


def test_what_went_is_told_from_what_came(folder):
    now = identities(folder)[2022]
    then = changed(now, "parameters", accept_differences="誤植", year=None)
    assert reasons.changes(then, now) == (
        "公表値と違うまま公開する理由がなくなった",
        "パラメーター year が加わった",
    )
    assert reasons.changes(changed(now, "neighbours", newer=2023), now) == (
        "次の年度（令和5年度）の状況調査がなくなった",
    )
    assert reasons.changes(now, changed(then, "parameters", accept_differences="欠落"))[0] == (
        "公表値と違うまま公開する理由が書かれた"
    )
    assert reasons.changes(then, changed(then, "parameters", accept_differences="欠落")) == (
        "公表値と違うまま公開する理由が変わった",
    )


def test_a_sheet_that_is_no_longer_used_is_told_from_one_that_went(folder):
    now = identities(folder)[2022]
    plan, sheet = "data/raw/yamaguchi/plan.toml", "data/raw/yamaguchi/R3.csv"
    without = changed(now, "inputs", **{sheet: None, plan: "1"})
    setting = "計画の設定 plan.toml が変わった"
    assert reasons.changes(now, without, folder.root) == ("状況調査 R3.csv を使わなくなった", setting)
    assert reasons.changes(without, now, folder.root) == ("状況調査 R3.csv を使うようになった", setting)
    unread = changed(now, "inputs", **{"data/raw/yamaguchi/R2.csv": "1"})
    assert reasons.changes(unread, now, folder.root) == ("状況調査 R2.csv がなくなった",)
    # Nothing but a sheet that came can make a plan use another one while its own files stay.
    assert reasons.changes(now, unread, folder.root) == ("状況調査 R2.csv が加わった",)


def test_a_record_that_differs_in_what_nobody_knows_is_no_record(folder):
    now = identities(folder)[2022]
    assert reasons.changes({**now, "sealed_by": "somebody"}, now) == (reasons.NO_RECORD,)


def test_the_first_damaged_files_are_named_and_the_others_counted():
    damage = {"a.csv": "added", "b.csv": "gone", "c.csv": "changed"}
    told = ("作成後に a.csv が加わった", "作成後に b.csv がなくなった", "作成後に c.csv が変わった")
    assert reasons.damages(damage) == told
    assert reasons.damages(damage | {"d.csv": "gone", "e.csv": "gone"}) == (*told, "ほかに2個のファイル")


def test_of_many_other_versions_the_first_are_named(folder):
    now = identities(folder)[2022]
    then = {**now, "versions": dict.fromkeys("abcde", "0")}
    assert reasons.changes(then, {**now, "versions": dict.fromkeys("abcde", "1")}) == (
        "ライブラリー a が 0 から 1 になった",
        "ライブラリー b が 0 から 1 になった",
        "ライブラリー c が 0 から 1 になった",
        "ほかにライブラリー2個",
    )


def test_a_new_sheet_changes_its_neighbours_links(folder):
    before = identities(folder)
    sheets = {**folder.sheets, FiscalYear(2019): folder.root / "data/raw/yamaguchi/H30.csv"}
    found = why(before, identities(replace(folder, sheets=sheets)))
    assert found[2018] == ("状況調査のある次の年度が令和3年度から令和元年度に替わった",)
    assert "状況調査のある前の年度が平成30年度から令和元年度に替わった" in found[2021]
    assert not any("の年度が" in told for told in found[2022])
