"""For `dask worker --preload helpers.build.cluster.preload`: a worker that is ready before its first report."""

from __future__ import annotations

from typing import Any

from helpers.build.cluster.job import keep_kernels_ready


def dask_setup(worker: Any) -> None:
    """Called by Dask in the worker's process before it offers itself to the scheduler."""
    keep_kernels_ready()
