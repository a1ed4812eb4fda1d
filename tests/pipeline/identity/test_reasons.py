"""Whether a published report may stay, and the words that say why; which file touches which report: ``test_exact_rebuilds``."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity import reasons
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import Summary, identity
from helpers.pipeline.outcome import MadeReport
from helpers.pipeline.publication.publication import publish_file, publish_folder
from helpers.pipeline.site import PlanFolder
from helpers.project import Target

REPOSITORY = Path(__file__).parents[3]
RAW = "data/raw/yamaguchi"
TARGET = Target("machi", FiscalYear(2022))
INPUTS = Inputs({"data/raw/machi/R4.csv": b"x"})
ACCEPTED = replace(INPUTS, accepted="公表資料の誤植")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    for part in ("data/raw", "notebooks", "requirements"):
        shutil.copytree(REPOSITORY / part, root / part)
    return root


@pytest.fixture(scope="module")
def now(root):
    """The identity of the reference report on fiscal 2022."""
    target = Target("yamaguchi", FiscalYear(2022))
    return identity(target, PlanFolder.open(root, "yamaguchi").gather(target))


def changed(now, part, **values):
    """``now`` with other values in one of its parts; None takes one away."""
    mixed = {**now[part], **values}
    return {**now, part: {name: value for name, value in mixed.items() if value is not None}}


def test_several_changed_files_are_named_the_data_first(now):
    assert reasons.changes(changed(now, "inputs", **dict.fromkeys(now["inputs"], "1")), now) == (
        "状況調査 H30.csv が変わった",
        "状況調査 R3.csv が変わった",
        "状況調査 R4.csv が変わった",
        "計画の設定 plan.toml が変わった",
        "推進項目の一覧 items.csv が変わった",
        *(
            f"公表値 {table}.csv が変わった"
            for table in ("by_policy", "highlights", "items", "overall", "plan_overview", "summary")
        ),
        "公表値の正誤 errata.toml が変わった",
        "ノートブック annual_report.ipynb が変わった",
        "ノートブック ingest.ipynb が変わった",
        "ライブラリーの一覧 base.txt が変わった",
    )


def test_every_kind_of_change_is_named_in_words(now):
    sheet = {f"{RAW}/R4.csv": None, f"{RAW}/令和4年度.xlsx": "1"}
    pandas, python = now["versions"]["pandas"], now["versions"]["python"]
    cases = {
        "状況調査 R4.csv が 令和4年度.xlsx に替わった": changed(now, "inputs", **sheet),
        "状況調査 R2.ods が加わった": changed(now, "inputs", **{f"{RAW}/R2.ods": "1"}),
        "公表値 summary.csv がなくなった": changed(
            now, "inputs", **{f"{RAW}/published/2022/summary.csv": None}
        ),
        "ファイル changes.csv が加わった": changed(now, "inputs", **{f"{RAW}/changes.csv": "1"}),
        "公表値と違うまま公開する理由が書かれた": changed(now, "parameters", accept_differences="誤植"),
        "パラメーター year がなくなった": changed(now, "parameters", year=None),
        "次の年度（令和5年度）の状況調査が加わった": changed(now, "neighbours", newer=2023),
        "状況調査のある前の年度が令和3年度から令和2年度に替わった": changed(now, "neighbours", older=2020),
        "プログラムが更新された": changed(now, "code", package="1"),
        f"ライブラリー pandas が {pandas} から 3.9.9 になった": changed(now, "versions", pandas="3.9.9"),
        f"ライブラリー pandas {pandas} がなくなった": changed(now, "versions", pandas=None),
        "ライブラリー 新 1.0 が加わった": changed(now, "versions", 新="1.0"),
        f"Python が {python} から 3.99.0 になった": changed(now, "versions", python="3.99.0"),
    }
    assert {reasons.changes(now, after): after for after in cases.values()} == {
        (words,): after for words, after in cases.items()
    }
    assert reasons.changes(now, now) == ()
    # Likewise in the other direction.
    assert reasons.changes(cases["公表値と違うまま公開する理由が書かれた"], now) == (
        "公表値と違うまま公開する理由がなくなった",
    )
    assert reasons.changes(cases["次の年度（令和5年度）の状況調査が加わった"], now) == (
        "次の年度（令和5年度）の状況調査がなくなった",
    )


def test_a_sheet_that_is_no_longer_used_is_distinguished_from_a_removed_one(now, root):
    without = changed(now, "inputs", **{f"{RAW}/R3.csv": None, f"{RAW}/plan.toml": "1"})
    setting = "計画の設定 plan.toml が変わった"
    assert reasons.changes(now, without, root) == ("状況調査 R3.csv を使わなくなった", setting)
    assert reasons.changes(without, now, root) == ("状況調査 R3.csv を使うようになった", setting)
    unread = changed(now, "inputs", **{f"{RAW}/R2.csv": "1"})
    assert reasons.changes(unread, now, root) == ("状況調査 R2.csv がなくなった",)
    # While the plan's own files stay, only a sheet that was added can make it use another sheet.
    assert reasons.changes(now, unread, root) == ("状況調査 R2.csv が加わった",)


def test_a_record_that_differs_in_an_unknown_part_is_no_record(now):
    assert reasons.changes({**now, "sealed_by": "somebody"}, now) == (reasons.NO_RECORD,)


def test_the_first_damaged_files_are_named_and_the_others_counted():
    damage = {"a.csv": "added", "b.csv": "gone", "c.csv": "changed"}
    words = ("作成後に a.csv が加わった", "作成後に b.csv がなくなった", "作成後に c.csv が変わった")
    assert reasons.damages(damage) == words
    assert reasons.damages(damage | {"d.csv": "gone", "e.csv": "gone"}) == (*words, "ほかに2個のファイル")


def test_of_many_other_versions_the_first_are_named(now):
    then, after = ({**now, "versions": dict.fromkeys("abcde", version)} for version in "01")
    assert reasons.changes(then, after) == (
        *(f"ライブラリー {name} が 0 から 1 になった" for name in "abc"),
        "ほかにライブラリー2個",
    )


@pytest.mark.parametrize(
    ("made_from", "current", "why"),
    [
        (ACCEPTED, ACCEPTED, reasons.CURRENT),
        (ACCEPTED, INPUTS, reasons.CURRENT),  # it holds for as long as nothing changes
        (ACCEPTED, replace(ACCEPTED, accepted="別の理由"), "公表値と違うまま公開する理由が変わった"),
        # A reason that is given but not needed does not make the report again.
        (INPUTS, ACCEPTED, reasons.CURRENT),
    ],
)
def test_the_reason_to_accept_differences_is_part_of_a_report_that_needed_one(
    made_from, current, why, tmp_path
):
    # None of the figures that are compared cell by cell differs: a row that only the report has is no cell.
    summary = Summary("市", "計画", 1, "", 376, 0, 376, 0, differences=1 if made_from.accepted else 0)
    made = MadeReport.of(
        TARGET, made_from, summary, {"report.html": b"page"}, {str(TARGET.processed): b"year\n"}
    )
    publish_folder(tmp_path / TARGET.folder, made.files)
    publish_file(tmp_path / TARGET.processed, b"year\n")
    manifest, reason = reasons.standing(tmp_path, TARGET, current)
    assert (manifest == made.manifest, reason) == (why == reasons.CURRENT, (why,))


def test_the_parts_of_a_sheet_that_were_added_removed_renamed_or_changed_are_named(now):
    parts = {f"{RAW}/R4/{name}": sha256 for name, sha256 in (("a.xlsx", "1"), ("b.csv", "2"))}
    folder = changed(now, "inputs", **{f"{RAW}/R4.csv": None, **parts})
    assert reasons.changes(now, folder) == ("状況調査 R4.csv が R4/ に替わった",)
    assert reasons.changes(folder, now) == ("状況調査 R4/ が R4.csv に替わった",)
    cases = {
        "R4/b.csv が変わった": {"b.csv": "3"},
        "R4/b.csv がなくなった": {"b.csv": None},
        "R4/部/c.ods が加わった": {"部/c.ods": "3"},
        "R4/b.csv が R4/c.csv に名前を変えた": {"b.csv": None, "c.csv": "2"},
    }
    assert {
        words: reasons.changes(
            folder, changed(folder, "inputs", **{f"{RAW}/R4/{n}": d for n, d in to.items()})
        )
        for words, to in cases.items()
    } == {words: (f"状況調査 {words}",) for words in cases}
