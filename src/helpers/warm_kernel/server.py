"""The server that kernels are forked from: one for a build, gone with it.

``multiprocessing`` has one fork server for a process and starts it as a likeness of what runs now: with this
environment, this module search path, and ``__main__`` run once more in every child. A kernel wants none of that
(``_plain_interpreter``, ``_without_main``).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import helpers
from helpers.warm_kernel.child import INLINE

if TYPE_CHECKING:
    # Windows has no such class.
    from multiprocessing.context import ForkServerProcess

PRELOAD = "helpers.warm_kernel.preload"
ENDED = "build が終わるため、カーネルを起動しません"
_STARTS = 3  # of a server that is killed, for one process
_SOON = 0.3  # seconds; a fork takes some hundredths
_LONGEST_SOCKET = 107  # bytes of a socket's path; Linux allows no more
_SOCKET = "/listener-12345678"  # as multiprocessing names it


class Server:
    """A running fork server, and the processes that it forked for us."""

    def __init__(
        self, environment: Mapping[str, str], preload: str = PRELOAD, sockets: Path | None = None
    ) -> None:
        # A matplotlib imported without it would not hear of the kernel's own backend, and lose every chart.
        self._environment, self._sockets = {**environment, "MPLBACKEND": INLINE}, sockets
        self._forked: list[ForkServerProcess] = []
        self._lock = threading.Lock()
        self._is_stopped = False
        multiprocessing.set_forkserver_preload([preload])
        # Where it cannot be started now, whoever wants a process is told.
        with suppress(OSError), _without_main():
            self._ensure_running()

    def fork(self, target: Callable[..., None], *arguments: Any) -> ForkServerProcess:
        """Run a function of a module in a process of its own; waits for the server's imports.

        Raises:
            OSError: the server was stopped, or dies each time that it is started; says so in Japanese.
        """
        with self._lock, _without_main():
            process = self._start(target, arguments)
            self._forked = [earlier for earlier in self._forked if earlier.exitcode is None]
            self._forked.append(process)
        return process

    def stop(self) -> None:
        """End every process that is left, then the server; returns when they are gone, and nothing starts any more."""
        self._is_stopped = True
        if not self._lock.acquire(timeout=_SOON):
            # Whoever holds it waits for the server, which is importing still, or hangs.
            self._kill_forked()
            _kill_server()
            self._lock.acquire()
        try:
            self._kill_forked()
            for process in self._forked:
                process.join()
            self._forked = []
            _stop_server()
        finally:
            self._lock.release()

    def _kill_forked(self) -> None:
        for process in list(self._forked):
            if process.exitcode is None:
                _kill_group(process)

    def _start(self, target: Callable[..., None], arguments: tuple[Any, ...]) -> ForkServerProcess:
        refusal: Exception | None = None
        for _ in range(_STARTS):
            if self._is_stopped:  # while this thread waited for others, or for the server
                raise OSError(ENDED)
            if _server_number() is None:
                self._ensure_running()
            number = _server_number()
            process = multiprocessing.get_context("forkserver").Process(target=target, args=arguments)
            try:
                process.start()
            except (ConnectionError, EOFError) as error:
                # It is dying: it listens no more, and is still there.
                refusal = error
            else:
                if number is not None and _server_number() == number:
                    return process
                # It died just now, and multiprocessing started another as a likeness of the caller.
                process.kill()
                process.join()
            _stop_server()
        raise OSError("カーネルの元になるプロセスが、起動するたびに終了しました") from refusal

    def _ensure_running(self) -> None:
        # Before the signals are blocked below: starting the tracker would let them through again.
        resource_tracker.ensure_running()
        with _plain_interpreter(self._environment), _temporary_folder(self._sockets):
            forkserver.ensure_running()


def _server_number() -> int | None:
    """The process number of the server; None if none is alive."""
    number = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    if number is None or os.waitid(os.P_PID, number, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
        return None
    return int(number)


def _kill_server() -> None:
    if (number := _server_number()) is not None:
        os.kill(number, signal.SIGKILL)


def _stop_server() -> None:
    # It may be importing still. Nothing is lost: what it forked is gone already, and it has no other work.
    _kill_server()
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
def _temporary_folder(folder: Path | None) -> Iterator[None]:
    """Let multiprocessing put its socket here; it makes a folder of its own where the path would be too long."""
    if folder is None or len(os.fsencode(folder)) + len(_SOCKET) > _LONGEST_SOCKET:
        yield
        return
    settings = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    before = settings.get("tempdir")
    settings["tempdir"] = str(folder)
    try:
        yield
    finally:
        settings["tempdir"] = before


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep multiprocessing from running the caller's script once more in every child."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def own_path() -> list[str]:
    """The module search path without the caller's script folder, working directory and ``PYTHONPATH``.

    Where one of them is what this package was imported from, it stays: kernels must not get another. So do the folders
    of installed packages, where scripts lie too that run as ``python -m``.
    """
    foreign = {"", *os.environ.get("PYTHONPATH", "").split(os.pathsep)}
    if not sys.flags.safe_path and sys.argv:
        foreign |= {str(Path.cwd()), str(Path(sys.argv[0]).resolve().parent)}
    foreign -= {own_folder(), *installed_folders()}
    return [folder for folder in sys.path if folder not in foreign]


def installed_folders() -> set[str]:
    """Where packages are installed."""
    return {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}


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


def _change_environment(wanted: Mapping[str, str]) -> None:
    """Make the environment hold exactly this, touching only what differs: other threads may be reading it."""
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value
