"""Kernels where nothing can be forked: Windows lacks half of what the server of forked kernels is made of."""

import subprocess
import sys

import pytest

from helpers.pipeline.kernels import SWITCH

# The libraries are loaded first, each for this system; what is of our own then finds only what Windows has, too.
CODE = """
import asyncio, os, signal, subprocess, sys, time, multiprocessing.context, multiprocessing.forkserver
import jupyter_client.manager, jupyter_client.provisioning.local_provisioner, papermill, typst, filelock
for module, names in {
    multiprocessing.context: "ForkProcess ForkServerProcess ForkContext ForkServerContext",
    os: "fork setsid killpg getpgid waitid P_PID WEXITED WNOHANG WNOWAIT sched_getaffinity",
    signal: "pthread_sigmask SIG_BLOCK SIG_UNBLOCK SIG_SETMASK SIGKILL SIGCHLD SIGHUP",
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
from helpers.pipeline.crews.workers import Workers
from helpers.pipeline.notebooks.workspace import Workspace

notebook = '{"cells": [{"cell_type": "code", "id": "a", "source": "print(6 * 7)", "metadata": {}, "outputs": [],' \
    ' "execution_count": null}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
with Workers(1) as workers:
    workers.start()
    with Workspace.create(Inputs({"a.ipynb": notebook.encode()})) as workspace:
        with started_kernels(workspace, 1) as (kernel,):
            print(run_notebook("a.ipynb", {}, workspace, kernel=kernel).cells[-1].outputs[0].text, end="")
"""


@pytest.mark.slow
def test_a_build_needs_nothing_that_windows_lacks(monkeypatch):
    monkeypatch.setenv(SWITCH, "ordinary")
    ended = subprocess.run([sys.executable, "-P", "-c", CODE], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.returncode) == ("42\n", 0), ended.stderr[-2000:]
