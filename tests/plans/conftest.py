"""Cities in other words and with more to say: synthetic (架空), held to no real document."""

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
    return _plan("umikaze", root, tmp_path_factory)


@pytest.fixture(scope="session")
def mihon(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], History]:
    """The worked example of targets, money and judgements, its figures added up by hand."""
    return _plan("mihon", root, tmp_path_factory)


@pytest.fixture(scope="session")
def shiosai(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], History]:
    """The synthetic plan that declares as much as there is, over three years."""
    return _plan("shiosai", root, tmp_path_factory)


def _plan(plan_id: str, root: Path, folders: pytest.TempPathFactory) -> Callable[[int], History]:
    project = folders.mktemp(plan_id)
    shutil.copytree(root / "tests" / "plans" / plan_id, project / "data" / "raw" / plan_id)
    (project / "notebooks").mkdir()
    return cache(lambda year: load_history(plan_id, year, project))
