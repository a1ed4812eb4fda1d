"""The processes of a run: ended with it, and their CPU time booked.

Kernels are children of their server, not of the build, and what the system books for ended children reaches an
ancestor only if every process in between waits for its own. Whatever loses its parent during the run therefore
becomes a child of this process (it is made a subreaper, Linux's prctl), is waited for here, and so is in
RUSAGE_CHILDREN at the end. The CPU times seen in /proc while a run lasts are summed beside it as a check: they
miss what a process did after it was last looked at, so that they may be less, never more.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from measure import descendants

_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_GRACE = 20.0  # seconds that processes get to end when asked


@contextmanager
def adopting_orphans() -> Iterator[None]:
    """Be the one who waits, in this block, for processes whose parent is gone.

    Raises:
        OSError: the system cannot do that (it takes Linux).
    """
    _set_subreaper(True)
    try:
        yield
    finally:
        _set_subreaper(False)


def end_tree(process: subprocess.Popen[str]) -> None:
    """Ask a process to end, and what is left of it and below it after a while to end at once."""
    below = descendants(process.pid)
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        for pid in below:
            kill(pid)
        process.wait()


def wait_for_orphans(others: set[int]) -> None:
    """Wait for every process that the build left, so that its time is counted; what hangs is ended."""
    deadline = time.monotonic() + _GRACE
    kept = set().union(*(descendants(pid) for pid in others)) | {os.getpid()}
    while left := descendants(os.getpid()) - kept:
        for pid in left:
            if time.monotonic() > deadline:
                kill(pid)
            try:
                os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                continue  # a grandchild: its own parent waits for it
        time.sleep(0.02)


def kill(pid: int) -> None:
    """End a process at once, if it is there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def cpu_of_children() -> float:
    """User and system seconds of all children that were waited for, and of those that they waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _set_subreaper(wanted: bool) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_CHILD_SUBREAPER, int(wanted), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "the system adopts no orphans")
