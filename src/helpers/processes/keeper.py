"""Keep a child process that answers requests: started when it is wanted, replaced when it died, ended with the build.

The process reads requests from its standard input and writes answers to its standard output, as ``messages`` has them.
It needs no port, lock or folder, and its input ends when this process does, however that goes.
"""

from __future__ import annotations

__all__ = ["DiedError", "EndedError", "Keeper", "LateError"]

import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from helpers.processes.messages import receive, send

_TRIES = 2  # for one request: a process may have died before it was asked
_TO_DIE = 5.0  # seconds that a process may take to be gone


class EndedError(Exception):
    """The process was ended on purpose while a request waited."""


class LateError(Exception):
    """There was no answer in time; the process was ended."""


class DiedError(Exception):
    """The process died each time that it was asked.

    Attributes:
        code: its exit code, minus the signal that ended it; None where it closed its pipes only.
    """

    def __init__(self, code: int | None) -> None:
        self.code = code
        super().__init__(code)


class Keeper:
    """One child process, asked by one thread at a time."""

    def __init__(
        self, command: Callable[[], subprocess.Popen[bytes]], life: int | None = None, patience: float = 0.0
    ) -> None:
        """``command`` starts the process; it is replaced after ``life`` answers.

        ``patience``: seconds that ``end`` lets a request that is under way go on; above 0 also says that the process
        tidies up when its input ends, and is waited for.
        """
        self._command, self._life, self._patience = command, life, patience
        self._is_closed = False
        self.leave()

    def leave(self) -> None:
        """Forget the process: it belongs to the parent that this process was forked from."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers = self._ends = 0

    @property
    def pid(self) -> int | None:
        """The number of the process; None where there is none."""
        return self._process.pid if self._process else None

    @property
    def is_asked(self) -> bool:
        """Whether a request is under way."""
        return self._lock.locked()

    def start(self) -> None:
        """Start the process before it is wanted.

        Raises:
            OSError: it cannot be started.
        """
        with self._lock:
            self._running()

    def ask(self, request: bytes, seconds: float | None = None) -> bytes:
        """The answer to a request, which is not empty.

        Raises:
            EndedError, LateError, DiedError: there is none.
            OSError: the process cannot be started.
        """
        ends, code = self._ends, None
        with self._lock:
            for _ in range(_TRIES):
                self._demand_wanted(ends)  # while this thread waited for others
                process, begin = self._running(), time.monotonic()
                self._demand_wanted(ends)
                try:
                    answer = _answer(process, request, seconds)
                except BaseException:
                    # Ctrl-C: the answer to this request would be taken for that to the next one.
                    self._end()
                    raise
                if answer:
                    self._answers += 1
                    return answer
                is_late = seconds is not None and time.monotonic() - begin >= seconds
                code = _code(process)
                self._end()
                self._demand_wanted(ends)
                if is_late:
                    raise LateError
        raise DiedError(code)

    def end(self, for_good: bool = False) -> None:
        """End the process and requests that wait for it; the next request starts another, except after ``for_good``."""
        self._is_closed |= for_good
        self._ends += 1
        if not self._lock.acquire(timeout=self._patience):
            if (process := self._process) is not None:
                process.kill()  # before whoever waits for its answer lets go of the lock
            self._lock.acquire()
        try:
            self._end()
        finally:
            self._lock.release()

    def _demand_wanted(self, ends: int) -> None:
        if self._is_closed or self._ends != ends:
            self._end()
            raise EndedError

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._answers == self._life or self._process.poll() is not None:
            self._end()
            self._process, self._answers = self._command(), 0
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None and process.stdout is not None
        if not self._patience:
            process.kill()
        with suppress(OSError):
            process.stdin.close()
        if self._patience and self._answers:  # before its first answer it has nothing to tidy up
            _code(process)
        process.kill()
        process.stdout.close()
        process.wait()


def _answer(process: subprocess.Popen[bytes], request: bytes, seconds: float | None) -> bytes:
    """The process's answer; empty if the process ended, or was ended because it gave none in time."""
    assert process.stdin is not None and process.stdout is not None
    watch = None if seconds is None else threading.Timer(seconds, process.kill)
    if watch:
        watch.start()
    try:
        send(process.stdin, request)
        return receive(process.stdout)
    except (OSError, EOFError):
        return b""
    finally:
        if watch:
            watch.cancel()


def _code(process: subprocess.Popen[bytes]) -> int | None:
    """The exit code of a process that was told to end; None where it is at work still."""
    with suppress(subprocess.TimeoutExpired):
        return process.wait(_TO_DIE)
    return None
