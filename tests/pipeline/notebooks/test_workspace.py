import shutil
import stat
from pathlib import Path

import pytest
from filelock import FileLock

from helpers.errors import BuildError
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.notebooks.workspace import Workspace

INPUTS = Inputs({"data/raw/a/plan.toml": b"id", "notebooks/ingest.ipynb": b"{}"})


@pytest.fixture(autouse=True)
def temporary_folder(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def folders(tmp_path):
    return [path for path in tmp_path.glob("*/*") if path.is_dir()]


def test_the_inputs_lie_where_they_lie_in_the_project(tmp_path):
    with Workspace.create(INPUTS) as workspace:
        assert (workspace.project / "data/raw/a/plan.toml").read_bytes() == b"id"
        assert list(workspace.cwd.iterdir()) == list(workspace.ipython.iterdir()) == []
    assert folders(tmp_path) == []


def test_it_is_gone_after_an_error_and_after_an_interruption_while_it_was_laid_out(tmp_path, monkeypatch):
    with pytest.raises(ZeroDivisionError), Workspace.create(INPUTS):
        _ = 1 / 0
    assert folders(tmp_path) == []

    def interrupted(file, content):
        assert folders(tmp_path)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Workspace.create(INPUTS)
    assert folders(tmp_path) == []


def test_a_killed_builds_folder_is_removed_and_a_running_builds_is_not(tmp_path):
    with Workspace.create(INPUTS) as running:
        abandoned = running.base.with_name("abandoned")
        shutil.copytree(running.base, abandoned)
        with Workspace.create(INPUTS) as workspace:
            assert sorted(folders(tmp_path)) == sorted([running.base, workspace.base])


def test_a_process_that_keeps_the_rooms_lock_is_not_waited_for_without_end(monkeypatch):
    with Workspace.create(INPUTS) as workspace:
        file = workspace.base.parent / ".lock"
    monkeypatch.setattr("helpers.pipeline.notebooks.workspace.PATIENCE", 0.1)
    with FileLock(file), pytest.raises(BuildError) as raised:
        Workspace.create(INPUTS)
    assert str(file) in str(raised.value)
    assert "秒待ちました" in str(raised.value)


def test_it_is_closed_to_other_users_and_an_open_one_is_not_used(tmp_path):
    with Workspace.create(INPUTS) as workspace:
        room = workspace.base.parent
        assert stat.S_IMODE(room.stat().st_mode) == stat.S_IMODE(workspace.base.stat().st_mode) == 0o700
    room.chmod(0o777)
    with pytest.raises(BuildError, match="ほかの利用者"):
        Workspace.create(INPUTS)


def test_paths_into_the_copy_are_told_as_paths_of_the_project():
    with Workspace.create(INPUTS) as workspace:
        assert workspace.without_path(f"{workspace.project}/data/raw: bad") == "data/raw: bad"
