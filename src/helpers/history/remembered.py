"""Functions of a history that are worked out once, however many parts of a report ask for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

import pandas as pd

from helpers.history.history import History
from helpers.report.table import Table

_Found = TypeVar("_Found")


def remembered(function: Callable[[History], _Found]) -> Callable[[History], _Found]:
    """Work the function out once for each history, which nobody changes, and forget it with the history.

    Frames are handed out as copies, also those in a table: what a caller does to his is not seen by the next.
    """
    known: WeakKeyDictionary[History, _Found] = WeakKeyDictionary()

    @wraps(function)
    def remembering(history: History) -> _Found:
        if history not in known:
            known[history] = function(history)
        return _own(known[history])

    return remembering


def _own(found: _Found) -> _Found:
    return cast(_Found, found.copy()) if isinstance(found, pd.DataFrame | Table) else found
