"""Return the memory of finished reports to the system, so that a long run does not grow.

All of it is about glibc's malloc; with other C libraries the functions do nothing.
"""

from __future__ import annotations

__all__ = ["give_back", "settle_allocator"]

import ctypes
import sys
from contextlib import suppress

# Numbers from glibc's malloc.h and the value for each: pools, and the bytes from which a block comes from the system.
_M_ARENA_MAX, _ARENAS = -8, 2
_M_MMAP_THRESHOLD, _LARGE = -3, 256 << 10


def settle_allocator() -> None:
    """Let threads share two pools of memory, and take large pieces from none.

    By default glibc gives threads eight pools a core, and takes ever larger pieces from them, up to 32 MB. Memory that
    is freed in one pool cannot be used in another, nor memory between small pieces that stay in use: a build of a
    thousand reports grew by half without holding one object more.
    """
    _call("mallopt", _M_ARENA_MAX, _ARENAS)
    _call("mallopt", _M_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Return what is free within the pools to the system; takes some hundredths of a second."""
    _call("malloc_trim", 0)


def _call(function: str, *arguments: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            getattr(ctypes.CDLL(None), function)(*arguments)
