import errno
import os

import pytest

from helpers.errors import BuildError
from helpers.files.writing import flush_folder
from helpers.pipeline.publication import publication
from helpers.pipeline.publication.exclusion import clear_leftovers
from helpers.pipeline.publication.publication import publish_file, publish_folder

OLD = {"report.html": b"old", "tables/overall.csv": b"old"}
NEW = {"report.html": b"new", "tables/summary.csv": b"new"}


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(params=["in one step", "by two renames"])
def folder(request, monkeypatch, tmp_path):
    if request.param == "by two renames":
        # Like the C library of a system without the function.
        monkeypatch.setattr(publication.ctypes, "CDLL", lambda *_, **__: None)
    return tmp_path / "reports" / "2022"


def test_a_folder_is_replaced_as_a_whole_and_nothing_is_left_beside_it(folder):
    publish_folder(folder, OLD)
    assert files(folder) == OLD
    publish_folder(folder, NEW)
    assert files(folder) == NEW
    assert [path.name for path in folder.parent.iterdir()] == ["2022"]


@pytest.mark.parametrize("step", ["fsync", "mkdtemp", "rename"])
def test_a_failure_at_any_step_leaves_the_old_folder(step, folder, monkeypatch):
    publish_folder(folder, OLD)

    def fail(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "rename":
        monkeypatch.setattr(publication, "exchange", fail)
    else:
        monkeypatch.setattr(os if step == "fsync" else publication.tempfile, step, fail)
    with pytest.raises(BuildError, match="空きがありません"):
        publish_folder(folder, NEW)
    assert files(folder) == OLD
    assert [path.name for path in folder.parent.iterdir()] == ["2022"]


def test_the_second_of_two_renames_may_fail(monkeypatch, tmp_path):
    folder = tmp_path / "2022"
    monkeypatch.setattr(publication, "exchange", lambda new, old: False)
    publish_folder(folder, OLD)
    rename = type(folder).rename

    def fail_on_the_new(self, target):
        if ".new-" in self.name:
            raise OSError(errno.EACCES, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(type(folder), "rename", fail_on_the_new)
    with pytest.raises(BuildError, match="ほかのプログラム"):
        publish_folder(folder, NEW)
    assert files(folder) == OLD


@pytest.mark.parametrize("before", [OLD, None])
def test_a_swap_that_cannot_be_flushed_is_taken_back(before, folder, monkeypatch):
    if before:
        publish_folder(folder, before)

    def fail_after_the_swap(flushed):
        if flushed == folder.parent:
            assert files(folder) == NEW
            raise OSError(errno.EIO, "Input/output error")
        flush_folder(flushed)

    monkeypatch.setattr(publication, "flush_folder", fail_after_the_swap)
    with pytest.raises(BuildError, match=publication.OLD_STAYS):
        publish_folder(folder, NEW)
    assert files(folder.parent) == {f"2022/{name}": content for name, content in (before or {}).items()}


def test_that_the_old_folder_stays_is_not_said_where_it_does_not(tmp_path, monkeypatch):
    folder = tmp_path / "2022"
    publish_folder(folder, OLD)
    exchange = publication.exchange

    def fail(*_):
        raise OSError(errno.EIO, "Input/output error")

    def exchange_for_the_last_time(new, old):
        monkeypatch.setattr(publication, "exchange", fail)
        monkeypatch.setattr(os, "fsync", fail)
        return exchange(new, old)

    monkeypatch.setattr(publication, "exchange", exchange_for_the_last_time)
    with pytest.raises(BuildError, match="新しい報告書に替わりました") as caught:
        publish_folder(folder, NEW)
    assert publication.OLD_STAYS not in str(caught.value)
    assert files(folder) == NEW


def test_what_a_killed_build_left_is_cleared(tmp_path):
    publish_folder(tmp_path / "2021", OLD)
    (tmp_path / ".2022.new-abc" / "tables").mkdir(parents=True)
    (tmp_path / ".2022.new-abc" / "report.html").write_bytes(b"half")
    (tmp_path / ".index.html.new-xyz").write_bytes(b"half")
    clear_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["2021"]


def test_a_report_killed_between_two_renames_is_put_back(tmp_path):
    publish_folder(tmp_path / "2022", OLD)
    (tmp_path / "2022").rename(tmp_path / ".2022.old-abc")
    clear_leftovers(tmp_path)
    assert files(tmp_path / "2022") == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["2022"]


def test_a_file_is_replaced_or_stays(tmp_path, monkeypatch):
    file = tmp_path / "reports" / "index.html"
    publish_file(file, b"old")

    def fail(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(BuildError, match=r"index\.html を公開できません"):
        publish_file(file, b"new")
    assert files(tmp_path) == {"reports/index.html": b"old"}
