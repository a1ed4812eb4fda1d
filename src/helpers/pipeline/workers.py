"""Reports made side by side: a thread each, which waits for kernels that are processes of their own."""

from __future__ import annotations

__all__ = ["Workers", "begin_loading", "closing_the_loop", "ready_process", "usable_cores"]

import gc
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from importlib import import_module
from threading import Thread
from typing import TypeVar

from helpers.pipeline import beside
from helpers.pipeline.beside import settle_allocator
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.outcome import MadeReport, Progress
from helpers.project import Target

# Python's switch interval in seconds, a tenth of the default: a thread exchanges hundreds of short messages with its
# kernel, and beside a busy thread would wait this long for each.
_SWITCH = 0.0005
_T = TypeVar("_T")


def usable_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """The crew of this computer, up to ``jobs`` reports at a time; used in a ``with``, at whose end no kernel is left.

    Nothing is started before ``start``, so that a build with nothing to do starts nothing.
    """

    def __init__(self, jobs: int) -> None:
        # On Windows a wait without limit does not hear Ctrl-C.
        self.patience: float | None = 1.0 if sys.platform == "win32" else None
        self._jobs = jobs
        self._pool = ThreadPoolExecutor(jobs, "report") if jobs > 1 else None
        self._readiness = ExitStack()
        self._loading: Thread | None = None
        self._is_started = self._is_ended = False

    def start(self) -> None:
        """Let the kernels' server import its libraries while the caller goes on; does nothing a second time."""
        if self._is_started:
            return
        self._readiness.enter_context(ready_process())
        self._is_started = True

    def room(self) -> int:
        """One more than are made at a time, so that a freed thread has its next report at once."""
        return self._jobs + 1 if self._jobs > 1 else 1

    def submit(self, target: Target, inputs: Inputs, warnings: int, progress: Progress) -> Future[MadeReport]:
        """Have a report made; the future raises what ``make_report`` raises."""

        def tell(done: float, step: str) -> None:
            if self._is_ended:
                raise CancelledError
            progress(done, step)

        future: Future[MadeReport] = Future()
        try:
            if self._loading is None:
                self._loading = begin_loading()
            from helpers.pipeline.job import make_report

            if self._pool is not None:
                work = partial(make_report, target, inputs, warnings, tell)
                return self._pool.submit(closing_the_loop, work)
            # At once, in the caller's thread, which Ctrl-C reaches.
            future.set_result(make_report(target, inputs, warnings, tell))
        except Exception as error:
            future.set_exception(error)
        return future

    def check(self) -> None:
        """Do nothing: this computer cannot be lost."""

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # Threads that are still at work after a Ctrl-C end without their kernels, or at the next cell.
        self._is_ended = True
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
        if kind is not None and self._loading is not None:
            beside.end_finishing()  # a PDF that is being set is not waited for
        if self._is_started:
            from helpers.pipeline.kernels import end_kernels

            end_kernels()
        if self._pool is not None:
            self._pool.shutdown(wait=True)
        self._readiness.close()
        if self._loading is not None:
            # Python must not end while a library is being loaded.
            self._loading.join()
            beside.end_finishing()


@contextmanager
def ready_process() -> Iterator[None]:
    """Settle how this process shares its memory and time between reports, and keep the kernels' server of a build.

    The server begins to import at once. At the end no kernel is left.
    """
    from helpers.pipeline.kernels import warm_kernels
    from helpers.pipeline.notebooks.environment import common_environment

    with warm_kernels(common_environment()):
        before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH)
        settle_allocator()
        try:
            yield
        finally:
            sys.setswitchinterval(before)


def begin_loading() -> Thread:
    """Import the libraries of a report early; the first report that needs one says what is wrong with it."""

    def load_ahead() -> None:
        try:
            with suppress(Exception):
                beside.loaded_runner()
                # Later collections skip these modules, too. Once only: later, this would keep the garbage of reports.
                gc.freeze()
                beside.load_finishing()
        finally:
            gc.enable()

    # The imported modules stay in memory: collecting garbage meanwhile would take a tenth of the time.
    gc.disable()
    import_module("helpers.pipeline.job")
    loading = Thread(target=load_ahead, daemon=True)
    loading.start()
    return loading


def closing_the_loop(work: Callable[[], _T]) -> _T:
    """Do a piece of work in a thread and close the event loop that Jupyter's clients open there."""
    from jupyter_core.utils import ensure_event_loop

    with closing(ensure_event_loop()):
        return work()
