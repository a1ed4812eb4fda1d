"""A second city in other words: synthetic (架空), held to no real document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.history import History
from helpers.report import load_history


@pytest.fixture
def umikaze(synthetic_root: Path) -> Callable[[int], History]:
    """The synthetic plan up to a fiscal year."""
    return lambda year: load_history("umikaze", year, synthetic_root)
