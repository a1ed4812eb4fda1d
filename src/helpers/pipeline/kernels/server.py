"""The build's side of the server that kernels are forked from: one for a build, ended with it and all that it forked."""

from __future__ import annotations

__all__ = ["ENDED", "PRELOAD", "ForkedProcess", "Server"]

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from helpers.pipeline.kernels.child import FORK, INLINE, POLL
from helpers.processes.keeper import DiedError, EndedError, Keeper

PRELOAD = "helpers.pipeline.kernels.preload"
ENDED = "build が終わるため、カーネルを起動しません"
_SOON = 0.3  # seconds; a fork takes some hundredths
_LOOK = 0.005  # seconds between looks at a process that is waited for
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
            pid = int(self._keeper.ask(FORK + pickle.dumps((target, arguments))))
        except EndedError:
            raise OSError(ENDED) from None
        except DiedError as error:
            raise OSError("カーネルの元になるプロセスが、起動するたびに終了しました") from error
        if pid < 0:
            raise OSError(-pid, os.strerror(-pid))
        return ForkedProcess(self, pid)

    def exit_code(self, pid: int) -> int | None:
        """The exit code of a forked process, minus the signal that ended it; None while it runs."""
        try:
            answer = self._keeper.ask(POLL + str(pid).encode())
        except (EndedError, DiedError, OSError):
            return -signal.SIGKILL  # it ended with its server
        return None if answer == b"None" else int(answer)

    def stop(self) -> None:
        """End every process that is left, and the server; returns when they are gone, and nothing starts any more."""
        self._keeper.end(for_good=True)


class ForkedProcess:
    """A forked process with the part of the interface of ``subprocess.Popen`` that a provisioner of kernels uses."""

    stdin = stdout = stderr = None

    def __init__(self, server: Server, pid: int) -> None:
        self._server, self.pid = server, pid
        self._code: int | None = None

    def poll(self) -> int | None:
        """Its exit code, minus the signal that ended it; None while it runs."""
        if self._code is None:
            self._code = self._server.exit_code(self.pid)
        return self._code

    def wait(self, timeout: float = float("inf")) -> int | None:
        """Wait until it is gone, at most so many seconds; its exit code."""
        end = time.monotonic() + timeout
        while self.poll() is None and time.monotonic() < end:
            time.sleep(_LOOK)
        return self._code

    def send_signal(self, signum: int) -> None:
        """Send a signal, unless it is gone: its number may be another's by now."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)
