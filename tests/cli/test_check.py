"""Many sheets at a time: the same findings in the same order as one by one, whatever becomes of a process."""

import os
from pathlib import Path

import pytest

from helpers.cli.check import FEWEST, inspect_all
from helpers.cli.inspector import Inspector
from helpers.errors import UsageError
from made_reports import lay_out_reference


class EndsItsProcess(type(Path())):
    """A path that ends the process which it is sent to."""

    def __reduce__(self):
        return os._exit, (3,)


class BringsAFault(type(Path())):
    """A path at which a fault of ours comes to light."""

    def stat(self, **_):
        raise RuntimeError("so nicht")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The reference plan's folder, with a sheet that is of another year than its name says."""
    folder = lay_out_reference(tmp_path_factory.mktemp("check") / "project") / "data/raw/yamaguchi"
    text = (folder / "R4.csv").read_text(encoding="utf-8-sig")
    (folder / "R5.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def inspector():
    return Inspector(None, None, None)


def test_many_files_are_inspected_side_by_side_as_they_are_one_by_one(folder, inspector):
    files = [folder / name for name in ("R5.csv", "R4.csv", "R3.csv", "H30.csv")] * (FEWEST // 4)
    there, here = (list(inspect_all(inspector, files, processes)) for processes in (2, 1))
    assert there == here
    assert [sheet.file for sheet in there] == files
    assert [sheet.has_errors for sheet in there[:4]] == [True, False, False, False]
    assert all(str(finding).startswith("R5.csv!") for finding in there[0].findings)


def test_a_file_that_ends_its_process_hurts_only_itself(folder, inspector):
    files = [folder / "R4.csv"] * FEWEST
    files[7] = EndsItsProcess(folder / "R4.csv")
    inspected = list(inspect_all(inspector, files, 2))
    assert len(inspected) == FEWEST
    assert [number for number, sheet in enumerate(inspected) if sheet.has_errors] == [7]
    (finding,) = inspected[7].findings
    assert str(finding).startswith("R4.csv: 調べている途中でプロセスが終了しました（終了コード 3）")


def test_a_fault_of_ours_hurts_only_its_file(folder, inspector):
    inspected = list(inspect_all(inspector, [BringsAFault(folder / "R4.csv"), folder / "R3.csv"], 1))
    assert [sheet.has_errors for sheet in inspected] == [True, False]
    assert "RuntimeError: so nicht" in str(inspected[0].findings[0])


def test_without_a_plan_nothing_is_said_before_the_error(tmp_path, folder):
    (stray := tmp_path / "R4.csv").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError):
        next(inspect_all(Inspector(tmp_path, None, None), [folder / "R4.csv", stray], 1))
