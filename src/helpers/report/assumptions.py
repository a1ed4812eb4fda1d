"""Let tables, charts, sentences and frames bear the assumption of their history, so that none is taken for a figure of the year."""

from __future__ import annotations

__all__ = ["bear_assumptions"]

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pandas as pd

from helpers.history.history import History
from helpers.text.display import ASSUMED


def bear_assumptions(namespace: dict[str, Any], names: Iterable[str]) -> None:
    """Let functions of a module, which take a history first, mark what they make of an assumed one."""
    for name in names:
        namespace[name] = _bearing(namespace[name])


def _bearing(make: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(make)
    def made(history: History, *rest: Any, **named: Any) -> Any:
        result = make(history, *rest, **named)
        if result is None or not history.assumption:
            return result
        if isinstance(result, pd.DataFrame):
            result.attrs[ASSUMED] = history.assumption  # kept by what is selected, grouped or pivoted from it
            return result
        return result.assumed(history.assumption)

    return made
