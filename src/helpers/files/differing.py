"""How one set of named contents differs from another: what came, what went, what changed."""

from __future__ import annotations

__all__ = ["ADDED", "CHANGED", "GONE", "differing"]

from collections.abc import Mapping
from typing import Any

ADDED, GONE, CHANGED = "added", "gone", "changed"


def differing(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, str]:
    """ADDED, GONE or CHANGED by name, sorted; names with equal contents are left out."""
    return {
        name: ADDED if name not in then else GONE if name not in now else CHANGED
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    }
