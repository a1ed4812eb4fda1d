"""The process that sets reports in type, as the build sees it: started when it is wanted, replaced now and then.

Typst keeps a little of every report for as long as its process lives, some 0.1 MB that nothing gives back: a build
of thousands of reports would grow by as much. So it has a process of its own, and that process has successors.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress

from helpers.errors import ExportError
from helpers.export.messages import receive, send
from helpers.patience import CELL
from helpers.warm_kernel.server import own_folder, own_path

_LIFE = 50  # reports that a process sets
_TRIES = 2  # for one report: a process may have died before it was asked
_TO_DIE = 5.0  # seconds that a process without pipes may take to be gone
_PDF = b"%PDF"  # how an answer begins that is no refusal
_START = "import sys; sys.path[:] = sys.argv[1:]; from helpers.export.typst_server import serve; serve()"

_TOO_LATE = f"PDF を組む処理が{{}}秒以内に終わりませんでした。計算機が遅い場合は、環境変数 {CELL.variable} の秒数を増やしてください"
_DIED = "PDF を組むプロセスが途中で終了しました（終了コード {}）。メモリーが足りているかを確かめて、もう一度実行してください"
_ENDED = "build が終わるため、PDF を組みません"


class Typesetter:
    """Sets one report at a time, whichever thread asks; no process is started before ``start`` or the first report."""

    def __init__(self) -> None:
        self.leave()

    def leave(self) -> None:
        """Have no process, without a word to one that there was: it belongs to the process that this is a fork of."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._left = self._ends = 0

    def start(self) -> None:
        """Start the process before it is wanted; it opens its fonts meanwhile.

        Raises:
            ExportError: it cannot be started.
        """
        with self._lock:
            self._running()

    def set(self, data: str) -> bytes:
        """The PDF of a report's plain data, which is JSON.

        Raises:
            ExportError: Typst refused or warned, its process died, took longer than a cell may take, or was ended.
            UsageError: the environment's limit on cells is no number.
        """
        seconds, ends = CELL.seconds(), self._ends
        with self._lock:
            for left in reversed(range(_TRIES)):
                process = self._running()
                if self._ends != ends:  # while this thread waited for others
                    self._end()
                    raise ExportError(_ENDED)
                self._left -= 1
                end = time.monotonic() + seconds
                try:
                    answer = _answer(process, data.encode("utf-8"), seconds)
                except BaseException:  # Ctrl-C: the answer to this would be taken for that to the next report
                    self._end()
                    raise
                if answer:
                    break
                is_late, code = time.monotonic() >= end, _code(process)
                self._end()
                if self._ends != ends:
                    raise ExportError(_ENDED)
                if is_late or not left:
                    raise ExportError(_TOO_LATE.format(seconds) if is_late else _DIED.format(code))
        if not answer.startswith(_PDF):
            raise ExportError(answer.decode("utf-8"))
        return answer

    def end(self) -> None:
        """End the process, if there is one, and whatever waits for it; another is started when it is wanted."""
        self._ends += 1
        if (process := self._process) is not None:
            process.kill()  # before whoever waits for its answer lets go of the lock
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or not self._left or self._process.poll() is not None:
            self._end()
            self._process, self._left = _started(), _LIFE
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()  # it has nothing to tidy up
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()


def _answer(process: subprocess.Popen[bytes], request: bytes, seconds: int) -> bytes:
    """What the process says; nothing where it ended, or was ended because it said nothing for so long."""
    assert process.stdin is not None and process.stdout is not None
    watch = threading.Timer(seconds, process.kill)
    watch.start()
    try:
        send(process.stdin, request)
        return receive(process.stdout)
    except (OSError, EOFError):
        return b""
    finally:
        watch.cancel()


def _code(process: subprocess.Popen[bytes]) -> int | None:
    """The exit code of a process that closed its pipes; None where it is at work still."""
    with suppress(subprocess.TimeoutExpired):
        return process.wait(_TO_DIE)
    return None


def _started() -> subprocess.Popen[bytes]:
    """A process with our modules, whatever the environment says, that ends when our end of its input is closed."""
    flags = ["-I", "-X", "utf8", *(["-B"] if sys.dont_write_bytecode else [])]
    path = dict.fromkeys([own_folder(), *own_path()])
    try:
        return subprocess.Popen(
            [sys.executable, *flags, "-c", _START, *path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in a terminal is for the build, which ends this process itself
        )
    except OSError as error:
        raise ExportError(
            f"PDF を組むプロセスを起動できません（{error.strerror}）。メモリーが足りているかを確かめてください"
        ) from error


TYPESETTER = Typesetter()
atexit.register(TYPESETTER.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=TYPESETTER.leave)
