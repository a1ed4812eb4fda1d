"""A reform plan: what does not change from year to year, read from ``plan.toml`` and ``items.csv``."""

from helpers.plan.model import (
    COLUMN_ALIASES,
    DONE,
    GROUPS,
    NOT_STARTED,
    UNDER_WAY,
    ImplementationPlan,
    Item,
    Licence,
    Outline,
    Plan,
    Policy,
    Status,
)

__all__ = [
    "COLUMN_ALIASES",
    "DONE",
    "GROUPS",
    "NOT_STARTED",
    "UNDER_WAY",
    "ImplementationPlan",
    "Item",
    "Licence",
    "Outline",
    "Plan",
    "Policy",
    "Status",
]
