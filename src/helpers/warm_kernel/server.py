"""The server that kernels are forked from: one for a build, gone with it.

``multiprocessing`` has one fork server for a process and starts it as a likeness of what runs now: with this
environment, this module search path, and ``__main__`` run once more in every child. A kernel wants none of that
(``_plain_interpreter``, ``_without_main``).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType
from typing import Any

import helpers
from helpers.warm_kernel.child import INLINE

PROVISIONER = "gyokaku-fork"
SWITCH = "GYOKAKU_KERNELS"  # "ordinary": no server, every kernel starts from nothing
_PRELOAD = "helpers.warm_kernel.preload"
_STARTS = 3  # of a server that is killed, for one process


class Server:
    """A running fork server, and the processes that it forked for us."""

    def __init__(self, environment: Mapping[str, str], preload: str = _PRELOAD) -> None:
        # A matplotlib imported without it would not hear of the kernel's own backend, and lose every chart.
        self._environment = {**environment, "MPLBACKEND": INLINE}
        self._forked: list[ForkServerProcess] = []
        self._lock = threading.Lock()
        self._is_stopped = False
        # Before the signals are blocked below: starting the tracker would let them through again.
        resource_tracker.ensure_running()
        multiprocessing.set_forkserver_preload([preload])
        with _plain_interpreter(self._environment), _without_main():
            forkserver.ensure_running()

    def fork(self, target: Callable[..., None], *arguments: Any) -> ForkServerProcess:
        """Run a function of a module in a process of its own; waits for the server's imports.

        Raises:
            OSError: the server was stopped, or dies each time that it is started.
        """
        with self._lock, _without_main():
            if self._is_stopped:  # while this thread waited for others
                raise OSError("the server of the kernels was stopped")
            process = self._start(target, arguments)
            self._forked = [earlier for earlier in self._forked if earlier.exitcode is None]
            self._forked.append(process)
        return process

    def stop(self) -> None:
        """End every process that is left, then the server; returns when they are gone, and nothing starts any more."""
        self._is_stopped = True
        with self._lock:
            for process in self._forked:
                if process.exitcode is None:
                    _kill_group(process)
            for process in self._forked:
                process.join()
            self._forked = []
            _stop_server()

    def _start(self, target: Callable[..., None], arguments: tuple[Any, ...]) -> ForkServerProcess:
        refusal: Exception | None = None
        for _ in range(_STARTS):
            if _server_number() is None:
                with _plain_interpreter(self._environment):
                    forkserver.ensure_running()
            number = _server_number()
            process = multiprocessing.get_context("forkserver").Process(target=target, args=arguments)
            try:
                process.start()
            except (
                ConnectionError,
                EOFError,
            ) as error:  # it is dying: it listens no more, and is still there
                refusal = error
            else:
                if number is not None and _server_number() == number:
                    return process
                # It died just now, and multiprocessing started another as a likeness of the caller.
                process.kill()
                process.join()
            _stop_server()
        raise OSError("the server of the kernels died each time that it was started") from refusal


def _server_number() -> int | None:
    """The process number of the server; None if none is alive."""
    number = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    if number is None or os.waitid(os.P_PID, number, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
        return None
    return int(number)


def _stop_server() -> None:
    # It may be importing still. Nothing is lost: what it forked is gone already, and it has no other work.
    if (number := _server_number()) is not None:
        os.kill(number, signal.SIGKILL)
    # multiprocessing stops it only with the whole process; a next build must not get this one's code.
    forkserver._forkserver._stop()  # type: ignore[attr-defined]


@contextmanager
def _plain_interpreter(environment: Mapping[str, str]) -> Iterator[None]:
    """Start a server as from another interpreter: with this environment, and no folder of the caller's.

    A hash seed or matplotlib's settings are read when Python or the library starts, so that it is the server that
    must have them. Ctrl-C is for the build alone, which ends its kernels itself.
    """
    before, path = dict(os.environ), sys.path
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    _change_environment(environment)
    sys.path = own_path()
    try:
        yield
    finally:
        sys.path = path
        _change_environment(before)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep multiprocessing from running the caller's script once more in every child."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


_running: Server | None = None
# The kernels that were not forked; most of them have ended long since.
ordinary: list[subprocess.Popen[bytes]] = []


def running_server() -> Server | None:
    """The server of the build that is under way in this process."""
    return _running


def can_fork() -> bool:
    """Whether kernels can be forked here, and nobody said otherwise.

    Not on Windows, which has no fork; not on macOS, whose libraries may not be used after one; not where another
    part of the program already has a fork server, or where this process may not have children.
    """
    return (
        sys.platform == "linux"
        and os.environ.get(SWITCH) != "ordinary"
        and not multiprocessing.current_process().daemon
        and forkserver._forkserver._forkserver_pid is None  # type: ignore[attr-defined]
    )


@contextmanager
def warm_kernels(environment: Mapping[str, str], preload: str = _PRELOAD) -> Iterator[Server | None]:
    """Fork the kernels that are started in this block, where that can be done; at its end none of any kind is left.

    Returns at once: the server imports while the caller goes on. ``environment`` is what it imports under; the
    kernels' own must not differ from it in what is read only then (``PYTHON…``, ``MATPLOTLIBRC``).
    """
    global _running
    _running = Server(environment, preload) if can_fork() else None
    try:
        yield _running
    finally:
        server, _running = _running, None
        if server is not None:
            server.stop()
        while ordinary:
            _end_ordinary(ordinary.pop())


def own_path() -> list[str]:
    """The module search path without the caller's script folder, working directory and ``PYTHONPATH``.

    Where one of them is what this package was imported from, it stays: kernels must not get another.
    """
    foreign = {"", *os.environ.get("PYTHONPATH", "").split(os.pathsep)}
    if not sys.flags.safe_path and sys.argv:
        foreign |= {str(Path.cwd()), str(Path(sys.argv[0]).resolve().parent)}
    return [folder for folder in sys.path if folder not in foreign or folder == own_folder()]


def own_folder() -> str:
    """The folder that this package was imported from."""
    return str(Path(helpers.__path__[0]).parent)


def _kill_group(process: ForkServerProcess) -> None:
    """End a process with those that it started, or alone where it has no group of its own yet."""
    assert process.pid
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()


def _end_ordinary(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()


def _change_environment(wanted: Mapping[str, str]) -> None:
    """Make the environment hold exactly this, touching only what differs: other threads may be reading it."""
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value
