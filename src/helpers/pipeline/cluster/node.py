"""A worker started as reports need it: ready before its first report, and started again when it dies."""

from __future__ import annotations

__all__ = ["serve"]

import asyncio
import logging
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from helpers.pipeline.cluster.connection import quieten, unreachable

_PRELOAD = "helpers.pipeline.cluster.worker_job"


def serve(address: str, jobs: int, seconds: int, security: Any, on_ready: Callable[[], None]) -> int:
    """Make up to ``jobs`` reports at a time, with Dask's settings of TLS or None, until a signal comes (0) or the scheduler is lost (1).

    Raises:
        CrewError: no scheduler answered in ``seconds``.
    """
    quieten()
    return asyncio.run(_serve(address, jobs, seconds, security, on_ready))


async def _serve(address: str, jobs: int, seconds: int, security: Any, on_ready: Callable[[], None]) -> int:
    from distributed import Nanny

    open_nanny: Any = Nanny
    # Dask would count the worker's own memory; most of a report's is its kernels'.
    options = {"memory_limit": 0, "silence_logs": logging.WARNING, "security": security}
    with warnings.catch_warnings():
        # No way to the scheduler: the error below says so, in Japanese.
        warnings.simplefilter("ignore", RuntimeWarning)
        nanny = open_nanny(address, nthreads=jobs, preload=[_PRELOAD], death_timeout=seconds, **options)
    try:
        await nanny
    except Exception as error:
        with suppress(Exception):
            await nanny.close(timeout=5)
        raise unreachable(address, seconds, error) from error
    asked = asyncio.Event()
    if sys.platform != "win32":  # there Ctrl-C is an exception that ends asyncio.run
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, asked.set)
    on_ready()
    waiting = [asyncio.ensure_future(nanny.finished()), asyncio.ensure_future(asked.wait())]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    await nanny.close(timeout=10)
    for task in waiting:
        task.cancel()
    return 0 if asked.is_set() else 1
