"""A second city in other words, laid out as a project: synthetic (架空), held to no real document."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.history import History
from helpers.report import load_history

UMIKAZE = Path(__file__).parent / "umikaze"


@pytest.fixture
def synthetic_root(tmp_path: Path, root: Path) -> Path:
    """A project folder with the synthetic plan ``umikaze`` (fiscal 2019-2024) and the notebooks."""
    shutil.copytree(UMIKAZE, tmp_path / "data" / "raw" / "umikaze")
    shutil.copytree(root / "notebooks", tmp_path / "notebooks")
    return tmp_path


@pytest.fixture
def umikaze(synthetic_root: Path) -> Callable[[int], History]:
    """The synthetic plan up to a fiscal year."""
    return lambda year: load_history("umikaze", year, synthetic_root)
