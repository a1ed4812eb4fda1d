"""What Dask runs first in a worker, so that it is ready before its first report.

``gyokaku worker`` (``node``) asks for it, and so can `dask worker --preload helpers.build.cluster.preload`.
"""

from __future__ import annotations

import multiprocessing
import signal
from typing import Any

from helpers.build.cluster.job import keep_kernels_ready


def dask_setup(worker: Any) -> None:
    """Called by Dask in the worker's process before it offers itself to the scheduler."""
    keep_kernels_ready()
    if multiprocessing.parent_process() is not None:
        # Ctrl-C in a terminal reaches the whole group: the nanny hears it, too, and ends its worker in order.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
