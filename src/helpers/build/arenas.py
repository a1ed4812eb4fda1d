"""The memory of a long run: few pools for all threads."""

from __future__ import annotations

import sys
from contextlib import suppress

_M_ARENA_MAX = -8  # in glibc's malloc.h
_ARENAS = 2


def share_arenas() -> None:
    """Let threads share two of glibc's pools of memory; does nothing with other C libraries.

    Of its own accord it gives them eight a core. What one thread frees is then of no use to another, and a build of a
    thousand reports was twice as large at its end as at its beginning, with not one object more in it.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
