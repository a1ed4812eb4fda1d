"""The imports of the server before it forks the first kernel; importing this module makes them.

Nothing here may start a thread, an event loop or a ZeroMQ context: a fork copies their locks, but not them.
"""

from __future__ import annotations

__all__ = ["MODULES", "load"]

import gc
from contextlib import suppress
from importlib import import_module

import helpers
from helpers.history.processed import reading_code
from helpers.processes.hidden_modules import without_modules

MODULES = (
    "numpy",
    "pandas",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "seaborn",
    "lxml.html",
    "pandas.core.methods.to_dict",
    "pandas.io.formats.html",
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "pdb",
    "tornado.platform.asyncio",
    "helpers.report.charts",
)


def load() -> None:
    """Import what kernels and the notebooks' first cells import, all of ``helpers`` with it.

    A missing module is left out: some are private parts of a library, and may move with its next version.
    """
    # The modules stay in memory: no collection now, and none of them in the kernels' collections later.
    gc.disable()
    try:
        # ipykernel works without debugpy. Nobody debugs a kernel of a build, and importing debugpy takes two thirds of
        # the time that a kernel needs to start.
        with without_modules("debugpy"), suppress(ImportError):
            import_module("ipykernel.debugger")
        for module in MODULES:
            with suppress(ImportError):
                import_module(module)
        for name in helpers.__all__:
            getattr(helpers, name)
        reading_code()  # every kernel would work it out again
        gc.freeze()
    finally:
        gc.enable()


load()
