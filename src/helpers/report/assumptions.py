"""Mark tables, charts, sentences and frames made of an assumed history, and refuse arguments of another kind."""

from __future__ import annotations

__all__ = ["bear_assumptions", "demand_arguments", "demand_history"]

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pandas as pd

from helpers.errors import UsageError
from helpers.history.history import History
from helpers.text.display import ASSUMED


def bear_assumptions(namespace: dict[str, Any], names: Iterable[str]) -> None:
    """Wrap functions whose first argument is a history: results of an assumed history are marked as assumed.

    The wrapped functions raise UsageError if the first argument is no history.
    """
    for name in names:
        namespace[name] = _bearing(namespace[name])


def demand_arguments(namespace: dict[str, Any], names: Iterable[str], kind: type, words: str) -> None:
    """Wrap functions so that they raise UsageError if the first argument is not of a kind; ``words``: what it is, and from where."""

    def demanding(make: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(make)
        def made(argument: Any, *rest: Any, **named: Any) -> Any:
            _demand(argument, kind, make.__name__, words)
            return make(argument, *rest, **named)

        return made

    for name in names:
        namespace[name] = demanding(namespace[name])


def demand_history(history: object, name: str) -> None:
    """Refuse an argument that is no history; ``name``: the function that got it.

    Raises:
        UsageError: the argument is no history.
    """
    _demand(history, History, name, 'history（load_history("計画のID", "年度") の結果）')


def _demand(argument: object, kind: type, name: str, words: str) -> None:
    if not isinstance(argument, kind):
        raise UsageError(f"{name} には {words}を渡してください。渡されたもの: {type(argument).__name__}")


def _bearing(make: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(make)
    def made(history: History, *rest: Any, **named: Any) -> Any:
        demand_history(history, make.__name__)
        result = make(history, *rest, **named)
        if result is None or not history.assumption:
            return result
        if isinstance(result, pd.DataFrame):
            result.attrs[ASSUMED] = history.assumption  # kept by what is selected, grouped or pivoted from it
            return result
        return result.assumed(history.assumption)

    return made
