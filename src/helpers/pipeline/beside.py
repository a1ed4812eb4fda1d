"""What goes on beside the making of reports: late imports, a second thread, freed memory, the process that sets PDFs."""

from __future__ import annotations

__all__ = [
    "end_finishing", "give_back", "load_finishing", "loaded_runner", "settle_allocator", "thread_beside",
]  # fmt: skip

import ctypes
import sys
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from types import ModuleType

from helpers.processes.hidden_modules import without_modules


class _Beside(threading.local):
    """A second thread for each thread that makes reports, kept for all of its reports."""

    def __init__(self) -> None:
        # Many C libraries keep freed memory for the thread that used it: new threads would make a long run grow.
        self.pool = ThreadPoolExecutor(1, "beside")


_BESIDE = _Beside()


@contextmanager
def thread_beside() -> Iterator[Executor]:
    """Lend a second thread to a report; at the end its work is done."""
    try:
        yield _BESIDE.pool
    except KeyboardInterrupt:
        end_finishing()  # the PDF that is being set is no longer wanted
        raise
    finally:
        _BESIDE.pool.submit(int).result()


def loaded_runner() -> ModuleType:
    """What runs notebooks; the libraries behind it are heavy, and kernels can start meanwhile."""
    # nbformat's jsonschema looks for what checks the form of addresses and durations, which compiles grammars, where
    # JupyterLab is installed for a second. A notebook has neither; without the modules jsonschema leaves the checks out.
    with without_modules("rfc3986_validator", "rfc3987_syntax", "isoduration"):
        from helpers.pipeline.notebooks import runner
    return runner


def load_finishing() -> None:
    """Import what exports and proves reports: called early, this is done while the notebooks run."""
    from helpers.export.pdf.typesetter import TYPESETTER

    TYPESETTER.start()  # it gets ready while this process loads the rest
    # Slow to import: CSS selectors for nbconvert's own exporters, whose absence is told.
    warnings.filterwarnings("ignore", "The soupsieve package is not installed", UserWarning)
    with without_modules("soupsieve"):
        from helpers.pipeline import finishing

    finishing.load()


def end_finishing() -> None:
    """End the process that sets PDFs."""
    from helpers.export.pdf.typesetter import TYPESETTER

    TYPESETTER.end()


# Numbers from glibc's malloc.h (with another C library nothing is done) and the value for each: pools, and the bytes
# from which a block comes from the system.
_M_ARENA_MAX, _ARENAS = -8, 2
_M_MMAP_THRESHOLD, _LARGE = -3, 256 << 10


def settle_allocator() -> None:
    """Let threads share two pools of memory, and take large pieces from none.

    By default glibc gives threads eight pools a core, and takes ever larger pieces from them, up to 32 MB. Memory that
    is freed in one pool cannot be used in another, nor memory between small pieces that stay in use: a build of a
    thousand reports grew by half without holding one object more.
    """
    _call("mallopt", _M_ARENA_MAX, _ARENAS)
    _call("mallopt", _M_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Return what is free within the pools to the system; takes some hundredths of a second."""
    _call("malloc_trim", 0)


def _call(function: str, *arguments: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            getattr(ctypes.CDLL(None), function)(*arguments)
