"""A lock on a file that the operating system lets go of when its holder dies, whatever the file's contents or age.

The same locks as of the package ``filelock``, which excludes and is excluded by this one; its import alone takes a
tenth of a build that has nothing to do.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path

_BETWEEN_TRIES = 0.05  # seconds
_HELD_BY_ANOTHER = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class FileLock:
    """One holder at a time, among the threads and processes of all who lock the same file; the file stays."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._descriptor: int | None = None

    def acquire(self, seconds: float = 0) -> bool:
        """Take the lock, waiting up to ``seconds`` for another holder; whether it was to be had.

        Raises:
            OSError: the file cannot be made or opened, or its file system knows no locks.
        """
        last = time.monotonic() + seconds
        while not self._take():
            if time.monotonic() >= last:
                return False
            time.sleep(_BETWEEN_TRIES)
        return True

    def release(self) -> None:
        """Let go of the lock."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            try:
                _unlock(descriptor)
            finally:
                os.close(descriptor)

    def _take(self) -> bool:
        # A link must not have another file of the computer locked.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self.file, flags, 0o644)
        try:
            _lock(descriptor)
            # Whoever removed the file in between has left us with a lock that nobody else looks at.
            if os.path.samestat(os.fstat(descriptor), self.file.stat()):
                self._descriptor = descriptor
        except FileNotFoundError:
            pass
        except OSError as error:
            if error.errno not in _HELD_BY_ANOTHER:
                raise
        finally:
            if self._descriptor is None:
                os.close(descriptor)
        return self._descriptor is not None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
