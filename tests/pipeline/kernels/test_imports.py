"""What is imported when: nothing heavy without need, all of it before a fork, and the build's own sources."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

import nbformat
import pytest

import helpers
from helpers.pipeline.kernels import SWITCH

pytestmark = pytest.mark.slow


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this Python in a process of its own, which has to end well."""
    ended = subprocess.run(
        [sys.executable, "-P", *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended


def test_what_exports_and_proves_reports_imports_nothing_that_draws():
    names = python("-c", "import sys, helpers.pipeline.finishing; print(*sys.modules)").stdout.split()
    assert {"pandas", "nbconvert"} < set(names)
    assert not set(names) & {"seaborn", "matplotlib.pyplot"}


def test_what_the_server_imports_is_there_and_a_missing_module_keeps_no_other_away():
    code = """
import sys, helpers
from collections import deque
names, helpers.__all__ = helpers.__all__, [*helpers.__all__, "nothing"]
from helpers.pipeline.kernels import preload
try:
    deque(preload.pieces(), 0)
except AttributeError:
    pass
else:
    raise AssertionError("a failure of our own is no missing module")
helpers.__all__ = names
missing = {"pandas.core.methods.to_dict", "ipykernel.debugger"}
sys.modules.update(dict.fromkeys(missing))
deque(preload.pieces(), 0)
modules = {*preload.READING, *preload.DRAWING, *preload.PROVING}
assert {name for name in modules if sys.modules.get(name) is None} == missing & modules
print(*modules)
"""
    modules = python("-c", code).stdout.split()
    assert len(modules) > 10
    assert all(map(find_spec, modules))


OWN_PACKAGE = """
import sys
from pathlib import Path
import helpers
from helpers.pipeline.notebooks.environment import common_environment
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.notebooks.runner import run_notebook
from helpers.pipeline.notebooks.workspace import Workspace
from helpers.pipeline.kernels import warm_kernels

if __name__ == "__main__":
    inputs = Inputs({"where.ipynb": Path(sys.argv[1]).read_bytes()})
    with warm_kernels(common_environment()), Workspace.create(inputs) as workspace:
        notebook = run_notebook("where.ipynb", {}, workspace)
    print(helpers.__path__[0])
    print(notebook.cells[-1].outputs[0].text, end="")
"""


@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_a_kernel_has_the_package_of_the_build_and_not_the_installed_one(kernels, tmp_path):
    copy = tmp_path / "checkout" / "src"
    shutil.copytree(helpers.__path__[0], copy / "helpers")
    cell = nbformat.v4.new_code_cell("import helpers\nprint(helpers.__path__[0])")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "where.ipynb")
    (tmp_path / "build.py").write_text(OWN_PACKAGE, encoding="utf-8")
    arguments = (str(tmp_path / "build.py"), str(tmp_path / "where.ipynb"))
    ended = python(*arguments, **{SWITCH: kernels, "PYTHONPATH": str(copy)})
    assert ended.stdout.splitlines() == [str(copy / "helpers")] * 2


# Windows lacks half of what the server of forked kernels is made of. The libraries are loaded first, each for this
# system; what is of our own then finds only what Windows has, too.
WITHOUT = """
import asyncio, os, signal, subprocess, sys, time, multiprocessing.context, multiprocessing.forkserver
import jupyter_client.manager, jupyter_client.provisioning.local_provisioner, papermill, typst, filelock
for module, names in {
    multiprocessing.context: "ForkProcess ForkServerProcess ForkContext ForkServerContext",
    os: "fork setsid killpg getpgid waitid P_PID WEXITED WNOHANG WNOWAIT sched_getaffinity pidfd_open",
    signal: "pthread_sigmask SIG_BLOCK SIG_UNBLOCK SIG_SETMASK SIGKILL SIGCHLD SIGHUP pidfd_send_signal",
    time: "tzset",
}.items():
    for name in names.split():
        delattr(module, name)
subprocess.Popen.kill = lambda process: process.send_signal(9)  # it names SIGKILL
for name in ("fcntl", "pwd", "grp", "resource", "termios"):
    sys.modules[name] = None

import helpers.pipeline.notebooks.environment, helpers.pipeline.kernels.server, helpers.pipeline.kernels.provisioner
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.notebooks.kernel import started_kernels
from helpers.pipeline.notebooks.runner import run_notebook
from helpers.pipeline.workers import Workers
from helpers.pipeline.notebooks.workspace import Workspace

notebook = '{"cells": [{"cell_type": "code", "id": "a", "source": "print(6 * 7)", "metadata": {}, "outputs": [],' \
    ' "execution_count": null}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
with Workers(1) as workers:
    workers.start()
    with Workspace.create(Inputs({"a.ipynb": notebook.encode()})) as workspace:
        with started_kernels(workspace, 1) as kernels:
            print(run_notebook("a.ipynb", {}, workspace, kernel=next(kernels)).cells[-1].outputs[0].text, end="")
"""


def test_a_build_needs_nothing_that_windows_lacks():
    assert python("-c", WITHOUT, **{SWITCH: "ordinary"}).stdout == "42\n"
