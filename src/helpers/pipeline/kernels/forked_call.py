"""Call a function in a process of its own: the threads of one process share an interpreter."""

from __future__ import annotations

__all__ = ["forked", "write_answer"]

import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from helpers.pipeline.kernels.running_kernels import running_kernels

_T = TypeVar("_T")


def forked(folder: Path, function: Callable[..., _T], *arguments: object) -> _T:
    """Call a function of a module, in a process forked from the server of kernels if there is one.

    ``folder``: an empty place for the answer. Function, arguments and answer are pickled.

    Raises:
        Exception: what the function raises.
    """
    answer, kernels = folder / f"{function.__name__}.answer", running_kernels()
    if kernels is not None and kernels.server is not None:
        with suppress(OSError):  # of a server that was ended, or a process that ended without an answer
            kernels.server.fork(write_answer, answer, function, arguments).wait()
            result, error = pickle.loads(answer.read_bytes())
            if error is None:
                return result  # type: ignore[no-any-return]
            raise error
    return function(*arguments)


def write_answer(file: Path, function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    """Call a function, and write its result and its exception, one of them None, to a file."""
    result = error = None
    try:
        result = function(*arguments)
    except Exception as raised:
        error = raised
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_bytes(pickle.dumps((result, error)))
    unfinished.rename(file)
