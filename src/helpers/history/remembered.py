"""Compute a function of a history once, however many parts of a report call it."""

from __future__ import annotations

__all__ = ["remembered"]

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from helpers.history.history import History

_Found = TypeVar("_Found")


def remembered(function: Callable[[History], _Found]) -> Callable[[History], _Found]:
    """Compute the function once for each history (which is immutable), and drop the result with the history.

    A result with a method ``copy`` (frames, tables) is returned as a copy, which the caller may change.
    """
    known: WeakKeyDictionary[History, _Found] = WeakKeyDictionary()

    @wraps(function)
    def remembering(history: History) -> _Found:
        if history not in known:
            known[history] = function(history)
        return _own(known[history])

    return remembering


def _own(result: _Found) -> _Found:
    copy: Any = getattr(result, "copy", None)
    return result if copy is None else copy()
