import tempfile
from pathlib import Path

import pytest

from helpers.errors import BuildError
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.kernels.provisioner import ForkProvisioner
from helpers.pipeline.notebooks.kernel import started_kernels
from helpers.pipeline.notebooks.trial import run_trial
from helpers.pipeline.notebooks.workspace import Workspace


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(12, "Cannot allocate memory"), "（Cannot allocate memory）"),
        (OSError("起動するたびに終了しました"), "（起動するたびに終了しました）"),
    ],
)
def test_a_kernel_without_a_process_is_told_with_its_remedies(error, reason, monkeypatch, capfd):
    async def launch_kernel(*_, **__):
        raise error

    monkeypatch.setattr(ForkProvisioner, "launch_kernel", launch_kernel)
    with (
        Workspace.create(Inputs({})) as workspace,
        pytest.raises(BuildError) as raised,
        started_kernels(workspace, 2),
    ):
        pytest.fail("there is no kernel")
    assert str(raised.value).startswith(f"カーネルを起動できません{reason}。メモリー")
    assert "GYOKAKU_KERNELS=ordinary" in str(raised.value)
    assert capfd.readouterr() == ("", "")


def test_an_error_of_whoever_uses_them_is_not_theirs():
    with (
        Workspace.create(Inputs({})) as workspace,
        pytest.raises(OSError, match="as told"),
        started_kernels(workspace, 0),
    ):
        raise OSError("as told")


@pytest.mark.parametrize("length", [1, 120])
def test_a_kernel_runs_however_long_the_name_of_the_temporary_folder_is(tmp_path, monkeypatch, capfd, length):
    folder = tmp_path / ("a" * length)
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    run_trial()
    assert [Path(left).name for left in folder.glob("gyokaku-*/*") if left.name != ".lock"] == []
    assert capfd.readouterr() == ("", "")
