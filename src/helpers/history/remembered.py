"""Functions of a history that are worked out once, however many parts of a report ask for them."""

from __future__ import annotations

__all__ = ["remembered"]

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from helpers.history.history import History

_Found = TypeVar("_Found")


def remembered(function: Callable[[History], _Found]) -> Callable[[History], _Found]:
    """Work the function out once for each history, which nobody changes, and forget it with the history.

    What has a method ``copy`` (frames, tables) is handed out as a copy: a caller may change his own.
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
