"""What goes on beside the making of reports: late imports, a second thread, the start and end of the process that sets PDFs."""

from __future__ import annotations

__all__ = ["end_finishing", "load_finishing", "loaded_runner", "thread_beside"]

import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
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
