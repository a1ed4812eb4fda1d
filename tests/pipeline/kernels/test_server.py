"""The server is clean before a fork, holds the code of its own build, and leaves nothing behind."""

import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpers.pipeline.kernels import SWITCH, warm_kernels
from helpers.processes.interpreter import own_folder
from waiting import wait_until

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
# The state at the fork: the child has started only the thread that ends it with the build.
PROBE = """
import os, sys, gc, threading
import zmq, tornado.ioloop, asyncio
tasks = len(os.listdir(f'/proc/{os.getppid()}/task'))
links = [os.readlink(f'/proc/{os.getppid()}/fd/{number}') for number in os.listdir(f'/proc/{os.getppid()}/fd')]
open(%r, 'w').write(repr((
    tasks, threading.active_count(), zmq.Context._instance, asyncio._get_running_loop(),
    tornado.ioloop.IOLoop.current(instance=False), 'matplotlib_inline.backend_inline' in sys.modules,
    sum('eventpoll' in link for link in links), gc.isenabled(), gc.get_freeze_count() > 100_000)))
"""


def seen_by(server, code: str, file: Path) -> str:
    process = server.fork(exec, code % str(file))
    process.wait(20)
    return file.read_text()


def test_nothing_runs_in_the_server_before_a_fork(tmp_path, environment):
    with warm_kernels(environment) as server:
        assert seen_by(server, PROBE, tmp_path / "seen") == "(1, 2, None, None, None, False, 0, True, True)"


def test_a_build_never_gets_the_code_of_the_one_before(tmp_path, environment):
    environment = environment | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    probe = "import sys; open(%r, 'w').write(str(sys.modules['rules'].VERSION))"
    for version in ("1", "2"):
        (tmp_path / "rules.py").write_text(f"VERSION = {version}")
        with warm_kernels(environment, preload="rules") as server:
            assert seen_by(server, probe, tmp_path / "seen") == version


PIECES = """
import time
from pathlib import Path

DONE = []

def pieces():
    while not Path(__file__).with_name("asked").exists():
        time.sleep(0.01)
    DONE.append("reading")
    yield 1
    DONE.append("drawing")
    yield 1
    DONE.append("all")
"""


def test_only_the_second_fork_takes_more_than_the_first_piece_of_the_imports(tmp_path, environment):
    (tmp_path / "in_pieces.py").write_text(PIECES)
    environment = environment | {"PYTHONPATH": os.pathsep.join([str(tmp_path), own_folder()])}
    probe = "import sys; open(%r, 'w').write(' '.join(sys.modules['in_pieces'].DONE))"
    with ThreadPoolExecutor(1) as beside, warm_kernels(environment, preload="in_pieces") as server:
        first = beside.submit(seen_by, server, probe, tmp_path / "first")
        assert wait_until(lambda: server.is_asked, 20)
        (tmp_path / "asked").touch()
        assert first.result(timeout=20) == "reading"
        assert seen_by(server, probe, tmp_path / "second") == "reading drawing all"


BUSY = """
import time
from pathlib import Path

def pieces():
    yield 1
    while not Path(__file__).with_name("asked").exists():
        time.sleep(0.01)
    yield 1
"""


def test_a_process_can_be_ended_and_seen_gone_while_the_server_imports_for_the_next(tmp_path, environment):
    (tmp_path / "busy.py").write_text(BUSY)
    environment = environment | {"PYTHONPATH": os.pathsep.join([str(tmp_path), own_folder()])}
    with ThreadPoolExecutor(1) as beside, warm_kernels(environment, preload="busy") as server:
        first = server.fork(time.sleep, 60)
        second = beside.submit(server.fork, abs, 1)
        assert wait_until(lambda: server.is_asked, 20)
        assert first.poll() is None
        first.terminate()
        assert first.wait(20) == 0
        assert server.is_asked
        (tmp_path / "asked").touch()
        assert second.result(timeout=20).wait(20) == 0
        first.kill()  # its number may be another's: nothing happens


