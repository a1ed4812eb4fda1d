"""The kernels of a build, forked or ordinary: all end with it."""

from __future__ import annotations

__all__ = ["PROVISIONER", "SWITCH", "Kernels", "can_fork", "end_kernels", "running_kernels", "warm_kernels"]

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from helpers.pipeline.kernels.server import ENDED, PRELOAD, Server

PROVISIONER = "gyokaku-fork"
SWITCH = "GYOKAKU_KERNELS"  # "ordinary": no server, every kernel starts from nothing


class Kernels:
    """The kernels of a build: the server of those that are forked, if there is one, and the others."""

    def __init__(self, server: Server | None) -> None:
        self.server = server
        self._ordinary: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()
        self._is_ended = False

    def keep(self, process: subprocess.Popen[bytes]) -> None:
        """Register a kernel that was not forked.

        Raises:
            OSError: the kernels were ended already; this kernel is ended, too.
        """
        with self._lock:
            self._ordinary = [earlier for earlier in self._ordinary if earlier.poll() is None]
            self._ordinary.append(process)
            if self._is_ended:  # while it was started
                self._end_ordinary()
                raise OSError(ENDED)

    def end(self) -> None:
        """End every kernel, and whatever is started from now on."""
        self._is_ended = True
        if self.server is not None:
            self.server.stop()
        with self._lock:
            self._end_ordinary()

    def _end_ordinary(self) -> None:
        for process in self._ordinary:
            if process.poll() is None:
                process.kill()
                process.wait()
        self._ordinary = []


_running: Kernels | None = None


def running_kernels() -> Kernels | None:
    """The kernels of the build that is under way in this process."""
    return _running


def end_kernels() -> None:
    """End the kernels of the running build, so that no thread of it waits for a kernel any more."""
    if _running is not None:
        _running.end()


def can_fork() -> bool:
    """Whether kernels can be forked here and ``SWITCH`` does not forbid it.

    Not on Windows, which has no fork; not on macOS, whose libraries may not be used after one; not on a Linux before 5.3,
    which does not tell a process the end of another's child.
    """
    if sys.platform != "linux" or not hasattr(os, "fork") or os.environ.get(SWITCH) == "ordinary":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):  # Python was made for such a Linux, or runs on one
        return False
    return True


@contextmanager
def warm_kernels(environment: Mapping[str, str], preload: str = PRELOAD) -> Iterator[Server | None]:
    """Fork the kernels that are started in this block, where that can be done; at its end none of any kind is left.

    Returns at once: the server imports while the caller goes on. ``environment`` is what it imports under; the
    kernels' own must not differ from it in what is read only then (``PYTHON…``, ``MATPLOTLIBRC``).
    """
    global _running
    before = _running
    kernels = _running = Kernels(Server(environment, preload) if can_fork() else None)
    try:
        yield kernels.server
    finally:
        # In this order: a kernel that is asked for meanwhile must not be started as in a build without a server.
        kernels.end()
        _running = before
