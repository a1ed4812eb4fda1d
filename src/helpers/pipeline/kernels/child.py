"""The code of the server of kernels, and of the processes that it forks, which become kernels."""

from __future__ import annotations

__all__ = ["INLINE", "run_kernel", "serve"]

import gc
import os
import pickle
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from math import inf
from typing import IO, Any

from helpers.processes.messages import receive, send, standard_pipes

INLINE = "module://matplotlib_inline.backend_inline"
# A plain interpreter's, whatever the build did to its own.
_PATH = tuple(sys.path)


def serve(preload: str) -> None:
    """Import ``preload``, then fork a process for each pickled call, until the build ends; no process outlives the server.

    Where that module has ``pieces``, a fork takes those only that it waits for. The others are made while nobody asks for
    anything.
    """
    requests, answers = standard_pipes()
    gc.disable()  # what is imported stays; a kernel collects what it makes itself
    imports, forks, forked = _Imports(preload), 0, set[int]()
    with suppress(BrokenPipeError, EOFError):  # a build that was killed waits for no answer
        while call := _next_request(requests, imports):
            while forks >= imports.suffice_for and imports.go_on():
                pass
            forks += 1
            pid = _fork(requests, answers, call)
            forked = {earlier for earlier in forked if _is_running(earlier)} | ({pid} if pid > 0 else set())
            send(answers, str(pid).encode())
    for pid in forked:
        with suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    os._exit(0)


class _Imports:
    """The imports of a module and its ``pieces``, made step by step.

    Attributes:
        suffice_for: how many forks can do with what is imported; each piece yields that number.
    """

    def __init__(self, preload: str) -> None:
        self.suffice_for = 0.0
        self._pieces = _pieces(preload)

    def go_on(self) -> bool:
        """Make a piece; False where none is left."""
        number = next(self._pieces, None)
        self.suffice_for = inf if number is None else number
        return number is not None


def _pieces(preload: str) -> Iterator[float]:
    with suppress(ImportError):  # a missing library ends them
        yield from getattr(import_module(preload), "pieces", tuple)()


def _next_request(requests: IO[bytes], imports: _Imports) -> bytes:
    """The next request; as long as there is none, what is left is imported."""
    while not select.select([requests], [], [], 0)[0] and imports.go_on():
        pass
    return receive(requests)


def _fork(requests: IO[bytes], answers: IO[bytes], call: bytes) -> int:
    """Run a pickled call in a new process and process group: its number, or minus the error's where there is none."""
    gc.freeze()  # a collection would copy the memory that a kernel shares with this process
    try:
        pid = os.fork()
    except OSError as error:
        return -(error.errno or 1)
    # In both processes, since either may run first: signals to the group reach what the process starts, and no other.
    with suppress(OSError):
        os.setpgid(pid, pid)
    if pid:
        return pid
    code = 1
    gc.enable()
    try:
        answers.close()
        threading.Thread(target=_end_with_the_build, args=(requests,), daemon=True).start()
        target, arguments = pickle.loads(call)
        target(*arguments)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
        os._exit(code)


def _is_running(pid: int) -> bool:
    return os.waitpid(pid, os.WNOHANG)[0] == 0


def _end_with_the_build(requests: IO[bytes]) -> None:
    """Wait until the pipe for requests is closed, for whatever reason, and end every forked process and this one."""
    hangup = select.poll()
    hangup.register(requests, 0)
    hangup.poll()
    os.killpg(0, signal.SIGKILL)


def run_kernel(arguments: Sequence[str], environment: Mapping[str, str], folder: str) -> None:
    """Run an ipykernel with this command line, environment and working directory until it is shut down."""
    os.environ.clear()
    # matplotlib was imported for this backend; ipykernel names it too late for that.
    os.environ.update({"MPLBACKEND": INLINE, **environment})
    time.tzset()
    os.chdir(folder)
    sys.path[:] = _PATH
    import numpy.random

    numpy.random.seed()  # every kernel would draw the same numbers; Python's own generator reseeds itself
    _launch(arguments)


def _launch(arguments: Sequence[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    launcher = find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *arguments]
    app: Any = IPKernelApp.instance()
    app.parent_handle = os.getppid()
    app.initialize(list(arguments))
    app.start()
