"""A second city in other words: synthetic (架空), held to no real document."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from helpers.history.history import History
from helpers.history.opening import load_history


@pytest.fixture(scope="session")
def umikaze(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], History]:
    """The synthetic plan up to a fiscal year, each year read once."""
    project = tmp_path_factory.mktemp("umikaze")
    shutil.copytree(root / "tests" / "plans" / "umikaze", project / "data" / "raw" / "umikaze")
    (project / "notebooks").mkdir()
    return cache(lambda year: load_history("umikaze", year, project))
