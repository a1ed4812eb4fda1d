"""A second thread for each thread that makes reports, and the start and end of the process that sets PDFs."""

from __future__ import annotations

__all__ = ["end_finishing", "load_finishing", "thread_beside"]

import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager


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


def load_finishing() -> None:
    """Import what exports and proves reports: called early, this is done while the notebooks run."""
    from helpers.export.pdf.typesetter import TYPESETTER

    TYPESETTER.start()  # it gets ready while this process loads the rest
    from helpers.pipeline import finishing

    finishing.load()


def end_finishing() -> None:
    """End the process that sets PDFs."""
    from helpers.export.pdf.typesetter import TYPESETTER

    TYPESETTER.end()
