"""Cities in other words and with more to say: synthetic (架空), held to no real document."""

from collections.abc import Callable
from functools import cache

import pytest

from helpers.history.history import History
from helpers.history.opening import load_history
from made_reports import lay_out_synthetic


@pytest.fixture(scope="session")
def umikaze(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], History]:
    """The synthetic plan up to a fiscal year, each year read once."""
    return _plan("umikaze", tmp_path_factory)


@pytest.fixture(scope="session")
def mihon(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], History]:
    """The worked example of targets, money and judgements, its figures added up by hand."""
    return _plan("mihon", tmp_path_factory)


@pytest.fixture(scope="session")
def shiosai(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], History]:
    """The synthetic plan that declares as much as there is, over three years."""
    return _plan("shiosai", tmp_path_factory)


def _plan(plan_id: str, folders: pytest.TempPathFactory) -> Callable[[int], History]:
    project = lay_out_synthetic(folders.mktemp(plan_id), plan_id)
    return cache(lambda year: load_history(plan_id, year, project))
