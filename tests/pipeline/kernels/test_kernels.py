"""No kernel outlives its build, and none begins behind its back."""

import subprocess
import sys
import threading
import time

import pytest

from helpers.pipeline.kernels import end_kernels, warm_kernels
from helpers.pipeline.kernels.running_kernels import Kernels, running_kernels

SLEEP = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]


def test_of_two_that_are_kept_at_once_none_is_lost():
    # Each finds out which earlier ones are alive, which takes time; the other is kept meanwhile.
    kernels, processes = Kernels(None), [_Slow() for _ in range(9)]
    kernels.keep(processes[0])
    threads = [threading.Thread(target=kernels.keep, args=(process,)) for process in processes[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kernels.end()
    assert all(process.is_killed for process in processes)


class _Slow:
    """A process that takes its time to tell that it is alive."""

    is_killed = False

    def poll(self):
        time.sleep(0.002)

    def kill(self):
        self.is_killed = True

    def wait(self):
        pass


def test_one_that_is_started_while_they_end_ends_too():
    kernels, late = Kernels(None), subprocess.Popen(SLEEP)
    kernels.end()
    with pytest.raises(OSError, match="build が終わるため"):
        kernels.keep(late)
    assert late.returncode == -9


@pytest.mark.slow
def test_the_server_stops_before_it_is_forgotten(environment, monkeypatch):
    with warm_kernels(environment, preload="zipapp") as server:
        seen, stop = [], server.stop
        monkeypatch.setattr(server, "stop", lambda: (seen.append(running_kernels()), stop()))
    assert [kernels.server for kernels in seen] == [server]
    assert running_kernels() is None


@pytest.mark.slow
def test_after_their_end_none_is_started_until_the_build_ends_itself(environment, run):
    with warm_kernels(environment, preload="zipapp") as server:
        end_kernels()
        with pytest.raises(OSError, match="build が終わるため"):
            run("1")
        assert running_kernels().server is server


@pytest.mark.slow
def test_a_block_within_another_leaves_the_outer_one_its_server(environment, run):
    tell = "import os; print(os.getppid())"
    with warm_kernels(environment, preload="zipapp"):
        before = run(tell)
        with warm_kernels(environment, preload="zipapp") as inner:
            assert run(tell) == [f"{inner.pid}\n"] != before
        assert run(tell) == before
