import json
import sys
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from small_projects import NOTEBOOKS

from helpers.errors import NotebookError, ParameterError
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.kernels import SWITCH, warm_kernels
from helpers.pipeline.notebooks.environment import common_environment, kernel_environment
from helpers.pipeline.notebooks.kernel import OwnPython
from helpers.pipeline.notebooks.limited_client import LimitedClient
from helpers.pipeline.notebooks.runner import run_notebook
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.time_limits import CELL

PARAMETERS = {"plan": "yamaguchi", "year": 2021}
# Prints between outputs, and counts how often another thread is asked to flush what was printed.
PRINTS = """
import sys
print("before")
display("shown")
print("after", file=sys.stderr)
asked, thread = [], sys.stdout.pub_thread
thread.schedule, schedule = lambda work: (asked.append(work), schedule(work)), thread.schedule
sys.stdout.flush()
silent = len(asked)
print("counted")
sys.stdout.flush()
thread.schedule = schedule
print(silent, len(asked) > silent)
"""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def _forked_kernels():
    """One server for the kernels of all tests, as a build has one for those of its reports."""
    with warm_kernels(common_environment(), preload="ipykernel.kernelapp"):
        yield


def run(name, parameters=PARAMETERS, **options):
    source = (NOTEBOOKS / f"{name}.ipynb").read_bytes()
    with Workspace.create(Inputs({f"{name}.ipynb": source})) as workspace:
        return run_notebook(f"{name}.ipynb", parameters, workspace, **options)


def test_a_notebook_runs_with_its_parameters_and_says_how_far_it_is():
    steps = []
    executed = run("runs_well", on_cell=lambda done, total: steps.append((done, total)))
    assert executed.cells[3].outputs[0].text == "yamaguchi 2021\n"
    assert steps == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_runs_in_either_kind_of_kernel_give_the_same_bytes_without_times_ids_and_addresses(monkeypatch):
    first = nbformat.writes(run("runs_well"))
    monkeypatch.setenv(SWITCH, "ordinary")
    with warm_kernels(common_environment()):
        second = nbformat.writes(run("runs_well"))
    assert first == second
    assert "papermill" not in first
    assert " at 0x" not in first


def test_what_a_cell_prints_is_kept_and_where_nothing_is_printed_nothing_is_flushed():
    cells = [nbformat.v4.new_code_cell("plan, year = 'a', 1", metadata={"tags": ["parameters"]})]
    notebook = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell(PRINTS)])
    with Workspace.create(Inputs({"prints.ipynb": nbformat.writes(notebook).encode()})) as workspace:
        outputs = run_notebook("prints.ipynb", {}, workspace).cells[-1].outputs
    printed = [output.get("text") or output.data["text/plain"] for output in outputs]
    assert printed == ["before\ncounted\n0 True\n", "'shown'", "after\n"]  # as papermill joins them


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("raises", "raises.ipynb の3番目のコードセル: KeyError: 2021\n    figures[2021]"),
        ("leaves_early", "leaves_early.ipynb の3番目のコードセル: SystemExit: 0"),
        ("allows_an_error", "allows_an_error.ipynb の2番目のコードセル: ZeroDivisionError: division by zero"),
        ("is_skipped", "is_skipped.ipynb の2番目のコードセル: 実行されませんでした\n    print(year)"),
    ],
)
def test_a_notebook_that_did_not_run_whole_is_refused_with_its_cell(name, message, capfd):
    with pytest.raises(NotebookError) as raised:
        run(name)
    assert str(raised.value).startswith(message)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["kernel_exits", "kernel_is_killed"])
def test_a_dead_kernel_is_refused_with_its_cell_or_the_one_before(name, capfd):
    with pytest.raises(NotebookError) as raised:
        run(name)
    number, message = str(raised.value).split("番目のコードセル: ")
    assert number in (f"{name}.ipynb の3", f"{name}.ipynb の2")
    assert message.startswith("カーネルが途中で終了しました（次のコードセルの途中だったこともあります）")
    assert capfd.readouterr() == ("", "")


def test_a_cell_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setenv(CELL.variable, "1")
    with pytest.raises(NotebookError, match=r"hangs\.ipynb の3番目のコードセル: 1秒以内に終わりませんでした"):
        run("hangs")


