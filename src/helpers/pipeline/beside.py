"""What works beside the thread that makes a report: a second thread, and the process that sets PDFs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager


class _Beside(threading.local):
    """A thread beside each one that makes reports, the same for all of its reports."""

    def __init__(self) -> None:
        # Memory that a thread lets go of stays its own with many C libraries: new threads would make a long run grow.
        self.pool = ThreadPoolExecutor(1, "beside")


_BESIDE = _Beside()


@contextmanager
def thread_beside() -> Iterator[Executor]:
    """A second thread for a report; at the end it has nothing left to do."""
    try:
        yield _BESIDE.pool
    except KeyboardInterrupt:
        end_finishing()  # with a PDF that nobody wants any more
        raise
    finally:
        _BESIDE.pool.submit(int).result()


def load_finishing() -> None:
    """Load what comes after the notebooks: called early, it is done while they run."""
    from helpers.export.pdf.typesetter import TYPESETTER

    TYPESETTER.start()  # it gets ready while this process loads the rest
    from helpers.pipeline import finishing

    finishing.load()


def end_finishing() -> None:
    """End what was started for it: no process of a build is left."""
    from helpers.export.pdf.typesetter import TYPESETTER

    TYPESETTER.end()
