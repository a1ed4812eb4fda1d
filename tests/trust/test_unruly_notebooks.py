"""A notebook that floods or leaves work behind fails with its cell; another's outputs never reach a report."""

import os
import time
from pathlib import Path

import pytest

from helpers.errors import NotebookError, UsageError
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.notebooks.runner import run_notebook
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.time_limits import CELL

NOTEBOOKS = Path(__file__).parents[1] / "pipeline/example_notebooks"
pytestmark = pytest.mark.slow


def run(name: str) -> None:
    with Workspace.create(Inputs({f"{name}.ipynb": (NOTEBOOKS / f"{name}.ipynb").read_bytes()})) as workspace:
        run_notebook(f"{name}.ipynb", {"plan": "yamaguchi", "year": 2021}, workspace)


def test_a_notebook_that_prints_a_gigabyte_is_stopped() -> None:
    import resource

    before, begin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    message = r"の2番目のコードセル: 出力が多すぎるため止めました（64 MB まで）\n    for _ in range\(1000\):"
    with pytest.raises(NotebookError, match=message):
        run("prints_a_gigabyte")
    assert time.monotonic() - begin < 30
    # Output sent before the notebook was stopped is held for a moment, at most as much as it would print.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_500_000


def test_a_thread_that_is_left_running_fails_the_cell_that_started_it() -> None:
    with pytest.raises(
        NotebookError,
        match=r"の2番目のコードセル: スレッドを動かしたまま終わりました（'restless'）\n    import threading",
    ):
        run("leaves_a_thread")


def test_the_time_of_a_cell_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CELL.variable, "1")
    with pytest.raises(NotebookError, match="1秒以内に終わりませんでした"):
        run("hangs")
    for wrong in ("0", "-1", "soon", ""):
        monkeypatch.setenv(CELL.variable, wrong)
        with pytest.raises(UsageError, match=CELL.variable):
            run("runs_well")
    assert os.environ[CELL.variable] == ""