def run_two(first, second, take_in):
    """Run a notebook of two cells; ``take_in`` is called for what the first one prints."""

    def taking_in(client, msg, cell, cell_index):
        if msg["msg_type"] == "stream":
            take_in(workspace)
        return process_message(client, msg, cell, cell_index)

    cells = [nbformat.v4.new_code_cell(first), nbformat.v4.new_code_cell(second)]
    source = nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()
    process_message = LimitedClient.process_message
    with Workspace.create(Inputs({"two.ipynb": source})) as workspace, pytest.MonkeyPatch.context() as patch:
        patch.setattr(LimitedClient, "process_message", taking_in)
        run_notebook("two.ipynb", {}, workspace)
        return [path.name for path in workspace.cwd.iterdir()]


def test_the_kernel_runs_the_next_cell_while_outputs_are_taken_in():
    def wait(workspace):
        end = time.monotonic() + 20
        while not (workspace.cwd / "second").exists():
            assert time.monotonic() < end
            time.sleep(0.01)

    assert run_two("print('first')", "open('second', 'w').close()", wait) == ["second"]


def test_outputs_that_come_late_are_waited_for_as_long_as_a_cell(monkeypatch):
    def slowly(client, msg, cell, cell_index):
        if msg["msg_type"] == "stream":
            time.sleep(4.2)  # nbclient alone would wait for four seconds
        return take_in(client, msg, cell, cell_index)

    take_in = LimitedClient.process_message
    monkeypatch.setattr(LimitedClient, "process_message", slowly)
    assert run("runs_well").cells[3].outputs[0].text == "yamaguchi 2021\n"


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("runs_well", {"plan": "yamaguchi", "yaer": 2021}),
        ("runs_well", {"plan": "yamaguchi", "year": "abc"}),
        ("misspelt_parameter", PARAMETERS),
    ],
)
def test_parameters_that_do_not_fit_start_no_kernel(name, parameters, monkeypatch):
    def start(*_):
        pytest.fail("a kernel was started")

    monkeypatch.setattr("helpers.pipeline.notebooks.runner.kernel_manager", start)
    with pytest.raises(ParameterError):
        run(name, parameters)


def test_a_kernel_that_does_not_start_is_said(monkeypatch):
    spec = KernelSpec(argv=[sys.executable, "-c", "raise SystemExit(3)"], language="python")
    monkeypatch.setattr(OwnPython, "get_kernel_spec", lambda self, name: spec)
    with pytest.raises(
        NotebookError,
        match=r"runs_well\.ipynb: カーネルを起動できませんでした。\w+（起動の途中で終了しました）",
    ):
        run("runs_well")


@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_a_kernel_is_cut_off_from_the_users_settings(kernels, monkeypatch, tmp_path):
    trap = tmp_path / "trap"
    (trap / "profile_default" / "startup").mkdir(parents=True)
    for planted in ("pandas.py", "json.py", "profile_default/startup/00.py"):
        (trap / planted).write_text("raise SystemExit('planted')")
    monkeypatch.chdir(trap)
    monkeypatch.setenv("IPYTHONDIR", str(trap))
    monkeypatch.setenv("PYTHONPATH", str(trap))
    monkeypatch.setenv("PYTHONSTARTUP", str(trap / "pandas.py"))
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv(SWITCH, kernels)
    with warm_kernels(common_environment()):
        seen = json.loads(run("tells_its_surroundings").cells[4].outputs[0].text)
    assert seen["cwd"] == []
    assert str(trap) not in seen["path"]
    assert "" not in seen["path"]
    assert (seen["planted"], seen["zone"], seen["hash"], seen["safe"]) == (None, "UTC", "0", True)
    assert Path(seen["root"]).name == "project"


def test_the_environment_keeps_what_is_not_a_setting_of_python():
    with Workspace.create(Inputs({})) as workspace:
        environment = kernel_environment(
            workspace, {"PATH": "/bin", "HOME": "/home/a", "PYTHONHOME": "/x", "LANG": "ja"}
        )
    assert (environment["PATH"], environment["HOME"]) == ("/bin", "/home/a")
    assert not {"PYTHONHOME", "LANG"} & set(environment)