def test_an_ended_process_is_forgotten_with_the_next(environment):
    with warm_kernels(environment, preload="zipapp") as server:
        first = server.fork(abs, 1)
        assert first.wait(20) == 0
        server.fork(abs, 1).wait(20)
        assert not Path(f"/proc/{first.pid}").exists()


def test_a_server_that_was_stopped_does_not_start_again(environment):
    with warm_kernels(environment, preload="zipapp") as server:
        pass
    with pytest.raises(OSError, match="build が終わるため"):
        server.fork(os.getpid)
    assert server.pid is None


def test_a_server_that_was_killed_is_started_again_as_it_was(run, environment):
    tell = "import os, sys; print(os.getppid(), hash('山口'), 'lxml' in sys.modules, 'zipapp' in sys.modules)"
    with warm_kernels(environment, preload="zipapp"):
        before = run(tell)[0].split()
        os.kill(int(before[0]), signal.SIGKILL)
        after = run(tell)[0].split()
    assert after[0] != before[0]
    assert after[1:] == before[1:] == [before[1], "False", "True"]


def test_a_server_that_dies_each_time_is_given_up(environment, tmp_path):
    (tmp_path / "dying.py").write_text("import os; os._exit(1)")
    environment = environment | {"PYTHONPATH": str(tmp_path)}
    with (
        warm_kernels(environment, preload="dying") as server,
        pytest.raises(OSError, match="起動するたびに終了"),
    ):
        server.fork(os.getpid)
    assert server.pid is None


def test_a_server_that_hangs_keeps_nobody_from_ending(environment, tmp_path):
    (tmp_path / "hanging.py").write_text("import time; time.sleep(60)")
    environment = environment | {"PYTHONPATH": str(tmp_path)}
    with ThreadPoolExecutor(1) as beside, warm_kernels(environment, preload="hanging") as server:
        waiting = beside.submit(server.fork, os.getpid)
        assert wait_until(lambda: server.is_asked, 20)
        begin = time.monotonic()
        server.stop()
        assert time.monotonic() - begin < 10
        with pytest.raises(OSError, match="build が終わるため"):
            waiting.result(timeout=20)
    assert server.pid is None


def test_the_caller_is_as_it_was(environment):
    def surroundings():
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [])
        return dict(os.environ), sys.modules["__main__"], list(sys.path), blocked

    before = surroundings()
    with warm_kernels(environment, preload="zipapp") as server:
        assert surroundings() == before
        server.fork(abs, 1).wait(20)
        assert surroundings() == before


def is_alive(pid) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


# Ctrl-C and SIGTERM end whole builds in ``test_killed_build``.
@pytest.mark.parametrize("how", ["success", "failure", "SIGKILL"])
def test_no_process_is_left(how, tmp_path):
    # The script has no ``if __name__ == "__main__"``: it must not be run again in the kernels.
    command = [sys.executable, str(HERE / "unguarded_build.py"), str(tmp_path), how]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        pids = build.stdout.readline().split()
        assert len(pids) == 3  # the server, the kernel, a program that the kernel started
        if how.startswith("SIG"):
            build.send_signal(signal.Signals[how])
        rest, errors = build.communicate(timeout=20)
    assert wait_until(lambda: not any(map(is_alive, pids)), 20)
    assert rest == "", "the script ran twice"
    assert ("RuntimeError: as told" in errors) == (how == "failure")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_start_ordinary_kernels(platform, monkeypatch, environment):
    monkeypatch.setattr("helpers.pipeline.kernels.running_kernels.sys.platform", platform)
    with warm_kernels(environment) as server:
        assert server is None


def test_an_older_linux_starts_ordinary_kernels(monkeypatch, environment):
    def unknown(pid):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(os, "pidfd_open", unknown)
    with warm_kernels(environment) as server:
        assert server is None


def test_a_setting_starts_ordinary_kernels(monkeypatch, run, environment):
    monkeypatch.setenv(SWITCH, "ordinary")
    with warm_kernels(environment):
        assert run("import os; print(os.getppid())") == [f"{os.getpid()}\n"]
