"""Hide optional dependencies of libraries that are slow to import and not used here."""

from __future__ import annotations

__all__ = ["without_modules"]

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_modules(*names: str) -> Iterator[None]:
    """Make imports of these modules fail in this block; afterwards they can be imported as before."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
