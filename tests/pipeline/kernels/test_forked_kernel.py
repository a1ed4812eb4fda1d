"""A forked kernel is an ordinary kernel, but for the time it takes."""

import asyncio
import os
import signal
import sys

import pytest

from helpers.pipeline.kernels.provisioner import ForkProvisioner, ipykernel_arguments

pytestmark = pytest.mark.slow
IMPORTED = "import sys; print(*sorted({'pandas', 'matplotlib', 'lxml'} & set(sys.modules)))"
DRAW = "import random, uuid, numpy as np; print(np.random.rand(), random.random(), uuid.uuid4())"
LEAVE = "import os, matplotlib; leak = 1; matplotlib.rcParams['font.size'] = 99; os.environ['LEAK'] = '1'"
LOOK = "import os, matplotlib; print('leak' in globals(), matplotlib.rcParams['font.size'], 'LEAK' in os.environ)"
SURROUNDINGS = (
    "import sys, os, locale, signal, multiprocessing\n"
    # The debugger, absent in forked kernels, sets its own variables.
    "own = {name: value for name, value in os.environ.items() if not name.startswith(('PYDEV', 'JPY_PARENT'))}\n"
    "print(hash('山口'), sys.path, sys.argv, sys.flags, locale.getlocale(), multiprocessing.get_start_method(),\n"
    "      signal.pthread_sigmask(signal.SIG_BLOCK, []), sorted(own.items()))"
)


def test_every_kernel_is_a_process_of_its_own_that_has_imported_before_its_first_cell(server, run):
    imported, drawn, _ = run(IMPORTED, DRAW, LEAVE)
    assert "lxml pandas" in imported.replace("matplotlib ", ""), "the first one, which draws nothing"
    imported, seen, drawn_next = run(IMPORTED, LOOK, DRAW)
    assert imported == "lxml matplotlib pandas\n"
    assert seen == "False 10.0 False\n"
    assert len({*drawn.split(), *drawn_next.split()}) == 6, "random numbers of the kernel before"


def test_environment_folder_arguments_and_time_zone_are_those_asked_for(server, run, tmp_path):
    tell = "import os, sys, time; print(os.environ['CITY'], time.tzname[0], os.getcwd(), *sys.argv[1:3], sep='\\n')"
    lines = run(tell, environment={"CITY": "山口", "TZ": "Asia/Tokyo"})[0].splitlines()
    assert lines == ["山口", "JST", str(tmp_path), "-f", str(tmp_path / "kernel.json")]


def test_its_surroundings_and_pyplot_charts_are_those_of_an_ordinary_kernel(
    server, run, ordinary_kernels, monkeypatch
):
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.syspath_prepend("/nowhere")
    monkeypatch.setenv("NOT_FOR_KERNELS", "1")
    cells = (
        SURROUNDINGS,
        "%config InlineBackend.print_figure_kwargs = {'metadata': {}}",
        "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);",
    )
    forked = run(*cells)
    assert "NOT_FOR_KERNELS" not in forked[0]
    assert "image/png" in forked[2]
    ordinary_kernels()
    assert forked == run(*cells)


def test_an_interrupt_stops_the_cell_and_a_shutdown_the_kernel(server, manager, tmp_path):
    async def drive():
        await manager.start_kernel(cwd=str(tmp_path), env=dict(os.environ))
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=20)
        client.execute("import time; print('begun'); time.sleep(60)")
        while (await client.get_iopub_msg(timeout=20))["msg_type"] != "stream":
            pass
        await manager.interrupt_kernel()
        reply = await client.get_shell_msg(timeout=10)
        client.stop_channels()
        provisioner = manager.provisioner
        assert isinstance(provisioner, ForkProvisioner)
        process = provisioner.process
        await manager.shutdown_kernel()
        return reply["content"]["ename"], process

    error, process = asyncio.run(drive())
    assert error == "KeyboardInterrupt"
    assert process.poll() is not None


def test_a_kernel_that_is_ended_at_once_is_not_interrupted_before(server, run, monkeypatch):
    sent, send = [], ForkProvisioner.send_signal
    monkeypatch.setattr(
        ForkProvisioner, "send_signal", lambda kernel, signum: sent.append(signum) or send(kernel, signum)
    )
    run("1")
    assert sent == [signal.SIGKILL]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ([sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "a.json"], ["-f", "a.json"]),
        ([sys.executable, "-c", "pass"], None),
        (["/usr/bin/R", "-m", "ipykernel_launcher", "-f", "a.json"], None),
        ([sys.executable], None),
    ],
)
def test_only_this_pythons_ipykernel_is_forked(command, arguments):
    assert ipykernel_arguments(command) == arguments
