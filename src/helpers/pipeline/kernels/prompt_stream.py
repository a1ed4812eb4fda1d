"""The standard output and error of a kernel, which cost nothing while nothing is printed."""

from __future__ import annotations

__all__ = ["PromptStream"]

from ipykernel.iostream import OutStream


class PromptStream(OutStream):
    """Flushes what was written, and returns at once where nothing was.

    ipykernel flushes both streams some five times a cell, and each time waits for another thread.
    """

    _is_written = False

    def write(self, string: str) -> int | None:  # type: ignore[override]
        """Take text for the next flush."""
        self._is_written = True
        return super().write(string)

    def flush(self) -> None:
        """Send what was written since the last flush."""
        if self._is_written:
            self._is_written = False
            super().flush()  # type: ignore[no-untyped-call]
