"""The build's side of the server that kernels are forked from: one for a build, ended with it and all that it forked."""

from __future__ import annotations

__all__ = ["ENDED", "PRELOAD", "ForkedProcess", "Server"]

import os
import pickle
import select
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from helpers.pipeline.kernels.child import INLINE
from helpers.processes.keeper import DiedError, EndedError, Keeper

PRELOAD = "helpers.pipeline.kernels.preload"
ENDED = "build が終わるため、カーネルを起動しません"
_SOON = 0.3  # seconds; a fork takes some hundredths
_START = "import sys; from helpers.pipeline.kernels.child import serve; serve(sys.argv[1])"


class Server:
    """A process that has imported ``preload``, and the processes that it forked for us."""

    def __init__(self, environment: Mapping[str, str], preload: str = PRELOAD) -> None:
        """Let the server begin its imports; ``environment`` is what it and Python in it start under."""

        def started() -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [sys.executable, "-P", "-c", _START, preload],
                # matplotlib reads it when it is imported: without it the kernels would show no chart.
                env={**environment, "MPLBACKEND": INLINE},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C in a terminal is for the build, which ends its kernels itself
            )

        self._keeper = Keeper(started, patience=_SOON)
        # If it cannot be started now, ``fork`` tries again and raises.
        with suppress(OSError):
            self._keeper.start()

    @property
    def pid(self) -> int | None:
        """The server's process number; None where it is not running."""
        return self._keeper.pid

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for its answer."""
        return self._keeper.is_asked

    def fork(self, target: Callable[..., None], *arguments: Any) -> ForkedProcess:
        """Run a function of a module in a process of its own; waits for the server's imports.

        Raises:
            OSError: the server was stopped, or dies each time that it is started, or cannot fork; says so in Japanese.
        """
        try:
            pid = int(self._keeper.ask(pickle.dumps((target, arguments))))
        except EndedError:
            raise OSError(ENDED) from None
        except DiedError as error:
            raise OSError("カーネルの元になるプロセスが、起動するたびに終了しました") from error
        if pid < 0:
            raise OSError(-pid, os.strerror(-pid))
        return ForkedProcess(pid)

    def stop(self) -> None:
        """End every process that is left, and the server; returns when they are gone, and nothing starts any more."""
        self._keeper.end(for_good=True)


class ForkedProcess:
    """A process that the server forked, with the part of the interface of ``subprocess.Popen`` that a provisioner of kernels uses.

    Only its parent, the server, could tell how it ended; that it ended is known here without asking.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._ending, self._handle = select.poll(), -1
        with suppress(ProcessLookupError):  # it is gone already
            self._handle = os.pidfd_open(pid)
            self._ending.register(self._handle, select.POLLIN)
            weakref.finalize(self, os.close, self._handle)

    def poll(self) -> int | None:
        """0 once it is gone, however it ended; None while it runs."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it is gone, at most so many seconds; as ``poll``."""
        is_gone = self._handle < 0 or self._ending.poll(None if timeout is None else timeout * 1000)
        return 0 if is_gone else None

    def send_signal(self, signum: int) -> None:
        """Send a signal, unless it is gone: its number may be another's by now."""
        with suppress(ProcessLookupError):
            if self._handle >= 0:
                signal.pidfd_send_signal(self._handle, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)
