"""What a forked process does to become the kernel that was asked for."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from multiprocessing.connection import wait
from typing import Any

INLINE = "module://matplotlib_inline.backend_inline"
# The server's, which imports this module: a plain interpreter's, whatever the build did to its own.
_PATH = tuple(sys.path)


def run_kernel(arguments: Sequence[str], environment: Mapping[str, str], folder: str) -> None:
    """Be an ipykernel with this command line, environment and working directory, until it is shut down."""
    os.setsid()  # a group of its own: signals reach what its cells started, and Ctrl-C reaches only the build
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_the_build, daemon=True).start()
    os.environ.clear()
    # matplotlib was imported for this backend; ipykernel names it too late for that.
    os.environ.update({"MPLBACKEND": INLINE, **environment})
    time.tzset()
    os.chdir(folder)
    sys.path[:] = _PATH
    _forget_the_fork()
    _launch(arguments)


def _end_with_the_build() -> None:
    """Wait until the build is gone, however it went, and take everything that was started here with us."""
    build = multiprocessing.parent_process()
    assert build is not None
    wait([build.sentinel])
    os.killpg(0, signal.SIGKILL)


def _forget_the_fork() -> None:
    """Undo what every process forked from one server would share."""
    import numpy.random

    numpy.random.seed()  # Python's own generator reseeds itself
    # Processes that a notebook starts are its own affair, and not forked from our server.
    multiprocessing.set_start_method(None, force=True)


def _launch(arguments: Sequence[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    launcher = find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *arguments]
    app: Any = IPKernelApp.instance()
    app.parent_handle = os.getppid()
    app.initialize(list(arguments))
    app.start()
