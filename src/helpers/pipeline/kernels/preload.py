"""What the server imports before the first kernel is forked; importing this module is its whole work.

Nothing here may start a thread, an event loop or a ZeroMQ context: a fork copies their locks, but not them.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module

import helpers
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

    One that is not there is left out: some are a library's private affair, and may lie elsewhere in its next version.
    """
    # All of it stays: nothing to collect now, and nothing for the kernels to look through ever after.
    gc.disable()
    try:
        # ipykernel does without debugpy where it is not to be had. Nobody debugs a kernel of a build, and loading it
        # is two thirds of what a kernel takes to start.
        with without_modules("debugpy"), suppress(ImportError):
            import_module("ipykernel.debugger")
        for module in MODULES:
            with suppress(ImportError):
                import_module(module)
        for name in helpers.__all__:
            getattr(helpers, name)
        gc.freeze()
    finally:
        gc.enable()


load()
