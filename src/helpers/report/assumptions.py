"""Let tables, charts and sentences bear the assumption of their history, so that none is taken for a figure of the year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from helpers.history.history import History


def bear_assumptions(namespace: dict[str, Any], names: Iterable[str]) -> None:
    """Let functions of a module, which take a history first, mark what they make of an assumed one."""
    for name in names:
        namespace[name] = _bearing(namespace[name])


def _bearing(make: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(make)
    def made(history: History, *rest: Any, **named: Any) -> Any:
        result = make(history, *rest, **named)
        return result if result is None or not history.assumption else result.assumed(history.assumption)

    return made
