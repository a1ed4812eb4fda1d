"""The imports of the server of kernels, in the order in which kernels need them.

Nothing here may start a thread, an event loop or a ZeroMQ context: a fork copies their locks, but not them.
"""

from __future__ import annotations

__all__ = ["DRAWING", "PROVING", "READING", "pieces"]

from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from math import inf

import helpers
from helpers.processes.hidden_modules import without_modules

# What every kernel takes, and the notebook that reads a sheet.
READING = (
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "encodings.utf_8_sig",
    "encodings.utf_16_be",
    "faulthandler",
    "pdb",
    "tornado.platform.asyncio",
    "pandas",
    "lxml.html",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "helpers.history.opening",
    "helpers.report.sheet_views",
)
DRAWING = ("matplotlib.backends.backend_svg", "helpers.report.charts")
# What reads the text of a PDF, in a process of its own.
PROVING = ("helpers.proof.pdf_text",)


def pieces() -> Iterator[float]:
    """Import piece by piece what kernels and the notebooks' first cells import, all of ``helpers`` with it; a missing module is left out.

    Yields for how many forks it suffices: after the first piece a sheet can be read. Some modules are private parts of a
    library, and may move with its next version.
    """
    # ipykernel works without debugpy. Nobody debugs a kernel of a build, and importing debugpy takes two thirds of the
    # time that a kernel needs to start.
    with without_modules("debugpy"), suppress(ImportError):
        import_module("ipykernel.debugger")
    for module in READING:
        with suppress(ImportError):
            import_module(module)
    from helpers.history.processed import reading_code

    reading_code()  # every kernel would work it out again
    yield 1
    for module in DRAWING:
        with suppress(ImportError):
            import_module(module)
        yield 1
    for name in helpers.__all__:
        getattr(helpers, name)
    yield inf
    for module in PROVING:
        import_module(module)
